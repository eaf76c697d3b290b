"""Whatever comes as a page, a list or a link: only the promised error, and what goes out as OPML comes back."""

import json

from hypothesis import given, settings, strategies as st

from digest.errors import InvalidFeedError
from digest.sources.discover import MAX_FEEDS, MAX_SITEMAPS, find_feeds, likely_feed_urls, sitemap_urls
from digest.sources.entries import MAX_SECTIONS
from digest.sources.feeds import parse_feed
from digest.sources.links import plain_url
from digest.sources.opml import Outline, parse_opml, render_opml
from digest.sources.page_links import MAX_LINKS, MIN_LINKS, parse_links
from tests.builders import page
from tests.properties.test_sources import BODIES, CHARSETS, is_absolute

UNHURRIED = settings(deadline=None)  # the first example loads the parsers

PIECES = st.sampled_from(
    [
        *(
            "<a href='/2026/11/23/ferry-late'>",
            "<a href=/n/12345>Ferry late again today",
            "</a>",
            "<p>",
            "<nav>",
            "<base href='//x'>",
        ),
        *(
            "<urlset>",
            "<url>",
            "</url>",
            "<loc>http://a.example/</loc>",
            "<news:news>",
            "<news>",
            "<title>",
            "</urlset>",
        ),
        *(
            "<opml>",
            "<outline text='x'>",
            "<outline xmlUrl='http://a.example/'/>",
            "</outline>",
            "</opml>",
            "xmlns:a='x'",
        ),
        *("<body>", "<form>", "<!DOCTYPE x [", "<![CDATA[", "]]>", "&x;", "&#xD800;", "'", '"', "<", ">", "\0", "é"),
    ]
)
MARKUP = BODIES | st.tuples(
    st.sampled_from(["<urlset>", "<opml>", "<html><body>", "<rss version='2.0'><channel>"]),
    st.lists(PIECES | st.text(max_size=5), max_size=40),
).map(lambda each: (each[0] + "".join(each[1])).encode("utf-8", "replace"))
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10) | st.just("/1"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["url", "id", "title", "items", "author", "authors", "name", "tags", "date_published", "language"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
JSON_FEEDS = st.builds(
    lambda items, title: json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": items, "title": title}
    ).encode(),
    st.lists(JSON, max_size=5),
    JSON,
)
LABELS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(lambda text: " ".join(text.split()))
QUERIES = st.text(
    st.characters(codec="ascii", min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=20
)
OUTLINES = st.lists(
    st.builds(
        Outline,
        url=st.builds("https://a.example/feed?{}{}".format, st.sampled_from(["", "category=", "a=%C3%A9'&"]), QUERIES),
        title=LABELS | LABELS.map("category = {}".format).map(str.strip),
        folder=st.lists(LABELS.filter(lambda name: name and "/" not in name), max_size=4).map(" / ".join),
    ),
    max_size=20,
    unique_by=lambda outline: outline.url,
)


@UNHURRIED
@given(MARKUP | JSON_FEEDS, CHARSETS)
def test_any_bytes_are_a_feed_of_some_kind_or_said_to_be_none(body, charset):
    try:
        feed = parse_feed(page(body, charset=charset))
    except InvalidFeedError:
        return
    assert len({entry.identity for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert is_absolute(entry.url)
        assert len(entry.sections) <= MAX_SECTIONS
        "".join([entry.identity, entry.title, entry.summary, entry.author, *entry.sections]).encode()
        assert entry.published_at is None or entry.published_at.utcoffset().total_seconds() == 0


@UNHURRIED
@given(MARKUP, CHARSETS)
def test_any_bytes_link_to_articles_of_their_site_or_are_said_to_link_to_none(body, charset):
    try:
        feed = parse_links(page(body, charset=charset))
    except InvalidFeedError:
        return
    assert MIN_LINKS <= len(feed.entries) <= MAX_LINKS
    assert all(entry.title and "gazette.example" in entry.url for entry in feed.entries)


@UNHURRIED
@given(MARKUP, CHARSETS)
def test_any_bytes_name_ten_feeds_at_most(body, charset):
    feeds = find_feeds(page(body, charset=charset))
    assert len({feed.url for feed in feeds}) == len(feeds) <= MAX_FEEDS
    assert all(is_absolute(feed.url) for feed in feeds)


@UNHURRIED
@given(MARKUP)
def test_any_bytes_are_a_list_of_feeds_or_said_to_be_none(body):
    try:
        outlines = parse_opml(body)
    except InvalidFeedError:
        return
    assert all(is_absolute(outline.url) for outline in outlines)


@UNHURRIED
@given(OUTLINES, LABELS)
def test_a_list_that_goes_out_comes_back(outlines, title):
    back = parse_opml(render_opml(outlines, title=title))
    assert sorted(back, key=lambda outline: outline.url) == sorted(
        (Outline(each.url, "" if each.title == each.url else each.title, each.folder) for each in outlines),
        key=lambda outline: outline.url,
    )


@given(st.text(max_size=40) | st.text(max_size=40).map("https://A.example/?utm_source=x&".__add__))
def test_a_plain_url_stays_as_it_is_and_any_text_has_likely_feeds_and_sitemaps(text):
    plain = plain_url(text)
    assert plain_url(plain) == plain
    assert all(is_absolute(url) for url in likely_feed_urls(text))
    named = sitemap_urls(f"Sitemap: {text}\n{text}".encode(), "https://a.example/robots.txt")
    assert len(named) <= MAX_SITEMAPS
    assert all(is_absolute(url) for url in named)
