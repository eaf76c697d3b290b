"""Threads share heaps, and what lies free goes back, where the system's memory is glibc's."""

import asyncio
import ctypes
import os
import subprocess
import sys
from datetime import timedelta

from bot.delivery import Sender
from bot.memory import give_back, share_heap
from bot.rounds import wind
from tests.bot.deliveries import FakeDiscord, Watch
from tests.bot.services import FakeService

COUNT = """
import ctypes, pathlib, re, sys, threading
from bot.memory import share_heap
if sys.argv[2] == "shared":
    assert share_heap()
page = bytearray(20_000_000)
del page
large = [bytearray(1_000_000) for _ in range(10)]
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
told = pathlib.Path(sys.argv[1]).read_text()
print(told.count("<heap nr="), re.search('type="mmap" count="(\\d+)"', told)[1])
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
    told = subprocess.run(command, env=known, check=True, capture_output=True).stdout
    count, apart = map(int, told.split())
    return count, apart


def test_threads_share_one_heap_and_without_it_have_more_where_the_system_can(tmp_path):
    if not IS_GLIBC:
        assert not share_heap()
        return
    assert heaps(tmp_path, "shared")[0] == 1 < heaps(tmp_path, "not")[0]


def test_what_is_large_stays_out_of_the_heap_after_a_page_that_was_huge_where_the_system_can(tmp_path):
    if not IS_GLIBC:
        assert not share_heap()
        return
    assert heaps(tmp_path, "shared")[1] >= 10 > heaps(tmp_path, "not")[1]


def test_what_lies_free_below_what_is_kept_goes_back_where_the_system_can():
    if not IS_GLIBC:
        asyncio.run(give_back(None))  # and nothing is raised
        return
    command = [sys.executable, "-c", FREE]
    freed = int(subprocess.run(command, env=os.environ | {"PYTHONPATH": "."}, check=True, capture_output=True).stdout)
    assert freed > 20_000  # kB, of 40,000


def test_who_sets_how_many_there_are_is_heeded(monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    assert not share_heap()


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
