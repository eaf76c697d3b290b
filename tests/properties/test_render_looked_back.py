"""Promise 5 for what is looked back at: within Discord's limits, nothing of others' text works, pages load nothing."""

import csv
import io
import json
import re
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from bot.render.articles import render_article, render_commitments_of, render_quotes_of
from bot.render.editions import render_edition_page
from bot.render.embeds import render_digest
from bot.render.exports import ExportFormat
from bot.render.issued import label_digest, render_day, show_coming
from bot.render.limits import breaches
from bot.render.lookups import render_said
from bot.render.message import Message
from bot.render.quote_exports import write_quotes
from bot.render.recap import render_recap
from bot.render.stale import with_stale
from bot.render.storylines import render_story
from digest import story_quotes
from digest.model import (
    ArticleRecord,
    IssuedDigest,
    Recap,
    RecapStory,
    SpeakerRecord,
    Story,
    StoryRecord,
    StoryStep,
    Summary,
    ToldArticle,
    Trouble,
)
from tests import hostile
from tests.builders import NOW, subscription
from tests.properties.test_render import QUOTES, check_harmless, check_limits, slow

ENTRIES = st.lists(hostile.entries(), max_size=4).map(tuple) | st.builds(lambda one: (one,) * 40, hostile.entries())
TROUBLES = st.none() | st.sampled_from(Trouble)
DAYS = st.integers(1, 10**6)
NAMES = st.lists(hostile.texts(), max_size=60).map(tuple)


def summarised(brief):
    return replace(brief, summary=Summary(tuple(range(len(brief.sentences))), "any"))


BRIEFS = hostile.briefs().map(summarised)
RECORDS = st.builds(
    ArticleRecord,
    id=st.just(1),
    brief=BRIEFS,
    first_read_at=st.just(NOW),
    read_at=st.just(NOW),
    versions=DAYS,
    trouble=TROUBLES,
    troubled_at=st.none() | st.just(NOW),
    entries=ENTRIES,
)
STEPS = st.builds(StoryStep, st.builds(ToldArticle, DAYS, BRIEFS, TROUBLES), st.just(NOW), DAYS)
MANY_STEPS = st.lists(STEPS, min_size=1, max_size=3).map(tuple) | st.builds(lambda one: (one,) * 30, STEPS)


def check(message):
    """Our own sentences name commands; what is left must be harmless."""
    payload = message.to_json()
    check_limits(payload)
    assert breaches(message) == ()
    check_harmless(payload.replace("/commitment list", "x").replace("<#10>", "x"))


@settings(slow, max_examples=60)
@given(RECORDS, st.integers(0, 20))
def test_no_article_exceeds_a_limit_or_lets_a_word_act(record, offset):
    check(render_article(record))
    for message in (
        render_quotes_of(record, offset=offset, limit=5),
        render_commitments_of(record, offset=offset, limit=5),
    ):
        check(message)


@settings(slow, max_examples=60)
@given(hostile.texts(), MANY_STEPS, ENTRIES)
def test_no_story_exceeds_a_limit_or_lets_a_word_act(headline, steps, entries):
    quotes = story_quotes(Story("", tuple(step.article.brief for step in steps[:3])))
    story = StoryRecord(1, headline, NOW, steps, quotes, entries)
    check(render_story(story))
    check(render_story(story, offset=len(steps) - 1))


@settings(slow, max_examples=60)
@given(
    st.lists(st.builds(Story, hostile.texts(), st.lists(BRIEFS, min_size=1, max_size=2).map(tuple), DAYS), max_size=3),
    st.tuples(ENTRIES, ENTRIES, ENTRIES),
    st.integers(0, 14),
    hostile.statuses(),
)
def test_no_recap_exceeds_a_limit_or_lets_a_word_act(stories, entries, days, statuses):
    told = tuple(RecapStory(story, NOW, NOW) for story in stories) * 9
    recap = Recap(NOW, NOW, 5, told, *entries, days)
    check(with_stale(render_recap(recap, days), statuses, NOW))


@slow
@given(hostile.texts(), QUOTES, NAMES, NAMES)
def test_nothing_that_somebody_said_exceeds_a_limit_or_lets_a_word_act(speaker, hits, names, roles):
    message = render_said(hits, speaker, SpeakerRecord(names, roles))
    check_limits(message.to_json())
    if message.embeds:
        check(message)


@settings(slow, max_examples=60)
@given(st.lists(hostile.texts(), max_size=25))
def test_no_day_exceeds_a_limit_or_lets_a_word_act(names):
    orders = [subscription(name=name, id=number) for number, name in enumerate(names)]
    found = [IssuedDigest(1, one, NOW.date(), NOW, 10, ("x",)) for one in orders]
    if found:
        check(render_day(found, NOW.date()))
    assert all(0 < len(label_digest(one, NOW.tzinfo).encode("utf-16-le")) // 2 <= 100 for one in found)
    if coming := show_coming(orders, dict.fromkeys(range(len(orders)), NOW)):
        check_harmless(Message(content=coming).to_json())


@settings(slow, max_examples=30)
@given(hostile.digests())
def test_an_edition_as_a_page_loads_nothing_and_runs_nothing(digest):
    payloads = [part.payload for part in render_digest(digest)]
    page = render_edition_page(payloads, title=digest.name, zone=digest.zone, posted_at=NOW, now=NOW)
    tags = re.findall(r"<(\w+)[^<>]*>", page)
    assert not set(tags) & {"script", "img", "iframe", "object", "embed", "form", "audio", "video"}
    assert not re.search(r"<[^<>]+\s(on\w+|src)=", page)
    assert not re.search(r"""href=(?!"(https?://|data:,))""", page)
    assert not re.search(r"url\(|@import", page.split("</style>")[0])


@settings(slow, max_examples=60)
@given(QUOTES, st.integers(0, 20_000))
def test_any_quotes_are_written_whole_and_within_their_room(hits, room):
    for form in (ExportFormat.JSON, ExportFormat.CSV):
        pieces = list(write_quotes(hits, form, now=NOW, most_bytes=room))
        held = len(pieces) - 2
        assert held == 0 or sum(map(len, pieces)) <= room
        content = b"".join(pieces)
        if form is ExportFormat.JSON:
            assert len(json.loads(content)["quotes"]) == held
        else:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert len(rows) == 1 + held
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
