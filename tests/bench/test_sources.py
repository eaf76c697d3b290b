import json

import pytest

from bench.__main__ import main
from bench.sources import measure


def test_one_part_is_measured_alone():
    figures = measure(["--part", "rhythms"])
    assert list(figures) == ["bench", "rhythms"]
    assert figures["rhythms"]["requests to hourly"] > 0


def test_what_has_no_corpora_is_said_loudly_to_be_unmeasured(capsys):
    assert main(["sources", "--json", "--part", "corpus"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"bench": "sources", "corpus": {"not measured": "no --corpora"}}
    assert "not measured" in printed.err


def test_an_unknown_part_is_refused(capsys):
    with pytest.raises(SystemExit):
        measure(["--part", "everything"])
    assert "everything" in capsys.readouterr().err
