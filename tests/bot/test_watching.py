"""A process says over HTTP how it is, and what it did, also where its database is gone."""

import asyncio
import math
import re
import socket
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.glances import Glance
from bot.metrics import Metrics
from bot.rounds import wind
from bot.settings import Settings
from bot.texts import probes
from bot.watching import Watching, watch_over
from digest.errors import StoreError, UnreachableError, UnwritableStoreError
from digest.model import End, FailureKind, Health, Overdue, QueueHealth, Thought
from digest.service import Service
from digest.service.failures import OF_THE_SERVER
from digest.store import Store
from tests.bot.deliveries import Watch
from tests.builders import NOW
from tests.digest.service.newsroom import FEED, Newsroom, story
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
async def served():
    """What is watched over, whether it stops, and how to ask it."""
    address, stop = f"127.0.0.1:{free_port()}", asyncio.Event()
    settings = Settings(_env_file=None, status_address=address)
    async with watch_over(settings, "run", stop=stop) as watching, aiohttp.ClientSession() as session:

        async def ask(path, method="GET"):
            async with session.request(method, f"http://{address}{path}") as answer:
                return answer.status, await answer.text()

        yield watching, stop, ask


def samples(text):
    return {
        (one.name, *sorted(one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


class Patient:
    """A service whose database does what it is told."""

    def __init__(self, trouble=None, health=Health()):  # noqa: B008 -- a value
        self.trouble, self.health, self.writes = trouble, health, 0

    async def check_writable(self):
        self.writes += 1
        if self.trouble:
            raise self.trouble

    async def get_health(self, *, now):  # noqa: ARG002 -- the service's signature
        return self.health


async def test_before_its_database_is_open_it_is_well_and_not_ready(served):
    _, _, ask = served
    assert (await ask("/healthz"))[0] == 200
    status, body = await ask("/readyz")
    assert (status, probes.STARTING in body) == (503, True)


async def test_it_answers_get_only_and_says_that_it_stops(served):
    watching, stop, ask = served
    async with watching.looking_at(Patient()):
        assert [(await ask("/healthz", method))[0] for method in ("POST", "HEAD", "PUT")] == [405] * 3
        assert (await ask("/readyz"))[0] == 200
        stop.set()
        for path in ("/healthz", "/readyz"):
            status, body = await ask(path)
            assert (status, probes.STOPPING in body) == (503, True)
        assert (await ask("/metrics"))[0] == 200


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (UnwritableStoreError("full; postgresql://a:secret@host"), probes.DATABASE_CLOSED),
        (StoreError("away: secret"), probes.DATABASE_WRONG),
    ],
)
async def test_a_database_that_takes_no_writes_is_named_without_its_own_words(served, trouble, said):
    watching, _, ask = served
    async with watching.looking_at(Patient(trouble)):
        for path in ("/healthz", "/readyz"):
            status, body = await ask(path)
            assert (status, said in body, "secret" in body) == (503, True, False)
        assert samples((await ask("/metrics"))[1])["onrecord_database_writable",] == 0


async def test_whoever_hammers_makes_one_write_in_five_seconds(served):
    watching, _, ask = served
    patient = Patient()
    async with watching.looking_at(patient):
        await asyncio.gather(*(ask("/healthz") for _ in range(30)))
    assert patient.writes == 1


async def test_it_is_ready_only_with_its_gateway_and_without_late_deliveries(served):
    watching, _, ask = served
    ready = []
    watching.follow_gateway(lambda: bool(ready), lambda: 0.25)
    late = Health((Overdue(1, 2, NOW, 1),), 1, oldest_due_at=NOW)
    async with watching.looking_at(Patient(health=late)):
        status, body = await ask("/readyz")
        assert (status, probes.GATEWAY in body, probes.LATE in body) == (503, True, True)
        ready.append(1)
        body = (await ask("/readyz"))[1]
        assert (probes.GATEWAY in body, probes.LATE in body) == (False, True)
        seen = samples((await ask("/metrics"))[1])
    assert (seen["onrecord_gateway_ready",], seen["onrecord_gateway_latency_seconds",]) == (1, 0.25)
    assert seen["onrecord_delivery_oldest_due_seconds",] > 600
    assert seen["onrecord_ready",] == 0


async def test_a_taken_address_is_warned_of_with_the_remedy_and_nothing_else_happens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(_env_file=None, status_address=f"127.0.0.1:{taken.getsockname()[1]}")
        with capture_logs() as logged:
            async with watch_over(settings, "run", stop=asyncio.Event()):
                pass
    assert [(line["log_level"], line["remedy"]) for line in logged] == [("warning", probes.TAKEN)]


async def test_a_look_that_hangs_keeps_nobody_waiting_and_no_second_one_begins():
    looks = []

    async def hang():
        looks.append(1)
        await asyncio.Event().wait()

    glance = Glance(hang, every=0.0, within=0.01)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await glance()
    await glance.close()
    assert len(looks) == 1


async def test_queues_are_looked_at_once_in_fifteen_seconds_and_told_of_only_while_they_can_be(served):
    watching, _, ask = served
    looks, away = [], []

    async def queues():
        looks.append(1)
        if away:
            raise StoreError(away)
        return (QueueHealth("read", 3.0, 2, 1, 0),)

    waiting = ("onrecord_queue_jobs", "read", "waiting")
    async with watching.looking_at(Patient(), queues):
        for _ in range(5):
            assert samples((await ask("/metrics"))[1])[waiting] == 2
    assert len(looks) == 1
    away.append(1)
    async with watching.looking_at(Patient(), queues):
        assert waiting not in samples((await ask("/metrics"))[1])


async def test_a_real_database_is_written_to_and_one_that_is_read_only_or_gone_is_named(databases, served):
    watching, _, ask = served
    async with databases.database() as url, await Store.open(url) as store:
        service = Service(store, None, None)
        async with watching.looking_at(service):
            assert (await ask("/healthz"))[0] == 200
        if store.is_shared:
            name = store._engine.url.database
            async with databases.connection() as owner:
                await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
                await owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        else:
            async with store.reading() as db:
                await db.exec_driver_sql("PRAGMA query_only = ON")
        async with watching.looking_at(service):
            status, body = await ask("/healthz")
            assert (status, "database" in body) == (503, True)


async def test_a_round_with_a_failing_source_is_counted(databases, served):
    watching, _, ask = served
    async with databases.database() as url, await Store.open(url) as store:
        newsroom = await Newsroom.reporting(store, story(1))
        service = Service(store, watching.counted(newsroom.web), newsroom.think)
        newsroom.web.answers[FEED] = UnreachableError(FEED, "is away", status=503)
        clock = wind(Clock(Watch(NOW + timedelta(days=1))), service, None, is_ready=bool, asked=watching.metrics.asked)
        clock.start()
        async with watching.looking_at(service), asyncio.timeout(PATIENCE):
            while ("onrecord_sources_asked_total", "in_trouble") not in (  # noqa: ASYNC110 -- as Prometheus does
                seen := samples((await ask("/metrics"))[1])
            ):
                await asyncio.sleep(0.05)
        await clock.stop()
    assert seen["onrecord_fetches_total", "in_trouble"] == 1
    assert seen["onrecord_database_writable",] == 1


def full_metrics():
    metrics = Metrics("worker")
    metrics.found(Health(), 0.0)
    metrics.queued([QueueHealth("read", 3.0, 2, 1, 0)])
    metrics.swept(2)
    metrics.thought(Thought("read_page", 0.2, End.KILLED))
    metrics.fetched("ok")
    for status in (200, 429, 503, 0):
        metrics.answered(status, "global")
    metrics.lagged(0.01)
    return metrics.text().decode()


def test_processes_of_one_interpreter_count_by_themselves_and_what_is_unknown_is_no_number():
    seen = samples(full_metrics())
    assert seen["onrecord_thinking_total", "killed", "read_page"] == 1
    assert seen["onrecord_discord_limited_total", "global"] == 1
    assert seen["onrecord_queue_oldest_seconds", "read"] == 3
    other = Metrics("run")
    other.found(None)
    unknown = samples(other.text().decode())
    assert ("onrecord_thinking_total", "killed", "read_page") not in unknown
    assert math.isnan(unknown["onrecord_digests_unmade",])


def test_every_metric_of_an_alert_exists_and_every_metric_is_in_the_docs():
    text = full_metrics()
    names = {name for name in re.findall(r"^# TYPE (\S+)", text, re.MULTILINE) if name.startswith("onrecord_")}
    series = {one.name for family in text_string_to_metric_families(text) for one in family.samples} | names
    docs = (ROOT / "docs/metrics.md").read_text("utf8")
    assert [name for name in names if name not in docs] == []
    assert [name for name in re.findall(r"`(onrecord_\w+)", docs) if name not in series] == []
    operations = (ROOT / "docs/operations.md").read_text("utf8")
    (group,) = yaml.safe_load((ROOT / "ops/alerts.yml").read_text("utf8"))["groups"]
    for rule in group["rules"]:
        assert [name for name in re.findall(r"onrecord_\w+", rule["expr"]) if name not in series] == []
        assert {"summary", "description", "runbook"} == rule["annotations"].keys()
        assert f"### Alert {rule['alert'].removeprefix('OnRecord')}" in operations


def test_a_process_that_is_gone_is_alerted_of_and_what_all_processes_tell_once():
    (group,) = yaml.safe_load((ROOT / "ops/alerts.yml").read_text("utf8"))["groups"]
    of = {rule["alert"].removeprefix("OnRecord"): rule["expr"] for rule in group["rules"]}
    assert of["Gone"].startswith("up == 0 ")  # a process that does not answer tells nothing that could be alerted of
    assert all(of[name].startswith("max by (job") for name in ("DeliveryOverdue", "DigestsUnmade", "QueueOld"))


def test_no_alert_is_raised_by_one_dead_site_or_a_short_restart():
    (group,) = yaml.safe_load((ROOT / "ops/alerts.yml").read_text("utf8"))["groups"]
    of = {rule["alert"].removeprefix("OnRecord"): rule["expr"] for rule in group["rules"]}
    kinds = set(re.findall(r'outcome=~"([^"]+)"', of["FetchesFailing"]))
    assert kinds == {"|".join(kind for kind in FailureKind if kind in OF_THE_SERVER - {"in_trouble", "busy"})}
    assert re.search(r"\bincrease\(.+\) > 20$", of["FetchesFailing"])
    assert of["NotReady"].startswith("max_over_time(")


def test_watching_without_a_server_serves_the_local_show():
    assert b"onrecord_build_info" in Watching("local").metrics.text()
