"""Who speaks where no verb stands beside the marks: labels, signatures, the sentence and the paragraph before."""

import pytest

from tests.digest.reading.quotes.heard import attributions, speakers, told


@pytest.mark.parametrize(
    ("text", "speaker", "method"),
    [
        ("Engineer Ida Rook: “The pier is closed.”", "Ida Rook", "name and colon"),
        ("A sign on the pier: “It is closed for good.”", "A sign on the pier", "name and colon"),
        ("Engineer at the harbour office: “It is closed.”", "Engineer at the harbour office", "name and colon"),
        ("“IDA: The pier is closed.”", "IDA", "name in a transcript"),
        ("“IDA ROOK: The pier is closed.”", "IDA ROOK", "name in a transcript"),
        ("Ida Rook left for the pier.\n\n“IDA: The pier is closed.”", "Ida Rook", "name in a transcript"),
        ("Norland Times, Ida Rook: “The pier is closed.”", "Ida Rook", "name and colon"),
        ("“The pier is closed.” – Ida Rook", "Ida Rook", "dash and name"),
        ("Ida Rook spoke. “The pier is closed.” — Rook", "Ida Rook", "dash and name"),
        ("“The pier is closed.” —Ida Rook, chief engineer of the harbour office", "Ida Rook", "dash and name"),
        ("“The pier is closed.”― Ida Rook", "Ida Rook", "dash and name"),
        ("“The pier is closed.” — Friends of the Pier", "Friends of the Pier", "dash and name"),
        ("“The pier is closed.”\xa0― Jacklyn Orvane", "Jacklyn Orvane", "dash and name"),
        ("Said Rook: “The pier is closed.”", "Rook", "verb after the marks, then its subject"),
        (
            "Driver Ida Rook, 43, was waiting in the rain.\n\n“It is closed.”",
            "Ida Rook",
            "introduced in the paragraph before",
        ),
        (
            "In the rain stood driver Ida Rook\n\n“It is closed.”",
            "Ida Rook",
            "introduced in the paragraph before",
        ),
        ("Ida Rook called it “rotten.” “It is closed.”", "Ida Rook", "after an attributed quote"),
        ("Ida Rook slept. Rook was waiting in the rain.\n\n“It is closed.”", None, "no speaker found"),
        ("Ida Rook met Tom Ashby in the rain.\n\n“It is closed.”", None, "no speaker found"),
        ("Ida Rook, driver\n\n“It is closed.”", None, "no speaker found"),
        ("Baker Ida Rook has a theory: “The pier is closed.”", "Ida Rook", "introduced by its sentence"),
        ("The pier was inspected by Ida Rook: “The pier is closed.”", "Ida Rook", "introduced by its sentence"),
        (
            "Ida Rook, chief engineer of the harbour office in Sarn, Norland: “The pier is closed.”",
            "Ida Rook",
            "introduced by its sentence",
        ),
        ("The Harbour Union has a wish: “Close it.”", "The Harbour Union", "introduced by its sentence"),
        ("Ida Rook shrugged. “The pier is closed.”", "Ida Rook", "subject of the sentence before"),
        ("Ida Rook was asked by Tom Ashby. “It is closed.”", "Ida Rook", "subject of the sentence before"),
        ("Ida Rook left. Rook’s answer was short. “It is closed.”", "Ida Rook", "subject of the sentence before"),
        ("Ida Rook was asked for the reason. “The pier is closed.”", "Ida Rook", "subject of the sentence before"),
        ("A letter came from Ida Rook. “The pier is closed.”", "Ida Rook", "subject of the sentence before"),
        ("Tom Ashby said it had gone.\n\n“The pier is closed.”", "Tom Ashby", "reported in the sentence before"),
        ("The rail had gone, Tom Ashby said.\n\n“It is closed.”", "Tom Ashby", "reported in the sentence before"),
        ("“It is late.” So said Ida Rook.\n\n“It is closed.”", "Ida Rook", "carried from the paragraph before"),
        ("“The pier is closed.”\n\nThese were the words of the mayor.", "the mayor", "named by the next paragraph"),
        ("“The pier is closed.”\n\nSuch were the words of Ida Rook.", "Ida Rook", "named by the next paragraph"),
        ("“The pier is closed.”\n\nSo said Ida Rook.", "Ida Rook", "named by the next paragraph"),
        ("“The pier is closed.”\n\nThus spoke Ida Rook.", "Ida Rook", "named by the next paragraph"),
    ],
)
def test_without_a_verb_beside_the_marks_a_label_a_signature_or_a_sentence_names_the_speaker(text, speaker, method):
    ((found, _, rule),) = attributions(text)[-1:]
    assert (found, rule) == (speaker, method)


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is closed.” — the wind rose.",
        "“The pier is closed.” Ida Rook, engineer.",
        "“The pier is closed.” — Ida Rook, chief engineer of the harbour office in the old town of Sarn",
        "“Note: the pier is closed.”",
        "The wind rose. “The pier is closed.”",
        "He shrugged. “The pier is closed.”",
        "The rail had gone, it was said.\n\n“The pier is closed.”",
        "Tom Ashby thinks the rail has gone.\n\n“The pier is closed.”",
        "Tom Ashby never said that the rail had gone.\n\n“The pier is closed.”",
        "—“The pier is closed.”",
        "Tom Ashby said the rail had gone.\n\n“The pier is closed” stood on a board.",
        "“It is late,” a guard said, and then came the rule in full:\n\n“The pier is closed.”",
        "“It is late,” said Ida Rook. Silence\n\n“The pier is closed.”",
        "Ida Rook shrugged. “It is late.” The wind rose.\n\n“The pier is closed.”",
        "“The pier is closed.” It was not.\n\nSo said Ida Rook.",
        "“The pier is closed.”\n\nThose days are gone.",
        "“The pier is closed.”\n\nSo it was.",
        "“The pier is closed.”\n\nSo",
        "“The pier is closed.”\n\nShe said it to Ida Rook.",
        "“The pier is closed.”\n\nThose were the words of",
    ],
)
def test_where_nothing_names_the_speaker_there_is_none(text):
    assert attributions(text)[-1] == (None, None, "no speaker found")


