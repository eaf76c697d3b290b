"""What a guild does not want to see: whether words of an article are of that, and a brief without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from unicodedata import category, combining, normalize

from digest.editions.phrases import fold, stands_in
from digest.model import (
    ArticleHit,
    Brief,
    Card,
    Commitment,
    Correction,
    Extract,
    Hidden,
    Quote,
    Span,
    Statement,
    StatementKind,
    Vanished,
)


def fold_name(name: str) -> str:
    """Return the name as it is compared: without case, accents, what cannot be seen, and how wide its gaps are."""
    signs = normalize("NFKD", fold(" ".join(name.split())))
    seen = "".join(sign for sign in signs if not combining(sign) and category(sign) not in ("Cf", "Cc", "Cs"))
    return normalize("NFKC", " ".join(seen.split()))


class Curtain:
    """What a guild hides, made ready to be asked about many words."""

    def __init__(self, hidden: Hidden) -> None:
        self._names = tuple(filter(None, map(fold_name, hidden.names)))
        self._statements = hidden.statements

    def __bool__(self) -> bool:
        """Return whether anything is hidden at all."""
        return bool(self._names or self._statements)

    def has_name(self, *texts: str | None) -> bool:
        """Return whether a hidden name stands in one of these texts, as a whole phrase."""
        folded = [fold_name(text) for text in texts if text] if self._names else []
        return any(stands_in(text, name) for text in folded for name in self._names)

    def hides(self, statement: Statement, *beside: str | None) -> bool:
        """Return whether the statement was retracted, or it or words that are shown beside it have a hidden name."""
        return statement in self._statements or self.has_name(statement.words, *beside)

    def hides_extract(self, extract: Extract) -> bool:
        """Return whether it is hidden; who said it, or is bound by it, counts as well."""
        return self.hides(extract.statement, *_beside(extract))


def leave_visible(curtain: Curtain, article_id: int, brief: Brief) -> Brief:
    """Return the brief without what is hidden of its summary, card, quotes and commitments; indexes follow."""
    if not curtain:
        return brief
    sentences = {one.index for one in _sentences(article_id, brief) if not curtain.hides_extract(one)}
    quotes = [one.index for one in _quotes(article_id, brief) if not curtain.hides_extract(one)]
    visible = visible_commitments(curtain, article_id, brief)
    committed = (*brief.commitments, *brief.withdrawals)
    number = len(brief.commitments)
    commitments = [index for index in visible if index < number]
    card = brief.card
    return replace(
        brief,
        summary=replace(brief.summary, sentences=tuple(one for one in brief.summary.sentences if one in sentences)),
        quotes=tuple(brief.quotes[index] for index in quotes),
        commitments=tuple(brief.commitments[index] for index in commitments),
        withdrawals=tuple(committed[index] for index in visible if index >= number),
        card=Card(
            tuple(one for one in card.sentences if one in sentences),
            tuple(quotes.index(one) for one in card.quotes if one in quotes),
            tuple(commitments.index(one) for one in card.commitments if one in commitments),
        ),
    )


def visible_commitments(curtain: Curtain, article_id: int, brief: Brief) -> tuple[int, ...]:
    """Return the indexes of the commitments, and after them of what was withdrawn, that `leave_visible` leaves."""
    return tuple(one.index for one in _commitments(article_id, brief) if not curtain.hides_extract(one))


def hidden_stretches(curtain: Curtain, article_id: int, brief: Brief) -> tuple[Span, ...]:
    """Return where in the text something hidden stands: it is not to be seen around other words either.

    `brief` is the whole one, not what `leave_visible` leaves of it.
    """
    if not curtain:
        return ()
    every = (*_all_sentences(article_id, brief), *_quotes(article_id, brief), *_commitments(article_id, brief))
    return tuple(span for one in every if curtain.hides_extract(one) for span in _spans(one))


def show_hit(curtain: Curtain, hit: ArticleHit) -> ArticleHit | None:
    """Return what of the hit may be shown: nothing where its title is hidden, no lead where that is."""
    if curtain.has_name(hit.title):
        return None
    is_hidden = curtain.hides(Statement(hit.id, StatementKind.SENTENCE, hit.lead))
    return replace(hit, lead="") if is_hidden else hit


def hide_in_correction(curtain: Curtain, article_id: int, correction: Correction) -> Correction:
    """Return the correction with nothing hidden among what takes the place of words that vanished."""
    if not curtain:
        return correction
    after = correction.after
    sentences, quotes, commitments = (
        {one.index for one in found(article_id, after) if not curtain.hides_extract(one)}
        for found in (_all_sentences, _quotes, _commitments)
    )

    def shown(gone: Sequence[Vanished], visible: set[int]) -> tuple[Vanished, ...]:
        return tuple(_without_hidden(curtain, after, one, visible) for one in gone)

    return replace(
        correction,
        sentences=shown(correction.sentences, sentences),
        quotes=shown(correction.quotes, quotes),
        commitments=shown(correction.commitments, commitments),
        is_retitled=correction.is_retitled and not curtain.has_name(after.article.title),
    )


def extracts_of(article_id: int, brief: Brief) -> tuple[Extract, ...]:
    """Return all that messages can show of an article: sentences of summary and card, quotes, commitments."""
    return (*_sentences(article_id, brief), *_quotes(article_id, brief), *_commitments(article_id, brief))


def _without_hidden(curtain: Curtain, after: Brief, one: Vanished, visible: set[int]) -> Vanished:
    instead = one.instead if one.instead in visible else None
    is_hidden = instead != one.instead or (one.sentence is not None and curtain.has_name(after.words(one.sentence)))
    return replace(one, instead=instead, sentence=None if is_hidden else one.sentence)


def _sentences(article_id: int, brief: Brief) -> Iterator[Extract]:
    shown = sorted({*brief.summary.sentences, *brief.card.sentences})
    return (_sentence(article_id, brief, index) for index in shown)


def _all_sentences(article_id: int, brief: Brief) -> Iterator[Extract]:
    return (_sentence(article_id, brief, index) for index in range(len(brief.sentences)))


def _sentence(article_id: int, brief: Brief, index: int) -> Extract:
    words = brief.words(brief.sentences[index].span)
    return Extract(Statement(article_id, StatementKind.SENTENCE, words), brief, index)


def _quotes(article_id: int, brief: Brief) -> Iterator[Extract]:
    for index, quote in enumerate(brief.quotes):
        words = "\n".join(map(brief.words, quote.spans))
        yield Extract(Statement(article_id, StatementKind.QUOTE, words), brief, index)


def _commitments(article_id: int, brief: Brief) -> Iterator[Extract]:
    for index, commitment in enumerate((*brief.commitments, *brief.withdrawals)):
        yield Extract(Statement(article_id, StatementKind.COMMITMENT, brief.words(commitment.what)), brief, index)


def _spans(extract: Extract) -> tuple[Span, ...]:
    brief, index = extract.brief, extract.index
    if extract.statement.kind is StatementKind.SENTENCE:
        return (brief.sentences[index].span,)
    if extract.statement.kind is StatementKind.QUOTE:
        return brief.quotes[index].spans
    return ((*brief.commitments, *brief.withdrawals)[index].what,)


def _beside(extract: Extract) -> Iterator[str]:
    brief, index = extract.brief, extract.index
    if extract.statement.kind is StatementKind.QUOTE:
        yield from _named_in_quote(brief, brief.quotes[index])
    elif extract.statement.kind is StatementKind.COMMITMENT:
        yield from _named_in_commitment(brief, (*brief.commitments, *brief.withdrawals)[index])


def _named_in_quote(brief: Brief, quote: Quote) -> Iterator[str]:
    speaker = quote.speaker
    named = (speaker.name, speaker.mention, speaker.role) if speaker else ()
    return (brief.words(span) for span in named if span)


def _named_in_commitment(brief: Brief, commitment: Commitment) -> Iterator[str]:
    parts = (commitment.sentence, commitment.condition, commitment.reported_by)
    spans = (*(actor.name for actor in commitment.actors), *parts)
    return (brief.words(span) for span in spans if span)
