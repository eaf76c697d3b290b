"""Promise 10, for every step that there is: of another guild nothing is shown and nothing changed, whatever ids say."""

import inspect
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.render.embeds import render_digest
from bot.render.retractions import render_retraction
from digest.errors import NotFoundError
from digest.model import (
    AuditEntry,
    Case,
    Filters,
    Follow,
    FollowKind,
    Mark,
    Standing,
    Statement,
    StatementKind,
    Story,
)
from digest.service import Service
from digest.store import erasing
from tests.builders import NOW, brief, subscription
from tests.digest.service.newsroom import FEED, Newsroom, story

OURS, THEIRS = 1, 2
MARKS = (
    *("Story 1", "Story 2", "gazette.example", "Nobody left", "Ilse Brandt", "inspect every", "Ada", "secret"),
    *("Secret Name", "Europe/Berlin"),
)
PRIVATE = ("secret", "Secret Name", "Europe/Berlin", "'Ada'")
"""What no source has brought: names of digests, notes, who marked and followed what."""

HOUR = timedelta(hours=1)
STATEMENT = Statement(1, StatementKind.QUOTE, "Nobody left the room happy")

NO_GUILDS = {
    *("refresh_source", "read_entry", "refresh_due", "refresh_sources", "read_due", "reread_due", "expire_texts"),
    *("issue_due", "remind_due", "notice_paused", "alert_followers", "open_deliveries", "begin_delivery", "hand_over"),
    *("finish_delivery", "fail_delivery", "lose_channel", "list_lost", "record_told", "get_health", "list_guilds"),
    *("note_guilds", "note_names", "map_names", "purge_left", "discover", "stop_suggesting", "pause_subscription"),
    *("refresh_these", "read_source", "map_due", "is_behind", "has_open", "check_writable"),
}
"""Steps of the ticks, of the sender, and of who runs the bot: no command gives them an id that somebody typed."""

OWN = {
    *("erase_guild", "note_left", "note_joined", "forget_suggestions"),
    *("keep_draft", "set_zone", "set_marker_role", "record_audit"),
}
"""Steps that take no id of anything: what they change is the guild's that asks."""

ARGUMENTS = {
    "guild_id": THEIRS,
    "now": NOW + HOUR,
    "article_id": 1,
    "entry_id": 1,
    "source_id": 1,
    "subscription_id": 1,
    "edition_id": 1,
    "story_id": 1,
    "case_id": 1,
    "follow_id": 1,
    "message_id": 500,
    "number": 1,
    "user_id": 8,
    "name": "Secret Name",
    "mark": Mark(Standing.KEPT, 7, "Eve", NOW),
    "case": Case(STATEMENT, 7, "Eve", NOW),
    "statement": STATEMENT,
    "story": Story("Other", (brief(text="Nothing.", title="Nothing", url="https://other.example"),)),
    "subscription": subscription(guild_id=THEIRS, id=1, source_ids=(1,), zone="UTC"),
    "follow": Follow(THEIRS, 7, FollowKind.PERSON, "Somebody Else", 5, "UTC", id=1),
    "filters": Filters(),
    "payload": "draft",
    "change": lambda payload: payload,
    "zone": "Europe/Berlin",
    "role_id": 9,
    "entry": AuditEntry(7, "Eve", "a", "b", NOW),
    "render": render_digest,
    "shown": "Secret Name",
    "asked": "Nobody left the room happy",
    "words": "ports",
    "typed": "",
    "query": "",
    "speaker": "Ilse Brandt",
    "url": "https://gazette.example/1",
    "body": b"<opml/>",
    "day": NOW.date(),
    "days": 30,
    "first": (NOW - 400 * HOUR).date(),
    "last": (NOW + 9000 * HOUR).date(),
}
ASKED_OTHERWISE = {
    "trace": {"asked": "story 1"},
    "remove_follow": {"user_id": 9},  # a press in a direct message has no guild: it goes by the member
    "preview_week": {"now": NOW + 30 * HOUR},
    "retract": {"render": render_retraction},
    "suppress_name": {"render": render_retraction},
    "set_up_subscription": {"subscription": subscription(guild_id=THEIRS, source_ids=(1,), zone="UTC")},
}
WORLDWIDE = {"add_source", "import_sources"}
"""They fetch what is anybody's to follow: whoever follows it sees it."""


