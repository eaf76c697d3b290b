from unicodedata import normalize

import pytest
from hypothesis import assume, given, strategies as st

from digest.editions.filters import lets_through
from digest.model import Filters
from tests.builders import article, entry

FERRY = entry(
    title="Ferry to Sarn runs all winter",
    summary="The harbour master kept his word.",
    author="Mina Thorne",
    sections=("Coast", "Transport / Sea"),
    language="en-GB",
)


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(), True),
        (Filters(keywords=("ferry",)), True),
        (Filters(keywords=("train", "harbour master")), True),
        (Filters(keywords=("ferr",)), False),
        (Filters(keywords=("sarn runs",)), True),
        (Filters(without=("winter",)), False),
        (Filters(keywords=("ferry",), without=("summer",)), True),
        (Filters(authors=("thorne",)), True),
        (Filters(authors=("pell",)), False),
        (Filters(sections=("transport",)), True),
        (Filters(sections=("sport",)), True),  # a part of "transport": parts count
        (Filters(sections=("culture",)), False),
        (Filters(languages=("en", "de")), True),
        (Filters(languages=("de",)), False),
        (Filters(keywords=("ferry",), authors=("pell",)), False),
        (Filters(keywords=("c++ (2)",)), False),
    ],
)
def test_each_kind_that_is_set_has_to_be_met_by_one_of_its_words(filters, passes):
    assert lets_through(filters, FERRY) is passes


def test_what_is_not_known_fails_authors_and_sections_and_passes_languages():
    bare = entry(title="Ferry", author="", sections=(), language=None)
    assert not lets_through(Filters(authors=("thorne",)), bare)
    assert not lets_through(Filters(sections=("coast",)), bare)
    assert lets_through(Filters(languages=("de",)), bare)


def test_of_an_article_that_was_read_title_byline_language_and_opening_count_too():
    bare = entry(title="", summary="", author="", language="en")
    read = article(text=f"The pier is mended. {'It is long. ' * 60}Nobody fell.", byline="Olav Pell", language="nb")
    assert lets_through(Filters(keywords=("pier",), authors=("pell",), languages=("nb",)), bare, read)
    assert not lets_through(Filters(languages=("en",)), bare, read)
    assert not lets_through(Filters(keywords=("nobody fell",)), bare, read)


def test_words_with_signs_are_words():
    assert lets_through(Filters(keywords=("c++ (2)",)), entry(title="What C++ (2) brings"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("strasse", "Die Straße bleibt zu"),
        ("straße", "DIE STRASSE BLEIBT ZU"),
        ("o'brien", "Minister O’Brien resigns"),
        ("o’brien", "Minister O'Brien resigns"),
        ("caf\u00e9", "The cafe\u0301 on the pier"),
        ("cafe\u0301", "The caf\u00e9 on the pier"),
        ("port of sarn", "Port\u00a0of Sarn reopens"),
        ("e-mail", "What e\u2011mail costs"),
        ("東京", "東京都で地震"),
        ("ai", "東京のAI技術"),
        ("ไทย", "ข่าวประเทศไทยวันนี้"),
        ("서울", "서울에서 회담"),
        ("c++", "C++17 in brief"),
    ],
)
def test_a_word_is_found_however_it_is_spelled(typed, title):
    assert lets_through(Filters(keywords=(typed,)), entry(title=title, summary=""))
    assert not lets_through(Filters(without=(typed,)), entry(title=title, summary=""))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("cafe", "The cafe\u0301 on the pier"),
        ("कम", "कमी की खबर"),
        ("art", "Start of the party"),
        ("1", "Story 10"),
        ("harbour kept", "Harbour\nkept"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(typed, title):
    assert not lets_through(Filters(keywords=(typed,)), entry(title=title, summary=""))


def test_authors_and_sections_are_found_however_they_are_spelled():
    spelled = entry(author="Siobhán O’Brien", sections=("Straßenverkehr",))
    assert lets_through(Filters(authors=(normalize("NFD", "siobhán o'brien"),), sections=("strasse",)), spelled)


@pytest.mark.parametrize(
    ("language", "wanted", "passes"),
    [("fil-ph", "fi", False), ("fi", "fi", True), ("fi-fi", "fi", True), ("zh-hant", "zh", True), ("EN", "en", True)],
)
def test_of_a_language_the_first_part_counts(language, wanted, passes):
    assert lets_through(Filters(languages=(wanted,)), entry(language=language)) is passes


WORDS = st.text(st.characters(exclude_categories=("Z", "C"), exclude_characters=","), min_size=1, max_size=8)


@given(WORDS, st.sampled_from(("NFC", "NFD")), st.sampled_from((str, str.lower, str.upper)))
def test_a_word_that_stands_by_itself_is_found_in_every_form_of_it(word, form, write):
    assume(write(word).casefold() == word.casefold())  # some letters share their capital
    typed = normalize(form, write(word))
    assert lets_through(Filters(keywords=(typed,)), entry(title=f"News: {word} again", summary=""))
    assert not lets_through(Filters(without=(typed,)), entry(title=f"News: {word} again", summary=""))


@given(WORDS, st.text("abcdefgß", min_size=1, max_size=4))
def test_letters_of_a_script_with_spaces_hold_no_shorter_word(around, inner):
    title = f"x{inner}x {around}"
    assert lets_through(Filters(keywords=(inner,)), entry(title=title, summary="")) is lets_through(
        Filters(keywords=(inner,)), entry(title=around, summary="")
    )
