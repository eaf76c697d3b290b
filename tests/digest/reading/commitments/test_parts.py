"""The parts of a commitment: on which condition, by when, and what is left of the words that say what."""

from datetime import date

import pytest

from tests.digest.reading.commitments.told import only

FRIDAY = date(2026, 3, 13)


@pytest.mark.parametrize(
    "condition",
    [
        "only if the strait is reopened",
        "even if the strait is closed",
        "after the war ends",
        "after the war has ended",
        "when the strait is reopened",
        "when the strait is freezing",
        "when the rivers freeze",
        "whenever the harbour board asks",
        "if the town pays and the ice melts",
        "after the vote",
        "after the vote in Sarn on the treaty",
        "until the verdict",
        "pending an appeal",
        "as soon as the ice melts",
        "provided that Ostmark pays",
        "in case of a storm",
        "should the strait be closed",
        "should Ostmark refuse to pay",
        "within a day of being asked",
        "till the day the men go back",
        "if Ostmark pays by Friday",
    ],
)
def test_a_condition_is_a_clause_or_an_event_ahead(condition):
    found = only(f"Norland promised to lend the tugs {condition}.")
    assert (found.what, found.condition, found.deadline) == ("lend the tugs", condition, None)


@pytest.mark.parametrize(
    "told",
    [
        "after losing the case",
        "after it was criticised",
        "before the strait is closed",
        "as soon as possible",
    ],
)
def test_what_tells_why_or_how_soon_is_no_condition(told):
    found = only(f"Norland promised to lend the tugs {told}.")
    assert (found.what, found.condition) == (f"lend the tugs {told}", None)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Norland promised to lend the tugs if the strait is reopened; Ostmark left.", "if the strait is reopened"),
        ("Norland promised to lend the tugs if the town pays — as agreed — for the coal.", "if the town pays"),
        ("Norland promised to lend the tugs as soon as the ice melts, but Ostmark left.", "as soon as the ice melts"),
        ("Norland promised to lend the tugs in case of a storm – and a crew.", "in case of a storm"),
        (
            "“We will lend the tugs as long as Ostmark pays,” minister Edda Voss said.",
            "as long as Ostmark pays",
        ),
        (
            "Norland to lend tugs as long as Ostmark pays\n\nThe board met, it said.",
            "as long as Ostmark pays",
        ),
        ("Norland promised to lend the tugs. Ostmark pays as long as it can.", None),
    ],
)
def test_a_condition_ends_with_its_clause(text, condition):
    assert only(text).condition == condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The ministry said that if the ice melted it would lend Ostmark two tugs.", "if the ice melted"),
        ("Norland promised to help mend the dam if the town pays.", "if the town pays"),
        ("Norland promised to mend the dam and open the lock if the town pays.", "if the town pays"),
        ("Norland promised two tugs if Ostmark pays for the coal.", "if Ostmark pays for the coal"),
        ("When it lost the case, Norland promised to lend the tugs if Ostmark pays.", "if Ostmark pays"),
        ("Norland is, if asked, ready to host the talks.", "if asked"),
        ("Should Ostmark refuse to pay, Norland will lend the tugs.", "Should Ostmark refuse to pay"),
        ("Norland will lend the tugs, as agreed, if the town pays.", "if the town pays"),
        ("Norland will lend the tugs, but Ostmark should send a crew.", None),
        ("After a row with Ostmark, Norland will close the mine.", None),
        ("Norland will name the ferry after Edda Voss.", None),
        ("After it lost the case, the ministry promised to lend Ostmark two tugs.", None),
    ],
)
def test_a_condition_may_stand_anywhere_about_its_action(text, condition):
    assert only(text).condition == condition


@pytest.mark.parametrize(
    "text",
    [
        "On Friday the ministry will publish the list.",
        "The ministry will publish the list on Friday.",
        "The dockers gave the port until Friday, threatening to close the lock.",
        "The dockers gave the port until Friday, warning that they would close the lock.",
        "Norland promised to lend the tugs on Friday if Ostmark pays.",
        "Norland promised a hospital ship by Friday.",
        "Norland promised a law banning phones by Friday.",
        "No later than Friday the ministry will publish the list.",
        "Norland promised to open the border on Friday.",
        "The dockers threatened to strike unless the rota is withdrawn by Friday.",
        "Norland has promised a truce by Friday.",
    ],
)
def test_the_time_of_the_action_is_its_deadline(text):
    assert only(text).deadline[1:] == (FRIDAY, FRIDAY)


def test_of_two_times_the_actions_own_is_the_deadline():
    found = only("Norland promised to lend the tugs by 1 May if Ostmark pays by Friday.")
    assert (found.what, found.condition) == ("lend the tugs", "if Ostmark pays by Friday")
    assert found.deadline == ("by 1 May", date(2026, 5, 1), date(2026, 5, 1))


def test_words_of_time_may_open_the_sentence():
    assert only("Later this year the ministry will publish the list.").deadline[0] == "Later this year"
    assert only("Next week the ministry will publish the list.").deadline[0] == "Next week"
    assert only("In 2027 the ministry will publish the list.").deadline[0] == "In 2027"


def test_a_day_does_nothing_so_by_a_day_is_a_deadline():
    assert only("The ministry will phase out lead shot by the end of 2027.").deadline[0] == "by the end of 2027"


@pytest.mark.parametrize(
    "text",
    [
        "After the vote on Friday the ministry will publish the list.",
        "The board gave the port until Friday, promising to pay the fine.",
        "Until Friday, the dockers threatened to close the lock.",
        "The dockers met on Friday, threatening to close the lock.",
        "The dockers waited until the verdict, threatening to close the lock.",
        "Norland promised a hospital ship at Easter.",
        "Norland promised a hospital ship today.",
        "Norland promised today to open the border.",
        "Norland sold the mine and will open the dam.",
        "The ministry will publish the list, which expires in 2029.",
        "The ministry will repeal the rules adopted in 2029.",
    ],
)
def test_the_time_of_something_else_is_no_deadline(text):
    assert only(text).deadline is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Norland rejected a contract from Ajdon United.", "a contract"),
        ("Norland rejected a proposal by Ostmark.", "a proposal"),
        ("Norland refused to buy ships from Ostmark.", "buy ships from Ostmark"),
        ("Norland promised to mend the dam built in 2019.", "mend the dam built in 2019"),
        ("Norland promised to lend the tugs to Ostmark by Friday.", "lend the tugs to Ostmark"),
        ("Norland promised Ostmark two tugs by Friday.", "two tugs"),
        ("Norland pledged two tugs to Ostmark.", "two tugs"),
    ],
)
def test_what_is_told_by_another_part_is_no_part_of_what(text, what):
    assert only(text).what == what


def test_a_day_on_which_something_is_done_is_an_event_and_a_cost_is_none():
    found = only("Norland will run the ferry until the day the men go back.")
    assert (found.what, found.condition) == ("run the ferry", "until the day the men go back")
    found = only("Norland will pay a fee for the cost of mending the dam.")
    assert (found.what, found.condition) == ("pay a fee for the cost of mending the dam", None)


def test_a_mark_that_opens_behind_the_words_is_no_part_of_them():
    found = only("Ida Rook promised to sell the ferry ‘till the day the men go back’.")
    assert (found.what, found.condition) == ("sell the ferry", "till the day the men go back")


def test_not_while_is_a_condition():
    one = only("Norland will lend the tugs, but not while the gates are locked.")
    assert one.condition == "not while the gates are locked"
