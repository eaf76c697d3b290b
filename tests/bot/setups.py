"""Setting digests up, kept in memory as the real service keeps it."""

# ruff: noqa: ARG002 -- the signatures are the service's

import asyncio
from dataclasses import replace
from datetime import timedelta

from digest.editions.suggesting import suggest_phrases
from digest.editions.week import week_windows
from digest.errors import Limit, LimitError, NotFoundError
from digest.model import Digest, PastDay, PastEdition, Story, Week

KEPT = timedelta(days=1)


class FakeSettingUp:
    """Drafts, weeks and the end of digests. `past` are the briefs of each day back, by days; `pages` what is read."""

    def __init__(self):
        super().__init__()
        self.drafts = {}
        self.past = {}
        self.pages = (0, 0)

    async def keep_draft(self, guild_id, user_id, payload, *, now, purpose="digest"):
        self.drafts[guild_id, user_id, purpose] = (payload, now)

    async def get_draft(self, guild_id, user_id, *, now, purpose="digest"):
        payload, at = self.drafts.get((guild_id, user_id, purpose), ("", now - KEPT))
        if now - at >= KEPT:
            raise NotFoundError(f"no draft of {user_id}")
        return payload

    async def change_draft(self, guild_id, user_id, change, *, now, purpose="digest"):
        changed = change(await self.get_draft(guild_id, user_id, now=now, purpose=purpose))
        await self.keep_draft(guild_id, user_id, changed, now=now, purpose=purpose)
        return changed

    async def set_up_subscription(self, subscription, *, now):
        self._meet_trouble()
        await asyncio.sleep(0)  # as a database lets others go on
        known = [one for one in self.subscriptions.values() if _place(one) == _place(subscription)]
        if not known and len(await self.list_subscriptions(subscription.guild_id)) >= 25:
            raise LimitError(Limit.DIGESTS, 25)
        saved = replace(subscription, id=known[0].id if known else max(self.subscriptions, default=0) + 1)
        self.subscriptions[saved.id] = saved
        return saved

    async def preview_week(self, guild_id, subscription, *, now):
        self._meet_trouble()
        windows = week_windows(subscription, now)
        days = [
            PastDay(day, tuple(self._told(subscription, back, window) for window in of_day))
            for back, (day, of_day) in enumerate(windows)
        ]
        return Week(tuple(days), *self.pages)

    async def suggest_rules(self, guild_id, story):
        return suggest_phrases(story)

    async def list_past_editions(self, guild_id, subscription_id, *, limit=10, offset=0):
        await self.get_subscription(guild_id, subscription_id)
        found = [one for one in self.editions.values() if one.subscription_id == subscription_id]
        newest = sorted(found, key=lambda one: one.id, reverse=True)[offset : offset + limit]
        return tuple([PastEdition(await self.get_edition(guild_id, one.id), 1) for one in newest])

    async def delete_subscription(self, guild_id, subscription_id):
        await self.get_subscription(guild_id, subscription_id)
        gone = {one.id for one in self.editions.values() if one.subscription_id == subscription_id}
        del self.subscriptions[subscription_id]
        self.editions = {id_: one for id_, one in self.editions.items() if id_ not in gone}
        self.rows = {id_: row for id_, row in self.rows.items() if row.edition_id not in gone}

    def _told(self, subscription, back, window):
        def is_less(one):
            return any(word in f"{one.article.title} {one.article.text}".casefold() for word in subscription.less)

        news = sorted(self.past.get(back, ()), key=is_less)[: subscription.max_stories]
        stories = tuple(Story(one.article.title, (one,)) for one in news)
        return Digest(subscription.name, window.period, subscription.zone, stories)


def _place(one):
    return one.guild_id, one.channel_id, one.name.casefold()
