"""The steps: refresh a source, read an entry, compose an edition, look up. Ids in, values out, safe to do again."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.model import (
    Delivery,
    Digest,
    Edition,
    Entry,
    Failure,
    Filters,
    Imported,
    Offer,
    Refresh,
    Source,
    SourceKind,
    SourceStatus,
    Step,
    Subscription,
)
from digest.service import (
    discovering,
    expiring,
    following,
    importing,
    issuing,
    noticing,
    reading,
    refreshing,
    reminding,
    rereading,
    subscribing,
)
from digest.service.delivering import Deliveries
from digest.service.explaining import Whys
from digest.service.follows import AlertOutbox, Follows
from digest.service.hiding import Hiding
from digest.service.housekeeping import Housekeeping
from digest.service.proving import Proofs
from digest.service.recalling import Recalling
from digest.service.setting_up import SettingUp
from digest.service.suggesting import Suggestions
from digest.service.tools import Render, RenderAlert, RenderCorrection, RenderDue, RenderNotice, Think, Tools
from digest.service.watching import Watching
from digest.sources.web import Fetcher
from digest.store import Store, deliveries, editions, sources, subscriptions, work

__all__ = ["Render", "RenderAlert", "RenderCorrection", "RenderDue", "RenderNotice", "Service", "Think"]


_LONG_DUE = timedelta(minutes=5)


class Service(Suggestions, Recalling, Proofs, Whys, SettingUp, Follows, Hiding, Housekeeping, Watching):
    """Everything the library does for a guild. What is another guild's is not there: NotFoundError.

    Every method may be called again after a crash and does nothing twice. Times are arguments.
    """

    def __init__(self, store: Store, fetcher: Fetcher, think: Think) -> None:
        super().__init__(Tools(store, fetcher, think))
        self._deliveries = Deliveries(store, deliveries)
        self.alerts = AlertOutbox(self._tools)

    async def add_source(self, guild_id: int, url: str, *, now: datetime, kind: SourceKind | None = None) -> Source:
        """Let the guild follow what is at `url`, fetched once, and return the source with its id.

        It is the feed there, else the first feed that the page there names. With `kind` it must be that: a feed or
        sitemap, a page whose links are followed, or with PAGE the page itself, as one article. Raises FetchError,
        InvalidFeedError, ReadingError, AlreadyExistsError where the guild follows it already, and LimitError where it
        follows 200.
        """
        return await following.add_source(self._tools, guild_id, url, now=now, kind=kind)

    async def discover(self, url: str) -> tuple[Offer, ...]:
        """Return what can be followed at `url`, best first, five at most, each with the newest of what it lists.

        A feed, there or where the page or habit puts it; else a news sitemap; else the page's links, and the page
        itself. Raises FetchError, InvalidFeedError, ReadingError.
        """
        return await discovering.discover(self._tools, url)

    async def import_sources(self, guild_id: int, body: bytes, *, now: datetime) -> Imported:
        """Let the guild follow what a list of sources (OPML) names, in ten minutes; InvalidFeedError if it is none.

        LimitError where it names more than the guild may follow: as many as that are followed.
        """
        return await importing.import_sources(self._tools, guild_id, body, now=now)

    async def list_guilds(self) -> tuple[int, ...]:
        """Return the guilds that follow anything, by id."""
        async with self._tools.store.reading() as db:
            return await sources.list_guilds(db)

    async def list_sources(self, guild_id: int) -> tuple[SourceStatus, ...]:
        """Return what the guild follows, by name, each with what is wrong with it now."""
        async with self._tools.store.reading() as db:
            return await sources.list_statuses(db, guild_id)

    async def remove_source(self, guild_id: int, source_id: int) -> None:
        """Let the guild follow the source no more; NotFoundError if it does not. Other guilds notice nothing."""
        async with self._tools.store.writing() as db:
            await sources.unfollow_source(db, guild_id, source_id)
        self.forget_suggestions(guild_id)

    async def set_filters(self, guild_id: int, source_id: int, filters: Filters) -> None:
        """Let only what passes these filters into the guild's digests from now on; NotFoundError if not followed."""
        async with self._tools.store.writing() as db:
            await sources.set_filters(db, guild_id, source_id, filters)

    async def try_filters(
        self, guild_id: int, source_id: int, filters: Filters | None = None, *, limit: int = 25
    ) -> tuple[tuple[Entry, bool], ...]:
        """Return what the source listed last, newest first, each with whether the filters (by default its own) pass it.

        Only what the source itself says is looked at. NotFoundError if the guild does not follow it.
        """
        return await following.try_filters(self._tools, guild_id, source_id, filters, limit=limit)

    async def refresh_source(self, source_id: int, *, now: datetime) -> Refresh:
        """Ask the source for news and keep its new entries. A source that fails is a value in the result."""
        return await refreshing.refresh_source(self._tools, source_id, now=now)

    async def read_entry(self, entry_id: int, *, now: datetime) -> Failure | None:
        """Fetch and read the page of an entry, once. What fails is returned, and tried again three times in all."""
        return await reading.read_entry(self._tools, entry_id, now=now)

    async def refresh_due(self, *, now: datetime) -> tuple[Refresh, ...]:
        """Refresh every source that is due, then read every entry that is due, a few at a time."""
        refreshes = await self.refresh_sources(now=now)
        await self.read_due(now=now)
        return refreshes

    async def refresh_sources(self, *, now: datetime) -> tuple[Refresh, ...]:
        """Refresh every source that is due, and leave its new entries to be read."""
        return await refreshing.refresh_sources(self._tools, now=now)

    async def refresh_these(self, source_ids: Sequence[int], *, now: datetime) -> tuple[Refresh, ...]:
        """Refresh those of these sources that are due, and leave their new entries to be read."""
        return await refreshing.refresh_these(self._tools, source_ids, now=now)

    async def read_source(self, source_id: int, *, now: datetime) -> None:
        """Read the entries of the source that are due, newest first, 20 or for a minute; then they are due still."""
        await refreshing.read_source(self._tools, source_id, now=now)

    async def read_due(self, *, now: datetime) -> None:
        """Read every entry that is due, a few sources at a time; what is slow goes on in the next round."""
        await refreshing.read_due(self._tools, now=now)

    async def reread_due(
        self, *, now: datetime, render: RenderCorrection, source_id: int | None = None
    ) -> tuple[Edition, ...]:
        """Read what was told, or commits somebody, once more 6 and 24 hours after it was read, if that can be.

        Of all sources or of one. Where words have vanished that messages of the last days show, returns the editions
        that edit these.
        """
        return await rereading.reread_due(self._tools, now=now, render=render, source_id=source_id)

    async def expire_texts(self, *, kept: timedelta, now: datetime) -> int:
        """Keep only the paragraphs of what is shown, spans in place, of texts read longer ago than `kept`."""
        return await expiring.expire_texts(self._tools, kept=kept, now=now)

    async def save_subscription(self, subscription: Subscription, *, now: datetime) -> Subscription:
        """Keep a new subscription (`id` 0) or changes of one, and return it with its id.

        NotFoundError where it, or one of its sources, is not the guild's; ValueError for an unknown zone, or no times;
        LimitError where the guild has 25 already, or for more than 6 times or 20 keywords of a kind.
        """
        return await subscribing.save_subscription(self._tools, subscription, now=now)

    async def list_subscriptions(self, guild_id: int) -> tuple[Subscription, ...]:
        """Return the guild's subscriptions, oldest first."""
        async with self._tools.store.reading() as db:
            return tuple(order.subscription for order in await subscriptions.list_orders(db, guild_id))

    async def get_subscription(self, guild_id: int, subscription_id: int) -> Subscription:
        """Return one subscription of the guild."""
        async with self._tools.store.reading() as db:
            return (await subscriptions.get_order(db, subscription_id, guild_id=guild_id)).subscription

    async def pause_subscription(self, subscription_id: int, why: str) -> None:
        """Stop its editions until it is resumed; every setting stays. A reason that stands is not overwritten.

        BY_HAND is the reason where somebody of the guild wants it so, and nothing is wrong with the channel.
        """
        async with self._tools.store.writing() as db:
            await subscriptions.pause_subscription(db, subscription_id, why)

    async def resume_subscription(self, guild_id: int, subscription_id: int, *, now: datetime) -> Subscription:
        """Let it run again from its next slot after `now`, which holds all that came in the meantime."""
        return await subscribing.resume_subscription(self._tools, guild_id, subscription_id, now=now)

    async def skip_next(self, guild_id: int, subscription_id: int, *, now: datetime) -> datetime | None:
        """Let the next slot pass without an edition, and return when it comes; None where none ever does.

        What is new then waits for the slot after it. Each call lets one more pass; it survives a change of settings.
        """
        return await subscribing.skip_next(self._tools, guild_id, subscription_id, now=now)

    async def map_next_runs(self, guild_id: int) -> dict[int, datetime]:
        """Return when each subscription of the guild is due next, by its id; the paused are not there."""
        async with self._tools.store.reading() as db:
            orders = await subscriptions.list_orders(db, guild_id)
        return {order.subscription.id: order.next_run_at for order in orders if order.next_run_at}

    async def issue_due(
        self, *, now: datetime, render: Render, among: Sequence[int] | None = None
    ) -> tuple[Edition, ...]:
        """Compose what is due, of all or some subscriptions, and keep it in one transaction: parts, claims, next run.

        Returns the editions that have parts to post. After time away, the newest missed slot stands for all, as the
        subscription wants it (`catch_up`), and the others are on record as skipped. Nothing new gives no parts, or
        with `says_when_empty` those of a digest without stories; the run is on record. What comes in quiet hours is
        posted at their end. One subscription that fails stops no other and stays due: what failed is raised together
        at the end, as an ExceptionGroup.
        """
        return await issuing.issue_due(self._tools, now=now, render=render, among=among)

    async def is_behind(self, *, now: datetime) -> bool:
        """Return whether nobody has asked sources that are due for five minutes: there was time away."""
        async with self._tools.store.reading() as db:
            return bool(await sources.list_due(db, now - _LONG_DUE, limit=1))

    async def map_due(self, *, now: datetime) -> Mapping[Step, tuple[int, ...]]:
        """Return what is due in the tables, by step, the longest due first; of channels only what nobody serves."""
        async with self._tools.store.reading() as db:
            return await work.map_due(db, now)

    async def remind_due(self, *, now: datetime, render: RenderDue) -> tuple[Edition, ...]:
        """Answer messages of earlier days that showed what falls due today, and keep it in one transaction each.

        For subscriptions that want it (`answers_due`), from their first time of the day on, once for each commitment
        and day. Returns the editions that are to be posted. What failed is raised together at the end, as in issue_due.
        """
        return await reminding.remind_due(self._tools, now=now, render=render)

    async def notice_paused(self, *, now: datetime, render: RenderNotice) -> tuple[Edition, ...]:
        """Tell each guild once, in the channel of a digest, which of its sources are paused; return the notices.

        What failed is raised together at the end, as in issue_due.
        """
        return await noticing.notice_paused(self._tools, now=now, render=render)

    async def issue_now(self, guild_id: int, subscription_id: int, *, now: datetime, render: Render) -> Edition | None:
        """Compose an extra edition of what is new, beside the schedule, in quiet hours too; None where nothing is."""
        return await issuing.issue_now(self._tools, guild_id, subscription_id, now=now, render=render)

    async def preview_digest(self, guild_id: int, subscription: Subscription, *, now: datetime) -> Digest:
        """Return what the next edition of the subscription, saved or not, would say now. Claims and stores nothing."""
        return await issuing.preview_digest(self._tools, guild_id, subscription, now=now)

    async def open_deliveries(self, *, now: datetime, channel_id: int | None = None) -> tuple[Delivery, ...]:
        """Return all parts still to be posted, or begun and not known to have arrived, in posting order.

        Of all channels or of one. On a shared database only those of channels that no other process posts to; they are
        ours for 20 seconds, and for 20 more from each beginning.
        """
        return await self._deliveries.list_open(now=now, channel_id=channel_id)

    async def has_open(self, channel_id: int, *, now: datetime) -> bool:
        """Return whether a part in the channel is due and neither sent nor given up, whoever sends it."""
        async with self._tools.store.reading() as db:
            return bool(await deliveries.list_open_deliveries(db, now, channel_id=channel_id))

    async def begin_delivery(self, delivery_id: int, *, now: datetime) -> Delivery:
        """Put on record that the part is about to be sent. NotFoundError where it is not open, or not ours any more.

        `attempted_at` stays that of the first attempt, so a look into the channel's history goes back far enough.
        """
        return await self._deliveries.begin(delivery_id, now=now)

    async def hand_over(self) -> None:
        """Let other processes go on with our open parts at once."""
        await self._deliveries.hand_over()
        await self.alerts.hand_over()

    async def finish_delivery(self, delivery_id: int, message_id: int, *, now: datetime) -> None:
        """Put on record that the part stands in the channel as this message."""
        async with self._tools.store.writing() as db:
            await deliveries.finish_delivery(db, delivery_id, message_id, now=now)

    async def fail_delivery(self, delivery_id: int, why: str, *, now: datetime) -> None:
        """Put on record that the part will not be posted, and why. One that was sent stays sent."""
        async with self._tools.store.writing() as db:
            await deliveries.fail_delivery(db, delivery_id, why, now=now)

    async def get_edition(self, guild_id: int, edition_id: int) -> Edition:
        """Return an edition of the guild with its parts as they stand now."""
        async with self._tools.store.reading() as db:
            return await editions.get_edition(db, edition_id, guild_id=guild_id)
