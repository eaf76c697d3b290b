"""The ledger: one commitment over time, with everything that was reported of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from digest.model.reading import CommitmentKind, Strength


class Change(StrEnum):
    """How a telling changes what was on record before it.

    In the same terms (repeated) or other words (restated), with a nearer or an exact day or more of it (sharpened),
    with a later day or less of it (softened), with a condition that was not there (conditioned), taken back by the
    actor (withdrawn), or the opposite said by the actor (contradicted).
    """

    REPEATED = "repeated"
    RESTATED = "restated"
    SHARPENED = "sharpened"
    SOFTENED = "softened"
    CONDITIONED = "conditioned"
    WITHDRAWN = "withdrawn"
    CONTRADICTED = "contradicted"


class Trouble(StrEnum):
    """Why a telling counts no more: its article was corrected and says so no longer, was removed, or was retracted."""

    CORRECTED = "corrected"
    REMOVED = "removed"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Telling:
    """A commitment as one article tells it, all its words verbatim.

    `cue` are the words that commit: "promised to", "will"; empty where they stand outside the sentence. With
    `is_withdrawal` the article tells that the actor took it back ("dropped its plan to ..."). `told_at` is when the
    article was published, or first read. `change` is what it changed of what was on record before; None for the first.
    """

    actors: tuple[str, ...]
    kind: CommitmentKind
    what: str
    sentence: str
    condition: str | None = None
    deadline: str | None = None
    earliest: date | None = None
    latest: date | None = None
    strength: Strength = Strength.FIRM
    reported_by: str | None = None
    title: str = ""
    url: str = ""
    site: str = ""
    published_at: datetime | None = None
    id: int = 0
    cue: str = ""
    is_withdrawal: bool = False
    told_at: datetime | None = None
    change: Change | None = None
    trouble: Trouble | None = None


class Standing(StrEnum):
    """What people of a server say became of a commitment. The bot itself never judges."""

    KEPT = "kept"
    BROKEN = "broken"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody of a server says became of a commitment, when, and why they think so."""

    standing: Standing
    by_id: int
    by_name: str
    marked_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A commitment over time: its tellings as a server's sources brought them, oldest first, and the server's marks.

    There is at least one telling. Nothing is overwritten: the newest telling and the newest mark are what holds now.
    """

    id: int
    tellings: tuple[Telling, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> Telling:
        """The telling that brought it onto the record."""
        return self.tellings[0]

    @property
    def newest(self) -> Telling:
        """The newest telling that still counts; where none does, the newest of all."""
        counting = [telling for telling in self.tellings if telling.trouble is None]
        return (counting or self.tellings)[-1]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the outlets that tell it, each once, in the order in which they told."""
        return tuple(dict.fromkeys(telling.site for telling in self.tellings if telling.site))

    @property
    def mark(self) -> Mark | None:
        """The newest mark, if there is one."""
        return self.marks[-1] if self.marks else None
