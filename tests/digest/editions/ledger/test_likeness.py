from datetime import date

import pytest

from digest.editions.ledger.likeness import likeness
from digest.model import CommitmentKind
from tests.digest.editions.ledger.tellings import telling

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


def is_same(one, other):
    return likeness(one, other) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("close its brewery in Sedge Hill", "shut the Sedge Hill brewery"),
        ("cut 3,000 jobs at its mills", "cut 1,200 jobs at the mills"),
        ("publish the raw figures of its malaria trial", "disclose data from the malaria trial"),
        ("step down as chair of the trust", "resign as the trust's chair"),
        ("stay at Sankt Alban", "leave Sankt Alban"),
        ("leave after the championship final", "go after the championship final"),  # nothing else says what
    ],
)
def test_the_same_in_other_words_is_one(one, other):
    assert is_same(telling(one), telling(other, day=20))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("close its brewery in Sedge Hill", "close its depot in Sedge Hill"),  # another thing in one place
        ("close its brewery in Sedge Hill", "close its brewery in Carrow"),  # another name
        ("release ten hostages", "release ten more hostages"),  # another round
        ("vote against the migration bill", "vote against an amendment to the migration bill"),
        ("resign over the collapse of the dam", "apologise over the collapse of the dam"),
        ("attack Clinton in the debate", "support Clinton as the nominee"),  # no more than a name
        ("close a school", "close a hospital"),  # no more than a verb
    ],
)
def test_what_only_sounds_alike_is_not(one, other):
    assert not is_same(telling(one), telling(other, day=2))


def test_it_does_not_matter_which_of_two_is_given_first():
    one, other = telling("release ten hostages"), telling("release ten more hostages", day=3)
    assert likeness(one, other) == likeness(other, one) == 0
    again = telling("release the ten hostages", day=3)
    assert likeness(one, again) == likeness(again, one) > 0


def test_the_more_is_shared_the_liker_they_are():
    one = telling(latest=JUNE, condition="if the glassworks is sold")
    assert likeness(one, telling(day=1)) < likeness(one, telling(day=1, latest=JUNE))
    both = telling(day=1, latest=JUNE, condition="once the glassworks is sold")
    assert likeness(one, telling(day=1, latest=JUNE)) < likeness(one, both)


def test_one_day_and_one_word_are_enough_within_days():
    plea = telling("plead guilty to two counts of bribery", actor="Tobiah Renwick", latest=date(2026, 3, 20))
    shared = {"actor": "Renwick", "sentence": "Renwick intends to admit both bribery charges in court."}
    again = telling("admit both bribery charges", day=1, latest=date(2026, 3, 20), **shared)
    assert is_same(plea, again)
    assert not is_same(plea, telling("donate the bribery money to charity", day=40, actor="Renwick"))


def test_what_is_due_by_the_end_of_the_year_needs_more():
    last = date(2026, 12, 31)
    one = telling("hire 200 nurses for its wards", latest=last)
    assert not is_same(one, telling("open a clinic with 20 nurses in Mill Lane", day=3, latest=last))


def test_one_condition_makes_a_bare_word_known():
    one = telling(
        "step down as Vestria coach",
        actor="Bastien Lorrimer",
        condition="after the World Cup",
        sentence="Bastien Lorrimer will step down as Vestria coach after the World Cup.",
    )
    other = telling(
        "go",
        day=30,
        actor="Lorrimer",
        condition="after the World Cup",
        sentence="“I would go after the World Cup,” Lorrimer said as Vestria arrived.",
    )
    assert is_same(one, other)


def test_one_threat_with_one_condition_and_day_is_one():
    bound = {"kind": CommitmentKind.THREAT, "condition": "unless the cranes are scrapped", "latest": date(2026, 3, 9)}
    one = telling("the quays will shut", **bound)
    assert is_same(one, telling("down tools", day=1, **bound))
    assert not is_same(one, telling("down tools", day=4, **bound))


def test_another_day_after_the_first_has_passed_is_another_round():
    one = telling("walk out for three days", latest=date(2026, 3, 5))
    new = telling("walk out for three days", day=9, latest=date(2026, 3, 26))
    assert not is_same(one, new)
    late = "Marlow Brewing has postponed its plan to walk out for three days."
    assert is_same(one, telling("walk out for three days", day=9, latest=date(2026, 3, 26), sentence=late))
    assert is_same(one, telling("walk out for three days", day=9, latest=date(2026, 3, 5)))


