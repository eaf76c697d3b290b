"""Who committed what: the six kinds, their cues, and who is bound."""

from datetime import date

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("text", "kind", "actors", "what"),
    [
        # cue verbs
        ("Norland pledged to return the bells.", "pledge", ["Norland"], "return the bells"),
        ("The city council vowed not to sell the park.", "pledge", ["The city council"], "not to sell the park"),
        ("The bank promised that no branch would close.", "pledge", ["The bank"], "no branch would close"),
        ("Mayor Edda Voss promised that she would resign.", "pledge", ["Edda Voss"], "resign"),
        ("The union promised a new crane.", "pledge", ["The union"], "a new crane"),
        ("The harbour board refused to widen the quay.", "refusal", ["The harbour board"], "widen the quay"),
        ("Norland rejected a proposal for joint patrols.", "refusal", ["Norland"], "a proposal for joint patrols"),
        ("Norland ruled out closing the mine.", "refusal", ["Norland"], "closing the mine"),
        ("The miners threatened to flood the shaft.", "threat", ["The miners"], "flood the shaft"),
        ("Norland agreed to a joint patrol.", "agreement", ["Norland"], "a joint patrol"),
        ("Norland has committed to phasing out coal.", "pledge", ["Norland"], "phasing out coal"),
        ("The airline plans to drop two routes.", "plan", ["The airline"], "drop two routes"),
        ("The board has decided to sell the ferry.", "plan", ["The board"], "sell the ferry"),
        ("Norland offered to host the talks.", "offer", ["Norland"], "host the talks"),
        # nouns
        ("Norland’s promise to rebuild the dam pleased nobody.", "pledge", ["Norland"], "rebuild the dam"),
        ("An offer by Norland to host the talks was ignored.", "offer", ["Norland"], "host the talks"),
        (
            "Ostmark and Norland signed a treaty to share the river.",
            "agreement",
            ["Ostmark", "Norland"],
            "share the river",
        ),
        # predicates of readiness
        ("Norland is ready to take in the crew.", "offer", ["Norland"], "take in the crew"),
        ("Norland is unwilling to extend the lease.", "refusal", ["Norland"], "extend the lease"),
        ("Norland is committed to opening its archive.", "pledge", ["Norland"], "opening its archive"),
        # the future
        ("The ministry will publish the list.", "plan", ["The ministry"], "publish the list"),
        ("The ministry said it would publish the list.", "plan", ["The ministry"], "publish the list"),
        ("The ministry will not publish the list.", "refusal", ["The ministry"], "publish the list"),
        ("Norland is to withdraw its ships.", "plan", ["Norland"], "withdraw its ships"),
        ("The bridge will be inspected by the army.", "plan", ["the army"], "The bridge will be inspected"),
        ("Norland to withdraw its ships", "plan", ["Norland"], "withdraw its ships"),
        ("Norland warned it would close the strait.", "threat", ["Norland"], "close the strait"),
        ("Norland has no plans to sell the ferry.", "refusal", ["Norland"], "sell the ferry"),
        ("The board has decided not to sell the ferry.", "refusal", ["The board"], "sell the ferry"),
        ("Norland rejects foreign peacekeepers.", "refusal", ["Norland"], "foreign peacekeepers"),
        # who is bound
        ("Edda Voss is a banker who has pledged to sell her shares.", "pledge", ["Edda Voss"], "sell her shares"),
        ("Mediators persuaded Norland to promise a truce.", "pledge", ["Norland"], "a truce"),
        ("Guards were promised a raise by the prison director.", "pledge", ["the prison director"], "a raise"),
        ("Edda Voss, who has pledged to sell her shares, left.", "pledge", ["Edda Voss"], "sell her shares"),
    ],
)
def test_a_cue_with_its_actor_and_action_is_a_commitment(text, kind, actors, what):
    found = only(text)
    assert (found.kind, list(found.actors), found.what) == (kind, actors, what)


