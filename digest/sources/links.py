"""Links as pages and feeds write them, to absolute urls, and to the one form that a page's links have in common."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import unquote_plus, urljoin, urlsplit, urlunsplit

_MAX_LENGTH = 2048
_WITHOUT_LINE_BREAKS = str.maketrans("", "", "\t\r\n")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class _Tracking(NamedTuple):
    names: frozenset[str]
    prefixes: tuple[str, ...]
    names_by_value: frozenset[str]
    values: frozenset[str]


def absolute_url(base_url: str, link: str) -> str:
    """Return the absolute http(s) url that the link means on a page at `base_url`, or "" where it means none.

    Line breaks inside a link are dropped, as browsers do (WHATWG URL, section 4.4). It may still be unsafe to fetch.
    """
    reference = link.strip().translate(_WITHOUT_LINE_BREAKS)
    if not reference:
        return ""
    try:
        url = urljoin(base_url, reference)
        parts = urlsplit(url)
        has_host = bool(parts.hostname)
    except ValueError:
        return ""
    is_good = parts.scheme in {"http", "https"} and has_host and len(url) <= _MAX_LENGTH and url.isprintable()
    return url if is_good else ""


def plain_url(url: str) -> str:
    """Return the url as the page's identity: no fragment, no tracking parameters, host lower, no default port.

    What is left of the query keeps its order and its writing, because some sites tell pages apart by them. Parameters
    are tracking where `tracking.toml` says so. What is no url comes back as it is.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if not parts.netloc:
        return url
    user, at, host = parts.netloc.rpartition("@")
    host = host.lower()
    if port is None or port == _DEFAULT_PORTS.get(parts.scheme):
        host = host.removesuffix(f":{port or ''}")
    kept = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair)]
    return urlunsplit((parts.scheme, user + at + host, parts.path or "/", "&".join(kept), ""))


def _is_tracking(pair: str) -> bool:
    written, _, value = pair.partition("=")
    name, known = unquote_plus(written).lower(), _tracking()
    if name in known.names or name.startswith(known.prefixes):
        return True
    return name in known.names_by_value and unquote_plus(value).lower() in known.values


@cache
def _tracking() -> _Tracking:
    table = tomllib.loads((files("digest.sources") / "tracking.toml").read_text("utf8"))
    groups = table["group"]
    return _Tracking(
        names=frozenset(name for group in groups for name in group.get("names", ())),
        prefixes=tuple(prefix for group in groups for prefix in group.get("prefixes", ())),
        names_by_value=frozenset(table["by_value"]["names"]),
        values=frozenset(table["by_value"]["values"]),
    )
