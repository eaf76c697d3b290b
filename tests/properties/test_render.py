"""Promise 5: nothing rendered exceeds a limit of Discord's, nothing is cut, and nothing of others' text works."""

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace

from hypothesis import HealthCheck, given, settings, strategies as st
from icalendar import Calendar

from bot.marks import mark_of, marked
from bot.render import (
    Message,
    render_articles,
    render_commitments,
    render_digest,
    render_due,
    render_entry,
    render_page,
    render_quotes,
    render_reminder,
    render_sources,
)
from bot.render.exports import ExportFormat, pick_dated, write_export
from bot.render.limits import breaches
from bot.render.markup import read_lines, read_pieces
from bot.render.text import clean, escape, link, plain, safe_url, shorten, shorten_plain
from digest import due_on
from digest.model import ArticleHit, Delivery, Digest, Period, QuoteHit, QuoteKind, Source, SourceStatus, Story
from tests import hostile
from tests.builders import NOW

ESCAPE = re.compile(r"\\[^0-9A-Za-z\s]")
STAMP = re.compile(r"<t:-?\d{1,13}:[DfR]>")
LINK = re.compile(r"\[[^\[\]\n]*\]\(https?://[A-Za-z0-9/%:=&?+!$,;._~#-]+\)")
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def check_limits(payload):
    """Discord's own numbers, written down here a second time."""
    message = json.loads(payload)
    embeds = message["embeds"]
    assert units(message["content"]) <= 2000
    assert message["content"].strip() or embeds
    assert len(embeds) <= 10
    total = 0
    for embed in embeds:
        sizes = {
            256: [embed.get("title", ""), embed.get("author", {}).get("name", "")],
            4096: [embed.get("description", "")],
            2048: [embed.get("footer", {}).get("text", "")],
        }
        for limit, parts in sizes.items():
            assert all(units(part) <= limit for part in parts)
            total += sum(map(units, parts))
        for field in embed.get("fields", ()):
            assert 0 < units(field["name"].strip()) <= 256
            assert 0 < units(field["value"].strip()) <= 1024
            total += units(field["name"]) + units(field["value"])
        assert len(embed.get("fields", ())) <= 25
        assert embed.get("title") or embed.get("description")
    assert total <= 6000


def check_harmless(payload):
    """What is left after escapes, our dates, our links and our bold has nothing in it that Discord acts on."""
    message = json.loads(payload)
    live = [message["content"].replace(f"<@&{message.get('role')}>", "", 1)]
    for story in message.get("stories", ()):
        check_visible("".join(story[1:]))
        assert all(0 < units(label) <= 100 for label in story[1:])
    for embed in message["embeds"]:
        live += [embed.get("title", ""), embed.get("description", "")]
        dead = embed.get("author", {}).get("name", "") + embed.get("footer", {}).get("text", "")
        check_visible(dead)
        assert not re.search(r"<[@#/:]|@everyone|@here|discord\.gg|/invite\b", dead, re.IGNORECASE)
        for url in (embed.get("url", ""), embed.get("thumbnail", {}).get("url", "")):
            assert not url or safe_url(url) == url
    for text in live:
        check_visible(text)
        assert not re.search(r"@(everyone|here)", text, re.IGNORECASE)
        assert not re.search(r"discord\.gg|discord(app)?\.com/invite", text, re.IGNORECASE)
        rest = LINK.sub("", STAMP.sub("", ESCAPE.sub("x", text))).replace("**", "")
        for line in rest.split("\n"):
            ours = re.sub(r"^(> |-# )", "", line)
            assert not re.search(r"[*_~`|<>\[\]@#\\]", ours), line
            assert not re.match(r"[-+] |\d+[.)] ", ours), line


