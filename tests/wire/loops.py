"""An event loop whose clock can jump: where nothing happens until a timer is due, that moment comes at once."""

import asyncio
import selectors
import time
from contextlib import contextmanager

# Both ends of every connection are in this loop, so what is on its way arrives in microseconds.
_QUIET_SECONDS = 0.01


class _JumpingSelector(selectors.DefaultSelector):
    is_hasty = False
    jumped = 0.0

    def select(self, timeout=None):
        if not self.is_hasty or timeout is None or timeout <= _QUIET_SECONDS:
            return super().select(timeout)
        events = super().select(_QUIET_SECONDS)
        if not events:
            self.jumped += timeout - _QUIET_SECONDS
        return events


class WireLoop(asyncio.SelectorEventLoop):
    """An ordinary loop, but for `hasty`."""

    def __init__(self):
        self.selector_of_ours = _JumpingSelector()
        super().__init__(self.selector_of_ours)

    def time(self):
        return time.monotonic() + self.selector_of_ours.jumped


@contextmanager
def hasty():
    """Let nobody wait for the clock meanwhile: client and wire sleep as long as they want, and it takes milliseconds.

    Not while something outside of the loop is waited for: a thread, a process, a clock of the machine.
    """
    selector = asyncio.get_running_loop().selector_of_ours
    selector.is_hasty = True
    try:
        yield
    finally:
        selector.is_hasty = False
