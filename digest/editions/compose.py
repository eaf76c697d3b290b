"""Briefs to a digest: which stories, in which order, how many, and why."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from math import log2
from typing import TypeAlias
from zoneinfo import ZoneInfo

from digest.editions.phrases import OPENING, find_phrases
from digest.editions.updates import Continued, continue_stories
from digest.model import (
    ArticleKind,
    Brief,
    Choice,
    Coverage,
    Digest,
    LedgerEntry,
    Outcome,
    Period,
    Story,
    Strength,
    Told,
)

_Parts: TypeAlias = tuple[tuple[str, float], ...]

_RECENCY = 1.0
_OUTLETS = 1.0
_COMMITMENT = 0.3
_QUOTE = 0.1
_KEYWORD = 2.0
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
    told: Sequence[Told] = (),
    keywords: Sequence[str] = (),
    less: Sequence[str] = (),
) -> Digest:
    """Return the digest of these briefs: what one event is, told once; the weightiest `max_stories` stories first.

    A story weighs more the more outlets tell it, the newer it is, the more commitments and quotes it has to show, and
    where it names a keyword, and less where it names one of `less`. Of a story that was `told` before only what is new
    is shown, and nothing where nothing is. Pages with nothing to show (walled, empty) are left out; all that is left
    out is counted in the coverage, and `choices` say why. The order of the briefs does not matter.
    """
    shut = sorted(
        (choice for brief in briefs if (choice := _shut(brief, period)) is not None),
        key=lambda choice: (choice.urls, choice.headline),
    )
    readable = [brief for brief in briefs if _shut(brief, period) is None]
    found = continue_stories(readable, told, today=period.end.astimezone(ZoneInfo(zone)).date(), zone=ZoneInfo(zone))
    weigh = partial(_weight, period=period, keywords=keywords, less=less)
    groups = _choose(found, weigh, max_stories)
    choices = [_choice(one, outcome, weigh(one.story), period) for outcome, group in groups.items() for one in group]
    return Digest(
        name=name,
        period=period,
        zone=zone,
        stories=tuple(one.story for one in groups[Outcome.SHOWN]),
        falling_due=falling_due,
        coverage=_counted(coverage, (*choices, *shut)),
        choices=(*choices, *shut),
    )


def _choose(found: Sequence[Continued], weigh: Callable[[Story], _Parts], most: int) -> dict[Outcome, list[Continued]]:
    ranked = sorted((one for one in found if one.has_news), key=lambda one: _rank(one.story, weigh), reverse=True)
    return {
        Outcome.SHOWN: ranked[: max(most, 0)],
        Outcome.OVER_CAP: ranked[max(most, 0) :],
        Outcome.NOTHING_NEW: [one for one in found if not one.has_news],
    }


def _counted(coverage: Coverage, choices: Sequence[Choice]) -> Coverage:
    counts = Counter(choice.outcome for choice in choices)
    return replace(
        coverage,
        stories_left_out=counts[Outcome.OVER_CAP],
        stories_without_news=counts[Outcome.NOTHING_NEW],
        pages_walled=counts[Outcome.WALLED],
    )


def _shut(brief: Brief, period: Period) -> Choice | None:
    if brief.article.kind is ArticleKind.WALLED:
        outcome = Outcome.WALLED
    elif not brief.sentences:
        outcome = Outcome.EMPTY
    else:
        return None
    return Choice(brief.article.title, (brief.article.url,), outcome, period.end)


def _choice(one: Continued, outcome: Outcome, weight: _Parts, period: Period) -> Choice:
    urls = tuple(brief.article.url for brief in one.story.briefs)
    return Choice(one.story.headline, urls, outcome, one.told.began_at if one.told else period.end, weight)


def _rank(story: Story, weigh: Callable[[Story], _Parts]) -> tuple[float, float, str]:
    lead = story.briefs[0].article
    return (sum(part for _, part in weigh(story)), _newest(story), f"{lead.url} {lead.title}")


def _weight(story: Story, period: Period, keywords: Sequence[str], less: Sequence[str]) -> _Parts:
    lead = story.briefs[0]
    firm = sum(lead.commitments[index].strength is Strength.FIRM for index in lead.card.commitments)
    return (
        ("outlets", _OUTLETS * log2(1 + max(len(story.outlets), 1))),
        ("recency", _RECENCY * _recency(story, period)),
        ("commitments", _COMMITMENT * min(firm, _MOST_COUNTED)),
        ("quotes", _QUOTE * min(len(lead.card.quotes), _MOST_COUNTED)),
        ("keywords", _KEYWORD * min(_named(story, keywords), _MOST_COUNTED)),
        ("less", 0 - _KEYWORD * min(_named(story, less), _MOST_COUNTED)),
    )


def _named(story: Story, keywords: Sequence[str]) -> int:
    openings = chain.from_iterable((brief.article.title, brief.article.text[:OPENING]) for brief in story.briefs)
    return len(find_phrases("\n".join(openings), set(keywords)))


def _newest(story: Story) -> float:
    return max(
        (brief.article.published_at.timestamp() for brief in story.briefs if brief.article.published_at), default=0.0
    )


def _recency(story: Story, period: Period) -> float:
    length = (period.end - period.start).total_seconds()
    age = period.end.timestamp() - _newest(story)
    return min(max(1 - age / length, 0.0), 1.0) if length > 0 else 0.0
