"""When two pages are the same article, and what its source knows better than the page."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from digest.model import Article, Brief, Entry, Source
from digest.sources.links import plain_url

_FACES = ("www.", "m.", "mobile.", "amp.")  # of one site, for different screens
_A_DAY = timedelta(days=1)
_BEFORE_THE_WEB = 1990


def identity_of(article: Article) -> str:
    """Return what makes it the same article when it comes again: its canonical url, where that can be believed.

    A page may speak for its own site only, else anybody could put words into another outlet's article. Nor is a whole
    site one article, which a home page named as the canonical url of every page would make of it.
    """
    url, canonical = plain_url(article.url), plain_url(article.canonical_url)
    if not url or not canonical:
        return url or canonical
    is_home = urlsplit(canonical).path in ("", "/") and not urlsplit(canonical).query
    return canonical if _site(canonical) == _site(url) and not is_home else url


def complete(brief: Brief, entry: Entry, source: Source, *, now: datetime) -> Brief:
    """Return the brief with its outlet named and dated, by its source where the page does not say.

    A page that prints a day says midnight: where the entry falls on that day, it knows the minute. A date before there
    was a web, or after tomorrow, is none.
    """
    article = brief.article
    published_at = _credible(article.published_at, now)
    listed_at = _credible(entry.published_at, now)
    if published_at is None or (listed_at and _is_a_day(published_at) and abs(listed_at - published_at) < _A_DAY):
        published_at = listed_at
    article = replace(
        article,
        site=article.site or source.name,
        published_at=published_at,
        modified_at=_credible(article.modified_at, now),
    )
    return replace(brief, article=article)


def _credible(instant: datetime | None, now: datetime) -> datetime | None:
    if instant is None or instant.year < _BEFORE_THE_WEB or instant > now + _A_DAY:
        return None
    return instant


def _is_a_day(instant: datetime) -> bool:
    return instant.time() == time()


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    for face in _FACES:
        host = host.removeprefix(face)
    return host
