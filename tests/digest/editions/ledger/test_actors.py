import pytest

from digest.editions.ledger.actors import is_bound_by_both, is_told_by_the_other
from tests.digest.editions.ledger.tellings import telling


def told_by(*actors, **changes):
    return telling(actors=actors, **changes)


SAME = [
    ("Marguerite Oyelane", "Oyelane"),
    ("Grannock Mills", "Grannock"),
    ("Vardolane", "Vardolane’s board"),
    ("the Vell prosecutor’s office", "Vell prosecutors"),
    ("Halvia", "the Halvian government"),
    ("Government of Halvia", "Halvia"),
    ("Tarrow University", "University of Tarrow"),
    ("Kel Liberation Army", "KLA"),
    ("harbour inspectors", "the harbour inspectorate"),
    ("Social Democrats", "Social Democrats (SPD)"),
    (
        "Organisers of the New Year’s Eve party at the Berlin gate",
        "the organizers of the New Year’s Eve party in Berlin",
    ),
]
OTHER = [
    ("Agneta Lindvall", "Henrik Lindvall"),
    ("Social Democratic Union", "Democratic Union"),
    ("Civic Union", "Reform Union"),
    ("Norrail", "Norrail Cargo"),
    ("Civic Union", "CU"),
    ("Trump", "Trump’s lawyers"),
    ("the minister", "the minister"),
    ("", "Oyelane"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_short_form_a_part_and_an_adjective_may_be_the_actor(one, other):
    assert is_bound_by_both(told_by(one), told_by("somebody else", other))
    assert is_bound_by_both(told_by(other), told_by(one))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_first_name_and_another_body_are_somebody_else(one, other):
    assert not is_bound_by_both(told_by(one), told_by(other))
    assert not is_bound_by_both(told_by(other), told_by(one))


def test_an_actor_may_speak_in_the_other_telling():
    country = told_by("Halvia", what="build a tunnel", sentence="Halvia will build a tunnel, Ilse Varenholt said.")
    minister = told_by("Ilse Varenholt", what="build a tunnel", sentence="“We will build a tunnel,” she said.")
    assert is_told_by_the_other(country, minister)
    assert is_told_by_the_other(minister, country)
    silent = told_by("Halvia", what="build a tunnel", sentence="Halvia will build a tunnel.", reported_by="Varenholt")
    assert is_told_by_the_other(minister, silent)


def test_a_minister_in_a_headline_or_beside_a_title_speaks():
    state = told_by("Sant Oriel", what="host talks", sentence="It may host talks, Foreign Minister Luc Demarrin hopes.")
    minister = told_by("Luc Demarrin", what="Sant Oriel as venue for talks", sentence="Sant Oriel as venue for talks.")
    assert is_told_by_the_other(state, minister)
    headline = told_by("Sant Oriel", what="host talks", sentence="Demarrin scales back plan: state to host talks")
    assert is_told_by_the_other(headline, minister)


def test_a_kind_of_body_alone_does_not_speak():
    railwaymen = told_by("Northern Railwaymen’s Union", what="strike")
    sentence = "The Northern Signalmen’s Union said that it would strike."
    assert not is_told_by_the_other(railwaymen, told_by("Northern Signalmen’s Union", what="strike", sentence=sentence))


def test_who_is_only_named_or_takes_part_in_it_does_not_speak():
    other = told_by("Anton Grevel", what="build schools")
    named = told_by("Marta Sollers", what="build schools", sentence="Sollers will build schools as Anton Grevel did.")
    assert not is_told_by_the_other(named, other)
    party = told_by("Marta Sollers", what="meet Anton Grevel", sentence="She will meet Anton Grevel, Grevel said.")
    assert not is_told_by_the_other(party, other)
