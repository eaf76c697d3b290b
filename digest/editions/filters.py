"""Which entries of a source a guild lets through."""

import re
from collections.abc import Iterable
from functools import lru_cache

from digest.model import Article, Entry, Filters

LEAD = 500
"""Characters of the text that keywords are looked for in, beside title and summary."""


def lets_through(filters: Filters, entry: Entry, article: Article | None = None) -> bool:
    """Return whether an entry passes: it must meet each kind of filter that is set, and one word of a kind is enough.

    What is not known fails a filter of authors or sections, but not one of languages. With the article that was read,
    its title, byline, language and lead count as well.
    """
    words = "\n".join([entry.title, entry.summary, *([article.title, article.text[:LEAD]] if article else ())])
    author = f"{entry.author}\n{article.byline if article else ''}".casefold()
    language = (article and article.language) or entry.language
    return (
        (not filters.keywords or _has_any(words, filters.keywords))
        and not _has_any(words, filters.without)
        and (not filters.authors or any(name.casefold() in author for name in filters.authors))
        and (not filters.sections or _is_filed(entry.sections, filters.sections))
        and (not filters.languages or language is None or language[:2].lower() in filters.languages)
    )


def _is_filed(sections: Iterable[str], wanted: Iterable[str]) -> bool:
    filed = [section.casefold() for section in sections]
    return any(name.casefold() in section for name in wanted for section in filed)


def _has_any(words: str, phrases: tuple[str, ...]) -> bool:
    return bool(phrases) and _pattern(phrases).search(words) is not None


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in phrases), re.IGNORECASE)
