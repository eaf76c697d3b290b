"""The queue of several processes on a real PostgreSQL: what is due is done by one, and again where that one died."""

import asyncio
import socket
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from digest.errors import StoreError, UnreachableStoreError
from digest.model import Job, Step
from digest.store import Store
from digest.store.due import note_due
from digest.store.queueing import connection_arguments, driver_of
from digest.work.distributed import Pace, Queue
from digest.work.sharing import DELIVER, FETCH, READ
from tests.builders import NOW, subscription
from tests.digest.service.newsroom import FEED, Newsroom, print_urls, story
from tests.waiting import PATIENCE, until

END_WHO_WAITS_FOR_US = """
SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""
FAIL_THE_FIRST_END = """
CREATE SEQUENCE onrecord_queue.ends;
CREATE FUNCTION onrecord_queue.fail_the_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('onrecord_queue.ends') = 1 THEN
    {fail};
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER fail_the_first BEFORE DELETE ON onrecord_queue.procrastinate_jobs
  FOR EACH ROW EXECUTE FUNCTION onrecord_queue.fail_the_first();
"""
FAILURES = {
    "connection lost": "PERFORM pg_terminate_backend(pg_backend_pid())",
    "lock timeout": "RAISE EXCEPTION 'lock timeout' USING ERRCODE = '55P03'",
    "disk full": "RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'",
}


@pytest.fixture
async def url(postgres):
    async with postgres.database() as url:
        yield url


@asynccontextmanager
async def opened(url, **pace):
    """A process: its store and its queue."""
    async with await Store.open(url) as store, await Queue.open(store, Pace(**pace)) as queue:
        yield store, queue


@asynccontextmanager
async def working(queue, **at_once):
    task = asyncio.create_task(queue.work(at_once))
    try:
        yield
    finally:
        queue.stop()
        await task


async def fail(store, job):
    async with store.writing() as db:
        note_due(db, job)
        raise RuntimeError


def noting(done, step):
    async def run(ids):
        done.append((step, tuple(ids)))

    return run


async def test_what_is_due_is_added_once_and_done(url):
    done = []
    due = {Step.REFRESH: range(60), Step.READ: (7, 8), Step.ALERT: (), Step.DELIVER: (10,)}
    async with opened(url) as (_, queue):
        queue.register({step: noting(done, step) for step in due})
        assert await queue.fill(due) == 3 + 2 + 1 + 1
        assert await queue.fill(due) == 0
        assert await queue.fill({Step.READ: (7, 8, 9), Step.REFRESH: range(61)}) == 2
        async with working(queue, fetch=2, read=2, deliver=2):
            await until(lambda: len(done) == 9)
        assert sorted(one for step, ids in done if step is Step.REFRESH for one in ids) == list(range(61))
        assert await queue.fill({Step.READ: (7,)}) == 1  # it ended, and is due again


async def test_what_a_transaction_makes_due_is_there_when_it_is_kept_and_not_before(url):
    done = []
    async with opened(url) as (store, queue):
        queue.register({Step.DELIVER: noting(done, Step.DELIVER)})
        async with working(queue, deliver=1):
            async with store.writing() as db:
                note_due(db, Job(Step.DELIVER, (10,)))
                await asyncio.sleep(0.3)
                assert done == []
            await until(lambda: done == [(Step.DELIVER, (10,))])
            with pytest.raises(RuntimeError):
                await fail(store, Job(Step.DELIVER, (20,)))
            async with store.writing() as db:
                note_due(db, Job(Step.DELIVER, (30,)))
            await until(lambda: done == [(Step.DELIVER, (10,)), (Step.DELIVER, (30,))])


async def test_what_a_process_that_died_was_doing_is_done_again(url):
    done, begun = [], asyncio.Event()

    async def hang(_):
        begun.set()
        await asyncio.Event().wait()

    async with opened(url, heartbeat=3600.0, drain=0.2) as (_, dying), opened(url) as (_, living):
        dying.register({Step.READ: hang})
        living.register({Step.READ: noting(done, Step.READ)})
        await living.fill({Step.READ: (7,)})
        dead = asyncio.create_task(dying.work({READ: 1}))
        await begun.wait()
        await dying._app.connector.execute_query_async(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
        async with working(living, read=1):
            assert await living.sweep() == 1
            await until(lambda: done == [(Step.READ, (7,))])
        dead.cancel()
        await asyncio.gather(dead, return_exceptions=True)


async def test_a_queue_that_was_lost_is_filled_from_the_tables(url):
    async with opened(url) as (store, queue):
        newsroom = Newsroom(store)
        newsroom.publish(story(1), story(2))
        source = await newsroom.service.add_source(1, FEED, now=NOW)
        ordered = await newsroom.service.save_subscription(subscription(channel_id=10, zone="UTC"), now=NOW)
        later = NOW + timedelta(days=1)
        due = await newsroom.service.map_due(now=later)
        assert due[Step.READ] == due[Step.REFRESH] == (source.id,)
        assert due[Step.ISSUE] == (ordered.id,)
        await newsroom.service.refresh_due(now=NOW)
        await newsroom.service.issue_due(now=later, render=print_urls)
        assert (await newsroom.service.map_due(now=later))[Step.DELIVER] == (10,)
        assert (
            await queue.fill(await newsroom.service.map_due(now=later)) == 3
        )  # ask, read once more, alert: to post is there
    async with await Store.open(url) as store:
        async with store.writing() as db:
            await db.exec_driver_sql("COMMENT ON SCHEMA onrecord_queue IS 'of another version'")
        async with await Queue.open(store) as queue:
            assert {one.waiting for one in await queue.get_health()} == {0}
            assert await queue.fill(await Newsroom(store).service.map_due(now=later)) == 4  # and that as well


async def test_how_the_queue_does_is_told(url):
    async with opened(url) as (_, queue):
        await queue.fill({Step.READ: (1, 2), Step.REFRESH: (1,)})
        health = {one.queue: one for one in await queue.get_health()}
        assert {name: one.waiting for name, one in health.items()} == {READ: 2, FETCH: 1, DELIVER: 0}
        assert 0 <= health[READ].oldest_seconds < 60
        assert {(one.doing, one.stalled) for one in health.values()} == {(0, 0)}
        assert await queue.is_idle([Step.DELIVER])
        assert not await queue.is_idle([Step.READ])


async def test_two_processes_do_the_jobs_of_one_channel_one_after_the_other(url):
    running, most, done = 0, 0, []

    async def deliver(ids):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        done.append(tuple(ids))

    async with opened(url) as (store, one), opened(url) as (_, other):
        for queue in (one, other):
            queue.register({Step.DELIVER: deliver})
        for _ in range(3):
            async with store.writing() as db:
                note_due(db, Job(Step.DELIVER, (10,)))
        async with working(one, deliver=4), working(other, deliver=4):
            await until(lambda: len(done) == 3)
    assert most == 1
    assert DELIVER


async def test_without_postgresql_there_is_no_queue(tmp_path):
    async with await Store.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as store:
        with pytest.raises(StoreError, match="several processes need PostgreSQL"):
            await Queue.open(store)


async def test_of_two_one_holds_a_turn_until_it_ends_or_dies(url):
    from digest.store.dialects import Turn

    order = []
    async with await Store.open(url) as one, await Store.open(url) as other:

        async def wait():
            async with other.holding(Turn.ACTING) as held:
                order.append("other")
                assert await held.is_held()

        async with one.holding(Turn.ACTING) as held:
            waiting = asyncio.create_task(wait())
            await asyncio.sleep(0.2)
            order.append("one")
            assert await held.is_held()
        await waiting
    assert order == ["one", "other"]


@pytest.mark.parametrize("fail", FAILURES.values(), ids=FAILURES)
async def test_a_job_ends_also_where_the_database_does_not_let_it_at_first(url, fail):
    done = []
    async with opened(url) as (store, queue):
        queue.register({Step.DELIVER: noting(done, Step.DELIVER)})
        async with store.writing() as db:
            await db.exec_driver_sql(FAIL_THE_FIRST_END.format(fail=fail))
        async with working(queue, deliver=1):
            assert await queue.fill({Step.DELIVER: (10,)}) == 1
            async with asyncio.timeout(PATIENCE):
                while not await queue.fill({Step.DELIVER: (10,)}):  # noqa: ASYNC110 -- until the first is forgotten
                    await asyncio.sleep(0.05)
            await until(lambda: len(done) == 2)
        async with store.reading() as db:
            ends = await db.exec_driver_sql("SELECT last_value FROM onrecord_queue.ends")
            assert ends.scalar_one() > 1


async def test_who_was_taken_for_dead_does_not_end_what_another_does_by_now(url):
    begun, going_on = [], [asyncio.Event(), asyncio.Event()]

    def hang(number):
        async def run(_):
            begun.append(number)
            await going_on[number].wait()

        return run

    async with opened(url, heartbeat=3600.0) as (_, stopped), opened(url) as (_, living):
        stopped.register({Step.DELIVER: hang(0)})
        living.register({Step.DELIVER: hang(1)})
        await living.fill({Step.DELIVER: (10,)})
        async with working(stopped, deliver=1):
            await until(lambda: begun == [0])
            await living._app.connector.execute_query_async(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            )
            assert await living.sweep() == 1
            async with working(living, deliver=1):
                await until(lambda: begun == [0, 1])
                going_on[0].set()
                await asyncio.sleep(0.3)
                assert await living.fill({Step.DELIVER: (10,)}) == 0  # it is being done, and nobody else begins it
                going_on[1].set()
        assert await living.is_idle([Step.DELIVER])


async def test_a_worker_goes_on_where_another_takes_a_job_under_the_same_lock_at_the_same_moment(url):
    add = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    VALUES ('deliver', 'deliver', 'channel:10', '{"ids": [10]}')
    """
    take = """
    SELECT * FROM procrastinate_fetch_job_v2('{deliver}', (SELECT id FROM procrastinate_register_worker_v1() AS id))
    """
    async with opened(url) as (_, queue):
        arguments = connection_arguments(url)
        async with (
            await psycopg.AsyncConnection.connect(**arguments) as slow,
            await psycopg.AsyncConnection.connect(**arguments) as other,
        ):
            await slow.execute(add)
            await other.execute(add)
            await other.commit()
            await other.execute(take)
            await slow.commit()  # only now there is one that was added before
            worker_id = await queue._app.job_manager.register_worker()
            taking = asyncio.create_task(queue._app.job_manager.fetch_job(["deliver"], worker_id))
            await asyncio.sleep(0.3)  # it waits for the other one
            await other.commit()
            assert await taking is None


