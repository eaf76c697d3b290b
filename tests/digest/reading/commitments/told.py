"""What is read in a text, as words: the spans of a commitment said back."""

from dataclasses import dataclass
from datetime import date

from digest.reading.brief import read_text

DAY = date(2026, 3, 10)  # a Tuesday


@dataclass(frozen=True)
class Told:
    actors: tuple[str, ...]
    kind: str
    what: str
    cue: str
    recipient: str | None
    condition: str | None
    deadline: tuple[str, date | None, date | None] | None
    strength: str
    reported_by: str | None
    also: tuple[str, ...]


def commitments(text, day=DAY):
    brief = read_text(text, published_at=day, language="en")

    def words(span):
        return brief.words(span) if span else None

    return [
        Told(
            actors=tuple(words(actor.name) for actor in found.actors),
            kind=found.kind.value,
            what=words(found.what),
            cue=words(found.cue),
            recipient=words(found.recipient),
            condition=words(found.condition),
            deadline=found.deadline and (words(found.deadline.span), found.deadline.earliest, found.deadline.latest),
            strength=found.strength.value,
            reported_by=words(found.reported_by),
            also=tuple(words(span) for span in found.also),
        )
        for found in brief.commitments
    ]


def only(text, day=DAY):
    (found,) = commitments(text, day)
    return found
