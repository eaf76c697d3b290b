"""Where something was told, in small print: outlet, article, day."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts
from bot.render.days import show_instant
from bot.render.text import link, shorten

_SITE = 60
_TITLE = 150


def show_place(
    site: str, title: str, url: str, told_at: datetime | None, *, before: Sequence[str] = (), after: Sequence[str] = ()
) -> str:
    """Return a line of small print: what stands `before`, outlet, article and day where known, what stands `after`."""
    day = show_instant(told_at, "D") if told_at else ""
    parts = [part for part in (*before, show_site(site), link_article(title, url), day, *after) if part]
    return texts.SMALL.format(text=" · ".join(parts)) if parts else ""


def show_site(site: str, url: str = "") -> str:
    """Return the outlet's name, as a link to its article where that has an address."""
    return link(site, url, _SITE) if url else shorten(site, _SITE)


def link_article(title: str, url: str) -> str:
    """Return the article's title as a link, nothing where it has no title or no address."""
    return link(title, url, _TITLE) if title and url else ""
