"""What processes hold, as Linux tells it: memory, open files, threads, children; and that ours end."""

from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_READING = "spawn_main"


@dataclass(frozen=True, slots=True)
class Held:
    """What one process holds. Memory in MB; `pss` counts a page that n processes share as an nth."""

    pid: int
    command: str
    rss: float
    pss: float
    files: int
    threads: int

    @property
    def is_reading(self) -> bool:
        """Whether it is one of the bot's reading processes."""
        return _READING in self.command


@asynccontextmanager
async def killed_at_end(process: Process) -> AsyncIterator[Process]:
    """Kill the process at the end, if it has not ended by itself."""
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def look_at(pid: int) -> tuple[Held, ...]:
    """Return what the process and all that it started hold, itself first; what ends meanwhile is left out."""
    return tuple(_holdings((pid, *descendants(pid))))


def descendants(pid: int) -> Sequence[int]:
    """Return the processes that this one started, and theirs."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += (int(child), *descendants(int(child)))
    return found


def is_there(pid: int) -> bool:
    """Return whether there is such a process that has not ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def _holdings(pids: Sequence[int]) -> Iterator[Held]:
    for pid in pids:
        with suppress(OSError, KeyError):  # KeyError: it has just ended and has no memory any more
            folder = Path(f"/proc/{pid}")
            lines = (line.partition(":") for line in (folder / "smaps_rollup").read_text("ascii").splitlines()[1:])
            memory = {name: int(size.split()[0]) / 1024 for name, _, size in lines}
            yield Held(
                pid,
                (folder / "cmdline").read_text("utf-8").replace("\0", " "),
                round(memory["Rss"], 1),
                round(memory["Pss"], 1),
                len(list((folder / "fd").iterdir())),
                len(list((folder / "task").iterdir())),
            )
