"""The application put together: what its ticks do, and the show of the bundled articles where there is no token."""

import asyncio
import io
import sys
from datetime import timedelta

import pytest
from rich.console import Console

from bot import texts
from bot.app import run_locally
from bot.clock import Clock
from bot.delivery import Sender
from bot.rounds import wind, wind_alerts
from bot.settings import Settings
from digest.errors import StoreError
from digest.model import DeliveryState, Failure, FailureKind, Refresh
from tests.bot.deliveries import FakeDiscord, Watch, delivery
from tests.bot.services import FakeService
from tests.builders import NOW

HEAVY = {"spacy", "sumy", "sklearn", "trafilatura", "nupunkt", "feedparser"}


async def tick(service, *, is_ready=True, first_round=timedelta()):
    """Let the clock tick once; usually as if it had ticked for long."""
    watch = Watch()
    sender = Sender(service, FakeDiscord(watch), watch)
    clock = wind(Clock(watch), service, sender, first_round=first_round, is_ready=lambda: is_ready)
    clock.start()
    await asyncio.sleep(0.05)
    await clock.stop()
    await sender.stop()


async def test_a_tick_refreshes_issues_and_posts():
    service = FakeService()
    service.rows = {1: delivery(1)}
    await tick(service)
    steps = ["expire", "issue", "notice", "purge", "read", "refresh", "remind", "reread"]
    assert sorted(service.asked) == [(step, NOW) for step in steps]
    assert service.states() == [DeliveryState.SENT]


async def test_what_is_open_is_posted_even_where_a_new_edition_cannot_be_made():
    service = FakeService()
    service.rows = {1: delivery(1)}

    async def issue_due(**_):
        raise StoreError("locked")

    service.issue_due = issue_due
    await tick(service)
    assert service.states() == [DeliveryState.SENT]
    assert ("remind", NOW) in service.asked
    assert ("notice", NOW) in service.asked


async def test_before_discord_is_ready_sources_are_refreshed_and_nothing_is_posted():
    service = FakeService()
    service.rows = {1: delivery(1)}
    await tick(service, is_ready=False)
    assert {what for what, _ in service.asked} == {"refresh", "read", "reread", "expire"}
    assert service.states() == [DeliveryState.PENDING]


async def test_after_a_start_what_is_open_is_posted_and_nothing_issued_before_the_sources_are_read():
    service = FakeService()
    service.rows = {1: delivery(1)}

    async def refresh_sources(**_):
        await asyncio.sleep(0.3)
        return ()

    service.refresh_sources = refresh_sources
    await tick(service, first_round=timedelta(minutes=10))
    assert "issue" not in {what for what, _ in service.asked}
    assert service.states() == [DeliveryState.SENT]


async def test_once_the_sources_were_asked_and_read_editions_are_issued():
    service = FakeService()
    await tick(service, first_round=timedelta(minutes=10))
    assert "issue" in {what for what, _ in service.asked}


async def test_a_source_that_fails_is_in_the_log_without_its_address(capsys):
    service = FakeService()
    service.refreshed = (Refresh(7, failure=Failure("https://a.example/?key=secret", FailureKind.REFUSED, 403)),)
    await tick(service)
    log = capsys.readouterr().out
    assert "403" in log
    assert "secret" not in log


@pytest.fixture
def terminal():
    return io.StringIO()


async def test_without_a_token_the_bundled_edition_is_shown_and_the_clock_runs_until_it_is_told_to_stop(
    tmp_path, terminal
):
    page, stop = tmp_path / "preview.html", asyncio.Event()
    before = set(sys.modules)

    async def stop_when_it_stays():
        while texts.LOCAL_STAYS not in terminal.getvalue():  # noqa: ASYNC110 -- what is waited for is a line of text
            await asyncio.sleep(0.05)
        stop.set()

    async with asyncio.timeout(240):  # other tests may keep both cores busy while the model loads
        show = run_locally(Settings(_env_file=None), stop, page, Console(file=terminal, width=200))
        await asyncio.gather(show, stop_when_it_stays())
    shown = terminal.getvalue()
    assert "2025-09-05 08:00" in shown
    assert shown.count("In this digest") == 1
    assert "8 stories from 8 outlets" in shown
    assert "DISCORD_TOKEN=" in shown
    assert "Council votes for £38m flood wall in Lower Ousel" in page.read_text("utf-8")
    assert not HEAVY & (set(sys.modules) - before)


async def tell_followers(service, *, is_ready=True):
    """Let the tick of the followers come once."""
    watch, clock = Watch(), Clock(Watch())
    sender = Sender(service.alerts, FakeDiscord(watch), watch)
    wind_alerts(clock, service, sender, lambda _: "Harbour", is_ready=lambda: is_ready)
    clock.start()
    await asyncio.sleep(0.05)
    await clock.stop()
    await sender.stop()


async def test_followers_are_told_even_where_nothing_new_can_be_looked_through():
    service = FakeService()
    service.alerts.rows = {1: delivery(1)}
    service.trouble = StoreError("locked")
    await tell_followers(service)
    assert service.asked == [("alert", NOW)]
    assert service.alerts.states() == [DeliveryState.SENT]


async def test_followers_are_told_nothing_before_discord_is_ready():
    service = FakeService()
    service.alerts.rows = {1: delivery(1)}
    await tell_followers(service, is_ready=False)
    assert service.asked == []
    assert service.alerts.states() == [DeliveryState.PENDING]
