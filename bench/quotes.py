"""How fast quotes and names are read, beside bare spaCy on the same texts in the same run."""

import argparse
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy

from digest.reading.clean import clean_page
from digest.reading.language import MODEL, parse
from digest.reading.names import find_names
from digest.reading.quotes import find_quotes
from digest.reading.sentences import split_sentences

_ROUNDS = 3


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return words a CPU second, for us and for the bare pipeline with all its components, and how ours is to its.

    Each text is read by both straight after each other, in turns who goes first. One thread: set OMP_NUM_THREADS=1.
    """
    parser = argparse.ArgumentParser(prog="python -m bench quotes")
    parser.add_argument("--texts", type=Path, help="a folder of .txt files; the seeds where none is named")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    options = parser.parse_args(arguments)
    texts = _texts(options.texts)
    bare: Callable[[str], object] = spacy.load(MODEL)
    spent = {_ours: 0.0, bare: 0.0}
    _ours(texts[0])  # loads what is loaded once
    for turn in range(options.rounds):
        for number, text in enumerate(texts):
            for run in list(spent)[:: -1 if (turn + number) % 2 else 1]:
                start = time.process_time()
                run(text)
                spent[run] += time.process_time() - start
    words = options.rounds * sum(len(text.split()) for text in texts)
    return {
        "bench": "quotes",
        "texts": len(texts),
        "words": words // options.rounds,
        "rounds": options.rounds,
        "words_a_second": round(words / spent[_ours]),
        "bare_words_a_second": round(words / spent[bare]),
        "ratio_to_bare": round(spent[bare] / spent[_ours], 2),
    }


def _texts(folder: Path | None) -> list[str]:
    if folder is not None:
        return [path.read_text("utf8") for path in sorted(folder.glob("*.txt"))]
    seeds = sorted(files("seeds").joinpath("articles").iterdir(), key=lambda page: page.name)
    pages = [page.read_bytes() for page in seeds if page.name.endswith(".html")]
    return [clean_page(page, "https://bench.example/").text for page in pages]


def _ours(text: str) -> object:
    parsed = parse(text, split_sentences(text))
    return find_quotes(parsed, find_names(parsed))
