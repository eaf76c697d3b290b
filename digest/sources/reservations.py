"""What a site reserves in its tdmrep.json, by the TDM Reservation Protocol of the W3C's community group.

https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/, "TDM file on the origin server".
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from digest.sources.robots import Robots, parse_robots

RESERVATIONS_PATH = "/.well-known/tdmrep.json"
RESERVATIONS_BYTES = 100_000

_MAX_RULES = 500
_MAX_LOCATION = 2048


class Reservations:
    """The rules of one site in their order; without any, nothing is said."""

    def __init__(self, rules: tuple[tuple[Robots, bool], ...] = ()) -> None:
        self._rules = rules
        self.weight = len(rules) + 1

    def is_reserved(self, url: str) -> bool | None:
        """Return whether the url, which is one of the site's, is reserved by the first rule that it matches, if any."""
        return next((reserved for location, reserved in self._rules if not location.may_fetch(url)), None)


def parse_reservations(body: bytes) -> Reservations:
    """Return the rules of a tdmrep.json; one that breaks the protocol says nothing, nor do bytes that are no such file.

    Of a longer file the first 500 rules count.
    """
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return Reservations()
    return Reservations(tuple(_rules(rules)) if isinstance(rules, list) else ())


def _rules(rules: list[Any]) -> Iterator[tuple[Robots, bool]]:
    for rule in islice(rules, _MAX_RULES):
        if not isinstance(rule, dict):
            continue
        location, value = rule.get("location"), str(rule.get("tdm-reservation"))
        if isinstance(location, str) and len(location) <= _MAX_LOCATION and value in {"0", "1"}:
            # Locations are patterns as in robots.txt, where no line can hold two.
            path = "".join(location.split())
            yield parse_robots(f"User-agent: *\nDisallow: {path}".encode()), value == "1"