SAYS_NOTHING = {
    *("bring_back", "delete_subscription", "dismiss_case", "release_name", "remove_source", "set_filters", "skip_next"),
    *("add_follow", "remove_follow", "save_subscription", "set_up_subscription", "suppress_name", "suggest_rules"),
    *("count_kept", "find_nearest_days", "guess_followed", "map_next_runs", "list_due", "is_hidden"),
}
"""Steps whose answer has no words of a guild: they change something, or count."""


def public_steps():
    return {
        name: inspect.signature(one)
        for name, one in inspect.getmembers(Service, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }


def of_guilds():
    return sorted(set(public_steps()) - NO_GUILDS - OWN - WORLDWIDE)


def arguments_of(name):
    """What a step is called with: by the names of what it takes, ids that are another guild's."""
    given = ARGUMENTS | ASKED_OTHERWISE.get(name, {})
    return {
        one.name: given[one.name]
        for one in public_steps()[name].parameters.values()
        if one.name != "self" and (one.default is inspect.Parameter.empty or one.name in ("now", "message_id"))
    }


@pytest.fixture
async def world(store):
    """A guild that has some of everything, and another that asks for it."""
    newsroom = await Newsroom.reporting(store, story(1))
    service = newsroom.service
    daily = await service.save_subscription(
        subscription(guild_id=OURS, times=(time(9),), zone="UTC", name="secret digest"), now=NOW
    )
    edition = await service.issue_now(OURS, daily.id, now=NOW, render=render_digest)
    for part in edition.deliveries:
        await service.begin_delivery(part.id, now=NOW)
        await service.finish_delivery(part.id, 500, now=NOW)
    newsroom.publish(story(1), story(2))
    await service.refresh_source(1, now=NOW + HOUR)
    await service.read_due(now=NOW + HOUR)
    await service.report(OURS, Case(STATEMENT, 7, "Ada", NOW, "a secret note"))
    await service.mark_commitment(OURS, 1, Mark(Standing.KEPT, 7, "Ada", NOW))
    await service.suppress_name(OURS, "Secret Name", now=NOW, render=render_retraction)
    await service.set_zone(OURS, "Europe/Berlin")
    await service.set_marker_role(OURS, 9)
    await service.record_audit(OURS, AuditEntry(7, "Ada", "source add", "secret", NOW))
    await service.keep_draft(OURS, 8, "secret draft", now=NOW)
    await service.add_follow(Follow(OURS, 8, FollowKind.PERSON, "Ilse Brandt", 5, "UTC"), now=NOW)
    assert (edition.id, daily.id) == (1, 1)
    await service.suggest_articles(THEIRS, "")
    yield service
    await service.stop_suggesting()


async def shown_to_others(service, name):
    """What a step tells who asks with the guild's ids and is another one."""
    try:
        return repr(await getattr(service, name)(**arguments_of(name)))
    except (NotFoundError, ValueError) as error:
        return str(error) if isinstance(error, ValueError) else ""


async def kept_of(service, guild_id):
    async with service._tools.store.reading() as db:
        return await erasing.map_owned(db, guild_id), await erasing.count_owned(db, guild_id)


def test_every_step_that_takes_something_of_a_guild_says_whose():
    for name, signature in public_steps().items():
        if name not in NO_GUILDS:
            named = set(signature.parameters) & {"guild_id", "subscription", "follow", "user_id"}
            assert named, f"{name} takes no guild: a step of the ticks, or one that shows anybody everything?"


@pytest.mark.parametrize("name", of_guilds())
async def test_with_ids_of_another_guild_a_step_shows_nothing_and_changes_nothing_of_it(world, name):
    before = await kept_of(world, OURS)
    shown = await shown_to_others(world, name)
    assert not [mark for mark in MARKS if mark in shown]
    assert await kept_of(world, OURS) == before


@pytest.mark.parametrize("name", of_guilds())
async def test_who_follows_the_same_source_sees_and_changes_nothing_else_of_the_guild(world, name):
    await world.add_source(THEIRS, FEED, now=NOW)
    before = await kept_of(world, OURS)
    shown = await shown_to_others(world, name)
    assert not [mark for mark in PRIVATE if mark in shown]
    assert await kept_of(world, OURS) == before


@pytest.mark.parametrize("name", [name for name in of_guilds() if name not in SAYS_NOTHING])
async def test_with_its_own_ids_the_same_step_shows_what_there_is(world, name):
    given = arguments_of(name)
    given |= {one: OURS for one in given if one == "guild_id"}
    given |= {one: replace(given[one], guild_id=OURS) for one in given if one == "subscription"}
    shown = repr(await getattr(world, name)(**given))
    assert [mark for mark in MARKS if mark in shown]