@pytest.mark.parametrize(
    "text",
    [
        # asked for, not given
        "Norland urged Ostmark to promise an inquiry.",
        "The widows demanded that Norland pledge an inquiry.",
        "Norland wants to sell the ferry.",
        # denied, undone, kept
        "Norland did not promise a bridge.",
        "Norland has never agreed to sell the ferry.",
        "Edda Voss dropped her pledge to abolish the toll.",
        "Norland stopped short of promising a bridge.",
        # conditional on promising, questions
        "If Norland promises to pay, the ship may sail.",
        "Will Norland sell the ferry?",
        # words only
        "Norland declined to comment on the leak.",
        "The ministry refused to say who paid.",
        "The ministry refused to give details.",
        # nobody in particular, or nobody at all
        "Residents have been promised a clinic.",
        "Some promised to come back.",
        "Anyone will admit that.",
        # nature, numbers, habits, ability, views
        "Snow will close the pass.",
        "Exports will fall by a fifth, the bank forecast.",
        "Analysts said Norland would sell the ferry.",
        "Visitors will see the old mill.",
        "Norland can build ten ships.",
        "Engineers ruled out metal fatigue.",
        "The floods threatened to reach the mill.",
        "Two youths committed a robbery.",
        "Norland planned to invade in 1911.",
        "In 1998 Norland agreed to lease the islands.",
        "Edda Voss dismissed a report that she was considering selling the ferry.",
        "Norland could end the strike by promising to pay.",
        "An earlier mayor promised a bridge by 2020.",
        "Will sell the mine to Edda Voss",
        # who speaks to the reader
        "The minister refused to see me.",
    ],
)
def test_what_binds_nobody_is_not_listed(text):
    assert commitments(text) == []


def test_several_actors_stand_apart():
    assert only("Norland, Ostmark and the port of Sarn pledged to clear the wreck.").actors == (
        "Norland",
        "Ostmark",
        "the port of Sarn",
    )


def test_the_two_sides_are_the_pair_named_before():
    text = "Envoys from France and Spain met in Sarn. The two sides agreed to open the tunnel."
    assert only(text).actors == ("France", "Spain")


def test_a_pronoun_is_the_fullest_name():
    text = "Prime Minister Edda Voss visited the mill. She promised to rebuild it."
    assert only(text).actors == ("Edda Voss",)


def test_a_pronoun_that_could_be_anybody_is_not_listed():
    assert commitments("They promised to rebuild it.") == []


def test_first_person_in_a_quotation_is_its_speaker():
    found = only("“I will publish the contract by Friday,” transport minister Edda Voss told parliament.")
    assert found.actors == ("Edda Voss",)
    assert (found.kind, found.what, found.recipient, found.reported_by) == (
        "pledge",
        "publish the contract",
        "parliament",
        None,
    )
    assert found.deadline == ("by Friday", date(2026, 3, 13), date(2026, 3, 13))


def test_a_pronoun_that_could_be_the_speaker_is_no_listener():
    found = only("Rolf Hagen asked for help. “We will rebuild the bridge,” Edda Voss told him.")
    assert (found.actors, found.recipient) == (("Edda Voss",), None)


def test_first_person_without_a_speaker_is_not_listed():
    assert commitments("“We will close the mill.” Nobody knew who wrote it.") == []


def test_vague_words_in_the_first_person_are_no_pledge():
    assert commitments("“We will stand tall and we will win,” coach Edda Voss said.") == []


def test_a_refusal_in_the_first_person_is_one():
    found = only("“We will not close the mill,” director Edda Voss said.")
    assert (found.kind, found.what) == ("refusal", "close the mill")


def test_what_a_speaker_says_that_others_will_do_is_not_listed():
    assert commitments("“They will sell the mill and leave,” director Edda Voss said.") == []


