"""Whatever comes off the wire: only promised errors, only absolute urls, and nobody is led inside."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from urllib.parse import urlsplit

from hypothesis import example, given, settings, strategies as st

from digest.errors import DigestError, InvalidFeedError, UnsafeError
from digest.sources.discover import find_feeds
from digest.sources.feeds import MAX_ENTRIES, MAX_SUMMARY, MAX_TITLE, parse_feed
from digest.sources.guard import check_url, is_public, may_dial
from tests.builders import page
from tests.digest.sources.servers import fetcher, serve_bytes

UNHURRIED = settings(deadline=None)  # the first example loads feedparser; a busy machine is no failure

PIECES = st.sampled_from(
    [
        "rss version='2.0'",
        "rss",
        "feed",
        "channel",
        "item",
        "entry",
        "title",
        "title type='xhtml'",
        "link",
        "guid",
        "html",
    ]
).flatmap(lambda name: st.sampled_from([f"<{name}>", f"</{name}>"])) | st.sampled_from(
    [
        *("pubDate>", "2026-11-23T08:00:00Z", "description>", "<![CDATA[", "]]>", "&amp;", "&#xD800;", "&#0;", "&x;"),
        *("<!--", "-->", "<?xml version='1.0'?>", "<!DOCTYPE x [", "http://a.example/", "<content type='base64'>"),
        *("<base href='/x'>", "<link rel=alternate type=text/xml href=", "<link href='x'/>", "xml:base='http://['"),
        *("<pubDate>", "<description>", "//", "'", '"', "<", ">", "\0", " ", "é", "\u202e"),
    ]
)
BODIES = st.binary(max_size=300) | st.lists(PIECES | st.text(max_size=5), max_size=40).map(
    lambda pieces: "".join(pieces).encode("utf-8", "replace")
)
FEEDS = BODIES.map(lambda body: b"<rss version='2.0'><channel><item><link>http://a.example/</link>" + body)
CHARSETS = st.sampled_from([None, "utf-8", "utf-16", "iso-8859-1", "no-such", "base64", ""])
INSIDE = st.sampled_from(
    ["127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.3.2"]
)


def is_absolute(url):
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


@UNHURRIED
@given(BODIES | FEEDS, CHARSETS)
@example(b"<rss><item><title>&#xD800;</title><link>http://a.example/</link></item>", None)
@example(b"<!DOCTYPE x [", "base64")
def test_any_bytes_are_a_feed_that_keeps_its_promises_or_said_to_be_none(body, charset):
    try:
        feed = parse_feed(page(body, charset=charset))
    except InvalidFeedError:
        return
    assert len(feed.entries) <= MAX_ENTRIES
    assert len({entry.identity for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.identity
        assert is_absolute(entry.url)
        assert len(entry.title) <= MAX_TITLE
        assert len(entry.summary) <= MAX_SUMMARY
        assert "\0" not in entry.identity + entry.title + entry.summary
        (entry.identity + entry.url + entry.title + entry.summary).encode()
        assert entry.published_at is None or entry.published_at.utcoffset().total_seconds() == 0


@UNHURRIED
@given(BODIES, CHARSETS)
def test_any_bytes_name_only_absolute_urls_as_their_feeds(body, charset):
    feeds = [link.url for link in find_feeds(page(body, charset=charset))]
    assert all(is_absolute(url) for url in feeds)
    assert len(set(feeds)) == len(feeds)


HOSTS = st.text(max_size=20) | st.sampled_from(
    ["127.0.0.1", "[::1]", "example.com", "0x7f.1", "a@b", "münchen.example"]
)


@UNHURRIED
@given(
    st.text(max_size=60)
    | st.builds("http{}://{}{}{}".format, st.sampled_from(["", "s"]), HOSTS, st.text(max_size=6), st.text())
)
@example("http://xn--/")
@example("http://[v1.example]/")
def test_any_text_is_refused_or_a_url_that_stays_as_it_is(text):
    try:
        url = check_url(text)
    except UnsafeError:
        return
    assert check_url(url) == url
    assert url.isascii()
    assert is_absolute(url)
    parts = urlsplit(url)
    assert parts.username is None
    assert (parts.port or 80) in {80, 443}
    assert "." in parts.hostname or is_public(parts.hostname)


@UNHURRIED
@given(INSIDE.map(IPv4Address), st.integers(0, 2**64 - 1))
def test_no_wrapping_makes_an_inside_address_public(inside, noise):
    number = int(inside)
    wrapped = [
        number,
        0xFFFF << 32 | number,
        0xFFFF << 48 | number,
        0x64FF9B << 96 | number,
        0x2002 << 112 | number << 80 | noise,
        0x20010000 << 96 | number << 64 | (noise & 0xFFFFFFFF),
        0x20010000 << 96 | 0x08080808 << 64 | (noise & 0xFFFF << 32) | (number ^ 0xFFFFFFFF),
    ]
    assert not is_public(inside)
    assert not [IPv6Address(each) for each in wrapped if is_public(IPv6Address(each))]


@UNHURRIED
@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_python_calls_private_is_never_public(address):
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_public(address)
    assert is_public(address) == may_dial(address) == is_public(str(address)) == is_public(f"::ffff:{address}")


@UNHURRIED
@given(st.ip_addresses(v=6))
def test_what_python_calls_private_in_ipv6_is_never_public(address):
    is_wrapped = address.ipv4_mapped or address.sixtofour or address.teredo or address in IPv6Network("64:ff9b::/96")
    if not is_wrapped and (not address.is_global or address.is_multicast or address.is_reserved):
        assert not is_public(address)


@UNHURRIED
@given(st.lists(st.binary(max_size=200), max_size=3), st.booleans())
def test_any_bytes_on_the_wire_are_a_page_or_a_promised_error(chunks, is_http):
    async def write(writer):
        if is_http:
            writer.write(b"HTTP/1.1 200 OK\r\n")
        for chunk in chunks:
            writer.write(chunk)

    async def fetch():
        async with serve_bytes(write) as origin, fetcher(total_seconds=2) as client:
            try:
                return await client.fetch(origin)
            except DigestError as error:
                return error

    result = asyncio.run(fetch())
    assert result.url.startswith("http://127.0.0.1")
