"""What somebody found in an article, in the form that is scored: the reader's brief, or a second pass of labels."""

from dataclasses import dataclass

from digest import Span
from tests.gold.labels import GoldCommitment, GoldDeadline, GoldQuote

CARD_SIZE = 3


@dataclass(frozen=True)
class Answers:
    """Quotes and commitments, and the card: spans of its sentences, ids of its quotes and commitments, best first."""

    quotes: tuple[GoldQuote, ...]
    commitments: tuple[GoldCommitment, ...]
    sentences: tuple[Span, ...]
    key_quotes: tuple[str, ...]
    key_commitments: tuple[str, ...]


def answers_of_brief(brief):
    """What the reader found, named by its index."""
    words = brief.words
    return Answers(
        quotes=tuple(
            GoldQuote(
                id=str(index),
                kind=quote.kind,
                spans=quote.spans,
                speakers=(words(quote.speaker.name),) if quote.speaker else (),
                cue=quote.cue,
                is_optional=False,
            )
            for index, quote in enumerate(brief.quotes)
        ),
        commitments=tuple(_answer(brief, index) for index in range(len(brief.commitments))),
        sentences=tuple(brief.sentences[index].span for index in brief.card.sentences),
        key_quotes=tuple(map(str, brief.card.quotes)),
        key_commitments=tuple(map(str, brief.card.commitments)),
    )


def answers_of_gold(gold):
    """What was labelled, as if it had been found; the card's sentences are one of each of the heaviest nuggets."""
    heaviest = sorted(gold.nuggets, key=lambda nugget: -nugget.weight)[:CARD_SIZE]
    return Answers(
        quotes=gold.quotes,
        commitments=gold.commitments,
        sentences=tuple(sorted({nugget.sentences[0] for nugget in heaviest})),
        key_quotes=_heaviest(gold.key_quotes),
        key_commitments=_heaviest(gold.key_commitments),
    )


def _heaviest(weights):
    return tuple(sorted(weights, key=lambda one: -weights[one])[:CARD_SIZE])


def _answer(brief, index):
    found, words = brief.commitments[index], brief.words
    due = found.deadline
    return GoldCommitment(
        id=str(index),
        kind=found.kind,
        actors=tuple(words(actor.name) for actor in found.actors),
        also_right=(),
        sentence=found.sentence,
        cue=found.cue,
        what=found.what,
        recipient=found.recipient,
        condition=found.condition,
        deadline=due and GoldDeadline(due.span, due.earliest, due.latest),
        strength=found.strength,
        reported_by=found.reported_by and words(found.reported_by),
        also=found.also,
        is_optional=False,
    )
