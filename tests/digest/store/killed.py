"""A program: those who work on one database are killed again and again, in the middle of it.

    python -m tests.digest.store.killed writing DATABASE_URL ROUNDS SEED
    python -m tests.digest.store.killed backups DATABASE_URL ROUNDS SEED FILE
    python -m tests.digest.store.killed restores DATABASE_URL ROUNDS SEED FILE

Writers tell what is kept: printed are, as JSON, how many each round was told of, and what of all that is missing in the
end. Of backups to FILE and restores from it, what each round leaves under the final name.
"""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from digest.store import Store
from digest.store.backups import back_up_store, restore_store
from tests.builders import NOW
from tests.digest.store.rooms import write, written

A_ROUND = 100_000  # numbers
LONGEST = 0.15  # seconds


async def write_on(url, first, tell):
    """Write for ever, and tell the number of each transaction as soon as it counts as kept."""
    async with await Store.open(url) as store:
        tell("open")
        for number in range(first, first + A_ROUND):
            await write(store, number, size=random.randrange(3000))
            tell(number)


def kill_one(work, after):
    """Let somebody work for so many seconds after they say that they begin, kill them, and return what they told."""
    reading, writing = os.pipe()
    worker = os.fork()
    if not worker:
        work(lambda told: os.write(writing, f"{told}\n".encode()))
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        assert told.readline() == b"open\n"
        time.sleep(after)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        return {int(line) for line in told if line.endswith(b"\n")}


async def look(url):
    async with await Store.open(url) as store:
        return await written(store)


def kill_writers(url, rounds):
    def work(number):
        return lambda tell: asyncio.run(write_on(url, number * A_ROUND, tell))

    told = [kill_one(work(number), random.uniform(0, LONGEST)) for number in range(rounds)]
    missing = set().union(*told) - asyncio.run(look(url))
    return {"told": [len(one) for one in told], "missing": sorted(missing)}


def kill_copiers(copy, path, rounds):
    def work(tell):
        tell("open")
        while True:
            copy()

    left = []
    for _ in range(rounds):
        kill_one(work, random.uniform(0, LONGEST))
        left.append(rows(path) if path.exists() else None)
    return {"left": left, "partial": len([*path.parent.glob(".*.partial")])}


def rows(path):
    """How many rows there are in a file, which must be sound."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT count(*) FROM sources").fetchone()[0]


def main(what, url, rounds, seed, file=""):
    random.seed(int(seed))
    asyncio.run(look(url))  # loads here, once, what all of them need
    path = Path(make_url(url).database)
    if what == "writing":
        result = kill_writers(url, int(rounds))
    elif what == "backups":
        result = kill_copiers(lambda: back_up_store(url, Path(file)), Path(file), int(rounds))
    else:
        result = kill_copiers(lambda: restore_store(url, Path(file), now=NOW), path, int(rounds))
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
