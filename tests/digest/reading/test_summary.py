"""The sentences that say most are chosen, never written."""

import pytest

from digest import read_text
from digest.reading.sentences import split_sentences
from digest.reading.summary import pick_sentences, summarise

NEWS = [
    "The council of Vessmark voted on Thursday to close the old harbour bridge for two years.",
    "Would the ferries run more often?",
    "He had never liked the thing since he was a boy.",
    "The repair of the bridge will cost 40 million crowns, half of it from the state.",
    "Traders at the fish market said on Thursday that the closure of the bridge would ruin the season.",
    "The council voted on Thursday to close the old harbour bridge for two years.",
    "Ferries will run every ten minutes while the bridge is closed, the harbour company promised.",
]


def test_the_lead_is_kept_and_questions_stray_pronouns_and_repetitions_are_not():
    picked = pick_sentences(NEWS, 3)
    assert picked[0] == 0
    assert len(picked) == 3
    assert not {1, 2, 5} & set(picked)


def test_of_two_alike_the_one_near_the_title_goes_first():
    early, late = "A ferry will sail at noon on every day of May.", "A tram will leave at noon on every day of June."
    assert pick_sentences([early, late], 1) == (0,)
    assert pick_sentences([early, late], 1, title="The tram of June") == (1,)


@pytest.mark.parametrize(
    ("title", "picked"),
    [
        ("Trams leaving in June", (1,)),
        ("Ten thousand crowns, two ministers, one harbour, no tram and a bakery", (0,)),
    ],
    ids=["other forms of its words", "one word of many"],
)
def test_a_title_counts_by_the_share_of_it_that_a_sentence_has_in_any_form(title, picked):
    early, late = "A ferry will sail at noon on every day of May.", "A tram will leave at noon on every day of June."
    assert pick_sentences([early, late], 1, title=title) == picked


def test_a_sentence_that_only_repeats_the_title_is_not_taken():
    assert pick_sentences([NEWS[0], NEWS[3]], 1, title=NEWS[0]) == (1,)


def test_what_many_sentences_speak_of_goes_before_what_one_does():
    sentences = [
        "Judges in Aldenhall opened the new court on Monday.",
        "Anglers caught a sturgeon of record length near Ousel.",
        "Doctors counted fewer headaches among teenagers this winter.",
        "Painters gave the lighthouse its white and red stripes.",
        "Strike, fog and floods stopped ferries, trams and buses.",
        "Ferries lost their whole crew to the strike again.",
        "Trams crept through fog from the mountain to the lake.",
        "Buses drove round the floods with three old drivers.",
    ]
    assert pick_sentences(sentences, 4) == (0, 1, 2, 4)


def test_a_sentence_without_a_telling_word_repeats_nothing():
    assert pick_sentences([NEWS[0], "All of it is to be the same as ever.", NEWS[0]], 2) == (0, 1)


def test_a_leaning_sentence_may_follow_the_one_it_leans_on():
    assert pick_sentences([NEWS[0], "He said it would be closed on the first of March."], 2) == (0, 1)


def test_sentences_that_share_no_word_are_taken_as_they_come():
    disjoint = ["Cats sleep through long winter afternoons indoors.", "Trains left Berlin carrying heavy iron ore."]
    assert pick_sentences(disjoint, 2) == (0, 1)
    assert pick_sentences(disjoint, 1) == (0,)


def test_a_repeated_sentence_is_shown_where_it_first_stands():
    assert pick_sentences([NEWS[0], NEWS[3], NEWS[0], NEWS[4]], 3) == (0, 1, 3)


def test_where_nothing_can_be_shown_the_first_ones_are_taken():
    assert pick_sentences(["Yes.", "No.", "Why?", "Go."], 3) == (0, 1, 2)


def test_there_are_never_more_sentences_than_there_are():
    assert pick_sentences([], 3) == ()
    assert pick_sentences(NEWS[:1], 3) == (0,)
    assert pick_sentences(NEWS, 0) == ()
    assert pick_sentences(NEWS, -1) == ()


def test_a_summary_says_what_chose_it():
    text = " ".join(NEWS)
    assert summarise(split_sentences(text), text).method == "position, lexrank, title"
    little = "Cats slept through the afternoon with their toys. Trains left the town with ten tons of ore."
    assert summarise(split_sentences(little), little).method == "position, title"
    assert summarise(split_sentences(little), little, language="id").method == "position, lexrank, title"
    assert summarise((), "").method == "none"
    assert summarise(split_sentences("Yes."), "Yes.").method == "lead"


def test_a_summary_of_a_parsed_text_says_so_and_shows_nobody_whom_it_has_not_named():
    text = (
        "The council of Vessmark voted on Thursday to close the old harbour bridge. Would the ferries run more often? "
        "In March it had promised the traders a tunnel of their own. The repair of the bridge will cost 40 million."
    )
    brief = read_text(text, language="en")
    assert brief.summary.method == "position, lexrank, title, findings"
    assert pick_sentences([brief.words(sentence.span) for sentence in brief.sentences], 3) == (0, 2, 3)
    assert brief.card.sentences == (0, 3)


def test_sentences_keep_to_a_budget_of_characters():
    sizes = [len(sentence) for sentence in NEWS]
    assert pick_sentences(NEWS, 3, most_chars=sizes[0] + sizes[3]) == (0, 3)
    assert pick_sentences(NEWS, 3, most_chars=sizes[0] + sizes[3] - 1) != (0, 3)
    assert pick_sentences(NEWS, 3, most_chars=1) == (0,)


def test_a_summary_leaves_out_what_is_too_long_for_it():
    long = "The council of Vessmark voted to close " + "the old harbour bridge and " * 38 + "the quay."
    short = "The repair of the bridge will cost 40 million crowns, half of it from the state."
    text = f"{long} {short}"
    assert summarise(split_sentences(text), text).sentences == (1,)


def test_a_summary_in_a_language_without_stop_words_is_made_without_them():
    text = "Dewan kota memutuskan untuk menutup jembatan tua. Biaya perbaikan jembatan itu empat puluh juta."
    assert summarise(split_sentences(text), text, language="id").sentences == (0, 1)
