"""Two processes on one PostgreSQL: what one does the other leaves, and what one that died left the other does."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select, text

from digest.errors import NotFoundError, UnreachableError, UnreachableStoreError
from digest.service import Service
from digest.service.delivering import LEASE
from digest.service.refreshing import CLAIMED
from digest.store import Store, ledger, subscriptions
from digest.store.schema import article_versions, entries
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, printed, story
from tests.digest.store.shelves import follow, shelve
from tests.digest.store.tellers import promise, tell
from tests.fakes import FakeFetcher
from tests.waiting import PATIENCE

AT_NINE = NOW + timedelta(hours=1)
A_MOMENT = timedelta(seconds=15)
WAITS_FOR_US = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@pytest.fixture
async def stores(postgres):
    async with postgres.emptied() as url, await Store.open(url) as one, await Store.open(url) as other:
        yield one, other


@pytest.fixture
async def newsrooms(stores):
    """Two processes that follow one feed, of which one subscription in each of two channels is told."""
    one, other = (Newsroom(store) for store in stores)
    other.web = one.web
    other.service = Service(stores[1], one.web, other.think)
    one.publish(story(1), story(2))
    await one.service.add_source(1, FEED, now=NOW)
    await one.service.refresh_due(now=NOW)
    for channel_id in (10, 20):
        await one.service.save_subscription(subscription(channel_id=channel_id, times=(time(9),), zone="UTC"), now=NOW)
    return one, other


@pytest.fixture
async def services(newsrooms):
    """Two processes, with two parts open in each of two channels."""
    one, other = (newsroom.service for newsroom in newsrooms)
    await one.issue_due(now=AT_NINE, render=print_urls)
    return one, other


async def test_editions_that_tell_of_the_same_articles_at_once_do_not_wait_for_each_other(newsrooms):
    one, other = newsrooms
    other.publish(*(story(number) for number in range(30, 0, -1)))
    await one.service.refresh_due(now=NOW + timedelta(days=1))
    assert one.fetched(story(30).url)
    later = NOW + timedelta(days=1, hours=1)
    ordered = [
        await one.service.save_subscription(
            subscription(channel_id=number, times=(time(9),), zone="UTC", max_stories=30), now=NOW
        )
        for number in range(100, 120)
    ]
    ids = [each.id for each in ordered]
    issued = await asyncio.gather(
        *(
            newsroom.service.issue_due(now=later, render=print_urls, among=ids[number::4])
            for number in range(4)
            for newsroom in (one, other)
        )
    )
    assert sorted(edition.subscription_id for editions in issued for edition in editions) == ids


async def channels_open_to(service, now):
    return sorted((part.channel_id, part.part) for part in await service.open_deliveries(now=now))


ALL = [(10, 1), (10, 2), (20, 1), (20, 2)]


async def test_a_channel_in_which_one_posts_is_no_others(services):
    one, other = services
    assert await channels_open_to(one, AT_NINE) == ALL
    assert await channels_open_to(other, AT_NINE) == []
    assert await channels_open_to(one, AT_NINE + A_MOMENT) == ALL
    first = (await one.open_deliveries(now=AT_NINE))[0]
    with pytest.raises(NotFoundError, match="another process's"):
        await other.begin_delivery(first.id, now=AT_NINE + A_MOMENT)
    begun = await one.begin_delivery(first.id, now=AT_NINE + A_MOMENT)
    assert begun.attempted_at == AT_NINE + A_MOMENT


async def test_of_many_that_look_at_once_each_channel_is_ones(services):
    one, other = services
    found = await asyncio.gather(*(service.open_deliveries(now=AT_NINE) for service in (one, other) * 4))
    ours, theirs = ({part.channel_id for parts in found[start::2] for part in parts} for start in (0, 1))
    assert ours | theirs == {10, 20}
    assert not ours & theirs


async def test_what_a_dead_process_left_is_taken_over_when_its_lease_runs_out(services):
    one, other = services
    first, *_ = await one.open_deliveries(now=AT_NINE)
    await one.begin_delivery(first.id, now=AT_NINE)
    await one.finish_delivery(first.id, 77, now=AT_NINE)
    assert await channels_open_to(other, AT_NINE + LEASE - A_MOMENT) == []
    late = AT_NINE + LEASE
    assert await channels_open_to(other, late) == ALL[1:]
    second = (await other.open_deliveries(now=late))[0]
    with pytest.raises(NotFoundError):  # it was not dead, but asleep
        await one.begin_delivery(second.id, now=late)
    assert (await other.begin_delivery(second.id, now=late)).attempted_at == late


async def test_each_beginning_keeps_its_channel_for_longer_and_no_other(services):
    one, other = services
    first, *_ = await one.open_deliveries(now=AT_NINE)
    await one.begin_delivery(first.id, now=AT_NINE + LEASE - A_MOMENT)
    assert await channels_open_to(other, AT_NINE + LEASE) == ALL[2:]
    assert await channels_open_to(one, AT_NINE + LEASE) == ALL[:2]


async def test_a_channel_whose_parts_have_all_arrived_is_free_for_what_comes_next(services):
    one, other = services
    for part in await one.open_deliveries(now=AT_NINE):
        await one.begin_delivery(part.id, now=AT_NINE)
        await one.finish_delivery(part.id, 77 + part.id, now=AT_NINE)
    assert await channels_open_to(other, AT_NINE) == []
    tomorrow = AT_NINE + timedelta(days=1)
    await one.issue_due(now=tomorrow, render=print_urls)
    assert await channels_open_to(other, tomorrow) == await channels_open_to(one, tomorrow) == []


async def test_who_stops_hands_over_at_once(services):
    one, other = services
    await one.open_deliveries(now=AT_NINE)
    await one.hand_over()
    assert await channels_open_to(other, AT_NINE) == ALL
    await one.hand_over()
    assert await channels_open_to(one, AT_NINE) == []


async def test_who_serves_channel_after_channel_remembers_only_what_is_still_leased(services):
    one, other = services
    await one.open_deliveries(now=AT_NINE, channel_id=10)
    later = AT_NINE + LEASE + A_MOMENT
    await one.open_deliveries(now=later, channel_id=20)
    assert set(one._deliveries._held) == {20}
    await one.hand_over()
    assert {part.channel_id for part in await other.open_deliveries(now=later)} == {10, 20}


async def test_a_process_that_starts_anew_waits_until_its_own_lease_has_run_out(services, stores):
    one, _ = services
    await one.open_deliveries(now=AT_NINE)
    again = Service(stores[0], FakeFetcher(), None)
    assert await channels_open_to(again, AT_NINE + A_MOMENT) == []
    assert await channels_open_to(again, AT_NINE + LEASE) == ALL


async def test_what_is_due_is_issued_by_one(newsrooms):
    issued = await asyncio.gather(*(one.service.issue_due(now=AT_NINE, render=print_urls) for one in newsrooms * 3))
    assert sorted(edition.deliveries[0].channel_id for editions in issued for edition in editions) == [10, 20]


async def test_an_extra_edition_asked_for_of_both_is_made_by_one(newsrooms):
    (saved, _) = await newsrooms[0].service.list_subscriptions(1)
    made = await asyncio.gather(
        *(one.service.issue_now(1, saved.id, now=NOW, render=print_urls) for one in newsrooms * 3)
    )
    assert len(printed(*filter(None, made))) == 2


async def test_changes_of_one_and_pauses_of_the_other_are_both_kept(newsrooms):
    one, other = (newsroom.service for newsroom in newsrooms)
    for number, saved in enumerate(await one.list_subscriptions(1)):
        await asyncio.gather(
            one.save_subscription(replace(saved, name=f"News {number}"), now=NOW),
            other.pause_subscription(saved.id, "the channel is gone"),
        )
    paused = await other.list_subscriptions(1)
    assert [(each.name, each.paused_because) for each in paused] == [
        (f"News {number}", "the channel is gone") for number in range(2)
    ]


async def test_who_skips_waits_for_a_pause_that_is_not_on_record_yet(newsrooms, stores):
    saved = (await newsrooms[0].service.list_subscriptions(1))[0]
    async with stores[1].writing() as db:
        await subscriptions.pause_subscription(db, saved.id, "the channel is gone")
        skipping = asyncio.create_task(newsrooms[0].service.skip_next(1, saved.id, now=NOW))
        async with asyncio.timeout(PATIENCE):
            while not (await db.execute(text(WAITS_FOR_US))).first():
                pass
    assert await skipping is None
    async with stores[0].reading() as db:
        order = await subscriptions.get_order(db, saved.id, guild_id=1)
    assert (order.subscription.paused_because, order.next_run_at) == ("the channel is gone", None)


async def test_a_source_is_asked_and_each_of_its_pages_read_by_one(newsrooms):
    one, other = newsrooms
    feeds = [f"https://outlet{number}.example/feed.xml" for number in range(6)]
    for number, feed in enumerate(feeds):
        one.publish(story(1, outlet=f"outlet{number}"), feed=feed, name=feed)
        await one.service.add_source(1, feed, now=NOW)
    one.web.asked.clear()
    later = NOW + timedelta(days=1)
    await asyncio.gather(*(newsroom.service.refresh_due(now=later) for newsroom in (one, other)))
    assert sorted(url for url, _ in one.web.asked) == sorted(
        [FEED, *feeds, *(f"https://outlet{number}.example/1" for number in range(6))]
    )


async def test_a_source_that_a_process_was_asking_when_it_died_is_asked_by_the_other_later(newsrooms):
    one, other = newsrooms
    later = NOW + timedelta(days=1)
    one.publish(story(3))

    dying = Service(one.service._tools.store, FakeFetcher({FEED: UnreachableStoreError("it broke")}), one.think)
    with pytest.raises(ExceptionGroup):
        await dying.refresh_sources(now=later)
    assert await other.service.refresh_sources(now=later + A_MOMENT) == ()
    (refresh,) = await other.service.refresh_sources(now=later + CLAIMED)
    assert refresh.new_entries == 1


async def test_an_article_that_both_read_is_kept_once_with_all_its_versions(stores):
    source_id = await follow(stores[0])
    ids = await asyncio.gather(
        *(shelve(stores[number % 2], source_id, title=f"Strike {number}") for number in range(8))
    )
    assert len(set(ids)) == 1
    async with stores[1].reading() as db:
        numbers = (await db.execute(select(article_versions.c.number).order_by("number"))).scalars().all()
    assert numbers == list(range(1, 9))


async def test_one_commitment_that_both_read_first_is_one_entry(stores):
    source_id = await follow(stores[0])
    pledge = promise("Ada Quill", "rebuild the old pier of Thornmouth", by=(NOW + timedelta(days=200)).date())
    await asyncio.gather(
        *(
            tell(
                stores[number % 2], source_id, pledge, url=f"https://outlet{number}.example/1", site=f"Outlet {number}"
            )
            for number in range(8)
        )
    )
    async with stores[0].reading() as db:
        (entry,) = await ledger.list_entries(db, 1, "", limit=25)
    assert len(entry.tellings) == 8


async def test_what_another_read_meanwhile_stays_read_where_reading_it_failed_here(newsrooms, stores):
    one, other = newsrooms
    other.publish(story(3))
    late = NOW + timedelta(days=1)
    await other.service.refresh_sources(now=late)
    async with stores[0].reading() as db:
        (entry_id,) = (await db.execute(select(entries.c.id).where(entries.c.url == story(3).url))).scalars()

    class Slow(FakeFetcher):
        async def fetch(self, url, **_):
            assert await other.service.read_entry(entry_id, now=late) is None
            raise UnreachableError(url, "the connection was closed")

    service = Service(stores[0], Slow(), one.think)
    assert await service.read_entry(entry_id, now=late) is not None
    async with stores[0].reading() as db:
        row = (await db.execute(select(entries).where(entries.c.id == entry_id))).mappings().one()
    assert (row["read_at"], row["failure_kind"], row["attempts"]) == (late, None, 0)
    assert row["next_attempt_at"] is None
