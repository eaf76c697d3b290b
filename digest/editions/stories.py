"""Which articles tell one event; the only module that knows scikit-learn."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from digest.model import Article, Brief, Story

if TYPE_CHECKING:
    import numpy as np

LIKENESS_HALVES_IN = timedelta(days=30)
"""The words of two articles count half as much for every such stretch between them: what comes back is a new event."""

LIKE_ENOUGH = 0.13
"""Least average cosine within a story. With LIKENESS_HALVES_IN tuned on the even half of Giveme5W1H's events."""

_READ = 2000  # characters of text: news puts what happened first, and what follows is shared background
_TITLE_COUNTS = 3
_PAIR = 2
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


def group_articles(articles: Sequence[Article]) -> tuple[int, ...]:
    """Return a label for each article: those of one story share one. Labels count from 0 in the order of appearance.

    Articles are alike by the words of title and opening, less so the more time lies between them; an article without
    a time goes where its words belong. Memory grows with the square of their number.
    """
    distances = _distances(articles) if len(articles) >= _PAIR else None
    if distances is None:  # one article, or no words to compare: each stands alone
        return tuple(range(len(articles)))
    labels = _clusters(distances)
    order = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    return tuple(order[label] for label in labels)


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
        min(len(brief.article.text), _READ),
    )


def _headline(titles: list[str]) -> str:
    words = [set(_WORD.findall(title.lower())) for title in titles]

    def worth(index: int) -> tuple[bool, bool, float, int]:
        shared = sum(len(words[index] & other) / (len(words[index] | other) or 1) for other in words)
        return ("?" not in titles[index], len(words[index]) in _BEST_HEADLINE, shared, -index)

    named = [index for index, title in enumerate(titles) if title]
    return titles[max(named, key=worth)] if named else ""


def _distances(articles: Sequence[Article]) -> "np.ndarray | None":
    import numpy as np  # noqa: PLC0415 -- heavy: only processes that group pay for it
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 -- heavy

    texts = [f"{f'{article.title}. ' * _TITLE_COUNTS}{article.text[:_READ]}" for article in articles]
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english", strip_accents="unicode")
    try:
        vectors = vectorizer.fit_transform(texts)
    except ValueError:  # no words at all
        return None
    times = np.array([article.published_at.timestamp() if article.published_at else np.nan for article in articles])
    apart = np.nan_to_num(np.abs(times[:, None] - times[None, :])) / LIKENESS_HALVES_IN.total_seconds()
    return np.asarray(1 - (vectors @ vectors.T).toarray() * 0.5**apart)


def _clusters(distances: "np.ndarray") -> list[int]:
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415 -- heavy

    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - LIKE_ENOUGH
    )
    return [int(label) for label in clustering.fit_predict(distances)]
