"""What holds for a guild, who changed what, what is kept of it, and what becomes of it when the bot was removed."""

import asyncio
import json
from dataclasses import asdict
from datetime import time, timedelta

import pytest
from sqlalchemy import func, insert, select

from digest.errors import NotFoundError
from digest.model import AuditEntry, Case, GuildSettings, Mark, Standing, Statement, StatementKind
from digest.service.housekeeping import GRACE, MOST_AUDITED
from digest.store import schema
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import Newsroom, print_urls, printed, story

DAY = timedelta(days=1)
ANYBODYS = {
    *("sources", "articles", "article_versions", "article_sources", "entries", "quotes", "aliases", "arrivals"),
    "host_turns",
    *("commitments", "ledger_entries", "commitment_actors"),
}


def change(number=1, *, at=NOW):
    return AuditEntry(7, "Ada", "source add", f"source {number}", at)


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, story(1))


@pytest.fixture
async def daily(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)


async def counts_of(store):
    async with store.reading() as db:
        return {
            table.name: (await db.execute(select(func.count()).select_from(table))).scalar_one()
            for table in schema.metadata.sorted_tables
        }


async def fill(newsroom, order):
    """Something in as many tables of the guild as its steps reach."""
    service = newsroom.service
    edition = await service.issue_now(1, order.id, now=NOW, render=print_urls)
    for part in edition.deliveries:
        await service.begin_delivery(part.id, now=NOW)
        await service.finish_delivery(part.id, 500, now=NOW)
    await service.mark_commitment(1, 1, Mark(Standing.KEPT, 7, "Ada", NOW))
    await service.suppress_name(1, "Nobody Known", now=NOW, render=lambda *_: lambda _: None)
    await service.set_zone(1, "Europe/Berlin")
    await service.set_marker_role(1, 9)
    await service.record_audit(1, change())


async def test_settings_are_kept_by_guild(newsroom):
    service = newsroom.service
    assert await service.get_settings(1) == GuildSettings()
    await asyncio.gather(service.set_zone(1, "Europe/Berlin"), service.set_marker_role(1, 2**62))
    assert await service.get_settings(1) == GuildSettings("Europe/Berlin", 2**62)
    await service.set_marker_role(1, None)
    assert await service.get_settings(1) == GuildSettings("Europe/Berlin")
    assert await service.get_settings(2) == GuildSettings()
    for wrong in ("Berlin", "Europe", "../etc", "\0"):
        with pytest.raises(ValueError, match="no time zone"):
            await service.set_zone(1, wrong)


async def test_who_changed_what_is_listed_newest_first_in_pages_by_guild(newsroom):
    service = newsroom.service
    for number in range(5):
        await service.record_audit(1, change(number))
    await service.record_audit(2, change(9))
    assert await service.list_audit(1, limit=2, offset=1) == (change(3), change(2))
    assert await service.list_audit(2) == (change(9),)


async def test_the_record_keeps_a_year_and_so_many_changes(store, newsroom):
    service = newsroom.service
    await service.record_audit(1, change(0))
    await service.record_audit(1, change(1))
    same = asdict(change(2)) | {"guild_id": 1}
    async with store.writing() as db:
        await db.execute(insert(schema.audit_entries), [same] * (MOST_AUDITED - 2))
    await service.record_audit(1, change(3))
    kept = await service.list_audit(1, limit=MOST_AUDITED + 2)
    assert kept == (change(3), *[change(2)] * (MOST_AUDITED - 2), change(1))
    await service.record_audit(1, change(5, at=NOW + 366 * DAY))
    assert [one.subject for one in await service.list_audit(1)] == ["source 5"]
    await service.record_audit(2, change(6))
    await service.purge_left(now=NOW + 366 * DAY)
    assert await service.list_audit(2) == ()


