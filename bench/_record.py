"""A large record in a database: put there in bulk, and left as the store itself leaves it."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert

from bench._made_up import LAST, make_briefs
from digest import Brief, Source, Store
from digest.reading.names.aliases import Appearance, aliases_of
from digest.store import sources
from digest.store.aliases import learn_aliases
from digest.store.briefs import appearances_in, commitment_rows, quote_rows, version_row
from digest.store.linking import keys_of
from digest.store.schema import (
    article_sources,
    article_versions,
    articles,
    commitment_actors,
    commitments,
    ledger_entries,
    quotes,
)
from digest.store.tellings import telling_of

SOURCES = 400
QUIET = SOURCES + 1
"""A source that brought little, and nothing in the second half of the time."""

QUIET_GUILD = 4

GUILDS = {
    1: range(80, SOURCES + 1, 80),
    2: range(8, SOURCES + 1, 8),
    3: range(1, SOURCES + 1),
    QUIET_GUILD: range(QUIET, QUIET + 1),
}
"""What each guild follows: 5 sources, 50, all but the quiet one, and that one alone."""

_QUIETLY = 800  # one article of so many
_BATCH = 500
_BRINGING = list(accumulate(1 / (number + 20) for number in range(1, SOURCES + 1)))  # some bring much, most little
_AFTER = timedelta(minutes=20)  # published, until it is read


async def open_record(folder: Path, size: int, *, seed: int = 9) -> Store:
    """Open the record of so many articles, which is made where the folder does not have it yet."""
    path = folder / f"record-{size}-{seed}.sqlite3"
    partial = path.with_suffix(".partial")
    if await asyncio.to_thread(_is_missing, path, partial):
        async with await Store.open(f"sqlite+aiosqlite:///{partial}") as store:
            await fill(store, size, seed=seed)
        await asyncio.to_thread(partial.rename, path)
    return await Store.open(f"sqlite+aiosqlite:///{path}")


def _is_missing(path: Path, partial: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    for end in ("", "-wal", "-shm"):
        Path(f"{partial}{end}").unlink(missing_ok=True)
    return not path.exists()


async def fill(store: Store, size: int, *, seed: int) -> None:
    """Put sources, guilds and so many articles into a store that has none."""
    random = Random(seed)  # noqa: S311 -- the same record each time
    async with store.writing() as db:
        for number in range(1, QUIET + 1):
            wanted = Source(f"https://outlet-{number}.example/feed.xml", f"Outlet {number}")
            await sources.add_source(db, wanted, next_refresh_at=LAST + timedelta(days=365))
            for guild_id, followed in GUILDS.items():
                if number in followed:
                    await sources.follow_source(db, guild_id, number, since=LAST - timedelta(days=1000))
    made, rows = make_briefs(size, seed=seed), _Rows(random, size)
    while some := list(islice(made, _BATCH)):
        for brief, again in some:
            rows.add(brief, again)
        async with store.writing() as db:
            for table, given in rows.take():
                await db.execute(insert(table), given)
    async with store.writing() as db:
        known = {(one.key, one.full, one.is_printed): one for one in _aliases(rows.appearances)}
        await learn_aliases(db, list(known.values()))


def _aliases(appearances: Iterable[Appearance]) -> Iterable[Any]:
    for one in sorted(appearances, key=lambda one: (one.name, one.role, one.mention)):
        yield from aliases_of((one,))


@dataclass
class _Rows:
    """The rows of what is added, with the ids that a store would give."""

    random: Random
    size: int
    appearances: set[Appearance] = field(default_factory=set)
    _articles: int = 0
    _commitments: int = 0
    _entries: int = 0
    _entries_of: dict[int, list[int]] = field(default_factory=dict)
    _waiting: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, brief: Brief, again: int | None) -> None:
        id_ = self._articles = self._articles + 1
        dated_at = brief.article.published_at or LAST
        read_at = dated_at + _AFTER
        row = {"id": id_, "identity": brief.article.url, "version": 1, "first_read_at": read_at, "read_at": read_at}
        self._keep(articles, [row | {"dated_at": dated_at, "rereads": 0, "reread_at": None}])
        version = version_row(brief) | {"id": id_, "article_id": id_, "number": 1, "read_at": read_at}
        self._keep(article_versions, [version])
        self._keep(article_sources, [{"article_id": id_, "source_id": one} for one in self._bringing(id_)])
        self._keep(quotes, [one | {"version_id": id_} for one in quote_rows(brief)])
        self._add_commitments(commitment_rows(brief), version, again, dated_at)
        self.appearances.update(appearances_in(brief))

    def take(self) -> Sequence[tuple[Any, list[dict[str, Any]]]]:
        """Return what was added since the last time, table by table, what is pointed to first."""
        order = (articles, article_versions, article_sources, quotes, ledger_entries, commitments, commitment_actors)
        taken = [(table, self._waiting.pop(table)) for table in order]
        return [(table, rows) for table, rows in taken if rows]

    def _keep(self, table: Any, rows: list[dict[str, Any]]) -> None:
        self._waiting.setdefault(table, []).extend(rows)

    def _bringing(self, id_: int) -> set[int]:
        if id_ < self.size // 2 and id_ % _QUIETLY == 0:
            return {QUIET}
        count = 2 if self.random.random() < 1 / 10 else 1
        return set(self.random.choices(range(1, SOURCES + 1), cum_weights=_BRINGING, k=count))

    def _add_commitments(
        self, rows: list[dict[str, Any]], version: dict[str, Any], again: int | None, dated_at: datetime
    ) -> None:
        ids = self._entries_of.get(again) if again is not None else None
        if ids is None:
            ids = list(range(self._entries + 1, self._entries + 1 + len(rows)))
            self._entries += len(rows)
            self._keep(ledger_entries, [{"id": one, "opened_at": dated_at} for one in ids])
        self._entries_of[version["id"] - 1] = ids
        for row, entry_id in zip(rows, ids, strict=True):
            self._commitments += 1
            kept = row | {"id": self._commitments, "version_id": version["id"], "entry_id": entry_id}
            self._keep(commitments, [kept | {"told_at": dated_at}])
            told = version | {"trouble": None, "is_corrected": False, "told_at": dated_at} | kept
            keys = keys_of(telling_of(told)).items()
            found = [{"key": key, "commitment_id": kept["id"], "is_whole": is_whole} for key, is_whole in keys]
            self._keep(commitment_actors, found)
