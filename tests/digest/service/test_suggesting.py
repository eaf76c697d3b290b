"""What is suggested while somebody types: what begins so, of one's own guild, out of memory that is fresh enough."""

import asyncio
from datetime import timedelta

import pytest

from digest.errors import StoreError
from digest.model import Brief, Choice, Outcome, Period, Quote, QuoteKind, Span, Speaker
from digest.service import Service, suggesting
from digest.service.suggesting import FRESH_SECONDS, MOST_SHELVES, Memory
from digest.store import told
from tests.builders import NOW, article, span
from tests.digest.service.newsroom import Newsroom
from tests.digest.store.shelves import follow, issue, shelve, subscribe
from tests.digest.store.tellers import promise, tell


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
async def service(store):
    service = Newsroom(store).service
    yield service
    await service.stop_suggesting()


@pytest.fixture
def clock():
    return Clock()


async def say(store, source_id, number, *names):
    text = "\n".join(f"“The lamps will burn {place},” said {name}." for place, name in enumerate(names))
    start, said = 0, []
    for place, name in enumerate(names):
        words = span(f"The lamps will burn {place}", text)
        at = text.index(name, start)
        speaker = Speaker(Span(at, at + len(name)))
        said.append(Quote(QuoteKind.DIRECT, (words,), None, speaker, "marks"))
        start = at + len(name)
    kept = Brief(article(text=text, url=f"https://gazette.example/{number}"), quotes=tuple(said), read_until=len(text))
    await shelve(store, source_id, kept=kept)


@pytest.mark.parametrize("typed", ["san", "SANCH", "pedro s", "sánchez pe", "s ped", "", "  "])
async def test_each_typed_word_begins_a_word_whatever_its_case_and_accents(store, service, typed):
    await shelve(store, await follow(store), title="Pedro Sánchez joins the ports")
    assert [hit.title for hit in await service.suggest_articles(1, typed)] == ["Pedro Sánchez joins the ports"]


@pytest.mark.parametrize("typed", ["anchez", "pedro x", "—", "%", "' OR 1=1", '"', "\0", "x" * 6000, "\u202enus"])
async def test_what_begins_no_word_suggests_nothing(store, service, typed):
    await shelve(store, await follow(store), title="Pedro Sánchez joins the ports")
    for suggest in (service.suggest_articles, service.suggest_speakers, service.suggest_stories):
        assert await suggest(1, typed) == ()
    assert await service.suggest_commitments(1, typed) == ()


async def test_the_newest_articles_come_first_and_as_many_as_are_wanted(store, service):
    source_id = await follow(store)
    for hours in (3, 1, 2):
        dated = NOW - timedelta(hours=hours)
        await shelve(store, source_id, url=f"https://gazette.example/{hours}", title=f"T{hours}", published_at=dated)
    assert [hit.title for hit in await service.suggest_articles(1, "t")] == ["T1", "T2", "T3"]
    assert len(await service.suggest_articles(1, "", limit=2)) == 2
    assert [hit.title for hit in await service.suggest_articles(1, "harb gaz t2")] == ["T2"]


async def test_speakers_come_by_how_often_they_are_quoted_each_once(store, service):
    source_id = await follow(store)
    await say(store, source_id, 1, "Ada Quill", "Ilse Brandt", "Ilse Brandt")
    await say(store, source_id, 2, "Ms Ilse Brandt", "officials", "Jon Varga")
    assert await service.suggest_speakers(1, "") == ("Ilse Brandt", "Ada Quill", "Jon Varga")
    assert await service.suggest_speakers(1, "bra") == ("Ilse Brandt",)


async def test_stories_come_newest_first_each_headline_once_as_the_guild_was_told_them(store, service):
    await follow(store)
    order = await subscribe(store)
    for hours, headlines in ((2, ("Ferry sinks", "Lamp burns")), (1, ("Ferry sinks!", "Rope breaks"))):
        edition = await issue(store, order, Period(NOW - timedelta(hours=hours), NOW))
        outcomes = (Outcome.SHOWN, Outcome.SHOWN if hours == 2 else Outcome.OVER_CAP)
        choices = [Choice(line, (), how, NOW) for line, how in zip(headlines, outcomes, strict=True)]
        async with store.writing() as db:
            await told.add_choices(db, edition, choices, {})
    assert [hit.headline for hit in await service.suggest_stories(1, "")] == ["Ferry sinks!", "Lamp burns"]
    assert [hit.headline for hit in await service.suggest_stories(1, "lam")] == ["Lamp burns"]
    assert await service.suggest_stories(2, "") == ()


async def test_commitments_are_found_by_number_actor_and_words(store, service):
    source_id = await follow(store)
    await tell(store, source_id, promise("Ada Quill", "sell the railway"))
    await tell(store, source_id, promise("Ilse Brandt", "paint ferries"), url="https://gazette.example/2")
    painted, sold = sorted(await service.suggest_commitments(1, ""), key=lambda entry: entry.newest.what)
    assert await service.suggest_commitments(1, "qui rail") == (sold,)
    assert await service.suggest_commitments(1, str(painted.id)) == (painted,)


