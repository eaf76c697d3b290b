"""Articles, all their versions, and what was read in each. A version that is stored never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import RowMapping, Table, and_, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.editions.corrections import next_reread_at
from digest.editions.covered import leave_visible_text
from digest.errors import NotFoundError
from digest.model import Brief, Shown, Trouble
from digest.reading.names.aliases import aliases_of
from digest.store.aliases import learn_aliases
from digest.store.briefs import appearances_in, brief_of, commitment_rows, hash_of, quote_rows, version_row
from digest.store.dialects import dialect_of
from digest.store.hidden import get_curtain
from digest.store.linking import add_keys, link_commitments
from digest.store.lots import in_lots
from digest.store.schema import arrivals, article_sources, article_versions, articles, commitments, quotes
from digest.store.scope import is_brought_to

IS_CURRENT = and_(article_versions.c.article_id == articles.c.id, article_versions.c.number == articles.c.version)
"""The condition that joins an article to the version of it that was read last."""

BRIEFS_AT_ONCE = 50
"""Their rows take more room than they do: all of an edition's at once would double what it needs, for good."""


async def add_brief(
    db: AsyncConnection,
    brief: Brief,
    *,
    identity: str,
    source_id: int,
    now: datetime,
    trouble: Trouble | None = None,
) -> int:
    """Keep what was read of the article with this identity, and that the source brought it; return its id.

    Where it differs from what was read before it becomes a new version, which look-ups show from now on. What commits
    somebody is read once more in time, since look-ups show it long after: whether it was corrected has to be seen.
    The page says whether there is trouble with it, none: it stands (again).
    """
    dated_at = brief.article.published_at or now
    # Nearly all are new: so it is written in one statement as it is in the end.
    row = {
        "identity": identity,
        "version": 1,
        "first_read_at": now,
        "read_at": now,
        "dated_at": dated_at,
        "trouble": trouble and trouble.value,
        "troubled_at": now if trouble else None,
        "rereads": 0,
        "reread_at": next_reread_at(now, read_at=now) if brief.commitments else None,
    }
    added = await db.execute(dialect_of(db).insert_new(articles).returning(articles.c.id), row)
    article_id: int | None = added.scalar()
    if article_id is None:
        article_id = await _read_again(db, brief, identity, source_id, now)
        await set_trouble(db, article_id, trouble, now=now)
        return article_id
    await link_source(db, article_id, source_id)
    await _add_version(db, brief, article_id, 1, now, told_at=dated_at)
    return article_id


async def list_versions(db: AsyncConnection, article_id: int, *, limit: int) -> tuple[Brief, ...]:
    """Return what was read of the article, each version once, oldest first, of many the newest `limit`."""
    query = select(article_versions).where(article_versions.c.article_id == article_id)
    rows = (await db.execute(query.order_by(article_versions.c.number.desc()).limit(limit))).mappings().all()
    return tuple((await _briefs_of(db, {row["number"]: row for row in reversed(rows)})).values())


async def list_expiring(db: AsyncConnection, *, before: datetime, limit: int) -> dict[int, Brief]:
    """Return what was read before then and still has its full text, oldest first, by the ids of the versions."""
    query = select(article_versions).where(article_versions.c.read_at < before, article_versions.c.expired_at.is_(None))
    rows = (await db.execute(query.order_by(article_versions.c.read_at).limit(limit))).mappings().all()
    return await _briefs_of(db, {row["id"]: row for row in rows})


async def expire_text(db: AsyncConnection, texts: Mapping[int, str], *, now: datetime) -> None:
    """Keep of these versions this text only, of the same length; their hashes stay those of the whole."""
    statement = (
        update(article_versions)
        .where(article_versions.c.id == bindparam("version_id"))
        .values(text=bindparam("shown_text"), expired_at=now)
    )
    if texts:
        await db.execute(statement, [{"version_id": id_, "shown_text": text} for id_, text in sorted(texts.items())])


