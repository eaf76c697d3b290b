"""Text to sentences that know where they stand."""

import pytest

from digest.reading.sentences import split_paragraphs, split_sentences


def words(text):
    return [sentence.span.of(text) for sentence in split_sentences(text)]


def test_sentences_end_where_they_end_and_abbreviations_do_not():
    text = "Dr. Ada Quill spoke at 5 p.m. on Monday. The U.S. envoy left. “We agree.” He sat down."
    first = "Dr. Ada Quill spoke at 5 p.m. on Monday."
    assert words(text) == [first, "The U.S. envoy left.", "“We agree.”", "He sat down."]


@pytest.mark.parametrize("line_break", ["\n", "\n\n", "\r\n", "\u2028", " \n\t\n "])
def test_no_sentence_crosses_a_line_break(line_break):
    assert words(f"A line without an end{line_break}Another one") == ["A line without an end", "Another one"]


@pytest.mark.parametrize(
    "dateline",
    [
        "KESSELMAR —",
        "KESSELMAR -",
        "PARIS, Sept 4 (Continental Dispatch) –",
        "NEW VELDAN, Norvale (CD) --",
        "ST. ODILE, Oct. 12 —",
        "SARN, United Port Republics —",
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(dateline):
    first = "Dock workers will stop work on Monday."
    assert words(f"{dateline} {first} They said so.") == [dateline, first, "They said so."]


@pytest.mark.parametrize(
    "text",
    ["NATO — which met on Monday — agreed.", "The port - A-grade since May - is shut.", "BBC News reports a strike."],
)
def test_a_dash_alone_makes_no_dateline(text):
    assert words(text) == [text]


@pytest.mark.parametrize("text", ["", " \n ", "\u2028"])
def test_white_space_has_no_sentences(text):
    assert split_sentences(text) == () == split_paragraphs(text)


@pytest.mark.parametrize("run", ["x" * 100_000, '."' * 50_000, "“” " * 30_000, ". " * 50_000])
def test_endless_runs_are_split_in_bounded_time(run):
    spans = [sentence.span for sentence in split_sentences(run)]
    assert "".join(span.of(run) for span in spans).replace(" ", "") == run.replace(" ", "")
