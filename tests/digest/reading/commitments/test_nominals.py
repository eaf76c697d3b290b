"""Nouns of committing: whose they are, what they lead to, and when they were taken back."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("text", "kind", "cue", "what"),
    [
        # its maker
        ("Norland gave an undertaking to mend the dam.", "pledge", "gave an undertaking", "mend the dam"),
        ("Norland made a promise on Monday to mend the dam.", "pledge", "made a promise", "mend the dam"),
        ("Norland made a promise that it would mend the dam.", "pledge", "made a promise", "mend the dam"),
        ("Norland gave an assurance on Monday that it would pay.", "pledge", "gave an assurance", "pay"),
        ("Norland signed a contract to deliver ten tugs.", "agreement", "signed a contract", "deliver ten tugs"),
        ("Norland signed an agreement that will close the mine.", "agreement", "signed an agreement", "close the mine"),
        ("Norland signed a deal which will close the mine.", "agreement", "signed a deal", "close the mine"),
        ("Norland entered into an agreement to share the river.", "agreement", "into an agreement", "share the river"),
        ("Norland signed on to a pledge to share the river.", "pledge", "to a pledge", "share the river"),
        ("Norland issued an ultimatum to close the strait.", "threat", "issued an ultimatum", "close the strait"),
        ("Norland has plans to sell the ferry.", "plan", "has plans", "sell the ferry"),
        ("Norland gave an assurance that miners would be paid.", "pledge", "gave an assurance", "miners would be paid"),
        (
            "Norland gave an assurance that there would be a vote.",
            "pledge",
            "gave an assurance",
            "there would be a vote",
        ),
        (
            "Norland gave an assurance that its fleet would leave the bay.",
            "pledge",
            "gave an assurance",
            "its fleet would leave the bay",
        ),
        (
            "Norland gave an assurance that it would be tested.",
            "pledge",
            "gave an assurance",
            "be tested",
        ),
        # its owner
        ("Plans by Norland to sell the ferry", "plan", "Plans", "sell the ferry"),
        ("The town liked Norland’s plan to sell the ferry.", "plan", "plan", "sell the ferry"),
        ("Norland’s pledge of two tugs was welcome.", "pledge", "pledge", "two tugs"),
        ("Norland’s refusal to pay the crew was a surprise.", "refusal", "refusal", "pay the crew"),
        ("A threat by Norland to close the strait was ignored.", "threat", "threat", "close the strait"),
        ("Norland’s plan to sell the ferry will anger Ostmark.", "plan", "plan", "sell the ferry"),
    ],
)
def test_a_noun_of_committing_leads_to_what_its_owner_or_maker_is_bound_to(text, kind, cue, what):
    found = only(text)
    assert (found.actors, found.kind, found.cue, found.what) == (("Norland",), kind, cue, what)


@pytest.mark.parametrize(
    ("actor", "pronoun"), [("The miners", "they"), ("Edda Voss", "she"), ("Ivo Kern", "he"), ("Norland", "it")]
)
def test_a_pronoun_for_the_maker_is_no_part_of_what_is_promised(actor, pronoun):
    found = only(f"{actor} made a promise that {pronoun} would mend the dam.")
    assert (found.actors, found.what) == ((actor,), "mend the dam")


@pytest.mark.parametrize("pronoun", ["they", "both"])
def test_a_pronoun_for_the_maker_is_no_part_of_what_will_be_done_to_it(pronoun):
    assert only(f"The miners made a promise that {pronoun} would be tested.").what == "be tested"


@pytest.mark.parametrize(
    "text",
    ["A government union agreement to close the pits is old.", "An army police agreement to close the road is old."],
)
def test_words_before_an_agreement_that_name_no_country_are_no_parties(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The deal between France and Spain to share the river is old.",
        "A deal by France and Spain to share the river is near.",
        "A deal by Friday between France and Spain to share the river is near.",
        "France and Spain made a pact that both would share the river.",
    ],
)
def test_an_agreement_binds_all_its_parties(text):
    found = only(text)
    assert (found.actors, found.kind, found.what) == (("France", "Spain"), "agreement", "share the river")


@pytest.mark.parametrize(
    ("who", "whose", "actor"), [("Mayor Ivo Kern", "His", "Ivo Kern"), ("Mayor Edda Voss", "Her", "Edda Voss")]
)
def test_a_promise_may_belong_to_who_was_named_before(who, whose, actor):
    assert only(f"{who} spoke in Sarn. {whose} promise to mend the dam was welcome.").actors == (actor,)


@pytest.mark.parametrize(
    "text",
    [
        # none was made
        "Norland gave no promise to mend the dam.",
        "Norland did not make a promise to mend the dam.",
        "Voters fear that Norland will sign a deal to close the mine.",
        # it was taken back
        "Norland abandoned Norland’s plan to sell the ferry.",
        "Mayor Edda Voss spoke in Sarn. She did not keep her promise to mend the dam.",
        "Mayor Edda Voss spoke in Sarn. She failed to honour her promise to mend the dam.",
        "Mayor Edda Voss spoke in Sarn. She was accused of forgetting about her promise to mend the dam.",
        "Mayor Edda Voss spoke in Sarn. She backed away from keeping her promise to mend the dam.",
        "Mayor Edda Voss spoke in Sarn. She failed to act to keep her promise to mend the dam.",
        # it is nobody's, or of somebody else
        "The promise to mend the dam was old.",
        "A contract to deliver ten tugs was lost.",
        "Norland’s contract to deliver ten tugs was lost.",
        "Norland praised a plan to sell the ferry.",
        "A deal with Ostmark to share the river was praised.",
        "A tunnel agreement to open the gates was signed.",
        "A tunnel trade agreement to open the gates was signed.",
        "A Germany agreement to open the strait was signed.",
        "A Sarn Bay agreement to open the strait was signed.",
        "To save money, Norland signed a contract with Ostmark.",
        # what it is, is not said
        "Norland’s offer to Ostmark was ignored.",
        "Norland’s agreement of May was praised.",
        "Norland’s pledge on steel was welcome.",
        "Norland’s promise means that Ostmark will mend the dam.",
        "Norland’s promise of transparency was welcome.",
    ],
)
def test_a_noun_of_committing_that_binds_nobody_is_not_listed(text):
    assert commitments(text) == []


def test_what_others_make_of_a_promise_takes_nothing_back():
    assert only("The town forgot that Norland’s promise to mend the dam helped Sarn.").what == "mend the dam"


@pytest.mark.parametrize("parties", ["A France-Spain", "France-Spain"])
def test_an_agreement_may_have_its_parties_before_it(parties):
    found = only(f"{parties} agreement to open the tunnel was signed.")
    assert (found.kind, found.actors[0], len(found.actors), found.what) == ("agreement", "France", 2, "open the tunnel")