async def test_jobs_of_another_version_in_the_queue_keep_nothing_from_it(url):
    async with opened(url) as (_, queue):
        await queue._app.connector.execute_query_async(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('read', 'newer', '{}')"
        )
        assert await queue.fill({Step.READ: (7,)}) == 1
        assert not await queue.is_idle([Step.READ])


async def test_work_stops_in_time_though_the_database_takes_no_last_word(url):
    begun = asyncio.Event()

    async def hang(_):
        begun.set()
        await asyncio.Event().wait()

    async with opened(url, drain=0.2, last_words=0.2) as (store, queue):
        queue.register({Step.READ: hang})
        await queue.fill({Step.READ: (7,)})
        work = asyncio.create_task(queue.work({READ: 1}))
        await begun.wait()
        async with store.writing() as db, asyncio.timeout(15):  # half of what a statement waits for a lock
            for name in ("jobs", "workers"):
                await db.exec_driver_sql(f"LOCK TABLE onrecord_queue.procrastinate_{name}")
            queue.stop()
            await work


async def test_a_database_that_is_away_is_an_error_of_ours(url):
    async with opened(url) as (store, queue), store.writing() as db:
        await db.exec_driver_sql("LOCK TABLE onrecord_queue.procrastinate_jobs")
        filling = asyncio.create_task(queue.fill({Step.READ: (7,)}))
        async with asyncio.timeout(PATIENCE):
            while not (await db.exec_driver_sql(END_WHO_WAITS_FOR_US)).all():  # noqa: ASYNC110 -- another process' doing
                await asyncio.sleep(0.01)
        with pytest.raises(UnreachableStoreError, match="terminating connection"):
            await filling