def test_who_reports_is_told_apart_from_who_is_bound():
    assert only("Foreign minister Edda Voss said Norland had agreed to reopen the bridge.").reported_by == "Edda Voss"
    assert only("Norland will fund the school, its envoy Edda Voss said.").reported_by == "Edda Voss"
    assert only("Norland said it would fund the school.").reported_by is None
    assert only("The council of Sarn will fund the school, the council said.").reported_by is None
    assert only("Edda Voss said Norland’s promise to mend the dam was welcome.").reported_by == "Edda Voss"
    assert only("It was reported that Norland had agreed to reopen the bridge.").reported_by is None


def test_a_statement_about_ones_own_body_counts_and_about_others_does_not():
    assert only("A spokesman said the company would reopen its plant.").actors == ("the company",)
    assert commitments("Edda Voss said Ostmark would invade Norland.") == []


def test_if_and_by_and_to_are_told_apart_from_what():
    found = only("Norland promised to lend Ostmark two tugs by 1 May if the strait is reopened.")
    assert (found.what, found.recipient, found.condition) == (
        "lend Ostmark two tugs",
        "Ostmark",
        "if the strait is reopened",
    )
    assert found.deadline == ("by 1 May", date(2026, 5, 1), date(2026, 5, 1))


@pytest.mark.parametrize(
    "condition", ["the day after a ceasefire", "on condition that the owner pays", "as long as the ice holds"]
)
def test_a_condition_may_be_said_at_length(condition):
    found = only(f"Norland promised to send troops {condition}.")
    assert (found.what, found.condition, found.deadline) == ("send troops", condition, None)


def test_a_condition_may_stand_first():
    assert only("If the vote fails, the governor has promised to resign.").condition == "If the vote fails"
    text = "If it is still closed in May, Mayor Ute Brandt has promised to open the rail tunnel to lorries."
    assert only(text).condition == "If it is still closed in May"


@pytest.mark.parametrize("condition", ["once the ice melts", "until the appeal is heard", "unless the owner pays"])
def test_conditions_have_many_words(condition):
    found = only(f"The court refused to release the ship {condition}.")
    assert (found.what, found.condition) == ("release the ship", condition)


def test_a_limit_inside_a_threats_condition_is_its_deadline():
    found = only("The dockers threatened to walk out if the rota is not withdrawn by Friday.")
    assert (found.condition, found.deadline[0]) == ("if the rota is not withdrawn", "by Friday")


def test_the_day_it_was_said_is_no_deadline():
    assert only("Norland pledged on Monday to return the bells.").deadline is None
    assert only("Norland promised a hospital ship on Monday.").deadline is None


def test_a_time_that_belongs_to_something_else_is_no_deadline():
    assert only("Norland promised to repeal the law that will expire in 2029.").deadline is None


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Norland hopes to restore the night boat.", "hedged"),
        ("Norland is considering selling the ferry.", "hedged"),
        ("Norland may lease two ferries, its trade minister said.", "hedged"),
        ("Norland will sell two ferries, its trade minister said.", "firm"),
    ],
)
def test_hedged_words_are_hedged(text, strength):
    assert only(text).strength == strength


def test_a_threat_needs_harm_or_a_word_of_threat():
    assert only("Norland said it would close the school if nobody objected.").kind == "plan"
    assert only("Norland said it would boycott the games unless the ban was lifted.").kind == "threat"


def test_two_cues_are_two_commitments_and_one_cue_with_two_verbs_is_one():
    assert [found.kind for found in commitments("Norland pledged four tugs and refused to lift its ban.")] == [
        "pledge",
        "refusal",
    ]
    assert (
        only("Norland promised to mend the dam and publish the readings.").what
        == "mend the dam and publish the readings"
    )


def test_what_another_one_will_do_is_no_part_of_it():
    assert only("Norland promised to pay, and Ostmark left.").what == "pay"


def test_an_endless_sentence_is_a_list_and_is_left_alone():
    assert commitments("Norland promised to pay " + "and to pay " * 300 + ".") == []
