"""Print how right the reader is on the gold, what changed, and whether the gate opens: python -m tests.gold."""

import argparse
import sys

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table

from tests.gold import corpus
from tests.gold.agreement import agreement, disagreements
from tests.gold.gate import (
    PINNED,
    LoweredError,
    briefs_now,
    changes,
    complaints,
    load_pinned,
    measure,
    pin,
    save_pinned,
)


def main(arguments=None):
    """Return 0 where every figure is at its floor or above, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="make gold ARGS=...", description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin today's figures; refuses to lower one")
    parser.add_argument("--why", default="", help="why the corpus changed, where it did")
    options = parser.parse_args(arguments)
    today, corpus_hash = measure(briefs_now()), corpus.corpus_hash()
    pinned = load_pinned() if PINNED.exists() else None
    console = Console(soft_wrap=True, highlight=False, markup=False)
    _print_figures(console, pinned, today.score)
    if pinned is not None:
        changed = changes(pinned, today)
        console.print("\n".join([f"\n{len(changed)} things changed", *changed]))
    if options.update:
        try:
            save_pinned(pin(pinned, today, corpus_hash, why=options.why))
        except LoweredError as error:
            console.print(str(error))
            return 1
        return 0
    shut = complaints(pinned, today, corpus_hash) if pinned else ["nothing is pinned yet"]
    console.print("\n".join(["", *(shut or ["the gate opens: no figure is under its floor, nothing changed"])]))
    return bool(shut)


def _print_figures(console, pinned, score):
    people = agreement().tallies
    rest = ("precision", "recall", "F1", "floor", "two passes")
    table = Table(Column("measure", no_wrap=True), *rest, box=SIMPLE, padding=(0, 1, 0, 0))
    for name, one in sorted(score.tallies.items()):
        floor = pinned.floors.get(name, {}).get("f1", "") if pinned else ""
        share = f"{one.right:g}/{one.shown:g}", f"{one.found:g}/{one.wanted:g}"
        table.add_row(
            name,
            f"{one.precision:.1%} {share[0]}",
            f"{one.recall:.1%} {share[1]}",
            f"{one.f1:.1%}",
            str(floor),
            f"{people[name].f1:.1%}" if name in people else "",
        )
    console.print(table)
    settled = ", ".join(f"{count} {what}" for what, count in disagreements().most_common())
    console.print(f"The quotes and commitments of the two passes: {settled}. All that is not alike was settled.")


if __name__ == "__main__":
    sys.exit(main())
