"""HTML and XML to trees, and markup to plain text: the only module of the sources that knows lxml."""

import re
from typing import TYPE_CHECKING, Any

from digest.model import Page
from digest.reading.charset import decode_page
from digest.sources.links import absolute_url

if TYPE_CHECKING:
    from lxml import etree

MAX_MARKUP = 20_000
"""The stretch of a title or a summary that is looked at, markup included."""

_MAX_PAGE = 3_000_000
_MAX_PIECES = 300
_MAX_DEPTH = 20
_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "em", "i", "mark", "q", "s", "small", "strong", "sub", "sup", "u", "wbr"}
)
_BLOCK_TAG = re.compile(r"(?=</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|table|blockquote|figure)\b)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def parse_html(page: Page) -> "etree._Element | None":
    """Return the tree of the page, or None where there is none; of a vast page only the start is read."""
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    text = (decode_page(page.body, page.charset) or "")[:_MAX_PAGE].encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        return None


def feed_html(text: str, target: Any) -> None:
    """Tell the target (start, end, data, close) of each tag of what may be broken XML, with names in lower case."""
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    etree.fromstring(text.encode(), etree.HTMLParser(target=target, encoding="utf-8", no_network=True))


def parse_xml(body: bytes) -> "etree._Element | None":
    """Return the tree of what may be broken XML, or None; no entity is expanded and nothing else is loaded."""
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None


def strip_markup(markup: str) -> str:
    """Return the text of a stretch of HTML, without scripts and styles; where a block begins or ends, a space."""
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    body = _BLOCK_TAG.sub(" ", markup[:MAX_MARKUP]).encode("utf-8", "replace")
    root = etree.fromstring(b"<div>" + body + b"</div>", etree.HTMLParser(encoding="utf-8", no_network=True))
    return "".join(root.xpath("//text()[not(parent::script or parent::style)]"))


def drop_control(text: str) -> str:
    """Return the text without the characters that neither XML nor a terminal should see; line breaks and tabs stay."""
    return _CONTROL.sub("", text)


def one_line(text: str, limit: int) -> str:
    """Return the text without control characters and line breaks, cut at a word where it is longer than `limit`."""
    line = " ".join(drop_control(text[:MAX_MARKUP]).split())
    if len(line) <= limit:
        return line
    return line[: limit + 1].rpartition(" ")[0].rstrip() or line[:limit]


def page_base_url(root: "etree._Element", url: str) -> str:
    """Return what relative links of the page count from: its first `<base>`, else its own url."""
    return absolute_url(url, next(iter(root.xpath("//base/@href")), "")) or url


def text_within(element: "etree._Element", limit: int) -> str:
    """Return the element's text on one line; of a vast one only the beginning is looked at."""
    pieces: list[str] = []
    _gather(element, pieces, _MAX_DEPTH)
    return one_line("".join(pieces), limit)


def _gather(element: "etree._Element", pieces: list[str], depth: int) -> None:
    if element.tag in _HIDDEN or not depth:
        return
    pieces.append((element.text or "")[:MAX_MARKUP])
    for child in element:
        if len(pieces) > _MAX_PIECES:
            return
        space = "" if child.tag in _INLINE else " "
        pieces.append(space)
        _gather(child, pieces, depth - 1)
        pieces.append(space + (child.tail or "")[:MAX_MARKUP])
