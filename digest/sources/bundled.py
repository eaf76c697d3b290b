"""The seeds as sources: a web of bundled pages and feeds that needs no network, and the starter list of real feeds."""

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any

from digest.errors import RefusedError, UnsafeError
from digest.model import Page, Source, Validators

_MEDIA_TYPES = {".html": "text/html", ".xml": "application/rss+xml"}
_NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class BundledDay:
    """The day on which most bundled articles are news: its edition's name, when that is due, and in which zone."""

    name: str
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class StarterSource:
    """A real public feed that a beginner may want to follow, and the topic it is listed under."""

    source: Source
    topic: str


def bundled_day() -> BundledDay:
    """Return the seeds' day; `now` is aware. A few articles follow in the days after it."""
    return BundledDay(**_table("edition.toml"))


def bundled_sources() -> tuple[Source, ...]:
    """Return the feeds over the bundled articles, one an outlet; BundledFetcher answers them."""
    return tuple(
        Source(url=feed["url"], name=feed["name"], language=feed["language"])
        for feed in _table("articles", "index.toml")["feed"]
    )


def starter_sources() -> tuple[StarterSource, ...]:
    """Return the starter list of real public feeds; feeds of one topic stand together."""
    return tuple(
        StarterSource(Source(url=entry["url"], name=entry["name"], language=entry["language"]), entry["topic"])
        for entry in _table("sources.toml")["source"]
    )


class BundledFetcher:
    """A Fetcher whose whole web is the bundled pages and feeds; every other url is refused with status 404.

    A feed stands as it did at the time that `now` tells, by default that of the seeds' day: as the days go by, it lists
    what has been published since.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        index = _table("articles", "index.toml")
        self._now = now or (lambda: bundled_day().now)
        self._entries: dict[str, dict[str, Any]] = {entry["url"]: entry for entry in [*index["feed"], *index["page"]]}

    @property
    def urls(self) -> tuple[str, ...]:
        """Every url that is answered: the feeds first, then the pages."""
        return tuple(self._entries)

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Page:
        """Return the bundled page, or a bodyless one with `is_unchanged` where the validators still hold.

        Raises RefusedError (404) for a url that is not bundled and UnsafeError for more than `max_bytes` bytes.
        """
        if url not in self._entries:
            raise RefusedError(url, "not among the bundled pages", status=404)
        name = _file_at(self._entries[url], self._now())
        body = _seed("articles", name).read_bytes()
        page = Page(url, body, _MEDIA_TYPES[PurePosixPath(name).suffix], "utf-8", _validators(body))
        if validators not in (None, _NO_VALIDATORS) and validators == page.validators:
            return Page(url, b"", page.media_type, None, page.validators, is_unchanged=True)
        if max_bytes is not None and len(body) > max_bytes:
            raise UnsafeError(url, f"more than {max_bytes} bytes")
        return page


def _file_at(entry: dict[str, Any], now: datetime) -> str:
    later = [state["file"] for state in entry.get("later", ()) if state["at"] <= now]
    return str(later[-1] if later else entry["file"])


def _validators(body: bytes) -> Validators:
    return Validators(etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"')


def _seed(*path: str) -> Traversable:
    return files("seeds").joinpath(*path)


def _table(*path: str) -> dict[str, Any]:
    return tomllib.loads(_seed(*path).read_text("utf-8"))