async def link_source(db: AsyncConnection, article_id: int, source_id: int) -> None:
    """Put on record that the source brought the article, which may be new to those who follow it."""
    row = {"article_id": article_id, "source_id": source_id}
    if await dialect_of(db).add_new(db, article_sources, [row]):
        await db.execute(insert(arrivals), {"article_id": article_id})


async def find_article(db: AsyncConnection, url: str, *, read_since: datetime | None = None) -> int | None:
    """Return the id of the article whose page ended at this url, if it was ever read, or was since then."""
    query = select(articles.c.id).join(article_versions, IS_CURRENT).where(article_versions.c.url == url)
    if read_since is not None:
        query = query.where(articles.c.read_at >= read_since)
    query = query.order_by(articles.c.id)
    return (await db.execute(query)).scalars().first()


async def find_same_text(db: AsyncConnection, brief: Brief, *, source_id: int, since: datetime) -> str | None:
    """Return the identity of the article with the very same title and text that the source brought since then."""
    query = (
        select(articles.c.identity)
        .join(article_versions, IS_CURRENT)
        .join(article_sources, article_sources.c.article_id == articles.c.id)
        .where(article_versions.c.text_hash == hash_of(brief.article.text), articles.c.read_at >= since)
        .where(article_versions.c.title == brief.article.title, article_sources.c.source_id == source_id)
    )
    return (await db.execute(query.order_by(articles.c.id))).scalars().first()


async def set_trouble(db: AsyncConnection, article_id: int, trouble: Trouble | None, *, now: datetime) -> None:
    """Put on record that the article was removed or retracted, or that it stands (again); since when stays."""
    kind = trouble and trouble.value
    await db.execute(
        update(articles)
        .where(articles.c.id == article_id, articles.c.trouble.is_distinct_from(kind))
        .values(trouble=kind, troubled_at=now if trouble else None)
    )


async def list_shown(db: AsyncConnection, article_ids: Sequence[int]) -> dict[Shown, int]:
    """Return what parts could show of these articles as they were last read, with the ids of the commitments."""
    query = (
        select(article_versions.c.url, commitments.c.position, commitments.c.id)
        .join_from(commitments, article_versions, article_versions.c.id == commitments.c.version_id)
        .join(articles, IS_CURRENT)
        .where(articles.c.id.in_(article_ids))
    )
    return {Shown(url, position): id_ for url, position, id_ in await db.execute(query)}


async def list_urls(db: AsyncConnection, article_ids: Sequence[int]) -> dict[str, int]:
    """Return these articles' ids by the url of the page that was last read of each."""
    query = select(article_versions.c.url, articles.c.id).join(articles, IS_CURRENT)
    rows = (await db.execute(query.where(articles.c.id.in_(article_ids)))).mappings()
    return {row["url"]: row["id"] for row in rows}


async def get_brief(db: AsyncConnection, article_id: int, *, guild_id: int | None = None) -> Brief:
    """Return what was last read of the article; with a guild, what it may see, if one of its sources brought it."""
    if guild_id is not None:
        scoped = select(articles.c.id).where(articles.c.id == article_id, is_brought_to(guild_id))
        if (await db.execute(scoped)).first() is None:
            raise NotFoundError(f"guild {guild_id} has no article {article_id}")
    found = (await map_briefs(db, [article_id])).get(article_id)
    if found is None:
        raise NotFoundError(f"no article {article_id}")
    if guild_id is None:
        return found
    curtain = await get_curtain(db, guild_id)
    if curtain.has_name(found.article.title):
        raise NotFoundError(f"guild {guild_id} does not want to see article {article_id}")
    return leave_visible_text(curtain, article_id, found)


async def get_briefs(db: AsyncConnection, article_ids: Sequence[int]) -> tuple[Brief, ...]:
    """Return what was last read of these articles, in this order; an id that is no article's is left out."""
    found = await map_briefs(db, article_ids)
    return tuple(found[article_id] for article_id in article_ids if article_id in found)


