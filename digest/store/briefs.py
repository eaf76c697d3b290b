"""A brief as rows, and back: words beside their spans, so that they can be searched, and outlive an expired text."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import RowMapping

from digest.model import (
    Actor,
    Article,
    ArticleKind,
    Brief,
    Card,
    Commitment,
    CommitmentKind,
    Deadline,
    Quote,
    QuoteKind,
    Sentence,
    Span,
    Speaker,
    Strength,
    Summary,
    Terms,
)
from digest.reading.names.aliases import Appearance, key_of, with_title
from digest.reading.quotes.wording import telling_of

Row: TypeAlias = dict[str, Any]

_ARTICLE_COLUMNS = (
    "url",
    "canonical_url",
    "title",
    "byline",
    "site",
    "published_at",
    "modified_at",
    "language",
    "image",
    "text",
)


def hash_of(text: str) -> str:
    """Return what tells two versions of a text apart: SHA-256, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def version_row(brief: Brief) -> Row:
    """Return the columns of article_versions that a brief fills."""
    article, lead = brief.article, brief.summary.sentences[:1]
    return {name: getattr(article, name) for name in _ARTICLE_COLUMNS} | {
        "kind": article.kind.value,
        "text_hash": hash_of(article.text),
        "lead": "".join(brief.words(brief.sentences[index].span) for index in lead),
        "reading": {
            "sentences": [sentence.span.to_list() for sentence in brief.sentences],
            "summary": {"sentences": brief.summary.sentences, "method": brief.summary.method},
            "card": [brief.card.sentences, brief.card.quotes, brief.card.commitments],
            "read_until": brief.read_until,
            "terms": [article.terms.max_snippet, article.terms.may_archive, article.terms.is_reserved],
        },
    }


def quote_rows(brief: Brief) -> list[Row]:
    """Return the rows of the brief's quotes, in order."""
    return [_quote_row(brief, quote) | {"position": position} for position, quote in enumerate(brief.quotes)]


def commitment_rows(brief: Brief) -> list[Row]:
    """Return the rows of the brief's commitments, in order, and after them those of what was taken back."""
    return [
        _commitment_row(brief, commitment) | {"position": position}
        for position, commitment in enumerate((*brief.commitments, *brief.withdrawals))
    ]


def appearances_in(brief: Brief) -> tuple[Appearance, ...]:
    """Return the speakers of the brief's quotes as its article calls them."""
    text = brief.article.text
    return tuple(
        Appearance(
            brief.words(speaker.name),
            brief.words(speaker.role) if speaker.role else "",
            with_title(text, speaker.mention.start, speaker.mention.end) if speaker.mention else "",
        )
        for quote in brief.quotes
        if (speaker := quote.speaker) is not None
    )


def brief_of(version: RowMapping, quotes: Sequence[RowMapping], commitments: Sequence[RowMapping]) -> Brief:
    """Return the brief that these rows were made of."""
    reading = version["reading"]
    told = tuple(_commitment_of(row) for row in commitments)
    return Brief(
        article=Article(
            **{name: version[name] for name in _ARTICLE_COLUMNS},
            kind=ArticleKind(version["kind"]),
            terms=Terms(*reading.get("terms", ())),
        ),
        sentences=tuple(Sentence(index, Span(*ends)) for index, ends in enumerate(reading["sentences"])),
        summary=Summary(tuple(reading["summary"]["sentences"]), reading["summary"]["method"]),
        quotes=tuple(_quote_of(row) for row in quotes),
        commitments=tuple(commitment for commitment in told if not commitment.is_withdrawal),
        withdrawals=tuple(commitment for commitment in told if commitment.is_withdrawal),
        card=Card(*(tuple(indexes) for indexes in reading["card"])),
        read_until=reading["read_until"],
    )


def pieces_of(words: str, spans: Iterable[Sequence[int]]) -> tuple[str, ...]:
    """Return the words of each span, taken apart again: they were joined by one character, and spans have lengths."""
    pieces, start = [], 0
    for first, last in spans:
        pieces.append(words[start : start + last - first])
        start += last - first + 1
    return tuple(pieces)


def _quote_row(brief: Brief, quote: Quote) -> Row:
    speaker = quote.speaker
    name = brief.words(speaker.name) if speaker else None
    role = brief.words(speaker.role) if speaker and speaker.role else None
    pieces = [brief.words(span) for span in quote.spans]
    return {
        "kind": quote.kind.value,
        "words": "\n".join(pieces),
        "speaker": name,
        "role": role,
        "method": quote.method,
        "speaker_key": key_of(name or "", role or "") or None,
        "telling": hash_of(telling_of(pieces, name or "")),
        "spans": {
            "spans": [span.to_list() for span in quote.spans],
            "cue": _ends(quote.cue),
            "speaker": speaker and [_ends(speaker.name), _ends(speaker.mention), _ends(speaker.role)],
        },
    }


def _quote_of(row: RowMapping) -> Quote:
    spans = row["spans"]
    name, mention, role = spans["speaker"] or (None, None, None)
    return Quote(
        kind=QuoteKind(row["kind"]),
        spans=tuple(Span(*ends) for ends in spans["spans"]),
        cue=_span(spans["cue"]),
        speaker=Speaker(Span(*name), _span(mention), _span(role)) if name else None,
        method=row["method"],
    )


def _commitment_row(brief: Brief, commitment: Commitment) -> Row:
    deadline = commitment.deadline
    until = deadline.span if deadline else None
    return {
        "kind": commitment.kind.value,
        "actors": "\n".join(brief.words(actor.name) for actor in commitment.actors),
        "what": brief.words(commitment.what),
        "sentence": brief.words(commitment.sentence),
        "condition": _words(brief, commitment.condition),
        "deadline": _words(brief, until),
        "earliest": deadline and deadline.earliest,
        "latest": deadline and deadline.latest,
        "strength": commitment.strength.value,
        "reported_by": _words(brief, commitment.reported_by),
        "method": commitment.method,
        "is_withdrawal": commitment.is_withdrawal,
        "spans": {
            "actors": [[_ends(actor.name), _ends(actor.mention)] for actor in commitment.actors],
            "what": _ends(commitment.what),
            "cue": _ends(commitment.cue),
            "sentence": _ends(commitment.sentence),
            "recipient": _ends(commitment.recipient),
            "condition": _ends(commitment.condition),
            "deadline": _ends(until),
            "reported_by": _ends(commitment.reported_by),
            "also": [span.to_list() for span in commitment.also],
        },
    }


def _commitment_of(row: RowMapping) -> Commitment:
    spans = row["spans"]
    until = _span(spans["deadline"])
    return Commitment(
        actors=tuple(Actor(Span(*name), _span(mention)) for name, mention in spans["actors"]),
        kind=CommitmentKind(row["kind"]),
        what=Span(*spans["what"]),
        cue=Span(*spans["cue"]),
        sentence=Span(*spans["sentence"]),
        recipient=_span(spans["recipient"]),
        condition=_span(spans["condition"]),
        deadline=None if until is None else Deadline(until, row["earliest"], row["latest"]),
        strength=Strength(row["strength"]),
        reported_by=_span(spans["reported_by"]),
        also=tuple(Span(*ends) for ends in spans["also"]),
        method=row["method"],
        is_withdrawal=row["is_withdrawal"],
    )


def _ends(span: Span | None) -> list[int] | None:
    return None if span is None else span.to_list()


def _span(ends: Sequence[int] | None) -> Span | None:
    return None if ends is None else Span(*ends)


def _words(brief: Brief, span: Span | None) -> str | None:
    return None if span is None else brief.words(span)
