"""One commitment told twice in an article is one, with its other sentences."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


def test_headline_and_body_are_one_and_the_fuller_is_the_evidence():
    found = only("Norland to hire 400 sailors\n\nNorland will hire 400 sailors in Sarn in 2027, it said on Monday.")
    assert found.what == "hire 400 sailors in Sarn"
    assert found.also == ("Norland to hire 400 sailors",)


def test_a_quotation_that_points_back_is_a_retelling():
    text = "Edda Voss promised to repay every saver of the bank.\n“I will pay back every one of them,” Voss said."
    found = only(text)
    assert found.what == "repay every saver of the bank"
    assert found.also == ("“I will pay back every one of them,” Voss said.",)


def test_different_actors_or_deeds_stay_apart():
    assert len(commitments("Norland promised to mend the dam. Ostmark promised to mend the dam.")) == 2
    assert len(commitments("Norland promised to mend the dam. Norland promised to sell the ferry.")) == 2


def test_a_promise_and_a_refusal_stay_apart():
    assert len(commitments("Norland promised to sell the old ferry. Norland refused to sell the old ferry.")) == 2


def test_each_further_telling_is_listed_whichever_is_the_fullest():
    first, second, third = (
        "Norland promised to mend the dam.",
        "Norland pledged to mend the old dam by 1 May.",
        "Norland vowed to mend the old dam.",
    )
    found = only(f"{first} {second} {third}")
    assert found.what == "mend the old dam"
    assert found.also == (first, third)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Norland promised to mend the old dam.", "Norland pledged to mend the dam."),
        ("Norland promised to mend the DAM of Sarn.", "Norland pledged to mend the dam of Sarn."),
        ("Norland will repay its depositors.", "Norland will repay the depositor."),
        (
            "Norland promised to mend the dam, paint the pier and clear the wreck.",
            "Norland promised to mend the quay, paint the pier and clear the wreck.",
        ),
        ("Edda Voss vowed to resign.", "Edda Voss promised to resign."),
        ("Edda Voss promised to mend the dam.", "“I will mend the dam of Sarn,” Edda Voss said."),
        ("Edda Voss promised to mend the dam.\n", "“I will mend it,” Voss said."),
        ("Edda Voss promised to mend the dam. The wind rose.", "“I will mend it,” Voss said."),
        ("Edda Voss will meet Olaf Rook on Monday.", "Edda Voss will meet with him."),
        (
            "Norland refuses to disavow the treaty of Sarn.",
            "Norland’s refusal to disavow a treaty that many hate cost it votes.",
        ),
        ("Edda Voss promised that in any talks", "“we will send two clear notes to Ostmark.”"),
    ],
)
def test_tellings_in_other_words_are_one(first, second):
    assert len(commitments(f"{first} {second}")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Norland promised to mend the dam and vowed to sell the ferry.",
        "The council promised a bridge. It will sell the old bridge.",
        "Norland promised to mend the dam and paint the pier. Norland promised to mend the quay and paint the rail.",
        "Edda Voss promised to mend the dam. The wind rose. “I will paint it,” Voss said.",
        "Edda Voss promised to mend the dam. “I will paint it,” Voss said.",
        "Edda Voss promised to mend the dam. “I will mend the quay,” Voss said.",
        "Norland will close the mine of Sarn in May. Norland will close the mine of Holm in June.",
        "Edda Voss promised to move the embassy. “I will send two notes that say that the embassy of Norland is safe.”",
    ],
)
def test_one_shared_word_makes_no_retelling(text):
    assert len(commitments(text)) == 2


def test_a_deadline_weighs_as_much_as_three_words_and_so_does_a_report_beside_own_words():
    found = only("Norland promised to mend the dam by 1 May. Norland promised to mend the very old leaky dam.")
    assert (found.what, found.deadline[0]) == ("mend the dam", "by 1 May")
    found = only("Norland promised to mend the dam by 1 May. Norland promised to mend the very old and leaky dam.")
    assert found.what == "mend the very old and leaky dam"
    found = only("Edda Voss promised to mend the dam. “I will mend the dam of Sarn,” Edda Voss said.")
    assert found.what == "mend the dam"
    found = only("Edda Voss promised to mend the dam. “I will mend the whole dam of old Sarn,” Edda Voss said.")
    assert found.what == "mend the whole dam of old Sarn"
