"""Stories out of briefs: which leads, and under whose headline."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from digest.editions.stories.likeness import READ
from digest.editions.stories.running import group_articles
from digest.model import Article, Brief, Story

_BEST_HEADLINE = range(4, 18)  # in words
_WORD = re.compile(r"[^\W_]+")


def make_article(
    *,
    text: str,
    title: str = "",
    site: str = "",
    url: str = "",
    published_at: datetime | None = None,
    language: str | None = None,
) -> Article:
    """Return an article of these words, for those who have them from elsewhere than a page.

    A naive time is taken as UTC.
    """
    if published_at is not None and published_at.tzinfo is None:
        published_at = published_at.replace(tzinfo=UTC)
    return Article(text=text, title=title, site=site, url=url, published_at=published_at, language=language)


def group_briefs(briefs: Sequence[Brief]) -> tuple[Story, ...]:
    """Return the stories that the briefs tell, each led by the brief that has most to show.

    The headline is one of the outlets' titles. The order of the briefs does not matter.
    """
    ordered = sorted(briefs, key=_identity)
    members: dict[int, list[Brief]] = defaultdict(list)
    for brief, label in zip(ordered, group_articles([brief.article for brief in ordered]), strict=True):
        members[label].append(brief)
    return tuple(_story(group) for group in members.values())


def _identity(brief: Brief) -> tuple[float, str, str, str]:
    article = brief.article
    return (article.published_at.timestamp() if article.published_at else 0.0, article.url, article.title, article.text)


def _story(briefs: list[Brief]) -> Story:
    briefs.sort(key=_shown, reverse=True)
    return Story(_headline([brief.article.title for brief in briefs]), tuple(briefs))


def _shown(brief: Brief) -> tuple[int, int]:
    return (
        len(brief.card.sentences) + len(brief.card.quotes) + len(brief.card.commitments),
        min(len(brief.article.text), READ),
    )


def _headline(titles: list[str]) -> str:
    words = [set(_WORD.findall(title.lower())) for title in titles]

    def worth(index: int) -> tuple[bool, bool, float, int]:
        shared = sum(len(words[index] & other) / (len(words[index] | other) or 1) for other in words)
        return ("?" not in titles[index], len(words[index]) in _BEST_HEADLINE, shared, -index)

    named = [index for index, title in enumerate(titles) if title]
    return titles[max(named, key=worth)] if named else ""
