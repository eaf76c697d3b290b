"""Reporting words: their base forms, whether they report something said, and by whom it is said."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from digest.reading.quotes.cues import (
    cue_words,
    is_according,
    is_unsaid,
    may_be_said,
    rule_before,
    speaker_of,
    verb_of,
)
from tests.digest.reading.quotes.heard import parsed

VOCABULARY = English().vocab


def token(text, word):
    return next(token for token in parsed(text).doc if token.text == word)


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
        (word("went", "VERB", "VBD", "go"), "go"),
        (Doc(VOCABULARY, words=["went", "on"], pos=["VERB", "ADP"])[0], "go on"),
    ],
)
def test_only_what_the_tagger_took_for_a_verb_has_a_base_form(token, verb):
    assert verb_of(token) == verb


@pytest.mark.parametrize(("noun", "verb"), [("claim", "claim"), ("harbour", "")])
def test_a_noun_in_the_form_of_a_reporting_verb_is_one_if_it_has_a_subject(noun, verb):
    doc = Doc(VOCABULARY, words=["both", noun], pos=["PRON", "NOUN"], heads=[1, 1], deps=["nsubj", "ROOT"])
    assert verb_of(doc[1]) == verb


def test_a_name_in_the_middle_of_a_sentence_is_no_reporting_verb():
    assert may_be_said(token("The court halted the sale of Norvale Rail.", "Rail")) == ""
    assert may_be_said(token("The court halted the sale of Norvale Harbour.", "Harbour")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Rook never said that the pier is closed.",
        "Neither sailor said that the pier is closed.",
        "Rook went home, but never said that the pier is closed.",
    ],
)
def test_what_is_denied_was_not_said(text):
    assert is_unsaid(token(text, "said"))


@pytest.mark.parametrize(
    "text",
    [
        "Lee did not go on to say that the pier is closed.",
        "Lee could try to say that the pier is closed.",
        "Lee declined to say that the pier is closed.",
        "Lee would say that the pier is closed.",
        "Lee would say",
    ],
)
def test_what_might_be_said_was_not_said(text):
    assert is_unsaid(token(text, "say"))


@pytest.mark.parametrize(
    "text",
    [
        "Lee went on to say that the pier is closed.",
        "Lee would say only that the pier is closed.",
        "Lee would say only",
    ],
)
def test_what_one_went_on_to_say_or_would_only_say_was_said(text):
    assert not is_unsaid(token(text, "say"))


@pytest.mark.parametrize("text", ["“Never,” said Brandt.", "Brandt said “Never!” and left.", "Brandt said: not now."])
def test_a_no_that_was_said_denies_nothing(text):
    assert not is_unsaid(token(text, "said"))


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("Brandt came, sat down and said that it was over.", "said", "Brandt"),
        ("Brandt was asked about it and said that it was over.", "said", "Brandt"),
        ("Brandt, who came late and said that it was over, left.", "said", "Brandt"),
        ("The board, which met in May and said that it was over, resigned.", "said", "board"),
        ("By then there was nothing left, she said, and it was sold.", "was", None),
        ("The debate was closed with Lee saying that it was late.", "saying", "Lee"),
        ("Lee left when Brandt was reported to have said that it was over.", "said", "Brandt"),
        ("Lee said it was “too late,” adding that she would wait.", "adding", "Lee"),
        ("The mayor, who had spoken to Lee in May, left, adding that it was over.", "adding", "mayor"),
        ("Adding that it was late, Lee left.", "Adding", "Lee"),
        ("“Adding that, it is late,” Lee said.", "Adding", None),
        ("The judge told a sailor who was mending a net.", "was", None),
        ("Brandt spoke of a letter saying that it was over.", "saying", "Brandt"),
        ("Brandt replied with a statement saying that it was over.", "saying", "Brandt"),
        ("Brandt read Lee’s letter saying that it was over.", "saying", "Lee"),
        ("There was a statement saying that it was over.", "saying", "statement"),
        ("Brandt was sent a letter saying that it was over.", "saying", "letter"),
        ("The mayor told Lee that Rook had called it “a waste,” adding that she would wait.", "adding", "mayor"),
    ],
)
def test_who_says_it_is_whom_the_sentence_has_as_its_doer(text, verb, speaker):
    found = speaker_of(token(text, verb), frozenset())
    assert (found and found.text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("House Speaker Ann Lee (D) said, “It is over now.”", "Lee"),
        ("Republican Sen. Tom Rook (Con, Hale North) said the party was lost.", "Rook"),
        ("After the loss of Tom Rook (Con), House Speaker Ann Lee (D) said, “It is over now.”", "Lee"),
    ],
)
def test_who_stands_before_a_bracket_says_it(text, speaker):
    assert speaker_of(token(text, "said"), frozenset()).text == speaker


def bracketed(*words, subject):
    """The verb "said" of a sentence that the parser gives this subject, after a sentence of two words."""
    words = ["It", "rained", *words]
    said = words.index("said")
    heads = [1, 1, *([said] * (len(words) - 2))]
    labels = ["nsubj", "ROOT", *("dep" for _ in words[2:])]
    labels[said], labels[words.index(subject)] = "ROOT", "nsubj"
    return Doc(
        VOCABULARY, words=words, heads=heads, deps=labels, pos=["VERB" if w == "said" else "NOUN" for w in words]
    )[said]


@pytest.mark.parametrize(
    ("words", "subject", "speaker"),
    [
        (("Lee", "(", "D", ")", "said"), "D", "Lee"),
        (("Rook", "(", "D", ")", "and", "Lee", "(", "R", ")", "said"), "Lee", "Lee"),
        (("(", "Lee", ")", "said"), "Lee", "Lee"),
        (("Lee", ")", "said"), "Lee", "Lee"),
        (("Lee", "(", "D", "said"), "D", "D"),
    ],
)
def test_a_bracket_is_left_only_to_the_words_before_it_in_its_sentence(words, subject, speaker):
    assert speaker_of(bracketed(*words, subject=subject), frozenset()).text == speaker


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("It is closed, according to Brandt.", True),
        ("According to Brandt it is closed.", True),
        ("It is closed, according to", True),
        ("It is closed, according", False),
        ("It was paid according with the law.", False),
    ],
)
def test_according_begins_a_report_only_with_to(text, is_so):
    assert any(is_according(token) for token in parsed(text).doc) is is_so


@pytest.mark.parametrize(
    ("text", "verb", "first"),
    [
        ("Brandt was reported to have said that it was over.", "said", "reported"),
        ("Brandt was quoted as saying that it was over.", "saying", "quoted"),
        ("Brandt was heard saying to Lee that it was over.", "saying", "saying"),
        ("Brandt promised to say that it was over.", "say", "say"),
    ],
)
def test_a_cue_begins_with_the_passive_verb_that_reports_the_saying(text, verb, first):
    begin, end = cue_words(token(text, verb))
    assert (begin.text, end.text) == (first, verb)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Brandt said: “It is closed.”", "subject and verb of saying before the marks"),
        ("Brandt came and said: “It is closed.”", "verb of saying that shares its subject"),
        ("The board, which met in May and said “it is closed”, resigned.", "verb before the marks"),
        ("said Brandt: “It is closed.”", "verb before the marks"),
    ],
)
def test_a_verb_of_saying_is_surer_with_its_subject_before_it(text, rule):
    assert rule_before(token(text, "said")) == rule
