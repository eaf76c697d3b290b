"""What a page says about itself is found wherever it says it, the more exact place first."""

import json
from datetime import UTC, datetime

import pytest
from lxml import html

from digest.reading.head import Head, parse_day, read_head

URL = "https://courier.example/news/bridge"
FIRST, SECOND, THIRD, FOURTH = (f"2026-02-1{day}T08:00:00Z" for day in range(4))


def says(*parts, linked=None, lang="", body="<p>Words</p>"):
    script = "" if linked is None else f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    attribute = f' lang="{lang}"' if lang else ""
    return read_head(
        html.fromstring(f"<html{attribute}><head>{''.join(parts)}{script}</head><body>{body}</body></html>"), URL
    )


def named(name, content, kind="property"):
    return f'<meta {kind}="{name}" content="{content}">'


def day(text):
    return datetime.fromisoformat(text)


def test_a_page_that_says_nothing_has_an_empty_head():
    assert says() == Head()


@pytest.mark.parametrize(
    "kind", ["NewsArticle", "BlogPosting", "Report", "AnalysisNewsArticle", ["Thing", "NewsArticle"]]
)
def test_the_first_node_of_an_article_speaks_for_the_page(kind):
    nodes = [
        {"@type": "WebSite", "headline": "A site"},
        {"@type": None, "headline": "Nothing"},
        {"@type": kind, "headline": " A bridge "},
        {"@type": "NewsArticle", "headline": "Another"},
    ]
    for linked in (nodes, {"@graph": nodes}, [[node] for node in nodes]):
        head = says(linked=linked)
        assert head.title == "A bridge"
        assert {"WebSite", "NewsArticle"} <= head.types


def test_only_linked_data_is_read_and_a_broken_block_costs_only_itself():
    article = json.dumps({"@type": "NewsArticle", "headline": "A bridge\nfalls"}).replace("\\n", "\n")
    broken = '<script type="application/ld+json">{"@type": </script><script type="application/ld+json"></script>'
    assert says(broken, f"<script>{article}</script>").title == ""
    assert says(broken, f'<script type="text/json">{article}</script>').title == ""
    assert (
        says(
            "<script>var a</script>", broken, f'<script type="application/ld+json; charset=utf-8">{article}</script>'
        ).title
        == "A bridge\nfalls"
    )


def test_elements_of_other_names_say_nothing():
    article = json.dumps({"@type": "NewsArticle", "headline": "A bridge"})
    style = f'<style type="application/ld+json">{article}</style>'
    body = f'<p><b property="og:site_name" content="Courier">x</b><b pubdate datetime="{FIRST}">x</b></p>'
    assert says(style, '<meta property="og:site_name">', body=body) == Head()


def test_of_endless_linked_data_five_hundred_nodes_are_read():
    article = {"@type": "NewsArticle", "headline": "A bridge"}
    assert says(linked=[{}] * 498 + [article]).title == "A bridge"
    assert says(linked=[{}] * 499 + [article]).title == ""


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Mina Thorne", "Mina Thorne"),
        ({"name": " Mina Thorne "}, "Mina Thorne"),
        ([{"name": "Mina Thorne"}, "Olav Pell", {"name": "Mina Thorne"}], "Mina Thorne, Olav Pell"),
        ([{"url": "/mina"}, "https://courier.example/olav", None, 7], ""),
        (["Mina Thorne " * 20], ("Mina Thorne " * 20)[:200]),
    ],
)
def test_authors_are_told_once_each_by_their_names(author, byline):
    assert says(linked={"@type": "NewsArticle", "author": author}).byline == byline


def test_the_site_is_the_one_of_the_meta_element_or_else_the_publisher():
    linked = {"@type": "NewsArticle", "publisher": {"name": "Courier Press"}}
    assert says(linked=linked).site == "Courier Press"
    assert says(named("og:site_name", "The Courier"), linked=linked).site == "The Courier"


