"""Many values in as many queries as they take: a statement has room for some thousands."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")

AT_ONCE = 500


def in_lots(values: Iterable[Value], at_once: int = AT_ONCE) -> Iterator[list[Value]]:
    """Yield the values, some at once; nothing where there are none."""
    left = iter(values)
    while lot := list(islice(left, at_once)):
        yield lot