async def test_a_queue_whose_jobs_all_hang_is_not_worked_at_until_one_ends(url):
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def hang(_):
        begun.set()
        await goes_on.wait()

    async with opened(url, look=0.05, hung_after=2.0) as (_, queue):
        queue.register({Step.READ: hang})
        async with working(queue, read=1, deliver=1):
            await until(lambda: queue.is_working)
            await asyncio.sleep(2.5)
            assert queue.is_working  # it looks, and there is nothing
            await queue.fill({Step.READ: (7,)})
            await begun.wait()
            await until(lambda: not queue.is_working)
            goes_on.set()
            await until(lambda: queue.is_working)


async def test_of_two_clocks_that_sweep_the_second_leaves_what_was_taken_since(url):
    take = (
        "SELECT * FROM procrastinate_fetch_job_v2('{read}', (SELECT id FROM procrastinate_register_worker_v1() AS id))"
    )
    async with opened(url) as (_, queue):
        await queue.fill({Step.READ: (7,)})
        async with await psycopg.AsyncConnection.connect(**connection_arguments(url)) as other:
            await other.execute(take)
            await other.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
            await other.commit()
            await other.execute("UPDATE procrastinate_jobs SET status = 'todo'")
            await other.execute(take)
            sweeping = asyncio.create_task(queue.sweep())
            await asyncio.sleep(0.3)  # it waits for the other one
            await other.commit()
            assert await sweeping == 0
            assert [one.doing for one in await queue.get_health() if one.queue == READ] == [1]


