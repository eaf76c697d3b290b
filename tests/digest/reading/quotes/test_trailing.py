"""What a sentence says before its speaker: "The wall will be ready, the mayor said on Monday"."""

import pytest

from tests.digest.reading.quotes.heard import attributions, told

TRAILING = "clause, then its subject and verb"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Orlan Group will close two of its seven plants and cut 1,900 jobs, the maker said as it reported a loss.",
            "Orlan Group will close two of its seven plants and cut 1,900 jobs",
            "Orlan Group",
        ),
        (
            "Work will begin in May, and it is to be ready by June, the leader of Sarn Council, Ida Rook, told them.",
            "Work will begin in May, and it is to be ready by June",
            "Ida Rook",
        ),
        (
            "Until then neither side may exchange shares, Judge Ida Rook said in a decision of 41 pages.",
            "Until then neither side may exchange shares",
            "Ida Rook",
        ),
        (
            "It will stay closed until May, its operator says, which is late.",
            "It will stay closed until May",
            "its operator",
        ),
        (
            "The pier will open in May, Ida Rook said, if the money comes.",
            "The pier will open in May / if the money comes",
            "Ida Rook",
        ),
        (
            "Nobody will be sacked, Rook told reporters, and the group has set aside 210 million crowns.",
            "Nobody will be sacked / and the group has set aside 210 million crowns",
            "Rook",
        ),
        ("The pier will open in May, Ida Rook said, and left.", "The pier will open in May", "Ida Rook"),
        (
            "He will wait until three, Ida Rook said, and then go to his sister’s.",
            "He will wait until three / and then go to his sister’s",
            "Ida Rook",
        ),
        ("The pier will open in May, Ida Rook said, and has left.", "The pier will open in May", "Ida Rook"),
        ("He will wait until three, Ida Rook said, and go home.", "He will wait until three / and go home", "Ida Rook"),
        ("The pier will open in May, the mayor, Ida Rook, later said.", "The pier will open in May", "Ida Rook"),
        ("The pier will open in May after all, Rook, the mayor, said.", "The pier will open in May after all", "Rook"),
        ("The pier will open in May after all, the mayor, Rook, said.", "The pier will open in May after all", "Rook"),
        (
            "The pier will open in May, Ida Rook said, and the rail that they built has gone.",
            "The pier will open in May / and the rail that they built has gone",
            "Ida Rook",
        ),
    ],
)
def test_the_clause_before_the_speaker_is_what_is_said(text, words, speaker):
    assert [(said, who) for kind, said, who, _ in told(text) if kind == "indirect"] == [(words, speaker)]
    assert [method for *_, method in attributions(text)] == [TRAILING]


@pytest.mark.parametrize(
    "text",
    [
        "After the long and noisy vote, the mayor said nothing.",
        "The failure of the council to stop it had, Ida Rook warned earlier, increased the cost.",
        "When the lights went out, Ida Rook said.",
        ", Ida Rook said.",
        ", the mayor, Ida Rook, said, and left",
        "The pier is closed, , Ida Rook, said.",
        "The plan that the council made, Ida Rook said.",
        "The fact the pier is closed, Ida Rook said.",
        "If the pier is closed in May, Ida Rook said.",
        "The pier is late, and Ida Rook said so.",
        "The pier is closed, the wind rose and Ida Rook said so.",
        "The pier is closed, the crowds leave and Ida Rook says so.",
        "The pier is closed, the rail must and Ida Rook said so.",
        "The pier will be shut, to spare the town the mayor said.",
        "The pier is closed, many said.",
        "And is closed until May, Ida Rook said.",
        "The council met at, Ida Rook said, and the rail has gone.",
    ],
)
def test_what_goes_on_or_is_subordinate_is_no_such_clause(text):
    assert TRAILING not in [method for *_, method in attributions(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "It “fundamentally undervalues” the company and its patents, the chairman, Otto Holm, wrote to them.",
            "Otto Holm",
        ),
        ("The plan was “rotten” from the start and late, Ida Rook said.", "Ida Rook"),
        ("Some of the “rotten” piers will fall in May, Ida Rook said.", "Ida Rook"),
        ("The pier was “rotten” and hit by the storm, Ida Rook assured them.", "Ida Rook"),
        ("The pier was “rotten” and hit by the storm, Ida Rook informed the council.", "Ida Rook"),
        ("The pier was “rotten” and hit by the storm, Ida Rook reminded the council.", "Ida Rook"),
    ],
)
def test_a_fragment_has_the_speaker_at_the_end_of_its_sentence(text, speaker):
    assert [(who, method) for who, _, method in attributions(text)] == [(speaker, TRAILING)]


