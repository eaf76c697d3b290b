"""Steps of who sets a digest up or looks after it: drafts, the last days as they would have been, what was posted."""

from collections.abc import Callable
from datetime import datetime

from digest.model import PastEdition, Story, Subscription, Week
from digest.service import previewing, subscribing
from digest.service.tools import Tools
from digest.store import drafts, past, removals, subscriptions


class SettingUp:
    """The part of the Service that sets digests up, and takes them away."""

    _tools: Tools

    async def keep_draft(
        self, guild_id: int, user_id: int, payload: str, *, now: datetime, purpose: str = "digest"
    ) -> None:
        """Keep what a member is setting up or choosing, opaque here, in the place of what they were; for a day."""
        async with self._tools.store.writing() as db:
            await drafts.add_draft(db, guild_id, user_id, payload, purpose=purpose, now=now)

    async def get_draft(self, guild_id: int, user_id: int, *, now: datetime, purpose: str = "digest") -> str:
        """Return what the member is setting up; NotFoundError where that is nothing, or a day old."""
        async with self._tools.store.reading() as db:
            return await drafts.get_draft(db, guild_id, user_id, purpose=purpose, now=now)

    async def change_draft(
        self, guild_id: int, user_id: int, change: Callable[[str], str], *, now: datetime, purpose: str = "digest"
    ) -> str:
        """Put what `change` makes of the member's draft in its place, and return it; nothing comes between.

        NotFoundError as in get_draft; where `change` raises, the draft stays.
        """
        async with self._tools.store.writing() as db:
            draft = await drafts.get_draft(db, guild_id, user_id, purpose=purpose, now=now, for_change=True)
            changed = change(draft)
            await drafts.change_draft(db, guild_id, user_id, changed, purpose=purpose, now=now)
        return changed

    async def set_up_subscription(self, subscription: Subscription, *, now: datetime) -> Subscription:
        """Keep a subscription, and return it with its id and running.

        Where the guild has one of this name in this channel, that is what changes. Errors as of save_subscription.
        """
        return await subscribing.set_up_subscription(self._tools, subscription, now=now)

    async def preview_week(self, guild_id: int, subscription: Subscription, *, now: datetime) -> Week:
        """Return the last seven days of the subscription, saved or not, as they would have been, newest first.

        Of each of its slots the digest of what is dated since the slot before, with the stories that go on from day to
        day, filters, rules and caps. Nothing is claimed or stored. NotFoundError where it is another guild's.
        """
        return await previewing.preview_week(self._tools, guild_id, subscription, now=now)

    async def suggest_rules(self, guild_id: int, story: Story) -> tuple[str, ...]:
        """Return words and phrases that would find the story again as rules, the most telling first, 25 at most."""
        return await previewing.suggest_rules(self._tools, guild_id, story)

    async def list_past_editions(
        self, guild_id: int, subscription_id: int, *, limit: int = 10, offset: int = 0
    ) -> tuple[PastEdition, ...]:
        """Return the editions of the guild's subscription, newest first; NotFoundError where it has no such one."""
        async with self._tools.store.reading() as db:
            await subscriptions.get_order(db, subscription_id, guild_id=guild_id)
            return await past.list_past(db, subscription_id, guild_id=guild_id, limit=limit, offset=offset)

    async def delete_subscription(self, guild_id: int, subscription_id: int) -> None:
        """Remove a subscription with its settings and history; posted messages stay. NotFoundError if not there."""
        async with self._tools.store.writing() as db:
            await removals.delete_subscription(db, subscription_id, guild_id=guild_id)
