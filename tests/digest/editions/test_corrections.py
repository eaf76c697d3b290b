"""What a later reading of an article no longer has of what the card of an earlier one shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.editions.corrections import find_corrections, next_reread_at
from digest.model import ArticleKind, Card, Terms
from digest.reading.brief import read_text
from tests.builders import NOW

FIRST = "The council of Vessmark voted on Thursday to close the harbour bridge for two years."
COST = "The repair will cost 40 million crowns after a meeting that went on until midnight."
PIER = "“We will rebuild the pier by June,” said Ada Quill, the mayor of Vessmark."
STATE = "Half of the money comes from the state, which wants to see the books first."
FERRIES = "The Castellan Line promised to pay for the ferries until the end of March."
SHOPS = "Shopkeepers near the bridge fear for their trade, and some have closed already."
OLD = (FIRST, COST, PIER, STATE, FERRIES, SHOPS)


def reading_of(*sentences, title="Bridge closed", **changes):
    """A reading with a card that shows all of it."""
    brief = read_text("\n".join(sentences))
    card = Card(*(tuple(range(len(found))) for found in (brief.sentences, brief.quotes, brief.commitments)))
    return replace(brief, card=card, article=replace(brief.article, title=title, **changes))


def corrected(changed, *, before=None, **changes):
    """The correction between a reading of OLD and one with some of its sentences changed, None for those to drop."""
    sentences = [changed.get(sentence, sentence) for sentence in OLD]
    return find_corrections([before or reading_of(*OLD)], reading_of(*filter(None, sentences), **changes))


def said(correction, vanished):
    """Each as the old words, the sentence that takes their place, and what a card shows instead of the unit."""
    before, after = correction.before, correction.after
    return [
        (
            tuple(before.words(span) for span in one.words),
            one.sentence and after.words(one.sentence),
            one.instead,
        )
        for one in vanished
    ]


def test_the_same_text_has_no_correction():
    assert corrected({}) == ()


def test_a_figure_that_was_corrected_takes_the_place_of_the_old_one():
    new = COST.replace("40", "43")
    (found,) = corrected({COST: new})
    assert said(found, found.sentences) == [((COST,), new, 1)]
    assert found.after.words(found.after.sentences[1].span) == new
    assert (found.quotes, found.commitments) == ((), ())


def test_a_sentence_that_was_taken_out_has_nothing_in_its_place():
    (found,) = corrected({SHOPS: None})
    assert said(found, found.sentences) == [((SHOPS,), None, None)]


@pytest.mark.parametrize(
    "new",
    [
        COST.replace(" ", "\xa0"),
        COST.replace("midnight.", "midnight, the clerk wrote."),
        f"{COST[:-1]}; it took long.",
        COST.replace("meeting", "mee\u00adting"),
    ],
)
def test_words_that_stand_however_they_are_set_have_not_vanished(new):
    assert corrected({COST: new}) == ()


def test_other_marks_and_dashes_are_no_correction():
    assert corrected({PIER: PIER.replace("“", '"').replace("”", '"')}) == ()


def test_a_sentence_that_stands_elsewhere_now_has_not_vanished():
    moved = [sentence for sentence in OLD if sentence != FIRST]
    assert find_corrections([reading_of(*OLD)], reading_of(*moved, FIRST)) == ()


def test_a_part_of_a_number_is_not_the_number():
    (found,) = corrected({COST: COST.replace("40 million", "140 million")})
    assert said(found, found.sentences)[0][0] == (COST,)


def test_words_of_a_quote_that_changed_give_way_to_the_new_quote():
    new = PIER.replace("June", "July")
    (found,) = corrected({PIER: new})
    assert said(found, found.quotes) == [(("We will rebuild the pier by June",), new, 0)]
    assert said(found, found.commitments) == [(("by June",), new, 0)]


def test_a_quote_that_is_given_to_somebody_else_is_corrected():
    (found,) = corrected({PIER: PIER.replace("Ada Quill", "Tomas Reul")})
    assert [words for words, _, _ in said(found, found.quotes)] == [("Ada Quill",)]


def test_a_quote_that_is_given_to_somebody_else_is_corrected_where_the_first_is_named_still():
    named = f"{SHOPS[:-1]}, as Ada Quill knows."
    after = reading_of(*OLD[:2], PIER.replace("Ada Quill", "Tomas Reul"), *OLD[3:5], named)
    (found,) = find_corrections([reading_of(*OLD[:5], named)], after)
    assert said(found, found.quotes) == [(("Ada Quill",), PIER.replace("Ada Quill", "Tomas Reul"), 0)]


def test_a_speaker_who_is_named_in_full_elsewhere_now_is_the_same_speaker():
    before = reading_of(FIRST, COST, PIER, STATE, FERRIES, f"{SHOPS[:-1]}, Ada Quill knows.")
    after = reading_of(
        FIRST, COST, PIER.replace("Ada Quill", "Quill"), STATE, FERRIES, f"{SHOPS[:-1]}, Ada Quill knows."
    )
    (found,) = find_corrections([before], after)
    assert found.quotes == ()


def test_a_deadline_that_moved_is_corrected_in_the_commitment():
    new = FERRIES.replace("March", "May")
    (found,) = corrected({FERRIES: new})
    assert ("until the end of March",) in [words for words, _, _ in said(found, found.commitments)]
    assert {(sentence, instead) for _, sentence, instead in said(found, found.commitments)} == {(new, 1)}


def test_a_promise_that_became_a_hope_is_corrected():
    (found,) = corrected({FERRIES: FERRIES.replace("promised", "offered")})
    assert ("promised",) in [words for words, _, _ in said(found, found.commitments)]


def test_a_quote_that_was_taken_out_has_no_other_in_its_place():
    (found,) = corrected({PIER: None})
    assert [(sentence, instead) for _, sentence, instead in said(found, found.quotes)] == [(None, None)]


def test_a_new_headline_is_a_correction_and_its_case_is_none():
    (found,) = corrected({}, title="Bridge closed for two years")
    assert found.is_retitled
    assert corrected({}, title="BRIDGE CLOSED.") == ()
    assert corrected({}, title="") == ()


def test_where_a_publisher_counts_characters_nothing_new_is_shown():
    (found,) = corrected({COST: COST.replace("40", "43"), PIER: None}, terms=Terms(max_snippet=200))
    every = [*found.sentences, *found.quotes, *found.commitments]
    assert {(one.sentence, one.instead) for one in every} == {(None, None)}


@pytest.mark.parametrize("kind", [ArticleKind.LIVE_BLOG, ArticleKind.LIST, ArticleKind.WALLED])
def test_what_rolls_on_or_went_behind_a_wall_is_no_version(kind):
    assert corrected({COST: None}, kind=kind) is None


def test_a_wall_that_was_there_before_changes_nothing():
    before = reading_of(*OLD, kind=ArticleKind.WALLED)
    assert corrected({COST: None}, before=before, kind=ArticleKind.WALLED)


def test_a_text_of_which_most_is_gone_is_no_version():
    assert corrected(dict.fromkeys((COST, PIER, STATE, SHOPS))) is None


def test_another_text_is_no_version():
    others = [f"Sentence {number} of another story, about {number * 7} sheep." for number in range(len(OLD))]
    assert corrected(dict(zip(OLD, others, strict=True))) is None


def test_what_is_retracted_is_a_version_whatever_is_left():
    (found,) = corrected(dict.fromkeys(OLD[1:]), title="Retracted: Bridge closed")
    assert found.is_retracted
    again = find_corrections([found.after], found.after)
    assert again == ()


def test_of_a_text_that_expired_only_what_is_left_of_it_counts():
    whole = reading_of(*OLD)
    text = "".join(
        " " * len(part) if part[:-1] not in (FIRST, COST) else part
        for part in whole.article.text.splitlines(keepends=True)
    )
    kept = replace(whole, article=replace(whole.article, text=text), card=Card((0, 1)), quotes=(), commitments=())
    (found,) = find_corrections([kept], reading_of(FIRST, COST.replace("40", "43"), *OLD[2:]))
    assert [words for words, _, _ in said(found, found.sentences)] == [(COST,)]


def test_each_earlier_reading_is_compared_by_itself():
    middle, after = reading_of(FIRST, COST.replace("40", "41"), *OLD[2:]), reading_of(FIRST, *OLD[2:])
    first, second = find_corrections([reading_of(*OLD), middle], after)
    assert [said(one, one.sentences)[0][0][0].split()[4] for one in (first, second)] == ["40", "41"]


def test_an_article_is_read_once_more_twice():
    hours = [timedelta(hours=number) for number in (0, 5, 6, 23, 24, 100)]
    found = [next_reread_at(NOW, read_at=NOW + after) for after in hours]
    six, day = NOW + timedelta(hours=6), NOW + timedelta(hours=24)
    assert found == [six, six, day, day, None, None]
