"""What may not stand in a log: secrets that are known, and what in an address may be one."""

import re
from collections.abc import Iterable
from json import dumps
from typing import Any
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "***"
_SHORTEST = 4
"""A shorter secret is in too many words to be looked for; where it stands in an address it goes with that."""

# A path can be a secret as well as a query: of a web address its host stays.
_WEB = re.compile(
    r"(https?)(:|%3A)((?:\\?/|%2F){2})(?:(?:(?!%2F)[^\s/?#@])*(?:@|%40))?((?:(?!%2F)[^\s/?#\"<>\\\x1b])*)[^\s\"<>\x1b]*",
    re.IGNORECASE,
)
_USER = re.compile(r"([a-z][a-z0-9+.-]*://)[^\s\"<>\x1b]*@", re.IGNORECASE)
_NAMED = re.compile(
    r"\b((?:(?:ssl)?password|passwd|secret|token|api_?key|access_key|auth|signature)=)[^\s&\"'<>\x1b]+", re.IGNORECASE
)


def spellings(secret: str) -> tuple[str, ...]:
    """Return the ways in which a secret is written: as it is, percent-encoded, in JSON and in Python."""
    plain = {secret, unquote(secret)}
    encoded = {way(one, safe="") for one in plain for way in (quote, quote_plus)}
    written = {dumps(one)[1:-1] for one in plain} | {repr(one)[1:-1] for one in plain}
    return tuple(one for one in plain | encoded | written if len(one) >= _SHORTEST)


def _any_of(ways: Iterable[str]) -> re.Pattern[str] | None:
    # Codes are written in both cases: %2f is %2F.
    longest_first = sorted(ways, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None


class Redaction:
    """Puts three asterisks wherever one of these secrets stands, and reduces addresses to their hosts."""

    def __init__(self, secrets: Iterable[str]) -> None:
        ways = {way for secret in secrets for way in spellings(secret)}
        self._secrets = _any_of(ways)

    def text(self, text: str) -> str:
        """Return the text without what is or may be a secret."""
        if self._secrets:
            text = self._secrets.sub(HIDDEN, text)
        text = _WEB.sub(r"\1\2\3\4/…", text)
        return _NAMED.sub(rf"\1{HIDDEN}", _USER.sub(rf"\1{HIDDEN}@", text))

    def value(self, value: Any) -> Any:
        """Return the value of a log line, as JSON takes it, without what is or may be a secret."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(one) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(one) for one in value]
        return self.text(value if isinstance(value, str) else repr(value))
