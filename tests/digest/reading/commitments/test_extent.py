"""Where the words begin and end that say what is committed to."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("promised to slowly reopen the mine", "slowly reopen the mine"),
        ("promised to re-open the mine", "re-open the mine"),
        ("promised to be ready for the flood", "be ready for the flood"),
        ("will – finally – sell the ferry", "finally – sell the ferry"),
        ("promised never to reopen the mine", "never to reopen the mine"),
        ("promised to “reopen the mine”", "reopen the mine"),
        ("promised to reopen  the mine", "reopen  the mine"),
        ("promised that the old mine would be reopened", "the old mine would be reopened"),
        ("promised that there would be no fees", "there would be no fees"),
        ("promised more money", "more money"),
        ("promised 40 tugs", "40 tugs"),
        ("agreed to be represented by Ostmark", "be represented by Ostmark"),
        ("will finally reopen the mine", "finally reopen the mine"),
        ("will also reopen the mine", "reopen the mine"),
        ("will still reopen the mine", "reopen the mine"),
        ("will then reopen the mine", "reopen the mine"),
        ("will now reopen the mine", "reopen the mine"),
        ("will therefore reopen the mine", "reopen the mine"),
        ("will not only reopen the mine", "reopen the mine"),
    ],
)
def test_the_words_of_the_action_begin_with_how_it_is_done(told, what):
    assert only(f"Norland {told}.").what == what


@pytest.mark.parametrize(
    "more",
    [
        ", as it needs coal.",
        ", as",
        " ...",
        " but not the well.",
        ", which was flooded.",
        ", adding that coal was dear.",
        ", saying coal was dear.",
        ", forcing Ostmark to close its own.",
        ", flooded in 1998.",
        ", and has hired a crew.",
        ", but not the well.",
        ", “and soon”.",
        ", a spokesman said.",
        ", its foreign minister Edda Voss told reporters.",
        ", its foreign minister Edda Voss has said.",
        ", according to Edda Voss.",
        " but Ostmark refused.",
        " and has hired a crew.",
        " and it left.",
        " and urged Ostmark to follow.",
        " and, if the owner pays, the town will buy it.",
        ": coal is dear.",
        "... and left.",
        ",",
        "\n\nOstmark left",
    ],
)
def test_the_words_of_the_action_end_where_another_thing_is_told(more):
    assert only(f"Norland will reopen the mine{more}").what == "reopen the mine"


@pytest.mark.parametrize(
    "what",
    [
        "freeze hiring and will cut pay",
        "reopen the mine as it needs coal",
        "reopen two mines and a well",
        "resign and soon",
    ],
)
def test_what_belongs_to_the_action_stays_with_it(what):
    assert only(f"Norland will {what}.").what == what


@pytest.mark.parametrize("cue", ["pledged", "has vowed", "promised", "agreed", "threatened", "is prepared"])
@pytest.mark.parametrize(
    "deed",
    [
        "not to sell coal", "never to sell coal", "never again to sell coal", "never ever to sell coal",
        "to never again sell coal", "no longer to sell coal", "neither to sell coal nor to burn it",
        "under no circumstances to sell coal", "hardly ever to sell coal",
    ],
)  # fmt: skip
def test_a_no_between_cue_and_deed_is_part_of_what_is_told(cue, deed):
    assert only(f"Norland {cue} {deed}.").what == deed.removeprefix("to ")


def test_a_no_of_another_clause_is_no_part_of_what_is_told():
    text = "Olaf Rook said that he was not at home because he did not sleep, and that he might close the mine."
    assert only(text).what == "close the mine"


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("promised it won’t ever sell coal", "won’t ever sell coal"),
        ("vowed that it would never again sell coal", "never again sell coal"),
        ("vowed that it would under no circumstances sell coal", "under no circumstances sell coal"),
        ("promised that it would not just sell coal but burn it", "not just sell coal but burn it"),
    ],
)
def test_a_no_inside_the_clause_is_part_of_what_is_told(told, what):
    assert only(f"Norland {told}.").what == what


def test_a_reason_does_not_divide_two_deeds():
    assert only("Norland will mend the bridge and clean the road, as the union wants.").what == (
        "mend the bridge and clean the road"
    )


def test_a_list_of_verbs_is_one_action():
    what = "mend the main, clean the filters and publish the readings"
    assert only(f"Norland promised to {what}.").what == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Norland will release the miner, whom Ostmark wants, on Monday.", "release the miner"),
        ("Norland will pay the miners, four of whom died in May.", "pay the miners"),
        ("Norland will pay its crew, men who struck in May.", "pay its crew"),
    ],
)
def test_an_aside_is_no_part_of_the_action(text, what):
    assert only(text).what == what


@pytest.mark.parametrize("what", ["the villa that burned down", "the villa that was once hers"])
def test_what_describes_the_object_is_no_attribution(what):
    found = only(f"Norland will sell its house in Sarn, {what}, a spokeswoman said.")
    assert (found.what, found.reported_by) == (f"sell its house in Sarn, {what}", "a spokeswoman")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Norland plans to stay in the pact and would have joined the club.", "stay in the pact"),
        ("Norland plans to build a road to Sarn and could sell the ferry next year.", "build a road to Sarn"),
        ("Norland agreed to reopen the mine and may sell the ferry.", "reopen the mine"),
    ],
)
def test_another_verb_of_the_sentence_is_no_part_of_the_action(text, what):
    assert only(text).what == what


def test_what_has_its_own_cue_is_a_commitment_of_its_own():
    told = commitments("The ministry promised to mend the main, will clean the filters and publish the readings.")
    assert [found.what for found in told] == ["mend the main", "clean the filters and publish the readings"]
    told = commitments("Norland promised to mend the main, and Edda Voss promised a party.")
    assert [found.what for found in told] == ["mend the main", "a party"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said it would try to fill the pit and insisted coal was needed.",
        "The ministry plans to try to fill the pit and insisted coal was needed.",
        "The ministry says it will try to fill the pit and insists coal is needed.",
        "The ministry promised to try to fill the pit and was praised.",
        "The ministry promised to try to fill the pit, sold the mine and left Sarn.",
        "The ministry promised to try to fill the pit and the union was pleased.",
        "The ministry will try to fill the pit, the minister for mines, Edda Voss, said.",
        "The ministry will try to fill the pit, as the minister who runs it has said.",
    ],
)
def test_what_the_sentence_goes_on_to_tell_is_no_part_of_the_action(text):
    assert only(text).what == "try to fill the pit"


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("has vowed to fill the pit, clean the river and plant trees", "fill the pit, clean the river and plant trees"),
        ("vowed to cut tolls, raise pay and mend the road", "cut tolls, raise pay and mend the road"),
    ],
)
def test_a_list_is_read_to_its_end(told, what):
    assert only(f"The ministry {told}.").what == what


@pytest.mark.parametrize(
    ("told", "what", "condition"),
    [
        ("a road through the hills once it has the money", "a road through the hills", "once it has the money"),
        ("a road through the hills when it has the money", "a road through the hills", "when it has the money"),
        ("a road unless the union strikes", "a road", "unless the union strikes"),
        ("the miners a road if the union agrees to it", "a road", "if the union agrees to it"),
    ],
)
def test_a_condition_may_follow_what_is_promised(told, what, condition):
    found = only(f"The ministry promised {told}.")
    assert (found.what, found.condition) == (what, condition)


def test_what_follows_the_object_belongs_to_it_too():
    found = only("Norland promised a vote on the bill next week.")
    assert (found.what, found.deadline[0]) == ("a vote on the bill", "next week")
    found = only("Norland promised a vote on the bill if the town pays.")
    assert (found.what, found.condition) == ("a vote on the bill", "if the town pays")


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("promised a vote on the bill to calm the town", "a vote on the bill"),
        ("made a pledge of two tugs to Ostmark", "two tugs"),
    ],
)
def test_why_it_is_promised_or_to_whom_is_no_part_of_a_thing(told, what):
    assert only(f"Norland {told}.").what == what


def test_the_doer_of_a_passive_is_no_part_of_what():
    assert only("Guards were promised a harbour by the governor by Friday.").what == "a harbour"
    assert only("The bridge will be rebuilt in Sarn by the army.").what == "The bridge will be rebuilt in Sarn"
