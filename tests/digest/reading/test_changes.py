"""Two versions of an article differ in sentences: new ones, gone ones, and those worded anew."""

from digest.model import Article, Brief
from digest.reading.changes import Changes, find_changes
from digest.reading.sentences import first_sentences

OLD = (
    "The council of Vessmark voted on Thursday to close the harbour bridge for two years.",
    "The repair will cost 40 million crowns, the council said.",
    "Half of it comes from the state.",
)


def brief(*sentences):
    text = " ".join(sentences)
    return Brief(Article(text), sentences=first_sentences(text, len(text))[0])


def said(before, after):
    changes = find_changes(before, after)
    return (
        [after.words(span) for span in changes.added],
        [before.words(span) for span in changes.removed],
        [(before.words(one), after.words(other)) for one, other in changes.reworded],
    )


def test_the_same_words_have_no_changes_however_they_stand():
    assert find_changes(brief(*OLD), brief(*(f"{sentence}\n" for sentence in OLD))) == Changes()


def test_a_figure_that_was_corrected_is_a_sentence_worded_anew():
    corrected = OLD[1].replace("40", "43")
    assert said(brief(*OLD), brief(OLD[0], corrected, OLD[2])) == ([], [], [(OLD[1], corrected)])


def test_a_sentence_more_and_a_sentence_less_are_told_apart():
    more = "Ferries will run every ten minutes from March."
    assert said(brief(*OLD), brief(OLD[0], more, *OLD[1:])) == ([more], [], [])
    assert said(brief(*OLD), brief(OLD[0], OLD[2])) == ([], [OLD[1]], [])
    assert said(brief(*OLD), brief(OLD[0], OLD[1], more)) == ([more], [OLD[2]], [])


def test_a_correction_above_a_corrected_sentence_is_new():
    note = "Correction: an earlier version gave the wrong cost."
    corrected = OLD[1].replace("40", "43")
    assert said(brief(*OLD), brief(OLD[0], note, corrected, OLD[2])) == ([note], [], [(OLD[1], corrected)])


def test_each_sentence_is_paired_once_and_in_order():
    before = ("The fare is 10 crowns a day.", "The fare is 20 crowns a week.")
    after = ("The fare is 11 crowns a day.", "The fare is 22 crowns a week.")
    assert said(brief(*before), brief(*after)) == ([], [], list(zip(before, after, strict=True)))


def test_a_first_reading_is_all_new():
    assert said(Brief(Article("")), brief(*OLD)) == (list(OLD), [], [])
