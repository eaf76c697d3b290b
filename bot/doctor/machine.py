"""What the machine must have: room on the disk, memory, zones, and an address to tell its state at."""

import asyncio
import json
import shutil
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.doctor.findings import Finding, State
from bot.texts import doctor as words
from digest.model.inspected import StoreReport

LEAST_FREE = 1_000_000_000
"""Bytes of disk below which it is told; likewise below twice the database, which a backup needs."""

_OWN_MEMORY = 300_000_000
_MEMORY_A_READER = 300_000_000
_ZONE = "Europe/Berlin"
_ANSWER_SECONDS = 5.0
_MOST_ANSWER = 65_536
_WELL = " 200 "


def check_disk(report: StoreReport | None, folder: Path) -> Finding:
    """Say how much room is left where the database lies, or, where there is none yet, where it will."""
    if report is not None and report.folder is None:
        return Finding("disk", State.UNSEEN, words.DISK_SERVER)
    folder = Path(report.folder) if report is not None and report.folder else existing(folder)
    return judge_disk(shutil.disk_usage(folder).free, report.size if report else 0, folder)


def judge_disk(free: int, size: int, folder: Path) -> Finding:
    """Say whether `free` bytes are enough beside a database of `size` bytes."""
    says = words.DISK.format(free=words.amount(free), folder=folder)
    if free < max(LEAST_FREE, 2 * size):
        return Finding("disk", State.WRONG if free < LEAST_FREE / 10 else State.WARNING, says, words.DISK_REMEDY)
    return Finding("disk", State.OK, says)


def existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def check_memory(readers: int, kernel: Path = Path("/proc"), limits: Path = Path("/sys/fs/cgroup")) -> Finding:
    """Say whether there is memory for the bot and its reading; a container has what its limit leaves it."""
    try:
        lines = (kernel / "meminfo").read_text("ascii").splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return Finding("memory", State.UNSEEN, words.MEMORY_UNSEEN)
    with suppress(OSError, ValueError):  # no container, or "max"
        free = min(free, int((limits / "memory.max").read_text("ascii")))
    wanted = _OWN_MEMORY + readers * _MEMORY_A_READER
    says = words.MEMORY.format(free=words.amount(free))
    if free < wanted:
        return Finding("memory", State.WARNING, says, words.MEMORY_REMEDY.format(wanted=words.amount(wanted)))
    return Finding("memory", State.OK, says)


def check_zones() -> Finding:
    """Say whether the data of time zones is there."""
    try:
        ZoneInfo.no_cache(_ZONE)
    except ZoneInfoNotFoundError:
        return Finding("zones", State.WRONG, words.ZONES_NONE.format(zone=_ZONE), words.ZONES_REMEDY)
    return Finding("zones", State.OK, words.ZONES.format(number=len(available_timezones())))


async def check_status_address(address: str) -> Finding:
    """Say whether the bot answers at STATUS_ADDRESS ("host:port", or "off"), something else does, or it is free."""
    if address == "off":
        return Finding("status", State.OK, words.STATUS_NONE)
    host, _, port = address.rpartition(":")
    try:
        answer = await _ask(host.strip("[]"), int(port))
    except (OSError, ValueError, OverflowError):
        return await _try_to_listen(address, host.strip("[]"), port)
    status, _, _ = answer.partition("\r\n")
    if not _is_ours(answer):
        return Finding("status", State.WARNING, words.STATUS_TAKEN.format(address=address), words.STATUS_TAKEN_REMEDY)
    told = {"address": address, "status": status.partition(" ")[2]}
    if _WELL in status:
        return Finding("status", State.OK, words.STATUS_OURS.format(**told))
    says = words.STATUS_NOT_READY.format(**told)
    return Finding("status", State.WARNING, says, words.STATUS_NOT_READY_REMEDY)


async def _ask(host: str, port: int) -> str:
    reader, writer = await asyncio.open_connection(host, port)
    answer = b""
    try:
        with suppress(TimeoutError, ConnectionError):  # it is there, and no web server
            async with asyncio.timeout(_ANSWER_SECONDS):
                writer.write(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
                while len(answer) < _MOST_ANSWER and (piece := await reader.read(_MOST_ANSWER)):
                    answer += piece
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
    return answer.decode("latin-1")


def _is_ours(answer: str) -> bool:
    _, _, body = answer.partition("\r\n\r\n")
    with suppress(ValueError):
        return isinstance(json.loads(body), dict)
    return False


async def _try_to_listen(address: str, host: str, port: str) -> Finding:
    try:
        server = await asyncio.start_server(lambda _reader, writer: writer.close(), host, int(port))
    except (OSError, ValueError, OverflowError) as error:
        says = words.STATUS_UNUSABLE.format(address=address, why=error)
        return Finding("status", State.WARNING, says, words.STATUS_UNUSABLE_REMEDY)
    server.close()
    await server.wait_closed()
    return Finding("status", State.OK, words.STATUS_FREE.format(address=address))
