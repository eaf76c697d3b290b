"""A page without a feed as a source: which of its links lead to articles.

A front page has hundreds of links, and its articles are those that say so themselves: the address holds a date, a
number or a sentence, the link's text is a headline, and many links look alike. `page_links.toml` has the words.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from digest.errors import InvalidFeedError
from digest.model import Feed, Page
from digest.sources.entries import MAX_TITLE, each_once, language_of, make_entry
from digest.sources.links import absolute_url, plain_url
from digest.sources.markup import one_line, page_base_url, parse_html, text_within

if TYPE_CHECKING:
    from lxml import etree

MIN_LINKS = 3
MAX_LINKS = 100

_MAX_ELEMENTS = 50_000
_MAX_ANCHORS = 5_000
_MIN_WORDS = 4  # of a headline, and of an address that is a sentence
_MIN_LETTERS = 10  # of a headline in a script without spaces
_PROSE = 200
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_AROUND = frozenset({"nav", "footer", "form", "dialog", "template", "noscript", "svg", "head"})
_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:[01]?\d|[a-z]{3})(?:[/-]?[0-3]?\d)?(?=[/-])", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|\D)\d{5,}(?:\D|$)")
_KEY = re.compile(r"(?=[^-_]*\d)(?=[^-_]*[a-z])[a-z0-9]{9,}", re.IGNORECASE)
_QUERY_NUMBER = re.compile(r"(?:^|&)(?:id|p|nid|article|articleid|story|storyid|aid)=\d+(?:&|$)", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default)\.[a-z]{2,5}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


class _Proof(Enum):
    """What of its address says that a link leads to an article."""

    NUMBER = "number or date"
    SENTENCE = "sentence"
    NONE = "nothing"


@dataclass(frozen=True, slots=True)
class _Candidate:
    url: str
    title: str
    shape: tuple[str, ...]
    proof: "_Proof"


def parse_links(page: Page) -> Feed:
    """Return the page's links to articles of its site, in its order, each once, a hundred at most.

    Raises InvalidFeedError where it has fewer than three. What stands in menus and footers counts only if the rest of
    the page has too few. Pure and bounded, but it looks at hostile markup: call it where it can be killed.
    """
    root = parse_html(page)
    if root is None:
        raise InvalidFeedError(page.url, "is no page")
    base_url = page_base_url(root, page.url)
    chosen: list[_Candidate] = []
    for links in (_links_outside_furniture(root), root.iter("a")):
        chosen = _choose(_candidates(links, base_url, page.url))
        if len(chosen) >= MIN_LINKS:
            break
    else:
        raise InvalidFeedError(page.url, "is no feed, and links to too few articles")
    entries = each_once(
        make_entry(page.url, each.url, identity=plain_url(each.url), title=each.title) for each in chosen
    )
    title = next((text_within(element, MAX_TITLE) for element in root.iter("title")), "")
    return Feed(title=title, language=language_of(root.get("lang")), entries=entries)


def _links_outside_furniture(root: "etree._Element") -> "Iterator[etree._Element]":
    # By hand, because a subtree is skipped whole and a hostile one is deeper than Python's stack.
    waiting = [root]
    for _ in range(_MAX_ELEMENTS):
        if not waiting:
            return
        element = waiting.pop()
        if element.tag == "a":
            yield element
        elif not _is_furniture(element):
            waiting.extend(islice(element.iterchildren(reversed=True), _MAX_ELEMENTS))


def _is_furniture(element: "etree._Element") -> bool:
    if element.tag in _AROUND:
        return True
    if element.tag in {"html", "body", "main", "article"}:  # their classes tell of the page: "has-menu"
        return False
    named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"[:500].lower()
    return not _words("furniture").isdisjoint(named.split())


def _candidates(links: "Iterable[etree._Element]", base_url: str, page_url: str) -> list[_Candidate]:
    own, site = plain_url(page_url), _site(page_url)
    found: dict[str, _Candidate] = {}
    for link in islice(links, _MAX_ANCHORS):
        url = absolute_url(base_url, link.get("href", "")).partition("#")[0]
        known = plain_url(url)
        if not url or known == own or not _is_same_site(site, _site(url)):
            continue
        parts = urlsplit(url)
        if _leads_elsewhere(parts) or _is_in_prose(link):
            continue
        # A picture and a headline often lead to one page: the place of the first, the text of the better.
        title, earlier = _headline(link), found.get(known)
        if earlier is None or (len(title) > len(earlier.title) and not _is_headline(earlier.title)):
            found[known] = _Candidate(earlier.url if earlier else url, title, _shape(parts), _proof(parts))
    return list(found.values())


def _choose(candidates: list[_Candidate]) -> list[_Candidate]:
    # An address that proves nothing by itself is believed where enough of its shape stand on the page.
    shapes = Counter(each.shape for each in candidates if _is_headline(each.title))
    return [each for each in candidates if _is_article(each, shapes[each.shape])][:MAX_LINKS]


def _is_article(link: _Candidate, alike: int) -> bool:
    # Menus speak in three words ("Terms of Service"), and some of their addresses are sentences.
    if link.proof is _Proof.NUMBER:
        return _is_headline(link.title, _MIN_WORDS - 1)
    is_repeated = "slug" in link.shape and alike >= MIN_LINKS
    return _is_headline(link.title) and (link.proof is _Proof.SENTENCE or is_repeated)


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")


def _is_same_site(one: str, other: str) -> bool:
    return bool(other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _leads_elsewhere(parts: SplitResult) -> bool:
    steps = _steps(parts)
    if not steps and not parts.query:
        return True
    end = steps[-1].rpartition(".")[2] if steps and "." in steps[-1] else ""
    return end in _words("files") or not _words("steps").isdisjoint(steps)


def _proof(parts: SplitResult) -> _Proof:
    steps = _steps(parts)
    last = _without_ending(steps[-1]) if steps else ""
    words = len(_WORD.findall(last))
    is_numbered = bool(_NUMBER.search(last)) or bool(_KEY.fullmatch(last)) or bool(_QUERY_NUMBER.search(parts.query))
    if is_numbered or (words > 1 and _DATE.search(f"/{'/'.join(steps)}/")):
        return _Proof.NUMBER
    return _Proof.SENTENCE if words >= _MIN_WORDS else _Proof.NONE


def _shape(parts: SplitResult) -> tuple[str, ...]:
    return tuple(_shape_of(_without_ending(step)) for step in _steps(parts))


def _shape_of(step: str) -> str:
    if step.isdigit():
        return "number"
    return "slug" if len(re.findall(r"[^\W_]+", step)) > 1 else "word"


def _steps(parts: SplitResult) -> list[str]:
    steps = [step for step in unquote(parts.path).lower().split("/") if step]
    return steps[:-1] if steps and _INDEX.fullmatch(steps[-1]) else steps


def _without_ending(step: str) -> str:
    return re.sub(r"\.[a-z]{2,5}$", "", step)


def _headline(link: "etree._Element") -> str:
    headings = (element for element in islice(link.iter(), 200) if element.tag in _HEADINGS)
    heading = next((text for text in (text_within(each, MAX_TITLE) for each in headings) if text), "")
    text = heading or text_within(link, MAX_TITLE)
    return text or one_line(link.get("aria-label") or link.get("title") or "", MAX_TITLE)


def _is_headline(title: str, words: int = _MIN_WORDS) -> bool:
    return len(_WORD.findall(title)) >= words or len(_UNSPACED.findall(title)) >= _MIN_LETTERS


def _is_in_prose(link: "etree._Element") -> bool:
    # A link within a sentence leads away from what is told there; a headline begins its paragraph.
    paragraph = next((each for each in islice(link.iterancestors(), 3) if each.tag == "p"), None)
    if paragraph is None or not (paragraph.text or "").strip():
        return False
    return len(text_within(paragraph, _PROSE)) > _PROSE // 2 + len(text_within(link, _PROSE))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(tomllib.loads((files("digest.sources") / "page_links.toml").read_text("utf8"))[name])
