"""Who said the words in marks: cue verbs, names without a verb, carried speakers; and what is no quote."""

import pytest

from tests.digest.reading.quotes.heard import quotes, speakers, told


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("“The pier is closed,” said Ida Rook.", "The pier is closed", "Ida Rook", "said"),
        ("“The pier is closed,” Ida Rook said.", "The pier is closed", "Ida Rook", "said"),
        ("“Is the pier closed?” asked engineer Ida Rook.", "Is the pier closed?", "Ida Rook", "asked"),
        ("“Is the pier closed?” Ida Rook asked.", "Is the pier closed?", "Ida Rook", "asked"),
        ("Ida Rook said: “The pier is closed.”", "The pier is closed", "Ida Rook", "said"),
        ("Ida Rook told reporters, “The pier is closed.”", "The pier is closed", "Ida Rook", "told"),
        ("Ida Rook said that “the pier is closed”.", "the pier is closed", "Ida Rook", "said"),
        ("Ida Rook said:\n\n“The pier is closed.”", "The pier is closed", "Ida Rook", "said"),
        ("“The pier is closed,” Ida Rook bristled.", "The pier is closed", "Ida Rook", "bristled"),
        ("“The pier is closed,” Ida Rook (R-Ohio) said.", "The pier is closed", "Ida Rook", "said"),
        ("“The pier is closed,” according to engineer Ida Rook.", "The pier is closed", "Ida Rook", "according to"),
        ("Ida Rook was quoted as saying “the pier is closed”.", "the pier is closed", "Ida Rook", "quoted as saying"),
        ("Ida Rook defended the plan, saying “the pier is closed”.", "the pier is closed", "Ida Rook", "saying"),
    ],
)
def test_a_cue_verb_beside_the_marks_has_the_speaker_as_its_subject(text, words, speaker, cue):
    assert told(text) == [("direct", words, speaker, cue)]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“It is late,” it was said by Ida Rook.", "Ida Rook", "said"),
        ("Ida Rook was heard to say “it is late”.", "Ida Rook", "heard to say"),
        ("Tom Ashby was told that Ida Rook was heard to say “it is late”.", "Ida Rook", "heard to say"),
        ("“It is late,” Ida Rook would say only", "Ida Rook", "say"),
        ("Ida Rook was cited as saying “it is late”.", "Ida Rook", "cited as saying"),
        ("Ida Rook went on to say “it is late”.", "Ida Rook", "say"),
        ("Ida Rook issued a statement saying “it is late”.", "Ida Rook", "saying"),
        ("Ida Rook’s statement said “it is late”.", "Ida Rook’s statement", "said"),
        ("A note by Ida Rook said “it is late”.", "A note by Ida Rook", "said"),
        ("In a statement, Ida Rook said “it is late”.", "Ida Rook", "said"),
        ("Ida Rook left, adding: “It is late.”", "Ida Rook", "adding"),
        ("Tom Ashby met Ida Rook, saying “it is late”.", "Tom Ashby", "saying"),
        ("Asked by Tom Ashby, Ida Rook said “it is late”.", "Ida Rook", "said"),
        ("“It is late,” Mayor Ida Rook (Sarn, Left Party) said.", "Ida Rook", "said"),
        ("Saying “it is late”, Ida Rook left.", "Ida Rook", "Saying"),
        ("Saying “it is late”, Ida Rook left the office, Tom Ashby told reporters.", "Ida Rook", "Saying"),
        ("After saying “it is late,” Ida Rook was taken to Sarn.", "Ida Rook", "saying"),
        ("Ida Rook was criticised by Tom Ashby for saying “it is late”.", "Ida Rook", "saying"),
        ("Tom Ashby argued a levy would keep boats away, saying it is “all about trust”.", "Tom Ashby", "saying"),
        ("Even a pilot said Ida Rook must choose, saying, “She has to speak.”", "Even a pilot", "saying"),
        ("There was a note in which Ida Rook wrote to the council, saying “it is late”.", "Ida Rook", "saying"),
        ("“It is late,” testifies Ida Rook.", "Ida Rook", "testifies"),
        ("“It is late,” Ida Rook clarifies.", "Ida Rook", "clarifies"),
        ("“It is late,” swore Ida Rook.", "Ida Rook", "swore"),
        ("“It is late,” Ida Rook is saying.", "Ida Rook", "saying"),
        ("“It is late,” teases Ida Rook.", "Ida Rook", "teases"),
        ("“It is late.” So said Ida Rook.", "Ida Rook", "said"),
    ],
)
def test_whoever_says_it_may_stand_in_a_phrase_a_bracket_or_another_clause(text, speaker, cue):
    assert [(who, by) for _, _, who, by in told(text)] == [(speaker, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "IDA ROOK: “The pier is closed.”",
        "Ida Rook, engineer: “The pier is closed.”",
        "“The pier is closed.” — Ida Rook, engineer",
        "Engineer Ida Rook has a simple answer: “The pier is closed.”",
        "Ida Rook shrugged at the question. “The pier is closed.”",
        "“The pier is closed.”\n\nSo says Ida Rook, an engineer.",
        "“The pier is closed.”\n\nThose were the words of engineer Ida Rook.",
    ],
)
def test_a_name_without_a_verb_may_speak(text):
    (name,) = speakers(text)
    assert name.lower() == "ida rook"
    assert quotes(text)[0].cue is None or "says" in text


