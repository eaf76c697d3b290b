"""What a page turned out to be: an article, a live blog, a gallery, a list, a video, or a wall before one of them."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from digest.model import ArticleKind
from digest.reading.furniture import COOKIES
from digest.reading.head import Head

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORT_OF_AN_ARTICLE = 1200
# Said straight to the reader; that an article tells of subscribers is no wall.
_WALL = re.compile(
    r"(?:\bsubscribe (?:now |today )?(?:to (?:continue|read|keep|unlock)|for (?:full|unlimited) access)\b"
    r"|(?:log|sign) in (?:or (?:register|subscribe|sign up) )?to (?:continue|read|keep reading|view this)\b"
    r"|(?:register|sign up)(?: now| for free)? to (?:continue|keep reading"
    r"|read (?:the|this) (?:full|whole|article|story))\b"
    r"|this (?:article|content|story|post|page) is (?:(?:exclusive(?:ly)?|only|reserved|available) ){1,3}"
    r"(?:for|to) (?:our )?(?:paying )?(?:subscribers|members)\b"
    r"|(?:for subscribers only|subscribers? only|already a subscriber)\W{0,3}(?:$|log|sign)"
    r"|(?:^ ?|[.!?] )to (?:continue|keep) reading(?: this (?:article|story)|[,.:!]|$)"
    r"|to read the (?:full|whole|rest of (?:this|the)) (?:article|story)\b"
    r"|create (?:a|your) free account to (?:continue|read)"
    r"|you(?:['’]ve| have) (?:reached|used) (?:your|all (?:of )?your|the) [\w ]{0,30}"
    r"(?:limit|free (?:articles|stories))\b"
    r"|(?:please )?(?:enable|turn on) (?:javascript|cookies)(?: and cookies)?"
    r" (?:to (?:continue|view|proceed|read)|in your)"
    r"|(?:please )?disable your ad ?blocker|are you a (?:robot|human)\?"
    r"|checking (?:that|if|your) [\w ]{0,30}(?:browser|human)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a robot))",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT = re.compile(
    r"\b(?:(?:accept|consent to|agree to) (?:all )?(?:cookies|personali[sz]ed)|before you continue(?: to)?"
    r"|we value your privacy|(?:we|we and our (?:[\d,]+ )?partners) (?:use|store|process)"
    r" [^.]{0,60}\b(?:cookies|on (?:a|your) device))\b",
    re.IGNORECASE,
)
_MOSTLY = 0.5
_NO_WORDS = ("script", "style", "noscript", "template", "nav", "header", "footer", "iframe", "head")
_INLINE = frozenset(["a", "b", "strong", "i", "em", "u", "span", "button"])
_LIVE = re.compile(
    r"^live\b|\blive(?: updates?| ?blog| ticker|:| [–|-])|\bas it happened\b|\bminute[ -]by[ -]minute\b|\bliveticker\b"
    r"|\ben (?:direct|vivo)\b|\bminuto a minuto\b",
    re.IGNORECASE,
)
_LIVE_ADDRESS = re.compile(r"/live(?:blog|ticker)?(?:/|-|$)|[-/]live-?(?:updates?|blog|ticker)\b", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:[01]?\d|2[0-3])[.:h][0-5]\d(?:\s?[ap]\.?m\b\.?)?", re.IGNORECASE)
_FEWEST_TIMES = 4
_PICTURED = re.compile(
    r"\bin (?:pictures|photos|images)\b|^(?:photos?|pictures|gallery|photo essay|slideshow)\s*[:|–-]"
    r"|[:|–-]\s*(?:photos?|pictures|gallery|photo essay|slideshow)$|\bbilderstrecke\b|\bfotostrecke\b|\ben images\b",
    re.IGNORECASE,
)
_PICTURED_ADDRESS = re.compile(
    r"/(?:galler(?:y|ies)|in-pictures|photo-?(?:galler(?:y|ies)|essays?)|slideshows?)(?:/|$)"
)
_FEWEST_PICTURES = 4
_ITEM = re.compile(r"^\W{0,2}(\d{1,3})[.):]?\s+\S|^(?:no|nr|number)\.? (\d{1,3})\b", re.IGNORECASE)
_HEADINGS = ("h2", "h3", "h4")
_FEWEST_ITEMS = 5
_LISTS = frozenset({"ItemList", "CollectionPage", "SearchResultsPage"})
_GALLERIES = frozenset({"ImageGallery", "MediaGallery"})


def kind_of(text: str, tree: "HtmlElement", head: Head, url: str) -> ArticleKind:
    """Return what the page is whose readable text this is; only what says so itself is anything but an article."""
    is_short = len(text) < _SHORT_OF_AN_ARTICLE
    if is_short and (not head.is_free or asks_first(tree, text)):
        return ArticleKind.WALLED
    if "LiveBlogPosting" in head.types or _is_live(text, tree, head.title, url):
        return ArticleKind.LIVE_BLOG
    if (_GALLERIES & head.types and not head.is_article) or _is_gallery(tree, head.title, url):
        return ArticleKind.GALLERY
    if is_short and (head.genre.startswith("video") or ("VideoObject" in head.types and not head.is_article)):
        return ArticleKind.VIDEO
    return ArticleKind.LIST if _is_list(text, tree, head) else ArticleKind.ARTICLE


def asks_first(tree: "HtmlElement", text: str) -> bool:
    """Return whether a page of so little text asks to pay, log in or prove oneself, or is mostly about consent."""
    if _WALL.search(text):
        return True
    lines = text.split("\n")
    asking = sum(len(line) for line in lines if COOKIES.fullmatch(line) or _CONSENT.search(line))
    return asking > _MOSTLY * len(text) or bool(_WALL.search(_words_of(tree))) or (not text and _is_consent(tree))


def only_asks(text: str) -> bool:
    """Return whether every line asks to pay or to log in: then nothing of an article is there."""
    return all(_WALL.search(line) for line in text.split("\n"))


def _is_consent(tree: "HtmlElement") -> bool:
    return bool(_CONSENT.search(_words_of(tree)))


def _words_of(tree: "HtmlElement") -> str:
    # A button in a header asks nobody to pay before reading; each block begins a line.
    waiting: list[tuple[HtmlElement | None, str]] = [(tree, "")]
    words = []
    while waiting:
        element, tail = waiting.pop()
        if element is None:
            words.extend(tail.split())
            continue
        waiting.append((None, tail))
        if isinstance(element.tag, str) and element.tag not in _NO_WORDS:
            said = (element.text or "").split()
            words.extend(said if element.tag in _INLINE or not said else ("\n", *said))
            waiting.extend((child, child.tail or "") for child in reversed(element))
    return " ".join(words)


def _is_live(text: str, tree: "HtmlElement", title: str, url: str) -> bool:
    if not (_LIVE.search(title) or _LIVE_ADDRESS.search(url)):
        return False
    stamped = sum(bool(_CLOCK.match(line)) for line in text.split("\n"))
    return max(stamped, sum(1 for _ in tree.iter("time"))) >= _FEWEST_TIMES


def _is_gallery(tree: "HtmlElement", title: str, url: str) -> bool:
    if not (_PICTURED.search(title) or _PICTURED_ADDRESS.search(unquote(url))):
        return False
    return sum(figure.find(".//img") is not None for figure in tree.iter("figure")) >= _FEWEST_PICTURES


def _is_list(text: str, tree: "HtmlElement", head: Head) -> bool:
    headings = list(tree.iter(*_HEADINGS))
    numbers = [int(found[1] or found[2]) for found in map(_ITEM.match, map(_heading, headings)) if found]
    runs = sum(abs(second - first) == 1 for first, second in pairwise(numbers))
    if runs + 1 >= _FEWEST_ITEMS:
        return True
    if head.is_article or head.genre == "article" or head.published_at:
        return False
    lines = set(text.split("\n"))
    linked = sum(_is_link(heading) and _heading(heading) in lines for heading in headings)
    return bool(_LISTS & head.types) or linked >= _FEWEST_ITEMS


def _heading(element: "HtmlElement") -> str:
    return " ".join(str(element.text_content()).split())


def _is_link(element: "HtmlElement") -> bool:
    parent = element.getparent()
    return element.find(".//a") is not None or (parent is not None and parent.tag == "a")
