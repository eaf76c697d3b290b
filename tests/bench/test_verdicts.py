"""The verdicts of an independent reader: offsets only, and found again where cue and words overlap."""

import json

import pytest

from bench.verdicts import _VERDICTS, _day, _verdict

FAULTS = {"right", "not a commitment", "actor", "kind", "what", "twice"}


def test_every_verdict_is_an_offset_and_a_known_word():
    rows = json.loads(_VERDICTS.read_text("utf-8"))
    judged = [verdict for row in rows for verdict in row["verdicts"]]
    assert [len([row for row in rows if row["round"] == number]) for number in range(1, 6)] == [40] * 5
    assert {verdict["verdict"] for verdict in judged} <= FAULTS
    assert all(verdict[part][0] < verdict[part][1] for verdict in judged for part in ("cue", "what"))


@pytest.mark.parametrize(
    ("cue", "what", "verdict"),
    [([4, 9], [12, 30], "right"), ([4, 9], [40, 50], ""), ([50, 55], [12, 30], ""), ([60, 65], [70, 80], "actor")],
)
def test_a_verdict_counts_where_cue_and_words_overlap(cue, what, verdict):
    judged = [
        {"cue": [5, 8], "what": [10, 20], "verdict": "right"},
        {"cue": [61, 62], "what": [75, 76], "verdict": "actor"},
    ]
    assert _verdict(cue, what, judged) == verdict


def test_an_article_is_as_old_as_its_name_says():
    assert str(_day("outlet_2016-03-22_a-title")) == "2016-03-22"
    assert _day("outlet_undated_a-title") is None
    assert _day("outlet") is None
