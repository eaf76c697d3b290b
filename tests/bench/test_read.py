"""The reading bench measures pages that it is given, and says how many."""

import gzip
import json

import pytest

from bench.__main__ import main
from bench._hostile import hostile_pages
from tests.digest.reading.pages import page


@pytest.fixture
def folder(tmp_path):
    tmp_path.joinpath("bridge.html").write_text(page(), "utf8")
    tmp_path.joinpath("packed.html.gz").write_bytes(gzip.compress(page().encode()))
    tmp_path.joinpath("empty.html").write_bytes(b"")
    return tmp_path


@pytest.fixture(params=[["--json"], []])
def options(request):
    return request.param


def test_the_figures_come_with_the_counts_they_rest_on(folder, options, capsys):
    assert main(["read", *options, "--pages", str(folder), "--rounds", "1", "--hostile", "furnished-2"]) == 0
    printed = capsys.readouterr().out
    if not options:
        assert "ratio_to_bare" in printed
        return
    figures = json.loads(printed)
    assert (figures["pages"], figures["articles"], figures["rounds"]) == (3, 2, 1)
    assert figures["ms_an_article"] > 0
    assert figures["ratio_to_bare"] > 0
    hostile = figures["hostile"]
    assert (hostile["pages"], hostile["killed"], hostile["empty"], hostile["poor"]) == (1, [], [], [])
    assert 0 < hostile["peak_rss_mb"] < 500


def test_two_hundred_hostile_pages_have_names_of_their_own():
    names = [page.name for page in hostile_pages()]
    assert len(set(names)) == len(names) >= 200
