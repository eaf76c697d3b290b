"""An event loop whose clock can jump: where nothing happens until a timer is due, that moment comes at once."""

import asyncio
import selectors
import time
from contextlib import contextmanager

# Both ends of every connection are in this loop, so what is on its way arrives in microseconds.
_QUIET_SECONDS = 0.01
# Who counts what is left until a moment may wait for less than a clock of numbers can go on by.
_A_TURN_SECONDS = 1e-6


class _JumpingSelector(selectors.DefaultSelector):
    ahead = 0.0
    stands_at = None

    def time(self):
        return time.monotonic() + self.ahead if self.stands_at is None else self.stands_at

    def select(self, timeout=None):
        if self.stands_at is None or timeout is None:
            return super().select(timeout)
        events = super().select(min(timeout, _QUIET_SECONDS))
        if not events:
            self.stands_at += max(timeout, _A_TURN_SECONDS)
        return events


class WireLoop(asyncio.SelectorEventLoop):
    """An ordinary loop, but for `hasty`."""

    def __init__(self):
        self.selector_of_ours = _JumpingSelector()
        super().__init__(self.selector_of_ours)

    def time(self):
        return self.selector_of_ours.time()


@contextmanager
def hasty():
    """Let nobody wait for the clock meanwhile: client and wire sleep as long as they want, and it takes milliseconds.

    The loop's time goes on with its timers alone, whatever else the machine has to do. Not while something outside of
    the loop is waited for: a thread, a process, a clock of the machine.
    """
    selector = asyncio.get_running_loop().selector_of_ours
    selector.stands_at = selector.time()
    try:
        yield
    finally:
        selector.ahead = selector.stands_at - time.monotonic()
        selector.stands_at = None
