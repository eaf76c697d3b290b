"""What the clock does, and how often: the rounds of asking, reading, issuing and posting."""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.delivery import Sender
from bot.memory import give_back
from bot.render.corrections import render_correction
from bot.render.embeds import render_digest
from bot.render.follows import render_alert
from bot.render.ledger import render_reminder
from bot.render.sources import render_notice
from bot.watchdog import Watchdog
from digest import Alert, Refresh, Service

_log = structlog.stdlib.get_logger(__name__)

REFRESH_EVERY = timedelta(minutes=1)
REREAD_EVERY = timedelta(minutes=5)
EXPIRE_EVERY = timedelta(hours=1)
PURGE_EVERY = timedelta(hours=6)
WATCH_EVERY = timedelta(minutes=1)
GIVE_BACK_EVERY = timedelta(minutes=10)
ISSUE_EVERY = timedelta(seconds=15)

ALERT_EVERY = timedelta(minutes=1)

FIRST_ROUND = timedelta(minutes=10)
"""For so long after a start nothing is issued before the sources were asked and read once.

An edition that is late already would miss what came while the bot was down.
"""

_Posted = TypeVar("_Posted")


def wind(
    clock: Clock,
    service: Service,
    sender: Sender,
    *,
    kept: timedelta = timedelta(days=30),
    first_round: timedelta = FIRST_ROUND,
    is_ready: Callable[[], bool] = lambda: True,
    is_judged: Callable[[int], bool] = lambda _: True,
    asked: Callable[[Sequence[Refresh]], object] = lambda _refreshes: None,
) -> Clock:
    """Give the clock its ticks: refresh, read, read once more, issue and post, forget, give memory back.

    Nothing is posted before `is_ready`, and nothing issued before the first round of reading, for `first_round` at
    most. Of servers that were left those are forgotten that `is_judged` names.
    most. `asked` is told what asking the sources gave.
    """
    rounds = _Rounds(service, sender, kept=kept, waits_until=clock.now() + first_round, is_ready=is_ready, asked=asked)
    clock.every(REFRESH_EVERY, rounds.refresh, name="refresh")
    clock.every(REFRESH_EVERY, rounds.read, name="read")
    clock.every(REREAD_EVERY, rounds.reread, name="reread")
    clock.every(EXPIRE_EVERY, rounds.expire, name="expire")
    wind_purge(clock, service, is_ready=is_ready, is_judged=is_judged)
    clock.every(ISSUE_EVERY, rounds.issue, name="issue")
    clock.every(WATCH_EVERY, Watchdog(service).look, name="watch")
    clock.every(GIVE_BACK_EVERY, give_back, name="give back")
    return clock


def wind_purge(
    clock: Clock,
    service: Service,
    *,
    is_ready: Callable[[], bool],
    is_judged: Callable[[int], bool] = lambda _: True,
) -> Clock:
    """Give the clock the tick that forgets servers which were left, of those that `is_judged` names.

    None is forgotten before `is_ready`.
    """

    async def purge(now: datetime) -> None:
        if not is_ready():
            return  # before that nobody knows which servers took the bot in again
        for guild_id in await service.purge_left(now=now, is_judged=is_judged):
            _log.warning("a server that was left 30 days ago is forgotten", guild_id=guild_id)

    clock.every(PURGE_EVERY, purge, name="purge")
    return clock


def wind_alerts(
    clock: Clock, service: Service, sender: Sender, server_name: Callable[[int], str], *, is_ready: Callable[[], bool]
) -> None:
    """Give the clock the tick that tells members of what they follow; nothing is told before `is_ready`.

    Servers are called as `server_name` says, and where that is nothing as they were when that was heard last.
    """
    render = alert_renderer(server_name)

    async def alert(now: datetime) -> None:
        if not is_ready():
            return
        try:
            await service.alert_followers(now=now, render=render)
        finally:
            await sender.start_open()  # also what earlier ticks left

    clock.every(ALERT_EVERY, alert, name="alert")


def alert_renderer(server_name: Callable[[int], str] = lambda _: "") -> Callable[[Alert], str]:
    """Return what turns an alert into its payload, which names its server; by default as it was called last."""

    def render(alert: Alert) -> str:
        payload = render_alert(alert, server_name(alert.guild_id) or alert.server)
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))

    return render


def log_failures(refreshes: Iterable[Refresh]) -> None:
    """Say of each source that failed what went wrong, not where it is: its address may be a secret."""
    for refreshed in refreshes:
        if failure := refreshed.failure:
            _log.warning("source failed", source_id=refreshed.source_id, why=failure.kind.value, status=failure.status)


async def issue_and_post(service: Service, post: Callable[[], Awaitable[_Posted]], now: datetime) -> _Posted:
    """Make what is due, and return what `post` gives, which comes last whatever became of the rest."""
    errors: list[Exception] = []
    for step in (
        partial(service.issue_due, now=now, render=render_digest),
        partial(service.remind_due, now=now, render=render_reminder),
        partial(service.notice_paused, now=now, render=render_notice),
    ):
        try:
            await step()
        except Exception as error:  # noqa: BLE001 -- raised below
            errors.append(error)
    posted = await post()  # also what earlier ticks left
    if errors:
        raise ExceptionGroup("some steps failed", errors)
    return posted


class _Rounds:
    def __init__(
        self,
        service: Service,
        sender: Sender,
        *,
        kept: timedelta,
        waits_until: datetime,
        is_ready: Callable[[], bool],
        asked: Callable[[Sequence[Refresh]], object],
    ) -> None:
        self._asked = asked
        self._service = service
        self._sender = sender
        self._kept = kept
        self._waits_until = waits_until
        self._is_ready = is_ready
        self._was_asked = False
        self._was_read = False

    async def refresh(self, now: datetime) -> None:
        refreshes = await self._service.refresh_sources(now=now)
        self._was_asked = True
        self._asked(refreshes)
        log_failures(refreshes)

    async def read(self, now: datetime) -> None:
        was_asked = self._was_asked
        await self._service.read_due(now=now)
        self._was_read = self._was_read or was_asked

    async def reread(self, now: datetime) -> None:
        await self._service.reread_due(now=now, render=render_correction)

    async def issue(self, now: datetime) -> None:
        if not self._is_ready():
            return
        if self._was_read or now >= self._waits_until:
            await issue_and_post(self._service, self._sender.start_open, now)
        else:
            await self._sender.start_open()

    async def expire(self, now: datetime) -> None:
        await self._service.expire_texts(kept=self._kept, now=now)
