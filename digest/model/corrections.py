"""What a later reading of an article no longer has of an earlier one, and the messages that showed it."""

from dataclasses import dataclass

from digest.model.reading import Brief, Span


@dataclass(frozen=True, slots=True)
class Vanished:
    """Something that a card can show of the earlier brief: its index there, and which of its words are gone.

    `words` are spans of the earlier text. Where the later text has a sentence that plainly takes the place of theirs,
    `sentence` is where it stands, and `instead` the index of what a card can show of it.
    """

    index: int
    words: tuple[Span, ...]
    sentence: Span | None = None
    instead: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Two readings of one article, and what of the earlier one's card has vanished from the later text."""

    before: Brief
    after: Brief
    sentences: tuple[Vanished, ...] = ()
    quotes: tuple[Vanished, ...] = ()
    commitments: tuple[Vanished, ...] = ()
    is_retitled: bool = False
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A part of an edition as it stands in its channel: its payload, and the zone that it was made for.

    `urls` are the addresses of the article under whose headline it tells the story.
    """

    payload: str
    zone: str
    urls: tuple[str, ...]
