"""Which entry of the ledger each commitment of an article belongs to, found when the article is kept."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    Select,
    bindparam,
    desc,
    func,
    insert,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.ledger import find_entry
from digest.model import LedgerEntry, Telling
from digest.reading.names.aliases import key_of
from digest.store.briefs import Row
from digest.store.dialects import Turn, dialect_of
from digest.store.ledger import tellings_of
from digest.store.schema import article_versions, commitment_actors, commitments, ledger_entries
from digest.store.tellings import TELLING, select_tellings, telling_of

MOST_COMPARED = 200
"""Entries that a commitment is compared with: those of its actor that were told last."""

Keys: TypeAlias = dict[str, bool]
"""Keys under which tellings of one commitment may meet, each with whether it is a name as a whole."""

Found: TypeAlias = tuple[int, bool]
"""An entry that has a telling with a key, and whether that is a whole name there."""

REMEMBERED = timedelta(days=2 * 365)
"""An entry that was not told for this long is joined no more."""

_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"[A-Z][\w.-]*(?: (?:(?:of|the|de|van|von|der) )*[A-Z][\w.-]*)*")
_LIGHT = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "s", "the", "to", "with"])
_FEWEST_INITIALS = 3
_MOST_KEYS = 16
_KEYS_AT_ONCE = 20


def keys_of(telling: Telling) -> Keys:
    """Return the keys under which tellings of one commitment may meet, each with whether it is a name as a whole.

    Two meet where they share a key that is whole for one of them: "Brandel" may be "Tomas Brandel", "Castellan" the
    "Castellan Line", but "Tomas Brandel" no "Tomas Reul". Of a description each word may be what another article calls
    them. Whoever the sentence names may be the actor elsewhere: "Halvia will pay, Ilse Varenholt said". More may meet
    than tell the same; find_entry decides.
    """
    whole: list[str] = []
    parts: list[str] = []
    for name in telling.actors:
        key = key_of(name)
        words = key.split() or [word for word in _WORD.findall(name.casefold()) if word not in _LIGHT]
        whole += [" ".join(words), _turned(key), *([] if key else words)]
        parts += [words[-1], words[0], _initials(name)] if key else []
    parts += [key_of(found[0]) for found in _NAME.finditer(telling.sentence)]
    keys = dict.fromkeys(filter(None, whole), True)
    for part in filter(None, parts):
        keys.setdefault(part, False)
    return dict(list(keys.items())[:_MOST_KEYS])


def pick_entries(
    tellings: Sequence[Telling],
    before: Mapping[Hashable, int],
    candidates: Callable[[Telling], Sequence[LedgerEntry]],
) -> tuple[int | None, ...]:
    """Return the entry of each telling of one article version, or None where it opens one; no two share an entry.

    `before` are the entries of what earlier versions of the article told, by `words_of`: the same words keep theirs.
    """
    picked: dict[int, int] = {}
    for number, telling in enumerate(tellings):
        known = before.get(words_of(telling))
        if known is not None and known not in picked.values():
            picked[number] = known
    for number, telling in enumerate(tellings):
        if number not in picked:
            taken = set(picked.values())
            found = find_entry(telling, [entry for entry in candidates(telling) if entry.id not in taken])
            if found is not None:
                picked[number] = found.id
    return tuple(picked.get(number) for number in range(len(tellings)))


def words_of(telling: Telling) -> Hashable:
    """Return what a commitment keeps from one version of an article to the next, where it is the same one."""
    return telling.actors, telling.kind, telling.what, telling.is_withdrawal


def candidate_ids(keys: Keys, known: Iterable[int], found_by: Mapping[str, Iterable[Found]]) -> tuple[int, ...]:
    """Return the entries that a telling is compared with: those known from its article, then by its keys in turn."""
    ids = dict.fromkeys(known)
    for key, is_whole in keys.items():
        ids |= dict.fromkeys(id_ for id_, is_whole_there in found_by[key] if is_whole or is_whole_there)
    return tuple(ids)[:MOST_COMPARED]


def _turned(key: str) -> str:
    """Return "tarrow university" for "university of tarrow", nothing for what has no "of"."""
    kind, _, place = key.partition(" of ")
    return f"{place} {kind}" if place else ""


def _initials(name: str) -> str:
    """Return by which letters a long name may be known: "kla" for the "Kel Liberation Army"."""
    letters = "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())
    return letters.casefold() if len(letters) >= _FEWEST_INITIALS else ""


async def link_commitments(
    db: AsyncConnection, rows: Sequence[Row], version: Row, *, now: datetime, told_at: datetime
) -> tuple[list[Row], list[Keys]]:
    """Return the rows of a new version's commitments with their entries, opened where there are none yet; their keys.

    What no earlier version of the article told is told at this time. The keys are to be kept with `add_keys`.
    """
    if not rows:
        return [], []
    await dialect_of(db).take_turn(db, Turn.LINKING)  # two that tell one commitment first would open an entry each
    earlier = await _told_before(db, version["article_id"]) if version["number"] > 1 else []
    printed = version | {"trouble": None, "is_corrected": False, "id": 0, "told_at": told_at}
    tellings = [telling_of(printed | row) for row in rows]
    keys = {telling: keys_of(telling) for telling in tellings}
    asked = {pair for of_one in keys.values() for pair in of_one.items()}
    found_by = await _found_by(db, dict(sorted(asked)), since=now - REMEMBERED)
    known = [entry_id for entry_id, _ in earlier]
    ids = {telling: candidate_ids(of_one, known, found_by) for telling, of_one in keys.items()}
    entries = await _entries(db, {id_ for some in ids.values() for id_ in some})
    before = {words_of(telling): entry_id for entry_id, telling in earlier}
    picked = pick_entries(tellings, before, lambda telling: [entries[id_] for id_ in ids[telling]])
    told_since = {entry_id: telling.told_at for entry_id, telling in earlier}
    opened = iter(await _open_entries(db, picked.count(None), told_at))
    entry_ids = [next(opened) if entry_id is None else entry_id for entry_id in picked]
    linked = [
        row | {"entry_id": entry_id, "told_at": told_since.get(entry_id, told_at)}
        for row, entry_id in zip(rows, entry_ids, strict=True)
    ]
    return linked, [keys[telling] for telling in tellings]


async def add_keys(db: AsyncConnection, commitment_ids: Iterable[int], keys: Iterable[Keys]) -> None:
    """Keep the keys by which each of these commitments is found."""
    rows = [
        {"key": key, "commitment_id": commitment_id, "is_whole": is_whole}
        for commitment_id, of_one in zip(commitment_ids, keys, strict=True)
        for key, is_whole in of_one.items()
    ]
    if rows:
        await db.execute(insert(commitment_actors), rows)


async def _told_before(db: AsyncConnection, article_id: int) -> list[tuple[int, Telling]]:
    query = select_tellings(*TELLING).where(article_versions.c.article_id == article_id)
    return [(row["entry_id"], telling_of(row)) for row in (await db.execute(query)).mappings()]


def _newest(key: ColumnElement[Any], is_whole: ColumnElement[Any]) -> Select[Any]:
    return (
        select(commitment_actors.c.commitment_id, commitments.c.entry_id, commitment_actors.c.is_whole)
        .join_from(commitment_actors, commitments, commitments.c.id == commitment_actors.c.commitment_id)
        .where(commitment_actors.c.key == key, commitments.c.told_at >= bindparam("since"))
        .where(commitment_actors.c.is_whole == is_whole)
        .order_by(commitment_actors.c.commitment_id.desc())
        .limit(MOST_COMPARED)
    )


def _newest_at(place: int) -> Select[Any]:
    found = _newest(bindparam(f"key_{place}"), bindparam(f"is_whole_{place}")).subquery()
    return select(literal_column(str(place)).label("place"), found)


def _newest_of_each() -> Select[Any]:
    keys = bindparam("keys", type_=ARRAY(commitment_actors.c.key.type))
    asked = func.unnest(keys, bindparam("are_whole", type_=ARRAY(Boolean)))
    each = asked.table_valued("key", "is_whole", with_ordinality="place").render_derived()
    found = _newest(each.c.key, each.c.is_whole).lateral()
    columns = (each.c.place - 1, found.c.commitment_id, found.c.entry_id, found.c.is_whole)
    return select(*columns).join_from(each, found, true()).order_by(found.c.commitment_id.desc())


# For several keys at once: a round trip costs more than a search. Where no parameter is an array they are always as
# many as here, so that the statement is compiled once; it is too long for a driver to know it again.
_NEWEST_OF_EACH = _newest_of_each()
_NEWEST_OF_SOME = union_all(*map(_newest_at, range(_KEYS_AT_ONCE))).order_by(desc("commitment_id"))


async def _found_by(db: AsyncConnection, keys: Mapping[str, bool], *, since: datetime) -> dict[str, list[Found]]:
    found_by: dict[str, list[Found]] = {key: [] for key in keys}
    waiting = [(key, True) for key in keys] + [(key, False) for key, is_whole in keys.items() if is_whole]
    takes_arrays = dialect_of(db).takes_arrays
    ask, at_once = (_ask_for_each, len(waiting)) if takes_arrays else (_ask_for_some, _KEYS_AT_ONCE)
    while some := waiting[:at_once]:
        del waiting[:at_once]
        statement, asked = ask(some)
        for place, _, entry_id, is_whole in await db.execute(statement, asked | {"since": since}):
            found_by[some[place][0]].append((entry_id, is_whole))
    return found_by


def _ask_for_each(pairs: Sequence[tuple[str, bool]]) -> tuple[Executable, dict[str, Any]]:
    return _NEWEST_OF_EACH, {"keys": [key for key, _ in pairs], "are_whole": [is_whole for _, is_whole in pairs]}


def _ask_for_some(pairs: Sequence[tuple[str, bool]]) -> tuple[Executable, dict[str, Any]]:
    asked: dict[str, Any] = {}
    padded = [*pairs, *[("", False)] * (_KEYS_AT_ONCE - len(pairs))]  # nothing has no key
    for place, (key, is_whole) in enumerate(padded):
        asked |= {f"key_{place}": key, f"is_whole_{place}": is_whole}
    return _NEWEST_OF_SOME, asked


async def _entries(db: AsyncConnection, ids: Iterable[int]) -> dict[int, LedgerEntry]:
    found = await tellings_of(db, select_tellings(*TELLING), list(ids))
    return {id_: LedgerEntry(id_, tuple(tellings)) for id_, tellings in found.items()}


async def _open_entries(db: AsyncConnection, count: int, opened_at: datetime) -> Sequence[int]:
    if not count:
        return ()
    opened = await db.execute(insert(ledger_entries).returning(ledger_entries.c.id), [{"opened_at": opened_at}] * count)
    return tuple(opened.scalars())
