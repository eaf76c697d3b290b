import tomllib
from importlib.resources import files

import pytest

from digest.editions.ledger.figures import Figure, figures_of
from digest.editions.ledger.stems import stem_of
from digest.editions.ledger.wordings import FIGURE, LIGHT, meaning_of, wording_of


@pytest.mark.parametrize(
    "forms",
    [
        "close closes closed closing closure",
        "deliver delivered delivers delivery",
        "promise promised promising",
        "organise organizer organised organisation organization",
        "plan plans planned planning",
        "apply applies applied",
        "withdraw withdrew withdrawn withdrawal",
        "control controlled controls",
        "agree agreed agrees agreement",
        "bus buses",
    ],
)
def test_forms_of_one_word_have_one_stem(forms):
    assert len({stem_of(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["station state", "union unit", "roll role", "nurse nursery", "gas gap", "crisis cry"])
def test_other_words_have_another_stem(pair):
    one, other = pair.split()
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$2.4bn", 2_400_000_000, "$"),
        ("2,400 million dollars", 2_400_000_000, "$"),
        ("forty billion marks", 40_000_000_000, "$"),
        ("two hundred nurses", 200, "nurs"),
        ("three hundred and no more", 300, "and"),
        ("twenty-five per cent", 25, "%"),
        ("15%", 15, "%"),
        ("15 percent", 15, "%"),
        ("by 2030", 2030, "year"),
        ("2,030 trees", 2030, "tr"),
        ("52", 52, ""),
    ],
)
def test_a_figure_is_a_number_and_what_it_counts(text, value, unit):
    assert figures_of(text) == {Figure(value, unit)}


@pytest.mark.parametrize("text", ["on 3 May", "March 12", "at 10 am", "one more", "none", "a hundred"])
def test_days_hours_and_a_lone_one_are_no_figures(text):
    assert figures_of(text) == frozenset()


def test_names_weigh_most_and_what_many_share_least():
    wording = wording_of("close its plant in Carrow")
    assert wording.weights == {"clos": LIGHT, "plant": 1.0, "carrow": 2.0}
    assert wording.names == {"carrow"}


def test_a_capital_that_opens_a_sentence_or_stands_in_a_heading_makes_no_name():
    assert wording_of("Troops go home", begins=True).names == frozenset()
    assert wording_of("Troops go home").names == {"soldi"}
    assert wording_of("Close Port Harrow Blast Furnace").names == frozenset()
    assert wording_of("NOT A PENNY MORE for Carrow").names == {"carrow"}


def test_several_words_are_heard_as_the_one_they_stand_for():
    assert wording_of("stepping down").weights == wording_of("resign").weights
    assert wording_of("call off the match").weights == wording_of("cancel the match").weights


def test_a_place_and_its_adjective_have_one_meaning():
    assert meaning_of("jaspera") == meaning_of("jasperan")
    assert meaning_of("tolvany") == meaning_of("tolvanian")
    assert wording_of("bring 38 ancestors home").weights == wording_of("return 38 ancestors").weights


def test_a_number_counts_as_what_it_is_however_it_is_written():
    assert wording_of("40bn marks").weights == wording_of("40 billion marks").weights
    assert wording_of("40 billion marks").sequence[0] == FIGURE
    assert wording_of("40 billion marks").sequence.count(FIGURE) == 1
    assert wording_of("six marks").weights == {"mark": 1.0}


def test_rounds_are_told_by_their_words():
    assert wording_of("ten more hostages").rounds == {"more"}
    assert wording_of("a further strike").rounds == {"further"}
    assert wording_of("more aid for third-party claims").rounds == frozenset()


def test_a_word_has_one_meaning_and_stands_in_one_group_that_is_not_idle():
    cues = tomllib.loads((files("digest.reading") / "cues" / "ledger.toml").read_text("utf8"))
    grouped = [word for group in cues["alike"] for word in group]
    assert len(grouped) == len(set(grouped))
    assert not set(grouped) & set(cues["idle"])
    assert meaning_of("shutting") == meaning_of("closure")
