"""Threads share heaps, and what lies free goes back, where the system's memory is glibc's."""

import asyncio
import ctypes
import os
import subprocess
import sys
from datetime import timedelta

from bot.delivery import Sender
from bot.memory import give_back, share_heaps
from bot.rounds import wind
from tests.bot.deliveries import FakeDiscord, Watch
from tests.bot.services import FakeService

COUNT = """
import ctypes, pathlib, sys, threading
from bot.memory import share_heaps
if sys.argv[2] == "shared":
    assert share_heaps()
barrier = threading.Barrier(6)
def work():
    kept = [bytearray(20_000) for _ in range(50)]
    barrier.wait()
threads = [threading.Thread(target=work) for _ in range(6)]
for one in threads: one.start()
for one in threads: one.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(file))
libc.fclose(ctypes.c_void_p(file))
print(pathlib.Path(sys.argv[1]).read_text().count("<heap nr="))
"""

FREE = """
import asyncio, pathlib
from bot.memory import give_back
def anonymous():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
blocks = [bytearray(b"x" * 20_000) for _ in range(2_000)]
del blocks[:-1]
before = anonymous()
asyncio.run(give_back(None))
print(before - anonymous())
"""

IS_GLIBC = hasattr(ctypes.CDLL(None), "gnu_get_libc_version")


def heaps(path, how):
    known = {name: value for name, value in os.environ.items() if name != "MALLOC_ARENA_MAX"} | {"PYTHONPATH": "."}
    command = [sys.executable, "-c", COUNT, str(path / "info"), how]
    return int(subprocess.run(command, env=known, check=True, capture_output=True).stdout)


def test_threads_share_two_heaps_and_without_it_have_more_where_the_system_can(tmp_path):
    if not IS_GLIBC:
        assert not share_heaps()
        return
    assert heaps(tmp_path, "shared") <= 2 < heaps(tmp_path, "not")


def test_what_lies_free_below_what_is_kept_goes_back_where_the_system_can():
    if not IS_GLIBC:
        asyncio.run(give_back(None))  # and nothing is raised
        return
    command = [sys.executable, "-c", FREE]
    freed = int(subprocess.run(command, env=os.environ | {"PYTHONPATH": "."}, check=True, capture_output=True).stdout)
    assert freed > 20_000  # kB, of 40,000


def test_who_sets_how_many_there_are_is_heeded(monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    assert not share_heaps()


class FakeClock:
    def __init__(self):
        self.now = Watch()
        self.steps = {}

    def every(self, interval, step, *, name):
        self.steps[step] = (name, interval)


def test_the_clock_lets_it_go_back_several_times_an_hour():
    clock = FakeClock()
    service = FakeService()
    wind(clock, service, Sender(service, FakeDiscord(clock.now), clock.now))
    _, interval = clock.steps[give_back]
    assert interval < timedelta(minutes=30)
