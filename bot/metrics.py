"""What is counted and timed, for Prometheus; the only module that knows prometheus_client.

No label holds an id, an address or a host: there are too many of them, and some are secrets.
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from math import nan

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from digest.model import Health, QueueHealth, Refresh, Thought

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_LIMITED = 429
_SCOPES = frozenset({"user", "global", "shared"})
_LAGS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_TIMES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The metrics of one process, in a registry of their own. What is not known is NaN."""

    def __init__(self, role: str) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client's
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info("onrecord_build", "What runs.", registry=registry).info({"version": version("onrecord"), "role": role})
        self._gauges = {name: Gauge(name, about, registry=registry) for name, about in _GAUGES.items()}
        self._asked = Counter("onrecord_sources_asked_total", "Sources asked.", ["outcome"], registry=registry)
        self._fetched = Counter("onrecord_fetches_total", "Pages and feeds fetched.", ["outcome"], registry=registry)
        self._thoughts = Counter("onrecord_thinking_total", "Tasks of reading.", ["task", "end"], registry=registry)
        self._thinking = Histogram(
            "onrecord_thinking_seconds", "Time of a task of reading.", ["task"], buckets=_TIMES, registry=registry
        )
        self._lag = Histogram("onrecord_loop_lag_seconds", "Lag of the loop.", buckets=_LAGS, registry=registry)
        self._requests = Counter(
            "onrecord_discord_requests_total", "Requests to Discord.", ["outcome"], registry=registry
        )
        self._limited = Counter("onrecord_discord_limited_total", "Answers 429.", ["scope"], registry=registry)
        self._oldest = Gauge("onrecord_queue_oldest_seconds", "Age of the oldest job.", ["queue"], registry=registry)
        self._jobs = Gauge("onrecord_queue_jobs", "Jobs in the queue.", ["queue", "state"], registry=registry)
        self._swept = Counter("onrecord_jobs_swept_total", "Stalled jobs put back.", registry=registry)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def set(self, name: str, value: float) -> None:
        """Set the gauge of this name."""
        self._gauges[name].set(value)

    def set_by(self, name: str, value: Callable[[], float]) -> None:
        """Let the gauge of this name be what `value` returns whenever it is asked."""
        self._gauges[name].set_function(value)

    def found(self, health: Health | None, waited: float = 0.0) -> None:
        """Note how all does, None where that is not known; the oldest due part has `waited` so many seconds."""
        figures = (health.open_parts, health.unmade, health.paused, health.failing) if health else (nan,) * 4
        for name, value in zip(_OF_HEALTH, (waited if health else nan, *figures), strict=True):
            self.set(name, value)

    def queued(self, queues: Sequence[QueueHealth]) -> None:
        """Note how these queues of jobs do; nothing is known of others any more."""
        self._oldest.clear()
        self._jobs.clear()
        for one in queues:
            self._oldest.labels(one.queue).set(one.oldest_seconds)
            for state in ("waiting", "doing", "stalled"):
                self._jobs.labels(one.queue, state).set(getattr(one, state))

    def swept(self, jobs: int) -> None:
        """Count stalled jobs that were put back."""
        self._swept.inc(jobs)

    def asked(self, refreshes: Sequence[Refresh]) -> None:
        """Count sources that were asked, by what came of it."""
        for one in refreshes:
            fine = "new" if one.new_entries else "nothing_new"
            self._asked.labels(one.failure.kind.value if one.failure else fine).inc()

    def fetched(self, outcome: str) -> None:
        """Count a request for a page or feed: "ok", "unchanged", or the kind of failure."""
        self._fetched.labels(outcome).inc()

    def thought(self, thought: Thought) -> None:
        """Count and time a task of a reading process."""
        self._thoughts.labels(thought.task, thought.end.value).inc()
        self._thinking.labels(thought.task).observe(thought.seconds)

    def lagged(self, seconds: float) -> None:
        """Note how late the event loop came to something."""
        self._lag.observe(seconds)

    def answered(self, status: int, scope: str) -> None:
        """Count an answer of Discord's by its class, 0 where none came; of a 429 also whose limit it was."""
        if status == _LIMITED:
            self._limited.labels(scope if scope in _SCOPES else "other").inc()
        self._requests.labels(str(status) if status == _LIMITED else f"{status // 100}xx" if status else "none").inc()


_OF_HEALTH = (
    "onrecord_delivery_oldest_due_seconds",
    "onrecord_delivery_open_parts",
    "onrecord_digests_unmade",
    "onrecord_subscriptions_paused",
    "onrecord_sources_failing",
)
_GAUGES = dict(
    zip(
        _OF_HEALTH,
        ("Age of the oldest due part.", "Open parts.", "Digests late, unmade.", "Paused digests.", "Failing sources."),
        strict=True,
    ),
    onrecord_database_writable="1 where the database takes writes.",
    onrecord_ready="1 where /readyz says so.",
    onrecord_gateway_ready="1 where Discord's gateway is connected and ready.",
    onrecord_gateway_latency_seconds="Time of a heartbeat.",
)
