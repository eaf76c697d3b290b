"""Tellings: commitments as the newest version of each article that has them tells them."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from digest.model import CommitmentKind, Strength, Telling, Trouble
from digest.store.briefs import pieces_of
from digest.store.schema import article_versions, articles, commitments

_LATER, _LATER_VERSION = commitments.alias("later"), article_versions.alias("later_version")

_IS_LAST = ~(
    exists()
    .where(
        _LATER.c.entry_id == commitments.c.entry_id,
        _LATER.c.version_id == _LATER_VERSION.c.id,
        _LATER_VERSION.c.article_id == article_versions.c.article_id,
        _LATER_VERSION.c.number > article_versions.c.number,
    )
    .correlate(commitments, article_versions)
)

NEWEST_FIRST = (commitments.c.told_at.desc(), commitments.c.version_id.desc(), commitments.c.position)

TELLING = (
    commitments,
    *(article_versions.c[name] for name in ("article_id", "title", "url", "site", "published_at")),
    articles.c.trouble,
    (article_versions.c.number < articles.c.version).label("is_corrected"),
)
"""The columns of which `telling_of` makes a telling."""


def select_tellings(
    *columns: Any, outer: Callable[[ColumnElement[Any]], ColumnElement[Any]] = lambda column: column
) -> Select[Any]:
    """Return a select of the tellings on record: of an entry that several versions of an article tell, the newest's.

    With `outer`, that of a `Way`, it begins with the commitments.
    """
    return (
        select(*columns)
        .join_from(commitments, article_versions, article_versions.c.id == outer(commitments.c.version_id))
        .join(articles, articles.c.id == outer(article_versions.c.article_id))
        .where(_IS_LAST)
    )


def telling_of(row: Mapping[str, Any]) -> Telling:
    """Return the telling that these columns are of."""
    corrected = Trouble.CORRECTED if row["is_corrected"] else None
    return Telling(
        actors=pieces_of(row["actors"], [name for name, _ in row["spans"]["actors"]]),
        kind=CommitmentKind(row["kind"]),
        what=row["what"],
        sentence=row["sentence"],
        condition=row["condition"],
        deadline=row["deadline"],
        earliest=row["earliest"],
        latest=row["latest"],
        strength=Strength(row["strength"]),
        reported_by=row["reported_by"],
        title=row["title"],
        url=row["url"],
        site=row["site"],
        published_at=row["published_at"],
        id=row["id"],
        cue=_cue(row),
        is_withdrawal=row["is_withdrawal"],
        told_at=row["told_at"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else corrected,
    )


def _cue(row: Mapping[str, Any]) -> str:
    first, last = row["spans"]["cue"]
    start, end = row["spans"]["sentence"]
    sentence: str = row["sentence"]
    return sentence[first - start : last - start] if start <= first and last <= end else ""