def test_a_day_months_away_on_the_morrow_is_another():
    one = telling("reopen the town hall", latest=MAY)
    assert not is_same(one, telling("reopen the town hall", day=1, latest=date(2026, 9, 1)))
    assert is_same(one, telling("reopen the town hall", day=30, latest=date(2026, 9, 1)))


def test_an_unusual_figure_of_one_actor_within_days_is_one_thing():
    one = telling("cut 3,400 jobs as demand for vans slumps in every market of the north")
    other = "lay off 3,400 people, most of its brewers, its coopers and its clerks"
    assert is_same(one, telling(other, day=1))
    assert not is_same(one, telling(other, day=9))
    assert not is_same(telling("spend $2bn on copper mines"), telling("pay $2bn to its shareholders", day=1))


def test_a_verb_alone_is_known_by_what_stands_beside_it():
    one = telling("reopen the storm-damaged Sallow Bridge to traffic", latest=JUNE)
    assert is_same(one, telling("reopen", day=40, sentence="Sallow Bridge to reopen on 12 June, brewery confirms"))
    assert not is_same(one, telling("reopen", day=40, sentence="Carrow school to reopen on 12 June, brewery confirms"))


def test_another_year_within_days_is_another():
    one = telling("hire 2,000 police officers", latest=date(2026, 12, 31))
    assert not is_same(one, telling("take on 2,000 police officers", day=4, latest=date(2028, 12, 31)))
    women = telling("bid to host the women's cup of 2031")
    assert not is_same(women, telling("bid to host the men's cup of 2032", day=4))


def test_what_begins_alike_and_goes_on_otherwise_is_something_else():
    one = telling("introduce a bill to lower the voting age to 16", latest=JUNE)
    assert not is_same(
        one, telling("introduce a bill to let foreign residents vote in local elections", day=2, latest=JUNE)
    )
    jets = telling("buy 60 short-haul jets from Brandt Aerospace")
    assert is_same(jets, telling("order 60 Brandt aircraft worth 5.1 billion marks at list prices", day=1))


def test_names_alone_prove_nothing_however_many():
    one = telling("slap a tariff on Sant Oriel's wine")
    assert not is_same(one, telling("close its ports to Sant Oriel's ships", day=150))


def test_the_cars_of_a_country_are_its_cars():
    one = telling("impose a duty on cars from Jaspera")
    assert is_same(one, telling("a 30 per cent duty on Jasperan cars", day=1))


def test_what_is_also_done_is_something_else():
    one = telling("electrify the line between Karlow and Dunmere", latest=JUNE)
    sentence = "The line between Dunmere and the coast is also to be electrified, Marlow Brewing said."
    assert not is_same(one, telling("be electrified", day=2, latest=JUNE, sentence=sentence))


def test_what_is_offered_to_others_too_is_something_else():
    one = telling(
        "a pay rise of 6 per cent", sentence="Marlow Brewing offered hospital doctors a pay rise of 6 per cent."
    )
    too = telling(
        "a pay rise of 6 per cent", day=1, sentence="Marlow Brewing offered teachers, too, a pay rise of 6 per cent."
    )
    also = telling("a pay rise of 6 per cent", day=1, sentence="Marlow Brewing also offered a pay rise of 6 per cent.")
    assert not is_same(one, too)
    assert is_same(one, also)


def test_other_actors_make_another_commitment():
    assert not is_same(telling(), telling(day=1, actor="Carrow Ales"))


def test_who_speaks_for_the_actor_may_stand_for_it():
    country = telling(
        "build a rail tunnel under the Skarn",
        actor="Halvia",
        sentence="Halvia will build a rail tunnel under the Skarn, minister Ilse Varenholt said.",
    )
    minister = telling(
        "build a tunnel under the Skarn",
        day=1,
        actor="Ilse Varenholt",
        sentence="“We will build a tunnel under the Skarn,” Varenholt told parliament.",
    )
    assert is_same(country, minister)
