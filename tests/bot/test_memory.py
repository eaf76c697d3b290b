"""Threads share heaps, where the system's memory is glibc's and nobody said otherwise."""

import ctypes
import os
import subprocess
import sys

import pytest

from bot.memory import share_heaps

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

on_glibc = pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"), reason="another C library")


def heaps(path, how):
    known = {name: value for name, value in os.environ.items() if name != "MALLOC_ARENA_MAX"} | {"PYTHONPATH": "."}
    command = [sys.executable, "-c", COUNT, str(path / "info"), how]
    return int(subprocess.run(command, env=known, check=True, capture_output=True).stdout)


@on_glibc
def test_threads_share_two_heaps_and_without_it_have_more(tmp_path):
    assert heaps(tmp_path, "shared") <= 2 < heaps(tmp_path, "not")


def test_who_sets_how_many_there_are_is_heeded(monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    assert not share_heaps()
