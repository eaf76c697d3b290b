import json
from datetime import UTC, datetime

import pytest

from digest.errors import InvalidFeedError
from digest.model import Entry
from digest.sources.entries import MAX_ENTRIES, MAX_SECTION, MAX_SECTIONS, MAX_SUMMARY, MAX_TITLE
from digest.sources.feeds import parse_feed
from tests.builders import page

FEED_URL = "https://gazette.example/d/feed.json"
V1, V11 = "https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"


def body(*items, version=V11, **said):
    return json.dumps({"version": version, "title": "Gazette", "items": items, **said}).encode()


def feed(content, **changes):
    return parse_feed(page(content, url=FEED_URL, **changes))


def only_entry(item, **said):
    (entry,) = feed(body(item, **said)).entries
    return entry


def test_a_json_feed_gives_its_entries_as_any_feed_does():
    item = {
        "id": "ports-1",
        "url": "../1?utm_source=json",
        "title": "Ports",
        "content_html": "<p>One.</p><p>Two.</p><script>x()</script>",
        "date_published": "2026-11-23T08:00:00.5+01:00",
        "authors": [{"name": "Ada Quill"}, {"url": "https://bo.example"}, {"name": "Bo Reed"}],
        "tags": ["sea", "trade", "sea", ""],
        "language": "en_GB",
    }
    parsed = feed(body(item, language="en"), media_type="application/octet-stream")
    assert (parsed.title, parsed.language, parsed.asked_every) == ("Gazette", "en", None)
    assert parsed.entries == (
        Entry(
            identity="ports-1",
            url="https://gazette.example/1?utm_source=json",
            title="Ports",
            summary="One. Two.",
            published_at=datetime(2026, 11, 23, 7, tzinfo=UTC),
            author="Ada Quill, Bo Reed",
            sections=("sea", "trade"),
            language="en-gb",
        ),
    )


def test_version_1_with_its_one_author_is_read():
    parsed = feed(
        body({"id": 7, "url": "/1"}, {"url": "/2", "author": {"name": "Bo"}}, version=V1, author={"name": "Ada"})
    )
    assert [(entry.identity, entry.author) for entry in parsed.entries] == [
        ("7", "Ada"),
        ("https://gazette.example/2", "Bo"),
    ]


def test_a_summary_goes_before_text_and_text_before_html():
    texts = {"content_html": "<b>c</b>", "content_text": "5 < 6", "summary": "a"}
    assert only_entry({"url": "/1", **texts}).summary == "a"
    del texts["summary"]
    assert only_entry({"url": "/1", **texts}).summary == "5 < 6"


def test_a_link_elsewhere_stands_in_for_a_missing_url_and_an_update_for_a_missing_date():
    entry = only_entry({"external_url": "https://other.example/1", "date_modified": "2026-11-23"})
    assert (entry.url, entry.published_at) == ("https://other.example/1", datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_of_json_is_understood(encoding):
    text = json.dumps({"version": V11, "items": [{"url": "/1", "title": "é"}]}, ensure_ascii=False)
    assert [entry.title for entry in feed(text.encode(encoding)).entries] == ["é"]


def test_latin_1_inside_costs_a_character_only():
    (entry,) = feed(body({"url": "/1", "title": "caf@"}).replace(b"@", b"\xe9")).entries
    assert entry.title == "caf\ufffd"


@pytest.mark.parametrize(
    "item",
    [
        {"id": "x"},
        {"url": "javascript:x()"},
        {"url": ["/1"]},
        {"url": {"a": 1}},
        {"url": True},
        "text",
        None,
        [],
    ],
)
def test_an_entry_that_leads_nowhere_is_left_out(item):
    assert [entry.url for entry in feed(body(item, {"url": "/2"})).entries] == ["https://gazette.example/2"]


def test_values_of_the_wrong_type_cost_only_themselves():
    wrong = {"title": 1, "summary": [], "date_published": 5, "authors": {"name": 1}, "author": 3, "tags": "x", "id": {}}
    entry = only_entry({"url": "/1", "language": 4, **wrong}, authors=[[1], {"name": 2}])
    assert entry == Entry("https://gazette.example/1", "https://gazette.example/1")


def test_long_values_are_cut_and_long_feeds_keep_both_ends():
    long = {"title": "w " * 9_000, "content_text": "w " * 9_000, "tags": ["t" * 999, *map(str, range(999))]}
    items = ({"url": f"/{number}", **(long if number == 0 else {})} for number in range(50_000))
    entries = feed(body(*items)).entries
    assert (len(entries), entries[-1].url) == (MAX_ENTRIES, "https://gazette.example/49999")
    assert len(entries[0].title) <= MAX_TITLE
    assert len(entries[0].summary) <= MAX_SUMMARY
    assert len(entries[0].sections) == MAX_SECTIONS
    assert len(entries[0].sections[0]) == MAX_SECTION


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{}", "no feed"),
        (b'{"version": 2, "items": []}', "no feed"),
        (b'{"version": "https://jsonfeed.org/version/2", "items": []}', "no feed"),
        (b'{"error": "log in", "version": "1.1"}', "no feed"),
        (body({"url": "/1"})[:-5], "broken"),
        (b'{"version": ' + b"9" * 5_000 + b"}", "broken"),
        (b'{"a":' * 2_000_000, "broken"),
        (b'{"a":' + b"[" * 10_000_000, "broken"),
    ],
)
def test_other_json_and_broken_json_is_said_to_be_no_feed(content, why):
    with pytest.raises(InvalidFeedError, match=why):
        feed(content)
