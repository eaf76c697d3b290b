"""Cue verbs with what completes them: an infinitive, a clause, a noun, a preposition, a gerund."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("text", "kind", "cue", "what"),
    [
        # an infinitive
        ("Norland promised to re-open the mine.", "pledge", "promised", "re-open the mine"),
        ("Norland plans to re-open the mine.", "plan", "plans to", "re-open the mine"),
        ("Norland swore never to sell the ferry.", "pledge", "swore", "never to sell the ferry"),
        ("Norland volunteered to host the games.", "offer", "volunteered", "host the games"),
        ("Norland declined to host the games.", "refusal", "declined", "host the games"),
        ("Norland said it planned to sell the ferry.", "plan", "planned to", "sell the ferry"),
        ("The group pledges to plant trees.", "pledge", "pledges", "plant trees"),
        ("The board decides to sell the ferry.", "plan", "decides to", "sell the ferry"),
        ("The ministers decide to close the port.", "plan", "decide to", "close the port"),
        ("The ministers have decided to close the port.", "plan", "decided to", "close the port"),
        ("The board said it had decided to sell the ferry.", "plan", "decided to", "sell the ferry"),
        ("Norland said it lost money and had decided to sell the ferry.", "plan", "decided to", "sell the ferry"),
        ("Edda Voss, who hopes to resign, left Sarn.", "plan", "hopes to", "resign"),
        ("Kernbau, which hopes to expand, left Sarn.", "plan", "hopes to", "expand"),
        ("Having promised to lend Ostmark a tug, Norland left.", "pledge", "promised", "lend Ostmark a tug"),
        ("The strike ended as soon as Norland promised to pay.", "pledge", "promised", "pay"),
        # a clause
        ("Norland promised that its fleet would leave the bay.", "pledge", "promised", "its fleet would leave the bay"),
        ("Norland agreed that it would sell the ferry.", "agreement", "agreed", "sell the ferry"),
        ("Norland assured Ostmark that it would return the bells.", "pledge", "assured", "return the bells"),
        ("Edda Voss bought the club, promising the team will return.", "pledge", "promising", "the team will return"),
        (
            "Ostmark and Norland agreed on Monday that their navies should share the port.",
            "agreement",
            "agreed",
            "their navies should share the port",
        ),
        # a noun
        ("Norland promises a bridge", "pledge", "promises", "a bridge"),
        ("Norland committed two ships to the blockade.", "pledge", "committed", "two ships"),
        ("Norland has committed $40 million to the dam.", "pledge", "committed", "$40 million"),
        ("Norland has committed $400 to the dam.", "pledge", "committed", "$400"),
        ("Norland offered asylum to the crew.", "offer", "offered", "asylum"),
        ("Norland will offer asylum to the crew.", "offer", "offer", "asylum"),
        ("Norland threatened a boycott.", "threat", "threatened", "a boycott"),
        ("Norland ruled out a truce.", "refusal", "ruled", "a truce"),
        ("Norland dismissed the offer.", "refusal", "dismissed", "the offer"),
        ("Norland refused the offer.", "refusal", "refused", "the offer"),
        ("Norland turned down the invitation.", "refusal", "turned", "the invitation"),
        ("Norland turned the offer down.", "refusal", "turned", "the offer"),
        ("Norland rebuffed a demand for tribute.", "refusal", "rebuffed", "a demand for tribute"),
        # a preposition
        ("Norland agreed on a joint patrol.", "agreement", "agreed", "a joint patrol"),
        ("Norland consented to a search of its ships.", "agreement", "consented", "a search of its ships"),
        # a gerund
        ("Norland refused lending the ship.", "refusal", "refused", "lending the ship"),
        ("Norland ruled out any ship entering the port.", "refusal", "ruled", "any ship entering the port"),
    ],
)
def test_a_cue_verb_leads_to_what_it_commits_to(text, kind, cue, what):
    found = only(text)
    assert (found.kind, found.cue, found.what) == (kind, cue, what)


@pytest.mark.parametrize(
    ("text", "cue", "what"),
    [
        ("Norland is weighing a loan to Ostmark.", "is weighing", "a loan to Ostmark"),
        ("Norland is mulling a ban on trawlers.", "is mulling", "a ban on trawlers"),
        ("Norland may consider selling the ferry.", "may consider", "selling the ferry"),
        ("Norland might consider selling the ferry.", "might consider", "selling the ferry"),
        ("Norland could contemplate closing the port.", "could contemplate", "closing the port"),
        ("Norland will consider selling the ferry.", "will consider", "selling the ferry"),
        ("Norland would consider a loan to Ostmark.", "would consider", "a loan to Ostmark"),
    ],
)
def test_what_is_weighed_is_a_hedged_plan(text, cue, what):
    found = only(text)
    assert (found.kind, found.strength, found.cue, found.what) == ("plan", "hedged", cue, what)


@pytest.mark.parametrize(
    ("text", "recipient", "what"),
    [
        ("Norland promised the widows a pension.", "the widows", "a pension"),
        (
            "Norland promised the flooded families two years free of rent.",
            "the flooded families",
            "two years free of rent",
        ),
        ("The widows were promised two tugs by Norland.", "The widows", "two tugs"),
    ],
)
def test_who_is_promised_something_is_its_recipient(text, recipient, what):
    found = only(text)
    assert (found.actors, found.recipient, found.what) == (("Norland",), recipient, what)


@pytest.mark.parametrize(
    "text",
    [
        # of old, undone since or of no known day
        "Norland planned to sell the ferry.",
        "Norland had planned to sell the ferry.",
        "Norland hoped to sell the ferry.",
        "The board decided to sell the ferry.",
        "The board resolved to close the port.",
        "Norland, which decided to sell the ferry, said little.",
        "Norland considered selling the ferry.",
        "Norland left Sarn, considering a loan to Ostmark.",
        # in nobody's hands, or no conduct
        "Norland promised to defeat the rebels.",
        "Norland hopes to find the wreck.",
        "Norland aims to be first.",
        # words only
        "Norland refused to name the captain.",
        # what it is, is not said
        "Nobody knows what Norland promised to do.",
        "Norland guaranteed what it would pay.",
        "Norland guaranteed when it would pay.",
        "Norland agreed where it would build the school.",
        "Norland did what it promised to do.",
        "As Norland promised to do, it sold the ferry.",
        "The ferries that Norland said it hopes to sell are old.",
        "The ferries that Norland hopes to sell in May are old.",
        "The ferries that Norland hopes to sell are old.",
        "Norland promised a lot.",
        "Norland agreed to them.",
        "Norland agreed on little.",
        "Norland and Ostmark agreed on how to share the river.",
        # views and virtues
        "Norland agreed on the need for reform.",
        "Norland committed to excellence.",
        "Norland promised transparency.",
        "Norland promised a rich harvest.",
        "Norland dismissed the offer as a trick.",
        "Norland is weighing the evidence.",
        # the verb has another sense
        "Norland committed an error.",
        "Norland offered its condolences.",
        "Norland threatened the coast.",
        "Norland rejected the novel.",
        "Norland refused the soup.",
        "Norland turned down the novel.",
        "Norland rebuffed the novelist.",
        "Police ruled out a truce.",
        "Ruling out a truce would be wrong.",
        "Rule out a truce.",
        "Norland ruled out a link to the fire.",
        "Norland has hops to sell.",
        # a duty, not a plan
        "Norland must consider closing the port.",
        # told as a state
        "Norland was committed to a truce.",
        # who is promised something promises nothing
        "The mayor praised nurses promised a bonus.",
        "Promised a raise, the miners went home.",
        "He spoke for workers refused asylum in Sarn.",
        "Olaf Brandt met workers offered asylum by Ostmark.",
        "Ivo Kern spoke to delegates pledged to support Edda Voss.",
        "Ivo Kern is one of 40 delegates pledged to support Edda Voss.",
    ],
)
def test_a_cue_verb_that_binds_nobody_is_not_listed(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The ministers met in Sarn. They’ve decided to close the mill.", "The ministers"),
        ("The ministers met in Sarn. They've decided to close the mill.", "The ministers"),
        ("Mayor Ivo Kern spoke in Sarn. He’s now decided to close the mill.", "Ivo Kern"),
    ],
)
def test_a_short_have_makes_a_decision_as_fresh_as_a_long_one(text, actor):
    found = only(text)
    assert (found.actors, found.what) == ((actor,), "close the mill")


def test_what_a_given_thing_is_for_is_not_what_is_given():
    assert only("Norland guaranteed a loan to save the mill.").what.startswith("a loan")
