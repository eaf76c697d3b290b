"""Thirty simulated days of channels whose orders change, with a bot that is often not there: what is told how often."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from bench._newsroom import Outlet, World, print_urls
from digest import Service, Store
from digest.model import BY_HAND, CatchUp, Digest, EditionKind, Part, Subscription
from digest.store import Transaction
from digest.store.schema import article_versions, claims, deliveries, editions, guild_sources, sources, subscriptions

_BEGINNING = datetime(2026, 10, 20, tzinfo=UTC)  # Europe's and America's clocks change within the month
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_OUTLETS, _GUILDS = 12, 20
_FOLLOWED = 4
_LISTED = 60
_ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "America/Santiago")
_EVERYTHING = 10_000


def measure_days(days: int = 30, orders: int = 200, *, seed: int = 8) -> dict[str, Any]:
    """Return how many articles were lost and how many told twice, over all subscriptions.

    An article that a subscription wants is lost where no edition of it takes it, four days after everything has been
    resumed. Counted apart: what an edition took and left out, because it was older than `latest` catches up with or
    than its newest few hundred, which its coverage has to say; and what `latest` had passed when it was read.
    """
    return asyncio.run(_measure(days, orders, random.Random(seed)))  # noqa: S311 -- no secret


async def _measure(days: int, orders: int, chance: random.Random) -> dict[str, Any]:
    outlets = [Outlet(f"outlet-{number}.example") for number in range(_OUTLETS)]
    world = World(outlets, listed=_LISTED)
    with TemporaryDirectory(prefix="onrecord-") as folder:
        async with await Store.open(f"sqlite+aiosqlite:///{folder}/onrecord.sqlite3") as store:
            life = _Life(Service(store, world, world.think), outlets, chance)
            await life.begin(orders)
            await life.live(_BEGINNING + days * _DAY)
            await life.end()
            counted = await _count(store, outlets)
            said = {"left out, and said": sum(life.said.values())}
            return {"days": days, "subscriptions": orders, **life.figures, **counted, **said}


class _Life:
    """The days as they come: news, ticks, people who change their minds, and times in which the bot is not there."""

    def __init__(self, service: Service, outlets: Sequence[Outlet], chance: random.Random) -> None:
        self._service = service
        self._outlets = outlets
        self._chance = chance
        self._now = _BEGINNING
        self._orders: list[Subscription] = []
        self.figures = Counter[str]()
        self.said = Counter[str]()

    async def begin(self, orders: int) -> None:
        for guild in range(1, _GUILDS + 1):
            for outlet in self._chance.sample(list(self._outlets), _FOLLOWED):
                await self._service.add_source(guild, outlet.feed_url, now=self._now)
        for number in range(orders):
            wanted = Subscription(
                number % _GUILDS + 1,
                number,
                self._times(),
                self._chance.choice(_ZONES),
                name=str(number),
                max_stories=_EVERYTHING,
                catch_up=self._chance.choice((*CatchUp, CatchUp.MERGE)),
                says_when_empty=self._chance.random() < 1 / 4,
            )
            self._orders.append(await self._service.save_subscription(wanted, now=self._now))

    async def live(self, until: datetime) -> None:
        while self._now < until:
            is_down = self._chance.random() < 1 / 60
            hours = self._chance.uniform(2, 40) if is_down else self._chance.uniform(0.2, 1.2)
            self.figures["times down"] += is_down
            self._publish(hours)
            self._now += hours * _HOUR
            for _ in range(self._chance.choice((0, 0, 1, 2, 3))):
                await self._change(self._chance.randrange(len(self._orders)))
            await self._tick()

    async def end(self) -> None:
        for index, one in enumerate(self._orders):
            await self._service.resume_subscription(one.guild_id, one.id, now=self._now)
            await self._save(index, source_ids=())
        for _ in range(6):
            self._now += _HOUR
            await self._service.refresh_due(now=self._now)
        until = self._now + 4 * _DAY  # some have skipped their next slots
        while self._now < until:
            self._now += _HOUR * 5 / 6
            await self._service.issue_due(now=self._now, render=self._print)

    async def _tick(self) -> None:
        await self._service.refresh_due(now=self._now)
        await self._service.issue_due(now=self._now, render=self._print)

    def _publish(self, hours: float) -> None:
        for outlet in self._outlets:
            for _ in range(self._chance.choice((0, 0, 1)) * (1 + int(hours / 6))):
                at = self._now + self._chance.uniform(0, hours) * _HOUR
                if self._chance.random() < 1 / 5:  # it stands in the feed long after its date
                    at = max(_BEGINNING, at - self._chance.uniform(1, 20) * _HOUR)
                self.figures["articles"] += 1
                outlet.listed.append((f"https://{outlet.host}/{self.figures['articles']}", at))

    async def _change(self, index: int) -> None:
        one, service = self._orders[index], self._service
        what = self._chance.choice(("times", "zone", "sources", "now", "skip", "pause", "resume", "resume"))
        self.figures[f"changes: {what}"] += 1
        if what == "now":
            await service.issue_now(one.guild_id, one.id, now=self._now, render=self._print)
        elif what == "skip":
            await service.skip_next(one.guild_id, one.id, now=self._now)
        elif what == "pause":
            await service.pause_subscription(one.id, BY_HAND)
        elif what == "resume":
            await service.resume_subscription(one.guild_id, one.id, now=self._now)
        else:
            await self._save(index, **await self._changed(one, what))

    async def _changed(self, one: Subscription, what: str) -> dict[str, Any]:
        if what == "times":
            return {"times": self._times()}
        if what == "zone":
            return {"zone": self._chance.choice(_ZONES)}
        followed = [status.source.id for status in await self._service.list_sources(one.guild_id)]
        return {"source_ids": tuple(self._chance.sample(followed, self._chance.randrange(_FOLLOWED)))}

    async def _save(self, index: int, **changes: Any) -> None:
        self._orders[index] = await self._service.save_subscription(
            replace(self._orders[index], **changes), now=self._now
        )

    def _print(self, digest: Digest) -> tuple[Part, ...]:
        self.said[digest.name] += digest.coverage.articles_passed_over
        parts: tuple[Part, ...] = print_urls(digest)
        return parts

    def _times(self) -> tuple[time, ...]:
        halves = self._chance.sample(range(48), self._chance.choice((1, 1, 2, 3)))
        return tuple(time(half // 2, half % 2 * 30) for half in sorted(halves))


async def _count(store: Store, outlets: Sequence[Outlet]) -> dict[str, int]:
    figures = Counter(wanted=0, lost=0, repeated=0)
    figures["left out"] = figures["passed when read"] = 0
    dated = {number: outlet.listed for number, outlet in enumerate(outlets)}
    async with store.reading() as db:
        query = select(editions.c.subscription_id, deliveries.c.payload).join_from(deliveries, editions)
        told: dict[int, Counter[str]] = {}
        for subscription_id, payload in await db.execute(query.where(editions.c.kind == EditionKind.DIGEST.value)):
            told.setdefault(subscription_id, Counter()).update(payload.split())
        followed = await _followed(db, outlets)
        rows = (await db.execute(select(subscriptions))).mappings().all()
        taken = await _taken(db)
        kinds = Counter((await db.execute(select(editions.c.kind))).scalars())
    for row in rows:
        found = told.get(row["id"], Counter())
        for url, at in _wanted(dated, followed[row["guild_id"]]):
            figures["wanted"] += 1
            figures["repeated"] += max(0, found[url] - 1)
            if found[url]:
                continue
            is_passed = row["catch_up"] == CatchUp.LATEST.value and at < row["since"]
            is_taken = url in taken.get(row["id"], ())
            figures["left out" if is_taken else "passed when read" if is_passed else "lost"] += 1
    return {**figures, **{f"editions: {kind}": number for kind, number in kinds.items()}}


async def _taken(db: Transaction) -> dict[int, set[str]]:
    query = select(claims.c.subscription_id, article_versions.c.url).join_from(
        claims, article_versions, article_versions.c.article_id == claims.c.article_id
    )
    taken: dict[int, set[str]] = {}
    for subscription_id, url in await db.execute(query):
        taken.setdefault(subscription_id, set()).add(url)
    return taken


async def _followed(db: Transaction, outlets: Sequence[Outlet]) -> dict[int, set[int]]:
    numbers = {outlet.feed_url: number for number, outlet in enumerate(outlets)}
    query = select(guild_sources.c.guild_id, sources.c.url).join_from(guild_sources, sources)
    followed: dict[int, set[int]] = {}
    for guild_id, url in await db.execute(query):
        followed.setdefault(guild_id, set()).add(numbers[url])
    return followed


def _wanted(dated: dict[int, list[tuple[str, datetime | None]]], numbers: set[int]) -> Iterator[tuple[str, datetime]]:
    return ((url, at) for number in numbers for url, at in dated[number] if at is not None)
