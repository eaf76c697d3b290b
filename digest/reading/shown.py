"""How much of an article is shown: whole units, as many as fairness and its publisher allow."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.model import Brief, Card, Commitment, Span

LEAST_SHOWN, MOST_SHOWN = 600, 1_500
"""Characters of one article on its card, whatever its length.

The fullest card of the seeds has 1,070. Of a note of a few lines nothing would be left without the least.
"""

SHARE_SHOWN = 0.35
"""Of an article's text, between those two: the fullest card of the seeds has 34 %, the usual one 24 %.

A quarter would take a quote or a commitment from every second of those cards.
"""


class _Room:
    """Characters of a text that may still be shown; each counts once, however often it stands there.

    A strict one counts each time that it is shown.
    """

    def __init__(self, most: int, *, is_strict: bool) -> None:
        self._left = most
        self._is_strict = is_strict
        self._taken: set[int] = set()

    def takes(self, spans: Iterable[Span]) -> bool:
        """Return whether there is room for all these words, and take it then."""
        places = {place for span in spans for place in range(span.start, span.end)}
        cost = len(places if self._is_strict else places - self._taken)
        if cost > self._left:
            return False
        self._left -= cost
        self._taken |= places
        return True


def limit_shown(brief: Brief) -> Brief:
    """Return the brief with a card that shows no more of its article than is fair; the rest of it stays.

    Where the publisher says how many characters may be shown, the brief has no summary, quote or commitment that goes
    beyond them in all, since what it has can be looked up. Sentences go first, then the best quote, commitments and the
    other quotes; a commitment counts with its whole sentence, which is its proof. Names and roles are no excerpt.
    """
    allowed = brief.article.terms.max_snippet
    fair = min(max(LEAST_SHOWN, int(SHARE_SHOWN * len(brief.article.text))), MOST_SHOWN)
    room = _Room(fair if allowed is None else min(allowed, fair), is_strict=allowed is not None)
    card = _fit(brief, room)
    return replace(brief, card=card) if allowed is None else _without_others(brief, card, room)


def _fit(brief: Brief, room: _Room) -> Card:
    best, others = brief.card.quotes[:1], brief.card.quotes[1:]
    sentences = tuple(_fitting_sentences(brief, room))
    quotes = [index for index in best if room.takes(brief.quotes[index].spans)]
    commitments = [index for index in brief.card.commitments if room.takes(_words_of(brief.commitments[index]))]
    quotes += [index for index in others if room.takes(brief.quotes[index].spans)]
    return Card(sentences, tuple(quotes), tuple(commitments))


def _fitting_sentences(brief: Brief, room: _Room) -> Iterator[int]:
    last_dropped = None
    for index in brief.card.sentences:
        # One that follows another may lean on it, and hangs in the air without it.
        if index - 1 != last_dropped and room.takes([brief.sentences[index].span]):
            yield index
        else:
            last_dropped = index


def _words_of(commitment: Commitment) -> list[Span]:
    deadline = commitment.deadline
    beside = (commitment.condition, deadline and deadline.span)
    return [commitment.sentence, commitment.what, *(span for span in beside if span)]


def _without_others(brief: Brief, card: Card, room: _Room) -> Brief:
    quotes, commitments = sorted(card.quotes), sorted(card.commitments)
    return replace(
        brief,
        summary=replace(brief.summary, sentences=card.sentences),
        quotes=tuple(brief.quotes[index] for index in quotes),
        commitments=tuple(brief.commitments[index] for index in commitments),
        withdrawals=tuple(one for one in brief.withdrawals if room.takes(_words_of(one))),
        card=Card(
            card.sentences, tuple(map(quotes.index, card.quotes)), tuple(map(commitments.index, card.commitments))
        ),
    )
