"""Pytest plugin of `make mutate`: what no mutant touches is made once, and the tests that kill most are tried first."""

import inspect
import json
import os
import sys
import time
from collections import Counter
from functools import cache, partial
from pathlib import Path

import pytest
from spacy.language import Language

from digest.reading.brief import read_html
from digest.reading.forms import COMPONENTS
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
# Seconds of tests, the likely killers first, that a mutant has to outlive: thousands of tests call the functions that
# every reading needs. One that a later test would have killed counts as living.
_PATIENCE = 8
_AUTOMATIC = {"_no_log_of_another_test", "event_loop_policy", "request"}
_plain = {}  # by its id, each test that is a call and no more, and how long it took
_seconds = {}


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Call the tests, the likely killers first: for pytest to collect them takes longer than for one to fail."""
    if not _function():
        return None
    _forget()
    of_function, of_module = _killers()
    tests = [test for test in config.args if test in _plain]
    patience = time.process_time() + _PATIENCE
    for test in sorted(tests, key=lambda test: (-of_function[test], -of_module[test], _seconds.get(test, 0))):
        try:
            _plain[test]()
        except BaseException:  # noqa: BLE001 -- pytest's own failures are no exceptions
            _note_killer(test)
            return pytest.ExitCode.TESTS_FAILED
        if time.process_time() > patience:
            return pytest.ExitCode.OK
    config.args[:] = [test for test in config.args if test not in _plain]
    return None if config.args else pytest.ExitCode.OK


def pytest_runtest_logreport(report):
    if report.when == "call" and _under_test() == "stats":
        _seconds[report.nodeid] = report.duration
    if report.failed and _function():
        _note_killer(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    if _under_test() == "stats":
        for test, call in list(_plain.items()):
            try:
                call()
            except BaseException:  # noqa: BLE001 -- needs more than a call
                del _plain[test]


def pytest_sessionstart():
    if _under_test() in {"", "stats"}:
        _parse_once()
        read_html(_PAGE, "https://courier.example/")


def pytest_collection_finish(session):
    _forget()
    if _under_test() == "stats":
        _plain.update({item.nodeid: _call_of(item) for item in session.items if _is_plain(item)})


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    if _under_test() == "stats":  # which functions does this test call, if it is the only one?
        _forget()


def _under_test():
    return os.environ.get("MUTANT_UNDER_TEST", "")


def _function():
    return _under_test().rpartition("__mutmut_")[0]


def _is_plain(item):
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return not inspect.iscoroutinefunction(item.obj) and set(item.fixturenames) <= _AUTOMATIC | set(params)


def _call_of(item):
    return partial(item.obj, **(item.callspec.params if hasattr(item, "callspec") else {}))


def _note_killer(test):
    with _KILLERS.open("a", encoding="utf8") as file:
        file.write(json.dumps([_function(), test]) + "\n")


def _killers():
    lines = _KILLERS.read_text("utf8").splitlines() if _KILLERS.exists() else []
    killers = [json.loads(line) for line in lines]
    module = _function().rpartition(".")[0]
    return (
        Counter(test for function, test in killers if function == _function()),
        Counter(test for function, test in killers if function.rpartition(".")[0] == module),
    )


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
    components = [pipeline.remove_pipe(name)[1] for name in pipeline.pipe_names if name not in COMPONENTS]
    parsed = {}

    @Language.component(_ONCE)
    def once(doc):
        key = doc.to_array(["ORTH", "SPACY", "SENT_START"]).tobytes()
        if key not in parsed:
            for component in components:
                doc = component(doc)
            parsed[key] = doc
        return parsed[key].copy()  # what the forms were before says nothing of those a mutant sets

    pipeline.add_pipe(_ONCE, first=True)
