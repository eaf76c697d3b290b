"""Reports without marks: what was said, by whom; and what is no report."""

import pytest

from tests.digest.reading.quotes.heard import attributions, told


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("Ida Rook said that the pier was closed.", "the pier was closed", "Ida Rook", "said"),
        ("Ida Rook told the council the pier was closed.", "the pier was closed", "Ida Rook", "told"),
        ("The pier was closed, Ida Rook said.", "The pier was closed", "Ida Rook", "said"),
        ("According to Ida Rook, the pier was closed.", "the pier was closed", "Ida Rook", "According to"),
        ("The pier was shut in May, according to Ida Rook.", "The pier was shut in May", "Ida Rook", "according to"),
        ("Ida Rook defended the plan, adding that the pier was closed.", "the pier was closed", "Ida Rook", "adding"),
        ("Ida Rook claims to have closed the pier.", "to have closed the pier", "Ida Rook", "claims"),
        ("Ida Rook accused Tom Ashby of closing the pier.", "Tom Ashby of closing the pier", "Ida Rook", "accused"),
        ("The audit found that the pier was unsafe.", "the pier was unsafe", "The audit", "found"),
        ("Ida Rook is reported to have said that it was shut.", "it was shut", "Ida Rook", "reported to have said"),
    ],
)
def test_a_reported_clause_is_a_quote_without_its_cue_and_that(text, words, speaker, cue):
    assert told(text) == [("indirect", words, speaker, cue)]


@pytest.mark.parametrize(
    ("speaker", "marked"),
    [
        (
            "Ida de Bretton-Rook",
            (
                "According to chemical weapons expert Ida de Bretton-Rook, "
                "[the effectiveness of chemical weapons in Norland may encourage their use elsewhere]."
            ),
        ),
        (
            "Sources",
            (
                "Sources say [the 26-year-old initially travelled to Norland to join the Holm struggle against Orlan, "
                "but begged her Holm commanders to send her to the Rye front]."
            ),
        ),
        (
            "Ann Lee",
            "According to weapons expert Ann Lee, [the effectiveness of weapons in Norland may encourage their use].",
        ),
        ("Ann Lee", "But according to weapons expert Ann Lee, [the pier was closed]."),
        ("Sources", "Sources say that [Ida Rook comes to Rye in May], but left her captain."),
        ("The nurses", "The nurses say [the ward was full in May], and the doctors left it."),
        (
            "officials",
            (
                "[The failure of world leaders to stop such attacks had], officials warned earlier this year, "
                "[increased the possibility of another war]."
            ),
        ),
    ],
    ids=[
        "a long name",
        "a name taken for the subject",
        "behind but",
        "told apart by tense",
        "the present",
        "another subject",
        "interrupted",
    ],
)
def test_a_report_goes_as_far_as_what_is_reported_also_where_the_parser_loses_its_way(speaker, marked):
    words = " / ".join(piece.partition("]")[0] for piece in marked.split("[")[1:])
    text = marked.replace("[", "").replace("]", "")
    assert [(said, who) for _, said, who, _ in told(text)] == [(words, speaker)]


def test_one_source_is_told_apart_from_what_it_says_by_tense_too():
    words = (
        "the 26-year-old initially travelled to Norland to join the Holm struggle against Orlan, but begged her Holm "
    )
    words += "commanders to send her to the Rye front"
    assert told(f"A source says {words}.") == [("indirect", words, "A source", "says")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ida Rook said panic was spreading as she set out a plan.", "panic was spreading"),
        ("Tom Ashby said panic was spreading as he set out a plan.", "panic was spreading"),
        ("The nurses said panic was spreading as they set out a plan.", "panic was spreading"),
        ("Ida Rook said the pier would be as it was in May.", "the pier would be as it was in May"),
        ("Ida Rook said the pier would be ready as she hopes.", "the pier would be ready as she hopes"),
    ],
)
def test_what_the_speaker_did_meanwhile_was_not_said(text, words):
    assert [said for _, said, _, _ in told(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The pier, according to weapons expert Ann Lee, was closed.",
        "According to what Ann Lee wrote, the pier was closed.",
        "According to, the pier was closed.",
        "The pier that Ida Rook said was closed reopened.",
    ],
)
def test_without_a_source_or_a_clause_of_its_own_nothing_is_reported(text):
    assert told(text) == []


def test_a_report_interrupted_by_its_cue_is_left_to_the_words_in_marks_that_it_holds():
    text = "The failure of world leaders to stop such attacks had, officials warned earlier this year, increased “the "
    text += "possibility of every despot using them with impunity in future”."
    assert [(kind, speaker) for kind, _, speaker, _ in told(text)] == [("mixed", "officials")]


