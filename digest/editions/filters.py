"""Which entries of a source a guild lets through."""

from collections.abc import Iterable

from digest.editions.phrases import find_phrases, fold
from digest.model import Article, Entry, Filters

LEAD = 500
"""Characters of the text that keywords are looked for in, beside title and summary."""


def lets_through(filters: Filters, entry: Entry, article: Article | None = None) -> bool:
    """Return whether an entry passes: it must meet each kind of filter that is set, and one word of a kind is enough.

    What is not known fails a filter of authors or sections, but not one of languages. With the article that was read,
    its title, byline, language and lead count as well.
    """
    words = "\n".join([entry.title, entry.summary, *([article.title, article.text[:LEAD]] if article else ())])
    authors = (entry.author, article.byline if article else "")
    language = (article and article.language) or entry.language
    return (
        (not filters.keywords or bool(find_phrases(words, filters.keywords)))
        and not (filters.without and find_phrases(words, filters.without))
        and (not filters.authors or _is_part(filters.authors, authors))
        and (not filters.sections or _is_part(filters.sections, entry.sections))
        and (not filters.languages or language is None or language.partition("-")[0].lower() in filters.languages)
    )


def _is_part(wanted: Iterable[str], names: Iterable[str]) -> bool:
    folded = [fold(name) for name in names]
    return any(part in name for part in map(fold, wanted) for name in folded)
