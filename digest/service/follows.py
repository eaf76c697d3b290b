"""What members of a guild follow: they add, list and remove it, are told of it, and get or delete what is kept."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.editions.follows import guess_kind, is_followable
from digest.model import Delivery, Follow, FollowKind, FollowStatus, MemberRecord
from digest.service import alerting
from digest.service.delivering import Deliveries
from digest.service.tools import RenderAlert, Tools
from digest.store import alerts, follows


class AlertOutbox:
    """Where each alert stands, for who sends them: each step is committed before the next."""

    def __init__(self, tools: Tools) -> None:
        self._store = tools.store
        self._deliveries = Deliveries(tools.store, alerts)

    async def open_deliveries(self, *, now: datetime, channel_id: int | None = None) -> tuple[Delivery, ...]:
        """Return all alerts that are due and neither sent nor given up; on a shared database those of our channels."""
        return await self._deliveries.list_open(now=now, channel_id=channel_id)

    async def begin_delivery(self, delivery_id: int, *, now: datetime) -> Delivery:
        """Put on record that the alert is about to be sent. NotFoundError where it is not open, or not ours."""
        return await self._deliveries.begin(delivery_id, now=now)

    async def finish_delivery(self, delivery_id: int, message_id: int, *, now: datetime) -> None:
        """Put on record that the message shows the alert."""
        async with self._store.writing() as db:
            await alerts.finish_delivery(db, delivery_id, message_id, now=now)

    async def fail_delivery(self, delivery_id: int, why: str, *, now: datetime) -> None:
        """Put on record that the alert will never be sent."""
        async with self._store.writing() as db:
            await alerts.fail_delivery(db, delivery_id, why, now=now)

    async def lose_channel(self, edition_ids: Collection[int], why: str, *, now: datetime) -> None:
        """Give these alerts up, and pause what their members follow there until they follow it anew."""
        async with self._store.writing() as db:
            await alerts.lose_channel(db, edition_ids, why, now=now)

    async def hand_over(self) -> None:
        """Let other processes go on with our open alerts at once."""
        await self._deliveries.hand_over()


class Follows:
    """The part of the Service that is each member's own: nobody else sees or changes it."""

    _tools: Tools
    alerts: AlertOutbox

    async def add_follow(self, follow: Follow, *, now: datetime) -> Follow:
        """Keep what a member follows and return it with its id; the same again takes the new settings and runs again.

        They are told of articles dated from `now` on. LimitError over 25 of a member or 500 of a guild; ValueError for
        words that say nothing or are too long, or an unknown zone.
        """
        spaced = replace(follow, words=" ".join(follow.words.split()))
        if not is_followable(spaced):
            raise ValueError("nothing that can be followed")
        try:
            ZoneInfo(spaced.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no zone {spaced.zone!r}") from error
        async with self._tools.store.writing() as db:
            return await follows.add_follow(db, spaced, now=now)

    async def list_follows(self, guild_id: int, user_id: int) -> tuple[FollowStatus, ...]:
        """Return what a member follows in a guild, oldest first."""
        async with self._tools.store.reading() as db:
            return await follows.list_follows(db, guild_id, user_id)

    async def remove_follow(self, user_id: int, follow_id: int) -> Follow:
        """Let a member follow this no more, nor be told what waits of it alone; NotFoundError if it is not theirs."""
        async with self._tools.store.writing() as db:
            await follows.take_turn(db)
            removed = await follows.remove_follow(db, user_id, follow_id)
            await alerts.drop_untold(db, user_id)
        return removed

    async def guess_followed(self, guild_id: int, words: str) -> FollowKind:
        """Return what the words most likely are here: who spoke is a person, who committed an organisation."""
        async with self._tools.store.reading() as db:
            is_speaker = await follows.is_speaker(db, guild_id, words)
            is_actor = await follows.is_actor(db, guild_id, words)
        return guess_kind(words, is_speaker=is_speaker, is_actor=is_actor)

    async def alert_followers(self, *, now: datetime, render: RenderAlert) -> int:
        """Look through what arrived for what is followed, and write down to be told what fits; return how many alerts.

        Each follow is told of an article once, whatever crashes, and of the same words of the same speaker once,
        whoever prints them. What comes in quiet hours is sent at their end. What could not be made is raised at the
        end, as an ExceptionGroup.
        """
        return await alerting.alert_followers(self._tools, now=now, render=render)

    async def export_member(self, guild_id: int, user_id: int) -> MemberRecord:
        """Return all that is kept of a member of a guild because they follow something there."""
        async with self._tools.store.reading() as db:
            return MemberRecord(
                await follows.list_follows(db, guild_id, user_id), await alerts.list_records(db, guild_id, user_id)
            )

    async def delete_member(self, guild_id: int, user_id: int) -> MemberRecord:
        """Delete all of it, also what is on its way, and return what it was."""
        async with self._tools.store.writing() as db:
            await follows.take_turn(db)
            record = MemberRecord(
                await follows.list_follows(db, guild_id, user_id), await alerts.list_records(db, guild_id, user_id)
            )
            await follows.delete_follows(db, guild_id, user_id)
            await alerts.delete_records(db, guild_id, user_id)
        return record
