"""Who is quoted: the names that articles print, what one of them said, under whatever name."""

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import QuoteHit, SpeakerRecord
from digest.reading.names.aliases import key_of
from digest.store.aliases import list_keys
from digest.store.dialects import dialect_of
from digest.store.hidden import get_curtain
from digest.store.schema import quotes
from digest.store.search import NEWEST_FIRST, SAID, is_hidden_row, quote_hits, quotes_of

_DESCRIBED = 500  # quotes that tell what somebody is called


async def list_said(
    db: AsyncConnection, guild_id: int, speaker: str, query: str = "", *, limit: int, offset: int = 0
) -> tuple[QuoteHit, ...]:
    """Return what a speaker said, newest first, with all words of the query in it; no speaker: what anybody said.

    Under whatever name of theirs that means nobody else. The same words of the same speaker are one hit.
    """
    curtain = await get_curtain(db, guild_id)
    columns = (quotes.c.id, quotes.c.telling, *(SAID if curtain else ()))
    fitting = quotes_of(guild_id, *columns).order_by(*NEWEST_FIRST, quotes.c.position)
    if speaker.strip():
        fitting = fitting.where(await _is_by(db, speaker))
    if query.strip():
        fitting = fitting.where(dialect_of(db).matches(quotes, query))
    newest: dict[str, int] = {}
    async with db.stream(fitting) as rows:  # as far as it takes
        async for row in rows:
            if not (curtain and is_hidden_row(curtain, row)):
                newest.setdefault(row.telling, row.id)
            if len(newest) >= offset + limit:
                break
    return await quote_hits(db, guild_id, list(newest.values())[offset : offset + limit])


async def describe_speaker(db: AsyncConnection, guild_id: int, speaker: str) -> SpeakerRecord:
    """Return what articles call the speaker and as what, the newest first; nothing where nobody is known so."""
    query = quotes_of(guild_id, quotes.c.speaker, quotes.c.role).where(await _is_by(db, speaker))
    rows = (await db.execute(query.order_by(*NEWEST_FIRST, quotes.c.position).limit(_DESCRIBED))).all()
    names, roles = (dict.fromkeys(filter(None, column)) for column in (zip(*rows, strict=True) if rows else ((), ())))
    curtain = await get_curtain(db, guild_id)
    if curtain.has_name(speaker, *names):
        return SpeakerRecord()
    return SpeakerRecord(tuple(names), tuple(role for role in roles if not curtain.has_name(role)))


async def _is_by(db: AsyncConnection, speaker: str) -> ColumnElement[bool]:
    # In small letters it is a name all the same, since that is how people type.
    name = speaker if key_of(speaker) else speaker.title()
    # A name that no article explains is still its own: who is only ever called "Reuters" is found by that.
    return quotes.c.speaker_key.in_({*await list_keys(db, name), key_of(name)})
