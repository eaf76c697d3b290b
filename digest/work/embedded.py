"""Thinking in processes that can be killed: what hostile pages are read in, without a server of its own."""

import asyncio
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from digest.errors import DigestError, ReadingError
from digest.model import End, Page, Thought

TIMEOUT_SECONDS = 10.0
"""What a page takes that is no attack is a tenth of it."""

TASKS_A_PROCESS = 500
"""A process ends after so many tasks and another one comes: parsers of hostile bytes leak."""

_START_SECONDS = 60.0
_MAX_WHY = 500
_NICENESS = 10  # a tenth of the time that the bot gets where both want it
_STOPPED = "was not read: the processes were stopped"

Given = TypeVar("Given")


class ReadingPool:
    """Runs pure functions in `workers` processes, each call at most `timeout` seconds. Use with `async with`.

    Processes start with the first call (or `start`), clean: by spawn, so that they share nothing with the bot. Each
    runs `warm_up` before its first task, outside of the time that a task has. `watch` is told of each task that ended.
    What reads no page, as composing does, waits for no more pages than there are processes, however many wait.
    """

    def __init__(
        self,
        workers: int = 1,
        timeout: float = TIMEOUT_SECONDS,
        *,
        tasks_a_process: int = TASKS_A_PROCESS,
        warm_up: Callable[[], object] | None = None,
        watch: Callable[[Thought], object] | None = None,
    ) -> None:
        self._workers = workers
        self._timeout = timeout
        self._tasks_a_process = tasks_a_process
        self._warm_up = warm_up
        self._watch = watch
        # As many tasks as processes are let in: what waits here cannot get lost in a pool that broke.
        self._free = asyncio.Semaphore(workers)
        # Of pages no more stand in line for them: what somebody waits for, an edition, goes before all other pages.
        self._pages = asyncio.Semaphore(workers)
        self._pool: ProcessPool | None = None
        self._running: set[Future[Any]] = set()
        self._is_closed = False

    async def __call__(
        self,
        function: Callable[..., Given],
        *args: Any,
        timeout: float | None = None,  # noqa: ASYNC109 -- it kills the process, which no asyncio.timeout can
    ) -> Given:
        """Return `function(*args)`, or raise the DigestError that it raised.

        ReadingError where it took too long and was killed, where its process died, and for any other error in it: what
        is read here is hostile, and its accidents are its own. Function, arguments and result must be picklable.
        """
        url, limit = _url_of(args), self._timeout if timeout is None else timeout
        async with self._pages if url else nullcontext(), self._free:
            try:
                with self._watched(function):
                    return await self._run(function, args, limit)
            except BrokenProcessPool:
                # Its processes were killed from outside, or for another page: that says nothing of this one.
                await self._discard_broken()
            try:
                with self._watched(function):
                    return await self._run(function, args, limit)
            except BrokenProcessPool as error:
                await self._discard_broken()
                raise ReadingError(url, "the reading processes do not stay alive") from error

    async def start(self) -> None:
        """Start the processes and wait until one is warm."""
        await self(_do_nothing)

    async def close(self) -> None:
        """Kill what runs and end every process; what was waiting gets a ReadingError."""
        self._is_closed = True
        await self._discard()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @contextmanager
    def _watched(self, function: Callable[..., object]) -> Iterator[None]:
        clock, end = asyncio.get_running_loop().time, End.FAILED
        began = clock()
        try:
            yield
            end = End.DONE
        except (DigestError, BrokenProcessPool) as error:
            end = _end_of(error)
            raise
        finally:
            if self._watch is not None and not self._is_closed:
                self._watch(Thought(_name_of(function), clock() - began, end))

    async def _run(self, function: Callable[..., Given], args: Sequence[Any], limit: float) -> Given:
        url = _url_of(args)
        future = self._schedule(function, args, limit)
        self._running.add(future)
        # The pool counts from the start of the task; this clock also sees a process that never came up.
        patience = asyncio.timeout(limit + _START_SECONDS)
        try:
            async with patience:
                return await asyncio.wrap_future(future)
        except TimeoutError as error:
            if patience.expired():
                await self._discard()
            raise ReadingError(url, f"took longer than {limit:g} s") from error
        except ProcessExpired as error:
            raise ReadingError(url, f"ended its process (exit status {error.exitcode})") from error
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            raise (ReadingError(url, _STOPPED) if self._is_closed else BrokenProcessPool(_STOPPED)) from None
        finally:
            self._running.discard(future)

    def _schedule(self, function: Callable[..., Given], args: Sequence[Any], limit: float) -> Future[Given]:
        if self._is_closed:
            raise ReadingError(_url_of(args), _STOPPED)
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=self._tasks_a_process,
                initializer=_begin,
                initargs=(self._warm_up,),
                context=get_context("spawn"),
            )
        try:
            future: Future[Given] = self._pool.schedule(_contained, args=(function, *args), timeout=limit)
        except RuntimeError as error:  # so pebble says that the pool broke while it was idle
            raise BrokenProcessPool(str(error)) from error
        return future

    async def _discard_broken(self) -> None:
        # Of two that lost one pool the second finds the one that the first has made since.
        if self._pool is not None and not self._pool.active:
            await self._discard()

    async def _discard(self) -> None:
        pool, self._pool = self._pool, None
        for future in tuple(self._running):
            future.cancel()
        if pool is not None:
            await asyncio.to_thread(_stop, pool)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call] # pebble says nothing here
    pool.join()


def _contained(function: Callable[..., Given], *args: Any) -> Given:
    # In the process. An exception that cannot be rebuilt on the other side would break the pool, and SystemExit
    # would end the bot: only whole DigestErrors travel as they are.
    try:
        return function(*args)
    except BaseException as error:
        if isinstance(error, DigestError) and _can_travel(error):
            raise
        raise ReadingError(_url_of(args), f"{type(error).__name__}: {error}"[:_MAX_WHY]) from error


def _can_travel(error: DigestError) -> bool:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- its own
    except Exception:  # noqa: BLE001 -- an exception's constructor may raise anything
        return False
    return True


def _begin(warm_up: Callable[[], object] | None) -> None:
    # Nobody waits for an article, and somebody for the bot's answer: reading takes what others leave of the machine.
    os.nice(_NICENESS)
    # Numpy and scipy would each start a thread a core, none of which has anything to do: on 64 cores more than a
    # container lets few processes have.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What cannot be loaded in advance is tried again by the first task, which can say what is wrong.
    with suppress(Exception):
        if warm_up is not None:
            warm_up()


def _url_of(args: Sequence[Any]) -> str:
    return next((arg.url for arg in args if isinstance(arg, Page)), "")


def _end_of(error: Exception) -> End:
    if isinstance(error.__cause__, TimeoutError):
        return End.KILLED
    return (
        End.DIED if isinstance(error, BrokenProcessPool) or isinstance(error.__cause__, ProcessExpired) else End.FAILED
    )


def _name_of(function: Callable[..., object]) -> str:
    return getattr(getattr(function, "func", function), "__name__", "other").lstrip("_")


def _do_nothing() -> None:
    """Give a process something to answer."""