@pytest.mark.parametrize(
    "text",
    [
        "They read the “rotten at the base” report, the mayor said nothing.",
        "They read the “rotten at the base” report, the mayor said what he wanted.",
        "They read the “rotten at the base” report, the mayor told them he was late.",
        "They read the “rotten at the base” report, the mayor told them to leave.",
        "They read the “rotten at the base” report, the mayor swore to leave.",
        "The town was “rotten at the base” before, the man Ida Rook told.",
        "The plan was “rotten” from the start and late, Ida Rook wept.",
        "In a “rotten” mood and tired, the mayor wrote.",
        "While the “rotten” pier stood there, the mayor wrote.",
    ],
)
def test_a_speaker_who_says_nothing_of_what_stands_before_is_not_given_its_fragment(text):
    assert TRAILING not in [method for *_, method in attributions(text)]


def test_both_sides_of_a_semicolon_are_reports_of_their_own():
    text = "The Union met. It warned that it would wait for two days; in a note it says that it will wait for one."
    assert [(said, who) for _, said, who, _ in told(text)] == [
        ("it would wait for two days", "The Union"),
        ("it will wait for one", "The Union"),
    ]


def test_what_the_speaker_did_meanwhile_was_not_said():
    text = "Ida Rook said panic was spreading as she set out a plan."
    assert [said for _, said, *_ in told(text)] == ["panic was spreading"]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Ida Rook was asked when, and said that depended on the rain.", "that depended on the rain", "Ida Rook"),
        (
            "Ida Rook would say only that no player was bigger than the badge.",
            "no player was bigger than the badge",
            "Ida Rook",
        ),
        (
            "One in ten has it, and many never tell a doctor, according to the Harbour Union.",
            "One in ten has it, and many never tell a doctor",
            "the Harbour Union",
        ),
        ("The ports claim to have closed the gate.", "to have closed the gate", "The ports"),
        ("Many, like Ida Rook, say that near certain defeat is more a result of fatigue than of faults.", None, None),
    ],
)
def test_what_hides_from_the_parser_is_found(text, words, speaker):
    found = [(said, who) for _, said, who, _ in told(text)]
    assert found == (
        [(words, speaker)] if words else [("near certain defeat is more a result of fatigue than of faults", None)]
    )


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The White House warned that its allies would respond “swiftly and well” if gas was used.", "The White House"),
        ("Ida Rook said that the council needed to ask itself: “Do we want it?”", "Ida Rook"),
        ("The governor said that the press is to blame for “he said this”.", "The governor"),
        ("Mayor Ida Rook said she thinks it should be shown but said “the question is the timing”.", "Ida Rook"),
        ("Ida Rook said the pier will continue to be “rotten at the base”.", "Ida Rook"),
        ("Ida Rook said the pier began to look “rotten at the base”.", "Ida Rook"),
        ("Ida Rook said some people who feel that way, “but not most”, had left.", "Ida Rook"),
    ],
)
def test_what_others_would_say_brings_nothing_in(text, speaker):
    assert [who for kind, _, who, _ in told(text) if kind != "indirect"] == [speaker]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Rook told the council: “The pier is closed.” Tom Ashby laughed.", [("The pier is closed", "Ida Rook")]),
        ("Ida Rook told the council, “The pier is closed.” Tom Ashby laughed.", [("The pier is closed", "Ida Rook")]),
        ("Ida Rook described the mayor as a “disgrace” after he attacked the office.", [("disgrace", "Ida Rook")]),
        ("The pier was called “rotten” by Tom Ashby.", [("rotten", "Tom Ashby")]),
        ("Ida Rook said “Never!” and left.", [("Never!", "Ida Rook")]),
        ("They wanted to call the pier “rotten”.", []),
        ("The pier will open in May (officials in Sarn say).", [("The pier will open in May", "officials in Sarn")]),
        (
            "“It is late.” Ida Rook told the council that the rail had gone.",
            [("It is late", None), ("the rail had gone", "Ida Rook")],
        ),
        ("Ida Rook knows who said the pier was closed.", []),
        ("Marks & Holm said the pier was closed.", [("the pier was closed", "Marks & Holm")]),
    ],
)
def test_nobody_is_given_the_words_of_another(text, found):
    assert [(said, who) for _, said, who, _ in told(text)] == found


def test_a_reason_in_marks_is_a_part_of_the_sentence_around_it():
    assert [kind for kind, *_ in told("Ida Rook said it was closed “because the pier is rotten”.")] == ["mixed"]
