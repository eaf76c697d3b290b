"""What a run of mutmut left alive, and which of it is explained: python -m tests.mutants [--again] [PATTERN ...]."""

import argparse
import difflib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).parent.parent
KILLED = "killed"
TIMEOUT = "timeout"
UNCHECKED = "not checked"
_DEAD = {KILLED, TIMEOUT}
_COLUMNS = (KILLED, TIMEOUT, "explained", "survived", "no tests", UNCHECKED, "other")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one function. `name` is mutmut's and ends in a number; `function` is dotted, as Python has it."""

    name: str
    function: str
    module: str
    status: str
    change: str

    @property
    def is_alive(self) -> bool:
        """Whether tests ran, or should have, and none failed."""
        return self.status not in {*_DEAD, UNCHECKED}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why mutants live: the one with this `change`, or all that are `like` a regular expression, in some functions."""

    where: str
    why: str
    change: str = ""
    like: str = ""

    def covers(self, mutant: Mutant) -> bool:
        """Whether it speaks of this mutant."""
        if not self.is_about(mutant):
            return False
        return re.search(self.like, mutant.change) is not None if self.like else _lines(self.change) == mutant.change

    def is_about(self, mutant: Mutant) -> bool:
        """Whether the mutant is of a function that `where`, a pattern of the shell, stands for."""
        return fnmatchcase(mutant.function, self.where)


@dataclass(frozen=True, slots=True)
class Report:
    """The mutants with what is said of them; a stale explanation explains nothing that lives."""

    mutants: tuple[Mutant, ...]
    explained: frozenset[Mutant]
    stale: tuple[Explanation, ...]

    @property
    def unexplained(self) -> tuple[Mutant, ...]:
        """The mutants that live for no known reason."""
        return tuple(mutant for mutant in self.mutants if mutant.is_alive and mutant not in self.explained)

    def of(self, patterns: Sequence[str]) -> "Report":
        """Return the report of the mutants whose name fits one of the patterns; without patterns, of all."""
        mutants = tuple(mutant for mutant in self.mutants if _fits(mutant.name, patterns))
        return Report(mutants, self.explained, self.stale)


def read_mutants(root: Path) -> tuple[Mutant, ...]:
    """Return the mutants in `mutants/`, by module and in mutmut's order."""
    return tuple(mutant for path in _results(root) for mutant in _of_module(root, path))


def read_explanations(path: Path) -> tuple[Explanation, ...]:
    """Return what `mutants.toml` says; raises ValueError for an entry that is not whole."""
    entries = [Explanation(**entry) for entry in tomllib.loads(path.read_text("utf8")).get("explained", ())]
    for entry in entries:
        if bool(entry.change) == bool(entry.like) or not entry.why:
            raise ValueError(f"an explanation has a reason, and either a change or what it is like: {entry}")
    return tuple(entries)


def judge(mutants: Sequence[Mutant], explanations: Iterable[Explanation]) -> Report:
    """Return which living mutants are explained, and which explanations no mutant needs, be it checked or to be."""
    explained: set[Mutant] = set()
    stale = []
    for explanation in explanations:
        about = [mutant for mutant in mutants if explanation.is_about(mutant)]
        covered = [mutant for mutant in about if mutant.is_alive and explanation.covers(mutant)]
        explained.update(covered)
        if not covered and all(mutant.status != UNCHECKED for mutant in about):
            stale.append(explanation)
    return Report(tuple(mutants), frozenset(explained), tuple(stale))


def lines_of(report: Report) -> Iterator[str]:
    """Yield the table of modules, then what lives unexplained and what is stale."""
    modules = dict.fromkeys(mutant.module for mutant in report.mutants)
    width = max(map(len, modules), default=0)
    yield " ".join([f"{'':<{width}}", f"{'mutants':>11}", *(f"{name:>11}" for name in _COLUMNS)])
    for module in modules:
        yield _row(module, width, report, [mutant for mutant in report.mutants if mutant.module == module])
    yield _row("all", width, report, report.mutants)
    for mutant in report.unexplained:
        yield f"\n{mutant.name}: {mutant.status}\n{mutant.change}"
    for explanation in report.stale:
        yield f"\nexplains nothing that lives: {explanation.where}\n{_lines(explanation.change) or explanation.like}"


