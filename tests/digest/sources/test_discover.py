import pytest

from digest.model import FeedLink
from digest.sources.discover import MAX_FEEDS, MAX_SITEMAPS, find_feeds, likely_feed_urls, sitemap_urls
from digest.sources.links import absolute_url
from tests.builders import page

PAGE_URL = "https://gazette.example/news/"
RSS = 'type="application/rss+xml"'


def feeds(html, **changes):
    return tuple(link.url for link in find_feeds(page(html, url=PAGE_URL, **changes)))


def test_the_feeds_of_a_page_come_in_its_order_and_absolute():
    html = f"""<!doctype html><html><head>
      <link rel="stylesheet" href="/style.css"><link rel="alternate" hreflang="de" href="/de/">
      <link rel="alternate" {RSS} title="News" href="feed.xml">
      <LINK REL='Alternate Home' TYPE='Application/Atom+XML; charset=utf-8' HREF='//cdn.example/atom'>
      <link rel="alternate" {RSS} href="https://gazette.example/news/feed.xml"></head><body>
      <link rel="alternate" {RSS} href="/late.xml"></body></html>"""
    assert feeds(html) == (
        "https://gazette.example/news/feed.xml",
        "https://cdn.example/atom",
        "https://gazette.example/late.xml",
    )


def test_relative_links_count_from_the_base_of_the_page():
    html = f'<head><base href="/other/"><link rel="alternate" {RSS} href="feed.xml"></head>'
    assert feeds(html) == ("https://gazette.example/other/feed.xml",)


@pytest.mark.parametrize("base", ["javascript:alert(1)", "", "http://[::1", "ftp://a.example/"])
def test_a_base_that_is_none_is_ignored(base):
    html = f'<base href="{base}"><link rel="alternate" {RSS} href="feed.xml">'
    assert feeds(html) == ("https://gazette.example/news/feed.xml",)


@pytest.mark.parametrize(
    "link",
    [
        f'<link rel="alternate" {RSS}>',
        f'<link rel="alternate" {RSS} href="">',
        f'<link rel="alternate" {RSS} href="javascript:alert(1)">',
        f'<link rel="alternate" {RSS} href="file:///etc/passwd">',
        f'<link rel="alternate" {RSS} href="http://[::1">',
        '<link rel="alternate" href="/feed.xml">',
        '<link rel="alternate" type="text/html" href="/m/">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed">',
        f'<link {RSS} href="/feed.xml">',
        f'<link rel="alternate stylesheet" {RSS} href="/feed.xml">',
        f'<!-- <link rel="alternate" {RSS} href="/feed.xml"> -->',
        f'<script>"<link rel=alternate {RSS} href=/feed.xml>"</script>',
        f'<a rel="alternate" {RSS} href="/news">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">',
    ],
)
def test_what_names_no_feed_is_left_out(link):
    assert feeds(f"<html><head>{link}</head><body><p>Hello</p></body></html>") == ()


@pytest.mark.parametrize(
    "body", [b"", b" ", b"\0", b"\xff\xfe", b"<", b"hello", b"<!--", b"<rss version='2.0'/>", b"{}"]
)
def test_what_is_no_page_names_no_feed(body):
    assert feeds(body) == ()


@pytest.mark.parametrize("charset", [None, "utf-8", "iso-8859-1", "no-such", "", "utf-16"])
def test_an_unknown_charset_hides_no_feed(charset):
    html = f'<title>é</title><link rel="alternate" {RSS} href="/feed.xml">'
    encoding = "utf-16" if charset == "utf-16" else "utf-8"
    assert feeds(html.encode(encoding), charset=charset) == ("https://gazette.example/feed.xml",)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("x", "https://gazette.example/news/x"),
        (" \n/x\n ", "https://gazette.example/x"),
        ("https://a.example/long\n/path", "https://a.example/long/path"),
        ("?q=1", "https://gazette.example/news/?q=1"),
        ("//b.example", "https://b.example"),
        ("HTTPS://B.example/", "https://B.example/"),
        ("", ""),
        ("mailto:a@b.example", ""),
        ("http://", ""),
        ("http://:80/", ""),
        ("http://[", ""),
        ("/\x00", ""),
        ("/" + "x" * 3000, ""),
    ],
)
def test_a_link_becomes_an_absolute_url_or_none(link, url):
    assert absolute_url(PAGE_URL, link) == url


