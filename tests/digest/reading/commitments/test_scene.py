"""Stretches of text without what stands around them."""

import pytest

from digest.reading.commitments.scene import trimmed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("sell the ferry", "sell the ferry"),
        (" \n sell the ferry \n ", "sell the ferry"),
        ("“sell the ferry”", "sell the ferry"),
        ("«sell the ferry»", "sell the ferry"),
        (", sell the ferry –", "sell the ferry"),
        ("- (sell the ferry!", "sell the ferry"),
        ("sell the ferry… ", "sell the ferry"),
        ("sell the ferry.", "sell the ferry"),
        ("sell the ferry to the U.S.", "sell the ferry to the U.S."),
        ("sell the ferry at 5 p.m.", "sell the ferry at 5 p.m."),
        ("sell dock No. 12.", "sell dock No. 12"),
        ("X-ray the ferry by MX", "X-ray the ferry by MX"),
        ("a.", "a"),
        ("“a", "a"),
        ("a”", "a"),
        ("", None),
        (" ", None),
        ("“ .”", None),
        (".", None),
    ],
)
def test_a_stretch_is_kept_without_space_marks_and_a_last_stop(text, kept):
    span = trimmed(f"X{text}X", 1, 1 + len(text))
    assert (span and span.of(f"X{text}X")) == kept