def forget_living(root: Path, patterns: Sequence[str]) -> int:
    """Let the next run of mutmut check the living mutants again, and return how many; the others' results stand."""
    count = 0
    for path in _results(root):
        results = json.loads(path.read_text("utf8"))
        codes = results["exit_code_by_key"]
        alive = [name for name, code in codes.items() if _is_alive(code) and _fits(name, patterns)]
        results["exit_code_by_key"] = codes | dict.fromkeys(alive)
        path.write_text(json.dumps(results, indent=4), "utf8")
        count += len(alive)
    return count


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Print the report, or forget what lives; the status is 1 where a mutant lives unexplained or a reason is stale."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--again", action="store_true", help="let the next run check again what lives; no report")
    parser.add_argument("pattern", nargs="*", help="of mutmut's names, as in digest.reading.cards.*")
    options = parser.parse_args(arguments)
    if options.again:
        print(f"{forget_living(root, options.pattern)} living mutants will be checked again")  # noqa: T201
        return 0
    explanations = read_explanations(root / "tests" / "mutants.toml")
    report = judge(read_mutants(root), explanations).of(options.pattern)
    print(*lines_of(report), sep="\n")  # noqa: T201
    return 1 if report.unexplained or report.stale else 0


def _results(root: Path) -> list[Path]:
    # mutmut leaves behind those of a module that is gone.
    found = sorted((root / "mutants").rglob("*.py.meta"))
    return [path for path in found if (root / path.relative_to(root / "mutants").with_suffix("")).exists()]


def _of_module(root: Path, results: Path) -> Iterator[Mutant]:
    codes: dict[str, int | None] = json.loads(results.read_text("utf8"))["exit_code_by_key"]
    if not codes:
        return
    source = results.with_suffix("")
    module = ".".join(source.relative_to(root / "mutants").with_suffix("").parts).removesuffix(".__init__")
    lines = source.read_text("utf8").split("\n")
    places = json.loads(source.with_suffix(".py.spans").read_text("utf8"))["spans"]
    for name, code in codes.items():
        mangled = name.removeprefix(f"{module}.")
        function = mangled.rpartition("__mutmut_")[0]
        before = _source(lines, places, f"{function}__mutmut_orig")
        change = _change(before, _source(lines, places, mangled))
        yield Mutant(name, f"{module}.{_dotted(function)}", module, status_by_exit_code[code], change)


def _dotted(mangled: str) -> str:
    # mutmut calls a function x_name and a method xǁClassǁname.
    return mangled[2:].replace("ǁ", ".") if mangled.startswith("xǁ") else mangled.removeprefix("x_")


def _source(lines: list[str], places: dict[str, Any], name: str) -> list[str]:
    first, last = places[name]
    return [line.replace(name, "") for line in lines[first - 1 : last]]


def _change(before: list[str], after: list[str]) -> str:
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    return _lines("\n".join(changed))


def _lines(change: str) -> str:
    # How deep a line stands says nothing.
    found = (line.strip() for line in change.strip().splitlines())
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in found if line)


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_alive(code: int | None) -> bool:
    return status_by_exit_code[code] not in {*_DEAD, UNCHECKED}


def _row(title: str, width: int, report: Report, mutants: Sequence[Mutant]) -> str:
    counts = Counter("explained" if mutant in report.explained else mutant.status for mutant in mutants)
    counts["other"] = len(mutants) - sum(counts[name] for name in _COLUMNS)
    return " ".join([f"{title:<{width}}", f"{len(mutants):>11}", *(f"{counts[name]:>11}" for name in _COLUMNS)])


if __name__ == "__main__":
    sys.exit(main())
