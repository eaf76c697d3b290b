"""How sources are shown: what can be followed, how they do and what to do, what filters let through."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render.message import Message
from bot.render.sources import (
    render_health,
    render_list,
    render_notice,
    render_offers,
    render_sources,
    render_tried,
    show_filters,
    show_imported,
)
from bot.render.terminal import render_sentence
from bot.texts import sources as words
from digest.model import Entry, Failure, FailureKind, Filters, Imported, Offer, Source, SourceKind, SourceStatus
from digest.sources.opml import parse_opml
from tests.builders import NOW, source

SECRET = "https://gazette.example/feed/k3y?token=s3cret"
STAMP = "<t:1795420800:D>"


def entry(title="Ports agree", **changes):
    return Entry(**({"identity": title, "url": f"{SECRET}#{title}", "title": title} | changes))


def failing(kind=FailureKind.MISSING, status=404, **changes):
    return SourceStatus(source(url=SECRET), None, Failure("Harbour Gazette", kind, status, NOW), **changes)


def described(message):
    return message.embeds[0].description.split("\n")


def test_an_offer_shows_its_kind_how_much_it_lists_and_the_newest_three():
    newest = (entry("One", published_at=NOW), entry("T*wo"), entry(""))
    message = render_offers((Offer(source(url=SECRET), newest, 24),))
    assert message.embeds[0].title == "Found at gazette\\.example"
    assert described(message) == [
        "**1 · Harbour Gazette** · feed · lists 24 entries",
        "• One · <t:1795420800:R>",
        "• T\\*wo",
        "• gazette\\.example",
    ]


def test_a_feed_that_lists_nothing_says_so_and_a_single_page_lists_nothing_by_nature():
    feed = Offer(source(url=SECRET))
    page = Offer(source(url=SECRET, kind=SourceKind.PAGE))
    assert described(render_offers((feed, page))) == [
        "**1 · Harbour Gazette** · feed · lists 0 entries",
        "• nothing yet",
        "",
        "**2 · Harbour Gazette** · this one page, as an article",
    ]


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_reason_and_an_advice_in_what_users_see(kind):
    shown = described(render_health([failing(kind)]))
    assert shown[0] == f"⚠️ Harbour Gazette: {words.FAILURE_REASONS[kind]} (HTTP 404), since {STAMP}"
    assert shown[1].startswith("-# ")
    assert render_sentence(shown[1]) == words.FAILURE_ADVICE[kind]


def test_health_tells_of_failing_paused_gone_and_silent_sources_only():
    silent = SourceStatus(source(name="Quay", url=SECRET), NOW, silent_since=NOW)
    statuses = [
        SourceStatus(source()),
        failing(),
        failing(is_paused=True),
        failing(FailureKind.GONE, 410, is_paused=True),
    ]
    shown = described(render_health([*statuses, silent]))
    assert shown[::3] == [
        f"⚠️ Harbour Gazette: is not there (HTTP 404), since {STAMP}",
        f"⏸️ paused, tried once a day · Harbour Gazette: is not there (HTTP 404), since {STAMP}",
        f"⏹️ Harbour Gazette: is gone for good (HTTP 410), since {STAMP}",
        f"**Quay** · 💤 answers, but lists nothing new since {STAMP}",
    ]
    assert shown[10] == f"-# {words.SILENT_ADVICE}"


@pytest.mark.parametrize(("number", "counted"), [(1, "1 source followed"), (3, "3 sources followed")])
def test_health_says_when_nothing_is_wrong(number, counted):
    assert counted in render_health([SourceStatus(source())] * number).content
    assert "/source add" in render_health([]).content


def test_a_notice_names_what_is_paused_and_how_it_comes_back():
    payload = render_notice([failing(is_paused=True)] * 90)
    message = Message.from_json(payload)
    assert message.to_json() == payload
    assert "Harbour Gazette" in described(message)[0]
    assert described(message)[-1] == words.NOTICE_FOOT
    assert described(message)[-3].endswith(" more")


def test_a_list_shows_what_is_let_through():
    status = SourceStatus(source(url=SECRET), NOW - timedelta(hours=1), filters=Filters(keywords=("port", "rail")))
    assert described(render_sources([status])) == [
        "**Harbour Gazette** · gazette\\.example · read <t:1795417200:R>",
        "🔎 with “port” or “rail”",
    ]


def test_filters_are_said_by_kind_and_many_words_are_counted():
    many = tuple(f"w{number}" for number in range(9))
    assert show_filters(Filters(without=("a",), authors=many, sections=("b", "c"), languages=("en",))) == (
        "without “a” · by “w0” or “w1” or “w2” or “w3” or “w4” or 4 more · filed under “b” or “c” · in “en”"
    )
    assert show_filters(Filters()) == ""


def test_what_was_tried_is_marked_and_counted():
    shown = described(render_tried("Quay", [(entry("One"), True), (entry(""), False)]))
    assert shown == ["1 of the newest 2 pass.", "✅ One", "✖️ gazette\\.example"]
    assert described(render_tried("Quay", [])) == [words.TRIED_NOTHING]


def test_an_import_says_what_was_added_known_failed_and_left():
    failed = tuple(Failure(f"Paper {number}", FailureKind.NO_NAME, None, NOW) for number in range(12))
    lines = show_imported(Imported(2, 1, failed, 40)).split("\n")
    assert lines[:4] == [
        "Following 2 sources from the list.",
        "1 were followed already.",
        "12 could not be added:",
        "• Paper 0: its name cannot be found",
    ]
    assert lines[4:13] == [f"• Paper {number}: its name cannot be found" for number in range(1, 10)]
    assert lines[13:] == ["Time ran out: import the list again for the 40 that are left."]
    assert show_imported(Imported(0, 0, (), 0)) == words.IMPORT_EMPTY
    assert "the 3 that are left" in show_imported(Imported(0, 0, (), 3))


def test_no_message_shows_more_of_an_address_than_its_host():
    nameless = replace(failing(), source=Source(SECRET, "", id=1), failure=None, silent_since=NOW)
    shown = [
        render_offers([Offer(nameless.source, (entry(""),), 1)]).to_json(),
        render_sources([nameless]).to_json(),
        render_health([nameless, failing()]).to_json(),
        render_notice([nameless, failing()]),
        render_tried("", [(entry(""), True)]).to_json(),
    ]
    assert "gazette" in "".join(shown)
    assert "s3cret" not in "".join(shown)
    assert "k3y" not in "".join(shown)


def test_an_export_is_read_back_with_names_and_whole_addresses():
    sentence, content = render_list([SourceStatus(source(url=SECRET, name="A & <B>"))])
    (outline,) = parse_opml(content)
    assert (outline.url, outline.title) == (SECRET, "A & <B>")
    assert sentence.startswith("1 source,")