def test_words_that_only_their_attribution_parts_are_one_quote():
    text = "“The pier,” Ida Rook said, “is closed. It was unsafe.” She left. “It stays closed,” said Tom Ashby."
    assert [(words, speaker) for _, words, speaker, _ in told(text)] == [
        ("The pier / is closed. It was unsafe", "Ida Rook"),
        ("It stays closed", "Tom Ashby"),
    ]


def test_a_quote_over_paragraphs_is_one_quote_whoever_is_named_first_or_last():
    text = "“The pier is closed.\n\n“It was unsafe.\n\n“It will reopen,” Ida Rook said."
    assert told(text) == [("direct", "The pier is closed / It was unsafe / It will reopen", "Ida Rook", "said")]
    text = "Ida Rook said: “The pier is closed.\n\n“It was unsafe.”"
    assert told(text) == [("direct", "The pier is closed / It was unsafe", "Ida Rook", "said")]


def test_a_paragraph_of_marked_words_alone_is_said_by_whom_the_paragraph_before_ends_with():
    text = "“The pier is closed,” said Ida Rook.\n\n“It was unsafe.”"
    assert speakers(text) == ["Ida Rook", "Ida Rook"]
    text = "“The pier is closed,” said Ida Rook.\n\nThe wind rose on Monday.\n\n“It was unsafe.”"
    assert speakers(text) == ["Ida Rook", None]


def test_after_a_question_it_is_the_other_ones_turn():
    text = "“Who closed it?” asked Tom Ashby.\n\n“I did,” said Ida Rook.\n\n“But why?”\n\n“It was unsafe.”"
    assert speakers(text) == ["Tom Ashby", "Ida Rook", "Tom Ashby", "Ida Rook"]


def test_each_of_two_speakers_in_a_paragraph_keeps_the_own_words():
    text = "Ida Rook called it “a hard choice”, while Tom Ashby said: “We had no say.”"
    assert [(kind, words, speaker) for kind, words, speaker, _ in told(text)] == [
        ("mixed", "a hard choice", "Ida Rook"),
        ("direct", "We had no say", "Tom Ashby"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "“Stay!” said Ida Rook, “or go,” and left. “Go,” said Tom Ashby.",
            [("Stay! / or go", "Ida Rook"), ("Go", "Tom Ashby")],
        ),
        ("“Really?” asked Ida Rook. “Yes,” said Tom Ashby.", [("Really?", "Ida Rook"), ("Yes", "Tom Ashby")]),
        ("Ida Rook said: “Stay.” “Go,” said Tom Ashby.", [("Stay", "Ida Rook"), ("Go", "Tom Ashby")]),
        ("Ida Rook said “stay” and Tom Ashby said “go”.", [("stay", "Ida Rook"), ("go", "Tom Ashby")]),
        (
            "“The pier,” said Ida Rook, “is late.” “It is cold,” she said.",
            [("The pier / is late", "Ida Rook"), ("It is cold", "Ida Rook")],
        ),
        (
            "Ida Rook said it was “late” and “cold”. She said it was “wet”.",
            [("late / cold", "Ida Rook"), ("wet", "Ida Rook")],
        ),
        ("“It is late,” said Ida Rook. “It is cold.”", [("It is late / It is cold", "Ida Rook")]),
        ("“It is late.”\n\nTom Ashby said “no”.", [("It is late", None), ("no", "Tom Ashby")]),
        ("Ida Rook spoke at noon.\n\n“It is late.”\n\nTom Ashby left.", [("It is late", "Ida Rook")]),
        ("Ida Rook has one wish:\n\n“Leave the pier alone.”", [("Leave the pier alone", "Ida Rook")]),
    ],
)
def test_a_new_cue_begins_a_new_quote(text, found):
    assert [(words, speaker) for _, words, speaker, _ in told(text)] == found


def test_a_quote_has_the_words_that_stand_for_its_speaker_and_the_role_they_are_given():
    text = "Ida Rook, the mayor, said: “It is late.” She said “it is cold”."
    assert [
        (quote.speaker.mention.of(text), quote.speaker.name.of(text), quote.speaker.role.of(text))
        for quote in quotes(text)
    ] == [("Ida Rook", "Ida Rook", "the mayor"), ("She", "Ida Rook", "the mayor")]


def test_fragments_of_one_statement_are_one_mixed_quote():
    text = "Ida Rook said the pier was “rotten at the base” and the rail “a joke”."
    assert told(text) == [("mixed", "rotten at the base / a joke", "Ida Rook", "said")]


def test_two_who_speak_together_are_named_together():
    text = "“We close it,” engineers Ida Rook and Tom Ashby said in a joint statement."
    assert speakers(text) == ["Ida Rook and Tom Ashby"]


