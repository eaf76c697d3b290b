"""What each step of the shared work is in this process: it is done to what a job names, and what fails is logged."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

import structlog

from bot.clock import Now
from bot.delivery import Sender
from bot.errors import untold
from bot.render.corrections import render_correction
from bot.render.embeds import render_digest
from bot.render.ledger import render_reminder
from bot.render.sources import render_notice
from bot.rounds import log_failures
from digest import Alert, Refresh, Service, Step

_log = structlog.stdlib.get_logger(__name__)

Run: TypeAlias = Callable[[Sequence[int]], Awaitable[object]]


def reading_steps(
    service: Service,
    now: Now,
    *,
    kept: timedelta,
    render_alert: Callable[[Alert], str],
    asked: Callable[[Sequence[Refresh]], object] = lambda _refreshes: None,
) -> Mapping[Step, Run]:
    """Return the steps that ask, read and make what is to be posted; texts are kept for `kept`.

    `asked` is told what asking the sources gave.
    """
    reading = _Reading(service, now, kept, render_alert, asked)
    steps: Mapping[Step, Run] = {
        Step.REFRESH: reading.refresh,
        Step.READ: reading.read,
        Step.REREAD: reading.reread,
        Step.ISSUE: reading.issue,
        Step.REMIND: reading.remind,
        Step.NOTICE: reading.notice,
        Step.ALERT: reading.alert,
        Step.EXPIRE: reading.expire,
    }
    return {step: _watched(step, run) for step, run in steps.items()}


def posting_steps(sender: Sender, alerts: Sender) -> Mapping[Step, Run]:
    """Return the steps that post what is open in a channel."""

    async def deliver(ids: Sequence[int]) -> None:
        for channel_id in ids:
            await sender.post_open(channel_id)

    async def tell(ids: Sequence[int]) -> None:
        for channel_id in ids:
            await alerts.post_open(channel_id)

    return {Step.DELIVER: _watched(Step.DELIVER, deliver), Step.TELL: _watched(Step.TELL, tell)}


class _Reading:
    def __init__(
        self,
        service: Service,
        now: Now,
        kept: timedelta,
        render_alert: Callable[[Alert], str],
        asked: Callable[[Sequence[Refresh]], object],
    ) -> None:
        self._asked = asked
        self._service = service
        self._now = now
        self._kept = kept
        self._render_alert = render_alert

    async def refresh(self, ids: Sequence[int]) -> None:
        refreshes = await self._service.refresh_these(ids, now=self._now())
        self._asked(refreshes)
        log_failures(refreshes)

    async def read(self, ids: Sequence[int]) -> None:
        for source_id in ids:
            await self._service.read_source(source_id, now=self._now())

    async def reread(self, ids: Sequence[int]) -> None:
        for source_id in ids:
            await self._service.reread_due(now=self._now(), render=render_correction, source_id=source_id)

    async def issue(self, ids: Sequence[int]) -> None:
        await self._service.issue_due(now=self._now(), render=render_digest, among=ids)

    async def remind(self, _: Sequence[int]) -> None:
        await self._service.remind_due(now=self._now(), render=render_reminder)

    async def notice(self, _: Sequence[int]) -> None:
        await self._service.notice_paused(now=self._now(), render=render_notice)

    async def alert(self, _: Sequence[int]) -> None:
        await self._service.alert_followers(now=self._now(), render=self._render_alert)

    async def expire(self, _: Sequence[int]) -> None:
        await self._service.expire_texts(kept=self._kept, now=self._now())


def _watched(step: Step, run: Run) -> Run:
    async def watched(ids: Sequence[int]) -> None:
        with structlog.contextvars.bound_contextvars(step=step.value):
            try:
                await run(ids)
            except Exception as error:  # noqa: BLE001 -- a job is a tick: what failed is still due, and comes again
                if left := untold(error):
                    _log.error("step failed", ids=list(ids), exc_info=left)

    return watched
