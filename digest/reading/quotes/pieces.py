"""Marked stretches joined to quotes: pieces that only their attribution parts are one."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from digest.model import Quote, QuoteKind, Span, Speaker
from digest.reading.language import Parsed
from digest.reading.quotes.speakers import Attributed
from digest.reading.quotes.statements import Marking

if TYPE_CHECKING:
    from spacy.tokens import Token

    from digest.reading.names import Names


def join_pieces(parsed: Parsed, names: "Names", attributed: Iterable[Attributed]) -> Iterator[Quote]:
    """Yield one quote for the regions of one statement, a span for each, in text order."""
    pieces: list[Attributed] = []
    for piece in attributed:
        if pieces and not _goes_on(pieces, piece):
            yield _quote(parsed, names, pieces)
            pieces = []
        pieces.append(piece)
    if pieces:
        yield _quote(parsed, names, pieces)


def _goes_on(pieces: list[Attributed], piece: Attributed) -> bool:
    last = pieces[-1]
    cue, before = piece.attribution.cue, pieces[0].attribution.cue
    if piece.continues and all(one.marking is Marking.STATEMENT for one in (*pieces, piece)):
        return True
    return cue is not None and cue == before and last.region.paragraph == piece.region.paragraph


def _quote(parsed: Parsed, names: "Names", pieces: list[Attributed]) -> Quote:
    attribution = pieces[0].attribution
    is_direct = any(piece.marking is Marking.STATEMENT for piece in pieces)
    return Quote(
        kind=QuoteKind.DIRECT if is_direct else QuoteKind.MIXED,
        spans=tuple(piece.region.marked.span for piece in pieces),
        cue=cue_span(parsed, attribution.cue),
        speaker=speaker_of_attribution(names, attribution.speaker),
        method=attribution.method,
    )


def cue_span(parsed: Parsed, cue: "tuple[Token, Token] | None") -> Span | None:
    """Return where the cue stands."""
    return None if cue is None else parsed.span_of(*cue)


def speaker_of_attribution(names: "Names", token: "Token | None") -> Speaker | None:
    """Return the speaker whom the word means, or None rather than a guess."""
    if token is None or (name := names.fullest(token)) is None:
        return None
    return Speaker(name=name, mention=names.mention(token), role=names.role(token))
