"""Rate limits: one bucket a route and its major parameters, and one for all requests; on the event loop's clock.

The event loop's and not the world's, because a client that waits sleeps on it.
"""

import asyncio
import hashlib
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime

# As good as none, so that a test that is about something else never waits.
GENEROUS = (1000, 1.0)
# Discord's own: 50 requests a second a bot.
GLOBAL = (50, 1.0)


@dataclass
class Window:
    """So many requests are let through until it ends."""

    limit: int
    ends_at: float
    used: int = 0


@dataclass(frozen=True)
class Verdict:
    """The headers of the answer; `retry_after` is None where the request may pass."""

    headers: dict = field(default_factory=dict)
    retry_after: float | None = None
    is_global: bool = False


class Buckets:
    """Counts requests. A test narrows a route's bucket with `narrow`, the one for all with `narrow_global`."""

    def __init__(self):
        self._rules = {}
        self._windows = {}
        self._global = GLOBAL

    def narrow(self, method, template, limit, *, per):
        """Allow `limit` requests in `per` seconds on a route like "/channels/{channel}/messages"."""
        self._rules[method, template] = (limit, per)

    def narrow_global(self, limit, *, per):
        """Allow `limit` requests in `per` seconds on all routes together, but for interactions."""
        self._global = (limit, per)

    def take(self, route, major):
        """Count one request of this route with these major parameters."""
        now = asyncio.get_running_loop().time()
        if not route.is_of_interactions:
            everything = self._window("all", self._global, now)
            if everything.used >= everything.limit:
                return Verdict(retry_after=everything.ends_at - now, is_global=True)
            everything.used += 1
        rule = self._rules.get((route.method, route.template), GENEROUS)
        window = self._window((route.method, route.template, major), rule, now)
        allowed = window.used < window.limit
        window.used += allowed
        left = window.ends_at - now
        return Verdict(_headers(route, window, left), None if allowed else left)

    def _window(self, key, rule, now):
        limit, per = rule
        window = self._windows.get(key)
        if window is None or window.ends_at <= now or window.limit != limit:
            window = self._windows[key] = Window(limit, now + per)
        return window


def _headers(route, window, left):
    reset = datetime.now(UTC).timestamp() + left  # noqa: TID251 -- Discord's clock, not the bot's
    return {
        "X-RateLimit-Limit": str(window.limit),
        "X-RateLimit-Remaining": str(window.limit - window.used),
        "X-RateLimit-Reset": f"{_up(reset):.3f}",
        "X-RateLimit-Reset-After": f"{_up(left):.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(f"{route.method} {route.template}".encode()).hexdigest()[:32],
    }


def _up(seconds):
    # To the next millisecond: a client that waits as long as it is told must not come too early.
    return math.ceil(seconds * 1000) / 1000


def refusal(retry_after, *, is_global, scope, via=True):
    """The headers and the body of a 429. Without `Via` it does not come from Discord but from what guards it."""
    headers = {"Retry-After": str(math.ceil(retry_after)), "X-RateLimit-Scope": "global" if is_global else scope}
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    if via:
        headers["Via"] = "1.1 google"
    message = "You are being rate limited."
    return headers, {"message": message, "retry_after": _up(retry_after), "global": is_global}
