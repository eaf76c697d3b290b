"""How well the readable part of a page is found, by the article-extraction-benchmark's own evaluator, and how fast."""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import trafilatura

from digest import NoArticleError, clean_page

_CORPUS = "scrapinghub+article-extraction-benchmark/repo"
_WANTED = ("evaluate.py", "ground-truth.json", "html")
_URL = "https://bench.example/"
_ROUNDS = 3
_BOOTSTRAPS = "100"  # the evaluator's own spread; the figures themselves do not move with it


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return F1, precision and recall of our text and of bare trafilatura's, and milliseconds a page of both.

    A page's time is the median over the rounds; one thread.
    """
    parser = argparse.ArgumentParser(prog="python -m bench extraction")
    parser.add_argument("--corpora", type=Path, required=True, help=f"the folder that holds {_CORPUS}")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="onrecord-") as made:
        folder = Path(made)
        _unpack(options.corpora / _CORPUS, folder)
        pages = {path.name.split(".")[0]: gzip.decompress(path.read_bytes()) for path in folder.glob("html/*.html.gz")}
        runs = {"ours": _ours, "bare": _bare}
        texts = {who: {name: run(body) for name, body in pages.items()} for who, run in runs.items()}
        scores = _evaluate(folder, texts)
    spent: dict[str, list[float]] = {who: [] for who in runs}
    for body in pages.values():
        # Straight after each other, so that a busy machine is busy for both.
        times = [{who: _milliseconds(run, body) for who, run in runs.items()} for _ in range(options.rounds)]
        for who in runs:
            spent[who].append(statistics.median(one[who] for one in times))
    return {
        "bench": "extraction",
        "pages": len(pages),
        "unread": sum(not text for text in texts["ours"].values()),
        **{f"{who}_{name}": round(scores[who][name], 4) for who in runs for name in ("f1", "precision", "recall")},
        "ms_a_page": round(statistics.mean(spent["ours"]), 1),
        "p95_ms": round(_p95(spent["ours"]), 1),
        "bare_ms_a_page": round(statistics.mean(spent["bare"]), 1),
        "bare_p95_ms": round(_p95(spent["bare"]), 1),
    }


def _unpack(repository: Path, folder: Path) -> None:
    command = ("git", "-C", str(repository), "archive", "HEAD", *_WANTED)
    packed = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 -- the caller's own corpus
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _evaluate(folder: Path, texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Return what the corpus's evaluator says of each system's texts."""
    folder.joinpath("output").mkdir()
    for who, found in texts.items():
        body = {name: {"articleBody": text} for name, text in found.items()}
        folder.joinpath("output", f"{who}.json").write_text(json.dumps(body), "utf-8")
    command = (sys.executable, "evaluate.py", "--n-bootstrap", _BOOTSTRAPS, "--output", "scores.json")
    subprocess.run(command, cwd=folder, capture_output=True, check=True)  # noqa: S603 -- likewise
    scores: dict[str, Any] = json.loads(folder.joinpath("scores.json").read_text("utf-8"))
    return scores


def _ours(body: bytes) -> str:
    try:
        return clean_page(body, _URL).text
    except NoArticleError:
        return ""


def _bare(body: bytes) -> str:
    return trafilatura.extract(body, favor_precision=True, include_comments=False) or ""


def _milliseconds(run: Callable[[bytes], object], body: bytes) -> float:
    start = time.perf_counter()
    run(body)
    return 1000 * (time.perf_counter() - start)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]
