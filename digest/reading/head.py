"""What a page says about itself: JSON-LD, meta, link and time elements."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|NewsStory)$")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator")
_MOST_NODES = 500
_LONGEST_NAME = 200
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]|$)", re.IGNORECASE)
_OFFSET_WITHOUT_COLON = re.compile(r"([+-]\d{2})(\d{2})$")
_LONGEST_URL = 2000
_FIRST_YEAR = 1970  # a page that says "0001-01-01" says that it does not know


@dataclass(frozen=True, slots=True)
class Head:
    """A page's own statements; what it does not say is empty. Urls are absolute, http or https."""

    title: str = ""
    byline: str = ""
    author: str = ""
    """As a meta element has it: a name, or what was put in its place."""
    site: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    image: str = ""
    canonical_url: str = ""
    types: frozenset[str] = field(default=frozenset())
    is_free: bool = True
    genre: str = ""
    """What the Open Graph calls the page: "article", "video.other", "website"."""
    body: str = ""
    """The whole text, where JSON-LD gives it."""
    description: str = ""

    @property
    def is_article(self) -> bool:
        """Whether the page says in JSON-LD that it is an article."""
        return any(_ARTICLE_TYPES.search(name) for name in self.types)


def read_head(tree: "HtmlElement", url: str) -> Head:
    """Return what the page at `url` says about itself; JSON-LD goes before meta, meta before the body's elements."""
    nodes = list(_linked_nodes(tree))
    news = next((node for node in nodes if any(_ARTICLE_TYPES.search(name) for name in _types(node))), {})
    meta = _meta(tree)
    return Head(
        title=_text(news.get("headline")) or meta.get("og:title", ""),
        byline=_names(news.get("author")),
        author=next(filter(_is_name, (meta.get(name, "") for name in _AUTHORS)), ""),
        site=meta.get("og:site_name") or _names(news.get("publisher")),
        published_at=_first_time(
            news.get("datePublished"), meta.get("article:published_time"), meta.get("datepublished"), *_times(tree)
        ),
        modified_at=_first_time(
            news.get("dateModified"),
            meta.get("article:modified_time"),
            meta.get("og:updated_time"),
            meta.get("datemodified"),
        ),
        language=_language(
            tree.get("lang"), news.get("inLanguage"), meta.get("og:locale"), meta.get("content-language")
        ),
        image=_web_url(meta.get("og:image") or _image(news.get("image")), url),
        canonical_url=_web_url(_canonical(tree) or meta.get("og:url"), url),
        types=frozenset(name for node in nodes for name in _types(node)),
        is_free=str(news.get("isAccessibleForFree")).lower() != "false"
        and meta.get("article:content_tier", "").lower() != "locked",
        genre=meta.get("og:type", "").lower(),
        body=_text(news.get("articleBody")),
        description=_text(news.get("description")) or meta.get("og:description") or meta.get("description", ""),
    )


def _is_name(words: str) -> bool:
    # One word is the account of whoever put the page up.
    return " " in words and "://" not in words


def parse_day(words: str | None) -> datetime | None:
    """Return the instant that an ISO 8601 day or time means, aware; without a zone it is UTC. None if it means none."""
    try:
        instant = datetime.fromisoformat(_OFFSET_WITHOUT_COLON.sub(r"\1:\2", (words or "").strip()))
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        instant.astimezone(UTC)  # the first and last hours of the calendar overflow in other zones
    except (ValueError, OverflowError):
        return None
    return instant if instant.year >= _FIRST_YEAR else None


def _linked_nodes(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue  # a broken block says nothing; the other sources remain
        while waiting and seen < _MOST_NODES:
            node = waiting.pop(0)
            seen += 1
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.append(node.get("@graph"))


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]


def _meta(tree: "HtmlElement") -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _times(tree: "HtmlElement") -> Iterator[str | None]:
    for element in tree.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime")


def _first_time(*candidates: Any) -> datetime | None:
    return next((found for found in (parse_day(_text(candidate)) for candidate in candidates) if found), None)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> str:
    people = value if isinstance(value, list) else [value]
    names = (_text(person.get("name") if isinstance(person, dict) else person) for person in people)
    return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name))[:_LONGEST_NAME]


def _image(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("url") if isinstance(first, dict) else first)


def _language(*candidates: Any) -> str | None:
    found = (_LANGUAGE.match(_text(candidate)) for candidate in candidates)
    return next((match[1].lower() for match in found if match), None)


def _canonical(tree: "HtmlElement") -> str | None:
    links = (link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return next((link.get("href") for link in links), None)


def _web_url(address: str | None, base: str) -> str:
    try:
        parts = urlsplit(urljoin(base, address)) if address else None
        is_good = parts is not None and parts.scheme in {"http", "https"} and parts.hostname and not parts.username
        absolute = parts.geturl() if parts is not None and is_good else ""
    except ValueError:
        return ""
    has_odd = any(character.isspace() or not character.isprintable() for character in absolute)
    return "" if has_odd or len(absolute) > _LONGEST_URL else absolute
