"""Predicates of readiness: who is ready, willing, due or committed to do what, now and not once."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("text", "kind", "cue"),
    [
        ("Norland is prepared to close the mine.", "offer", "is prepared to"),
        ("Norland stands ready to close the mine.", "offer", "stands ready to"),
        ("Norland remains willing to close the mine.", "offer", "remains willing to"),
        ("Norland will be ready to close the mine.", "offer", "be ready to"),
        ("Norland said it was ready to close the mine.", "offer", "was ready to"),
        ("Norland is ready now to close the mine.", "offer", "is ready"),
        ("Norland is set to close the mine.", "plan", "is set to"),
        ("Norland is determined to close the mine.", "plan", "is determined to"),
        ("Norland is slated to close the mine.", "plan", "is slated to"),
        ("Norland has been unwilling to close the mine.", "refusal", "been unwilling to"),
        ("Norland is not willing to close the mine.", "refusal", "is not willing to"),
    ],
)
def test_readiness_commits_to_what_one_is_ready_for(text, kind, cue):
    found = only(text)
    assert (found.actors, found.kind, found.cue, found.what) == (("Norland",), kind, cue, "close the mine")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“We’re ready to close the mine,” director Edda Voss said.", "’re ready to"),
        ("“I’m willing to close the mine,” director Edda Voss said.", "’m willing to"),
    ],
)
def test_readiness_in_the_first_person_is_the_speakers(text, cue):
    found = only(text)
    assert (found.actors, found.cue, found.what) == (("Edda Voss",), cue, "close the mine")


@pytest.mark.parametrize("word", ["due", "scheduled"])
def test_what_is_due_is_planned_whatever_it_is(word):
    found = only(f"The ministers are {word} to arrive on Friday.")
    assert (found.kind, found.what, found.deadline[0]) == ("plan", "arrive", "on Friday")


def test_readiness_in_a_report_that_follows_is_that_of_whom_the_clause_is_about():
    found = only("Norland is committed to opening up the mill, Edda Voss said.")
    assert (found.actors, found.what, found.reported_by) == (("Norland",), "opening up the mill", "Edda Voss")


def test_who_says_that_others_are_due_reports():
    found = only("Officials said the two ministers were due to meet in Sarn.")
    assert (found.actors, found.reported_by) == (("the two ministers",), "Officials")


@pytest.mark.parametrize(
    "text",
    [
        # once, or only perhaps
        "Norland was ready to take in the crew.",
        "The two ministers were due to meet in Sarn.",
        "Norland believed it was ready to take in the crew.",
        "Norland might be ready to take in the crew.",
        "Norland would be willing to take in the crew.",
        # for want of means; a plan that there is not
        "Norland is not ready to take in the crew.",
        "Norland is not set to close the mine.",
        # nothing that one does on purpose
        "Norland is set to be punished.",
        "Norland is set to fall.",
        "Norland is due to fall silent.",
        "Norland is ready to be a partner.",
        "The ministers are set to arrive on Friday.",
        # nobody who could be bound
        "The ferry is scheduled to sail on Friday.",
        "The mine is set to be closed.",
        # a stance
        "Norland is committed to a truce.",
    ],
)
def test_readiness_that_binds_nobody_is_not_listed(text):
    assert commitments(text) == []
