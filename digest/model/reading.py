"""What is read: an article, and everything found in it, as spans of its text.

Offsets are Python string indexes into `Article.text`, half-open.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no stretch of text: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the words that stand here in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Return whether the other lies inside this one, ends included."""
        return self.start <= other.start and other.end <= self.end

    def to_list(self) -> list[int]:
        """Return `[start, end]`, the form that JSON output has."""
        return [self.start, self.end]


class ArticleKind(StrEnum):
    """What a page turned out to be; a list is an index of other pages, or numbered pieces under one heading."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    GALLERY = "gallery"
    LIST = "list"
    VIDEO = "video"
    WALLED = "walled"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a publisher allows: characters shown together, keeping the text, mining it. Nothing said allows all."""

    max_snippet: int | None = None
    may_archive: bool = True
    is_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """The readable part of a page. Paragraphs of `text` are separated by newlines; all spans refer to `text`."""

    text: str
    url: str = ""
    canonical_url: str = ""
    title: str = ""
    byline: str = ""
    site: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    image: str = ""
    kind: ArticleKind = ArticleKind.ARTICLE
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its index in the article, and where it stands, without the white space around it."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True)
class Summary:
    """Indexes of the chosen sentences, ascending, and the method that chose them. Chosen, never written."""

    sentences: tuple[int, ...]
    method: str


class QuoteKind(StrEnum):
    """Marked words that are a clause, a marked fragment in a reported clause, or a report without marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: `name` is the fullest the article prints, `mention` the words beside this quote, `role` as printed."""

    name: Span
    mention: Span | None = None
    role: Span | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported words. `spans` leave out the marks; `method` names the rule that found the speaker."""

    kind: QuoteKind
    spans: tuple[Span, ...]
    cue: Span | None
    speaker: Speaker | None
    method: str


class CommitmentKind(StrEnum):
    """How an actor binds itself, or refuses to."""

    PLEDGE = "pledge"
    AGREEMENT = "agreement"
    OFFER = "offer"
    PLAN = "plan"
    THREAT = "threat"
    REFUSAL = "refusal"


class Strength(StrEnum):
    """Whether the actor says will, or may, could, hopes to."""

    FIRM = "firm"
    HEDGED = "hedged"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is bound: `name` is the fullest the article prints, `mention` the words in the evidence ("he")."""

    name: Span
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words that say by when, and the days they can mean, both ends included: "by spring" is a range."""

    span: Span
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who committed what. `reported_by` is who says so, where that is neither the article nor an actor.

    With `is_withdrawal` the article tells that the actor took it back.
    """

    actors: tuple[Actor, ...]
    kind: CommitmentKind
    what: Span
    cue: Span
    sentence: Span
    recipient: Span | None = None
    condition: Span | None = None
    deadline: Deadline | None = None
    strength: Strength = Strength.FIRM
    reported_by: Span | None = None
    also: tuple[Span, ...] = ()
    method: str = ""
    is_withdrawal: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a digest would show of one article: indexes into its brief, best first, three of each at most."""

    sentences: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()
    commitments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """All readings of one article. Of an over-long text, only what stands before the offset `read_until` was read."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    summary: Summary = Summary((), "none")
    quotes: tuple[Quote, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    card: Card = Card()
    read_until: int = 0
    withdrawals: tuple[Commitment, ...] = ()

    @property
    def is_parsed(self) -> bool:
        """Return whether speakers and commitments were looked for: they are found in English only."""
        return self.article.language in {None, "en"}

    def words(self, span: Span) -> str:
        """Return the article's words at `span`."""
        return span.of(self.article.text)

    def to_dict(self) -> dict[str, Any]:
        """Return the brief as JSON types, in the form of `digest/brief.schema.json`; later versions only add to it."""
        return {
            "article": _article_dict(self.article),
            "sentences": [sentence.span.to_list() for sentence in self.sentences],
            "summary": {"sentences": list(self.summary.sentences), "method": self.summary.method},
            "quotes": [self._quote_dict(quote) for quote in self.quotes],
            "commitments": [self._commitment_dict(commitment) for commitment in self.commitments],
            "withdrawals": [self._commitment_dict(commitment) for commitment in self.withdrawals],
            "card": {
                "sentences": list(self.card.sentences),
                "quotes": list(self.card.quotes),
                "commitments": list(self.card.commitments),
            },
            "read_until": self.read_until,
        }

    def _quote_dict(self, quote: Quote) -> dict[str, Any]:
        speaker = quote.speaker
        return {
            "kind": quote.kind.value,
            "spans": [span.to_list() for span in quote.spans],
            "cue": _list(quote.cue),
            "speaker": speaker
            and {
                "name": self.words(speaker.name),
                "name_span": speaker.name.to_list(),
                "mention": _list(speaker.mention),
                "role": _list(speaker.role),
            },
            "method": quote.method,
        }

    def _commitment_dict(self, commitment: Commitment) -> dict[str, Any]:
        deadline = commitment.deadline
        return {
            "actors": [
                {"name": self.words(actor.name), "name_span": actor.name.to_list(), "mention": _list(actor.mention)}
                for actor in commitment.actors
            ],
            "kind": commitment.kind.value,
            "what": commitment.what.to_list(),
            "cue": commitment.cue.to_list(),
            "sentence": commitment.sentence.to_list(),
            "recipient": _list(commitment.recipient),
            "condition": _list(commitment.condition),
            "deadline": deadline
            and {
                "span": deadline.span.to_list(),
                "earliest": deadline.earliest and deadline.earliest.isoformat(),
                "latest": deadline.latest and deadline.latest.isoformat(),
            },
            "strength": commitment.strength.value,
            "reported_by": commitment.reported_by and self.words(commitment.reported_by),
            "also": [span.to_list() for span in commitment.also],
            "method": commitment.method,
            "is_withdrawal": commitment.is_withdrawal,
        }


def _list(span: Span | None) -> list[int] | None:
    return None if span is None else span.to_list()


def _article_dict(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "byline": article.byline,
        "site": article.site,
        "published_at": article.published_at and article.published_at.isoformat(),
        "modified_at": article.modified_at and article.modified_at.isoformat(),
        "language": article.language,
        "image": article.image,
        "kind": article.kind.value,
        "terms": {
            "max_snippet": article.terms.max_snippet,
            "may_archive": article.terms.may_archive,
            "is_reserved": article.terms.is_reserved,
        },
        "text": article.text,
    }
