"""What a site's robots.txt asks of this bot (RFC 9309): the only module that knows protego."""

import asyncio
import re
from collections.abc import Iterator

from protego import Protego

AGENT = "OnRecord"
"""The product token that a robots.txt names us by."""
ROBOTS_BYTES = 500_000

_MAX_VALUE = 2048
_INLINE_BYTES = 32_768
_MAX_WORK = 200_000  # characters; a line counts for 20 more, and so does each wildcard
# With the misspellings that are as common as the words (protego and Google's parser take them too).
_LINE = re.compile(
    rb"^[ \t]*(?:(?P<agent>user[ -]?agent)|(?P<rule>allow|d[ias]{2,4}[al]{2,3}ow|crawl[ -]delay))"
    rb"[ \t]*(?::|[ \t])[ \t]*(?P<value>[^#\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_TOKEN = re.compile(r"\*|[a-z_-]+")


class Robots:
    """The rules of one site for one robot; without any, everything is allowed."""

    def __init__(self, rules: Protego | None = None, weight: int = 1) -> None:
        self._rules = rules
        self.weight = weight
        """How many lines of it are kept."""

    def may_fetch(self, url: str, agent: str = AGENT) -> bool:
        """Return whether the robot may ask for the url, which is one of the site's."""
        return self._rules is None or self._rules.can_fetch(url, agent)

    def crawl_delay(self, agent: str = AGENT) -> float | None:
        """Return how many seconds the site wants between two requests, if it says so."""
        return None if self._rules is None else self._rules.crawl_delay(agent)


def parse_robots(body: bytes, *, agent: str = AGENT) -> Robots:
    """Return the rules for this robot, of the groups that name it by its product token, else of those for all.

    Of a longer file the first 500,000 bytes count, and of those about the first 5,000 lines that concern the robot: the
    time is bounded. Whatever else the bytes are, an HTML page for instance, has no rules.
    """
    kept = body[:ROBOTS_BYTES].removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")  # a line may end in CR alone
    lines = list(_concerning(kept, agent.lower()))
    rules = Protego.parse("\n".join(lines)) if lines else None
    return Robots(rules, len(lines) + 1)


def _concerning(body: bytes, agent: str) -> Iterator[str]:
    """Yield the lines of the groups that concern the robot.

    Protego alone would match any beginning of our name, and takes seconds where a group names thousands of robots.
    """
    left, is_naming, ours = _MAX_WORK, False, set[str]()
    for found in _LINE.finditer(body):
        value, line = _text(found["value"]), ""
        if not found["agent"]:
            is_naming = False
            if ours:  # an empty rule too: it ends the naming, and allows everything
                line = f"{found['rule'].decode().lower()}: {value}"
        else:
            ours = ours if is_naming else set()
            is_naming = True
            token = _TOKEN.match(value.lower())
            if token and token[0] in {"*", agent} - ours:
                ours.add(token[0])
                line = f"User-agent: {token[0]}"
        if line:
            left -= len(line) + 20 * (1 + line.count("*"))
            if left < 0:
                return
            yield line


def _text(value: bytes) -> str:
    return value[:_MAX_VALUE].decode("utf-8", "replace").strip()


async def read_robots(body: bytes) -> Robots:
    """Return the rules as parse_robots does; a large file is read beside the event loop, which goes on turning."""
    if len(body) <= _INLINE_BYTES:
        return parse_robots(body)
    return await asyncio.to_thread(parse_robots, body)