async def test_older_commitments_are_found_by_their_words_where_new_ones_are_not(store, service, monkeypatch):
    source_id = await follow(store)
    for hours, what in ((1, "paint ferries"), (9, "sell the railway")):
        url = f"https://gazette.example/{hours}"
        await tell(store, source_id, promise("Ada Quill", what), url=url, at=NOW - timedelta(hours=hours))
    monkeypatch.setattr(suggesting.suggestions, "MOST", 1)
    monkeypatch.setattr(suggesting.suggestions, "_AT_ONCE", 1)
    assert [entry.newest.what for entry in await service.suggest_commitments(1, "railway")] == ["sell the railway"]
    both = await service.suggest_commitments(1, "quill")
    assert [entry.newest.what for entry in both] == ["paint ferries", "sell the railway"]


async def test_nothing_of_another_guild_is_suggested_nor_of_a_source_that_is_followed_no_more(store, service):
    source_id = await follow(store)
    await shelve(store, source_id)
    for suggest in (service.suggest_articles, service.suggest_speakers, service.suggest_commitments):
        assert len(await suggest(1, "")) == 1
        assert await suggest(2, "") == ()
    await service.remove_source(1, source_id)
    for suggest in (service.suggest_articles, service.suggest_speakers, service.suggest_commitments):
        assert await suggest(1, "") == ()


class Shelves:
    """Loads what it is told to, when it may, and counts."""

    def __init__(self):
        self.values = ["Ada Quill"]
        self.loaded = 0
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.trouble = None

    async def __call__(self, _db, guild_id, keep):
        self.loaded += 1
        await keep([(f"{value} {guild_id}", value) for value in self.values])
        await self.may_end.wait()
        if self.trouble:
            raise self.trouble


@pytest.fixture
async def memory(store, clock):
    memory = Memory(store, clock)
    yield memory
    await memory.close()


async def test_what_is_known_is_not_loaded_again_for_a_minute(memory, clock):
    load = Shelves()
    for _ in range(3):
        assert await memory.find(load, 1, "ad", limit=5) == ("Ada Quill",)
    assert load.loaded == 1
    clock.now += FRESH_SECONDS + 1
    load.values, before = ["Ada Brandt"], load.values
    assert await memory.find(load, 1, "ad", limit=5) == tuple(before)  # at once, and stale
    await asyncio.gather(*memory._loading.values())
    assert await memory.find(load, 1, "ad", limit=5) == ("Ada Brandt",)
    assert load.loaded == 2


async def test_many_who_ask_at_once_load_once_and_have_what_is_there_before_all_is(memory):
    load = Shelves()
    load.may_end.clear()
    asked = [asyncio.create_task(memory.find(load, 1, "ad", limit=1)) for _ in range(20)]
    assert await asyncio.gather(*asked) == [("Ada Quill",)] * 20
    assert load.loaded == 1


async def test_who_asks_first_waits_no_longer_than_the_patience(memory, clock):
    load = Shelves()
    load.may_end.clear()
    asked = asyncio.create_task(memory.find(load, 1, "nobody", limit=5))
    await asyncio.sleep(0.05)
    assert not asked.done()
    clock.now += suggesting.PATIENCE_SECONDS
    assert await asked == ()


async def test_what_cannot_be_loaded_is_an_error_and_tried_again_by_the_next(memory, clock):
    load = Shelves()
    load.trouble = StoreError("the disk is gone")
    with pytest.raises(StoreError):
        await memory.find(load, 1, "ada", limit=5)
    load.trouble = None
    assert await memory.find(load, 1, "ada", limit=5) == ("Ada Quill",)
    clock.now += FRESH_SECONDS + 1
    load.trouble = StoreError("the disk is gone")  # what is known is offered all the same
    assert await memory.find(load, 1, "ada", limit=5) == ("Ada Quill",)
    await asyncio.gather(*memory._loading.values(), return_exceptions=True)
    assert await memory.find(load, 1, "ada", limit=5) == ("Ada Quill",)


async def test_who_waits_for_what_is_forgotten_meanwhile_is_offered_nothing_and_the_next_one_what_is_there(memory):
    load = Shelves()
    load.may_end.clear()
    asked = asyncio.create_task(memory.find(load, 1, "ad", limit=5))
    await asyncio.sleep(0.05)
    memory.forget(1)
    assert await asked == ()
    load.may_end.set()
    assert await memory.find(load, 1, "ad", limit=5) == ("Ada Quill",)


async def test_of_more_guilds_than_are_remembered_the_one_that_asked_least_lately_is_forgotten(memory):
    load = Shelves()
    for guild_id in (1, *range(2, MOST_SHELVES + 1), 1, MOST_SHELVES + 1):
        await memory.find(load, guild_id, "", limit=5)
    assert (len(memory._shelves), load.loaded) == (MOST_SHELVES, MOST_SHELVES + 1)
    assert {(1, load), (MOST_SHELVES + 1, load)} <= set(memory._shelves)
    assert (2, load) not in memory._shelves


async def test_what_is_loaded_when_all_ends_is_no_error_of_the_loop(memory):
    load, loop, errors = Shelves(), asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda _, context: errors.append(context))
    load.may_end.clear()
    assert await memory.find(load, 1, "", limit=1) == ("Ada Quill",)
    (task,) = memory._loading.values()
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert (errors, memory._loading) == ([], {})
    load.may_end.set()
    assert await memory.find(load, 1, "ad", limit=5) == ("Ada Quill",)


async def test_what_is_being_loaded_ends_with_the_memory(store):
    memory, load = Memory(store), Shelves()
    load.may_end.clear()
    assert await memory.find(load, 1, "", limit=1) == ("Ada Quill",)
    (task,) = memory._loading.values()
    await memory.close()
    assert task.cancelled()
    assert await Service(store, None, None).suggest_articles(1, "") == ()