def check_visible(text):
    assert not {unicodedata.category(c) for c in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def check(payload):
    delivery = Delivery(1, 1, 1, 1, 1, payload, "nonce")
    check_limits(payload)
    check_limits(json.dumps(marked(json.loads(payload), mark_of(delivery))))
    check_harmless(payload)
    assert breaches(Message.from_json(payload)) == ()
    assert Message.from_json(payload).to_json() == payload


@slow
@given(hostile.digests())
def test_no_digest_exceeds_a_limit_or_lets_a_word_act(digest):
    payloads = [part.payload for part in render_digest(digest)]
    assert payloads
    for payload in payloads:
        check(payload)


@settings(slow, max_examples=30)
@given(hostile.digests())
def test_a_page_of_any_digest_loads_nothing_and_runs_nothing(digest):
    page = render_page([part.payload for part in render_digest(digest)], title=digest.name, zone=digest.zone)
    tags = re.findall(r"<(\w+)[^<>]*>", page)
    assert not set(tags) & {"script", "img", "iframe", "object", "embed", "form", "audio", "video"}
    assert not re.search(r"<[^<>]+\s(on\w+|src)=", page)
    assert not re.search(r"""href=(?!"(https?://|data:,))""", page)


@slow
@given(hostile.briefs())
def test_words_in_quotation_marks_are_whole_spans(brief):
    # An outlet's name or a headline may have marks of its own.
    unmarked = {name: re.sub("[“”]", "'", getattr(brief.article, name)) for name in ("text", "site", "title", "byline")}
    brief = replace(brief, article=replace(brief.article, **unmarked))
    parts = render_digest(Digest("News", Period(NOW, NOW), "UTC", (Story("x", (brief,)),) * 9))
    spans = {span for quote in brief.quotes for span in quote.spans}
    for one in brief.commitments:
        spans |= {one.what, one.condition, one.deadline and one.deadline.span}
    whole = {clean(brief.words(span)) for span in spans if span}
    for payload in (part.payload for part in parts):
        for embed in Message.from_json(payload).embeds:
            shown = "\n".join("".join(p.text for p in line.pieces) for line in read_lines(embed.description))
            for words in re.findall("“([^”]*)”", shown):
                assert words in whole or any(words.endswith(one) for one in whole)


@given(hostile.texts())
def test_escaped_text_shows_as_it_is(text):
    shown = read_pieces(escape(text))
    assert "".join(piece.text for piece in shown) == clean(text)
    assert len(shown) <= 1
    assert not any(piece.url or piece.is_bold or piece.is_code or piece.is_time for piece in shown)


@given(hostile.texts())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert plain(plain(text)) == plain(text)
    assert unicodedata.is_normalized("NFC", clean(text))


@given(hostile.texts(), st.integers(4, 300))
def test_what_is_shortened_fits_and_is_the_beginning(text, limit):
    for shortened, whole in ((shorten(text, limit), escape(text)), (shorten_plain(text, limit), plain(text))):
        assert units(shortened) <= limit
        assert shortened == whole or (shortened.endswith("…") and units(whole) > limit)
    shown = "".join(piece.text for piece in read_pieces(shorten(text, limit)))
    assert clean(text).startswith(shown.removesuffix("…"))


@given(hostile.urls())
def test_a_safe_url_is_plain_and_stays_as_it_is(url):
    safe = safe_url(url)
    assert not safe or re.fullmatch(r"https?://[A-Za-z0-9/%:=&?+!$,;._~#-]+", safe)
    assert safe_url(safe) == safe


@given(hostile.texts(), hostile.urls())
def test_a_link_leads_where_it_says_or_is_none(label, url):
    linked = link(label, url)
    shown = read_pieces(linked)
    assert {piece.url for piece in shown} <= {safe_url(url), ""}
    assert "".join(piece.text for piece in shown) == "".join(piece.text for piece in read_pieces(shorten(label, 100)))


HITS = st.lists(
    st.builds(
        ArticleHit,
        id=st.just(1),
        title=hostile.texts(),
        url=hostile.urls(),
        site=hostile.texts(),
        published_at=st.none(),
        lead=hostile.texts(200),
    ),
    max_size=5,
)
QUOTES = st.lists(
    st.builds(
        QuoteHit,
        id=st.just(1),
        kind=st.sampled_from(QuoteKind),
        words=st.lists(hostile.texts(200), max_size=3).map(tuple),
        speaker=st.none() | hostile.texts(),
        role=st.none() | hostile.texts(),
        title=hostile.texts(),
        url=hostile.urls(),
        site=hostile.texts(),
        published_at=st.none(),
    ),
    max_size=5,
)
SOURCES = st.builds(Source, url=hostile.urls(), name=hostile.texts())
STATUSES = st.lists(st.builds(SourceStatus, SOURCES, st.none(), st.none() | hostile.failures()), max_size=60)


@settings(slow, max_examples=60)
@given(st.lists(hostile.entries(), min_size=1, max_size=4), st.dates())
def test_no_card_list_or_answer_of_the_ledger_exceeds_a_limit_or_lets_a_word_act(entries, today):
    messages = [render_entry(entry, today=today).to_json() for entry in entries]
    answer = render_reminder(entries, "Europe/Berlin")
    for payload in (*messages, render_due(entries, 7).to_json(), answer):
        check_limits(payload)
        check_harmless(payload)
    check(answer)


@settings(slow, max_examples=60)
@given(st.lists(hostile.entries(), max_size=3), st.integers(0, 20_000))
def test_any_ledger_is_written_whole_and_within_its_room(entries, room):
    for form in ExportFormat:
        pieces = list(write_export(pick_dated(entries), form, guild_id=1, now=NOW, most_bytes=room))
        held = len(pieces) - 2
        assert held == 0 or sum(map(len, pieces)) <= room
        content = b"".join(pieces)
        if form is ExportFormat.JSON:
            assert [one["id"] for one in json.loads(content)["commitments"]] == [
                one.id for one in entries if due_on(one)
            ][:held]
        elif form is ExportFormat.ICS:
            assert len(Calendar.from_ical(content).events) == held
        else:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert len(rows) == 1 + sum(len(one.tellings) for one in pick_dated(entries)[:held])
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@slow
@given(hostile.texts(), HITS, QUOTES, st.lists(hostile.entries(), max_size=5), STATUSES)
def test_no_answer_exceeds_a_limit_or_lets_a_word_act(query, hits, quotes, entries, statuses):
    answers = (
        render_articles(hits, query),
        render_quotes(quotes, query),
        render_commitments(entries, query),
        render_sources(statuses),
    )
    for answer in answers:
        check_limits(answer.to_json())
        if answer.embeds:
            check_harmless(answer.to_json())
