"""A program: writers that tell what is kept are killed again and again, in the middle of it, on one database.

    python -m tests.digest.store.killed DATABASE_URL ROUNDS SEED

prints as JSON how many each round was told of, and what of all that is missing in the end.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time

from digest.store import Store
from tests.digest.store.rooms import write, written

A_ROUND = 100_000  # numbers
LONGEST = 0.15  # seconds


async def write_on(url, first, pipe):
    """Write for ever, and tell the number of each transaction as soon as it counts as kept."""
    async with await Store.open(url) as store:
        os.write(pipe, b"open\n")
        for number in range(first, first + A_ROUND):
            await write(store, number, size=random.randrange(3000))
            os.write(pipe, b"%d\n" % number)


def kill_one(url, first, after):
    """Let a writer work for so many seconds, kill it, and return what it had told by then."""
    reading, writing = os.pipe()
    writer = os.fork()
    if not writer:
        asyncio.run(write_on(url, first, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        assert told.readline() == b"open\n"
        time.sleep(after)
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        return {int(line) for line in told if line.endswith(b"\n")}


async def look(url):
    async with await Store.open(url) as store:
        return await written(store)


def main(url, rounds, seed):
    random.seed(seed)
    told = [kill_one(url, number * A_ROUND, random.uniform(0, LONGEST)) for number in range(rounds)]
    missing = set().union(*told) - asyncio.run(look(url))
    sys.stdout.write(json.dumps({"told": [len(one) for one in told], "missing": sorted(missing)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
