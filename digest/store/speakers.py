"""Who is quoted: the names that articles print, what one of them said, under whatever name."""

from collections import Counter

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.suggestions import may_mean
from digest.model import QuoteHit, SpeakerRecord
from digest.reading.names.aliases import key_of
from digest.store.aliases import is_said_by
from digest.store.dialects import dialect_of
from digest.store.schema import quotes
from digest.store.scope import is_recent
from digest.store.search import NEWEST_FIRST, quote_hits, quotes_of

RECENT = 5000
"""So many of the newest quotes tell who is offered, and who is quoted most."""

_DESCRIBED = 500  # quotes that tell what somebody is called


async def suggest_speakers(db: AsyncConnection, guild_id: int, typed: str, *, limit: int) -> tuple[str, ...]:
    """Return the names of speakers with a word that begins as typed, the most quoted lately first.

    Each speaker once, by the name that is printed most, of several the longest. Who is only told from others by an
    office ("director Brandt") is not offered: the bare surname would mean others too.
    """
    query = quotes_of(guild_id, quotes.c.speaker_key, quotes.c.speaker).where(
        quotes.c.speaker_key.is_not(None), is_recent()
    )
    printed: dict[str, Counter[str]] = {}
    rows = await db.execute(query.order_by(*NEWEST_FIRST).limit(RECENT))
    for (key, name), number in Counter((key, name) for key, name in rows).items():
        if key_of(name) == key:
            printed.setdefault(key, Counter())[name] = number
    ranked = sorted(printed.items(), key=lambda one: (-one[1].total(), one[0]))
    named = [max(names.items(), key=lambda one: (one[1], len(one[0]), one[0]))[0] for _, names in ranked]
    return tuple(name for name in dict.fromkeys(named) if may_mean(typed, name))[:limit]


async def list_said(
    db: AsyncConnection, guild_id: int, speaker: str, query: str = "", *, limit: int, offset: int = 0
) -> tuple[QuoteHit, ...]:
    """Return what a speaker said, newest first, with all words of the query in it; no speaker: what anybody said.

    Under whatever name of theirs that means nobody else. The same words of the same speaker are one hit.
    """
    fitting = quotes_of(guild_id, quotes.c.id, quotes.c.telling).order_by(*NEWEST_FIRST, quotes.c.position)
    if speaker.strip():
        fitting = fitting.where(_is_by(speaker))
    if query.strip():
        fitting = fitting.where(dialect_of(db).matches(quotes, query))
    newest: dict[str, int] = {}
    async with db.stream(fitting) as rows:  # as far as it takes
        async for id_, telling in rows:
            newest.setdefault(telling, id_)
            if len(newest) >= offset + limit:
                break
    return await quote_hits(db, guild_id, list(newest.values())[offset : offset + limit])


async def describe_speaker(db: AsyncConnection, guild_id: int, speaker: str) -> SpeakerRecord:
    """Return what articles call the speaker and as what, the newest first; nothing where nobody is known so."""
    query = quotes_of(guild_id, quotes.c.speaker, quotes.c.role).where(_is_by(speaker))
    rows = (await db.execute(query.order_by(*NEWEST_FIRST, quotes.c.position).limit(_DESCRIBED))).all()
    names, roles = (dict.fromkeys(filter(None, column)) for column in (zip(*rows, strict=True) if rows else ((), ())))
    return SpeakerRecord(tuple(names), tuple(roles))


def _is_by(speaker: str) -> ColumnElement[bool]:
    # In small letters it is a name all the same, since that is how people type.
    name = speaker if key_of(speaker) else speaker.title()
    # A name that no article explains is still its own: who is only ever called "Reuters" is found by that.
    return or_(is_said_by(name), quotes.c.speaker_key == key_of(name))
