"""A page to its feeds: what it names with `<link rel="alternate">`."""

from typing import TYPE_CHECKING

from digest.model import Page
from digest.sources.links import absolute_url

if TYPE_CHECKING:
    from lxml import etree

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)


def find_feeds(page: Page) -> tuple[str, ...]:
    """Return the absolute http(s) urls of the feeds that the page names, in its order, each once.

    Relative ones count from the page's `<base>`, as in browsers. Pure; never raises, whatever the bytes.
    """
    root = _parse(page)
    if root is None:
        return ()
    base_url = absolute_url(page.url, next(iter(root.xpath("//base/@href")), "")) or page.url
    links = (link for link in root.iter("link") if _names_feed(link))
    urls = (absolute_url(base_url, link.get("href", "")) for link in links)
    return tuple(dict.fromkeys(url for url in urls if url))


def _parse(page: Page) -> "etree._Element | None":
    from lxml import etree  # noqa: PLC0415 -- only reading processes pay for it

    try:
        parser = etree.HTMLParser(encoding=page.charset, no_network=True, remove_comments=True, remove_pis=True)
    except LookupError:
        parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(page.body, parser)
    except etree.XMLSyntaxError:
        return None


def _names_feed(link: "etree._Element") -> bool:
    rel = link.get("rel", "").lower().split()
    media_type = link.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in rel and "stylesheet" not in rel and media_type in _FEED_TYPES
