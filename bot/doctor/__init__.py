"""`onrecord doctor`: looks at everything that must be right, in turn; what breaks or hangs does not stop the rest."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from inspect import isawaitable
from pathlib import Path

from bot.clock import Now
from bot.doctor.application import RestClient, asking, check_starts, check_token, judge_application
from bot.doctor.database import folder_of, judge_clock, judge_database
from bot.doctor.findings import Finding, State, without_secrets
from bot.doctor.machine import check_disk, check_memory, check_status_address, check_zones
from bot.doctor.places import check_places
from bot.doctor.reading import check_model
from bot.errors import SettingsError
from bot.redaction import Redaction
from bot.rest import ask_at
from bot.settings import Settings
from bot.texts import doctor as words
from digest import StoreError, inspect_store
from digest.model.inspected import StoreReport

__all__ = ["Finding", "State", "examine", "examine_without_settings"]

MOST_SECONDS = 30.0
"""What each look may take; channels and the model have twice as much."""

Look = Callable[[], Finding | Awaitable[Finding]]


async def examine(settings: Settings, now: Now, *, seconds: float = MOST_SECONDS) -> AsyncIterator[Finding]:
    """Yield what is found, one look after the other, each within about `seconds`; no secret stands in any of it."""
    redaction = Redaction(settings.secrets)
    async with AsyncExitStack() as stack:
        looks = _Looks(settings, now, await stack.enter_async_context(asking(now)), seconds)
        yield Finding("settings", State.OK, words.SETTINGS_FINE)
        for check, look, limit in looks.all():
            yield without_secrets(await _within(check, look, limit), redaction)


async def examine_without_settings(error: SettingsError, *, seconds: float = MOST_SECONDS) -> AsyncIterator[Finding]:
    """Yield all that is wrong with the settings, and what can be looked at without them."""
    for name, why in error.problems:
        yield Finding("settings", State.WRONG, f"{name}: {why}", words.SETTING_REMEDY)
    for check, look in (("memory", lambda: check_memory(1)), ("zones", check_zones), ("model", check_model)):
        yield await _within(check, look, 2 * seconds)


async def _within(check: str, look: Look, seconds: float) -> Finding:
    try:
        async with asyncio.timeout(seconds):
            found = look()
            return await found if isawaitable(found) else found
    except TimeoutError:
        return Finding(check, State.WRONG, words.TOO_SLOW.format(seconds=seconds), words.TOO_SLOW_REMEDY)
    except Exception as error:  # noqa: BLE001 -- whatever breaks one look must not stop the others
        return Finding(
            check, State.WRONG, words.BROKE.format(why=f"{type(error).__name__}: {error}"), words.BROKE_REMEDY
        )


@dataclass
class _Looks:
    settings: Settings
    now: Now
    client: RestClient
    seconds: float
    report: StoreReport | None = None
    has_looked: bool = False
    is_logged_in: bool = False
    ahead: dict[str, timedelta] = field(default_factory=dict)

    def all(self) -> tuple[tuple[str, Look, float], ...]:
        once, twice = self.seconds, 2 * self.seconds
        return (
            ("database", self._database, once),
            ("disk", self._disk, once),
            ("token", self._token, once),
            ("intents", self._intents, once),
            ("identifies", self._starts, once),
            ("channels", self._channels, twice),
            ("clock", lambda: judge_clock(self.ahead), once),
            ("model", check_model, twice),
            ("memory", lambda: check_memory(self.settings.reading_processes), once),
            ("zones", check_zones, once),
            ("status", lambda: check_status_address(self.settings.status_address), once),
        )

    @property
    def _folder(self) -> Path:
        return folder_of(self.settings.database_url)

    async def _database(self) -> Finding:
        try:
            self.report = await inspect_store(self.settings.database_url)
        except StoreError as error:
            return Finding("database", State.WRONG, words.DATABASE_WRONG.format(why=error), words.DATABASE_REMEDY)
        self.has_looked = True
        if self.report and self.report.now:
            self.ahead[words.CLOCK_OF_DATABASE] = self.now() - self.report.now
        return judge_database(self.report, self._folder)

    def _disk(self) -> Finding:
        if not self.settings.database_url.startswith("sqlite"):
            return Finding("disk", State.UNSEEN, words.DISK_SERVER)
        return check_disk(self.report, self._folder)

    async def _token(self) -> Finding:
        if not self.settings.discord_token:
            return Finding("token", State.WARNING, words.TOKEN_NONE, words.TOKEN_NONE_REMEDY)
        if self.settings.discord_api_url:
            ask_at(self.settings.discord_api_url)
        found = await check_token(self.client, self.settings.discord_token.get_secret_value())
        self.is_logged_in = found.state is State.OK
        if self.client.ahead is not None:
            self.ahead[words.CLOCK_OF_DISCORD] = self.client.ahead
        return found

    def _intents(self) -> Finding:
        if not self.is_logged_in or self.client.application is None:
            return Finding("intents", State.UNSEEN, words.NOT_ASKED)
        return judge_application(self.client.application)

    async def _starts(self) -> Finding:
        if not self.is_logged_in:
            return Finding("identifies", State.UNSEEN, words.NOT_ASKED)
        return await check_starts(self.client, self.now)

    async def _channels(self) -> Finding:
        if not self.is_logged_in:
            return Finding("channels", State.UNSEEN, words.NOT_ASKED)
        if not self.has_looked:
            return Finding("channels", State.UNSEEN, words.PLACES_UNKNOWN)
        places = self.report.places if self.report else ()
        in_all = self.report.places_in_all if self.report else 0
        return await check_places(self.client, places, in_all, seconds=self.seconds)
