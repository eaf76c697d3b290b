"""The bench of scale, in small: every part gives its figures."""

from collections import Counter

import pytest

from bench._scaled_day import lateness
from bench.scale import measure
from tests.builders import NOW


@pytest.mark.parametrize(
    ("part", "figures"),
    [
        ("overhead", {"20 entries a source", "one entry a source"}),
        ("day", {"clock, nothing due, ms", "due at the peak minute", "issued", "longest lateness at 50/s, min"}),
    ],
)
def test_a_part_measures_what_it_promises(part, figures):
    found = measure(["--part", part, "--small"])
    assert found["bench"] == "scale"
    assert figures <= set(found[part])


def test_posts_that_are_due_at_once_are_as_late_as_fifty_a_second_make_them():
    figures = lateness(Counter({NOW: 50 * 60 * 10}))  # 1.2 posts each
    assert figures["longest lateness at 50/s, min"] == 12.0
    assert figures["posts in the day"] == 36_000
