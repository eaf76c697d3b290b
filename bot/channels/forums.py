"""Forums and media channels: each edition opens a thread there. A thread has no nonce, so it is looked for first."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

import discord


async def list_threads(
    forum: discord.ForumChannel, since: datetime, owner: discord.ClientUser | None
) -> AsyncIterator[discord.Thread]:
    """Return the threads of this owner that began since then, archived or not."""
    for thread in await forum.guild.active_threads():
        if _is_of(owner, thread, forum, since):
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < since:
            return  # the last archived come first, and none was archived before it began
        if _is_of(owner, thread, forum, since):
            yield thread


def _is_of(
    owner: discord.ClientUser | None, thread: discord.Thread, forum: discord.ForumChannel, since: datetime
) -> bool:
    began_at = discord.utils.snowflake_time(thread.id)
    return bool(owner and thread.owner_id == owner.id) and thread.parent_id == forum.id and began_at >= since


async def open_thread(forum: discord.ForumChannel, name: str, message: Mapping[str, Any]) -> discord.Message:
    """Open a thread, and return its first message, which has the thread's id."""
    opened = await forum.create_thread(
        name=name,
        applied_tags=_tags(forum),
        **message,
    )
    return opened.message


def _tags(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    # A moderated tag takes a permission that nothing else needs.
    free = [tag for tag in forum.available_tags if not tag.moderated]
    return (free or list(forum.available_tags))[:1] if forum.flags.require_tag else []