def test_a_verb_that_names_the_speaker_in_the_next_paragraph_is_the_cue():
    assert speakers("“The pier is closed.”\n\nSo said Ida Rook.") == ["Ida Rook"]
    assert [cue for *_, cue in told("“The pier is closed.”\n\nSo said Ida Rook.")] == ["said"]


def test_a_time_before_a_colon_does_not_speak():
    assert "noon" not in speakers("At noon: “The pier is closed.”")


def test_what_is_said_to_be_something_before_a_colon_does_not_speak():
    assert "Her answer" not in speakers("Her answer was: “The pier is closed.”")


def test_two_names_before_a_colon_name_neither():
    assert speakers("Ida Rook and Tom Ashby: “The pier is closed.”") in ([], [None])


def test_words_after_an_attributed_quote_go_on_with_it():
    text = "“It is late,” said Ida Rook. “The pier is closed.”"
    assert told(text) == [("direct", "It is late / The pier is closed", "Ida Rook", "said")]
    text = "Ida Rook said: “It is late”. “The pier is closed.”"
    assert told(text) == [("direct", "It is late / The pier is closed", "Ida Rook", "said")]
    text = "Ida Rook said: “It is late.” Silence. “The pier is closed.”"
    assert speakers(text) == ["Ida Rook", None]
    text = "“It is late.” “The pier is closed.”"
    assert [words for _, words, _, _ in told(text)] == ["It is late / The pier is closed"]


def test_a_sentence_between_two_quotes_names_the_speaker_of_the_second():
    text = "“It is late,” said Ida Rook. She left. “The pier is closed.”"
    assert attributions(text) == [
        ("Ida Rook", "said", "verb after the marks, then its subject"),
        ("Ida Rook", None, "subject of the sentence before"),
    ]


def test_the_paragraph_before_lends_the_speaker_of_its_last_sentence():
    text = "“It is late,” said Ida Rook.\n\nTom Ashby said the rail had gone.\n\n“The pier is closed.”"
    assert speakers(text) == ["Ida Rook", "Tom Ashby", "Tom Ashby"]
    text = "“It is late,” said Ida Rook.\n\nTom Ashby did not say the rail had gone.\n\n“The pier is closed.”"
    assert speakers(text) == ["Ida Rook", None]
    text = "Tom Ashby wrote “rail” on a sheet and said it had gone.\n\n“The pier is closed.”"
    assert attributions(text)[-1] == ("Tom Ashby", None, "carried from the paragraph before")


def test_a_question_is_not_answered_by_who_asked_it():
    text = "“Who closed it?” asked Tom Ashby.\n\n“The pier is closed.”"
    assert speakers(text) == ["Tom Ashby", None]
    assert speakers(f"“It is late,” said Tom Ashby.\n\n{text}") == ["Tom Ashby", "Tom Ashby", None]
    assert speakers(f"“It is late,” said Ida Rook.\n\nThe wind rose.\n\n{text}") == ["Ida Rook", "Tom Ashby", None]


def test_in_a_dialogue_the_turns_alternate_as_long_as_questions_are_asked():
    text = (
        "“Who closed it?” asked Tom Ashby.\n\n“I did,” said Ida Rook.\n\n“But why?”\n\n“It was unsafe.”\n\n“And now?”"
    )
    assert attributions(text)[2:] == [
        ("Tom Ashby", None, "turn in a dialogue"),
        ("Ida Rook", None, "turn in a dialogue"),
        ("Tom Ashby", None, "turn in a dialogue"),
    ]


