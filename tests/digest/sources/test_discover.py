import pytest

from digest.sources.discover import find_feeds
from digest.sources.links import absolute_url
from tests.builders import page

PAGE_URL = "https://gazette.example/news/"
RSS = 'type="application/rss+xml"'


def feeds(html, **changes):
    return find_feeds(page(html, url=PAGE_URL, **changes))


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
        f'<a rel="alternate" {RSS} href="/feed.xml">',
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