def test_a_feed_is_offered_with_its_title_declared_ones_first_and_those_of_comments_last():
    html = f"""<a href="/all.rss">All  <b>n</b>ews</a><a href="/de/feed/atom">German</a>
      <link rel="alternate" {RSS} title="Gazette » Comments" href="/comments/feed/">
      <link rel="alternate" type="application/feed+json" title=" Gazette
 JSON " href="/feed.json">"""
    assert find_feeds(page(html, url=PAGE_URL)) == (
        FeedLink("https://gazette.example/feed.json", "Gazette JSON"),
        FeedLink("https://gazette.example/comments/feed/", "Gazette » Comments"),
        FeedLink("https://gazette.example/all.rss", "All news"),
        FeedLink("https://gazette.example/de/feed/atom", "German"),
    )


@pytest.mark.parametrize(
    "href",
    ["/rss", "/feed/", "/atom.xml", "/sport/rss.xml", "/x.rdf", "/feed.json", "/?feed=rss2", "/index.php?format=feed"],
)
def test_a_link_that_plainly_leads_to_a_feed_names_it(href):
    assert feeds(f'<a href="{href}#top">Subscribe</a>') == (f"https://gazette.example{href}",)


@pytest.mark.parametrize(
    "href",
    [
        "/feeds/",
        "/rss-help.html",
        "/newsfeed",
        "/feedback",
        "/sitemap.xml",
        "https://reader.example/subscribe/https://gazette.example/rss.xml",
        "https://reader.example/feed?url=https%3A%2F%2Fgazette.example%2Frss.xml",
        "/news/",
    ],
)
def test_a_link_that_leads_elsewhere_names_no_feed(href):
    assert feeds(f'<a href="{href}">RSS</a>') == ()


def test_of_many_feeds_the_first_ten_are_offered():
    html = "".join(f'<a href="/{number}.rss">x</a>' for number in range(50))
    assert feeds(html) == tuple(f"https://gazette.example/{number}.rss" for number in range(MAX_FEEDS))


@pytest.mark.parametrize("path", ["blog/2026/x.html?a=1", "blog/", "blog/x"])
def test_likely_feeds_are_those_of_the_site_and_then_of_the_folder(path):
    likely = likely_feed_urls(f"https://gazette.example/{path}")
    assert likely[:2] == ("https://gazette.example/feed", "https://gazette.example/rss")
    assert likely[-1] == "https://gazette.example/blog/feed"
    assert len(set(likely)) == len(likely) == 8


@pytest.mark.parametrize("path", ["", "/", "/x.html", "/the-harbour-story", "/2024/11/ferry", "/2024/", "//"])
def test_what_is_no_folder_has_no_feed_of_its_own(path):
    likely = likely_feed_urls(f"https://gazette.example{path}")
    assert likely[0] == "https://gazette.example/feed"
    assert len(likely) == 7


def test_what_was_asked_already_is_no_likely_feed():
    assert "https://gazette.example/feed" not in likely_feed_urls("https://gazette.example/feed")


@pytest.mark.parametrize("url", ["", "feed", "ftp://gazette.example/", "http://[::1"])
def test_what_is_no_address_of_the_web_has_no_likely_feed(url):
    assert likely_feed_urls(url) == ()


def test_the_sitemaps_of_a_robots_txt_come_absolute_once_and_news_first():
    robots = """User-agent: *
Disallow: /sitemap
Sitemap: https://gazette.example/sitemap.xml
SITEMAP : /sitemaps/News.xml # of two days
sitemap:https://gazette.example/sitemap.xml
Sitemap: file:///etc/passwd
Sitemap:
"""
    assert sitemap_urls(robots.encode(), "https://gazette.example/robots.txt") == (
        "https://gazette.example/sitemaps/News.xml",
        "https://gazette.example/sitemap.xml",
    )


@pytest.mark.parametrize("field", ["sitemap", "Site-map", "Sitemaps", "\ufeffSitemap"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_sitemaps_are_found_behind_any_line_end_and_by_common_misspellings(field, end):
    robots = f"{field}: /1.xml{end}Disallow: /{end}{end}Sitemap: /2.xml"
    assert sitemap_urls(robots.encode(), "https://gazette.example/robots.txt") == (
        "https://gazette.example/1.xml",
        "https://gazette.example/2.xml",
    )


def test_of_many_sitemaps_five_are_taken():
    robots = "\n".join(f"Sitemap: https://gazette.example/{number}.xml" for number in range(9_000))
    assert len(sitemap_urls(robots.encode(), "https://gazette.example/robots.txt")) == MAX_SITEMAPS
