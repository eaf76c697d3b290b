"""A program: a process that fetches pages of one host, all at once, in turn with all others on the same database.

    python -m tests.digest.service.polite DATABASE_URL SPACING SECONDS SLACK URL...

Printed is one line for each page: "came", or why not.
"""

import asyncio
import sys

from digest.errors import FetchError
from digest.service.taking_turns import SharedTurns
from digest.sources.web import WebFetcher
from digest.store import Store

ANY_PORT = range(1, 65536)


async def fetch_all(database_url, spacing, seconds, slack, urls):
    options = {"allow_private": True, "ports": ANY_PORT, "spacing": float(spacing), "total_seconds": float(seconds)}
    async with await Store.open(database_url) as store, WebFetcher(**options) as fetcher:
        fetcher.share(SharedTurns(store, slack=float(slack)))
        await asyncio.gather(*(fetch(fetcher, url) for url in urls))


async def fetch(fetcher, url):
    try:
        await fetcher.fetch(url)
    except FetchError as error:
        said = str(error)
    else:
        said = "came"
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(fetch_all(*sys.argv[1:5], sys.argv[5:]))
