"""What stands behind the words of a digest: its articles as they were read then, and what became of their pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.editions import Outcome, Story
from digest.model.ledger import Trouble
from digest.model.reading import Brief, Span
from digest.model.sources import Failure


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article behind a story: `brief`, read at `fetched_at`, is its version as the edition showed it.

    `newest` is the last of its `versions`, first read at `changed_at`; its page was last seen to be so at `checked_at`.
    Of a newest version that is not whole only the paragraphs are kept that are shown. `entry_ids` are the ledger's
    entries that the commitments of `brief` belong to, in their order. `hidden` and `newest_hidden` are where the texts
    of the two have something that the guild hides.
    """

    article_id: int
    brief: Brief
    version: int
    fetched_at: datetime
    newest: Brief
    versions: int
    changed_at: datetime
    checked_at: datetime
    trouble: Trouble | None = None
    entry_ids: tuple[int, ...] = ()
    is_newest_whole: bool = True
    hidden: tuple[Span, ...] = ()
    newest_hidden: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionStory:
    """A story that an edition could have told: what became of it, why, and the articles of it that a guild may see.

    `number` counts from 1, and those that were shown come first. `weight` is as in Choice; `least_shown` is what the
    last story that was shown weighed, and `shown` how many were.
    """

    edition_id: int
    number: int
    headline: str
    outcome: Outcome
    composed_at: datetime
    digest: str
    zone: str
    weight: tuple[tuple[str, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    least_shown: float | None = None
    shown: int = 0

    @property
    def story(self) -> Story:
        """The story with everything that its articles had when the edition was composed."""
        return Story(self.headline, tuple(one.brief for one in self.evidence))


class Fate(StrEnum):
    """What became of something that a source listed and no edition told as a story.

    UNREAD: it waits to be read. KNOWN: it was listed already when the source was added. FAILED: its page gave nothing.
    OLD: dated before the server followed its source. FILTERED: kept out by the server's filters. PASSED: an edition
    took it without weighing it: there was too much, or it was too old. WAITING: read, for an edition still to come.
    """

    UNREAD = "unread"
    KNOWN = "known"
    FAILED = "failed"
    OLD = "old"
    FILTERED = "filtered"
    PASSED = "passed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Traced:
    """Something that a source of the guild listed at `listed_at`, and what became of it.

    `failure` says why its page gave nothing, and `next_try_at` when it is tried again, if it is. `digest` is the one
    whose edition, composed at `composed_at`, took it.
    """

    title: str
    url: str
    source: str
    listed_at: datetime
    fate: Fate
    failure: Failure | None = None
    next_try_at: datetime | None = None
    digest: str = ""
    composed_at: datetime | None = None


class SentencePlace(StrEnum):
    """Where a sentence came to stand: on the card, in the summary only, or in neither."""

    CARD = "card"
    SUMMARY = "summary"
    OUT = "out"


class SentenceFitness(StrEnum):
    """How a sentence can be shown: alone, only after the one before it, or never."""

    ALONE = "alone"
    AFTER = "after"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SentenceReason:
    """Why a sentence of an article is shown or not: the `number`-th of `sentences`, counted from 1.

    It weighs the `rank`-th most of the `weighed` that can be shown; `weight` are the parts, which add up, and
    `least_chosen` is the least that a sentence of the summary weighs. `said` is the share of its telling words that the
    heaviest like it, chosen before, has too. `leans_shown`: the one before it, which it needs, is shown.
    """

    words: str
    number: int
    sentences: int
    place: SentencePlace
    fitness: SentenceFitness
    rank: int | None = None
    weighed: int = 0
    weight: tuple[tuple[str, float], ...] = ()
    least_chosen: float | None = None
    said: float = 0.0
    leans_shown: bool = False
