from datetime import UTC, datetime

import pytest

from digest.errors import InvalidFeedError
from digest.model import Entry
from digest.sources.entries import MAX_ENTRIES
from digest.sources.feeds import parse_feed
from tests.builders import page

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def news_url(path="/1", title="Ports", more=""):
    return (
        f"<url><loc>https://gazette.example{path}</loc><news:news><news:publication><news:name>Gazette</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>2026-11-23T08:00:00+01:00"
        f"</news:publication_date><news:title>{title}</news:title>{more}</news:news></url>"
    )


def sitemap(*urls, declared="utf-8"):
    return f'<?xml version="1.0" encoding="{declared}"?><urlset {NAMESPACES}>{"".join(urls)}</urlset>'


def feed(body, **changes):
    return parse_feed(page(body, url="https://gazette.example/news.xml", **changes))


def test_a_news_sitemap_gives_its_news_as_entries():
    picture = "<url><image:image><image:loc>/x.png</image:loc><image:title>x</image:title></image:image>"
    keywords = "<news:keywords>sea, trade ,sea,</news:keywords>"
    first = news_url(title="Ports &amp; <![CDATA[<ships>]]>", more=keywords).replace("<url>", picture)
    parsed = feed(sitemap(first, "<url><loc>https://gazette.example/about</loc></url>"), media_type="text/html")
    assert (parsed.title, parsed.language) == ("Gazette", "en")
    assert parsed.entries == (
        Entry(
            identity="https://gazette.example/1",
            url="https://gazette.example/1",
            title="Ports & <ships>",
            published_at=datetime(2026, 11, 23, 7, tzinfo=UTC),
            sections=("sea", "trade"),
            language="en",
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_its_encoding_is_understood(encoding):
    assert feed(sitemap(news_url(title="é"), declared=encoding).encode(encoding)).entries[0].title == "é"


def test_the_same_page_with_other_tracking_comes_once():
    assert len(feed(sitemap(news_url("/1"), news_url("/1?utm_source=x"))).entries) == 1


def test_one_that_breaks_off_gives_what_was_whole():
    body = sitemap(news_url(), news_url("/2"))
    assert [entry.url for entry in feed(body[: body.rindex("<url>") + 12]).entries] == ["https://gazette.example/1"]


def test_of_50000_pages_the_first_and_the_last_are_taken():
    urls = [entry.url for entry in feed(sitemap(*(news_url(f"/{number}") for number in range(50_000)))).entries]
    assert (len(urls), urls[0], urls[-1]) == (MAX_ENTRIES, "https://gazette.example/0", "https://gazette.example/49999")


def test_entities_neither_expand_nor_load(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE urlset [<!ENTITY e0 "boom">{entities}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = sitemap(news_url(title="a &e9; &x;")).partition("?>")[2]
    (entry,) = feed(doctype + body).entries
    assert len(entry.title) < 100
    assert "secret words" not in entry.title


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (sitemap("<url><loc>https://gazette.example/1</loc></url>"), "no news"),
        (sitemap(), "no news"),
        (
            f"<sitemapindex {NAMESPACES}><sitemap><loc>https://gazette.example/1.xml</loc></sitemap></sitemapindex>",
            "list",
        ),
        ("<urlset " + "<url>" * 200_000, "no news|broken"),
    ],
)
def test_a_sitemap_without_news_is_said_to_be_none(body, why):
    with pytest.raises(InvalidFeedError, match=why):
        feed(body)
