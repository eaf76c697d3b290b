"""Whatever an article holds, what is told of its words keeps to Discord's limits, and none of them works."""

from dataclasses import replace
from unicodedata import normalize

from hypothesis import given, settings, strategies as st

from bot.render.limits import OPTION, breaches, measure
from bot.render.markup import read_lines
from bot.render.people import list_people
from bot.render.proofs import render_proof
from bot.render.statements import find_statement, list_statements, option_of
from bot.render.stories import render_committed, render_quotes, render_sources, render_story
from bot.render.text import clean
from bot.render.why import choice_of, render_why, show_sentence
from digest.model import Fate, SentenceFitness, SentencePlace, SentenceReason, Traced, Trouble
from tests import hostile
from tests.bot.proofs import evidence, told_story
from tests.builders import NOW
from tests.harmless import check_harmless, check_limits, check_visible, units
from tests.properties.test_render import slow

WIDE_AT = "\N{FULLWIDTH COMMERCIAL AT}"
TROUBLES = st.none() | st.sampled_from(Trouble)


@st.composite
def stories(draw):
    behind = [
        evidence(n, brief=one, newest=draw(st.none() | st.just(one) | hostile.briefs()), trouble=draw(TROUBLES))
        for n, one in enumerate(draw(st.lists(hostile.briefs(), min_size=1, max_size=3)), 1)
    ]
    return told_story(draw(st.integers(1, 99)), *behind, headline=draw(hostile.texts()), digest=draw(hostile.texts()))


def check(*messages):
    for message in messages:
        check_limits(message.to_json())
        check_harmless(message.to_json())
        assert breaches(message) == ()


@settings(slow, max_examples=60)
@given(st.lists(stories(), min_size=1, max_size=12))
def test_no_answer_about_stories_exceeds_a_limit_or_lets_a_word_act(told):
    check(render_story(told[0]), render_sources(told))
    for render in (lambda page: render_quotes(told, page), lambda page: render_committed(told, {}, page, today=NOW)):
        message, pages = render(0)
        check(message, *(render(page)[0] for page in (1, pages - 1, pages, 10**6)))


@settings(slow, max_examples=60)
@given(stories())
def test_every_statement_can_be_chosen_and_proved_and_no_word_of_it_works(told):
    for one in list_statements(told)[:8]:
        label, key, description = option_of(one)
        assert 0 < units(label) <= OPTION
        assert 0 < units(description) <= OPTION
        assert len(key) <= OPTION
        check_visible(label + description)
        assert find_statement(told, key).words == one.words
        check(render_proof(one))


@settings(slow, max_examples=60)
@given(stories())
def test_the_bold_words_of_a_proof_are_the_statements(told):
    for one in list_statements(told)[:8]:
        first = render_proof(one).embeds[0].description.split("\n\n")[0]
        bold = {
            piece.text
            for line in read_lines(first)
            if line.is_quote
            for piece in line.pieces
            if piece.is_bold and piece.text.strip()
        }
        # Whether an at sign is made full-width depends on what follows it, and drawn spans may part a letter's accents.
        text = normalize("NFD", clean(one.brief.article.text).replace(WIDE_AT, "@"))
        # The markdown of a terminal reads less than Discord's: only what it reads as bold is looked at.
        assert all(normalize("NFD", words.replace(WIDE_AT, "@")) in text or words in one.words for words in bold)


@settings(slow, max_examples=60)
@given(stories(), hostile.texts(200), hostile.urls())
def test_no_reason_exceeds_a_limit_or_lets_a_word_act(told, words, url):
    reason = SentenceReason(words, 1, 2, SentencePlace.OUT, SentenceFitness.ALONE, 1, 2, (("x", 1.0),), 2.0, 0.5)
    traced = Traced(words, url, words, NOW, Fate.PASSED, digest=words, composed_at=NOW)
    check(render_why([told, traced, replace(told, weight=())] * 3, show_sentence(reason)))
    label, value = choice_of(told)
    assert 0 < units(label) <= OPTION
    assert value.startswith("7:")


@settings(slow, max_examples=60)
@given(stories())
def test_who_is_offered_to_be_followed_fits_a_select(told):
    for names in list_people(told).values():
        assert all(0 < measure(name) <= OPTION for name in names)
        assert len({name.casefold() for name in names}) == len(names)
