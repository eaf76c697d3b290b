"""Which words stand between marks: every style, apostrophes and inches, nesting, stray and missing marks."""

import pytest

from digest.model import Span
from digest.reading.quotes.marks import find_marked, trim_statement


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
        ("›We leave at noon‹, she said ‹ softly ›.", ["We leave at noon", "softly"]),
        ("``We leave at noon,'' she said.", ["We leave at noon"]),
        ("“We leave at noon.’’ It doesn’t leave.", ["We leave at noon"]),
        ("''We leave at noon,'' she said.", ["We leave at noon"]),
        ("‘‘We leave at noon,’’ she said.", ["We leave at noon"]),
        ("`` We leave at noon, '' she said.", ["We leave at noon"]),
        ("‘‘ We leave at noon,’’ she said.", ["We leave at noon"]),
        ("She asked (''Why?'') and spoke ''softly''.", ["Why?", "softly"]),
        ("''Stay.'' ``Go.'' the ''no'' and the 'yes'", ["Stay", "Go", "no", "yes"]),
        ("«Stay» and «go», ‹then› and »when«", ["Stay", "go", "then", "when"]),
        ("»Stay« and »go«", ["Stay", "go"]),
        ('„Stay”, „go", she said.', ["Stay", "go"]),
        ("“Stay,“ she said, “now.“", ["Stay", "now"]),
        ("He said:„Stay”, and then:‟Go.”", ["Stay", "Go"]),
        ('“Stay" and "go”.', ["Stay", "go"]),
        ("‘Stay’ and ‘go’ are two answers.", ["Stay", "go"]),
    ],
)
def test_every_style_of_marks_is_paired(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said (“We leave”) softly.", ["We leave"]),
        ('She said ("We leave") softly.', ["We leave"]),
        ("She said ('We leave') softly.", ["We leave"]),
        ("She said (‘We leave’) softly.", ["We leave"]),
        ("“(We leave)”, she said.", ["(We leave)"]),
        ("‘[We] leave’, she said.", ["[We] leave"]),
        ("‘¿Why?’ she asked.", ["¿Why?"]),
        ("‘…and so on’, she said.", ["…and so on"]),
        ('—"We leave," she said.', ["We leave"]),
        ("She said—‘We leave’—so we left.", ["We leave"]),
        ('The pier/"old pier" is shut.', ["old pier"]),
        ("She said:“We leave.”", ["We leave"]),
        ("“We leave,”she said.", ["We leave"]),
        ('"We leave,"she said.', ["We leave"]),
        ("“We leave,”—she said", ["We leave"]),
        ("“Stay.”“Go.”", ["Stay", "Go"]),
        ('"Stay.""Go."', ["Stay", "Go"]),
        ("“Xavier is late,” she said.", ["Xavier is late"]),
        ('"We are Generation X", she said.', ["We are Generation X"]),
        ("'We are Generation X's heirs,' she said.", ["We are Generation X's heirs"]),
        ("He clicked Home›News and read ‹the rules›.", ["the rules"]),
    ],
)
def test_marks_may_stand_beside_brackets_dashes_and_one_another(text, found):
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
        ('"It is 12" wide and 9" high," she said.', ['It is 12" wide and 9" high']),
        ('The 9" board was "rotten" and wet.', ["rotten"]),
        ('A 3.5" disk has a "label".', ["label"]),
        ('A 12"x9" board fell, she said.', []),
        ('"We own 12" she said.', ["We own 12"]),
        ('"It is 12" and "rotten"', ["It is 12", "rotten"]),
        ("Sing ’em ‘the old song’ ’til noon.", ["the old song"]),
        ("They sang 'til noon and 'round the pier.", []),
        ("'Tis late, and 'twas late in '09 and the '70s.", []),
        ("The class of ’09 and the ’70s met.", []),
        ("‘The boys’ were late’, she said.", ["The boys’ were late"]),
        ("‘Leave the Rooks’ boat alone!’ she said.", ["Leave the Rooks’ boat alone!"]),
        ("‘It is the boys’ (all of them), she said.", ["It is the boys"]),
        ("He is the boys’ hero and ‘a friend’.", ["a friend"]),
        ("‘We stay at the Rooks’’, he said, ‘all week.’", ["We stay at the Rooks’", "all week"]),
        ("We‘ll leave, said O‘Rook.", []),
        ("He paid ‚5 and left.", []),
        ("He paid 3‚5 at the boys’ club.", []),
        ("‘The pier‚ the old one, is closed,’ she said.", ["The pier‚ the old one, is closed"]),
        ("He is ’ere with the boys’ boat.", []),
        ("In '09 the Rooks' boat sank.", []),
        ("In the '70s the Rooks' boat sank.", []),
        ("'705 boats came,' she said.", ["705 boats came"]),
        ("‘THE BOYS’ BOAT IS OURS,’ she said.", ["THE BOYS’ BOAT IS OURS"]),
        ("‘We saw the Rooks’, he said of the boys’ boat.", ["We saw the Rooks"]),
        ("‘It is for the boys’—it is for the girls’ team.", ["It is for the boys"]),
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
        ('"She said "no" twice," he said, "and left."', ['She said "no" twice', "and left"]),
        ("“She said “no—”.” He left.", ["She said “no—”"]),
        ("“She said “no””", ["She said “no”"]),
        ("“She called it „the old pier“ twice,” he said.", ["She called it „the old pier“ twice"]),
        ("“She said “no” twice,” he said.", ["She said “no” twice"]),
        ("“One — ‘two’” three", ["One — ‘two’"]),
        ("‘“We leave,” she said,’ he read.", ["“We leave,” she said"]),
        ("“‘No’”, she said.", ["‘No’"]),
        ("‘one” two’ three", ["one” two"]),
        ("«She said ‹no› twice», he said.", ["She said ‹no› twice"]),
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
        ("“Stay.” He left.” “Go.”", ["Stay", "Go"]),
        ('"I stay, she said. "I like it here."', ["I stay, she said", "I like it here"]),
        ("He left ”, she said.", []),
        ("“It began,” said Ann Lee. They told us to stop.” The town is quiet.", ["It began", "They told us to stop"]),
        ("They left. They told us to stop.” The town is quiet.", []),
        ("“It began,” said Ann Lee. They told us to stop.’ The town is quiet.", ["It began"]),
        ("“It began,” said Ann Lee. They left Station X” and ran.", ["It began"]),
        ("“It began,” said Ann Lee, and they told us to stop.” The town is quiet. It was late.", ["It began"]),
        (
            "It rained. " * 150 + "\n“It began,” said Ann Lee. They told us to stop.” The town is quiet.",
            ["It began", "They told us to stop"],
        ),
        ("‘I told him.\n‘I want him to know,’ she said.", ["I told him", "I want him to know"]),
        ("The „old pier is shut.", ["old pier is shut"]),
        ("She wrote «nothing at all.", []),
        ("He said ‘no and left.", []),
        ("He said ‘no and left. “Stay,” she said.", ["Stay"]),
        ("He wrote ‘no boat but the boy’s", []),
        ("She wrote '' and left.", []),
        ('"I stay, she said. "I like it"—"love it", she added.', ["I stay, she said", "I like it", "love it"]),
        ("Home » News » Port", []),
        ("Home › News › Port", []),
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
        ("“We leave;”", "We leave"),
        ("“We leave: –”", "We leave"),
        ("“We leave at 5 p.m.”", "We leave at 5 p.m."),
        ("“Version 2.1.”", "Version 2.1"),
        ("“I.”", "I"),
    ],
)
def test_a_span_leaves_out_dashes_and_a_final_comma_or_full_stop(text, found):
    assert marked(text) == [found]


