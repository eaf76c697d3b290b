"""Who is named beside the marks: the verb and its subject in every order, and what stands there and says nothing."""

import pytest

from tests.digest.reading.quotes.heard import attributions, told

VERB_FIRST = "verb after the marks, then its subject"
SUBJECT_FIRST = "subject after the marks, then its verb"
ANY_VERB = "subject and any verb after a comma"


@pytest.mark.parametrize(
    ("after", "speaker", "cue", "method"),
    [
        ("said welder Ida Rook of the harbour office.", "Ida Rook", "said", VERB_FIRST),
        ("said, in a letter, Ida Rook.", "Ida Rook", "said", VERB_FIRST),
        ("said quietly Ida Rook.", "Ida Rook", "said", VERB_FIRST),
        ("said while leaving Ida Rook.", "Ida Rook", "said", VERB_FIRST),
        ("said while leaving Rook", "Rook", "said", VERB_FIRST),
        ("posted a Sarn supporter", "a Sarn supporter", "posted", VERB_FIRST),
        ("said an engineer at the harbour office.", "an engineer at the harbour office", "said", VERB_FIRST),
        ("Ida Rook bristles.", "Ida Rook", "bristles", SUBJECT_FIRST),
        ("quietly Ida Rook said.", "Ida Rook", "said", SUBJECT_FIRST),
        ("Ida Rook then told the council.", "Ida Rook", "told", SUBJECT_FIRST),
        ("the chief engineer of the harbour office, Ida Rook, told the council.", "Ida Rook", "told", SUBJECT_FIRST),
        ("Chief Engineer Ida Rook (left) told the council.", "Ida Rook", "told", SUBJECT_FIRST),
        ("engineer Ida Rook, 42, quietly posted on Threads.", "Ida Rook", "posted", SUBJECT_FIRST),
        ("the woman who built it said.", "the woman who built it", "said", SUBJECT_FIRST),
        ("the woman building it said.", "the woman", "said", SUBJECT_FIRST),
        ("engineer Ida Rook of Sarn shrugged.", "Ida Rook", "shrugged", ANY_VERB),
        ("Rook scowls.", "Rook", "scowls", ANY_VERB),
        ("the man who runs the harbour shrugged.", "the man who runs the harbour", "shrugged", ANY_VERB),
        ("the harbour office, which was founded in 1911, shrugged.", "the harbour office", "shrugged", ANY_VERB),
    ],
)
def test_a_verb_after_a_comma_has_its_subject_on_either_side(after, speaker, cue, method):
    assert attributions(f"“The pier is closed,” {after}") == [(speaker, cue, method)]


@pytest.mark.parametrize(
    ("after", "speaker"),
    [
        ("said one of the engineers.", "one of the engineers"),
        ("a notice on the door of the office said.", "a notice on the door of the office"),
        ("the council’s letter to Ida Rook said.", "the council’s letter to Ida Rook"),
        ("said the harbour office’s chief engineer.", "the harbour office’s chief engineer"),
        ("Ida Rook will say.", "Ida Rook"),
        ("has the mayor said.", "the mayor"),
        ("Ida Rook, the engineer, said.", "Ida Rook"),
        ("a pity, Ida Rook said.", "Ida Rook"),
        ("the editorial read.", "editorial"),
        ("Mayor Rook said. Mayor Ida Rook left.", "Ida Rook"),
    ],
)
def test_the_speaker_is_the_whole_phrase_or_the_fullest_name(after, speaker):
    assert [found[0] for found in attributions(f"“The pier is closed,” {after}")] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“Is the pier closed?” Ida Rook asked the council.", "Ida Rook", "asked"),
        ("“The pier is closed.” Ida Rook told the council.", "Ida Rook", "told"),
        ("“The pier is closed.” Ida Rook said in May.", "Ida Rook", "said"),
        ("“Is it closed?” Ida Rook asked as the band played “Home at Last”.", "Ida Rook", "asked"),
        ("“Is it closed?” Ida Rook went on, as if nobody heard her.", "Ida Rook", "went"),
        ("“Is it closed?” Ida Rook went home.", None, None),
        ("“The pier is closed!” Ida Rook yelled", None, None),
        ("“The pier is closed.” Ida Rook said so: nobody listened", None, None),
        ("“The pier is closed.” Ida Rook wanted to say more.", None, None),
        ("“The pier is closed.” Ida Rook asked the council to leave.", None, None),
        ("“The pier is closed.” Ida Rook offered to leave.", None, None),
        ("“The pier is closed.” Ida Rook said a few words.", None, None),
        ("“The pier is closed.” Ida Rook shrugged.", None, None),
    ],
)
def test_a_whole_sentence_after_the_marks_names_the_speaker_where_it_says_nothing_else(text, speaker, cue):
    assert [found[:2] for found in attributions(text)] == [(speaker, cue)]