async def test_what_no_worker_does_is_put_back_too(url):
    async with opened(url) as (_, queue):
        await queue.fill({Step.READ: (7, 8)})
        await queue._app.connector.execute_query_async("UPDATE procrastinate_jobs SET status = 'doing'")
        assert await queue.sweep() == 2
        assert [one.waiting for one in await queue.get_health() if one.queue == READ] == [2]


async def test_who_was_taken_for_dead_knows_by_the_next_heartbeat_and_begins_anew(url, caplog):
    begun, going_on = [], asyncio.Event()

    async def hang(ids):
        begun.append(tuple(ids))
        await going_on.wait()

    async with opened(url, heartbeat=0.05, try_again_after=0.05) as (_, queue):
        queue.register({Step.READ: hang})
        async with working(queue, read=1):
            await queue.fill({Step.READ: (7, 8)})
            await until(lambda: begun)
            (row,) = await queue._app.connector.execute_query_all_async(
                "DELETE FROM procrastinate_workers RETURNING id"
            )
            with pytest.raises(ConnectorException, match="taken for dead"):
                await queue._app.job_manager.update_heartbeat(row["id"])
            await asyncio.sleep(0.3)
            going_on.set()
            await until(lambda: sorted(begun) == [(7,), (8,)])
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_no_job_is_ever_aborted_so_that_nobody_asks_for_such(url):
    async with opened(url) as (store, queue), store.writing() as db, asyncio.timeout(PATIENCE):
        await db.exec_driver_sql("LOCK TABLE onrecord_queue.procrastinate_jobs")
        assert await queue._app.job_manager.list_jobs_to_abort_async() == ()


@pytest.mark.skipif(
    not hasattr(socket, "TCP_USER_TIMEOUT"), reason="NOT CHECKED how long a connection waits: only Linux tells"
)
async def test_a_connection_over_the_network_gives_up_a_server_that_takes_nothing(postgres, url):
    name = url.partition("/test_")[2].partition("?")[0]
    there = f"postgresql+psycopg://trusted@127.0.0.1:{postgres.port}/test_{name}"
    async with postgres.connection() as owner:
        await owner.execute("CREATE USER trusted SUPERUSER")
    try:
        async with opened(there) as (store, queue):
            async with store.reading() as db:
                assert patience_of(await driver_of(db)) == 25_000
            async with queue._app.connector.pool.connection() as connection:
                assert patience_of(connection) == 25_000
    finally:
        async with postgres.connection(f"test_{name}") as owner:
            await owner.execute("DROP OWNED BY trusted CASCADE")
            await owner.execute("DROP USER trusted")


def patience_of(connection):
    with socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as one:
        return one.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