def test_marked_words_know_their_place_and_whether_their_mark_was_closed():
    text = "“We leave.\n\n“We stay.” She left.\n\nShe said “go”."
    found = find_marked(text)
    assert [(one.outer.of(text), one.is_closed) for one in found] == [
        ("“We leave.", False),
        ("“We stay.”", True),
        ("“go”", True),
    ]
    assert [(one.opens_paragraph, one.ends_paragraph) for one in found] == [(True, True), (True, False), (False, True)]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("„We leave at noon“.", [True]),
        ("“I stay, she said:“I like it.”", [False, True]),
        ("“I stay, she said.", [False]),
    ],
)
def test_words_are_closed_by_a_mark_that_is_not_the_next_opening_one(text, closed):
    assert [one.is_closed for one in find_marked(text)] == closed


@pytest.mark.parametrize(("text", "start", "end"), [("One — two", 3, 5), ("One. Two", 4, 4)])
def test_nothing_is_left_of_a_stretch_without_words(text, start, end):
    assert trim_statement(text, start, end) == Span(end, end)


def test_restored_words_are_closed_and_hold_their_last_mark():
    text = "“It began,” said Ann Lee. They told us to stop.”\n\nThe town is quiet."
    restored = find_marked(text)[-1]
    assert (restored.outer.of(text), restored.is_closed) == ("They told us to stop.”", True)
    assert (restored.opens_paragraph, restored.ends_paragraph) == (False, True)