def test_whoever_has_no_name_is_the_phrase_and_a_spokesman_is_not_his_boss():
    assert speakers("“The pier is closed,” a harbour official said on Monday.") == ["a harbour official"]
    assert speakers("“She is ill,” said Tom Ashby, a spokesman for Mayor Ida Rook.") == ["Tom Ashby"]


def test_a_pronoun_that_may_be_either_names_nobody():
    text = "Ida Rook met Ann Lee. She was late. Vera Holm and Mia Stone argued. “It was unsafe,” she said."
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The city’s “temporary” pier is forty years old.",
        "Walter “Dutch” Rook lives by the pier.",
        "They sang “The Long Road Home” at the pier.",
        "The group is called “Friends of the Pier” and has nine members.",
        "The so-called ‘ghost pier’ was torn down.",
        "The word “pier” has four letters.",
        "Ida Rook never said “closed”.",
        "Ida Rook did not say the pier was “closed for good”.",
        "Ida Rook may say “no”.",
        "Ida Rook would say “it is late”.",
        "Ida Rook could not say “it is late”.",
        "Ida Rook hardly said “it is late”.",
        "The pier is “rotten” to the core, the mayor, Ida Rook, never said.",
        "Tom Ashby said this when Ida Rook did not say the pier was “closed for good”.",
        "The figures show Ida Rook would say it was “closed for good”.",
        "Nobody said “it is late”.",
        "No pilot said “it is late”.",
        "Ida Rook left without saying “it is late”.",
        "Ida Rook refused to say “it is late”.",
        "Ida Rook did not want to say “it is late”.",
        "Ida Rook declined to say whether it was “late”.",
    ],
)
def test_scare_quotes_names_titles_and_what_was_not_said_are_no_quotes(text):
    assert told(text) == []


def test_a_stray_mark_costs_no_more_than_its_paragraph():
    text = (
        "“The pier is closed,” said Ida Rook.\n\nThe wind rose” on Monday “ and fell.\n\n“It is safe,” said Tom Ashby."
    )
    found = told(text)
    assert found[0] == ("direct", "The pier is closed", "Ida Rook", "said")
    assert found[-1] == ("direct", "It is safe", "Tom Ashby", "said")


def test_every_quote_says_by_which_rule_its_speaker_was_found():
    text = "“The pier is closed,” said Ida Rook. Tom Ashby said the rail had gone. “Who knows?”"
    assert all(quote.method for quote in quotes(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It is late,” Ida Rook, telling the council of the rail, added.", [("It is late", "Ida Rook", "added")]),
        ("“It is late,” said and wrote Ida Rook.", [("It is late", "Ida Rook", "said")]),
        ("“It is late,” then later also Ida Rook said.", [("It is late", "Ida Rook", "said")]),
        ("“It is late,” – , Ida Rook said.", [("It is late", "Ida Rook", "said")]),
        ("The reported loss was “heavy beyond all words” for the town.", []),
        ("Ida Rook told them: “This is Type X.” Tom Ashby laughed.", [("This is Type X", "Ida Rook", "told")]),
        ("IDA ROOK: “We go now” and the town is “full of talent”.", [("We go now", "IDA ROOK", None)]),
        (
            "Driver Ida Rook stood in the rain.\n\n“Go there\n\n“I like it,” Tom Ashby said.",
            [("Go there", "Ida Rook", None), ("I like it", "Tom Ashby", "said")],
        ),
    ],
)
def test_a_speaker_is_who_says_it_and_nobody_beside(text, found):
    assert [(said, who, cue) for _, said, who, cue in told(text)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ida Rook laughed that it had “every chance of success” and that the town of Sarn is “full of talent”.",
            "every chance of success / full of talent",
        ),
        (
            "Ida Rook laughed that it had “every chance of success” and Tom Ashby has been “full of talent”.",
            "every chance of success",
        ),
    ],
)
def test_a_report_goes_on_until_somebody_else_comes_in(text, words):
    assert [(said, who) for _, said, who, _ in told(text)] == [(words, "Ida Rook")]


def test_a_name_with_its_office_behind_it_may_speak_before_a_colon():
    text = "Kalev Nemet, goalkeeper: “I guessed left three times and I was right once.”\n"
    text += "Imre Toth, coach: “We should never have needed penalties.”"
    assert [speaker for _, _, speaker, _ in told(text)] == ["Kalev Nemet", "Imre Toth"]


@pytest.mark.parametrize(
    ("offices", "speaker"),
    [
        ("harbour commander and spokesperson Nadim Vale", "Nadim Vale"),
        ("the commander and spokesperson Nadim Vale", "the commander"),
    ],
)
def test_two_offices_before_a_name_are_one_person_where_neither_has_an_article(offices, speaker):
    text = f"In a statement to the Gazette on Sunday, {offices} said: “The loss is great to us because of her work.”"
    assert [speaker for _, _, speaker, _ in told(text)] == [speaker]
