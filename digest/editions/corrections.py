"""When an article is read once more, and what of its card no longer stands in it then."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from digest.model import ArticleKind, Brief, Commitment, Correction, Quote, Span, Vanished
from digest.reading.changes import Changes, find_changes
from digest.reading.quotes.wording import surname_of
from digest.reading.retractions import is_retraction

REREAD_AFTER = (timedelta(hours=6), timedelta(hours=24))
"""Since it was first read."""

ALIKE = 0.6
"""Of the words of both, in order: what a card shows instead."""

STANDS = 1 / 3
"""Of the sentences: with fewer left it is another text, whatever its address. A judgement, not a measured figure."""

_ROLLING = frozenset({ArticleKind.LIVE_BLOG, ArticleKind.LIST})
"""What they no longer have they told once; nobody took it back."""

_PLAIN = {
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb",
    "'": "\u2018\u2019\u201a\u201b\u0060\u00b4",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2212",
    "": "\u00ad\u200b\u200c\u200d\u2060\ufeff",
    "...": "\u2026",
}
_MARKS = str.maketrans({mark: plain for plain, marks in _PLAIN.items() for mark in marks})
_IN_WORD = re.compile(rf"[\w{_PLAIN['']}]{{2}}")
_AT_THE_END = " .,;:"


def next_reread_at(first_read_at: datetime, *, read_at: datetime) -> datetime | None:
    """Return when an article that was read at `read_at` is to be read once more; None where that was the last time."""
    return next((first_read_at + wait for wait in REREAD_AFTER if first_read_at + wait > read_at), None)


def find_corrections(befores: Sequence[Brief], after: Brief) -> tuple[Correction, ...] | None:
    """Return what has vanished of each earlier reading of an article, oldest first; those that all stand are left out.

    None where the later text is no version of the article: too little of the newest reading stands in it, the rest
    went behind a wall, or it rolls on by nature. What its outlet retracted is one in any case.
    """
    changes = [find_changes(before, after) for before in befores]
    if not is_retraction(after.article) and not _is_version(befores[-1], after, changes[-1]):
        return None
    found = (_Comparison(before, after, one).correction() for before, one in zip(befores, changes, strict=True))
    return tuple(one for one in found if one is not None)


def leave_printed(corrections: Sequence[Correction], others: Sequence[Brief]) -> tuple[Correction, ...]:
    """Return the corrections without the quotes and commitments whose words another article of the story has still."""
    texts = [_plain(other.article.text) for other in others]

    def is_printed(before: Brief, unit: _Unit) -> bool:
        words = [_plain(before.words(span)).strip(_AT_THE_END) for span in (*unit.words, *unit.beside, *unit.names)]
        return any(all(_is_in(one, text) for one in words) for text in texts)

    def rest(one: Correction) -> Correction:
        said, committed = one.before.quotes, one.before.commitments
        return replace(
            one,
            quotes=tuple(gone for gone in one.quotes if not is_printed(one.before, _unit_of_quote(said[gone.index]))),
            commitments=tuple(
                gone
                for gone in one.commitments
                if not is_printed(one.before, _unit_of_commitment(committed[gone.index]))
            ),
        )

    return tuple(map(rest, corrections)) if texts else tuple(corrections)


def _is_version(before: Brief, after: Brief, changes: Changes) -> bool:
    kinds = {before.article.kind, after.article.kind}
    if kinds & _ROLLING or (after.article.kind is ArticleKind.WALLED and len(kinds) > 1):
        return False
    # Of a text that expired, blanks are left in the place of sentences.
    known = sum(bool(before.words(sentence.span).strip()) for sentence in before.sentences)
    lost = sum(bool(before.words(span).strip()) for span in changes.removed)
    is_shorter = 2 * len(after.sentences) < len(before.sentences)  # a wall that is none by its looks
    return known - lost >= STANDS * known and not is_shorter


@dataclass(frozen=True, slots=True)
class _Unit:
    """A quote or a commitment: its words, those that are shown beside them, and who is named, the first one first."""

    words: tuple[Span, ...]
    beside: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()


class _Comparison:
    """Two readings of one article. Words stand where their sentence has them still, worded anew or not."""

    def __init__(self, before: Brief, after: Brief, changes: Changes) -> None:
        self._before = before
        self._after = after
        self._reworded = dict(changes.reworded)
        self._text = _plain(after.article.text)

    def correction(self) -> Correction | None:
        """Return what has vanished, None if nothing."""
        before, after = self._before.article, self._after.article
        found = Correction(
            self._before,
            self._after,
            tuple(self._sentences()),
            tuple(self._quotes()),
            tuple(self._commitments()),
            is_retitled=bool(before.title and after.title) and _title(before.title) != _title(after.title),
            is_retracted=is_retraction(after) and not is_retraction(before),
        )
        is_empty = not (found.sentences or found.quotes or found.commitments)
        return None if is_empty and not found.is_retitled and not found.is_retracted else found

    def _sentences(self) -> Iterator[Vanished]:
        places = {sentence.span: sentence.index for sentence in self._after.sentences}
        for index in self._before.card.sentences:
            span = self._before.sentences[index].span
            if gone := self._gone([span]):
                new = self._reworded.get(span)
                yield self._vanished(index, gone, places.get(new) if new else None)

    def _quotes(self) -> Iterator[Vanished]:
        later = [_unit_of_quote(quote) for quote in self._after.quotes]
        for index in self._before.card.quotes:
            yield from self._compare(index, _unit_of_quote(self._before.quotes[index]), later)

    def _commitments(self) -> Iterator[Vanished]:
        later = [_unit_of_commitment(commitment) for commitment in self._after.commitments]
        for index in self._before.card.commitments:
            yield from self._compare(index, _unit_of_commitment(self._before.commitments[index]), later)

    def _compare(self, index: int, unit: _Unit, later: Sequence[_Unit]) -> Iterator[Vanished]:
        instead = self._instead(unit, later)
        gone = self._gone([*unit.words, *unit.beside])
        gone += tuple(name for name in unit.names if not self._has(None, name))
        if not gone and instead is not None and self._is_renamed(unit, later[instead]):
            gone = unit.names[:1]
        if gone:
            yield self._vanished(index, gone, instead)

    def _is_renamed(self, unit: _Unit, later: _Unit) -> bool:
        """Return whether a sentence that was worded anew gives the words to somebody else."""
        before = {surname_of(self._before.words(name)) for name in unit.names[:1]} - {""}
        after = {surname_of(self._after.words(name)) for name in later.names[:1]} - {""}
        return bool(before and after and self._places(unit.words)) and before != after

    def _vanished(self, index: int, gone: tuple[Span, ...], instead: int | None) -> Vanished:
        if self._after.article.terms.max_snippet is not None:
            return Vanished(index, gone)  # its publisher counts the characters that are shown
        return Vanished(index, gone, next(iter(self._places(gone)), None), instead)

    def _gone(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        gone = {span for span in spans if not self._stands(span)}
        return tuple(sorted(one for one in gone if not any(other.covers(one) for other in gone - {one})))

    def _stands(self, span: Span) -> bool:
        holders = self._holders(span) or [span]
        return all(
            self._has(self._reworded.get(holder), Span(max(holder.start, span.start), min(holder.end, span.end)))
            for holder in holders
        )

    def _has(self, place: Span | None, span: Span) -> bool:
        words = _plain(_whole_words(self._before.article.text, span)).strip(_AT_THE_END)
        text = self._text if place is None else _plain(self._after.words(place))
        return _is_in(words, text)

    def _holders(self, span: Span) -> list[Span]:
        return [sentence.span for sentence in self._before.sentences if sentence.span.overlaps(span)]

    def _places(self, spans: Iterable[Span]) -> list[Span]:
        """Return the sentences that take the place of those that hold these words."""
        holders = (holder for span in spans for holder in self._holders(span))
        return list(dict.fromkeys(self._reworded[holder] for holder in holders if holder in self._reworded))

    def _instead(self, unit: _Unit, later: Sequence[_Unit]) -> int | None:
        """Return the likest of these: the very same words, or such as stand in the place of these."""
        words, places = self._words(self._before, unit), self._places(unit.words)
        found = [(0.0, 0)]
        for index, other in enumerate(later):
            new = self._words(self._after, other)
            if new == words or any(span.overlaps(place) for span in other.words for place in places):
                found.append((SequenceMatcher(None, words, new, autojunk=False).ratio(), -index))
        best, place = max(found)
        return -place if best >= ALIKE else None

    @staticmethod
    def _words(brief: Brief, unit: _Unit) -> list[str]:
        return [word for span in unit.words for word in _plain(brief.words(span)).split()]


def _unit_of_quote(quote: Quote) -> _Unit:
    speaker = quote.speaker
    return _Unit(quote.spans, names=tuple(filter(None, (speaker.name, speaker.role))) if speaker else ())


def _unit_of_commitment(commitment: Commitment) -> _Unit:
    deadline = commitment.deadline.span if commitment.deadline else None
    beside = (commitment.cue, commitment.condition, deadline)
    names = (*(actor.name for actor in commitment.actors), commitment.reported_by)
    return _Unit((commitment.what,), tuple(filter(None, beside)), tuple(filter(None, names)))


def _is_in(words: str, text: str) -> bool:
    """Return whether the words stand in the text, not as a part of longer ones."""
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w$", words) else ""
    return re.search(before + re.escape(words) + after, text) is not None


def _whole_words(text: str, span: Span) -> str:
    """Return the words at the span, with all of those of which it has a part."""
    start, end = span.start, span.end
    while 0 < start < end and _IN_WORD.fullmatch(text, start - 1, start + 1):
        start -= 1
    while start < end < len(text) and _IN_WORD.fullmatch(text, end - 1, end + 1):
        end += 1
    return text[start:end]


def _plain(text: str) -> str:
    """Return the text in one line, with one kind of quotation marks and dashes."""
    return " ".join(text.translate(_MARKS).split())


def _title(title: str) -> str:
    return _plain(title).casefold().strip(_AT_THE_END)
