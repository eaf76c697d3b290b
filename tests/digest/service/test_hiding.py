"""What a guild takes back or hides is gone from its look-ups, its next posts and those that stand; for it alone."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.render.embeds import render_digest
from bot.render.message import Message
from bot.render.retractions import render_retraction
from digest.errors import AlreadyExistsError, LimitError, NotFoundError
from digest.model import Case, DeliveryState, EditionKind, Statement, StatementKind
from digest.service.hiding import MOST_NAMES, MOST_OPEN_CASES
from digest.store import hidden, told
from digest.store.schema import article_versions, commitments, shown_commitments
from tests.builders import NOW, brief, commitment, span, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, printed, story
from tests.digest.store.shelves import shelve
from tests.digest.store.tellers import promise, tell

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUOTE = Statement(1, StatementKind.QUOTE, "Nobody left the room happy")
LINE = Statement(1, StatementKind.SENTENCE, "Five ports signed the rule on Sunday.")
PROMISE = Statement(1, StatementKind.COMMITMENT, "inspect every ship")
ON_CARD = {QUOTE: "Nobody left", PROMISE: "**The ports**", LINE: "Five ports signed"}
DUE = {"first": date(2027, 1, 1), "last": date(2027, 12, 31)}


def case(statement=QUOTE, by_id=7, note="wrong speaker"):
    return Case(statement, by_id, "Ada", NOW, note)


@pytest.fixture
async def newsroom(store):
    newsroom = await Newsroom.reporting(store, story(1))
    await newsroom.service.add_source(2, FEED, now=NOW)
    return newsroom


@pytest.fixture
async def daily(newsroom):
    return await newsroom.service.save_subscription(subscription(times=(time(9),), zone="UTC"), now=NOW)


async def post(newsroom, order, *, now=NOW, message_id=500, is_sent=True):
    edition = await newsroom.service.issue_now(order.guild_id, order.id, now=now, render=render_digest)
    for part in edition.deliveries if is_sent else ():
        await newsroom.service.begin_delivery(part.id, now=now)
        await newsroom.service.finish_delivery(part.id, message_id, now=now)
    return edition


async def take_back(newsroom, statement=QUOTE, *, now=NOW + HOUR, guild_id=1):
    return await newsroom.service.retract(guild_id, case(statement), now=now, render=render_retraction)


async def print_more(newsroom, *entries):
    newsroom.publish(*entries)
    await newsroom.service.refresh_source(1, now=NOW + HOUR)
    await newsroom.service.read_due(now=NOW + HOUR)


async def found(newsroom, guild_id=1):
    """How much the guild finds of quotes, commitments, what falls due, and lines of articles."""
    service = newsroom.service
    return (
        len(await service.search_quotes(guild_id, "")),
        len(await service.list_commitments(guild_id)),
        len(await service.list_due(guild_id, **DUE)),
        sum(bool(hit.lead) for hit in await service.search_articles(guild_id, "")),
    )


@pytest.mark.parametrize(
    ("statement", "left"), [(QUOTE, (0, 1, 1, 1)), (PROMISE, (1, 0, 0, 1)), (LINE, (1, 1, 1, 0))], ids=str
)
async def test_what_is_retracted_is_found_no_more_in_this_guild_alone_and_can_be_brought_back(
    newsroom, statement, left
):
    assert await found(newsroom) == (1, 1, 1, 1)
    await take_back(newsroom, statement)
    assert await found(newsroom) == left
    assert await found(newsroom, 2) == (1, 1, 1, 1)
    read = await newsroom.service.get_brief(1, 1)
    assert (len(read.quotes), len(read.commitments), len(read.summary.sentences)) == (left[0], left[1], 1 + left[3])
    await newsroom.service.bring_back(1, statement)
    assert await found(newsroom) == (1, 1, 1, 1)
    with pytest.raises(NotFoundError):
        await newsroom.service.bring_back(1, statement)


async def test_a_commitment_that_is_retracted_is_there_under_no_number_and_in_no_export(newsroom):
    service = newsroom.service
    ((statement, telling, is_retracted),) = await service.list_tellings(1, 1)
    assert (statement, telling.what, is_retracted) == (PROMISE, PROMISE.words, False)
    await take_back(newsroom, statement)
    with pytest.raises(NotFoundError):
        await service.get_commitment(1, 1)
    assert await service.export_commitments(1) == await service.suggest_commitments(1, "ship") == ()
    assert (await service.list_tellings(1, 1))[0][2]
    with pytest.raises(NotFoundError):
        await service.list_tellings(3, 1)


@pytest.mark.parametrize("name", ["Ilse Brandt", "PORT OF SARN"])
async def test_a_hidden_name_is_found_no_more(newsroom, name):
    await newsroom.service.suppress_name(1, name, now=NOW, render=render_retraction)
    assert await found(newsroom) == (0, 1, 1, 1)
    assert await found(newsroom, 2) == (1, 1, 1, 1)
    await newsroom.service.release_name(1, name.lower())
    assert await found(newsroom) == (1, 1, 1, 1)


@pytest.mark.usefixtures("daily")
async def test_a_name_in_a_headline_hides_the_article(newsroom, daily):
    edition = await post(newsroom, daily)
    async with newsroom.service._tools.store.reading() as db:
        assert len(await told.list_choices(db, edition.id, guild_id=1)) == 1
    await newsroom.service.suppress_name(1, "story 1", now=NOW, render=render_retraction)
    assert await found(newsroom) == (0, 0, 0, 0)
    with pytest.raises(NotFoundError):
        await newsroom.service.get_brief(1, 1)
    async with newsroom.service._tools.store.reading() as db:
        assert await told.list_choices(db, edition.id, guild_id=1) == ()


async def test_pages_stay_full_where_some_of_it_is_hidden(newsroom):
    entries = [story(number, at=NOW - timedelta(minutes=number)) for number in range(2, 9)]
    await print_more(newsroom, story(1), *entries)
    for name in ("Story 3", "Story 4"):
        await newsroom.service.suppress_name(1, name, now=NOW, render=render_retraction)
    titles = [
        hit.title for page in (0, 3) for hit in await newsroom.service.search_articles(1, "", limit=3, offset=page)
    ]
    assert titles == [f"Story {number}" for number in (1, 2, 5, 6, 7, 8)]


async def test_what_is_hidden_is_in_no_digest(newsroom, daily):
    await newsroom.service.suppress_name(1, "Brandt", now=NOW, render=render_retraction)
    preview = await newsroom.service.preview_digest(1, daily, now=NOW)
    (one,) = preview.stories[0].briefs
    assert (one.quotes, len(one.commitments)) == ((), 1)
    await take_back(newsroom, PROMISE, now=NOW)
    edition = await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls)
    assert printed(edition) == [story(1).url]
    await newsroom.service.suppress_name(1, "Story", now=NOW, render=lambda *_: lambda _: None)
    await print_more(newsroom, story(2))
    hidden = await newsroom.service.preview_digest(1, daily, now=NOW + HOUR)
    assert (hidden.stories, hidden.coverage.articles_filtered) == ((), 1)


async def test_a_part_knows_the_commitments_that_it_shows_where_some_before_them_are_hidden(store, newsroom, daily):
    later = replace(commitment(), what=span("inspect"))
    await shelve(store, 1, kept=replace(brief(url=story(9).url), commitments=(commitment(), later)), now=NOW)
    await take_back(newsroom, replace(PROMISE, article_id=2), now=NOW)
    await newsroom.service.issue_now(1, daily.id, now=NOW, render=print_urls)
    shown = select(article_versions.c.article_id, commitments.c.what).join_from(
        shown_commitments, commitments, commitments.c.id == shown_commitments.c.commitment_id
    )
    async with store.reading() as db:
        rows = await db.execute(shown.join(article_versions, article_versions.c.id == commitments.c.version_id))
        assert sorted(tuple(row) for row in rows) == [(1, PROMISE.words), (2, "inspect")]


@pytest.mark.parametrize("statement", [QUOTE, PROMISE, LINE], ids=str)
async def test_every_message_that_shows_it_is_edited_at_once_in_quiet_hours_too(newsroom, statement):
    order = await newsroom.service.save_subscription(
        subscription(times=(time(22),), zone="UTC", quiet_from=time(8), quiet_until=time(20)), now=NOW
    )
    edition = await post(newsroom, order)
    assert ON_CARD[statement] in edition.deliveries[0].payload
    (edit,) = await take_back(newsroom, statement)
    (part,) = edit.deliveries
    assert (edit.kind, part.edits, part.state) == (EditionKind.CORRECTION, 500, DeliveryState.PENDING)
    assert "took something back" in part.payload
    assert [one.id for one in await newsroom.service.open_deliveries(now=NOW + HOUR)] == [part.id]
    assert {one for one, words in ON_CARD.items() if words not in part.payload} == {statement}


async def test_each_edit_is_made_of_what_the_one_before_left(newsroom, daily):
    await post(newsroom, daily)
    edits = [(await take_back(newsroom, one))[0].deliveries[0].payload for one in (QUOTE, PROMISE, LINE)]
    assert not any(words in edits[-1] for words in ON_CARD.values())
    second = "The ports will inspect every ship from 1 March."
    (last,) = await take_back(newsroom, replace(LINE, words=second))
    (card,) = [embed for embed in Message.from_json(last.deliveries[0].payload).embeds if embed.url]
    assert card.description.startswith("Nothing of this is shown here any more.")
    assert await take_back(newsroom, replace(LINE, words=second)) == ()


async def test_what_was_not_sent_yet_says_it_no_more_and_needs_no_edit(newsroom, daily):
    edition = await post(newsroom, daily, is_sent=False)
    assert await take_back(newsroom) == ()
    (part,) = await newsroom.service.open_deliveries(now=NOW + HOUR)
    assert part.id == edition.deliveries[0].id
    assert QUOTE.words not in part.payload


async def test_what_is_being_sent_is_edited_after_it(newsroom, daily):
    edition = await post(newsroom, daily, is_sent=False)
    first = edition.deliveries[0].id
    await newsroom.service.begin_delivery(first, now=NOW)
    (edit,) = await take_back(newsroom)
    await newsroom.service.finish_delivery(first, 700, now=NOW + HOUR)
    begun = await newsroom.service.begin_delivery(edit.deliveries[0].id, now=NOW + HOUR)
    assert (begun.edits, QUOTE.words in begun.payload) == (700, False)


async def test_what_was_tried_and_is_held_says_it_no_more_whether_it_arrived_or_not(newsroom, daily):
    service = newsroom.service
    edition = await post(newsroom, daily, is_sent=False)
    first = edition.deliveries[0].id
    await service.begin_delivery(first, now=NOW)
    await service.lose_channel([edition.id], "gone", now=NOW)
    (edit,) = await take_back(newsroom)
    assert await service.open_deliveries(now=NOW + HOUR) == ()
    await service.resume_subscription(1, daily.id, now=NOW + HOUR)
    parts = await service.open_deliveries(now=NOW + HOUR)
    assert [part.id for part in parts] == [first, edit.deliveries[0].id]
    assert not any(QUOTE.words in part.payload for part in parts)


async def test_what_one_guild_decides_another_does_not(newsroom):
    for guild_id in (1, 2):
        await take_back(newsroom, guild_id=guild_id)
    await newsroom.service.bring_back(2, QUOTE)
    assert (await found(newsroom))[0] == 0
    await newsroom.service.report(1, case(PROMISE))
    await take_back(newsroom, PROMISE, guild_id=2)
    assert len(await newsroom.service.list_cases(1, is_open=True)) == 1


async def test_pages_of_commitments_stay_full_too(store, newsroom):
    plans = {
        "Ada Quill": "rebuild the pier",
        "Bo Lund": "sell railway shares",
        "Cy Marsh": "raise a flood wall",
        "Dee North": "lease town halls",
        "Eve Stone": "shut fish markets",
    }
    for number, (who, what) in enumerate(plans.items(), start=2):
        url, at = f"https://gazette.example/{number}", NOW - timedelta(minutes=number)
        await tell(store, 1, promise(who, what), url=url, at=at)
    for name in ("the ports", "Ada Quill", "Bo Lund"):
        await newsroom.service.suppress_name(1, name, now=NOW, render=render_retraction)
    pages = [await newsroom.service.list_commitments(1, limit=2, offset=offset) for offset in (0, 2)]
    assert [[one.newest.what for one in page] for page in pages] == [
        ["raise a flood wall", "lease town halls"],
        ["shut fish markets"],
    ]


async def test_another_guilds_messages_stay(newsroom):
    order = await newsroom.service.save_subscription(subscription(guild_id=2, zone="UTC"), now=NOW)
    await post(newsroom, order)
    assert await take_back(newsroom) == ()


async def test_a_name_leaves_the_posts_of_the_last_seven_days(newsroom, daily):
    await post(newsroom, daily)
    render = render_retraction
    assert await newsroom.service.suppress_name(1, "Brandt", now=NOW + 8 * DAY, render=render) == ()
    await newsroom.service.release_name(1, "Brandt")
    (edit,) = await newsroom.service.suppress_name(1, "Brandt", now=NOW + 6 * DAY, render=render)
    assert "Brandt" not in edit.deliveries[0].payload
    assert PROMISE.words in edit.deliveries[0].payload


async def test_names_are_counted_once_however_they_are_written(store, newsroom):
    service = newsroom.service
    others = tuple(f"Member {number:02}" for number in range(MOST_NAMES - 2))
    async with store.writing() as db:
        for name in others:
            await hidden.add_name(db, 1, name, now=NOW)
    for name in ("Ada Quill", "Bo"):
        await service.suppress_name(1, name, now=NOW, render=render_retraction)
    with pytest.raises(AlreadyExistsError):
        await service.suppress_name(1, "ÁDA  quill", now=NOW, render=render_retraction)
    with pytest.raises(LimitError):
        await service.suppress_name(1, "Cy", now=NOW, render=render_retraction)
    for empty in ("", " ", "\u200b", "—"):
        with pytest.raises(ValueError, match="letter"):
            await service.suppress_name(1, empty, now=NOW, render=render_retraction)
    assert await service.list_names(1) == ("Ada Quill", "Bo", *others)
    assert await service.list_names(2) == ()
    with pytest.raises(NotFoundError):
        await service.release_name(2, "Bo")


async def test_a_report_is_kept_and_hides_nothing_until_it_is_taken_back(newsroom):
    service = newsroom.service
    kept = await service.report(1, case())
    assert await found(newsroom) == (1, 1, 1, 1)
    (waiting,) = await service.list_cases(1, is_open=True)
    assert (waiting.id, waiting.statement, waiting.note) == (kept.id, QUOTE, "wrong speaker")
    assert (waiting.url, waiting.outlet) == (story(1).url, "Harbour Gazette")
    assert waiting.method == "subject after the marks, then its verb"
    await take_back(newsroom)
    assert await service.list_cases(1, is_open=True) == ()
    (decided,) = await service.list_cases(1, is_open=False)
    assert (decided.id, decided.retracted_at) == (kept.id, NOW + HOUR)
    with pytest.raises(NotFoundError):
        await service.dismiss_case(1, kept.id)


async def test_a_dismissed_case_is_forgotten_by_its_own_guild_only(newsroom):
    kept = await newsroom.service.report(1, case())
    for act in (newsroom.service.dismiss_case, newsroom.service.get_case):
        with pytest.raises(NotFoundError):
            await act(2, kept.id)
    await newsroom.service.dismiss_case(1, kept.id)
    assert await newsroom.service.list_cases(1) == ()


async def test_a_member_has_at_most_so_many_open_cases(newsroom):
    for _ in range(MOST_OPEN_CASES):
        await newsroom.service.report(1, case())
    with pytest.raises(LimitError):
        await newsroom.service.report(1, case())
    assert len(await newsroom.service.list_cases(1)) == MOST_OPEN_CASES
    await newsroom.service.report(1, case(by_id=8))


async def test_of_an_article_that_the_guild_never_saw_nothing_is_reported_or_retracted(newsroom):
    with pytest.raises(NotFoundError):
        await newsroom.service.report(3, case())
    with pytest.raises(NotFoundError):
        await take_back(newsroom, guild_id=3)


async def test_a_message_tells_what_it_may_show_to_its_guild_only(newsroom, daily):
    edition = await post(newsroom, daily)
    shown = await newsroom.service.get_message_statements(1, 500)
    assert {QUOTE, LINE, PROMISE} <= {one.statement for one in shown.extracts}
    assert shown.payload == edition.deliveries[0].payload
    await take_back(newsroom)
    after = await newsroom.service.get_message_statements(1, 500)
    assert after.retracted == (QUOTE,)
    assert QUOTE.words not in after.payload
    for guild_id, message_id in ((2, 500), (1, 501), (1, 0)):
        with pytest.raises(NotFoundError):
            await newsroom.service.get_message_statements(guild_id, message_id)
