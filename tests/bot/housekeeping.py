"""What the fake service keeps of a guild beside its news: settings, names, cases, who changed what."""

# ruff: noqa: ARG002 -- the signatures are the service's

import json
from collections import defaultdict
from dataclasses import replace

from digest.editions.hidden import Curtain, fold_name
from digest.errors import AlreadyExistsError, Limit, LimitError, NotFoundError
from digest.model import GuildSettings, Hidden


class FakeHousekeeping:
    """Settings, the audit log, what is kept in all, and which guilds were left."""

    def __init__(self):
        super().__init__()
        self.settings = {}
        self.audit = defaultdict(list)
        self.left = {}
        self.guild_names = {}
        self.erased = []

    async def get_settings(self, guild_id):
        return self.settings.get(guild_id, GuildSettings())

    async def set_zone(self, guild_id, zone):
        self.settings[guild_id] = replace(await self.get_settings(guild_id), zone=zone)

    async def set_marker_role(self, guild_id, role_id):
        self.settings[guild_id] = replace(await self.get_settings(guild_id), marker_role_id=role_id)

    async def record_audit(self, guild_id, entry):
        self.audit[guild_id].insert(0, entry)

    async def list_audit(self, guild_id, *, limit=10, offset=0):
        return tuple(self.audit[guild_id][offset : offset + limit])

    async def count_kept(self, guild_id):
        return {
            "subscriptions": len(await self.list_subscriptions(guild_id)),
            "guild_sources": len(await self.list_sources(guild_id)),
            "audit_entries": len(self.audit[guild_id]),
        }

    async def export_guild(self, guild_id, *, now, with_posts=True):
        return json.dumps({"guild_id": str(guild_id), "with_posts": with_posts}).encode()

    async def erase_guild(self, guild_id):
        kept = await self.count_kept(guild_id)
        self.erased.append(guild_id)
        return kept

    async def note_left(self, guild_id, *, now):
        self.left[guild_id] = now

    async def note_joined(self, guild_id):
        self.left.pop(guild_id, None)

    async def note_guilds(self, present, *, now, is_judged):
        gone = {one: now for one in self.guild_names if one not in present and is_judged(one)}
        self.left = gone | {one: at for one, at in self.left.items() if one not in present}

    async def note_names(self, names):
        self.guild_names |= names

    async def purge_left(self, *, now, is_judged):
        self.asked.append(("purge", now))
        return ()


class FakeHiding:
    """Names and cases; `messages` what each message of a guild may show, `tellings` those of entries."""

    def __init__(self):
        super().__init__()
        self.names = defaultdict(list)
        self.messages = {}
        self.tellings = {}
        self.cases = defaultdict(list)
        self.edits = ()

    async def list_names(self, guild_id):
        return tuple(self.names[guild_id])

    async def suppress_name(self, guild_id, name, *, now, render):
        if not any(sign.isalnum() for sign in name):
            raise ValueError(name)
        if fold_name(name) in map(fold_name, self.names[guild_id]):
            raise AlreadyExistsError(name)
        if len(self.names[guild_id]) == 100:
            raise LimitError(Limit.NAMES, 100)
        self.names[guild_id].append(name)
        return self.edits

    async def release_name(self, guild_id, name):
        if name not in self.names[guild_id]:
            raise NotFoundError(name)
        self.names[guild_id].remove(name)

    async def get_message_statements(self, guild_id, message_id):
        if (guild_id, message_id) not in self.messages:
            raise NotFoundError
        retracted = tuple(one.statement for one in self.cases[guild_id] if one.retracted_at)
        return replace(self.messages[guild_id, message_id], retracted=retracted)

    async def list_tellings(self, guild_id, entry_id):
        if (guild_id, entry_id) not in self.tellings:
            raise NotFoundError
        return self.tellings[guild_id, entry_id]

    async def is_hidden(self, guild_id, shown):
        retracted = frozenset(one.statement for one in self.cases[guild_id] if one.retracted_at)
        return Curtain(Hidden(tuple(self.names[guild_id]), retracted)).is_in(shown)

    async def retract(self, guild_id, case, *, now, render):
        others = [one for one in self.cases[guild_id] if one.statement != case.statement]
        self.cases[guild_id] = [*others, replace(case, retracted_at=now)]
        return self.edits

    async def bring_back(self, guild_id, statement):
        self.cases[guild_id] = [one for one in self.cases[guild_id] if one.statement != statement]

    async def report(self, guild_id, case):
        if sum(one.by_id == case.by_id for one in self.cases[guild_id]) == 20:
            raise LimitError(Limit.REPORTS, 20)
        kept = replace(case, id=len(self.cases[guild_id]) + 1)
        self.cases[guild_id].append(kept)
        return kept

    async def list_cases(self, guild_id, *, is_open=None, limit=None, offset=0):
        found = [one for one in self.cases[guild_id] if is_open in (None, one.retracted_at is None)]
        return tuple(found[offset:][:limit])

    async def get_case(self, guild_id, case_id):
        found = [one for one in self.cases[guild_id] if one.id == case_id]
        if not found:
            raise NotFoundError
        return found[0]

    async def dismiss_case(self, guild_id, case_id):
        self.cases[guild_id].remove(await self.get_case(guild_id, case_id))
