import pytest

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