async def map_briefs(db: AsyncConnection, article_ids: Sequence[int]) -> dict[int, Brief]:
    """Return what was last read of these articles, by their ids."""
    found: dict[int, Brief] = {}
    for some in in_lots(article_ids, BRIEFS_AT_ONCE):
        query = select(article_versions).join(articles, IS_CURRENT).where(articles.c.id.in_(some))
        found |= await _briefs_of(db, {row["article_id"]: row for row in (await db.execute(query)).mappings()})
    return found


async def is_whole(db: AsyncConnection, article_id: int) -> bool:
    """Return whether the full text of what was last read of the article is still kept."""
    query = select(article_versions.c.expired_at).join(articles, IS_CURRENT).where(articles.c.id == article_id)
    return (await db.execute(query)).scalar_one() is None


async def map_versions(db: AsyncConnection, version_ids: Sequence[int]) -> dict[int, Brief]:
    """Return what was read in these versions, by their ids."""
    query = select(article_versions).where(article_versions.c.id.in_(version_ids))
    return await _briefs_of(db, {row["id"]: row for row in (await db.execute(query)).mappings()})


async def _briefs_of(db: AsyncConnection, versions: Mapping[int, RowMapping]) -> dict[int, Brief]:
    version_ids = [row["id"] for row in versions.values()]
    said = await _by_version(db, quotes, version_ids)
    committed = await _by_version(db, commitments, version_ids)
    return {key: brief_of(row, said.get(row["id"], []), committed.get(row["id"], [])) for key, row in versions.items()}


async def _is_kept(db: AsyncConnection, article_id: int, brief: Brief) -> bool:
    """Return whether this is what was last read of the article; of a text that expired, its hash tells."""
    found = await get_brief(db, article_id)
    query = select(article_versions.c.text_hash).join(articles, IS_CURRENT).where(articles.c.id == article_id)
    is_same_text = (await db.execute(query)).scalar_one() == hash_of(brief.article.text)
    return is_same_text and replace(found, article=replace(found.article, text=brief.article.text)) == brief


async def _read_again(db: AsyncConnection, brief: Brief, identity: str, source_id: int, now: datetime) -> int:
    query = select(articles.c.id, articles.c.version).where(articles.c.identity == identity)
    article_id, version = (await db.execute(query.with_for_update(key_share=True))).one()  # nobody else's to change now
    await link_source(db, article_id, source_id)
    if not await _is_kept(db, article_id, brief):
        version += 1
        await _add_version(db, brief, article_id, version, now, told_at=now)
        await db.execute(insert(arrivals), {"article_id": article_id})
    await db.execute(update(articles).where(articles.c.id == article_id).values(version=version, read_at=now))
    return int(article_id)


async def _add_version(
    db: AsyncConnection, brief: Brief, article_id: int, number: int, now: datetime, *, told_at: datetime
) -> None:
    row = version_row(brief) | {"article_id": article_id, "number": number, "read_at": now}
    committed, keys = await link_commitments(db, commitment_rows(brief), row, now=now, told_at=told_at)
    result = await db.execute(insert(article_versions).returning(article_versions.c.id), row)
    version_id = result.scalar_one()
    quoted = [one | {"version_id": version_id} for one in quote_rows(brief)]
    if quoted:
        await db.execute(insert(quotes), quoted)
    if committed:
        statement = insert(commitments).returning(commitments.c.id, sort_by_parameter_order=True)
        added = await db.execute(statement, [one | {"version_id": version_id} for one in committed])
        await add_keys(db, added.scalars(), keys)
    await learn_aliases(db, aliases_of(appearances_in(brief)))


async def _by_version(db: AsyncConnection, target: Table, version_ids: Sequence[int]) -> dict[int, list[RowMapping]]:
    query = select(target).where(target.c.version_id.in_(version_ids)).order_by(target.c.version_id, target.c.position)
    rows: dict[int, list[RowMapping]] = {}
    for row in (await db.execute(query)).mappings():
        rows.setdefault(row["version_id"], []).append(row)
    return rows
