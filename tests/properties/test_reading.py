"""Promises 1, 2, 3, 4 and 9: verbatim, in order, never raising, bounded."""

import json
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from digest.reading import brief as room
from digest.reading.brief import read_text
from digest.reading.summary import pick_sentences
from tests.properties.spans import spans_of
from tests.properties.texts import texts

SCHEMA = json.loads(Path(room.__file__).parents[1].joinpath("brief.schema.json").read_text("utf8"))
SLOW = settings(deadline=None, max_examples=80)


@SLOW
@given(texts, st.sampled_from(["", "en", "de", "xx"]))
def test_any_text_gives_a_brief_whose_words_all_stand_in_the_text(text, language):
    brief = read_text(text, title=text[:40], language=language or None)
    assert brief.article.text == text
    assert brief.read_until == len(text)
    for span in spans_of(brief):
        assert span.end <= brief.read_until
        assert brief.words(span)


@SLOW
@given(texts)
def test_sentences_are_in_order_disjoint_and_hold_every_character_that_is_no_space(text):
    sentences = read_text(text, language="xx").sentences
    assert [sentence.index for sentence in sentences] == list(range(len(sentences)))
    assert all(one.span.end <= other.span.start for one, other in pairwise(sentences))
    inside = {offset for sentence in sentences for offset in range(sentence.span.start, sentence.span.end)}
    assert all(character.isspace() for offset, character in enumerate(text) if offset not in inside)


@SLOW
@given(st.lists(texts, max_size=12), st.integers(-1, 5), texts)
def test_picked_sentences_are_a_subsequence_of_the_sentences(sentences, n, title):
    picked = pick_sentences(sentences, n, title=title)
    assert list(picked) == sorted(set(picked))
    assert len(picked) <= max(n, 0)
    assert all(0 <= index < len(sentences) for index in picked)
    assert picked or not sentences or n <= 0


@SLOW
@given(texts)
def test_no_quote_holds_its_cue_and_no_two_quotes_overlap(text):
    quotes = read_text(text, language="en").quotes
    spans = sorted(span for quote in quotes for span in quote.spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not any(quote.cue and quote.cue.overlaps(span) for quote in quotes for span in quote.spans)


@SLOW
@given(texts)
def test_the_card_points_into_the_brief_and_shows_three_of_each_at_most(text):
    brief = read_text(text, language="en")
    for shown, there in (
        (brief.card.sentences, brief.sentences),
        (brief.card.quotes, brief.quotes),
        (brief.card.commitments, brief.commitments),
    ):
        assert len(set(shown)) == len(shown) <= 3
        assert all(0 <= index < len(there) for index in shown)
    assert set(brief.card.sentences) <= set(brief.summary.sentences)


@SLOW
@given(texts, texts)
def test_the_json_form_of_any_brief_keeps_to_the_schema(text, title):
    written = json.loads(json.dumps(read_text(text, title=title).to_dict()))
    Draft202012Validator(SCHEMA).validate(written)
