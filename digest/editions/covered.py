"""The text around what is shown, for proofs and reasons: without the words that a guild hides, and none moved."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.editions.hidden import Curtain, extracts_of, leave_visible
from digest.model import Brief, Extract, Span, StatementKind

_COVER = "[…]"


def leave_visible_text(curtain: Curtain, article_id: int, brief: Brief) -> Brief:
    """Return what `leave_visible` does, with a sign in the place of what of its text is hidden; no span moves.

    That is what was retracted, and each sentence that has a hidden name, but the words of what may be shown.
    """
    if not curtain:
        return brief
    visible = leave_visible(curtain, article_id, brief)
    hidden = (one for one in extracts_of(article_id, brief) if curtain.hides_extract(one))
    named = (one.span for one in brief.sentences if curtain.has_name(brief.words(one.span)))
    gone = [*named, *(span for one in hidden for span in _words_of(one))]
    kept = [span for one in extracts_of(article_id, visible) for span in (*_words_of(one), *_beside(one))]
    text = brief.article.text
    for span in _without(gone, kept):
        text = text[: span.start] + _COVER.ljust(span.end - span.start)[: span.end - span.start] + text[span.end :]
    return replace(visible, article=replace(brief.article, text=text))


def _words_of(extract: Extract) -> tuple[Span, ...]:
    brief, index = extract.brief, extract.index
    if extract.statement.kind is StatementKind.SENTENCE:
        return (brief.sentences[index].span,)
    if extract.statement.kind is StatementKind.QUOTE:
        return brief.quotes[index].spans
    return ((*brief.commitments, *brief.withdrawals)[index].what,)


def _beside(extract: Extract) -> Iterator[Span]:
    brief, index = extract.brief, extract.index
    if extract.statement.kind is StatementKind.QUOTE and (speaker := brief.quotes[index].speaker):
        yield from filter(None, (speaker.name, speaker.mention, speaker.role))
    elif extract.statement.kind is StatementKind.COMMITMENT:
        committed = (*brief.commitments, *brief.withdrawals)[index]
        names = (actor.name for actor in committed.actors)
        yield from filter(None, (*names, committed.sentence, committed.condition, committed.reported_by))


def _without(gone: Iterable[Span], kept: Iterable[Span]) -> Iterator[Span]:
    """Return what is left of the stretches outside those that are kept, in order, and none twice."""
    stays = {at for span in kept for at in range(span.start, span.end)}
    goes = sorted({at for span in gone for at in range(span.start, span.end)} - stays)
    start = 0
    for place, at in enumerate(goes):
        if place + 1 == len(goes) or goes[place + 1] != at + 1:
            yield Span(goes[start], at + 1)
            start = place + 1
