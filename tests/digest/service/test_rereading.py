"""What was told is read once more after 6 and after 24 hours; messages whose words have vanished are edited."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select, update

from digest.errors import DisallowedError, Fault, RefusedError, UnreachableError
from digest.model import Brief, Card, DeliveryState, EditionKind, Part, Summary, Trouble
from digest.reading.brief import read_page
from digest.reading.sentences import first_sentences
from digest.service import rereading
from digest.service.tools import Tools
from digest.store import posts, rereads
from digest.store.schema import articles, claims, entries, guild_sources, sources, subscriptions
from tests.builders import NOW, article, subscription
from tests.digest.service.newsroom import FEED, Newsroom, printed, story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = story(1).url
OLD = (
    "The council voted on Thursday to close the harbour bridge for two years.",
    "The repair will cost 40 million crowns, the council said.",
    "Half of the money comes from the state.",
    "The bridge was built in 1931.",
)
NEW = (OLD[0], OLD[1].replace("40", "43"), *OLD[2:])
NEWER = (OLD[0], OLD[1].replace("40", "43"), OLD[2].replace("Half", "A third"), OLD[3])


def reading_of(title, *sentences, **changes):
    """The reading of a page with these sentences, all of which its card shows."""
    text = " ".join(sentences)
    found = first_sentences(text, len(text))[0]
    indexes = tuple(range(len(found)))
    told = article(text, url=URL, title=title, site="", published_at=None, **changes)
    return Brief(told, found, Summary(indexes, "lead"), card=Card(indexes), read_until=len(text))


class CorrectingNewsroom(Newsroom):
    """A newsroom whose first article says, at each moment, what `says` has."""

    def __init__(self, store):
        super().__init__(store)
        self.says = reading_of("Bridge closed", *OLD)
        self.says_there = {}
        self.meanwhile = None

    async def think(self, function, *args, timeout=None):  # noqa: ASYNC109 -- the pool's signature
        if self.meanwhile and isinstance(function, partial):
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        found = await super().think(function, *args, timeout=timeout)
        is_first = function is read_page and args[0].url == URL
        if function is read_page and args[0].url in self.says_there:
            return self.says_there[args[0].url]
        return self.says if is_first else found


@pytest.fixture
async def newsroom(store):
    return await CorrectingNewsroom.reporting(store, story(1))


@pytest.fixture
async def daily(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)


def print_words(digest):
    return tuple(Part("\n".join(_words(brief)), ()) for story in digest.stories for brief in story.briefs)


def _words(brief):
    return [brief.words(brief.sentences[index].span) for index in brief.card.sentences]


def print_anew(post, corrections):
    """The payload with the new words in place of those that it has of the old ones."""
    payload = post.payload
    for one in corrections:
        for gone in one.sentences:
            new = one.after.words(one.after.sentences[gone.instead].span) if gone.instead is not None else "(gone)"
            payload = payload.replace(one.before.words(one.before.sentences[gone.index].span), new)
    return Part(payload) if payload != post.payload else None


async def tell(newsroom, order, *, now=NOW, message_id=500):
    edition = await newsroom.service.issue_now(1, order.id, now=now, render=print_words)
    await post(newsroom, edition, now=now, message_id=message_id)
    return edition


async def post(newsroom, edition, *, now=NOW, message_id=500):
    for part in edition.deliveries:
        await newsroom.service.begin_delivery(part.id, now=now)
        await newsroom.service.finish_delivery(part.id, message_id, now=now)


async def reread(newsroom, now):
    return await newsroom.service.reread_due(now=now, render=print_anew)


async def times_read(newsroom, *, until=3 * DAY, every=HOUR):
    """The hours after which the page was fetched once more."""
    hours, asked = [], newsroom.fetched(URL)
    for number in range(1, until // every + 1):
        await reread(newsroom, NOW + number * every)
        if newsroom.fetched(URL) > asked:
            asked = newsroom.fetched(URL)
            hours.append(number)
    return hours


async def test_what_was_told_is_read_once_more_after_6_and_after_24_hours_and_no_more(newsroom, daily):
    await tell(newsroom, daily)
    assert await times_read(newsroom) == [6, 24]


async def test_what_was_not_told_is_not_read_once_more(newsroom):
    assert await times_read(newsroom) == []


async def test_what_commits_somebody_is_read_once_more_though_nobody_was_told(newsroom):
    newsroom.publish(story(2))  # as the builder has it: with a commitment
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.read_due(now=NOW)
    asked = newsroom.fetched(story(2).url)
    for hours in range(1, 72):
        await reread(newsroom, NOW + hours * HOUR)
    assert newsroom.fetched(story(2).url) == asked + 2


async def test_words_that_vanished_are_edited_where_they_were_shown(newsroom, daily):
    told = await tell(newsroom, daily, message_id=500)
    newsroom.says = reading_of("Bridge closed", *NEW)
    (edition,) = await reread(newsroom, NOW + 6 * HOUR)
    (part,) = edition.deliveries
    assert (edition.kind, edition.slot, part.edits) == (EditionKind.CORRECTION, None, 500)
    assert part.payload == told.deliveries[0].payload.replace("40", "43")
    assert (part.state, part.channel_id) == (DeliveryState.PENDING, daily.channel_id)
    assert part in await newsroom.service.open_deliveries(now=NOW + 6 * HOUR)


async def test_what_takes_the_place_of_old_words_is_not_shown_where_the_guild_hides_it(newsroom, daily):
    told = await tell(newsroom, daily, message_id=500)
    await newsroom.service.suppress_name(1, "43 million", now=NOW, render=lambda *_: lambda _: None)
    newsroom.says = reading_of("Bridge closed", *NEW)
    (edition,) = await reread(newsroom, NOW + 6 * HOUR)
    assert edition.deliveries[0].payload == told.deliveries[0].payload.replace(OLD[1], "(gone)")


async def test_look_ups_show_the_new_version(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    await reread(newsroom, NOW + 6 * HOUR)
    assert (await newsroom.service.get_brief(1, 1)).article.text == " ".join(NEW)


async def test_where_no_shown_word_vanished_nothing_is_edited(newsroom, daily):
    await tell(newsroom, daily)
    more = "Ferries will run from March."
    newsroom.says = reading_of(
        "Bridge closed", *(sentence.replace("the state", "the  state") for sentence in OLD), more
    )
    assert await reread(newsroom, NOW + 6 * HOUR) == ()
    assert more in (await newsroom.service.get_brief(1, 1)).article.text


async def test_a_message_that_shows_none_of_the_old_words_is_not_edited(newsroom, daily):
    newsroom.says = reading_of("Bridge closed", *OLD)
    edition = await newsroom.service.issue_now(1, daily.id, now=NOW, render=lambda _: (Part("only a headline"),))
    await post(newsroom, edition)
    newsroom.says = reading_of("Bridge closed", *NEW)
    assert await reread(newsroom, NOW + 6 * HOUR) == ()


async def test_a_correction_that_another_source_brought_before_is_edited_too(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    again = "https://quay.example/feed.xml"
    newsroom.publish(story(1, identity="again"), feed=again, name="Quay Weekly")
    await newsroom.service.add_source(1, again, now=NOW)
    await newsroom.service.refresh_due(now=NOW + 2 * DAY)
    assert (await newsroom.service.get_brief(1, 1)).article.text == " ".join(NEW)
    (edition,) = await reread(newsroom, NOW + 2 * DAY)
    assert "43 million" in edition.deliveries[0].payload


async def test_reading_through_another_source_changes_neither_outlet_nor_date(newsroom, daily):
    await tell(newsroom, daily)
    before = await newsroom.service.get_brief(1, 1)
    planet = "https://planet.example/feed.xml"
    newsroom.publish(story(1, identity="again", at=NOW + HOUR), feed=planet, name="Planet Aggregator")
    await newsroom.service.add_source(2, planet, now=NOW)
    await newsroom.service.refresh_due(now=NOW + 2 * HOUR)
    asked = newsroom.fetched(URL)
    await reread(newsroom, NOW + 6 * HOUR)
    assert newsroom.fetched(URL) == asked + 1
    assert await newsroom.service.get_brief(1, 1) == before
    assert (before.article.site, before.article.published_at) == ("Harbour Gazette", NOW)


async def test_what_is_told_after_its_times_is_read_once_more_at_once(newsroom, daily):
    newsroom.says = reading_of("Bridge closed", *NEW)  # since the first hour
    await tell(newsroom, daily, now=NOW + 3 * DAY)
    (edition,) = await reread(newsroom, NOW + 3 * DAY)
    assert "43 million" in edition.deliveries[0].payload
    asked = newsroom.fetched(URL)
    for hours in range(72):
        await reread(newsroom, NOW + 3 * DAY + hours * HOUR)
    assert newsroom.fetched(URL) == asked


async def test_what_was_corrected_while_an_edition_was_composed_is_edited_there_too(newsroom, daily):
    await tell(newsroom, daily)
    await reread(newsroom, NOW + 6 * HOUR)
    newsroom.says = reading_of("Bridge closed", *NEW)
    late = await newsroom.service.save_subscription(subscription(channel_id=20, zone="UTC"), now=NOW)
    newsroom.meanwhile = lambda: reread(newsroom, NOW + 24 * HOUR)
    edition = await tell(newsroom, late, now=NOW + 24 * HOUR, message_id=900)
    assert "40 million" in edition.deliveries[0].payload
    (correction,) = await reread(newsroom, NOW + 24 * HOUR)
    assert [(part.edits, part.payload) for part in correction.deliveries] == [(900, "\n".join(NEW))]


async def test_a_second_correction_is_made_of_what_the_first_left(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    (first,) = await reread(newsroom, NOW + 6 * HOUR)
    newsroom.says = reading_of("Bridge closed", *NEWER)
    (second,) = await reread(newsroom, NOW + 24 * HOUR)  # the first may be on its way still: it goes first
    assert second.deliveries[0].payload == "\n".join(NEWER)
    assert second.deliveries[0].edits == first.deliveries[0].edits == 500


async def test_two_articles_of_one_message_that_are_corrected_at_once_are_both_corrected_in_it(newsroom, store, daily):
    quay = "https://quay.example/feed.xml"
    other = story(1, outlet="quay")
    said = reading_of("Ferries run", "Ferries will cost 7 crowns.", "They run from March.", "Few will take them.")
    newsroom.says_there[other.url] = replace(said, article=replace(said.article, url=other.url))
    newsroom.publish(other, feed=quay, name="Quay Weekly")
    await newsroom.service.add_source(1, quay, now=NOW)
    await newsroom.service.refresh_due(now=NOW)

    def print_together(digest):
        return (Part("\n".join(part.payload for part in print_words(digest))),)

    edition = await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_together)
    assert "40 million" in printed(edition)[0]
    assert "7 crowns" in printed(edition)[0]
    await post(newsroom, edition)
    newsroom.says = reading_of("Bridge closed", *NEW)
    said = reading_of("Ferries run", "Ferries will cost 8 crowns.", "They run from March.", "Few will take them.")
    newsroom.says_there[other.url] = replace(said, article=replace(said.article, url=other.url))
    async with store.writing() as db:
        await db.execute(select(subscriptions.c.id).with_for_update())
        at_once = asyncio.create_task(reread(newsroom, NOW + 6 * HOUR))
        await asyncio.sleep(0.3)  # both come as far as they can
    made = await at_once
    last = max((part for edition in made for part in edition.deliveries), key=lambda part: part.id)
    assert "43 million" in last.payload
    assert "8 crowns" in last.payload


async def test_words_that_came_back_are_put_back(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    await reread(newsroom, NOW + 6 * HOUR)
    newsroom.says = reading_of("Bridge closed", *OLD)
    (edition,) = await reread(newsroom, NOW + 24 * HOUR)
    assert edition.deliveries[0].payload == "\n".join(OLD)


async def test_a_correction_that_could_not_be_posted_counts_for_nothing(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    (first,) = await reread(newsroom, NOW + 6 * HOUR)
    await newsroom.service.fail_delivery(first.deliveries[0].id, "refused", now=NOW + 6 * HOUR)
    newsroom.says = reading_of("Bridge closed", *NEWER)
    (second,) = await reread(newsroom, NOW + 24 * HOUR)
    assert second.deliveries[0].payload == "\n".join(NEWER)


async def test_a_message_that_was_deleted_is_not_edited_again(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    (first,) = await reread(newsroom, NOW + 6 * HOUR)
    await post(newsroom, first, message_id=0)
    newsroom.says = reading_of("Bridge closed", *NEWER)
    assert await reread(newsroom, NOW + 24 * HOUR) == ()


async def test_what_is_not_posted_yet_is_waited_for(newsroom, daily):
    edition = await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_words)
    newsroom.says = reading_of("Bridge closed", *NEW)
    asked = newsroom.fetched(URL)
    assert await reread(newsroom, NOW + 6 * HOUR) == ()
    assert newsroom.fetched(URL) == asked
    await post(newsroom, edition, now=NOW + 7 * HOUR)
    (correction,) = await reread(newsroom, NOW + 7 * HOUR)
    assert correction.deliveries[0].edits == 500


async def test_what_stands_is_edited_though_another_guilds_part_is_not_posted(newsroom, daily):
    await newsroom.service.add_source(2, FEED, now=NOW)
    other = await newsroom.service.save_subscription(subscription(guild_id=2, channel_id=20, zone="UTC"), now=NOW)
    late = await newsroom.service.issue_now(2, other.id, now=NOW, render=print_words)
    await tell(newsroom, daily, message_id=500)
    newsroom.says = reading_of("Bridge closed", *NEW)
    asked = newsroom.fetched(URL)
    (edition,) = await reread(newsroom, NOW + 6 * HOUR)
    assert [part.edits for part in edition.deliveries] == [500]
    for hours in range(7, 12):
        assert await reread(newsroom, NOW + hours * HOUR) == ()
    assert newsroom.fetched(URL) == asked + 1
    await post(newsroom, late, now=NOW + 11 * HOUR, message_id=900)
    (edition,) = await reread(newsroom, NOW + 12 * HOUR)
    assert [(part.edits, part.payload) for part in edition.deliveries] == [(900, "\n".join(NEW))]


async def test_what_changed_while_its_post_was_held_is_edited_when_it_is_posted(newsroom, daily):
    service = newsroom.service
    edition = await service.issue_now(1, daily.id, now=NOW, render=print_words)
    await service.lose_channel({edition.id}, "gone", now=NOW)
    newsroom.says = reading_of("Bridge closed", *NEW)
    assert await times_read(newsroom) == [6, 24]
    await service.resume_subscription(1, daily.id, now=NOW + 3 * DAY)
    assert await reread(newsroom, NOW + 3 * DAY) == ()
    await post(newsroom, edition, now=NOW + 3 * DAY)
    (correction,) = await reread(newsroom, NOW + 3 * DAY + HOUR)
    assert [(part.edits, part.payload) for part in correction.deliveries] == [(500, "\n".join(NEW))]


async def test_the_other_articles_of_a_story_are_asked_what_they_print_still(newsroom, store, daily):
    newsroom.publish(story(1), story(2))
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.read_due(now=NOW)
    await tell(newsroom, daily)
    async with store.writing() as db:
        told = (await posts.list_posted(db, 1, since=NOW))[0].story_id
        await db.execute(update(claims).where(claims.c.article_id == 2).values(story_id=told, place=1))
        assert [one.article.url for one in await posts.get_others(db, told, 1)] == [story(2).url]


async def test_messages_are_edited_where_they_stand_when_the_digest_has_moved(newsroom, daily):
    await tell(newsroom, daily)
    await newsroom.service.save_subscription(replace(daily, channel_id=77), now=NOW)
    newsroom.says = reading_of("Bridge closed", *NEW)
    (edition,) = await reread(newsroom, NOW + 6 * HOUR)
    assert edition.deliveries[0].channel_id == daily.channel_id


async def test_every_guild_that_was_told_gets_its_message_edited(newsroom, daily):
    await newsroom.service.add_source(2, FEED, now=NOW)
    other = await newsroom.service.save_subscription(subscription(guild_id=2, channel_id=20, zone="UTC"), now=NOW)
    await tell(newsroom, daily, message_id=500)
    edition = await newsroom.service.issue_now(2, other.id, now=NOW, render=print_words)
    await post(newsroom, edition, message_id=900)
    newsroom.says = reading_of("Bridge closed", *NEW)
    editions = await reread(newsroom, NOW + 6 * HOUR)
    assert sorted((part.channel_id, part.edits) for one in editions for part in one.deliveries) == [
        (10, 500),
        (20, 900),
    ]


async def test_two_who_read_at_once_make_one_correction(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    made = await asyncio.gather(*(reread(newsroom, NOW + 6 * HOUR) for _ in range(2)))
    assert sorted(map(len, made)) == [0, 1]
    assert len(await newsroom.service.open_deliveries(now=NOW + 6 * HOUR)) == 1


async def test_a_render_that_fails_leaves_all_as_it_was_until_it_is_read_again(newsroom, daily, caplog):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Bridge closed", *NEW)
    assert await newsroom.service.reread_due(now=NOW + 6 * HOUR, render=lambda *_: 1 / 0) == ()
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]
    assert (await newsroom.service.get_brief(1, 1)).article.text == " ".join(OLD)
    assert await reread(newsroom, NOW + 6 * HOUR) == ()
    assert len(await reread(newsroom, NOW + DAY)) == 1


async def test_another_page_in_its_place_is_no_version_of_it(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("Subscribe now", "Our offers are the best.", "Read all you want.", "Pay by the month.")
    assert await reread(newsroom, NOW + 6 * HOUR) == ()
    assert (await newsroom.service.get_brief(1, 1)).article.text == " ".join(OLD)


async def test_a_retraction_is_one_whatever_stands_there(newsroom, daily):
    await tell(newsroom, daily)
    newsroom.says = reading_of("RETRACTED: Bridge closed", "This article was retracted.")
    (edition,) = await reread(newsroom, NOW + 6 * HOUR)
    assert edition.deliveries[0].payload == "\n".join(["(gone)"] * len(OLD))


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_is_removed_and_its_messages_stay(newsroom, status):
    newsroom.publish(story(2))
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.read_due(now=NOW)
    newsroom.web.answers[story(2).url] = RefusedError(story(2).url, "gone", status=status)
    assert await reread(newsroom, NOW + 6 * HOUR) == ()
    (entry,) = await newsroom.service.list_commitments(1)
    assert entry.newest.trouble is Trouble.REMOVED


@pytest.mark.parametrize(
    "error",
    [
        UnreachableError(URL, "in trouble", status=503),
        RefusedError(URL, "asks for a login", status=401),
        DisallowedError(URL, "robots.txt says no"),
    ],
)
async def test_a_page_that_cannot_be_had_is_tried_no_more_until_the_next_time(newsroom, daily, error):
    await tell(newsroom, daily)
    newsroom.web.answers[URL] = error
    assert await times_read(newsroom) == [6, 24]


async def test_a_server_that_is_busy_is_left_alone_as_long_as_it_asks(newsroom, daily):
    newsroom.publish(story(1), story(2))
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.read_due(now=NOW)
    await tell(newsroom, daily)
    newsroom.web.answers[URL] = UnreachableError(URL, "busy", status=429, retry_after=3 * HOUR)
    await reread(newsroom, NOW + 6 * HOUR)
    asked = len(newsroom.web.asked)
    for minutes in range(0, 175, 5):
        await reread(newsroom, NOW + 6 * HOUR + timedelta(minutes=minutes))
    assert len(newsroom.web.asked) == asked
    await reread(newsroom, NOW + 9 * HOUR)
    assert newsroom.web.asked[-1][0] == story(2).url


async def test_a_page_whose_turn_did_not_come_was_not_read_once_more(newsroom, daily):
    await tell(newsroom, daily)
    page = newsroom.web.answers[URL]
    newsroom.web.answers[URL] = UnreachableError(URL, "its turn did not come", fault=Fault.TURN)
    await reread(newsroom, NOW + 6 * HOUR)
    newsroom.web.answers[URL], newsroom.says = page, reading_of("Bridge closed", *NEW)
    assert len(await reread(newsroom, NOW + 7 * HOUR)) == 1


async def test_what_nobody_follows_any_more_is_left_alone(newsroom, daily):
    await tell(newsroom, daily)
    await newsroom.service.remove_source(1, 1)
    assert await times_read(newsroom) == []


async def test_after_a_week_away_nothing_is_read_once_more(newsroom, daily):
    await tell(newsroom, daily)
    asked = newsroom.fetched(URL)
    await reread(newsroom, NOW + 8 * DAY)
    assert newsroom.fetched(URL) == asked


async def test_a_slow_source_goes_on_in_the_next_round(newsroom, daily, store):
    newsroom.publish(story(1), story(2), story(3))
    await newsroom.service.refresh_source(1, now=NOW)
    await newsroom.service.read_due(now=NOW)
    await tell(newsroom, daily)
    tools, asked = Tools(store, newsroom.web, newsroom.think), len(newsroom.web.asked)
    for read in (1, 2, 3):
        await rereading.reread_due(tools, now=NOW + 6 * HOUR, render=print_anew, seconds=0.0)
        assert len(newsroom.web.asked) == asked + read


async def test_of_one_source_the_same_is_due_as_among_all(store):
    read = {"version": 1, "first_read_at": NOW, "read_at": NOW, "dated_at": NOW, "rereads": 0, "reread_at": NOW}
    listed = {"title": "", "summary": "", "first_seen_at": NOW}
    async with store.writing() as db:
        for number in (1, 2, 3):
            await db.execute(insert(sources), {"url": f"{number}", "name": "", "kind": "feed", "next_refresh_at": NOW})
        await db.execute(insert(guild_sources), [{"guild_id": 1, "source_id": id_, "since": NOW} for id_ in (1, 2)])
        for number in range(1, 7):
            await db.execute(insert(articles), read | {"identity": f"{number}"})
        pairs = ((1, 1), (1, 2), (2, 2), (2, 3), (1, 3), (3, 4), (1, 5), (3, 5))
        for source_id, article_id in pairs:
            place = {"source_id": source_id, "article_id": article_id, "identity": f"{article_id}", "url": ""}
            await db.execute(insert(entries), listed | place)
    async with store.reading() as db:
        due = await rereads.list_due_rereads(db, NOW)
        of_each = [await rereads.list_due_rereads(db, NOW, source_id=id_) for id_ in (1, 2, 3)]
    assert [[one.article_id for one in group] for group in due] == [[1, 3, 5], [2]]
    assert of_each == [due[:1], due[1:], ()]
