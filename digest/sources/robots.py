"""What a site's robots.txt asks of this bot (RFC 9309): the only module that knows protego."""

import asyncio
import re

from protego import Protego

from digest.model import PRODUCT_TOKEN

ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5: 500 KiB at least

_MAX_VALUE = 2048
_INLINE_BYTES = 32_768
_MAX_WORK = 560_000
# With the misspellings that are as common as the words (protego and Google's parser take them too).
_LINE = re.compile(
    rb"^[ \t]*(?:(?P<agent>user[ -]?agent)|(?P<rule>allow|d[ias]{2,4}[al]{2,3}ow|crawl[ -]delay))"
    rb"[ \t]*(?::|[ \t])[ \t]*(?P<value>[^#\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_TOKEN = re.compile(r"\*|[a-z_-]+")
_NAMES = frozenset({"*", PRODUCT_TOKEN.lower()})


class Robots:
    """The rules of one site for us; without any, everything is allowed."""

    def __init__(self, rules: Protego | None = None, weight: int = 1) -> None:
        self._rules = rules
        self.weight = weight
        """How many lines of it are kept."""

    def may_fetch(self, url: str) -> bool:
        """Return whether we may ask for the url, which is one of the site's."""
        return self._rules is None or self._rules.can_fetch(url, PRODUCT_TOKEN)

    def crawl_delay(self) -> float | None:
        """Return how many seconds the site wants between two requests, if it says so."""
        return None if self._rules is None else self._rules.crawl_delay(PRODUCT_TOKEN)


def parse_robots(body: bytes) -> Robots:
    """Return the rules for us, of the groups that name us by our product token, else of those for all.

    Of a longer file the first 512,000 bytes count, and of those about the first 23,000 rules for us, or 3,000 with
    wildcards: the time is bounded. Whatever else the bytes are, an HTML page for instance, has no rules.
    """
    kept = body[:ROBOTS_BYTES].removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")  # a line may end in CR alone
    groups = _groups(kept)
    rules = groups.get(PRODUCT_TOKEN.lower(), groups.get("*"))
    if not rules:
        return Robots()
    return Robots(Protego.parse("\n".join(["User-agent: *", *rules])), len(rules) + 1)


def _groups(body: bytes) -> dict[str, list[str]]:
    """Return the rules of the groups for us and for all by their names, of each the first that are not too much work.

    Protego alone would match any beginning of our name, and takes seconds where a group names thousands of robots.
    """
    groups: dict[str, list[str]] = {}
    left, names, is_naming = dict.fromkeys(_NAMES, _MAX_WORK), set[str](), False
    for found in _LINE.finditer(body):
        if found["agent"]:
            token = _TOKEN.match(_text(found["value"]).lower())
            names = names if is_naming else set()
            if token and token[0] in _NAMES:
                names.add(token[0])
                groups.setdefault(token[0], [])
        elif names:
            rule = f"{found['rule'].decode().lower()}: {_text(found['value'])}"
            for name in names:
                left[name] -= _work(rule)
                if left[name] >= 0:
                    groups[name].append(rule)
        is_naming = bool(found["agent"])
    return groups


def _work(rule: str) -> int:
    # As measured: a short rule is parsed in 5 to 12 us; what is behind a wildcard is sought all through each url.
    return 50 + 6 * len(rule) if "*" in rule or "$" in rule else max(24, len(rule))


def _text(value: bytes) -> str:
    # Protego would take more for ends of lines than RFC 9309 does.
    return "".join(value[:_MAX_VALUE].decode("utf-8", "replace").splitlines()).strip()


async def read_robots(body: bytes) -> Robots:
    """Return the rules as parse_robots does; a large file is read beside the event loop, which goes on turning."""
    if len(body) <= _INLINE_BYTES:
        return parse_robots(body)
    return await asyncio.to_thread(parse_robots, body)
