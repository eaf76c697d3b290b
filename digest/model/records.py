"""What was read and told, as somebody looks back at it: an article, a story over time, a speaker, the last days."""

from dataclasses import dataclass
from datetime import date, datetime

from digest.model.editions import Story, StoryQuote, Subscription
from digest.model.ledger import LedgerEntry, Trouble
from digest.model.reading import Brief


@dataclass(frozen=True, slots=True)
class IssuedDigest:
    """A digest that a guild was sent, with its messages as they stand now: a corrected one as it was corrected.

    `day` is the local day that it belongs to; `message_id` is the first message that stands, None until one does.
    Messages that somebody deleted, or that could not be posted, are not there.
    """

    edition_id: int
    subscription: Subscription
    day: date
    composed_at: datetime
    channel_id: int
    payloads: tuple[str, ...]
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as it was last read, how often its words changed, what is wrong with it, and its commitments."""

    id: int
    brief: Brief
    first_read_at: datetime
    read_at: datetime
    versions: int = 1
    trouble: Trouble | None = None
    troubled_at: datetime | None = None
    entries: tuple[LedgerEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerRecord:
    """Somebody who is quoted: the names and the roles that articles print, those of the newest quotes first."""

    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryHit:
    """A story that was told: enough to list it."""

    id: int
    headline: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """An article that a story was told by, as it was last read, and why it counts no more, if it does not."""

    id: int
    brief: Brief
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as one edition told it; the article that it showed first comes first."""

    id: int
    headline: str
    began_at: datetime
    told_at: datetime
    articles: tuple[ToldArticle, ...]


@dataclass(frozen=True, slots=True)
class StoryStep:
    """An article of a story over time: when a channel was told of it, and on which day of the story."""

    article: ToldArticle
    told_at: datetime
    day: int


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """One story over time: its articles in the order in which channels were told of them, its strongest quotes.

    `entries` are the commitments of its articles as they stand.
    """

    id: int
    headline: str
    began_at: datetime
    steps: tuple[StoryStep, ...]
    quotes: tuple[StoryQuote, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the outlets that told it, each once, in the order in which they did."""
        sites = (step.article.brief.article.site for step in self.steps)
        return tuple(dict.fromkeys(site for site in sites if site))


@dataclass(frozen=True, slots=True)
class RecapStory:
    """A story that editions of the last days told: under its newest headline, with what was new when it was told last.

    `story.day` counts the days since it began, `tellings` the editions that told it.
    """

    story: Story
    began_at: datetime
    told_at: datetime
    tellings: int = 1


@dataclass(frozen=True, slots=True)
class Recap:
    """The editions of some days as one: each story once, and what became of commitments meanwhile.

    `standing` are open commitments that these editions showed, `fallen_due` those whose last day has come since then,
    `withdrawn` those taken back since then. `articles_gone` were told and removed or retracted since: nothing of them
    is here.
    """

    since: datetime
    until: datetime
    editions: int
    stories: tuple[RecapStory, ...] = ()
    standing: tuple[LedgerEntry, ...] = ()
    fallen_due: tuple[LedgerEntry, ...] = ()
    withdrawn: tuple[LedgerEntry, ...] = ()
    articles_gone: int = 0