def test_the_more_exact_place_says_when_it_was_published():
    body = f'<time datetime="{SECOND}">x</time><time pubdate datetime="{FOURTH}">x</time>'
    itemprop = named("datePublished", THIRD, "itemprop")
    property_ = named("article:published_time", SECOND)
    linked = {"@type": "NewsArticle", "datePublished": FIRST}
    assert says(body=body).published_at == day(FOURTH)
    assert says(body=body.replace("pubdate", 'itemprop="datePublished"')).published_at == day(FOURTH)
    assert says(body=body.replace("pubdate", 'itemprop="dateModified"')).published_at is None
    assert says(itemprop, body=body).published_at == day(THIRD)
    assert says(itemprop, property_, body=body).published_at == day(SECOND)
    assert says(itemprop, property_, body=body, linked=linked).published_at == day(FIRST)
    assert says(property_, linked=linked | {"datePublished": "soon"}).published_at == day(SECOND)


def test_the_more_exact_place_says_when_it_was_modified():
    parts = [
        named("dateModified", FOURTH, "itemprop"),
        named("og:updated_time", THIRD),
        named("article:modified_time", SECOND),
    ]
    for number, when in enumerate((FOURTH, THIRD, SECOND), 1):
        assert says(*parts[:number]).modified_at == day(when)
    assert says(*parts, linked={"@type": "NewsArticle", "dateModified": FIRST}).modified_at == day(FIRST)


def test_the_more_exact_place_says_the_language():
    header, locale = named("content-language", "fr", "http-equiv"), named("og:locale", "es_ES")
    linked = {"@type": "NewsArticle", "inLanguage": "DE-at"}
    assert says(header).language == "fr"
    assert says(header, locale).language == "es"
    assert says(header, locale, linked=linked).language == "de"
    assert says(header, locale, linked=linked, lang="nds").language == "nds"
    assert says(header, lang="english").language == "fr"


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/a.jpg", "https://courier.example/a.jpg"),
        ({"url": "b.jpg"}, "https://courier.example/news/b.jpg"),
        ([{"url": "//img.example/c.jpg"}, "/d.jpg"], "https://img.example/c.jpg"),
        ([], ""),
        ("http://img.example/h.jpg", "http://img.example/h.jpg"),
        ("http://[", ""),
        ("https://user@courier.example/e.jpg", ""),
        ("https://courier.example/" + "x" * 1976, "https://courier.example/" + "x" * 1976),
        ("https://courier.example/" + "x" * 1977, ""),
        ("https://:80/f.jpg", ""),
        ("https://courier.example/\u200bg.jpg", ""),
    ],
)
def test_an_image_has_a_whole_address_of_the_web(image, url):
    assert says(linked={"@type": "NewsArticle", "image": image}).image == url


def test_the_image_of_the_meta_element_goes_first():
    linked = {"@type": "NewsArticle", "image": "/a.jpg"}
    assert says(named("og:image", "/wide.jpg"), linked=linked).image == "https://courier.example/wide.jpg"


def test_the_canonical_address_is_that_of_the_link_or_else_of_the_meta_element():
    link, other = '<link rel="Canonical home" href="/bridge">', '<link rel="alternate" href="/feed">'
    graph = named("og:url", "/other")
    assert says(other, graph).canonical_url == "https://courier.example/other"
    assert says("<link href='/x'>", other, link, graph).canonical_url == "https://courier.example/bridge"
    assert says('<link rel="canonical">', graph).canonical_url == "https://courier.example/other"
    assert says('<area rel="canonical" href="/area">', graph).canonical_url == "https://courier.example/other"


def test_the_first_meta_element_with_content_counts_whatever_its_case():
    parts = [named("OG:Site_Name", " "), named("OG:Site_Name", " The Courier "), named("og:site_name", "Later")]
    assert says('<meta charset="utf-8">', *parts).site == "The Courier"
    assert says(named("og:site_name", "The Courier", "name")).site == "The Courier"


@pytest.mark.parametrize(
    ("free", "expected"), [(True, True), (False, False), ("False", False), ("true", True), (None, True)]
)
def test_a_page_is_free_unless_it_says_that_it_is_not(free, expected):
    assert says(linked={"@type": "NewsArticle", "isAccessibleForFree": free}).is_free is expected


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (None, None),
        ("", None),
        (" 2026-02-12 ", datetime(2026, 2, 12, tzinfo=UTC)),
        ("2026-02-12T18:30:00+0130", datetime(2026, 2, 12, 17, tzinfo=UTC)),
        ("1970-01-01", datetime(1970, 1, 1, tzinfo=UTC)),
        ("1969-12-31", None),
        ("9999-12-31T23:00:00-05:00", None),
    ],
)
def test_a_day_is_an_instant_or_nothing(words, meant):
    assert parse_day(words) == meant
