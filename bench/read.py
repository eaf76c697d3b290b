"""How long an article takes to clean and read, beside bare trafilatura and spaCy on the same pages in the same run."""

import argparse
import gzip
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
import trafilatura

from bench.hostile import run_hostile
from digest import NoArticleError, clean_page, read_article
from digest.reading.language import MODEL

_ROUNDS = 3
_URL = "https://bench.example/"


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return milliseconds an article, for us and for the bare libraries, and what became of hostile pages.

    Medians over the rounds; one thread.
    Each page is read by both straight after each other, in turns who goes first, so that a busy machine is busy for
    both. The bare reading is trafilatura.extract, then the spaCy pipeline over its text.
    """
    parser = argparse.ArgumentParser(prog="python -m bench read")
    parser.add_argument("--pages", type=Path, help="a folder of .html or .html.gz pages; the seeds where none is named")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--hostile", default="", help="the hostile pages whose names start like this; all by default")
    options = parser.parse_args(arguments)
    pages = _pages(options.pages)
    pipeline = spacy.load(MODEL)
    texts = {name: article.text for name, body in pages.items() if (article := _clean(body))}
    readable = [pages[name] for name in texts]
    runs: dict[str, Callable[[bytes], object]] = {"ours": _ours, "bare": lambda body: _bare(body, pipeline)}
    spent: dict[str, list[list[float]]] = {who: [[] for _ in readable] for who in runs}
    _ours(readable[0])  # loads what is loaded once
    for turn in range(options.rounds):
        for number, body in enumerate(readable):
            for who in sorted(runs, reverse=bool((turn + number) % 2)):
                spent[who][number].append(_milliseconds(runs[who], body))
    return {"bench": "read", "pages": len(pages), **_figures(list(texts.values()), options.rounds, spent)} | {
        "hostile": run_hostile(options.hostile)
    }


def _figures(texts: list[str], rounds: int, spent: dict[str, list[list[float]]]) -> dict[str, Any]:
    # The median over the rounds takes what somebody else did meanwhile out of each page's time.
    ours, bare = ([statistics.median(times) for times in spent[who]] for who in ("ours", "bare"))
    return {
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "rounds": rounds,
        "ms_an_article": round(statistics.mean(ours), 1),
        "p95_ms": round(sorted(ours)[int(0.95 * (len(ours) - 1))], 1),
        "bare_ms_an_article": round(statistics.mean(bare), 1),
        "ratio_to_bare": round(sum(ours) / sum(bare), 3),
    }


def _pages(folder: Path | None) -> dict[str, bytes]:
    if folder is None:
        seeds = files("seeds").joinpath("articles")
        return {page.name: page.read_bytes() for page in seeds.iterdir() if page.name.endswith(".html")}
    found = sorted([*folder.glob("*.html"), *folder.glob("*.html.gz")])
    return {
        path.name: gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in found
    }


def _clean(body: bytes) -> Any:
    try:
        return clean_page(body, _URL)
    except NoArticleError:
        return None


def _ours(body: bytes) -> object:
    return read_article(clean_page(body, _URL))


def _bare(body: bytes, pipeline: Any) -> object:
    return pipeline(trafilatura.extract(body) or "")


def _milliseconds(run: Callable[[bytes], object], body: bytes) -> float:
    start = time.perf_counter()
    run(body)
    return 1000 * (time.perf_counter() - start)
