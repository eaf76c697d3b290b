"""What look-ups find: enough of an article or a quote to list it."""

from dataclasses import dataclass
from datetime import datetime

from digest.model.reading import QuoteKind


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that a look-up found: enough to list it. `lead` is its first summary sentence."""

    id: int
    title: str
    url: str
    site: str
    published_at: datetime | None
    lead: str


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A quote that a look-up found: its words, a string for each pair of marks, and who said them where.

    `also_in` are other outlets that print the same words of the same speaker.
    """

    id: int
    kind: QuoteKind
    words: tuple[str, ...]
    speaker: str | None
    role: str | None
    title: str
    url: str
    site: str
    published_at: datetime | None
    is_speaker_sure: bool = True
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryHit:
    """A story that was told: enough to list it."""

    id: int
    headline: str
    told_at: datetime
