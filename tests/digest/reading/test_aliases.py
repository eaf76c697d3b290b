"""One speaker under several names: which keys an article shows, and which it only leaves possible."""

import pytest

from digest.reading.names.aliases import Alias, Appearance, aliases_of, key_of, with_title


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (["Tomas Brandel", "Sir Tomas Brandel", "PM Tomas Brandel", "TOMAS BRANDEL"], "tomas brandel"),
        (["Mr. Tomás J. Brandel Jr."], "tomas brandel"),
        (["Brandel", "Mr Brandel", "Mrs. Brandel", "Brandel’s", "Brandel's"], "brandel"),
        (["PM Brandel", "Prime Minister Brandel", "the prime minister Brandel"], "prime minister brandel"),
        (["Gov. Rook", "Governor Rook"], "governor rook"),
        (["Sir Tomas"], "sir tomas"),
        (["the Bank of Orlan", "Bank of Orlan"], "bank of orlan"),
        (["Marks & Holm"], "marks & holm"),
        (["van der Berg"], "van der berg"),
        (["Pieter van der Berg"], "pieter van der berg"),
        (["Ben Carver"], "ben carver"),
        (["General"], "general"),
        (["", "the", "—", "a spokesman for Orlan", "Bank of Orlan officials", "the 61-year-old", "she"], ""),
    ],
)  # fmt: skip
def test_a_name_has_one_key_however_it_is_written(names, key):
    assert {key_of(name) for name in names} == {key}


@pytest.mark.parametrize(
    ("role", "key"),
    [
        ("PM", "prime minister rook"),
        ("Sir", "sir rook"),
        ("Mr", "rook"),
        ("the bank’s governor", "governor rook"),
        ("a fisher from Sarn", "fisher rook"),
        ("the Labour leader and prime minister", "leader rook"),
        ("a quiet stranger", "stranger rook"),
        ("the mayor’s aide", "mayor aide rook"),
        ("", "rook"),
    ],
)
def test_a_surname_alone_keeps_the_office_beside_it(role, key):
    assert key_of("Rook", role) == key
    assert key_of("Ida Rook", role) == "ida rook"
    assert key_of("the rook", role) == ""


def printed(*appearances):
    return {alias.key for alias in aliases_of(appearances) if alias.is_printed}


def possible(*appearances):
    return {alias.key for alias in aliases_of(appearances) if not alias.is_printed}


@pytest.mark.parametrize(
    ("appearance", "keys"),
    [
        (Appearance("Ida Rook"), {"ida rook"}),
        (Appearance("Ida Rook", mention="Rook"), {"ida rook", "rook"}),
        (Appearance("Ida Rook", mention="Ms Rook"), {"ida rook", "rook"}),
        (Appearance("Ida Rook", mention="Mayor Rook"), {"ida rook", "rook", "mayor rook"}),
        (Appearance("Ida Rook", mention="Ida"), {"ida rook"}),
        (Appearance("Ida Rook", mention="Queen Ida"), {"ida rook", "queen ida"}),
        (Appearance("Ida Rook", mention="Dame Ida"), {"ida rook", "dame ida"}),
        (Appearance("Ida Rook", mention="she"), {"ida rook"}),
        (Appearance("Ida Rook", mention="the mayor"), {"ida rook"}),
        (Appearance("Ida Rook", mention="Ida Rook"), {"ida rook"}),
        (Appearance("Ida Rook", mention="Dame Ida Rook"), {"ida rook", "dame ida"}),
        (Appearance("Ida Rook", "the mayor of Sarn and party leader"), {"ida rook", "mayor rook", "leader rook"}),
        (Appearance("Ida James", mention="James"), {"ida james"}),
        (Appearance("Pieter van der Berg", mention="Van der Berg"), {"pieter van der berg", "van der berg"}),
        (Appearance("Pieter van der Berg", "the mayor"), {"pieter van der berg", "mayor van der berg"}),
        (Appearance("Orlan Bank", mention="Orlan"), {"orlan bank", "orlan"}),
        (Appearance("Stannick Rovers", mention="the Rovers"), {"stannick rovers", "rovers"}),
    ],
)
def test_an_article_shows_what_it_calls_a_speaker(appearance, keys):
    assert printed(appearance) == keys


def test_any_first_name_and_surname_stay_possible():
    assert possible(Appearance("Ida Rook")) == {"ida", "rook"}
    assert possible(Appearance("Pieter van der Berg")) == {"pieter", "van der berg"}
    assert possible(Appearance("Pieter van Berg")) == {"pieter", "van berg"}


def test_what_is_printed_once_is_no_longer_only_possible():
    both = [Appearance("Ida Rook"), Appearance("Ida Rook", mention="Rook")]
    for order in (both, reversed(both)):
        assert Alias("rook", "ida rook", is_printed=True) in aliases_of(order)


@pytest.mark.parametrize("name", ["Rook", "the union", "", "van der Berg", "Van Der", "Sir Tomas"])
def test_without_a_full_name_nothing_is_shown(name):
    assert aliases_of([Appearance(name, "mayor", name)]) == ()


def test_one_without_a_full_name_hides_nobody_else():
    assert printed(Appearance("Rook"), Appearance("Tom Ashby")) == {"tom ashby"}


def test_two_speakers_at_once_have_no_surname():
    assert possible(Appearance("Ilir Kola and Zoran Prelic")) == set()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Then Sir ", "Sir Tomas"),
        ("Sir ", "Sir Tomas"),
        ("the former Prime Minister ", "former Prime Minister Tomas"),
        ("said Gov. ", "Gov. Tomas"),
        ("Mayor, ", "Tomas"),
        ("asked ", "Tomas"),
        ("", "Tomas"),
    ],
)
def test_the_titles_right_before_a_name_belong_to_it(before, expected):
    text = f"{before}Tomas left."
    assert with_title(text, len(before), len(before) + 5) == expected
