"""What stays of an article's text when the rest of it expires: the paragraphs of what is shown of it."""

import re
from itertools import chain

from digest.model import Brief, Commitment, Quote, Span

_PARAGRAPH = re.compile(r"[^\n]+")


def shown_text(brief: Brief) -> str:
    """Return the text with every paragraph blanked of which nothing can be shown, so that each span keeps its place.

    What can be shown are the sentences of summary and card, the quotes with their speakers, and the commitments with
    their sentences.
    """
    shown = sorted(_shown(brief))
    return _PARAGRAPH.sub(lambda found: found[0] if _holds(found, shown) else " " * len(found[0]), brief.article.text)


def _holds(paragraph: re.Match[str], shown: list[Span]) -> bool:
    return any(span.start < paragraph.end() and paragraph.start() < span.end for span in shown)


def _shown(brief: Brief) -> set[Span]:
    chosen = {*brief.summary.sentences, *brief.card.sentences}
    found = {brief.sentences[index].span for index in chosen}
    for quote in brief.quotes:
        found.update(_of_quote(quote))
    for commitment in (*brief.commitments, *brief.withdrawals):
        found.update(_of_commitment(commitment))
    return found


def _of_quote(quote: Quote) -> set[Span]:
    speaker = quote.speaker
    named = (speaker.name, speaker.mention, speaker.role) if speaker else ()
    return {span for span in (*quote.spans, quote.cue, *named) if span is not None}


def _of_commitment(commitment: Commitment) -> set[Span]:
    named = chain.from_iterable((actor.name, actor.mention) for actor in commitment.actors)
    parts = (commitment.what, commitment.cue, commitment.sentence, commitment.recipient, commitment.condition)
    days = commitment.deadline.span if commitment.deadline else None
    return {span for span in (*parts, commitment.reported_by, days, *commitment.also, *named) if span is not None}
