"""Pytest plugin of `make mutate`: what no mutant touches is made once, and the tests that kill most are tried first."""

import json
import os
import sys
from collections import Counter
from functools import cache
from pathlib import Path

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
_KILLERS = Path("killers.jsonl")
_MOST_KILLERS = 40
_ALONE = ["-x", "-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "tests.unmutated"]
_is_trying = False


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main():
    """Try the tests first that killed siblings: to collect all tests takes longer than to run the one that fails."""
    global _is_trying  # noqa: PLW0603 -- pytest runs within pytest: the inner one just runs
    likely = [] if _is_trying else _killers_of_siblings()
    if not likely:
        return None
    _is_trying = True
    try:
        is_killed = pytest.main(["--rootdir=.", *_ALONE, *likely]) == pytest.ExitCode.TESTS_FAILED
    finally:
        _is_trying = False
    return pytest.ExitCode.TESTS_FAILED if is_killed else None


def pytest_runtest_logreport(report):
    if report.failed and _function():
        with _KILLERS.open("a", encoding="utf8") as file:
            file.write(json.dumps([_function(), report.nodeid]) + "\n")


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


def _function():
    return _under_test().rpartition("__mutmut_")[0]


def _killers_of_siblings():
    if not _function() or not _KILLERS.exists():
        return []
    killers = [json.loads(line) for line in _KILLERS.read_text("utf8").splitlines()]
    found = Counter(test for function, test in killers if function == _function())
    return [test for test, _ in found.most_common(_MOST_KILLERS)]


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
