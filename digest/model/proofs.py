"""What stands behind the words of a digest: its articles as they were read then, and what became of their pages."""

from dataclasses import dataclass
from datetime import datetime

from digest.model.editions import Outcome, Story
from digest.model.ledger import Trouble
from digest.model.reading import Brief


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article behind a story: `brief`, read at `fetched_at`, is its version as the edition showed it.

    `newest` is the last of its `versions`, first read at `changed_at`; its page was last seen to be so at `checked_at`.
    `entry_ids` are the entries of the ledger that the commitments of `brief` belong to, in their order.
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


@dataclass(frozen=True, slots=True)
class ToldStory:
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
    weight: tuple[tuple[str, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    least_shown: float | None = None
    shown: int = 0

    @property
    def story(self) -> Story:
        """The story with everything that its articles had when the edition was composed."""
        return Story(self.headline, tuple(one.brief for one in self.evidence))
