"""Which sentences can be shown, and which of them alone."""

import pytest

from digest.reading.fitness import Fitness, quotings_of, rate_sentences
from digest.reading.sentences import split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "The council voted on Thursday to close the bridge.",
        "By Friday, the council must publish the whole of its report.",
        "“We waited ten years for this vote,” said Ida Rook, the mayor.",
        "In January the port authority will publish its plans.",
        "The council voted to close it.",
        "The bridge " + "and the bridge " * 38 + "fell down today.",
        "“We waited,” Rook said, “and then we paid for all of it.”",
        'The "old lady of Vessmark" was closed on Thursday for two years.',
        "   The council voted on Thursday to close the bridge.  ",
    ],
)
def test_a_plain_statement_can_stand_alone(sentence):
    assert rate_sentences([sentence]) == (Fitness.ALONE,)


@pytest.mark.parametrize(
    "sentence",
    [
        "He said that the bridge would be closed in March.",
        "But the bridge will be closed in March all the same.",
        "The mayor of the town was less pleased.",
        "Not everybody in the harbour was happy with the vote.",
        "I have never voted for a bridge in my life.",
        "That leaves the town without a road to the harbour.",
        "This decision was taken by the council on Thursday.",
        "“We waited ten years for this vote in our town.”",
        '"We waited ten years for this vote in our town."',
        "„Wir haben zehn Jahre auf diese Abstimmung gewartet.“",
        "“This is the end of the bridge,” said Ida Rook, the mayor.",
        "«We waited ten years for this vote in our town!»",
        "Instead the bridge will be closed in March and reopened in May.",
    ],
)
def test_what_leans_on_its_neighbour_follows_it_or_is_not_shown(sentence):
    assert rate_sentences([sentence]) == (Fitness.AFTER,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Will the council close the old bridge to the harbour in March?",
        "By Mina Thorne, harbour correspondent in Vessmark",
        "PUBLISHED: 18:30, 12 February 2026 in the Vessmark Courier.",
        "Sign up for our morning newsletter to get the day's news here.",
        "Photo: the old bridge as it was seen on Thursday morning.",
        "A crowd on the old bridge on Thursday morning (Photo: M. Thorne/AFP)",
        "THE COUNCIL VOTED ON THURSDAY TO CLOSE THE BRIDGE.",
        "Read more about the bridge and the harbour in our dossier here.",
        "A crowd on the old bridge on Thursday morning (Photo by M. Thorne.)",
        "A crowd on the old bridge on Thursday morning, M. Thorne/AFP.",
        "The council voted to close.",
        "The bridge " + "and the bridge " * 39 + "fell down today.",
        'The "old lady of "Vessmark" was closed on Thursday for two years.',
        "The bridge closed.",
        "), the council of Vessmark announced on Thursday evening.",
        "(The council had never before closed a bridge for so long.)",
        "word " * 120 + "end.",
        "The mayor would not say whether the bridge will open in March.",
        "What became of the money for the bridge is now known.",
        "It is not known who paid for the second bridge.",
        "Harbour Bridge Closes After Council Votes For Repairs.",
    ],
)
def test_questions_fragments_and_furniture_are_never_shown(sentence):
    assert rate_sentences([sentence]) == (Fitness.NEVER,)


def test_a_full_turn_of_the_story_stands_alone():
    turn = "But while the bridge stands closed, the ferries of the harbour company earn more than they ever did."
    assert rate_sentences([turn]) == (Fitness.ALONE,)


def test_marks_are_paired_by_paragraph_where_the_text_is_known():
    text = "‘I told the council in May. I want the bridge back in town.\n‘I will not wait,’ the mayor of Vessmark said."
    sentences = split_sentences(text)
    words = [sentence.span.of(text) for sentence in sentences]
    ratings = rate_sentences(words, quotings=quotings_of(text, sentences))
    assert ratings == (Fitness.NEVER, Fitness.NEVER, Fitness.ALONE)


