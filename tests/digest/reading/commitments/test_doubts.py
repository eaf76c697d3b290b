"""What takes a commitment back, what is done on purpose, and how firmly it is said."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    "text",
    [
        # asked, denied, only possible
        "“Has Norland promised to pay?”",
        "“Norland promised to pay, did it?”",
        "Norland will not promise to pay.",
        "Norland did not refuse to sell the ferry.",
        "Norland should agree to pay the fine.",
        "Norland should apologise and agree to pay the fine.",
        "Norland must promise to pay the fine.",
        "Norland may make a promise to share the river.",
        "Farmers fear that Norland will make a deal to share the river.",
        # the backdrop of something else
        "Edda Voss sold her shares, as she had pledged to do.",
        "After Norland promised to pay the fine, Ostmark left.",
        "When Norland promised to pay the fine, Ostmark left.",
        "Since Norland promised to pay the fine, Ostmark has left.",
        "Though Norland promised to pay the fine, Ostmark left.",
        "Unless Norland agrees to pay the fine, Ostmark will leave.",
        "If the board votes and agrees to pay the fine, Ostmark will leave.",
        "Norland left Sarn without promising to pay the fine.",
        "Norland could end the strike by offering to pay the fine.",
        # wanted, expected, denied by the verb above
        "Norland wants to meet and promise to pay the fine.",
        "Norland did not persuade Ostmark to agree to pay the fine.",
        "Norland failed to persuade Ostmark to agree to pay the fine.",
        "Norland denied that it had agreed to pay the fine.",
        "Ostmark expects that Norland will promise to pay the fine.",
        "Ostmark did not say that Norland had promised to pay the fine.",
        "Edda Voss welcomed a suggestion that Norland had agreed to pay the fine.",
        "Edda Voss said wrongly that Norland had agreed to pay the fine.",
        "Analysts say Norland plans to close the mine.",
        "Edda Voss said wrongly that Norland had been persuaded to agree to pay the fine.",
        "Edda Voss said wrongly that the key was Norland’s promise to mend the dam.",
        "Norland sent its envoy to Sarn in order to offer to pay the fine.",
        "Edda Voss came to Sarn to promise a new bridge.",
        "Ministers met in Sarn to agree to close the mine.",
        # of the past
        "Norland’s promise to rebuild the dam two years ago pleased nobody.",
        "Norland promised two years ago to pay the fine.",
        "Norland promised a bridge over the river two years ago.",
        "In 2019 Norland promised to pay the fine.",
        "Ostmark said in 2019 that Norland had promised to pay the fine.",
        # kept or broken already
        "Norland promised a bridge and delivered it.",
        "Norland promised two bridges and delivered them.",
        "Norland promised a bridge and delivered that.",
        "Norland pledged a bridge and then abandoned it.",
        # told to the reader, of a kind of people, unreal
        "Norland promised to give you a ticket.",
        "The minister refused to see us.",
        "The minister refused to sell me the ferry.",
        "The minister refused to lend us the ferry.",
        "The ministry will publish your letter.",
        "The ministry will publish my letter.",
        "A candidate who hopes to close the mine left Sarn.",
        "An owner who hopes to close the mine left Sarn.",
        "The ministry said it would buy the mine if Norland were a bank.",
        "The ministry said it would buy the mine if it were a bank.",
        "The ministry said it would buy the mine if the lease were signed.",
        "The ministry said it would buy the mine if Norland had agreed.",
        # nothing that is done on purpose, or that anybody would check
        "The mayor will sneeze.",
        "The mayor will own the ferry.",
        "The mayor will have sold the ferry by Friday.",
        "The mayor will begin to see the ferry.",
        "The mayor will play a role in the talks.",
        "The mayor will win the vote.",
        "The ministry will give interviews.",
        "The ministry will spend Monday in Sarn.",
        "The council will skip Friday.",
        "The council will skip two hours.",
        "The council will observe Monday.",
        "The council will cut two days.",
        "Norland will play Ostmark.",
        "Norland will face two trials.",
        "The mayor may not sell the ferry, she said.",
        "The mayor will not say who paid.",
    ],
)
def test_what_is_taken_back_or_no_deed_is_not_listed(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Norland will agree to pay the fine.", "agreement", "pay the fine"),
        ("Norland persuaded Ostmark to agree to pay the fine.", "agreement", "pay the fine"),
        ("As Norland has pledged to pay the fine, Ostmark left.", "pledge", "pay the fine"),
        ("Ostmark left because Norland refused to pay the fine.", "refusal", "pay the fine"),
        ("Norland ended the strike by promising to pay the fine.", "pledge", "pay the fine"),
        ("Norland asked for time, promising to pay the fine.", "pledge", "pay the fine"),
        ("In 2026 Norland promised to pay the fine.", "pledge", "pay the fine"),
        ("In January Norland promised to pay the fine.", "pledge", "pay the fine"),
        ("Norland promised to pay the fine of 2019.", "pledge", "pay the fine of 2019"),
        ("Norland promised to mend the dam built a century ago.", "pledge", "mend the dam built a century ago"),
        ("Norland promised a bridge and delivered a ferry.", "pledge", "a bridge"),
        ("The candidate who hopes to close the mine left Sarn.", "plan", "close the mine"),
        ("A mayor, who has promised to close the mine, left Sarn.", "pledge", "close the mine"),
        ("The ministry said it would buy the mine if it had the money.", "plan", "buy the mine"),
        ("The ministry said it would buy the mine if they were ready.", "plan", "buy the mine"),
        ("The ministry said it would buy the mine if we were ready.", "plan", "buy the mine"),
        ("The ministry said it would buy the mine if the lease was signed.", "plan", "buy the mine"),
        ("The ministry said it would buy the mine if asked.", "plan", "buy the mine"),
        (
            "The ministry said it would buy the mine because Ostmark had closed it.",
            "plan",
            "buy the mine because Ostmark had closed it",
        ),
        ("As it did in 2019, Norland plans to close the mine.", "plan", "close the mine"),
        ("As in 2019, the bridge will be inspected by the army.", "plan", "the bridge will be inspected"),
        (
            "If the storm hits Norland, which has promised to pay the miners, Ostmark will leave.",
            "pledge",
            "pay the miners",
        ),
        ("An analyst said Norland had promised to close the mine.", "pledge", "close the mine"),
        ("The ministry will begin repairs, hoping for coal.", "plan", "begin repairs"),
        ("“I will return, knowing the risk,” mayor Edda Voss said.", "pledge", "return"),
        ("The ministry will start building the dam.", "plan", "start building the dam"),
        ("The ministry will continue to fund the mine.", "plan", "continue to fund the mine"),
        ("The mayor will resign.", "plan", "resign"),
        ("“We will pay you every crown by Friday,” mayor Edda Voss said.", "pledge", "pay you every crown"),
        ("The ministry will begin repairs.", "plan", "begin repairs"),
        ("The mayor will dine with the miners.", "plan", "dine with the miners"),
        ("Norland will pay the fine; if not, Ostmark will sell the ferry.", "plan", "pay the fine"),
    ],
)
def test_what_only_looks_taken_back_is_listed(text, kind, what):
    found = commitments(text)[0]
    assert (found.kind, found.what) == (kind, what)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mayor will not sell the ferry.", "will not"),
        ("The mayor will never sell the ferry.", "will never"),
        ("The mayor will no longer sell the ferry.", "will no longer"),
        ("The mayor won’t sell the ferry.", "won’t"),
    ],
)
def test_not_and_no_longer_make_a_refusal(text, cue):
    found = only(text)
    assert (found.kind, found.cue, found.what) == ("refusal", cue, "sell the ferry")


def test_not_only_not_just_and_if_not_say_no_to_nothing():
    for text in ("Norland will not just reopen the mine.", "If not Norland will sell the mine."):
        assert "refusal" not in [found.kind for found in commitments(text)]
    assert only("Norland will not only reopen the mine.").kind == "plan"
    assert [found.kind for found in commitments("Norland will pay the fine; if not, it will sell the ferry.")] == [
        "plan",
        "plan",
    ]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("boycott the talks unless the ban is lifted", "threat"),
        ("boycott the talks if the ban is not lifted", "threat"),
        ("seize the port by force if the ban is not lifted", "threat"),
        ("drag the port to court unless the ban is lifted", "threat"),
        ("seek new sanctions if the ban is not lifted", "threat"),
        ("stop work on Monday unless the ban is lifted", "threat"),
        ("boycott the talks if the ban is lifted", "plan"),
        ("host the talks unless the ban is lifted", "plan"),
        ("host the force unless the ban is lifted", "plan"),
        ("leave the port by Friday unless the ban is lifted", "plan"),
    ],
)
def test_harm_with_an_or_else_is_a_threat(told, kind):
    assert only(f"Norland will {told}.").kind == kind


def test_what_may_be_done_is_no_threat():
    found = only("Norland may boycott the talks unless the ban is lifted, its minister said.")
    assert (found.kind, found.strength) == ("plan", "hedged")


@pytest.mark.parametrize(
    "told",
    ["try to reopen", "seek to reopen", "look to reopen", "attempt to reopen", "strive to reopen", "probably reopen"],
)
def test_trying_and_likelihood_are_hedged(told):
    assert only(f"The mayor will {told} the mine.").strength == "hedged"
    assert only("The mayor will move to reopen the mine.").strength == "firm"
