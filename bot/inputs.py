"""What the command line is given: files and addresses, read in processes that can be killed.

A file is text as it stands (.txt) or a page (.html) or a feed (.xml); each of them may be compressed (.gz).
"""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot import texts
from bot.errors import InputError
from digest import Brief, DigestError, Feed, Fetcher, Page, parse_feed, read_html, read_page, read_text

MAX_FILE_BYTES = 10_000_000
FEED_ENTRIES = 8

_Given = TypeVar("_Given")

_MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".txt": "text/plain"}
_FEED_TYPES = {".xml": "application/xml", ".rss": "application/rss+xml", ".atom": "application/atom+xml"}
_SNIFFED_BYTES = 4096
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Think(Protocol):
    """Runs a pure function somewhere, as a ReadingPool does."""

    async def __call__(self, function: Callable[..., _Given], *args: Any) -> _Given:
        """Return what the function returns for these arguments."""
        ...


Reading = tuple[str, Brief | Exception]


async def read_inputs(names: Sequence[str], fetcher: Fetcher, think: Think, *, at_once: int) -> AsyncIterator[Reading]:
    """Yield each input's name with its brief, or with the InputError or DigestError that kept it back, in order."""
    turn = asyncio.Semaphore(at_once)

    async def read(name: str) -> Brief | Exception:
        async with turn:
            try:
                return await read_input(await open_input(name, fetcher), think)
            except (InputError, DigestError) as error:
                return error

    async with asyncio.TaskGroup() as group:
        tasks = [(name, group.create_task(read(name))) for name in names]
        for name, task in tasks:
            yield name, await task


async def open_input(name: str, fetcher: Fetcher) -> Page:
    """Return the file or the page at the address; a file's `url` is empty.

    Raises:
        InputError: there is no such file, or it can be none of what is read; the message says which.
        DigestError: the page could not be fetched.
    """
    if name.lower().startswith(("http://", "https://")):
        return await fetcher.fetch(name)
    return open_file(Path(name))


def open_file(path: Path) -> Page:
    """Return the file's bytes, decompressed, with the media type that its name promises. Raises InputError."""
    named = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    media_type = (_MEDIA_TYPES | _FEED_TYPES).get(named.suffix.lower())
    body = _bytes_of(path)
    if media_type is None:
        raise InputError(texts.INPUT_UNKNOWN)
    if not body.strip():
        raise InputError(texts.INPUT_EMPTY)
    if b"\0" in body[:_SNIFFED_BYTES] and not body.startswith(_WIDE_MARKS):
        raise InputError(texts.INPUT_BINARY)
    return Page(url="", body=body, media_type=media_type)


def _bytes_of(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            body = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise InputError(texts.INPUT_MISSING) from None
    except IsADirectoryError:
        raise InputError(texts.INPUT_FOLDER) from None
    except (OSError, EOFError, zlib.error, ValueError) as error:  # ValueError: a name that no file can have
        raise InputError(texts.INPUT_UNREADABLE) from error
    if len(body) > MAX_FILE_BYTES:
        raise InputError(texts.INPUT_TOO_BIG.format(megabytes=MAX_FILE_BYTES // 1_000_000))
    return body


async def read_input(page: Page, think: Think) -> Brief:
    """Return what is in an opened input, read in a process of `think`.

    Raises:
        InputError: a text file that is not UTF-8.
        DigestError: there is no article in it, or it could not be read in time.
    """
    if page.url:
        return await think(read_page, page)
    if page.media_type != _MEDIA_TYPES[".txt"]:
        return await think(read_html, page.body, "")
    try:
        text = page.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(texts.INPUT_NOT_UTF8) from None
    return await think(read_text, text)


def is_feed(page: Page) -> bool:
    """Return whether an opened input calls itself XML that is no page: a feed, if anything."""
    return "xml" in page.media_type and "xhtml" not in page.media_type


async def read_feed(page: Page, think: Think) -> Feed:
    """Return the feed with its first FEED_ENTRIES entries. Raises InvalidFeedError."""
    feed = await think(parse_feed, page)
    return replace(feed, entries=feed.entries[:FEED_ENTRIES])


_WARM_PAGE = (
    "<html><head><title>Warm</title></head><body><article><h1>Warm</h1><p>The model loads before the first article "
    "waits for it, said the mayor. The council will read it on Monday.</p></article></body></html>"
)

warm_up = partial(read_html, _WARM_PAGE, "https://onrecord.example/")
"""Reads a small page with everything that reading has: what a reading process does before its first task."""
