"""An event loop whose clock can run faster than the machine's: what sleeps a minute sleeps milliseconds."""

import asyncio
import selectors
import time
from contextlib import contextmanager


class _HastySelector(selectors.DefaultSelector):
    speed = 1.0

    def select(self, timeout=None):
        return super().select(timeout / self.speed if timeout and timeout > 0 else timeout)


class WireLoop(asyncio.SelectorEventLoop):
    """An ordinary loop, but for `hasty`: every timer of the process, client's and wire's, is shortened alike."""

    def __init__(self):
        self._epoch = self._reached = time.monotonic()
        self._selector_of_ours = _HastySelector()
        super().__init__(self._selector_of_ours)

    def time(self):
        return self._reached + (time.monotonic() - self._epoch) * self._selector_of_ours.speed

    def set_speed(self, speed):
        self._reached, self._epoch = self.time(), time.monotonic()
        self._selector_of_ours.speed = speed


@contextmanager
def hasty(times):
    """Let the running loop's time pass so many times as fast."""
    loop = asyncio.get_running_loop()
    loop.set_speed(times)
    try:
        yield
    finally:
        loop.set_speed(1.0)
