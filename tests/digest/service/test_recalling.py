"""What a guild can look back at: its days, its articles, its speakers, its stories; and nothing of another guild."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, update

from digest.errors import NotFoundError
from digest.model import (
    Brief,
    Card,
    Choice,
    EditionKind,
    Outcome,
    Period,
    Quote,
    QuoteKind,
    Sentence,
    Slot,
    Span,
    Speaker,
    Trouble,
)
from digest.service import Service
from digest.store import articles, deliveries, editions, reminders, sources, suggestions, told
from digest.store.schema import deliveries as parts, guild_settings
from tests.builders import NOW, article, brief
from tests.digest.store.shelves import follow, issue, shelve, subscribe
from tests.digest.store.tellers import promise, tell
from tests.fakes import FakeFetcher, think

DAY = timedelta(days=1)
PERIOD = Period(NOW - DAY, NOW)
TODAY = date(2026, 11, 23)


@pytest.fixture
def service(store):
    return Service(store, FakeFetcher(), think)


@pytest.fixture
async def source_id(store):
    return await follow(store)


def said(name, words, *, role=""):
    """A brief in which somebody says something, in its only sentence."""
    line = f"“{words},” said {name}{', ' + role if role else ''}."

    def span(part):
        return Span(line.index(part), line.index(part) + len(part))

    speaker = Speaker(span(name), span(name), span(role) if role else None)
    return Brief(
        article(line, title=words),
        sentences=(Sentence(0, Span(0, len(line))),),
        quotes=(Quote(QuoteKind.DIRECT, (span(words),), span("said"), speaker, "x"),),
        card=Card((0,), (0,)),
    )


async def quote(store, source_id, number, name, words, *, role="", at=NOW, title=""):
    kept = said(name, words, role=role)
    url = f"https://gazette.example/{number}"
    read = replace(kept.article, url=url, published_at=at, title=title or words)
    return await shelve(store, source_id, kept=replace(kept, article=read))


async def show(store, order, at, *stories, payloads=("one",)):
    """An edition made then that shows these stories: pairs of headline and article ids, with when they began."""
    async with store.writing() as db:
        edition = await editions.add_edition(
            db, order, Slot(order.id, at.date(), time(8)), Period(at - DAY, at), composed_at=at, payloads=payloads
        )
        urls = await articles.list_urls(db, [id_ for _, ids, _ in stories for id_ in ids])
        await editions.claim(db, edition, list(urls.values()))
        by_id = {id_: url for url, id_ in urls.items()}
        choices = [Choice(head, tuple(by_id[id_] for id_ in ids), Outcome.SHOWN, began) for head, ids, began in stories]
        await told.add_choices(db, edition, choices, urls)
    return edition


# --- zones -----------------------------------------------------------------------------------------------------------


async def test_a_guilds_zone_is_what_it_chose_else_its_oldest_digests_else_utc(store, service):
    assert await service.get_zone(1) == "UTC"
    await subscribe(store, zone="Asia/Tokyo")
    await subscribe(store, zone="Europe/Berlin")
    assert await service.get_zone(1) == "Asia/Tokyo"
    async with store.writing() as db:
        await db.execute(insert(guild_settings), {"guild_id": 1, "zone": "Africa/Cairo"})
    assert await service.get_zone(1) == "Africa/Cairo"
    assert await service.get_zone(2) == "UTC"


async def test_settings_without_a_zone_say_nothing_of_it(store, service):
    await subscribe(store, zone="Asia/Tokyo")
    async with store.writing() as db:
        await db.execute(insert(guild_settings), {"guild_id": 1, "zone": ""})
    assert await service.get_zone(1) == "Asia/Tokyo"


# --- days ------------------------------------------------------------------------------------------------------------


async def test_the_digests_of_a_day_are_those_of_its_slots_and_the_extra_ones_of_that_day(store, service):
    order, other = await subscribe(store, name="World"), await subscribe(store, name="Sport", zone="Asia/Tokyo")
    await issue(store, order, PERIOD, slot=Slot(order.id, TODAY, time(8)), payloads=("one", "two"))
    await issue(store, other, PERIOD)  # made at 17:00 in Tokyo
    await issue(store, order, PERIOD, slot=Slot(order.id, TODAY - DAY, time(8)))
    await issue(store, order, PERIOD, slot=Slot(order.id, TODAY, time(18)), payloads=())  # nothing new
    found = await service.list_issued(1, TODAY)
    assert [(one.subscription.name, one.payloads, one.day) for one in found] == [
        ("World", ("one", "two"), TODAY),
        ("Sport", ("one",), TODAY),
    ]
    assert await service.list_issued(2, TODAY) == ()


async def test_a_digest_that_was_made_late_belongs_to_the_day_of_its_slot(store, service):
    order = await subscribe(store)
    await issue(store, order, PERIOD, slot=Slot(order.id, TODAY - 2 * DAY, time(8)))
    (found,) = await service.list_issued(1, TODAY - 2 * DAY)
    assert found.day == TODAY - 2 * DAY
    assert await service.list_issued(1, TODAY) == ()


async def test_an_extra_digest_belongs_to_the_day_of_its_zone(store, service):
    order = await subscribe(store, zone="Pacific/Kiritimati")  # 14 hours ahead
    async with store.writing() as db:
        late = NOW.replace(hour=20)
        await editions.add_edition(db, order, None, PERIOD, composed_at=late, payloads=("one",))
    assert await service.list_issued(1, TODAY) == ()
    assert len(await service.list_issued(1, TODAY + DAY)) == 1


async def test_a_day_shows_messages_as_they_stand_now(store, service):
    order = await subscribe(store)
    edition = await issue(store, order, PERIOD, payloads=("first", "second", "third", "fourth"))
    ids = [part.id for part in edition.deliveries]
    async with store.writing() as db:
        for number, id_ in enumerate(ids[:3]):
            await deliveries.finish_delivery(db, id_, 500 + number, now=NOW)
        await deliveries.fail_delivery(db, ids[3], "rejected", now=NOW)
        await db.execute(update(parts).where(parts.c.id == ids[2]).values(message_id=0))  # deleted by somebody
        await editions.add_edition(
            db,
            order,
            None,
            Period(NOW, NOW),
            composed_at=NOW,
            payloads=["first, corrected"],
            edits=[ids[0]],
            kind=EditionKind.CORRECTION,
        )
    (found,) = await service.list_issued(1, TODAY)
    assert (found.payloads, found.message_id) == (("first, corrected", "second"), 500)
    assert await service.get_issued(1, edition.id) == found
    with pytest.raises(NotFoundError):
        await service.get_issued(2, edition.id)


async def test_a_day_without_a_digest_knows_the_nearest_that_have_one(store, service):
    order = await subscribe(store)
    assert await service.find_nearest_days(1, TODAY) == (None, None)
    for day in (TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY + DAY):
        at = NOW + (day - TODAY)
        async with store.writing() as db:
            slot = Slot(order.id, day, time(8))
            await editions.add_edition(db, order, slot, Period(at - DAY, at), composed_at=at, payloads=("one",))
    assert await service.find_nearest_days(1, TODAY) == (TODAY - 2 * DAY, TODAY + DAY)
    assert await service.find_nearest_days(1, TODAY - 2 * DAY) == (TODAY - 3 * DAY, TODAY + DAY)
    assert await service.find_nearest_days(2, TODAY) == (None, None)
    assert await service.find_nearest_days(1, date.max) == (TODAY + DAY, None)
    assert (await service.list_issued(1, date.min), await service.list_issued(1, date.max)) == ((), ())


# --- the last days ---------------------------------------------------------------------------------------------------


async def test_a_story_of_several_digests_is_one_with_its_newest_headline_and_day(store, service, source_id):
    order = await subscribe(store)
    first = await quote(store, source_id, 1, "Ada Quill", "The pier will be closed for the winter", title="Pier closes")
    later = await quote(store, source_id, 2, "Ada Quill", "Everybody was glad to see the old pier go")
    alone = await quote(
        store, source_id, 3, "Bo Rook", "Trains run late since somebody sold the signals", title="Trains late"
    )
    async with store.writing() as db:  # a second digest told it too: they share an article
        await sources.follow_source(db, 2, source_id, since=NOW - 9 * DAY)
    began = NOW - 2 * DAY
    await show(store, order, began, ("Pier closes", [first], began), ("Trains late", [alone], began))
    other = await subscribe(store, channel_id=11)
    await show(store, other, NOW - DAY, ("Pier closes", [first, later], began))
    recap = await service.catch_up(1, days=3, now=NOW)
    assert recap.editions == 2
    pier, trains = recap.stories
    assert (pier.story.headline, pier.story.day, pier.tellings, pier.began_at) == ("Pier closes", 2, 2, began)
    assert [one.article.url[-1] for one in pier.story.briefs] == ["1", "2"]
    assert (trains.story.headline, trains.story.day, trains.tellings) == ("Trains late", 1, 1)
    assert (await service.catch_up(2, days=3, now=NOW)).stories == ()
    assert (await service.catch_up(1, days=1, now=NOW)).editions == 0


async def test_what_was_retracted_since_is_left_out_and_counted(store, service, source_id):
    order = await subscribe(store)
    gone, kept = [
        await quote(store, source_id, number, "Ada Quill", f"It is {number}", title=title)
        for number, title in ((1, "Gone"), (2, "Kept"))
    ]
    await show(store, order, NOW, ("Gone", [gone], NOW), ("Kept", [kept], NOW))
    async with store.writing() as db:
        await articles.set_trouble(db, gone, Trouble.RETRACTED, now=NOW)
    recap = await service.catch_up(1, days=2, now=NOW)
    assert [one.story.headline for one in recap.stories] == ["Kept"]
    assert recap.articles_gone == 1


async def test_commitments_stand_fell_due_or_were_taken_back(store, service, source_id):
    order = await subscribe(store, zone="UTC")
    stands = await tell(
        store, source_id, promise("Ada Quill", "rebuild the pier", by=TODAY + 9 * DAY), url="https://a.b/1"
    )
    fallen = await tell(store, source_id, promise("Bo Rook", "sell the trams", by=TODAY - DAY), url="https://a.b/2")
    back = await tell(store, source_id, promise("Cy Marsh", "close the school"), url="https://a.b/3", at=NOW - 3 * DAY)
    await tell(
        store, source_id, promise("Cy Marsh", "close the school", is_withdrawal=True), url="https://a.b/4", at=NOW
    )
    edition = await show(store, order, NOW - DAY, ("All", [stands, fallen, back], NOW - DAY))
    async with store.writing() as db:
        ids = (await articles.list_shown(db, [stands, fallen, back])).values()
        await reminders.add_shown(db, edition.deliveries[0].id, set(ids))
    long_ago = promise("Di Fern", "paint the tower", is_withdrawal=True)
    await tell(store, source_id, long_ago, url="https://a.b/5", at=NOW - 9 * DAY)
    await issue(store, order, PERIOD)  # of nothing that commits anybody
    async with store.writing() as db:
        await sources.follow_source(db, 2, source_id, since=NOW - 9 * DAY)
        point = Period(NOW, NOW)
        await editions.add_edition(db, order, None, point, composed_at=NOW, payloads=["x"], kind=EditionKind.CORRECTION)
    assert (await service.catch_up(2, days=3, now=NOW)).standing == ()  # another server's digest showed it
    recap = await service.catch_up(1, days=3, now=NOW)
    assert recap.editions == 2
    assert [one.newest.what for one in recap.standing] == ["rebuild the pier"]
    assert [one.newest.what for one in recap.fallen_due] == ["sell the trams"]
    assert [one.newest.what for one in recap.withdrawn] == ["close the school"]


# --- articles --------------------------------------------------------------------------------------------------------


async def test_an_article_is_offered_by_words_of_its_title_as_they_are_typed(store, service, source_id):
    for number, title in enumerate(("Älvsborg port closed", "Airport opens", "Railway sold")):
        at = NOW - number * DAY
        await shelve(store, source_id, url=f"https://a.example/{number}", title=title, published_at=at)

    async def offered(typed, guild_id=1):
        return [hit.title for hit in await service.suggest_articles(guild_id, typed)]

    assert await offered("") == ["Älvsborg port closed", "Airport opens", "Railway sold"]
    assert await offered("po alvs") == ["Älvsborg port closed"]
    assert await offered("gazette rail") == ["Railway sold"]
    assert await offered("*?!") == []
    assert await offered("port", guild_id=2) == []


async def test_only_new_articles_and_who_is_quoted_in_them_are_offered(store, source_id):
    for number, name in enumerate(("Ada Quill", "Bo Rook", "Cy Marsh")):
        await quote(store, source_id, number, name, f"Number {number}", at=NOW - number * DAY)

    async def offered(load):
        found = []

        async def keep(some):
            found.extend(value for _, value in some)

        async with store.reading() as db:
            await load(db, 1, keep, most=2)
        return found

    assert [hit.title for hit in await offered(suggestions.recent_articles)] == ["Number 0", "Number 1"]
    assert set(await offered(suggestions.recent_speakers)) == {"Ada Quill", "Bo Rook"}


async def test_an_article_is_found_by_its_address_or_its_words(store, service, source_id):
    id_ = await shelve(store, source_id, title="Railway sold")
    assert [hit.id for hit in await service.find_articles(1, " https://gazette.example/ports ")] == [id_]
    assert [hit.id for hit in await service.find_articles(1, "gazette.example/ports")] == [id_]
    assert [hit.id for hit in await service.find_articles(1, "railway inspect")] == [id_]
    assert await service.find_articles(1, "https://gazette.example/other") == ()
    assert await service.find_articles(2, "https://gazette.example/ports") == ()


async def test_an_articles_record_has_its_versions_trouble_and_commitments(store, service, source_id):
    id_ = await shelve(store, source_id)
    await shelve(store, source_id, title="Ports agree after all", now=NOW + DAY)
    async with store.writing() as db:
        await articles.set_trouble(db, id_, Trouble.REMOVED, now=NOW + 2 * DAY)
    record = await service.get_article(1, id_)
    assert (record.brief.article.title, record.versions) == ("Ports agree after all", 2)
    assert (record.first_read_at, record.read_at, record.troubled_at) == (NOW, NOW + DAY, NOW + 2 * DAY)
    assert record.trouble is Trouble.REMOVED
    assert [one.first.what for one in record.entries] == ["inspect every ship"]
    with pytest.raises(NotFoundError):
        await service.get_article(2, id_)


# --- speakers --------------------------------------------------------------------------------------------------------


async def test_speakers_are_offered_by_any_word_the_most_quoted_first(store, service, source_id):
    await quote(store, source_id, 1, "Émile Quill", "One")
    for number in (2, 3):
        await quote(store, source_id, number, "Ada Quill", f"Number {number}")
    await quote(store, source_id, 4, "Bo Rook", "Four")
    assert (await service.suggest_speakers(1, ""))[0] == "Ada Quill"
    assert set(await service.suggest_speakers(1, "")) == {"Ada Quill", "Bo Rook", "Émile Quill"}
    assert await service.suggest_speakers(1, "qui") == ("Ada Quill", "Émile Quill")
    assert await service.suggest_speakers(1, "EMIL q") == ("Émile Quill",)
    assert await service.suggest_speakers(1, "uill") == ()
    assert await service.suggest_speakers(1, "", limit=1) == ("Ada Quill",)
    assert await service.suggest_speakers(2, "") == ()


async def test_what_somebody_said_comes_newest_first_also_under_other_names(store, service, source_id):
    await quote(store, source_id, 1, "Keir Starmer", "Old words", role="prime minister", at=NOW - DAY)
    await quote(store, source_id, 2, "Prime Minister Starmer", "New words")
    await quote(store, source_id, 3, "Ada Quill", "Keir Starmer is wrong")
    found = await service.list_said(1, "keir starmer")
    assert [hit.words for hit in found] == [("New words",), ("Old words",)]
    assert [hit.words for hit in await service.list_said(1, "Keir Starmer", "old")] == [("Old words",)]
    assert [hit.words for hit in await service.list_said(1, "Keir Starmer", limit=1, offset=1)] == [("Old words",)]
    assert len(await service.list_said(1, "")) == 3
    assert await service.list_said(2, "Keir Starmer") == ()
    record = await service.describe_speaker(1, "Keir Starmer")
    assert (record.names, record.roles) == (("Prime Minister Starmer", "Keir Starmer"), ("prime minister",))


async def test_who_is_told_from_others_by_an_office_only_is_not_offered(store, service, source_id):
    await quote(store, source_id, 1, "Brandt", "One", role="director of the port")
    await quote(store, source_id, 2, "Reuters", "Two")
    assert await service.suggest_speakers(1, "") == ("Reuters",)
    assert await service.list_said(1, "!?") == ()
    assert [hit.words for hit in await service.list_said(1, "director Brandt")] == [("One",)]


async def test_a_name_that_is_only_ever_short_is_found_by_itself_and_nobody_is_found_by_nothing(
    store, service, source_id
):
    await quote(store, source_id, 1, "Reuters", "Words")
    assert len(await service.list_said(1, "reuters")) == 1
    assert await service.list_said(1, "a spokesman for nobody") == ()
    assert (await service.describe_speaker(1, "!!")).names == ()


@pytest.mark.parametrize("typed", ["'; DROP TABLE quotes; --", 'NEAR("x', "\0", "\ud800", "x" * 5000, "👩‍👩‍👧", "ادا"])
async def test_any_text_is_looked_up_quietly(store, service, source_id, typed):
    await quote(store, source_id, 1, "Ada Quill", "Words")
    assert await service.list_said(1, typed) == ()
    assert await service.suggest_speakers(1, typed) == ()
    assert await service.suggest_articles(1, typed) == ()
    assert await service.find_articles(1, typed) == ()
    assert await service.suggest_stories(1, typed) == ()


# --- stories ---------------------------------------------------------------------------------------------------------


async def test_a_story_is_offered_by_its_headline_once_and_told_over_its_days(store, service, source_id):
    order, other = await subscribe(store, zone="UTC"), await subscribe(store, channel_id=11)
    began = NOW - 2 * DAY
    first = await quote(store, source_id, 1, "Ada Quill", "It will be closed for the winter", title="Pier closes")
    pays = promise("Bo Rook", "pay for the timber")
    second = await tell(store, source_id, pays, url="https://quay.example/1", site="Quay", title="Who pays for timber")
    sleeps = promise("Cy Marsh", "sleep at noon")
    elsewhere = await tell(store, source_id, sleeps, url="https://a.example/9", title="Noon in Sarn")
    await show(store, order, began, ("Pier closes", [first], began), ("Noon in Sarn", [elsewhere], began))
    await show(store, other, NOW, ("Pier closes", [second, first], began))  # an article links the two
    hits = await service.suggest_stories(1, "pier")
    assert [hit.headline for hit in hits] == ["Pier closes"]
    story = await service.get_story(1, hits[0].id)
    assert [(step.article.id, step.day) for step in story.steps] == [(first, 1), (second, 3)]
    assert (story.headline, story.began_at, story.outlets) == ("Pier closes", began, ("Harbour Gazette", "Quay"))
    assert [one.first.what for one in story.entries] == ["pay for the timber"]
    assert [one.quote.kind for one in story.quotes] == [QuoteKind.DIRECT]
    assert await service.suggest_stories(2, "pier") == ()
    with pytest.raises(NotFoundError):
        await service.get_story(2, hits[0].id)
    assert [hit.headline for hit in await service.suggest_stories(1, "")] == ["Pier closes", "Noon in Sarn"]


async def test_what_was_left_out_of_a_digest_is_no_story_that_was_told(store, service, source_id):
    order = await subscribe(store)
    id_ = await shelve(store, source_id)
    edition = await issue(store, order, PERIOD, article_ids=[id_])
    async with store.writing() as db:
        urls = await articles.list_urls(db, [id_])
        await told.add_choices(db, edition, [Choice("Ports", tuple(urls), Outcome.OVER_CAP, NOW)], urls)
    assert await service.suggest_stories(1, "") == ()
    assert (await service.catch_up(1, days=2, now=NOW)).stories == ()


async def test_a_story_whose_articles_are_no_longer_the_guilds_is_not_there(store, service, source_id):
    order = await subscribe(store)
    id_ = await shelve(store, source_id)
    await show(store, order, NOW, ("Ports agree", [id_], NOW))
    (hit,) = await service.suggest_stories(1, "")
    assert (await service.get_story(1, hit.id)).steps[0].article.brief == brief()
    async with store.writing() as db:
        await sources.unfollow_source(db, 1, source_id)
    with pytest.raises(NotFoundError):
        await service.get_story(1, hit.id)
