"""What a soaked bot held hour by hour, and what became of the news that were published meanwhile."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bench._processes import Held
from bot.marks import mark_of
from digest import Store
from digest.editions.schedule import due_slots
from digest.store import subscriptions
from digest.store.deliveries import list_deliveries
from digest.store.schema import claims, editions, entries, subscriptions as ordered_table

MOST_GROWTH = 5.0
"""Percent of RSS after the first hour."""

_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Sample:
    """What the bot said of itself at a time, and what its processes held, itself first."""

    at: datetime
    said: dict[str, Any]
    held: Sequence[Held]

    @property
    def rss(self) -> float:
        """The bot's own process, in MB."""
        return self.held[0].rss

    @property
    def pss(self) -> float:
        """All processes, in MB, what they share counted once."""
        return round(sum(one.pss for one in self.held), 1)

    def line(self) -> str:
        """Return it in a line."""
        reading = [one.rss for one in self.held if one.is_reading]
        said = {name: self.said[name] for name in ("tasks", "files", "threads", "objects")}
        return f"{self.at:%d %H:%M} rss {self.rss} reading {reading} pss of all {self.pss} {said}"


def account_of(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return how what was held grew, from the first hour on: against the last, and against the most there was."""
    first, last = samples[0], samples[-1]
    most = max(one.rss for one in samples)
    return {
        "rss after the first hour, MB": first.rss,
        "rss at the end, MB": last.rss,
        "rss at most, MB": most,
        "rss growth, %": _percent(first.rss, last.rss),
        "rss growth at most, %": _percent(first.rss, most),
        "target": f"<= {MOST_GROWTH:g} %: {'met' if _percent(first.rss, most) <= MOST_GROWTH else 'missed'}",
        "pss of all processes, MB": [one.pss for one in samples],
        "rss by hour, MB": [one.rss for one in samples],
        "rss of reading processes, MB": [sum(two.rss for two in one.held if two.is_reading) for one in samples],
        "tasks": [one.said["tasks"] for one in samples],
        "tasks left over": last.said["tasks"] - first.said["tasks"],
        "files": [one.said["files"] for one in samples],
        "files left over": last.said["files"] - first.said["files"],
        "threads": [one.said["threads"] for one in samples],
        "kinds of tasks at the end": last.said["kinds of tasks"],
        "types that grew": _grown(first.said["types"], last.said["types"]),
        "own sizes that grew": _grown(first.said["sizes"], last.said["sizes"]),
    }


def _percent(first: float, last: float) -> float:
    return round(100 * (last - first) / first, 1)


def _grown(first: dict[str, int], last: dict[str, int]) -> dict[str, int]:
    grown = Counter(last)
    grown.subtract({name: count for name, count in first.items() if name in last})
    return {name: more for name, more in grown.most_common(_SHOWN) if more > 0}


async def told_of(
    store: Store, channels: Sequence[Any], readable: set[str], since: datetime, until: datetime
) -> dict[str, Any]:
    """Return what was told of what could be read between the two times, over all subscriptions: slots, parts, articles.

    A subscription follows every source here. An article is lost where no edition of it took it.
    """
    figures = Counter(parts=0, doubled=0, missed=0)
    async with store.reading() as db:
        all_editions = (await db.execute(select(editions))).mappings().all()
        ordered = await subscriptions.list_subscriptions(db, select(ordered_table))
        query = select(claims.c.subscription_id, entries.c.url)
        query = query.join_from(claims, entries, entries.c.article_id == claims.c.article_id).distinct()
        taken = {tuple(row) for row in await db.execute(query)}
        states = Counter[str]()
        by_channel: dict[int, list[str]] = {}
        for edition in all_editions:
            for part in await list_deliveries(db, edition["id"]):
                states[part.state.value] += 1
                by_channel.setdefault(part.channel_id, []).append(mark_of(part))
    for channel in channels:
        shown = Counter(mark for message in channel.messages.values() for mark in _marks(message))
        for mark in by_channel.get(channel.id, ()):
            figures["parts"] += 1
            figures["doubled"] += max(0, shown[mark] - 1)
            figures["missed"] += not shown[mark]
    made = {(one["subscription_id"], one["local_date"], one["local_time"]) for one in all_editions}
    slots = [slot for one in ordered for slot in due_slots(one, since, until)]
    missed = sum((slot.subscription_id, slot.local_date, slot.local_time) not in made for slot in slots)
    lost = [url for one in ordered for url in readable if (one.id, url) not in taken]
    return {
        "slots": len(slots),
        "slots missed": missed,
        "kinds of editions": Counter(one["kind"] for one in all_editions),
        "states of parts": states,
        **figures,
        "articles to be told": len(readable) * len(ordered),
        "articles lost": len(lost),
        "some of them": lost[:_SHOWN],
    }


def _marks(message: Any) -> list[str]:
    footers = [embed.get("footer", {}).get("text", "") for embed in message.embeds]
    return [footer.split(" · ")[-1] for footer in footers] or [message.content.rpartition("-# ")[2]]
