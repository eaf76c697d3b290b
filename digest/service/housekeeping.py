"""Steps for those who manage a guild: what holds there, who changed what, and all that is kept of it, out and away."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.model import AuditEntry, GuildSettings
from digest.service.tools import Tools
from digest.store import drafts, erasing, guilds

AUDITED_FOR = timedelta(days=365)
MOST_AUDITED = 10_000
"""Of a guild: the newest changes."""

GRACE = timedelta(days=30)
"""So long all is kept of a guild that the bot was removed from."""


_NAMED_AT_ONCE = 200


def _is_any(_guild_id: int) -> bool:
    return True


class Housekeeping:
    """The part of the Service that keeps house for guilds."""

    _tools: Tools

    if TYPE_CHECKING:

        def forget_suggestions(self, guild_id: int) -> None:
            """Forget what was suggested to the guild so far; it is the part that suggests."""

    async def get_settings(self, guild_id: int) -> GuildSettings:
        """Return what holds for the whole guild."""
        async with self._tools.store.reading() as db:
            return await guilds.get_settings(db, guild_id)

    async def set_zone(self, guild_id: int, zone: str) -> None:
        """Let the guild's days be those of this zone from now on, of none of its own with ""; ValueError: no zone."""
        try:
            _ = zone and ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {zone!r}") from error
        async with self._tools.store.writing() as db:
            await guilds.set_zone(db, guild_id, zone)

    async def set_marker_role(self, guild_id: int, role_id: int | None) -> None:
        """Let this role say what became of commitments from now on, besides those who manage the guild."""
        async with self._tools.store.writing() as db:
            await guilds.set_marker_role(db, guild_id, role_id)

    async def record_audit(self, guild_id: int, entry: AuditEntry) -> None:
        """Put on record who changed what. A year of it is kept, and of a guild the newest MOST_AUDITED."""
        async with self._tools.store.writing() as db:
            await guilds.add_audit(db, guild_id, entry)
            await guilds.trim_audit(db, guild_id, before=entry.at - AUDITED_FOR, most=MOST_AUDITED)

    async def list_audit(self, guild_id: int, *, limit: int = 10, offset: int = 0) -> tuple[AuditEntry, ...]:
        """Return who changed what in the guild, newest first."""
        async with self._tools.store.reading() as db:
            return await guilds.list_audit(db, guild_id, limit=limit, offset=offset)

    async def count_kept(self, guild_id: int) -> Mapping[str, int]:
        """Return how much is kept of the guild: how many rows, by the name of the table."""
        async with self._tools.store.reading() as db:
            return await erasing.count_owned(db, guild_id)

    async def export_guild(self, guild_id: int, *, now: datetime, with_posts: bool = True) -> bytes:
        """Return all that is kept of the guild as a JSON object, of what its members follow the number only.

        `with_posts` also what each post said.
        """
        async with self._tools.store.reading() as db:
            rows = await erasing.map_owned(db, guild_id, without=() if with_posts else ("payload",))
            counts = await erasing.count_owned(db, guild_id)
        of_members = {table.name: counts[table.name] for table in erasing.OF_MEMBERS}
        kept = {"guild_id": str(guild_id), "exported_at": now.isoformat(), "kept_of_members": of_members, **rows}
        return json.dumps(kept, ensure_ascii=False, default=_written).encode("utf-8", "replace")

    async def erase_guild(self, guild_id: int) -> Mapping[str, int]:
        """Delete all that is kept of the guild, at once, and return how many rows that were, by table.

        Articles stay where others may follow who brought them; sources that nobody follows are not asked any more.
        """
        async with self._tools.store.writing() as db:
            erased = await erasing.erase_guild(db, guild_id)
        self.forget_suggestions(guild_id)
        return erased

    async def note_left(self, guild_id: int, *, now: datetime) -> None:
        """Put on record that the bot was removed from the guild: nothing is issued or posted for it until it is back.

        A guild of which nothing is kept is left unknown.
        """
        async with self._tools.store.writing() as db:
            if guild_id in await guilds.list_known(db):
                await guilds.note_left(db, guild_id, now=now)

    async def note_joined(self, guild_id: int) -> None:
        """Put on record that the bot is in the guild, again or for the first time."""
        async with self._tools.store.writing() as db:
            await guilds.note_joined(db, [guild_id])

    async def note_guilds(
        self, present: Collection[int], *, now: datetime, is_judged: Callable[[int], bool] = _is_any
    ) -> None:
        """Put on record which of the known guilds the bot is in, those in an outage among them, and which it left.

        Left are those that are judged and not present: who hears of a part of all guilds judges that part.
        """
        async with self._tools.store.writing() as db:
            await guilds.note_joined(db, present)
            for guild_id in sorted(await guilds.list_known(db) - set(present)):
                if is_judged(guild_id):
                    await guilds.note_left(db, guild_id, now=now)

    async def note_names(self, names: Mapping[int, str]) -> None:
        """Keep what guilds are called, of those of which anything is kept; the others are left unknown."""
        kept = await self.map_names(names)
        changed = [guild_id for guild_id, name in sorted(names.items()) if kept.get(guild_id) != name]
        for first in range(0, len(changed), _NAMED_AT_ONCE):
            async with self._tools.store.writing() as db:
                for guild_id in await guilds.list_known(db, among=changed[first : first + _NAMED_AT_ONCE]):
                    await guilds.set_name(db, guild_id, names[guild_id])

    async def map_names(self, guild_ids: Collection[int]) -> Mapping[int, str]:
        """Return what these guilds are called, as far as that was heard."""
        async with self._tools.store.reading() as db:
            return await guilds.map_names(db, guild_ids)

    async def purge_left(self, *, now: datetime, is_judged: Callable[[int], bool] = _is_any) -> tuple[int, ...]:
        """Delete all that is kept of guilds that were left 30 days ago or longer, and return their ids.

        Of guilds that are judged alone: who does not hear of a guild does not know whether the bot is back there.
        What is on record for longer than a year of who changed what goes as well, and drafts of a day ago.
        """
        async with self._tools.store.writing() as db:
            await guilds.expire_audit(db, before=now - AUDITED_FOR)
            await drafts.expire_drafts(db, now=now)
        async with self._tools.store.reading() as db:
            due = await guilds.list_left(db, before=now - GRACE)
        purged = []
        for guild_id in filter(is_judged, due):
            async with self._tools.store.writing() as db:
                # Looked at once more: it may have come back since.
                if guild_id in await guilds.list_left(db, before=now - GRACE):
                    await erasing.erase_guild(db, guild_id)
                    purged.append(guild_id)
        return tuple(purged)


def _written(value: object) -> str:
    if isinstance(value, (date, time)):  # also a datetime
        return value.isoformat()
    raise TypeError(f"nothing that is kept is a {type(value).__name__}")