def test_a_report_around_its_cue_has_a_span_on_either_side():
    text = "The new pier, harbour officials say, will not open before May."
    assert told(text) == [("indirect", "The new pier / will not open before May", "harbour officials", "say")]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue", "method"),
    [
        ("Ida Rook said she agreed.", "she agreed", "Ida Rook", "said", "verb and reported clause"),
        ("Reports show that it rots.", "it rots", "Reports", "show", "verb and reported clause"),
        (
            "Ida Rook said if it closed she would leave.",
            "if it closed she would leave",
            "Ida Rook",
            "said",
            "verb and reported clause",
        ),
        ("Ida Rook denied taking the money.", "taking the money", "Ida Rook", "denied", "verb and reported deed"),
        ("Ida Rook has denied taking it.", "taking it", "Ida Rook", "denied", "verb and reported deed"),
        (
            "A long closure, according to the harbour office in Sarn, is near.",
            "A long closure / is near",
            "the harbour office in Sarn",
            "according to",
            "according to",
        ),
        ("The pier, Ida Rook said, was closed.", "The pier / was closed", "Ida Rook", "said", "verb in a parenthesis"),
        (
            "The new pier, the harbour office in Sarn says, will open in May.",
            "The new pier / will open in May",
            "the harbour office in Sarn",
            "says",
            "verb in a parenthesis",
        ),
        (
            "The wind rose, but the road, officials say, will not bear a lorry.",
            "the road / will not bear a lorry",
            "officials",
            "say",
            "verb in a parenthesis",
        ),
        (
            "The new rail, the harbour office told them, will open in May.",
            "The new rail / will open in May",
            "the harbour office",
            "told",
            "verb in a parenthesis",
        ),
        (
            "The new pier, people close to the mayor say, will open in May.",
            "The new pier / will open in May",
            "people close to the mayor",
            "say",
            "verb in a parenthesis",
        ),
        (
            "The pier will not open before May, officials in Sarn say,",
            "The pier will not open before May",
            "officials in Sarn",
            "say",
            "verb in a parenthesis",
        ),
        (
            "Nobody according to Ida Rook has seen the pier.",
            "Nobody / has seen the pier",
            "Ida Rook",
            "according to",
            "according to",
        ),
        (
            "The ice road – officials say – will not bear a lorry.",
            "The ice road / will not bear a lorry",
            "officials",
            "say",
            "verb in a parenthesis",
        ),
        (
            "The pier will not open before May, the head of the harbour office, Ida Rook, said, speaking in Sarn.",
            "The pier will not open before May",
            "Ida Rook",
            "said",
            "verb in a parenthesis",
        ),
        (
            "The pier fell, Ida Rook said, speaking to reporters, because it was rotten.",
            "The pier fell / because it was rotten",
            "Ida Rook",
            "said",
            "verb in a parenthesis",
        ),
    ],
)
def test_a_report_names_the_rule_that_found_it(text, words, speaker, cue, method):
    assert told(text) == [("indirect", words, speaker, cue)]
    assert attributions(text) == [(speaker, cue, method)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Rook said “no” and Tom Ashby said that the pier was closed.", ["no", "the pier was closed"]),
        ("“The pier is closed,” said Ida Rook. Tom Ashby said that it rots.", ["The pier is closed", "it rots"]),
        ("“It is late,” said Tom Ashby, who says that the pier is closed.", ["It is late", "the pier is closed"]),
        (
            "Ida Rook said that Tom Ashby had said that the pier was closed, and Ann Lee said that the rail had gone.",
            ["Tom Ashby had said that the pier was closed", "the rail had gone"],
        ),
        (
            "Ida Rook said the pier was closed, the rail had gone and “nobody” was hurt.",
            ["the pier was closed", "nobody"],
        ),
        (
            "It is said that the pier is haunted. Ida Rook said that it was shut.",
            ["the pier is haunted", "it was shut"],
        ),
        ("It suggests that the pier is unsafe. Ida Rook said that it was shut.", ["it was shut"]),
        ("The harbour office was founded in 1911. Ida Rook said that it was shut.", ["it was shut"]),
    ],
)
def test_every_report_of_a_text_is_found_beside_the_others(text, found):
    assert [words for _, words, _, _ in told(text)] == found


def test_what_is_said_about_the_saying_is_no_part_of_it():
    text = "The pier may be shut if it rots, an official said, speaking on condition of anonymity."
    assert told(text) == [("indirect", "The pier may be shut if it rots", "an official", "said")]


def test_of_nested_reports_only_the_outermost_counts():
    text = "Ida Rook said that Tom Ashby had claimed that the pier was closed."
    assert told(text) == [("indirect", "Tom Ashby had claimed that the pier was closed", "Ida Rook", "said")]


def test_a_report_that_holds_marked_words_is_told_by_them():
    assert [kind for kind, *_ in told("Ida Rook said the pier was “rotten at the base”.")] == ["mixed"]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Rook did not say that the pier was closed.",
        "Ida Rook asked whether the pier was closed.",
        "Ida Rook thinks the pier is closed.",
        "Ida Rook hopes that the pier will open.",
        "Ida Rook urged the council to close the pier.",
        "Ida Rook promised to close the pier.",
        "Ida Rook denied involvement.",
        "Ida Rook said nothing.",
        "I say that the pier is closed.",
        "Ida Rook could say that the pier was closed.",
        "Ida Rook declined to say that the pier was closed.",
        "Ida Rook showed that she could swim.",
        "Ida Rook said what she wanted was a new pier.",
        "Ida Rook did not deny taking the money.",
        "Ida Rook was accused of taking the money.",
        "Accused of taking the money, Ida Rook left.",
        "The closure was often justified by arguing that the pier was unsafe.",
        "Ida Rook accused Tom Ashby.",
        "I admit to taking the money.",
        "The pier that Ida Rook said was closed fell.",
        "The closure of the pier, according to Ida Rook.",
        "Not a word, officials say, of the pier.",
        "It is late, as Ida Rook would say",
    ],
)
def test_thoughts_questions_appeals_promises_and_what_was_not_said_are_no_reports(text):
    assert told(text) == []
