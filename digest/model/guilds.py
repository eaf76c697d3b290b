"""What a guild and its members decided: settings, what is hidden there, what is followed, and who changed what."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from digest.model.reading import Brief


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What holds for a whole guild. `zone` is empty until somebody chose one; no role: who manages it may mark."""

    zone: str = ""
    marker_role_id: int | None = None


class StatementKind(StrEnum):
    """What of an article is shown: a sentence of its summary, a quote, or a commitment."""

    SENTENCE = "sentence"
    QUOTE = "quote"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that messages show of an article: its own words, whatever version of it has them.

    `words` are the sentence, the spans of the quote joined by a newline, or what is committed.
    """

    article_id: int
    kind: StatementKind
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """A statement that somebody of a guild reported as wrong; since `retracted_at`, if set, it is not shown there.

    The article as it is known now: `url`, `outlet`, when the version was read that has the words first, and the rule
    that made of them what was shown; empty where that is not known any more.
    """

    statement: Statement
    by_id: int
    by_name: str
    reported_at: datetime
    note: str = ""
    retracted_at: datetime | None = None
    id: int = 0
    url: str = ""
    outlet: str = ""
    read_at: datetime | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """A statement with where it stands in a reading of its article: an index of its sentences, quotes or commitments.

    Commitments count on with what was withdrawn.
    """

    statement: Statement
    brief: Brief
    index: int


@dataclass(frozen=True, slots=True)
class MessageStatements:
    """What a message may show: its payload, all extracts of the articles behind it, and what of it is retracted."""

    payload: str
    extracts: tuple[Extract, ...] = ()
    retracted: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a guild does not want to see: names, in any case of letters, and statements that it retracted."""

    names: tuple[str, ...] = ()
    statements: frozenset[Statement] = frozenset()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed what of a guild's settings, when: `action` is the command, `subject` what it was done to."""

    by_id: int
    by_name: str
    action: str
    subject: str
    at: datetime


class FollowKind(StrEnum):
    """What somebody follows: what a person says or commits to, an organisation likewise, or a phrase in any article."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Follow:
    """What a member of a guild is told of: in `channel_id`, which with `is_direct` is their direct messages.

    From `quiet_from` to `quiet_until` on the zone's clock, if both are set, they are told nothing.
    """

    guild_id: int
    user_id: int
    kind: FollowKind
    words: str
    channel_id: int
    zone: str
    is_direct: bool = True
    quiet_from: time | None = None
    quiet_until: time | None = None
    id: int = 0
