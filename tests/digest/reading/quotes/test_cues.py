"""Reporting words: their base forms, and which words have one."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from digest.reading.quotes.cues import may_be_said, verb_of

VOCABULARY = English().vocab


def word(text, pos="", tag="", lemma=""):
    return Doc(VOCABULARY, words=[text], pos=[pos], tags=[tag], lemmas=[lemma])[0]


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("say", "say"),
        ("said", "say"),
        ("Quips", "quip"),
        ("teases", "tease"),
        ("preaches", "preach"),
        ("replies", "reply"),
        ("shouted", "shout"),
        ("noted", "note"),
        ("boasting", "boast"),
        ("teasing", "tease"),
        ("harbour", ""),
    ],
)
def test_a_reporting_verb_is_known_in_every_form_whatever_the_tagger_took_it_for(form, verb):
    assert may_be_said(word(form, "NOUN", "NN", form)) == verb


@pytest.mark.parametrize(
    ("token", "verb"),
    [
        (word("left", "VERB", "VBD", "leave"), "leave"),
        (word("is", "AUX", "VBZ", "be"), "be"),
        (word("closed", "VERB", "JJ", "Close"), "close"),
        (word("was", "AUX", "", "be"), "be"),
        (word("closing", "ADJ", "VBG", "close"), "close"),
        (word("told", "VERB", "VBD", "told"), "tell"),
        (word("quips", "NOUN", "NNS", "quip"), ""),
    ],
)
def test_only_what_the_tagger_took_for_a_verb_has_a_base_form(token, verb):
    assert verb_of(token) == verb
