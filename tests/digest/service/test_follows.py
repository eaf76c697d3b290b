"""Members are told of whom and what they follow: once, in their guild's articles alone, not in their quiet hours."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from digest import read_text
from digest.errors import LimitError, NotFoundError
from digest.model import DeliveryState, Filters, Trouble
from digest.store import articles
from digest.store.schema import guild_settings
from tests.builders import NOW, brief
from tests.digest.service.follows import (
    A_MOMENT,
    DIRECT,
    ORGANISATION,
    PERSON,
    PHRASE,
    Desk,
    plain,
    print_fits,
    silent,
    told,
    worded,
)
from tests.digest.store.shelves import follow as follow_source, shelve

URL = "https://gazette.example/ports"
QUAY = "https://quay.example/ports"


@pytest.fixture
async def desk(store):
    return Desk(store)


def report(text, number=1, **changes):
    """A brief of an article with this text, as it is read."""
    read = read_text(text, published_at=NOW, language="en")
    values = {"url": f"https://gazette.example/{number}", "title": f"Report {number}", "site": "Gazette"}
    return replace(read, article=replace(read.article, **(values | changes)))


# --- what fits ---


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Ilse Brandt", PERSON, "(0,) | () | ()"),
        ("ilse  brandt", PERSON, "(0,) | () | ()"),
        ("Ms Ilse BRANDT", PERSON, "(0,) | () | ()"),
        ("The ports", PERSON, "() | (0,) | ()"),
        ("the ports", ORGANISATION, "() | (0,) | ()"),
        ("Port of Sarn", ORGANISATION, "(0,) | () | ()"),
        ("inspect every SHIP", PHRASE, "() | () | (2,)"),
        ("common rule", PHRASE, "() | () | ()"),  # in its title
    ],
    ids=str,
)
async def test_an_article_fits_who_speaks_commits_is_named_in_a_role_or_printed(desk, words, kind, expected):
    await desk.add(words, kind)
    await desk.bring(brief())
    assert await desk.tick() == 1
    (one,) = await desk.open()
    assert one.payload == f"{' '.join(words.split())} | {URL} | {expected}"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Tomas Brandel", PERSON),
        ("Brand", PERSON),
        ("Port of Sarn", PERSON),  # a person is nobody's role
        ("Sarn", PHRASE),  # stands there: see below
        ("arn", PHRASE),
        ("inspect every ship every day", PHRASE),
        ("ORT OF", PHRASE),
    ],
    ids=str,
)
async def test_an_article_that_has_nothing_of_it_does_not_fit(desk, words, kind):
    await desk.add(words, kind)
    await desk.bring(brief())
    assert await desk.tick() == (words == "Sarn")


async def test_a_title_is_enough_where_they_say_and_commit_to_nothing(desk):
    await desk.add("Ilse Brandt")
    await desk.bring(silent(title="Who is Ilse Brandt, the director of Sarn?"))
    (one,) = await desk.open() if await desk.tick() else ()
    assert one.payload == f"Ilse Brandt | {URL} | () | () | ()"


async def test_a_short_name_in_a_title_counts_only_where_the_text_has_the_name_in_full(desk):
    await desk.bring(report("“The quays will close,” said Tomas Brandel, the minister. “We must,” Brandel said.", 1))
    await desk.tick()
    desk.now += A_MOMENT
    await desk.add("Tomas Brandel")
    later = {"published_at": desk.now}
    await desk.bring(plain("Tomas Brandel gave up.", title="Brandel resigns", url=f"{URL}/1", **later))
    await desk.bring(plain("A horse of this name won.", title="Brandel wins the race", url=f"{URL}/2", **later))
    assert await desk.told() == [("Tomas Brandel", f"{URL}/1")]


async def test_whoever_is_followed_is_told_of_under_other_names(desk):
    await desk.bring(
        report("“The quays will close,” said Tomas Brandel, the prime minister. “We must,” Brandel said.", 1),
        report("“The cranes will stop,” Sir Tomas Brandel told the house.", 2),
    )
    await desk.tick()
    desk.now += A_MOMENT
    for words in ("Tomas Brandel", "PM Brandel", "Sir Tomas"):
        await desk.add(words, user_id=len(words))
    texts = ("“The harbour will rest,” Sir Tomas said.", "“The pier will reopen,” PM Brandel said.")
    await desk.bring(*(report(text, 3 + number, published_at=desk.now) for number, text in enumerate(texts)))
    assert len(await desk.told()) == 6


async def test_a_surname_of_two_is_neither_of_them(desk):
    await desk.bring(
        report("“The quays will close,” said Tomas Brandel, the prime minister. “We must,” Brandel said.", 1),
        report("“Nobody asked us,” said Ilse Brandel, a baker.", 2),
    )
    await desk.tick()
    desk.now += A_MOMENT
    await desk.add("Tomas Brandel")
    await desk.add("Ilse Brandel")
    await desk.bring(report("“The boats will sail,” Brandel said.", 3, published_at=desk.now))
    assert await desk.told() == []


# --- for whom ---


async def test_nothing_is_told_of_what_was_published_before(desk):
    await desk.add()
    await desk.bring(brief(published_at=NOW - A_MOMENT))
    assert await desk.told() == []


async def test_nothing_is_told_that_no_source_of_the_guild_brought(desk):
    await desk.add(guild_id=2)
    await desk.bring(brief())
    assert await desk.told() == []
    await desk.bring(brief(), guild_id=2)  # the same article, later, by a source of its own
    assert await desk.told() == [("Ilse Brandt", URL)]


async def test_nothing_is_told_that_was_dated_before_the_guild_followed_the_source(desk, store):
    source_id = await follow_source(store, 1, since=NOW + A_MOMENT)
    await desk.add()
    await shelve(store, source_id, kept=brief())
    assert await desk.told() == []


async def test_the_filters_of_the_guilds_sources_apply(desk, store):
    source_id = await follow_source(store, 1)
    await follow_source(store, 2)
    await desk.service.set_filters(1, source_id, Filters(keywords=("railways",)))
    await desk.add()
    await desk.add(guild_id=2, user_id=8)
    await shelve(store, source_id, kept=brief())
    await desk.tick()
    assert [one.payload.partition(" |")[0] for one in await desk.open()] == ["Ilse Brandt"]
    assert (await desk.service.list_follows(1, 7))[0].told == 0
    assert (await desk.service.list_follows(2, 8))[0].told == 1


async def test_nothing_is_told_of_what_was_retracted_meanwhile(desk, store):
    await desk.add()
    (article_id,) = await desk.bring(brief())
    async with store.writing() as db:
        await articles.set_trouble(db, article_id, Trouble.RETRACTED, now=NOW)
    assert await desk.told() == []


async def test_nothing_is_told_in_a_guild_that_was_left(desk, store):
    await desk.add()
    async with store.writing() as db:
        await db.execute(guild_settings.insert(), {"guild_id": 1, "zone": "", "left_at": NOW})
    await desk.bring(brief())
    assert await desk.told() == []


# --- once ---


async def test_an_article_is_told_once_however_often_it_arrives(desk, store):
    await desk.add()
    await desk.bring(brief())
    other = await follow_source(store, 1, url="https://other.example/feed")
    await shelve(store, other, kept=brief())
    assert await desk.told() == [("Ilse Brandt", URL)]
    await desk.bring(replace(brief(), quotes=brief().quotes * 2))  # a new version
    assert await desk.told() == [("Ilse Brandt", URL)]


async def test_the_same_words_of_the_same_speaker_are_told_once_whoever_prints_them(desk):
    await desk.add()
    await desk.bring(brief(), brief(url=QUAY, site="Quay Weekly"))
    assert await desk.told() == [("Ilse Brandt", URL)]
    await desk.bring(brief(url=f"{QUAY}/2", site="Sarn Times", title="What Ilse Brandt said"))
    assert await desk.told() == [("Ilse Brandt", URL)]


async def test_other_words_of_the_same_speaker_are_news(desk):
    await desk.add()
    await desk.bring(brief(), worded("the room happy", url=QUAY))
    assert await desk.told() == [("Ilse Brandt", URL), ("Ilse Brandt", QUAY)]


async def test_words_that_a_told_article_got_later_are_news_where_another_outlet_prints_them(desk):
    await desk.add()
    await desk.bring(brief())
    await desk.tick()
    corrected = replace(brief(), quotes=(*brief().quotes, *worded("the room happy").quotes))
    await desk.bring(corrected)
    await desk.tick()
    await desk.bring(worded("the room happy", url=QUAY))
    assert await desk.told() == [("Ilse Brandt", URL), ("Ilse Brandt", QUAY)]


async def test_a_commitment_is_told_once_whoever_reports_it(desk):
    await desk.add("The ports", ORGANISATION)
    await desk.bring(brief())
    assert len(await desk.told()) == 1
    await desk.bring(brief(url=QUAY, site="Quay Weekly"))
    assert len(await desk.told()) == 1


async def test_what_is_told_names_the_server_as_it_was_called_last(desk):
    seen = []

    def render(alert):
        seen.append(alert.server)
        return "told"

    await desk.add("Ilse Brandt")
    for name, words in (("", "Nobody left"), ("Harbour", "left the room"), ("Pier", "room happy")):
        if name:
            await desk.service.note_names({1: name, 2: "Elsewhere"})
        await desk.bring(worded(words, url=f"https://gazette.example/{words.replace(' ', '-')}"))
        await desk.tick(render)
    assert seen == ["", "Harbour", "Pier"]


async def test_several_follows_and_articles_are_one_message_to_a_member_and_channel(desk):
    await desk.add("Ilse Brandt")
    await desk.add("The ports", ORGANISATION)
    await desk.add("sunday", PHRASE, channel_id=10, is_direct=False)
    await desk.add("Ilse Brandt", user_id=8, channel_id=800)
    await desk.bring(brief(), silent(url=QUAY, title="A quiet day"))
    assert await desk.tick() == 3
    found = {(one.channel_id, one.guild_id): told(one.payload) for one in await desk.open()}
    assert found == {
        (DIRECT, 0): [("Ilse Brandt", URL), ("The ports", URL)],
        (10, 1): [("sunday", URL), ("sunday", QUAY)],
        (800, 0): [("Ilse Brandt", URL)],
    }


async def test_of_many_that_look_at_once_one_writes_down(desk):
    await desk.add()
    await desk.bring(brief(), silent(url=QUAY, title="Ilse Brandt again"))
    made = await asyncio.gather(*(desk.tick() for _ in range(4)))
    assert sum(made) == 1
    assert len(await desk.open()) == 1


async def test_what_cannot_be_shown_stops_nothing_else(desk):
    await desk.add("Ilse Brandt")
    await desk.add("The ports", ORGANISATION, user_id=8, channel_id=800)
    await desk.bring(brief())

    def render(alert):
        if alert.user_id == 7:
            raise ZeroDivisionError
        return print_fits(alert)

    with pytest.raises(ExceptionGroup):
        await desk.tick(render)
    assert [one.channel_id for one in await desk.open()] == [800]
    assert await desk.tick() == 0


async def test_what_takes_too_long_to_look_through_is_passed_over_and_the_rest_told(desk):
    from digest.errors import ReadingError

    await desk.add()
    await desk.bring(silent(url=f"{URL}/bad", title="Bad"), brief())
    think = desk.service._tools.think

    async def killed(function, *args, **limits):
        if any(one.article.title == "Bad" for one in args[0]):
            raise ReadingError("", "took too long")
        return await think(function, *args, **limits)

    desk.service._tools = replace(desk.service._tools, think=killed)
    with pytest.raises(ExceptionGroup):
        await desk.tick()
    assert told(*(one.payload for one in await desk.open())) == [("Ilse Brandt", URL)]


# --- quiet hours, lost channels ---


async def test_what_comes_in_quiet_hours_is_sent_at_their_end(desk):
    await desk.add(quiet_from=time(22), quiet_until=time(9, 30), zone="Europe/Berlin")  # NOW is nine there
    await desk.bring(brief())
    assert await desk.tick() == 1
    desk.now += timedelta(minutes=30) - timedelta(seconds=1)
    assert await desk.open() == ()
    desk.now += timedelta(seconds=1)
    assert len(await desk.open()) == 1


async def test_an_alert_goes_from_pending_to_sending_to_sent(desk):
    await desk.add()
    await desk.bring(brief())
    await desk.tick()
    (one,) = await desk.open()
    begun = await desk.service.alerts.begin_delivery(one.id, now=NOW)
    again = await desk.service.alerts.begin_delivery(one.id, now=NOW + A_MOMENT)
    assert (begun.state, again.attempted_at, again.nonce) == (DeliveryState.SENDING, NOW, one.nonce)
    await desk.service.alerts.finish_delivery(one.id, 5, now=NOW)
    assert await desk.open() == ()
    with pytest.raises(NotFoundError):
        await desk.service.alerts.begin_delivery(one.id, now=NOW)


async def test_a_lost_channel_pauses_what_is_told_there_until_it_is_followed_anew(desk):
    await desk.add("Ilse Brandt")
    await desk.add("common rule", PHRASE)
    await desk.add("common rule", PHRASE, channel_id=10, is_direct=False, guild_id=2)
    await desk.bring(brief())
    await desk.bring(brief(), guild_id=2)
    await desk.tick()
    (direct, _) = await desk.open()
    await desk.service.alerts.lose_channel({direct.id}, "closed", now=NOW)
    assert [one.paused_because for one in await desk.service.list_follows(1, 7)] == ["closed", "closed"]
    assert [one.paused_because for one in await desk.service.list_follows(2, 7)] == [""]
    assert [one.channel_id for one in await desk.open()] == [10]
    await desk.bring(silent(url=QUAY, title="Ilse Brandt again"))
    await desk.tick()
    assert [one.channel_id for one in await desk.open()] == [10]
    again = await desk.add("ILSE BRANDT")
    assert again.id == direct.id or again.id in {one.follow.id for one in await desk.service.list_follows(1, 7)}
    await desk.bring(silent(url=f"{QUAY}/2", title="Ilse Brandt once more"))
    await desk.tick()
    assert DIRECT in {one.channel_id for one in await desk.open()}


# --- a member's own ---


async def test_a_follow_is_listed_with_how_often_it_told(desk):
    kept = await desk.add("  Ilse   Brandt ")
    await desk.bring(brief())
    await desk.tick()
    (status,) = await desk.service.list_follows(1, 7)
    assert (status.follow, status.since, status.told, status.paused_because) == (kept, NOW, 1, "")
    assert status.follow.words == "Ilse Brandt"
    assert await desk.service.list_follows(1, 8) == await desk.service.list_follows(2, 7) == ()


async def test_the_same_again_takes_the_new_settings(desk):
    first = await desk.add("Ilse Brandt")
    again = await desk.add("ilse brandt", channel_id=10, is_direct=False, quiet_from=time(22), quiet_until=time(7))
    (status,) = await desk.service.list_follows(1, 7)
    assert (status.follow, again.id) == (again, first.id)


async def test_only_the_member_removes_a_follow_and_what_waits_of_it_alone_goes_with_it(desk):
    first, second = await desk.add("Ilse Brandt"), await desk.add("The ports", ORGANISATION)
    with pytest.raises(NotFoundError):
        await desk.service.remove_follow(8, first.id)
    await desk.bring(brief())
    await desk.tick()
    assert await desk.service.remove_follow(7, first.id) == first
    assert len(await desk.open()) == 1
    await desk.service.remove_follow(7, second.id)
    assert await desk.open() == ()
    with pytest.raises(NotFoundError):
        await desk.service.remove_follow(7, second.id)


async def test_what_was_removed_while_it_was_looked_for_is_not_told(desk):
    kept = await desk.add()
    await desk.add("The ports", ORGANISATION)
    await desk.bring(brief())
    think, removed = desk.service._tools.think, []

    async def slow(function, *args, **limits):
        if not removed:
            removed.append(await desk.service.remove_follow(7, kept.id))
        return await think(function, *args, **limits)

    desk.service._tools = replace(desk.service._tools, think=slow)
    assert await desk.told() == [("The ports", URL)]


async def test_a_member_follows_25_and_a_guild_500(desk):
    for number in range(25):
        await desk.add(f"Phrase {number}", PHRASE)
    with pytest.raises(LimitError) as caught:
        await desk.add("one more", PHRASE)
    assert caught.value.most == 25
    await desk.add("phrase 3", PHRASE, channel_id=10)  # that is there already
    for number in range(475):
        await desk.add(f"Phrase {number}", PHRASE, user_id=100 + number // 25)
    with pytest.raises(LimitError) as caught:
        await desk.add("one more", PHRASE, user_id=9)
    assert caught.value.most == 500
    await desk.add("one more", PHRASE, user_id=9, guild_id=2)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("", PERSON), ("  \n", PHRASE), ("x", PHRASE), ("…!?", PHRASE), ("\u202e\u200b", PERSON), ("x" * 101, PHRASE)],
    ids=str,
)
async def test_words_that_say_nothing_or_are_too_long_cannot_be_followed(desk, words, kind):
    with pytest.raises(ValueError, match="nothing that can be followed"):
        await desk.add(words, kind)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
async def test_there_must_be_such_a_zone(desk, zone):
    with pytest.raises(ValueError, match="no zone"):
        await desk.add(zone=zone)


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE follows; --",
        'NEAR("x" y)',
        "<@1> @everyone",
        "شهر رمضان",
        "港口协议",
        "👩‍👩‍👧 ok",
        "a\x00b",
        "\ud800ab",
    ],
    ids=ascii,
)
async def test_any_words_can_be_followed_as_a_phrase_and_are_found_as_they_are(desk, words):
    await desk.add(words, PHRASE)
    text = f"They said {words} there."
    await desk.bring(plain(text))
    (status,) = await desk.service.list_follows(1, 7)
    assert await desk.told() == [(" ".join(status.follow.words.split()), URL)]


async def test_all_that_is_kept_of_a_member_is_given_and_deleted(desk):
    await desk.add()
    await desk.add(user_id=8, channel_id=800)
    await desk.add(guild_id=2)
    await desk.bring(brief())
    await desk.tick()
    await desk.send()
    record = await desk.service.export_member(1, 7)
    assert [one.follow.words for one in record.follows] == ["Ilse Brandt"]
    assert [(told(one.payload), one.state) for one in record.alerts] == [([("Ilse Brandt", URL)], DeliveryState.SENT)]
    assert await desk.service.delete_member(1, 7) == record
    empty = await desk.service.export_member(1, 7)
    assert (empty.follows, empty.alerts) == ((), ())
    assert len((await desk.service.export_member(1, 8)).alerts) == 1
    assert len((await desk.service.export_member(2, 7)).follows) == 1


# --- suggestions ---


async def test_who_spoke_and_committed_lately_is_suggested(desk):
    await desk.bring(brief(), silent(url=QUAY))
    suggest = desk.service.suggest_followed
    assert await suggest(1, "") == (("Ilse Brandt", PERSON), ("The ports", ORGANISATION))
    assert await suggest(1, "bra") == (("Ilse Brandt", PERSON),)
    assert await suggest(1, "ilse b") == (("Ilse Brandt", PERSON),)
    assert await suggest(1, "xyz") == await suggest(2, "") == ()
    assert await suggest(1, "", limit=1) == (("Ilse Brandt", PERSON),)


async def test_who_is_hidden_is_not_suggested_to_be_followed(desk):
    await desk.bring(brief())
    assert len(await desk.service.suggest_followed(1, "")) == 2
    await desk.service.suppress_name(1, "ilse brandt", now=NOW, render=lambda *_: lambda _: None)
    assert await desk.service.suggest_followed(1, "") == (("The ports", ORGANISATION),)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("ilse brandt", PERSON),
        ("the ports", ORGANISATION),
        ("Ports", ORGANISATION),
        ("common rule", PHRASE),
        ("", PHRASE),
    ],
    ids=str,
)
async def test_what_somebody_most_likely_means_is_guessed_from_what_is_known_here(desk, words, kind):
    await desk.bring(brief())
    assert await desk.service.guess_followed(1, words) is kind
    assert await desk.service.guess_followed(2, words) is PHRASE


async def test_a_body_that_spoke_is_an_organisation(desk):
    await desk.bring(report("“We will act,” said the Bank of Orlan on Monday.", 1))
    assert await desk.service.guess_followed(1, "Bank of Orlan") is ORGANISATION