def test_a_sentence_that_reports_something_else_does_not_name_the_speaker_of_the_words_before_it():
    text = "“The pier is closed.” Ida Rook said that the rail had gone."
    assert told(text) == [
        ("direct", "The pier is closed", None, None),
        ("indirect", "the rail had gone", "Ida Rook", "said"),
    ]


def test_whom_a_report_is_told_does_not_make_it_an_attribution():
    text = "“The pier is closed.” Ida Rook told the council that the rail had gone."
    assert attributions(text)[0] == (None, None, "no speaker found")


def test_a_sentence_that_brings_in_more_words_may_name_the_speaker_of_those_before_it():
    text = "“It is late.” Ida Rook said, “The pier is closed.”"
    assert told(text) == [("direct", "It is late / The pier is closed", "Ida Rook", "said")]


def test_according_to_may_be_a_sentence_of_its_own():
    assert attributions("“The pier is closed.” According to Ida Rook.") == [
        ("Ida Rook", "According to", "according to"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        "did not say Ida Rook.",
        "might say Ida Rook.",
        "Ida Rook never said.",
        "Ida Rook would have said.",
        "said nobody at the harbour office.",
        "nobody shrugged.",
    ],
)
def test_words_that_nobody_said_are_no_quote(after):
    assert told(f"“The pier is closed,” {after}") == []


@pytest.mark.parametrize(
    "after",
    [
        "which Ida Rook said was sad.",
        "and the crowd left.",
        "and Ida Rook said so.",
        "Ida Rook did not shrug.",
        "was heard.",
        "is what Ida Rook said.",
        "which says a lot.",
        "who shrugged.",
        "when Ida Rook arrived shrugged Tom Ashby.",
    ],
)
def test_what_follows_a_comma_and_is_no_attribution_names_nobody(after):
    assert attributions(f"“The pier is closed,” {after}") == [(None, None, "no speaker found")]


def test_who_is_told_does_not_speak():
    assert [found[0] for found in attributions("“The pier is closed,” Ida Rook was told.")] == [None]


@pytest.mark.parametrize(
    "after",
    [
        "said",
        "said while leaving",
        "said while leaving the office.",
        "with a sigh said.",
        "adding salt to her soup.",
        "written last week.",
        "according to",
    ],
)
def test_where_the_subject_is_missing_nobody_speaks(after):
    assert [found[0] for found in attributions(f"“The pier is closed,” {after}")] == [None]


def test_the_noun_before_a_verb_that_the_parser_took_for_a_noun_is_who_speaks():
    ((speaker, cue, method),) = attributions("“The pier is closed,” the old engineer tweets.")
    assert (speaker.split()[-1], cue, method) == ("engineer", "tweets", SUBJECT_FIRST)


def test_what_stands_in_brackets_is_no_part_of_the_subject():
    text = "“See you at the pier 🌊🔥,” surfer Ida Rook (left) posted on Threads."
    assert attributions(text) == [("Ida Rook", "posted", SUBJECT_FIRST)]


@pytest.mark.parametrize("does", ["she looked over her", "she checks her", "they check their", "she must check her"])
def test_a_noun_in_what_somebody_does_between_two_halves_is_no_verb_of_saying(does):
    text = f"“We have two days —” {does} notes — “no, three days of bread left,” baker Ida Rook said."
    words = "We have two days / no, three days of bread left"
    assert told(text) == [("direct", words, "Ida Rook", "said")]


def test_any_verb_needs_the_comma():
    assert attributions("“The pier is closed” Ida Rook shrugged.") == [(None, None, "no speaker found")]