@pytest.mark.parametrize(
    ("language", "sentence", "rating"),
    [
        ("de", "Sie hat die alte Brücke am Donnerstag geschlossen.", Fitness.AFTER),
        ("de", "Die Stadt hat die alte Brücke am Donnerstag geschlossen.", Fitness.ALONE),
        ("fr", "C’est la fin du vieux pont de la ville.", Fitness.AFTER),
        ("es", "Me dijo el alcalde que cerrarán el puente viejo.", Fitness.ALONE),
        ("it", "Ma il ponte resta chiuso fino a maggio prossimo.", Fitness.AFTER),
        ("uk", "Він закрив старий міст біля гавані до весни.", Fitness.AFTER),
        ("pl", "Czy miasto zamknie stary most w porcie do wiosny?", Fitness.NEVER),
        ("id", "Dewan kota memutuskan untuk menutup jembatan tua itu.", Fitness.ALONE),
    ],
)
def test_in_other_languages_the_shape_and_the_first_word_tell(language, sentence, rating):
    assert rate_sentences([sentence], language=language) == (rating,)


def test_a_half_of_somebodys_words_is_not_shown():
    halves = [
        "“The bridge is older than all of us.",
        "It was always too narrow for two carts.",
        "The state must pay for it.”",
    ]
    assert set(rate_sentences(halves)) == {Fitness.NEVER}
    assert rate_sentences(['"The bridge is older than all of us.']) == (Fitness.NEVER,)


def test_a_quotation_that_opens_again_stays_open_until_it_is_closed():
    sentences = [
        "“We waited for ten years,” Rook said, “and the state must pay.",
        "It was always too narrow for two carts at a time.",
        "The state must pay for all of it, and soon.”",
        "The council voted on Thursday to close the bridge.",
    ]
    assert rate_sentences(sentences) == (*(Fitness.NEVER,) * 3, Fitness.ALONE)


def test_a_german_quotation_closes_with_the_mark_that_opens_in_english():
    assert rate_sentences(["„Die Brücke ist älter als wir alle“, sagte die Frau der Stadt."]) == (Fitness.ALONE,)


def test_what_follows_a_closed_quotation_is_rated_for_itself():
    sentences = [
        "“The bridge is older than all of us,” Rook said.",
        "The council voted on Thursday to close the bridge.",
    ]
    assert rate_sentences(sentences) == (Fitness.ALONE, Fitness.ALONE)


def test_the_title_is_not_repeated():
    title = "Council votes to close the harbour bridge"
    assert rate_sentences([f"{title}."], title=title) == (Fitness.NEVER,)


def test_a_fragment_that_opens_small_is_not_shown_among_sentences_that_open_with_capitals():
    fragment = "to her page on Thursday to share some pictures of the bridge."
    assert (
        rate_sentences(["The council voted on Thursday to close the bridge.", fragment, "The mayor agreed."])[1]
        is Fitness.NEVER
    )
    assert rate_sentences(["the council voted on thursday to close the bridge .", fragment]) == (Fitness.ALONE,) * 2


def test_capitals_behind_marks_count_and_half_of_the_sentences_is_not_most_of_them():
    fragment = "to her page on Thursday to share some pictures of the bridge."
    quoted = "“The council voted on Thursday,” Rook said in the evening."
    assert rate_sentences([quoted, quoted, fragment])[2] is Fitness.NEVER
    assert rate_sentences([quoted, fragment])[1] is Fitness.ALONE


def test_scripts_without_spaces_are_measured_by_their_characters():
    assert rate_sentences(["市議会は木曜日に古い橋を閉鎖することを決めた。"]) == (Fitness.ALONE,)
    assert rate_sentences(["市議会は橋を閉鎖する。", "市議会は橋を閉じる。"]) == (Fitness.ALONE, Fitness.NEVER)
    assert rate_sentences(["市議会は橋を閉鎖するのか\uff1f"]) == (Fitness.NEVER,)
