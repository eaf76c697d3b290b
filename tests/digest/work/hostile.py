"""Functions that do to a process what hostile pages do, in a module of their own, so that processes find them."""

import os
import time
from pathlib import Path

from digest.errors import NoArticleError, RefusedError


def double(number):
    return 2 * number


def process_id(*_):
    return os.getpid()


def threads_after_reading(text):
    from digest.reading.brief import read_text

    read_text(text)
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def hang(*_):
    time.sleep(600)


def hang_in_a_pattern(*_):
    import re

    re.match(r"(a+)+$", "a" * 64 + "b")


def die(*_):
    os._exit(3)


def leave(*_):
    raise SystemExit(7)


def stumble(*_):
    raise ZeroDivisionError("a bug in a parser")


def find_nothing(page):
    raise NoArticleError(page.url, "nothing to read")


def refuse(*_):
    # Its constructor wants a keyword, so it cannot be unpickled.
    raise RefusedError("https://gazette.example", "forbidden", status=403)


def give_what_cannot_travel(*_):
    return lambda: None


def nap(seconds):
    time.sleep(seconds)
    return seconds


loaded = []


def load():
    loaded.append("the model")


def load_in_vain():
    raise OSError("no such model")


def what_is_loaded():
    return tuple(loaded)
