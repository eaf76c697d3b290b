"""Which words stand between marks: every style, apostrophes and inches, nesting, stray and missing marks."""

import pytest

from digest.reading.quotes.marks import find_marked


def marked(text):
    return [found.span.of(text) for found in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We leave at noon,” she said.", ["We leave at noon"]),
        ('"We leave at noon," she said.', ["We leave at noon"]),
        ("‘We leave at noon,’ she said.", ["We leave at noon"]),
        ("'We leave at noon,' she said.", ["We leave at noon"]),
        ("«We leave at noon», she said.", ["We leave at noon"]),
        ("« We leave at noon », she said.", ["We leave at noon"]),
        ("»We leave at noon«, she said.", ["We leave at noon"]),
        ("„We leave at noon“, she said.", ["We leave at noon"]),
        ("‚We leave at noon‘, she said.", ["We leave at noon"]),
        ("”We leave at noon”, she said.", ["We leave at noon"]),
        ("‹We leave at noon›, she said.", ["We leave at noon"]),
        ("``We leave at noon,'' she said.", ["We leave at noon"]),
        ("“We leave at noon.’’ It doesn’t leave.", ["We leave at noon"]),
        ("''We leave at noon,'' she said.", ["We leave at noon"]),
    ],
)
def test_every_style_of_marks_is_paired(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("‘The boys’ boat isn’t ours,’ she said.", ["The boys’ boat isn’t ours"]),
        ("The ’70s were ‘the players’ decade’ here.", ["the players’ decade"]),
        ("The girls' team sang 'em rock 'n' roll.", []),
        ("The Walkers’ dog and the Rooks’ cat fought.", []),
        ("He owns a 6'2\" plank.", []),
        ('"It is 12" wide," she said.', ['It is 12" wide']),
        ("It is 12\" wide and 3' high.", []),
    ],
)
def test_apostrophes_feet_and_inches_are_no_marks(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“She said ‘no’ twice,” he said.", ["She said ‘no’ twice"]),
        ("‘She said “no” twice,’ he said.", ["She said “no” twice"]),
        ('"She said "no" twice," he said.', ['She said "no" twice']),
        ("“She said “no” twice,” he said.", ["She said “no” twice"]),
    ],
)
def test_marks_within_marks_belong_to_the_outer_pair(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left.” “I stay,” she said.", ["I stay"]),
        ("He left.“ “I stay,” she said.", ["I stay"]),
        ("“I stay, she said. “I like it here.”", ["I stay, she said", "I like it here"]),
        ("“I stay.\n“I like it here.”", ["I stay", "I like it here"]),
        ("A “stray mark\nand “a pair” after it", ["stray mark", "a pair"]),
        ("“”", []),
        ("“…”", []),
        ("", []),
    ],
)
def test_a_stray_or_missing_mark_ends_with_its_paragraph(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We leave.”", "We leave"),
        ("“We leave!”", "We leave!"),
        ("“We leave...”", "We leave..."),
        ("“We leave —”", "We leave"),
        ("“We are from the U.S.”", "We are from the U.S."),
        ("“— and then,”", "and then"),
    ],
)
def test_a_span_leaves_out_dashes_and_a_final_comma_or_full_stop(text, found):
    assert marked(text) == [found]
