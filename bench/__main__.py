"""Run one bench: python -m bench NAME --json [its options]."""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Sequence

import bench


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench that the arguments name (the command line's by default) and print its figures."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=names)
    parser.add_argument("--json", action="store_true", help="print one JSON object, on one line")
    options, rest = parser.parse_known_args(arguments)
    figures = importlib.import_module(f"bench.{options.name}").measure(rest)
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:<32} {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
