"""What scorers on public corpora say of the reading, each on the part of its corpus that is for tuning."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_NUMBER = r"(\d+\.?\d*)"
_PRF = rf"P +{_NUMBER} +R +{_NUMBER} +F1 +{_NUMBER}"
_HARD_PRF = rf" +P +{_NUMBER}% +R +{_NUMBER}% +F1 +{_NUMBER}%"


@dataclass(frozen=True)
class Scorer:
    """A run of one script, and where its output says what: a name, and a pattern whose groups are the figures."""

    name: str
    arguments: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]


_PUBLIC = ("--corpora", "{corpora}", "--system")
_ARTICLES = ("{made}/texts", "{made}/articles.jsonl")
_SCORERS = (
    Scorer(
        "PolNeAR dev",
        ("{scorers}/eval/eval_quotes.py", *_PUBLIC, "adapter:quotes"),
        (
            ("speaker end to end", rf"end-to-end {_NUMBER}%"),
            ("wrong of the named", rf"wrong of the named .*\({_NUMBER}%\)"),
            ("named", rf"a speaker is named for .*?\({_NUMBER}%\)"),
            ("all attributions P/R/F1", rf"lenient P/R/F1 {_NUMBER}/{_NUMBER}/{_NUMBER}, speaker right"),
            ("words/s", rf"{_NUMBER} words/s"),
        ),
    ),
    Scorer(
        "commitments",
        ("{scorers}/eval/eval_commitments.py", *_PUBLIC, "adapter:commitments"),
        (
            ("PLOVER even, detection P/R/F1", rf"detection P/R/F1 {_NUMBER}/{_NUMBER}/{_NUMBER}"),
            ("PLOVER even, kind + actor F1", rf"kind\+actor F1 {_NUMBER}"),
            ("PolNeAR dev, recall of cues", rf"found \d+ \(recall {_NUMBER}%"),
        ),
    ),
    Scorer(
        "REALSumm even",
        ("{scorers}/eval/eval_summaries.py", *_PUBLIC, "adapter:summary"),
        (
            ("LEAD-3 R-1/R-2/R-L", rf"LEAD-3: R-1/R-2/R-L {_NUMBER}/{_NUMBER}/{_NUMBER}"),
            ("R-1/R-2/R-L", rf"adapter:summary: R-1/R-2/R-L {_NUMBER}/{_NUMBER}/{_NUMBER}"),
        ),
    ),
    Scorer(
        "stories even",
        ("{scorers}/eval/eval_stories.py", *_PUBLIC, "adapter:stories"),
        (("B-cubed P/R/F", rf"B-cubed P {_NUMBER} R {_NUMBER} F {_NUMBER}"),),
    ),
    Scorer(
        "hard cases",
        ("{scorers}/gold/score_hard.py", "{scorers}/gold/quotes_dev.jsonl", "{made}/quotes.jsonl"),
        (
            ("marks + speaker P/R/F1", rf"marks: spans \+ speaker{_HARD_PRF}"),
            ("indirect + speaker P/R/F1", rf"indirect: clause \+ speaker{_HARD_PRF}"),
        ),
    ),
    Scorer(
        "hard cases",
        ("{scorers}/gold/score_hard.py", "{scorers}/gold/commitments_dev.jsonl", "{made}/commitments.jsonl"),
        (
            ("commitments P/R/F1", rf"\ncommitments{_HARD_PRF}"),
            ("commitments fully right", rf"cases fully right: \d+/\d+ \({_NUMBER}%\)"),
        ),
    ),
    Scorer(
        "six articles",
        ("{scorers}/gold/score_gold.py", "{scorers}/gold/articles_dev.jsonl", *_ARTICLES),
        (
            ("marked span + speaker P/R/F1", rf"direct\+mixed(?s:.*?)end-to-end +{_PRF}"),
            ("indirect span + speaker P/R/F1", rf"QUOTES indirect(?s:.*?)end-to-end +{_PRF}"),
            ("commitments P/R/F1", rf"detection \(any kind\) +{_PRF}"),
            ("kind + actor P/R/F1", rf"kind \+ actor +{_PRF}"),
        ),
    ),
    Scorer(
        "six cards",
        ("{scorers}/gold/score_cards.py", "{scorers}/gold/cards_dev.jsonl", *_ARTICLES),
        (
            ("nuggets, of attainable", rf"of attainable {_NUMBER}\)"),
            ("vital nuggets", rf"vital-nugget recall +{_NUMBER}"),
            ("unfit shown, of", r"unfit sentences shown +(\d+) of (\d+)"),
            ("quotes P@3", rf"QUOTES +precision@3 +{_NUMBER}"),
            ("a best quote in two, of", r"weight-2 among the first two +(\d+) of (\d+)"),
            ("commitments P@3", rf"COMMITM\. +precision@3 +{_NUMBER}"),
            ("vital commitments", rf"recall of weight-2 +{_NUMBER}"),
        ),
    ),
)


class UnreadableScoreError(Exception):
    """A scorer failed, or its output lacks a figure."""


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return the figures of every scorer by their names; several figures under one name are joined by a slash.

    Raises UnreadableScoreError where a script fails or does not say what it should: no figure is ever left out.
    """
    parser = argparse.ArgumentParser(prog="python -m bench scorers")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder of the git directories, owner+name/repo"
    )
    parser.add_argument("--scorers", type=Path, required=True, help="the folder that holds eval/ and gold/")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="onrecord-") as folder:
        made, scorers, corpora = Path(folder), options.scorers.resolve(), options.corpora.resolve()
        _predict(scorers / "gold", corpora, made)
        places = {"made": made, "scorers": scorers, "corpora": corpora}
        figures: dict[str, Any] = {}
        for scorer in _SCORERS:
            output = _run(*(argument.format_map(places) for argument in scorer.arguments))
            figures |= _read(scorer, output)
    return figures


def _predict(gold: Path, corpora: Path, made: Path) -> None:
    """Write the articles' texts, and what is read of them and of the hard cases."""
    _run(gold / "articles_dev_texts.py", corpora, made / "texts")
    for name, arguments in (
        ("quotes", ("cases", gold / "quotes_dev.jsonl")),
        ("commitments", ("cases", gold / "commitments_dev.jsonl")),
        ("articles", ("texts", made / "texts")),
    ):
        (made / f"{name}.jsonl").write_text(_run(gold / "predict.py", *arguments), "utf-8")


def _read(scorer: Scorer, output: str) -> Iterator[tuple[str, str]]:
    for name, pattern in scorer.figures:
        found = re.search(pattern, output)
        if not found:
            raise UnreadableScoreError(f"{scorer.arguments[0]} does not say {name!r}:\n{output}")
        yield f"{scorer.name}: {name}", "/".join(found.groups())


def _run(script: Path | str, *arguments: Path | str) -> str:
    # The scorers import what they score by name, the project from the current folder and the adapter from their own.
    paths = os.pathsep.join((".", str(Path(script).parent)))
    done = subprocess.run(  # noqa: S603 -- the scripts are the caller's own
        [sys.executable, str(script), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise UnreadableScoreError(f"{script} failed:\n{done.stderr}")
    return done.stdout
