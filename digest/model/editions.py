"""What is said, and when: stories and digests, subscriptions and their slots, editions on their way."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from digest.model.ledger import LedgerEntry
from digest.model.reading import Brief, Quote
from digest.model.sources import Failure


@dataclass(frozen=True, slots=True)
class Story:
    """One event: the briefs of the outlets that tell it, the one to show first, under its headline as published.

    `day` counts the days on which a channel is told of it: 1 where it is new; later the briefs show only what is.
    """

    headline: str
    briefs: tuple[Brief, ...]
    day: int = 1

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the outlets that tell it, each once, in the order of the briefs."""
        return tuple(dict.fromkeys(brief.article.site for brief in self.briefs if brief.article.site))


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a subscription was told it: since when, and by which briefs, the one that was shown first."""

    began_at: datetime
    briefs: tuple[Brief, ...]


class Outcome(StrEnum):
    """What became of a story that could have been told."""

    SHOWN = "shown"
    OVER_CAP = "over_cap"
    NOTHING_NEW = "nothing_new"
    WALLED = "walled"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Choice:
    """Why a story is in a digest or not: what became of it, and the parts of its weight by name, which add up.

    `urls` are its articles', the shown one's first; `began_at` is when the channel was first told of it.
    """

    headline: str
    urls: tuple[str, ...]
    outcome: Outcome
    began_at: datetime
    weight: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryQuote:
    """A quote that a story shows, as one of its briefs tells it.

    `printed_by` are the outlets that print all these words, that brief's among them, `shortened_by` those that print
    some of them.
    """

    brief: Brief
    quote: Quote
    printed_by: tuple[str, ...] = ()
    shortened_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The half-open stretch of time that an edition covers, for display."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an edition rests on: how many sources were read, which failed, how many stories were left out and why.

    `stories_left_out` were over the cap; `stories_without_news` tell only what the channel was shown already;
    `pages_walled` show no more than an opening to who is not logged in; `articles_filtered` were kept out by the
    guild's filters, and `pages_reserved` by their publishers, who want no bots or no excerpts there. It stands for
    `slots_missed` slots before it that came while nobody could make their editions; `articles_passed_over` are older
    than a subscription wants to catch up with.
    """

    sources: int = 0
    articles: int = 0
    failures: tuple[Failure, ...] = ()
    stories_left_out: int = 0
    stories_without_news: int = 0
    pages_walled: int = 0
    articles_filtered: int = 0
    pages_reserved: int = 0
    slots_missed: int = 0
    articles_passed_over: int = 0


class Style(StrEnum):
    """How an edition is laid out.

    CARDS: a card a story, in as few messages as it takes. BRIEF: headlines, each with its first sentence. STORIES: one
    message a story, for threads and forums.
    """

    CARDS = "cards"
    BRIEF = "brief"
    STORIES = "stories"


@dataclass(frozen=True, slots=True)
class Digest:
    """What one edition says: stories in the order of their weight, commitments falling due, and what it rests on.

    `choices` tell of every story that it could have told, shown or not, why. `style` and `role_id` are how the
    subscription wants it laid out, and whom it pings.
    """

    name: str
    period: Period
    zone: str
    stories: tuple[Story, ...]
    falling_due: tuple[LedgerEntry, ...] = ()
    coverage: Coverage = Coverage()
    choices: tuple[Choice, ...] = ()
    style: Style = Style.CARDS
    role_id: int | None = None

    @property
    def outlets(self) -> int:
        """How many outlets the stories come from."""
        return len({outlet for story in self.stories for outlet in story.outlets})


@dataclass(frozen=True, slots=True)
class Shown:
    """A commitment that a part shows: the url of its article, and its index among the commitments of the brief."""

    url: str
    position: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an edition before it is kept: its payload, opaque to the library, and the commitments it shows."""

    payload: str
    shown: tuple[Shown, ...] = ()


EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)

BY_HAND = "by hand"
"""Why a subscription is paused that somebody of the guild paused: nothing is wrong with its channel."""


class CatchUp(StrEnum):
    """What becomes of the slots that came while the bot was down.

    MERGE: one edition, of all that is new. LATEST: one, of what is new since the slot before it; what is older is left
    out, and counted. SKIP: none; what is new waits for the next slot.
    """

    MERGE = "merge"
    LATEST = "latest"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's standing order. Weekdays count from Monday = 0; `id` is 0 until the store has given one.

    `paused_because` is empty while the subscription runs; no sources means all that the guild follows. With
    `answers_due` a message is answered on the day on which a commitment that it showed falls due. Stories that name one
    of the `keywords` weigh more, those that name one of `less` weigh less. `role_id` is who is pinged. From
    `quiet_from` to `quiet_until` on the zone's clock, if both are set, nothing is posted but what somebody asks for
    then.
    """

    guild_id: int
    channel_id: int
    times: tuple[time, ...]
    zone: str
    weekdays: tuple[int, ...] = EVERY_DAY
    source_ids: tuple[int, ...] = ()
    name: str = "News"
    max_stories: int = 8
    paused_because: str = ""
    id: int = 0
    answers_due: bool = False
    keywords: tuple[str, ...] = ()
    catch_up: CatchUp = CatchUp.MERGE
    quiet_from: time | None = None
    quiet_until: time | None = None
    says_when_empty: bool = False
    style: Style = Style.CARDS
    role_id: int | None = None
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The identity of a moment an edition is due: never a UTC instant, so no change of clocks doubles or loses it."""

    subscription_id: int
    local_date: date
    local_time: time


class DeliveryState(StrEnum):
    """Where a part of an edition is on its way: each change is committed before the next step.

    HELD: its channel was lost, and it waits for the subscription to be resumed.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A numbered part of an edition: its frozen payload (opaque here), and how far it has come.

    `reply_to` is the message that it answers, in the same channel; `edits` is the message whose content it takes the
    place of, `edits_edition` the edition of that. None where it stands for itself. `opening` is the first message of
    its edition, or of the edition of what it answers or edits: in a forum, the thread in which it belongs.
    """

    id: int
    edition_id: int
    guild_id: int
    channel_id: int
    part: int
    payload: str
    nonce: str
    state: DeliveryState = DeliveryState.PENDING
    attempted_at: datetime | None = None
    message_id: int | None = None
    reply_to: int | None = None
    edits: int | None = None
    opening: int | None = None
    edits_edition: int | None = None


class EditionKind(StrEnum):
    """What an edition is.

    A digest; answers to older messages on the day on which what they showed falls due; a notice that a source is not
    read any more; a slot that passed without an edition of its own; new words for messages whose article was corrected.
    """

    DIGEST = "digest"
    REMINDER = "reminder"
    NOTICE = "notice"
    SKIPPED = "skipped"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Edition:
    """A composed digest: for a slot, or extra (`slot` is None) when somebody asked for it. Its parts are frozen.

    A reminder has no slot either, and its period is the moment at which it was made. `why` says of a skipped slot what
    became of it.
    """

    id: int
    subscription_id: int
    slot: Slot | None
    period: Period
    composed_at: datetime
    deliveries: tuple[Delivery, ...] = ()
    kind: EditionKind = EditionKind.DIGEST
    why: str = ""
