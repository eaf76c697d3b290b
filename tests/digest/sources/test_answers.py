from datetime import timedelta

import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from digest.sources.answers import fresh_for, moved_to, retry_after, terms_of

WEEK = timedelta(days=7)
DATE = ("Date", "Mon, 23 Nov 2026 08:00:00 GMT")


def headers(*pairs):
    return CIMultiDictProxy(CIMultiDict(pairs))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 18, WEEK.total_seconds()),
        ("9" * 5000, None),
        ("Mon, 23 Nov 2026 08:10:00 GMT", 600),
        ("Monday, 23-Nov-26 08:10:00 GMT", 600),
        ("Mon Nov 23 08:10:00 2026", 600),
        ("Mon, 23 Nov 2026 10:10:00 +0200", 600),
        ("Mon, 23 Nov 2026 07:00:00 GMT", None),
        ("Fri, 23 Nov 2126 08:00:00 GMT", WEEK.total_seconds()),
        ("Mon, 99 Nov 2026 08:10:00 GMT", None),
        ("Mon, 23 Nov 99999999999999999999 08:10:00 GMT", None),
    ],
)
def test_a_server_says_how_long_to_wait_in_seconds_or_as_a_date(value, seconds):
    wait = retry_after(headers(DATE, ("Retry-After", value)))
    assert wait == (None if seconds is None else timedelta(seconds=seconds))


def test_a_date_without_the_date_of_the_answer_says_nothing():
    assert retry_after(headers(("Retry-After", "Mon, 23 Nov 2026 08:10:00 GMT"))) is None
    assert retry_after(headers()) is None


@pytest.mark.parametrize(
    ("pairs", "seconds"),
    [
        ([], None),
        ([("Cache-Control", "max-age=600")], 600),
        ([("cache-control", "public, Max-Age=600, s-maxage=9")], 600),
        ([("Cache-Control", 'max-age="600"')], 600),
        ([("Cache-Control", "public"), ("Cache-Control", "max-age=600")], 600),
        ([("Cache-Control", "max-age=600"), ("Age", "100")], 500),
        ([("Cache-Control", "max-age=600"), ("Age", "700")], None),
        ([("Cache-Control", "max-age=600"), ("Age", "old")], 600),
        ([("Cache-Control", "max-age=0"), DATE, ("Expires", "Mon, 23 Nov 2026 09:00:00 GMT")], None),
        ([("Cache-Control", "max-age=-1")], None),
        ([("Cache-Control", "max-age=a lot")], None),
        ([("Cache-Control", "max-age=31536000")], WEEK.total_seconds()),
        ([("Cache-Control", "no-cache, max-age=600")], None),
        ([("Cache-Control", "max-age=600"), ("Cache-Control", "no-store")], None),
        ([("Cache-Control", "s-maxage=600")], None),
        ([DATE, ("Expires", "Mon, 23 Nov 2026 09:00:00 GMT")], 3600),
        ([DATE, ("Expires", "Mon, 23 Nov 2026 07:00:00 GMT")], None),
        ([DATE, ("Expires", "0")], None),
        ([("Expires", "Mon, 23 Nov 2026 09:00:00 GMT")], None),
        ([("Cache-Control", "public"), DATE, ("Expires", "Mon, 23 Nov 2026 09:00:00 GMT")], 3600),
    ],
)
def test_a_server_says_how_long_its_answer_stays_good(pairs, seconds):
    assert fresh_for(headers(*pairs)) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("pairs", "terms"),
    [
        ([], ()),
        ([("X-Robots-Tag", "noarchive, max-snippet: 50")], ("noarchive, max-snippet: 50",)),
        ([("X-Robots-Tag", "nosnippet"), ("x-robots-tag", "NOARCHIVE")], ("nosnippet", "NOARCHIVE")),
        (
            [("X-Robots-Tag", "other: noarchive, onrecord: nosnippet"), ("X-Robots-Tag", "max-snippet:20")],
            ("other: noarchive, onrecord: nosnippet", "max-snippet:20"),
        ),
        ([("TDM-Reservation", " 1 ")], ("tdm-reservation: 1",)),
        ([("TDM-Reservation", "0")], ("tdm-reservation: 0",)),
        ([("TDM-Reservation", "2")], ()),
        ([("TDM-Reservation", "0"), ("TDM-Reservation", "1")], ("tdm-reservation: 1",)),
        ([("tdm-reservation", "1"), ("X-Robots-Tag", "noarchive")], ("noarchive", "tdm-reservation: 1")),
    ],
)
def test_headers_say_on_which_terms_a_page_is_used(pairs, terms):
    assert terms_of(headers(*pairs)) == terms


@pytest.mark.parametrize(
    ("hops", "is_moved"),
    [([], False), ([301], True), ([308, 301], True), ([301, 302], False), ([307], False), ([303, 301], False)],
)
def test_a_page_has_moved_where_every_redirect_is_permanent(hops, is_moved):
    assert moved_to(hops, "https://new.example/") == ("https://new.example/" if is_moved else "")