async def test_what_is_kept_comes_out_as_json_and_goes_at_once_with_nothing_left(store, newsroom, daily):
    before = await counts_of(store)
    await fill(newsroom, daily)
    exported = json.loads(await newsroom.service.export_guild(1, now=NOW))
    assert exported["subscriptions"][0]["name"] == daily.name
    assert exported["sources"][0]["url"] == "https://gazette.example/feed.xml"
    assert exported["deliveries"][0]["payload"]
    assert exported["kept_of_members"] == {"alerted": 0, "alerts": 0, "follows": 0}
    assert (
        "payload" not in json.loads(await newsroom.service.export_guild(1, now=NOW, with_posts=False))["deliveries"][0]
    )
    filled = await counts_of(store)
    erased = await newsroom.service.erase_guild(1)
    left = await counts_of(store)
    assert {name for name, number in left.items() if number} <= ANYBODYS
    assert {name: left[name] for name in ANYBODYS} == {name: before[name] for name in ANYBODYS}
    assert erased == {name: number for name, number in filled.items() if name not in ANYBODYS}


async def test_what_another_guild_has_is_neither_given_out_nor_deleted(store, newsroom, daily):
    await fill(newsroom, daily)
    before = await counts_of(store)
    exported = json.loads(await newsroom.service.export_guild(2, now=NOW))
    assert not any(rows for name, rows in exported.items() if isinstance(rows, list))
    assert not any((await newsroom.service.erase_guild(2)).values())
    assert await counts_of(store) == before


async def test_what_nobody_follows_any_more_is_not_asked(newsroom, daily):
    await newsroom.service.erase_guild(daily.guild_id)
    assert await newsroom.service.refresh_due(now=NOW + DAY) == ()


async def test_for_a_guild_that_was_left_nothing_is_issued_or_posted_until_it_is_back(newsroom, daily):
    service = newsroom.service
    waiting = await service.issue_now(1, daily.id, now=NOW, render=print_urls)
    await service.note_left(1, now=NOW)
    newsroom.publish(story(2, at=NOW + timedelta(minutes=5)))
    await service.refresh_source(1, now=NOW + timedelta(hours=1))
    await service.read_due(now=NOW + timedelta(hours=1))
    assert await service.issue_due(now=NOW + timedelta(hours=3), render=print_urls) == ()
    assert await service.open_deliveries(now=NOW + timedelta(hours=3)) == ()
    health = await service.get_health(now=NOW + timedelta(hours=3))
    assert (health.overdue, health.open_parts, health.unmade) == ((), 0, 0)
    await service.note_joined(1)
    assert [part.id for part in await service.open_deliveries(now=NOW + DAY)] == [waiting.deliveries[0].id]
    assert printed(*await service.issue_due(now=NOW + timedelta(hours=4), render=print_urls)) == [story(2).url]


async def test_a_guild_that_was_left_is_forgotten_after_30_days_and_not_before(newsroom, daily):
    service = newsroom.service
    await service.note_left(1, now=NOW)
    await service.note_left(1, now=NOW + 20 * DAY)  # since when stays
    assert await service.purge_left(now=NOW + GRACE - timedelta(seconds=1)) == ()
    assert await service.list_subscriptions(1) == (daily,)
    assert await service.purge_left(now=NOW + GRACE) == (1,)
    assert await service.list_subscriptions(1) == ()
    assert await service.purge_left(now=NOW + GRACE) == ()


@pytest.mark.usefixtures("daily")
async def test_who_comes_back_within_30_days_finds_everything(newsroom):
    service = newsroom.service
    await service.note_left(1, now=NOW)
    await service.note_joined(1)
    assert await service.purge_left(now=NOW + 2 * GRACE) == ()


@pytest.mark.usefixtures("daily")
async def test_what_came_and_went_while_the_bot_was_away_is_noted_at_the_start(newsroom):
    service = newsroom.service
    await service.note_guilds([2, 3], now=NOW)
    await service.note_guilds([1, 2], now=NOW + DAY)
    assert await service.purge_left(now=NOW + 2 * GRACE) == ()
    await service.note_guilds([2], now=NOW)
    assert await service.purge_left(now=NOW + GRACE) == (1,)


@pytest.mark.usefixtures("daily")
async def test_who_hears_of_some_guilds_judges_and_forgets_no_other(newsroom):
    service = newsroom.service
    await service.note_guilds([], now=NOW, is_judged=lambda guild_id: guild_id != 1)
    assert await service.purge_left(now=NOW + 2 * GRACE) == ()
    await service.note_guilds([], now=NOW, is_judged=lambda guild_id: guild_id == 1)
    assert await service.purge_left(now=NOW + GRACE, is_judged=lambda guild_id: guild_id != 1) == ()
    assert await service.purge_left(now=NOW + GRACE, is_judged=lambda guild_id: guild_id == 1) == (1,)


