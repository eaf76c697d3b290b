"""What a guild hides reaches its members on no way: by no command, no suggestion, no alert, no proof."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select

from bot.render.embeds import render_digest
from bot.render.follows import render_alert
from bot.render.message import Embed, Message
from bot.render.retractions import render_retraction
from digest.model import Case, Period, Statement, StatementKind
from digest.service import Service
from digest.store import Store
from digest.store.lots import in_lots
from digest.store.schema import deliveries
from tests.builders import NOW, brief, subscription
from tests.digest.service.follows import PHRASE, Desk, print_fits, told
from tests.digest.service.newsroom import Newsroom, story
from tests.digest.store.shelves import issue, subscribe
from tests.fakes import FakeFetcher, think

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUOTE = Statement(1, StatementKind.QUOTE, "Nobody left the room happy")
LINE = Statement(1, StatementKind.SENTENCE, "Five ports signed the rule on Sunday.")


def case(statement=QUOTE):
    return Case(statement, 7, "Ada", NOW, "wrong")


async def hide(service, name, *, now=NOW):
    return await service.suppress_name(1, name, now=now, render=render_retraction)


async def take_back(service, statement=QUOTE, *, now=NOW):
    return await service.retract(1, case(statement), now=now, render=render_retraction)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Ilse Brandt", "one.\n\nIlse Brandt spoke."),
        ('Ilse "Ike" Brandt', 'It was Ilse "Ike" Brandt.'),
        ("I.B. Brandt", "It was I\\.B. Brandt."),
        ("Ilse Brandt", "It was Ilse\nBrandt."),
    ],
)
async def test_a_message_too_old_to_be_edited_is_shown_in_no_look_back_wherever_the_name_stands(store, name, line):
    order = await subscribe(store)
    payload = Message("day", (Embed("Ports", description=line),)).to_json()
    edition = await issue(store, order, Period(NOW - DAY, NOW), payloads=[payload])
    service = Newsroom(store).service
    for part in edition.deliveries:
        await service.begin_delivery(part.id, now=NOW)
        await service.finish_delivery(part.id, 500, now=NOW)
    day = NOW.date()
    assert len(await service.list_issued(1, day)) == 1
    await hide(service, name, now=NOW + 30 * DAY)
    assert await service.list_issued(1, day) == ()


async def test_a_hidden_name_is_in_no_answer_to_why(newsroom):
    newsroom.publish(story(2), story(3))
    del newsroom.web.answers[story(3).url]
    await newsroom.service.refresh_source(1, now=NOW + HOUR)
    await newsroom.service.read_due(now=NOW + HOUR)
    assert len(await newsroom.service.trace(1, "story")) == 3
    await hide(newsroom.service, "Story 2")
    await hide(newsroom.service, "Story 3")
    assert [one.title for one in await newsroom.service.trace(1, "story")] == ["Story 1"]
    assert await newsroom.service.trace(1, story(3).url) == ()


async def test_why_tells_of_no_sentence_that_is_hidden(newsroom):
    asked = "Nobody left the room happy"
    await newsroom.service.add_source(2, "https://gazette.example/feed.xml", now=NOW)
    assert await newsroom.service.explain_sentence(1, 1, asked)
    await hide(newsroom.service, "Ilse Brandt")
    assert await newsroom.service.explain_sentence(1, 1, asked) is None
    assert await newsroom.service.explain_sentence(2, 1, asked)


@pytest.mark.parametrize("is_name", [True, False])
async def test_an_alert_that_waits_says_nothing_that_was_hidden_meanwhile(store, is_name):
    desk = Desk(store)
    await (desk.add("Sarn", PHRASE) if is_name else desk.add("Ilse Brandt"))
    await desk.bring(brief())
    await desk.tick(lambda alert: json.dumps(render_alert(alert, "Harbour"), ensure_ascii=False))
    (before,) = await desk.open()
    assert "Nobody left the room happy" in before.payload
    await (hide(desk.service, "Ilse Brandt") if is_name else take_back(desk.service))
    assert all("Nobody left" not in one.payload for one in await desk.open())


async def test_an_alert_that_is_being_made_says_nothing_that_is_taken_back_meanwhile(store):
    desk = Desk(store)
    await desk.add("Ilse Brandt")
    await desk.add("Five ports", PHRASE)
    await desk.bring(brief())
    made = []

    def render(alert):
        if not made:
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(asyncio.run, take_back_elsewhere(store.url)).result()
        made.append(print_fits(alert))
        return made[-1]

    await desk.tick(render)
    assert "Ilse Brandt" in made[0]
    assert [words for one in await desk.open() for words, _ in told(one.payload)] == ["Five ports"]


async def take_back_elsewhere(url):
    async with await Store.open(url) as store:
        await take_back(Service(store, FakeFetcher(), think))


async def test_an_alert_shows_no_sentence_that_was_taken_back(store):
    desk = Desk(store)
    await desk.add("Five ports", PHRASE)
    await desk.bring(brief(title="Rule"))
    await take_back(desk.service, LINE)
    await desk.tick()
    assert [one.payload.rpartition(" | ")[2] for one in await desk.open()] in ([], ["()"])


async def test_no_hidden_name_is_suggested_to_be_followed(newsroom):
    suggest = newsroom.service.suggest_followed
    assert "Ilse Brandt" in [name for name, _ in await suggest(1, "")]
    await hide(newsroom.service, "Brandt")
    assert "Ilse Brandt" not in [name for name, _ in await suggest(1, "")]
    assert "Ilse Brandt" not in [name for name, _ in await suggest(1, "ilse")]


async def test_no_hidden_name_is_suggested_as_a_rule(newsroom):
    daily = await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)

    async def rules():
        digest = await newsroom.service.preview_digest(1, daily, now=NOW)
        return " ".join(await newsroom.service.suggest_rules(1, digest.stories[0]))

    assert "Brandt" in await rules()
    await hide(newsroom.service, "Brandt")
    assert "Brandt" not in await rules()


class Interrupted(Newsroom):
    """A newsroom in which something happens while an edition is composed."""

    meanwhile = None

    async def think(self, function, *args, timeout=None):  # noqa: ASYNC109 -- the pool's signature
        made = await super().think(function, *args, timeout=timeout)
        if isinstance(function, partial) and self.meanwhile:
            doing, self.meanwhile = self.meanwhile, None
            await doing()
        return made


@pytest.mark.parametrize("is_now", [True, False])
async def test_what_is_taken_back_while_a_digest_is_composed_is_not_in_it(store, is_now):
    newsroom = await Interrupted.reporting(store, story(1))
    service = newsroom.service
    daily = await service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)
    newsroom.meanwhile = lambda: take_back(service)
    for _ in range(2):  # the second is the next tick
        if is_now:
            await service.issue_now(1, daily.id, now=NOW + 2 * HOUR, render=render_digest)
        else:
            await service.issue_due(now=NOW + 2 * HOUR, render=render_digest)
    shown = [one.payload for one in await service.open_deliveries(now=NOW + 3 * HOUR)]
    assert len(shown) == 1
    assert "Nobody left" not in shown[0]
    assert "Five ports signed" in shown[0]


async def test_the_text_around_a_proof_has_no_words_that_are_hidden_and_moves_none(store):
    newsroom = await Newsroom.reporting(store, story(1))
    service = newsroom.service
    daily = await service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)
    edition = await service.issue_now(1, daily.id, now=NOW, render=render_digest)

    async def proof():
        (one,) = (await service.list_stories(1, edition.id))[0].evidence
        return one.brief

    before = await proof()
    await hide(service, "Sarn")
    after = await proof()
    assert "Sarn" in before.article.text
    assert "Sarn" not in after.article.text
    assert "[…]" in after.article.text
    assert len(after.article.text) == len(before.article.text)
    assert [after.words(one.sentence) for one in after.commitments] == [
        before.words(one.sentence) for one in before.commitments
    ]
    await service.release_name(1, "Sarn")
    assert await proof() == before
    await take_back(service)
    taken = (await proof()).article.text
    assert "Nobody left" not in taken
    assert "said Ilse Brandt" in taken


async def test_what_could_not_be_edited_away_is_not_shown_in_a_look_back(store):
    service = (await Newsroom.reporting(store, story(1))).service
    daily = await service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)
    edition = await service.issue_now(1, daily.id, now=NOW, render=render_digest)
    for part in edition.deliveries:
        await service.begin_delivery(part.id, now=NOW)
        await service.finish_delivery(part.id, 500, now=NOW)
    for edit in await take_back(service, now=NOW + HOUR):
        for part in edit.deliveries:
            await service.begin_delivery(part.id, now=NOW + HOUR)
            await service.fail_delivery(part.id, "may not", now=NOW + HOUR)
    (one,) = await service.list_issued(1, NOW.date())
    assert "Nobody left" not in "".join(one.payloads)
    assert "Five ports signed" in "".join(one.payloads)


async def test_what_a_guild_of_many_years_takes_back_is_found_among_its_posts(store):
    service = (await Newsroom.reporting(store, story(1))).service
    daily = await service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)
    edition = await service.issue_now(1, daily.id, now=NOW, render=render_digest)
    (part,) = edition.deliveries
    await service.begin_delivery(part.id, now=NOW)
    await service.finish_delivery(part.id, 500, now=NOW)
    async with store.writing() as db:
        row = dict((await db.execute(select(deliveries).where(deliveries.c.id == part.id))).mappings().one())
        row |= {"payload": Message("nothing").to_json(), "message_id": 600}
        rows = [row | {"id": n, "part": n, "nonce": str(n)} for n in range(1000, 34_000)]
        for some in in_lots(rows):
            await db.execute(insert(deliveries), some)
    (edit,) = await take_back(service, now=NOW + HOUR)
    assert [one.edits for one in edit.deliveries] == [500]


async def test_no_hidden_name_is_in_what_a_source_lists(newsroom):
    newsroom.publish(story(1), story(2))
    await newsroom.service.refresh_source(1, now=NOW + HOUR)
    await hide(newsroom.service, "Story 2")
    assert [entry.title for entry, _ in await newsroom.service.try_filters(1, 1)] == ["Story 1"]
