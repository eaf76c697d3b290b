"""Which commitments a card shows, and in which order: what a reader can check, of somebody, firm before hedged."""

from itertools import pairwise

import pytest

from digest.model import Actor, Commitment, CommitmentKind as Kind, Deadline, Strength, Summary
from digest.reading.cards import choose_card
from digest.reading.commitments.trigger import Rule
from tests.builders import span

TEXT = (
    "Vessmark will mend the bridge at its foot. Vessmark will paint the tower in its yard. "
    "Sarn and Vessmark will paint the gate with the crown, and Sarn will sweep the old port, by May, if it rains."
)
BRIDGE, TOWER, GATE, PORT = "mend the bridge", "paint the tower", "paint the gate", "sweep the old port"


def commitment(what, actors=("Vessmark",), text=TEXT, cue="will", **changes):
    values = {
        "actors": tuple(Actor(span(actor, text)) for actor in actors),
        "kind": Kind.PLAN,
        "what": span(what, text),
        "cue": span(cue, text),
        "sentence": span(what, text),
    }
    return Commitment(**(values | changes))


def shown(*commitments, text=TEXT):
    return choose_card(text, (), Summary((), "test"), (), commitments).commitments


def test_a_threat_goes_before_a_promise_a_promise_before_an_offer_and_a_plan_goes_last():
    for stronger, weaker in pairwise((Kind.THREAT, Kind.PLEDGE, Kind.OFFER, Kind.PLAN)):
        assert shown(commitment(BRIDGE, kind=weaker), commitment(BRIDGE, kind=stronger))[0] == 1
    for kind in (Kind.AGREEMENT, Kind.REFUSAL):
        assert shown(commitment(BRIDGE, kind=Kind.OFFER), commitment(BRIDGE, kind=kind))[0] == 1


@pytest.mark.parametrize(
    "known", [{"deadline": Deadline(span("by May", TEXT))}, {"condition": span("if it rains", TEXT)}]
)
def test_a_deadline_or_a_condition_is_more_to_check(known):
    assert shown(commitment(TOWER), commitment(GATE, **known)) == (1, 0)


def test_whoever_has_most_commitments_in_the_article_is_its_main_actor():
    text = "Sarn will mend the old bridge, Odile will paint the high tower. Odile will also sweep the old port."
    text += " It rained." * 99  # so that it counts little which of them stands first
    main = [commitment(what, ("Odile",), text) for what in ("paint the high tower", "sweep the old port")]
    assert shown(commitment("mend the old bridge", ("Sarn",), text), main[0], text=text) == (0, 1)
    assert shown(commitment("mend the old bridge", ("Sarn",), text), *main, text=text)[0] == 1


@pytest.mark.parametrize("talk", ["meet the traders at noon", "hold talks with the bakers", "Brief the town on it"])
def test_what_is_only_talk_goes_last(talk):
    text = f"Vessmark will {talk}. {'It rains. ' * 9}Vessmark will mend the bridge."
    assert shown(commitment(talk, text=text), commitment(BRIDGE, text=text), text=text) == (1, 0)


def test_of_equal_commitments_the_earlier_is_shown_and_an_action_only_once():
    assert shown(commitment(BRIDGE), commitment(BRIDGE)) == (0,)
    assert shown(commitment(TOWER), commitment(BRIDGE)) == (1, 0)


def test_no_more_than_three_commitments_are_shown():
    assert len(shown(*(commitment(what) for what in (BRIDGE, TOWER, GATE, PORT)))) == 3


@pytest.mark.parametrize(
    "what",
    ["mend it", "do whatever it takes to win", "make everything that they need", "get more", "take what it takes"],
)
def test_what_says_nothing_alone_is_not_shown(what):
    text = f"Vessmark will {what}."
    assert shown(commitment(what, text=text), text=text) == ()


@pytest.mark.parametrize("what", ["mend bridges daily", " mend the bridge ", "make more room for ferries"])
def test_three_words_can_say_enough(what):
    text = f"Vessmark will {what} ."
    assert shown(commitment(what, text=text), text=text) == (0,)


def test_small_print_in_capitals_and_numbers_taken_for_somebody_are_not_shown():
    text = "VESSMARK WILL NOT PAY FOR LOSSES. Vessmark will mend the bridge, and 14 will paint the tower."
    assert shown(commitment("PAY FOR LOSSES", ("VESSMARK",), text, cue="WILL"), text=text) == ()
    assert shown(commitment(BRIDGE, ("Vessmark", "14"), text), text=text) == ()
    assert shown(commitment(BRIDGE, ("Vessmark",), text), text=text) == (0,)


@pytest.mark.parametrize(
    ("text", "actors", "expected"),
    [
        ("Jam will mend the bridge.", ("Jam",), ()),
        ("In Sarn, Jam will mend the bridge.", ("Jam",), (0,)),
        ("It rains. Jam will mend the bridge, as Jamison said.", ("Jam",), ()),
        ("The old port will mend the bridge.", ("The old port",), (0,)),
        ("In Sarn, jam and Sarn will mend the bridge.", ("Sarn", "jam"), ()),
    ],
    ids=["only its sentence's capital", "a name", "a longer name", "two words", "one of two unnamed"],
)
def test_a_bare_will_binds_only_those_who_are_named(text, actors, expected):
    bare = commitment(BRIDGE, actors, text, method=Rule.STATED)
    assert shown(bare, text=text) == expected


def test_a_name_with_a_mark_in_it_is_a_name():
    text = "In Sarn, O’Hara will mend the bridge."
    assert shown(commitment(BRIDGE, ("O’Hara",), text), text=text) == (0,)


def test_firm_goes_before_what_the_main_actor_may_do():
    hedged = [commitment(what, strength=Strength.HEDGED) for what in (BRIDGE, TOWER, GATE)]
    assert shown(*hedged, commitment(PORT, ("Sarn",)))[0] == 3


def test_firm_goes_before_hedged_whatever_else_is_known():
    hedged = commitment(
        BRIDGE,
        strength=Strength.HEDGED,
        kind=Kind.OFFER,
        deadline=Deadline(span("by May", TEXT)),
        condition=span("if it rains", TEXT),
    )
    assert shown(hedged, commitment(PORT, ("Sarn",))) == (1, 0)


def test_two_words_say_enough_where_a_day_or_a_condition_is_told():
    text = "Dockers will stop work on Monday, if nothing moves."
    for known in ({"deadline": Deadline(span("on Monday", text))}, {"condition": span("if nothing moves", text)}):
        assert shown(commitment("stop work", ("Dockers",), text, **known), text=text) == (0,)
    assert shown(commitment("stop work", ("Dockers",), text), text=text) == ()