def test_the_verb_of_another_quote_is_no_cue_of_the_words_before_it():
    found = attributions("“The pier is closed,” while Ida Rook said “no”.")
    said = ("Ida Rook", "said", "subject and verb of saying before the marks")
    assert found == [(None, None, "no speaker found"), said]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Ida Rook said, “The pier is closed,” Tom Ashby reported.", "Tom Ashby", "reported"),
        ("Ida Rook left, “the pier is closed,” said Tom Ashby.", "Tom Ashby", "said"),
        ("Ida Rook said: “The pier is closed.” Tom Ashby laughed.", "Ida Rook", "said"),
        ("Ida Rook said, “The pier is closed.” Tom Ashby laughed.", "Ida Rook", "said"),
        ("Ida Rook said that “the pier is closed.” Tom Ashby laughed.", "Ida Rook", "said"),
        ("Ida Rook asked: “Is the pier closed?” Tom Ashby laughed.", "Ida Rook", "asked"),
        ("Ida Rook spoke of the pier, and “it is closed” said Tom Ashby.", "Tom Ashby", "said"),
    ],
)
def test_of_a_verb_right_before_the_marks_and_one_after_them_a_comma_inside_decides(text, speaker, cue):
    assert [found[:2] for found in attributions(text)] == [(speaker, cue)]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ida Rook said the pier was closed; it was “rotten”.", "said"),
        ("Ida Rook said the pier that the council built was “rotten”.", "said"),
        ("Ida Rook said to build the pier where it stands was “rotten”.", "said"),
        ("Ida Rook said what the council had built was “rotten”.", "said"),
        ("Ida Rook called the pier that Tom Ashby built “rotten”.", "called"),
        ("Ida Rook denounced what the council had built as “rotten”.", "denounced"),
        ("Ida Rook told Tom Ashby the pier he built was “rotten”.", "told"),
        ("Ida Rook was quoted as calling the pier “rotten”.", "quoted as calling"),
        ("Ida Rook is reported to have called the pier “rotten”.", "reported to have called"),
        ("Ida Rook told the council, which met and left, that the pier was “rotten”.", "told"),
        ("Ida Rook accused Tom Ashby, who left and returned, of a “rotten” deal.", "accused"),
        ("Ida Rook described the pier, which leaned and creaked, as “rotten”.", "described"),
        ("Ida Rook claimed to have closed the pier, which leaned and creaked, as “rotten”.", "claimed"),
    ],
)
def test_a_fragment_hangs_on_the_verb_that_brings_it_in_past_other_verbs(text, cue):
    assert told(text)[-1] == ("mixed", "rotten", "Ida Rook", cue)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ida Rook said she left because the pier looked “rotten”.", "said"),
        ("Ida Rook complained about the pier that leaned at the “rotten” end.", "complained"),
    ],
)
def test_a_verb_that_hangs_on_the_cue_does_not_hide_it(text, cue):
    assert attributions(text) == [("Ida Rook", cue, "subject and verb of saying before the marks")]


@pytest.mark.parametrize(
    ("text", "speaker", "method"),
    [
        ("The pilots say the pier is “rotten”.", "The pilots", "subject and verb of saying before the marks"),
        ("Ida Rook, who said the pier was “rotten”, left.", "Ida Rook", "verb before the marks"),
        ("Ida Rook left and then said the pier was “rotten”.", "Ida Rook", "verb of saying that shares its subject"),
        ("Ida Rook left, saying the pier was “rotten”.", "Ida Rook", "participle of saying before the marks"),
        ("Ida Rook rose and left, saying the pier was “rotten”.", "Ida Rook", "participle of saying before the marks"),
        (
            "A pilot said Ida Rook has to choose, saying the pier was “rotten”.",
            "A pilot",
            "participle in a clause before the marks",
        ),
        ("Ida Rook derided the pier as “rotten”.", "Ida Rook", "verb before the marks"),
        ("Ida Rook continued: “The pier is closed.”", "Ida Rook", "verb before the marks"),
    ],
)
def test_a_verb_of_saying_in_a_tense_with_its_own_subject_is_told_from_other_verbs_before_the_marks(
    text, speaker, method
):
    assert [(who, rule) for who, _, rule in attributions(text)] == [(speaker, method)]


@pytest.mark.parametrize("said", ["said the pier was closed", "said the reported closure was late"])
def test_a_fragment_in_what_a_report_goes_on_to_say_belongs_to_its_only_verb_of_saying(said):
    text = f"Ida Rook {said}; the deck stood “rotten at the base” for years."
    assert attributions(text)[-1] == ("Ida Rook", "said", "only verb of saying before the marks")


@pytest.mark.parametrize(
    "does",
    [
        "did not say the pier was closed",
        "wanted to say the pier was closed",
        "said nothing of the pier",
        "is the woman who said the pier was closed",
    ],
)
def test_a_fragment_after_what_nobody_reports_is_no_quote(does):
    text = f"Ida Rook {does}; the deck stood “rotten at the base” for years."
    assert [words for _, words, _, _ in told(text) if "rotten" in words] == []
