"""What a publisher allows to be shown of a page, as its meta elements and headers say it.

The rules that stand in meta elements and in X-Robots-Tag:
https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag. Who is meant by a name: RFC 9309, section
2.2.1. Reservations: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.model import PRODUCT_TOKEN, Terms

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAME_OF_US = PRODUCT_TOKEN.lower()
_OURS = frozenset({"", "*", _NAME_OF_US})
_RESERVATION = "tdm-reservation"
_SNIPPET = "max-snippet"
_WITH_VALUES = frozenset({_RESERVATION, _SNIPPET, "max-image-preview", "max-video-preview", "unavailable_after"})
_PART = re.compile(r"[^\s,;]+")
_NAME = re.compile(r"\*|[a-z][a-z0-9_.-]*")
_COLON = re.compile(r"\s*:\s*")
_LENGTH = re.compile(r"\d{1,9}")


def read_terms(tree: "HtmlElement", headers: Sequence[str]) -> Terms:
    """Return what the page and its headers allow; where they differ, the strictest.

    The headers are those of `Page.terms`. What is said to another robot by its name is not said to us. Of reservations
    the page's own word supersedes that of the headers, as the protocol has it.
    """
    by_headers = [rule for header in headers for rule in _rules(header)]
    by_elements = list(_said(tree))
    said = by_headers + by_elements
    lengths = [int(value) for name, value in said if name == _SNIPPET and _LENGTH.fullmatch(value)]
    lengths += [0 for name, _ in said if name == "nosnippet"]
    return Terms(
        max_snippet=min(lengths, default=None),
        may_archive=all(name != "noarchive" for name, _ in said),
        is_reserved="1" in (_reservations(by_elements) or _reservations(by_headers)),
    )


def _reservations(said: Sequence[tuple[str, str]]) -> list[str]:
    return [value for name, value in said if name == _RESERVATION and value in {"0", "1"}]


def _said(tree: "HtmlElement") -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = (element.get("name") or "").strip().lower()
        content = element.get("content") or ""
        if name == _RESERVATION:
            yield name, content.strip()
        elif name in {"robots", _NAME_OF_US}:
            yield from _rules(content)


def _rules(words: str) -> Iterator[tuple[str, str]]:
    meant = ""
    for part in _PART.findall(_COLON.sub(":", words.lower())):
        name, colon, value = part.partition(":")
        # The words of "unavailable_after: 25 Jun 2027 15:00:00 PST" are neither names nor rules.
        if colon and name not in _WITH_VALUES and _NAME.fullmatch(name):
            meant = name
            name, _, value = value.partition(":")
        if meant in _OURS:
            yield name, value
