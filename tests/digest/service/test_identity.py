from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.service.identity import complete, identity_of
from tests.builders import NOW, article, brief, entry, source

URL = "https://www.gazette.example/ports?id=7"


@pytest.mark.parametrize(
    ("canonical_url", "identity"),
    [
        ("", URL),
        ("https://gazette.example/ports", "https://gazette.example/ports"),
        ("https://gazette.example/ports#top", "https://gazette.example/ports"),
        ("https://m.gazette.example/ports", "https://m.gazette.example/ports"),
        ("https://gazette.example/", URL),
        ("https://gazette.example", URL),
        ("https://gazette.example/?p=7", "https://gazette.example/?p=7"),
        ("https://quay.example/ports", URL),
        ("https://gazette.example.evil.example/ports", URL),
        ("not a url", URL),
    ],
)
def test_an_article_is_what_its_page_says_it_is_where_that_can_be_believed(canonical_url, identity):
    assert identity_of(article(url=URL, canonical_url=canonical_url)) == identity


def test_a_stretch_of_a_page_is_the_page():
    assert identity_of(article(url="https://gazette.example/ports#comments")) == "https://gazette.example/ports"


def test_an_article_without_an_address_of_its_own_is_its_canonical_one():
    assert (
        identity_of(article(url="", canonical_url="https://gazette.example/ports")) == "https://gazette.example/ports"
    )


@pytest.mark.parametrize(
    ("printed", "listed", "expected"),
    [
        (NOW, NOW - timedelta(hours=3), NOW),
        (None, NOW, NOW),
        (None, None, None),
        (NOW.replace(hour=0), NOW, NOW),
        (NOW.replace(hour=0), NOW - timedelta(days=3), NOW.replace(hour=0)),
        (NOW.replace(hour=0), None, NOW.replace(hour=0)),
        (NOW + timedelta(days=2), NOW, NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), None, None),
        (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), None),
    ],
)
def test_the_date_is_the_pages_unless_the_feed_knows_it_better(printed, listed, expected):
    read = complete(brief(published_at=printed), entry(published_at=listed), source(), now=NOW)
    assert read.article.published_at == expected


def test_the_outlet_is_the_pages_own_name_or_else_the_sources():
    assert complete(brief(), entry(), source(name="Feed"), now=NOW).article.site == "Harbour Gazette"
    assert complete(brief(site=""), entry(), source(name="Feed"), now=NOW).article.site == "Feed"


def test_nothing_else_of_a_brief_is_changed():
    read = brief()
    assert replace(complete(read, entry(), source(), now=NOW), article=read.article) == read
