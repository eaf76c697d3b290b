"""What can be followed at an address: real pages and feeds, no reading process."""

import pytest

from digest.errors import InvalidFeedError, UnreachableError
from digest.model import Page, SourceKind
from digest.service import Service
from tests.fakes import FakeFetcher, think

HOME = "https://gazette.example/"
FEED = "https://gazette.example/news.xml"
ARTICLE = (
    "<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>The ferry to Sarn will run all winter, the "
    "harbour master said on Monday. It had stopped in December for years on end.</p></article></body>"
)


def feed(*titles, name="Harbour Gazette"):
    entries = "".join(
        f"<item><title>{title}</title><link>https://gazette.example/{number}</link>"
        f"<pubDate>Mon, 23 Nov 2026 0{number}:00:00 GMT</pubDate></item>"
        for number, title in enumerate(titles)
    )
    return f"<rss version='2.0'><channel><title>{name}</title><language>en</language>{entries}</channel></rss>".encode()


def service(store, **answers):
    web = FakeFetcher({HOME: b"<html><body><p>Nothing here.</p></body></html>"} | answers)
    return Service(store, web, think), web


async def test_a_feed_is_offered_with_its_newest_three(store):
    desk, _ = service(store, **{FEED: feed("One", "Two", "Three", "Four")})
    (offer,) = await desk.discover(FEED)
    assert (offer.source.name, offer.source.kind, offer.source.language) == ("Harbour Gazette", SourceKind.FEED, "en")
    assert [entry.title for entry in offer.newest] == ["Four", "Three", "Two"]
    assert offer.listed == 4


async def test_every_feed_that_a_page_names_is_offered_and_one_that_fails_is_not(store):
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml" title="{name}">'
        for name in ("news", "sport", "gone")
    )
    desk, _ = service(
        store,
        **{
            HOME: f"<html><head>{links}</head></html>".encode(),
            FEED: feed("One"),
            "https://gazette.example/sport.xml": feed("Two", name="Sport"),
        },
    )
    assert [offer.source.name for offer in await desk.discover(HOME)] == ["Harbour Gazette", "Sport"]


async def test_where_a_page_names_none_the_usual_places_are_tried(store):
    desk, _ = service(store, **{"https://gazette.example/feed": feed("One")})
    (offer,) = await desk.discover(HOME)
    assert (offer.source.url, offer.listed) == ("https://gazette.example/feed", 1)


async def test_a_news_sitemap_that_robots_txt_names_is_offered(store):
    sitemap = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://gazette.example/1</loc><news:news>'
        "<news:publication><news:name>Gazette</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2026-11-23T08:00:00Z</news:publication_date><news:title>One</news:title></news:news>"
        "</url></urlset>"
    )
    robots = Page(
        "https://gazette.example/robots.txt", b"Sitemap: https://gazette.example/news-sitemap.xml\n", "text/plain"
    )
    desk, _ = service(
        store,
        **{
            "https://gazette.example/robots.txt": robots,
            "https://gazette.example/news-sitemap.xml": sitemap.encode(),
        },
    )
    (offer,) = await desk.discover(HOME)
    assert (offer.source.kind, [entry.title for entry in offer.newest]) == (SourceKind.SITEMAP, ["One"])
    added = await desk.add_source(1, offer.source.url, now=offer.newest[0].published_at, kind=offer.source.kind)
    assert added.kind is SourceKind.SITEMAP


async def test_a_page_without_a_feed_is_followed_by_its_links(store):
    links = "".join(
        f'<a href="/2026/11/23/the-ferry-runs-{number}">The ferry to Sarn runs again all winter, part {number}</a>'
        for number in range(5)
    )
    desk, _ = service(store, **{HOME: f"<html><body><main>{links}</main></body></html>".encode()})
    offers = await desk.discover(HOME)
    assert offers[0].source.kind is SourceKind.LINKS
    assert offers[0].listed == 5


async def test_an_article_is_offered_as_itself(store):
    desk, _ = service(store, **{HOME: ARTICLE.encode()})
    assert [offer.source.kind for offer in await desk.discover(HOME)] == [SourceKind.PAGE]


async def test_where_there_is_nothing_that_is_said(store):
    desk, web = service(store, **{HOME: b"<html><body></body></html>"})
    with pytest.raises(InvalidFeedError):
        await desk.discover(HOME)
    web.answers.pop(HOME)
    with pytest.raises(UnreachableError):
        await desk.discover(HOME)
