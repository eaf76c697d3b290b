"""Setting up and taking away: drafts, the week before, rules from stories, limits, what was posted, and its end."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from digest.errors import AlreadyExistsError, Limit, LimitError, NotFoundError
from digest.model import DeliveryState, EditionKind, Filters
from digest.service import previewing
from digest.store import editions, sources
from tests.builders import NOW, source, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, story

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK = [story(number, at=NOW - number * DAY) for number in range(1, 8)]


@pytest.fixture
async def newsroom(store):
    return await Newsroom.reporting(store, *WEEK)


@pytest.fixture
async def daily(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),)), now=NOW)


def plus(word):
    return lambda payload: payload + word


# --- drafts ---


async def test_each_member_of_each_guild_has_a_draft_of_their_own(newsroom):
    service = newsroom.service
    await service.keep_draft(1, 7, "mine", now=NOW)
    await service.keep_draft(1, 8, "yours", now=NOW)
    await service.keep_draft(2, 7, "elsewhere", now=NOW)
    await service.keep_draft(1, 7, "anew", now=NOW)
    assert await service.change_draft(1, 7, plus("!"), now=NOW) == "anew!"
    drafts = [await service.get_draft(guild, user, now=NOW) for guild, user in ((1, 7), (1, 8), (2, 7))]
    assert drafts == ["anew!", "yours", "elsewhere"]


async def test_of_set_ups_that_a_member_begins_at_once_one_stays(newsroom):
    await asyncio.gather(*(newsroom.service.keep_draft(1, 7, str(number), now=NOW) for number in range(10)))
    assert await newsroom.service.get_draft(1, 7, now=NOW) in map(str, range(10))


async def test_a_draft_is_gone_a_day_after_its_last_change(newsroom):
    service = newsroom.service
    await service.keep_draft(1, 7, "mine", now=NOW)
    await service.change_draft(1, 7, plus("!"), now=NOW + 23 * HOUR)
    assert await service.get_draft(1, 7, now=NOW + 46 * HOUR) == "mine!"
    for step in (service.get_draft(1, 7, now=NOW + 47 * HOUR), service.change_draft(1, 7, str, now=NOW + 47 * HOUR)):
        with pytest.raises(NotFoundError):
            await step


async def test_a_change_that_cannot_be_leaves_the_draft(newsroom):
    def refuse(_):
        raise ZeroDivisionError

    await newsroom.service.keep_draft(1, 7, "mine", now=NOW)
    with pytest.raises(ZeroDivisionError):
        await newsroom.service.change_draft(1, 7, refuse, now=NOW)
    assert await newsroom.service.get_draft(1, 7, now=NOW) == "mine"


# --- the week before ---


def told(week):
    return {
        day.day.day: [one.briefs[0].article.url for digest in day.digests for one in digest.stories]
        for day in week.days
    }


async def test_the_week_is_shown_though_the_source_was_added_just_now_and_nothing_is_claimed(newsroom, store):
    order = subscription(times=(time(8),))
    week = await newsroom.service.preview_week(1, order, now=NOW)
    # Stories of seven identical texts: the first day tells it, the others have nothing new.
    assert [day.day for day in week.days] == [date(2026, 11, 23) - back * DAY for back in range(7)]
    assert [digest.coverage.articles for day in week.days for digest in day.digests] == [1] * 7
    assert (week.pages_read, week.pages_waiting) == (7, 0)
    async with store.reading() as db:
        unclaimed = await editions.list_unclaimed(db, order, since=NOW - 30 * DAY)
    assert len(unclaimed) == 1  # what came before the guild followed it is shown and never posted


async def test_of_a_source_that_is_still_being_read_it_is_said_how_far_it_is(store):
    newsroom = Newsroom(store)
    newsroom.publish(*WEEK)
    await newsroom.service.add_source(1, FEED, now=NOW)
    order = subscription()
    assert (await newsroom.service.preview_week(1, order, now=NOW)).pages_waiting == 7
    await newsroom.service.read_due(now=NOW)
    week = await newsroom.service.preview_week(1, order, now=NOW)
    assert (week.pages_read, week.pages_waiting) == (7, 0)


async def test_of_another_guilds_sources_nothing_is_shown(newsroom):
    other = subscription(guild_id=2)
    week = await newsroom.service.preview_week(2, other, now=NOW)
    assert [urls for urls in told(week).values() if urls] == []
    assert (week.pages_read, week.pages_waiting) == (0, 0)
    with pytest.raises(NotFoundError):
        await newsroom.service.preview_week(1, other, now=NOW)
    # Naming another guild's source does not help.
    named = await newsroom.service.preview_week(2, replace(other, source_ids=(1,)), now=NOW)
    assert (told(named), named.pages_read) == (told(week), 0)


async def test_filters_keep_out_of_the_week_what_they_keep_out_of_digests(newsroom):
    await newsroom.service.set_filters(1, 1, Filters(keywords=("story 3",)))
    week = await newsroom.service.preview_week(1, subscription(times=(time(8),)), now=NOW)
    assert [urls for urls in told(week).values() if urls] == [[WEEK[2].url]]


async def test_the_sections_of_a_story_are_offered_where_its_words_have_them_and_only_to_who_follows(newsroom, store):
    week = await newsroom.service.preview_week(1, subscription(times=(time(8),)), now=NOW)
    shown = next(one for day in week.days for digest in day.digests for one in digest.stories)
    assert "Ilse Brandt" in await newsroom.service.suggest_rules(1, shown)
    async with store.writing() as db:
        await db.exec_driver_sql('UPDATE entries SET sections = \'["room", "opinion"]\'')
    ours, theirs = [await newsroom.service.suggest_rules(guild, shown) for guild in (1, 2)]
    assert ("room" in ours, "opinion" in ours, "room" in theirs) == (True, False, False)


# --- the digest of a name ---


async def test_the_digest_of_a_name_in_a_channel_is_made_once_also_by_two_at_once(newsroom):
    service = newsroom.service
    both = [subscription(name="World"), subscription(name="WORLD", times=(time(9, 15),))]
    first, second = await asyncio.gather(*(service.set_up_subscription(one, now=NOW) for one in both))
    assert first.id == second.id
    elsewhere = [subscription(name="World", channel_id=11), subscription(name="World", guild_id=2)]
    ids = {(await service.set_up_subscription(one, now=NOW)).id for one in elsewhere}
    assert len(ids | {first.id}) == 3


async def test_setting_a_paused_digest_up_again_lets_it_run(newsroom, daily):
    await newsroom.service.pause_subscription(daily.id, "Grant me Embed Links.")
    again = await newsroom.service.set_up_subscription(replace(daily, id=0, max_stories=3), now=NOW)
    assert (again.id, again.paused_because, again.max_stories) == (daily.id, "", 3)
    assert (await newsroom.service.map_next_runs(1))[daily.id] == NOW.replace(hour=8) + DAY


# --- limits ---


async def test_a_guild_has_25_digests_at_most_and_another_guild_its_own(newsroom):
    service = newsroom.service
    for number in range(25):
        saved = await service.save_subscription(subscription(name=str(number)), now=NOW)
    with pytest.raises(LimitError) as caught:
        await service.save_subscription(subscription(name="one more"), now=NOW)
    assert (caught.value.limit, caught.value.most) == (Limit.DIGESTS, 25)
    assert await service.save_subscription(replace(saved, name="changed"), now=NOW)
    assert await service.save_subscription(subscription(guild_id=2), now=NOW)


@pytest.mark.parametrize(
    ("changes", "limit"),
    [
        ({"times": tuple(time(hour) for hour in range(7))}, Limit.TIMES),
        ({"keywords": tuple(map(str, range(21)))}, Limit.KEYWORDS),
        ({"less": tuple(map(str, range(21)))}, Limit.LESS),
    ],
    ids=["times", "keywords", "less"],
)
async def test_more_than_fits_a_digest_is_refused(newsroom, daily, *, changes, limit):
    with pytest.raises(LimitError) as caught:
        await newsroom.service.save_subscription(replace(daily, **changes), now=NOW)
    assert caught.value.limit is limit


async def test_a_guild_that_followed_more_before_there_was_a_limit_is_told_of_what_it_follows(newsroom, store):
    async with store.writing() as db:
        for number in range(201):
            kept = await sources.add_source(db, source(url=f"https://o.example/{number}"), next_refresh_at=NOW)
            await sources.follow_source(db, 1, kept.id, since=NOW)
    with pytest.raises(AlreadyExistsError):
        await newsroom.service.add_source(1, FEED, now=NOW)


async def test_a_guild_follows_200_sources_at_most_and_may_ask_for_one_of_them_again(newsroom, store):
    async with store.writing() as db:
        for number in range(199):
            kept = await sources.add_source(db, source(url=f"https://o.example/{number}"), next_refresh_at=NOW)
            await sources.follow_source(db, 1, kept.id, since=NOW)
    other = "https://quay.example/feed.xml"
    newsroom.publish(story(1, outlet="quay"), feed=other, name="Quay")
    with pytest.raises(LimitError) as caught:
        await newsroom.service.add_source(1, other, now=NOW)
    assert caught.value.limit is Limit.SOURCES
    assert len(await newsroom.service.list_sources(1)) == 200
    with pytest.raises(AlreadyExistsError):
        await newsroom.service.add_source(1, FEED, now=NOW)
    await newsroom.service.remove_source(1, kept.id)
    assert await newsroom.service.add_source(1, other, now=NOW)


async def test_a_list_that_names_too_many_is_followed_up_to_the_limit(newsroom, store):
    async with store.writing() as db:
        for number in range(198):
            kept = await sources.add_source(db, source(url=f"https://o.example/{number}"), next_refresh_at=NOW)
            await sources.follow_source(db, 1, kept.id, since=NOW)
    feeds = [f"https://{name}.example/feed.xml" for name in ("a", "b")]
    for feed in feeds:
        newsroom.publish(story(1, outlet=feed[8]), feed=feed, name=feed[8])
    body = "".join(f'<outline type="rss" text="x" xmlUrl="{feed}"/>' for feed in feeds)
    with pytest.raises(LimitError):
        await newsroom.service.import_sources(1, f"<opml><body>{body}</body></opml>".encode(), now=NOW)
    assert len(await newsroom.service.list_sources(1)) == 200


# --- what was posted, and its end ---


async def test_past_editions_come_newest_first_with_what_became_of_them(newsroom, daily):
    service = newsroom.service
    await service.issue_now(1, daily.id, now=NOW, render=print_urls)
    await service.skip_next(1, daily.id, now=NOW)
    (part,) = await service.open_deliveries(now=NOW)
    await service.fail_delivery(part.id, "Discord says no", now=NOW)
    skipped, extra = await service.list_past_editions(1, daily.id)
    assert (skipped.edition.kind, skipped.stories) == (EditionKind.SKIPPED, 0)
    assert (extra.stories, extra.failed_because) == (1, "Discord says no")
    assert extra.edition.deliveries[0].state is DeliveryState.FAILED
    assert await service.list_past_editions(1, daily.id, limit=1, offset=1) == (extra,)
    with pytest.raises(NotFoundError):
        await service.list_past_editions(2, daily.id)


async def test_a_digest_that_is_deleted_goes_with_all_that_was_kept_of_it_and_others_stay(newsroom, daily):
    service = newsroom.service
    other = await service.save_subscription(subscription(name="Other", times=(time(9),)), now=NOW)
    for one in (daily, other):
        await service.issue_now(1, one.id, now=NOW, render=print_urls)
    mine, theirs = await service.open_deliveries(now=NOW)
    await service.begin_delivery(mine.id, now=NOW)
    with pytest.raises(NotFoundError):
        await service.delete_subscription(2, daily.id)
    await service.delete_subscription(1, daily.id)
    assert await service.list_subscriptions(1) == (other,)
    assert [part.id for part in await service.open_deliveries(now=NOW)] == [theirs.id]
    # What was under way when it went ends quietly.
    await service.finish_delivery(mine.id, 77, now=NOW)
    await service.lose_channel([mine.edition_id], "gone", now=NOW)
    for step in (
        service.begin_delivery(mine.id, now=NOW),
        service.get_edition(1, mine.edition_id),
        service.issue_now(1, daily.id, now=NOW, render=print_urls),
        service.delete_subscription(1, daily.id),
    ):
        with pytest.raises(NotFoundError):
            await step
    assert len(await service.list_past_editions(1, other.id)) == 1


async def test_a_digest_that_was_answered_and_corrected_can_be_deleted(newsroom, daily, store):
    service = newsroom.service
    edition = await service.issue_now(1, daily.id, now=NOW, render=print_urls)
    (part,) = edition.deliveries
    async with store.writing() as db:
        for kind, pointing in ((EditionKind.REMINDER, "answers"), (EditionKind.CORRECTION, "edits")):
            await editions.add_edition(
                db, daily, None, edition.period, composed_at=NOW, payloads=["x"], kind=kind, **{pointing: [part.id]}
            )
    await service.delete_subscription(1, daily.id)
    assert await service.open_deliveries(now=NOW) == ()


async def test_a_digest_that_is_deleted_while_an_extra_edition_is_made_has_none(newsroom, daily):
    service, think = newsroom.service, newsroom.service._tools.think

    async def delete_meanwhile(function, *args, timeout=None):  # noqa: ASYNC109 -- the pool's signature
        await service.delete_subscription(1, daily.id)
        return await think(function, *args, timeout=timeout)

    service._tools = replace(service._tools, think=delete_meanwhile)
    with pytest.raises(NotFoundError):
        await service.issue_now(1, daily.id, now=NOW, render=print_urls)


async def test_what_is_more_than_a_preview_holds_is_counted(newsroom):
    tools = newsroom.service._tools
    week = await previewing.preview_week(tools, 1, subscription(times=(time(8),)), now=NOW, most=3)
    coverage = [digest.coverage for day in week.days for digest in day.digests]
    assert [one.articles for one in coverage] == [1, 1, 1, 0, 0, 0, 0]
    assert [one.articles_passed_over for one in coverage] == [0, 0, 0, 1, 1, 1, 1]
