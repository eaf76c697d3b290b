"""Which speakers are sure enough to be shown unasked."""

import pytest

from digest import QuoteKind, is_speaker_sure
from digest.reading.lexicon import load_cues


@pytest.mark.parametrize(
    ("kind", "method", "is_sure"),
    [
        (QuoteKind.DIRECT, "subject after the marks, then its verb", True),
        (QuoteKind.MIXED, "subject and verb of saying before the marks", True),
        (QuoteKind.DIRECT, "verb before the marks", False),
        (QuoteKind.DIRECT, "no speaker found", False),
        (QuoteKind.INDIRECT, "subject after the marks, then its verb", False),
        (QuoteKind.INDIRECT, "verb and reported clause", False),
    ],
)
def test_a_rule_is_sure_where_it_was_right_often_enough(kind, method, is_sure):
    assert is_speaker_sure(kind, method) is is_sure


def test_every_share_rests_on_cases_that_were_judged():
    table = load_cues("precision")
    shares = [*table["marked"].values(), *table["reports"].values()]
    assert shares
    assert all(0 <= one["precision"] <= 1 and one["judged"] > 0 for one in shares)
    assert table["least"] >= 0.97