NAMES = ["Harbour", "\u202eruobraH", "⚓" * 100, "'; DROP TABLE follows; --", "a\x00b", "<@1> **x**", " ", "x" * 5000]


@pytest.mark.usefixtures("daily")
@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:9]))
async def test_what_a_known_guild_is_called_is_kept_and_deleted_with_the_rest(store, newsroom, name):
    service = newsroom.service
    assert await service.map_names([1, 42]) == {}
    await service.note_names({1: "before", 42: "nobody knows it"})
    await service.note_names({1: name, 42: "nobody knows it"})
    kept = name.replace("\x00", "\ufffd")
    assert await service.map_names([1, 42]) == {1: kept}
    exported = json.loads(await service.export_guild(1, now=NOW))
    assert [row["name"] for row in exported["guild_settings"]] == [kept]
    assert b"before" not in await service.export_guild(1, now=NOW)
    assert (await service.get_settings(1)).zone == ""
    await service.erase_guild(1)
    await service.note_names({1: name})
    assert await service.map_names([1]) == {}
    assert (await counts_of(store))["guild_settings"] == 0


@pytest.mark.usefixtures("daily")
async def test_the_names_of_ten_thousand_guilds_are_looked_through_and_only_what_changed_is_written(newsroom):
    names = {number: f"guild {number}" for number in range(1, 10_001)}
    await newsroom.service.note_names(names)
    assert await newsroom.service.map_names(names) == {1: "guild 1"}


async def test_of_a_guild_that_nobody_knows_nothing_is_noted(store, newsroom):
    await newsroom.service.note_left(42, now=NOW)
    assert (await counts_of(store))["guild_settings"] == 0


async def report(service):
    await service.report(1, Case(Statement(1, StatementKind.QUOTE, "Nobody left the room happy"), 7, "Ada", NOW))


@pytest.mark.parametrize(
    "leave",
    [
        report,
        lambda service: service.record_audit(1, change()),
        lambda service: service.mark_commitment(1, 1, Mark(Standing.KEPT, 7, "Ada", NOW)),
        lambda service: service.keep_draft(1, 7, "draft", now=NOW),
    ],
    ids=["case", "audit", "mark", "draft"],
)
async def test_whatever_is_kept_of_a_guild_that_was_left_is_forgotten_after_30_days(store, newsroom, leave):
    await leave(newsroom.service)
    await newsroom.service.remove_source(1, 1)
    await newsroom.service.note_guilds([2], now=NOW)
    assert await newsroom.service.purge_left(now=NOW + GRACE) == (1,)
    assert {name for name, number in (await counts_of(store)).items() if number} <= ANYBODYS


async def test_what_is_deleted_is_not_suggested_either(newsroom):
    assert await newsroom.service.suggest_articles(1, "story")
    await newsroom.service.erase_guild(1)
    assert await newsroom.service.suggest_articles(1, "story") == ()


async def test_a_part_that_is_on_its_way_while_all_is_deleted_stops_nobody(store, newsroom, daily):
    service = newsroom.service
    edition = await service.issue_now(1, daily.id, now=NOW, render=print_urls)
    (part,) = edition.deliveries
    await service.begin_delivery(part.id, now=NOW)
    await service.erase_guild(1)
    await service.finish_delivery(part.id, 500, now=NOW)
    await service.fail_delivery(part.id, "gone", now=NOW)
    await service.lose_channel([edition.id], "gone", now=NOW)
    with pytest.raises(NotFoundError):
        await service.begin_delivery(part.id, now=NOW)
    assert (await counts_of(store))["deliveries"] == 0


async def test_a_draft_that_was_left_for_a_day_is_forgotten_though_nobody_begins_another(store, newsroom):
    await newsroom.service.keep_draft(1, 7, "draft", now=NOW)
    await newsroom.service.purge_left(now=NOW + DAY)
    assert (await counts_of(store))["drafts"] == 0
