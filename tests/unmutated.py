"""Pytest plugin of `make mutate`: all that no mutant touches is made before the processes of the mutants are forked."""

import os
import sys
from functools import cache

import pytest
from spacy.language import Language

from digest.reading.brief import read_html
from digest.reading.language import load_pipeline

# What these give is a library's, and slow to come by; what the others gave may be of the code before it was mutated.
_KEPT = {
    "_identifier",
    "_stemmer",
    "_stop_words",
    "_summarizer",
    "_tokenizer",
    "_trafilatura",
    "load_cues",
    "load_pipeline",
}
_PAGE = b"<html><body><p>The council of Vessmark voted on Thursday to close the harbour bridge</p></body></html>"
_ONCE = "once"


def pytest_sessionstart():
    if _under_test() in {"", "stats"}:
        _parse_once()
        read_html(_PAGE, "https://courier.example/")


def pytest_collection_finish():
    _forget()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    if _under_test() == "stats":  # which functions does this test call, if it is the only one?
        _forget()


def _under_test():
    return os.environ.get("MUTANT_UNDER_TEST", "")


def _forget():
    rooms = [vars(module) for name, module in sys.modules.items() if name.startswith(("digest.", "tests."))]
    for value in [value for room in rooms for value in room.values()]:
        if isinstance(value, type(cache(_forget))) and value.__name__ not in _KEPT:
            value.cache_clear()


def _parse_once():
    # Half the time of the tests is spaCy's, and for one text it always gives the same.
    pipeline = load_pipeline()
    if pipeline.has_pipe(_ONCE):
        return
    components = [pipeline.remove_pipe(name)[1] for name in pipeline.pipe_names]
    parsed = {}

    @Language.component(_ONCE)
    def once(doc):
        key = doc.to_array(["ORTH", "SPACY", "SENT_START"]).tobytes()
        if key not in parsed:
            for component in components:
                doc = component(doc)
            parsed[key] = doc
        return parsed[key]

    pipeline.add_pipe(_ONCE)
