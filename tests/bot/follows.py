"""What members follow, kept in memory, for the service that keeps everything there."""

# ruff: noqa: ARG002 -- the signatures are the service's

from dataclasses import replace

from digest.editions.follows import is_followable, key_of_followed
from digest.errors import Limit, LimitError, NotFoundError
from digest.model import FollowKind, FollowStatus, MemberRecord
from tests.bot.deliveries import FakeOutbox


class FakeFollows:
    """What each member of each guild follows. `known` are the kinds of names that articles have, by name in small."""

    def __init__(self):
        super().__init__()
        self.alerts = FakeOutbox()
        self.follows = {}
        self.known = {}
        self.told = {}
        self.most_follows = 25

    async def add_follow(self, follow, *, now):
        assert is_followable(follow)
        same = (follow.guild_id, follow.user_id, follow.kind, key_of_followed(follow.kind, follow.words))
        found = [one for one in self.follows.values() if self._identity(one.follow) == same]
        theirs = [one for one in self.follows.values() if one.follow.user_id == follow.user_id]
        if not found and len(theirs) >= self.most_follows:
            raise LimitError(Limit.FOLLOWS, self.most_follows)
        number = found[0].follow.id if found else len(self.follows) + 1
        since = found[0].since if found else now
        self.follows[number] = FollowStatus(replace(follow, id=number), since)
        return self.follows[number].follow

    async def list_follows(self, guild_id, user_id):
        return tuple(one for one in self.follows.values() if self._is_of(one.follow, guild_id, user_id))

    async def remove_follow(self, user_id, follow_id):
        if follow_id not in self.follows or self.follows[follow_id].follow.user_id != user_id:
            raise NotFoundError(f"no follow {follow_id}")
        return self.follows.pop(follow_id).follow

    async def suggest_followed(self, guild_id, typed, *, limit=25):
        return tuple((name, kind) for name, kind in self.known.items() if typed.casefold() in name.casefold())[:limit]

    async def guess_followed(self, guild_id, words):
        kinds = {name.casefold(): kind for name, kind in self.known.items()}
        return kinds.get(words.casefold(), FollowKind.PHRASE)

    async def alert_followers(self, *, now, render):
        self.asked.append(("alert", now))
        self._meet_trouble()
        return 0

    async def export_member(self, guild_id, user_id):
        return MemberRecord(await self.list_follows(guild_id, user_id), self.told.get((guild_id, user_id), ()))

    async def delete_member(self, guild_id, user_id):
        record = await self.export_member(guild_id, user_id)
        for one in record.follows:
            del self.follows[one.follow.id]
        self.told.pop((guild_id, user_id), None)
        return record

    def _identity(self, follow):
        return follow.guild_id, follow.user_id, follow.kind, key_of_followed(follow.kind, follow.words)

    def _is_of(self, follow, guild_id, user_id):
        return (follow.guild_id, follow.user_id) == (guild_id, user_id)