def test_without_a_question_the_last_speaker_goes_on():
    text = "“I did,” said Ida Rook.\n\n“It was late,” said Tom Ashby.\n\n“The wind rose.”"
    assert speakers(text) == ["Ida Rook", "Tom Ashby", "Tom Ashby"]
    text = "“Who closed it?” asked Tom Ashby.\n\n“I did,” said Tom Ashby.\n\n“It was unsafe.”"
    assert speakers(text) == ["Tom Ashby", "Tom Ashby", "Tom Ashby"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Rook called the pier “rotten” and the rail “bent”.", [("rotten / bent", "called")]),
        ("Ida Rook called the pier “rotten”, which made the rail “bent”.", [("rotten / bent", "called")]),
        (
            "Ida Rook called the pier “rotten”, the rail “bent” and the deck, on a dry day, “gone”.",
            [("rotten / bent / gone", "called")],
        ),
        ("Ida Rook called the pier “hard to close” and the rail “bent”.", [("hard to close / bent", "called")]),
        ("What Ida Rook called “rotten” was “bent” on Monday.", [("rotten", "called")]),
        ("Ida Rook called the pier “rotten”. The rail was “bent”.", [("rotten", "called")]),
        ("Ida Rook called the pier “rotten”\n\nand the rail “bent”", [("rotten", "called")]),
        (
            "Ida Rook called the pier “rotten”, and said the rail “bent at noon”.",
            [("rotten", "called"), ("bent at noon", "said")],
        ),
        ("Ida Rook said: “The pier is closed.” And the rail “bent”.", [("The pier is closed", "said")]),
    ],
)
def test_fragments_hang_on_the_verb_of_their_own_statement(text, found):
    assert [(words, cue) for _, words, _, cue in told(text)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rook said it was “a big problem” but “nobody talks about it”.", "a big problem / nobody talks about it"),
        ("Rook says she likes it, but she knows that “Tom will be king”.", "Tom will be king"),
        (
            "Rook said that she has “every chance” and that the town is “full of talent”.",
            "every chance / full of talent",
        ),
        (
            "Rook called Ashby a “liar” who is “amoral”, a “bully” and “he never paid”.",
            "liar / amoral / bully / he never paid",
        ),
        ("Rook said it was “gone”. Nobody knew that “Tom will be king”.", "gone"),
        ("Rook said it was “gone!” and nobody knew that “Tom will be king”.", "gone!"),
        ("Rook said it was “gone”, and Tom Ashby has a shirt with “full of talent” on it.", "gone"),
    ],
    ids=[
        "but",
        "one verb of saying",
        "a second clause",
        "who is",
        "the next sentence",
        "a sentence that ends in the marks",
        "somebody else",
    ],
)
def test_a_report_goes_on_to_the_end_of_its_sentence_while_nobody_else_comes_in(text, words):
    assert [(said, speaker) for _, said, speaker, _ in told(f"Ida Rook spoke. {text}")] == [(words, "Ida Rook")]


def test_a_report_ends_where_the_sentence_brings_in_another():
    text = "Ida Rook said it was “gone”, and one writer asked whether it was “full of talent”."
    assert [(said, speaker) for _, said, speaker, _ in told(text)] == [
        ("gone", "Ida Rook"),
        ("full of talent", "one writer"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The pier is “rotten”, according to Ida Rook.",
        "The “rotten” pier is closed, according to Ida Rook.",
        "According to Ida Rook, the pier is “rotten”.",
    ],
)
def test_according_to_names_the_speaker_of_a_fragment_from_either_side(text):
    ((kind, words, speaker, _),) = told(text)
    assert (kind, words, speaker) == ("mixed", "rotten", "Ida Rook")


@pytest.mark.parametrize(
    "text", ["The board with “the pier is closed and it is old” on it fell.", "In the note, “the pier is closed”."]
)
def test_words_within_a_sentence_that_nobody_is_said_to_have_said_are_no_quote(text):
    assert told(text) == []


def test_a_quote_that_was_not_closed_goes_on_in_the_next_paragraph_only():
    text = "“The pier is closed.\n\n“It was unsafe.\n\n“It will reopen.”"
    assert [words for _, words, _, _ in told(text)] == ["The pier is closed / It was unsafe / It will reopen"]
    assert attributions(text) == [(None, None, "paragraph of an open quote")]
    text = "“The pier is closed.\n\nIda Rook left.\n\n“It was unsafe.”"
    assert [words for _, words, _, _ in told(text)] == ["It was unsafe"]


def test_a_paragraph_that_ends_with_a_colon_leads_to_marks_that_nothing_stands_before():
    assert speakers("Ida Rook spoke:\n\nThen Tom Ashby said “it is late, and it is old”.") == ["Tom Ashby"]
    assert speakers("Ida Rook said:\n\n“It is late, and it is old.”") == ["Ida Rook"]
