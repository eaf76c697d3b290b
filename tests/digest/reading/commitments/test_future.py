"""The future: will and would, going to, is to, a headline's "to", and whose conduct they tell."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("text", "kind", "strength", "cue", "what"),
    [
        ("“I’ll reopen the mill,” director Edda Voss said.", "pledge", "firm", "’ll", "reopen the mill"),
        ("“I won’t sell the mill,” director Edda Voss said.", "refusal", "firm", "won’t", "sell the mill"),
        ("“We may sell the mill,” director Edda Voss said.", "plan", "hedged", "may", "sell the mill"),
        ("“We are going to close the mill,” director Edda Voss said.", "pledge", "firm", "are going", "close the mill"),
        (
            "“We are not going to close the mill,” director Edda Voss said.",
            "refusal",
            "firm",
            "are not going",
            "close the mill",
        ),
        (
            "“We’re going to try to reopen the mill,” director Edda Voss said.",
            "pledge",
            "hedged",
            "’re going",
            "try to reopen the mill",
        ),
    ],
)
def test_the_future_in_the_first_person_binds_the_speaker(text, kind, strength, cue, what):
    found = only(text)
    assert (found.actors, found.kind, found.strength) == (("Edda Voss",), kind, strength)
    assert (found.cue, found.what) == (cue, what)


def test_two_clauses_in_the_first_person_are_two_pledges():
    found = commitments("“We shall reopen the mill and we will repay the town,” director Edda Voss said.")
    assert [one.what for one in found] == ["reopen the mill", "repay the town"]


@pytest.mark.parametrize(
    "text",
    [
        "“I would sell the mill,” director Edda Voss said.",
        "“We could sell the mill,” director Edda Voss said.",
        "“There is a badge that I will sell,” director Edda Voss said.",
        "“The dam is safe, as we will publish the report on Friday,” the company said.",
        "“What we will sell is the mill,” director Edda Voss said.",
        "“We want to reopen the mill,” director Edda Voss said.",
        "“We kept going to mend the mill,” director Edda Voss said.",
        "“We have begun to reopen the mill,” director Edda Voss said.",
        "“We have come to reopen the mill,” director Edda Voss said.",
        "“We are going to the mill,” director Edda Voss said.",
        "“We were going to reopen the mill,” director Edda Voss said.",
        "“I was going to reopen the mill,” director Edda Voss said.",
        "“Are we going to reopen the mill?” director Edda Voss said.",
        "“Will Norland sell the ferry?” asked mayor Edda Voss.",
        "“We are going to win the cup,” director Edda Voss said.",
        "“We are going to fight for the mill,” director Edda Voss said.",
        "“We are not going to discuss the mill,” director Edda Voss said.",
        "“They said: ‘We will sell the mill’,” director Edda Voss said.",
        "“‘We will sell the mill’ was all they said,” director Edda Voss said.",
    ],
)
def test_what_a_speaker_would_could_or_was_going_to_do_binds_nobody(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "strength", "what"),
    [
        ("Norland closed the mine and will sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland lost money. It will sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland lost money and it will sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland, which will sell the ferry, lost money.", "plan", "firm", "sell the ferry"),
        ("Norland will not yield.", "refusal", "firm", "yield"),
        ("Norland would not yield, it said.", "refusal", "firm", "yield"),
        ("Norland would sell the ferry, its envoy said.", "plan", "firm", "sell the ferry"),
        ("Norland could sell the ferry, it said.", "plan", "hedged", "sell the ferry"),
        ("Norland said it could sell the ferry.", "plan", "hedged", "sell the ferry"),
        ("Norland said it may sell the ferry.", "plan", "hedged", "sell the ferry"),
        ("Norland said that if it lost it would sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland said it had lost money and would sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland told Ostmark that it would sell the ferry.", "plan", "firm", "sell the ferry"),
        ("The announcement that Norland would sell the ferry pleased nobody.", "plan", "firm", "sell the ferry"),
        # "is to", and an aim that is to
        ("Norland is now to sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland’s plan is to sell the ferry.", "plan", "firm", "sell the ferry"),
        ("Norland’s aim is to sell the ferry.", "plan", "hedged", "sell the ferry"),
    ],
)
def test_the_future_in_the_third_person_is_the_subjects_plan(text, kind, strength, what):
    found = only(text)
    assert (found.actors, found.kind, found.strength, found.what) == (("Norland",), kind, strength, what)


def test_an_aim_may_belong_to_who_was_named_before():
    found = only("Mayor Edda Voss spoke in Sarn. Her aim is to sell the ferry.")
    assert (found.actors, found.cue, found.strength) == (("Edda Voss",), "aim is to", "hedged")


@pytest.mark.parametrize("owner", ["Our", "My"])
def test_an_aim_may_belong_to_the_speaker(owner):
    found = only(f"“{owner} aim is to halve the tolls,” Edda Voss said.")
    assert (found.actors, found.kind, found.strength) == (("Edda Voss",), "plan", "hedged")


def test_several_may_be_to_do_something():
    assert only("The ministers are to open the tunnel.").cue == "are to"


@pytest.mark.parametrize(
    "text",
    [
        # only perhaps, or a duty
        "Norland would sell the ferry.",
        "Norland may sell the ferry.",
        "Norland should sell the ferry, it said.",
        "Edda Voss said she could sell the ferry.",
        # views of it
        "Norland will sell the ferry, the minister believes.",
        "It is likely that Norland will sell the ferry.",
        "It is likely that they will sell the ferry.",
        "Norland hopes that it will sell the ferry.",
        "Norland forecast that it would sell two ferries.",
        "Its envoy said Norland would face the rebels.",
        "The rumour that Norland would sell the ferry pleased nobody.",
        # not said
        "Edda Voss did not say she would sell the ferry.",
        "Norland declined to say it would sell the ferry.",
        "Norland wants to say that it would sell the ferry.",
        "Norland wants Ostmark to say it would sell the ferry.",
        "Officials say that Norland will.",
        # whom or when is not said
        "Norland revealed who it would expel.",
        "Norland revealed where it would build the dam.",
        "Edda Voss revealed which she would sell.",
        "Norland said when it would reopen the mine.",
        "Norland announced when it will close the mine.",
        # which one, not what is planned
        "The groups that will occupy the mill met in Sarn.",
        "Norland said the mill which it would sell was old.",
        # the passive
        "The bridge would be inspected by the army.",
        "The bridge will not be inspected by the army.",
        "The bridge that will be inspected by the army fell.",
        "The game will be watched by the army.",
        "“Will the ferry be sold by Norland?” asked mayor Edda Voss.",
        "Nor will the ferry be sold by Norland.",
        # no "is to", no headline
        "Norland was to sell the ferry.",
        "Norland is not to sell the ferry.",
        "Norland is “proud” to sell the ferry.",
        "The ferry is to be sold by Norland.",
        "Norland is to blame.",
        "The aim is to sell the ferry.",
        "Norland’s aim is to be first.",
        "Norland to sell ferry.",
        "Norland to sell the ferry.\n\nIt rained all day in Sarn.",
        "Norland Rail to shut stations.\n\nIt rained all day in Sarn.",
        "Norland must close two schools",
        "Deal paves way for Norland Rail to shut stations",
        "Norland to win cup",
        "Ministers to open tunnel",
        "Ostmark and Norland return to talks",
    ],
)
def test_a_future_that_binds_nobody_is_not_listed(text):
    assert commitments(text) == []


def test_an_if_not_that_opens_the_sentence_is_no_refusal():
    assert only("If not, Norland will sell the mine.").kind == "plan"


def test_a_no_before_the_future_is_in_the_cue_of_the_refusal():
    found = only("Norland never will sell the mine.")
    assert (found.kind, found.cue, found.what) == ("refusal", "never will", "sell the mine")
