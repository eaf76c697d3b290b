"""Briefs to a digest: which stories, in which order, how many."""

from collections.abc import Sequence
from dataclasses import replace
from math import log2

from digest.editions.stories import group_briefs
from digest.model import ArticleKind, Brief, Coverage, Digest, LedgerEntry, Period, Story, Strength

_RECENCY = 1.0
_OUTLETS = 1.0
_COMMITMENT = 0.3
_QUOTE = 0.1
_MOST_COUNTED = 3


def compose_digest(
    briefs: Sequence[Brief],
    *,
    name: str,
    period: Period,
    zone: str,
    max_stories: int,
    falling_due: tuple[LedgerEntry, ...] = (),
    coverage: Coverage = Coverage(),  # noqa: B008 -- frozen
) -> Digest:
    """Return the digest of these briefs: what one event is, told once; the weightiest `max_stories` stories first.

    A story weighs more the more outlets tell it, the newer it is, and the more commitments and quotes it has to show.
    Pages with nothing to show (walled, empty) are left out; stories over the cap are counted in the coverage. The
    order of the briefs does not matter.
    """
    readable = [brief for brief in briefs if brief.article.kind is not ArticleKind.WALLED and brief.sentences]
    stories = sorted(group_briefs(readable), key=lambda story: _weight(story, period), reverse=True)
    kept = tuple(stories[: max(max_stories, 0)])
    return Digest(
        name=name,
        period=period,
        zone=zone,
        stories=kept,
        falling_due=falling_due,
        coverage=replace(coverage, stories_left_out=len(stories) - len(kept)),
    )


def _weight(story: Story, period: Period) -> tuple[float, float, str]:
    lead = story.briefs[0]
    firm = sum(lead.commitments[index].strength is Strength.FIRM for index in lead.card.commitments)
    weight = (
        _OUTLETS * log2(1 + max(len(story.outlets), 1))
        + _RECENCY * _recency(story, period)
        + _COMMITMENT * min(firm, _MOST_COUNTED)
        + _QUOTE * min(len(lead.card.quotes), _MOST_COUNTED)
    )
    return (weight, _newest(story), f"{lead.article.url} {lead.article.title}")


def _newest(story: Story) -> float:
    return max(
        (brief.article.published_at.timestamp() for brief in story.briefs if brief.article.published_at), default=0.0
    )


def _recency(story: Story, period: Period) -> float:
    length = (period.end - period.start).total_seconds()
    age = period.end.timestamp() - _newest(story)
    return min(max(1 - age / length, 0.0), 1.0) if length > 0 else 0.0
