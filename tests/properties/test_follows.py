"""Each follow is told of each article that fits once at most, and of all that fit, whatever dies in between."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import example, given, settings, strategies as st

from bot.delivery import NONCE_WINDOW, Sender
from digest.editions.phrases import PhraseFinder, find_phrases
from digest.service import Service, alerting
from tests.bot.deliveries import FakeDiscord, Watch
from tests.builders import TEXT
from tests.digest.service.follows import ORGANISATION, PERSON, PHRASE, print_fits, told, wanted, worded
from tests.digest.store.shelves import follow, shelve
from tests.fakes import FakeFetcher, think
from tests.properties.crashes import Crash, FragileStore
from tests.properties.texts import texts
from tests.stores import new_store

# Other words each, else a second telling of the same would be no news.
WORDS = [" ".join(TEXT.split()[start : start + 3]) for start in range(8)]
FOLLOWED = [
    (user, words, kind)
    for user in (7, 8)
    for words, kind in (
        ("Ilse Brandt", PERSON),
        ("Port of Sarn", ORGANISATION),
        ("sunday", PHRASE),
        ("Tomas Rook", PERSON),
    )
]
adds = st.tuples(st.just("add"), st.sampled_from(FOLLOWED))
articles = st.tuples(st.just("article"), st.sampled_from(range(8)))
fuses = st.none() | st.tuples(st.integers(0, 4), st.booleans())
ticks = st.tuples(st.just("tick"), fuses)
sends = st.tuples(st.just("send"), fuses)
waits = st.tuples(st.just("wait"), st.integers(1, 300))


class World:
    """A guild, a source, members who follow, and a Discord; the process can die at any write."""

    def __init__(self, store, source_id):
        self.watch = Watch()
        self.fragile = FragileStore(store)
        self.source_id = source_id
        self.discord = FakeDiscord(self.watch)
        self.since = {}
        self.brought = {}
        self.start()

    def start(self):
        self.service = Service(self.fragile, FakeFetcher(), think)

    async def do(self, what, argument):
        await getattr(self, what)(argument)

    async def add(self, one):
        user, words, kind = one
        self.watch.pass_(seconds=1)  # what was looked through before is older
        await self.service.add_follow(wanted(words, kind, user_id=user, channel_id=user * 100), now=self.watch())
        self.since.setdefault((user, words), self.watch())

    async def article(self, number):
        if number in self.brought:
            return
        kept = worded(WORDS[number], url=f"https://gazette.example/{number}", published_at=self.watch())
        await shelve(self.fragile.store, self.source_id, kept=kept, now=self.watch())
        self.brought[number] = self.watch()

    async def tick(self, fuse):
        await self._mortal(fuse, self.service.alert_followers(now=self.watch(), render=print_fits))

    async def send(self, fuse):
        await self._mortal(fuse, Sender(self.service.alerts, self.discord, self.watch).post_open())

    async def wait(self, seconds):
        self.watch.pass_(seconds=seconds)

    async def _mortal(self, fuse, step):
        self.fragile.fuse, self.fragile.keeps = fuse or (None, True)
        with suppress(Crash):
            await step
        if fuse:
            self.fragile.fuse = None
            self.start()

    def expected(self):
        fitting = {"Ilse Brandt", "Port of Sarn", "sunday"}
        return sorted(
            (user * 100, words, f"https://gazette.example/{number}")
            for (user, words), since in self.since.items()
            for number, dated_at in self.brought.items()
            if words in fitting and dated_at >= since
        )

    def posted(self):
        return sorted((one.channel_id, *pair) for one, _ in self.discord.messages for pair in told(one.payload))


async def play(steps):
    async with new_store() as store:
        world = World(store, await follow(store))
        for what, argument in steps:
            await world.do(what, argument)
        await world.tick(None)
        world.watch.pass_(seconds=NONCE_WINDOW.total_seconds())
        await world.send(None)
        assert world.posted() == world.expected()
        await world.tick(None)
        assert await world.service.alerts.open_deliveries(now=world.watch() + timedelta(days=1)) == ()


PHRASES = [("add", one) for one in FOLLOWED if one[1] == "sunday"]


@settings(deadline=None, max_examples=40)
@example([*PHRASES, ("article", 0), ("tick", (0, True))])
@example([*PHRASES, ("article", 0), ("tick", None), ("send", (2, False)), ("wait", 200)])
@given(st.lists(adds | articles | ticks | sends | waits, max_size=25))
def test_each_follow_is_told_of_all_that_fits_once_whatever_dies(steps):
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(alerting, "_WRITTEN_AT_ONCE", 1)  # so that some of a tick is kept, and some is not
        asyncio.run(play(steps))


@given(texts, st.lists(texts | st.sampled_from(["港口", "a-b", "U.S.", "the council", "will"]), max_size=8))
def test_many_phrases_are_found_as_each_one_is(text, phrases):
    assert sorted(PhraseFinder(phrases).find(text)) == sorted(set(find_phrases(text, phrases)))


def test_a_phrase_without_words_is_found_where_it_stands():
    assert PhraseFinder(["", "…", "港口", "协议"]).find("港口…") == ("…", "港口")
