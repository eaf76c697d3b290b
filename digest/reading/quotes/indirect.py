"""Reports without marks as quotes: the outermost, with their spans and speakers."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from digest.model import Quote, QuoteKind, Span
from digest.reading.quotes.marks import trim_statement
from digest.reading.quotes.pieces import cue_span, speaker_of_attribution
from digest.reading.quotes.regions import Layout
from digest.reading.quotes.reports import Report, find_reports

if TYPE_CHECKING:
    from spacy.tokens import Token

    from digest.reading.names import Names

_FEWEST_WORDS = 2


def find_indirect(layout: Layout, names: "Names", marked: Iterable[Quote]) -> Iterator[Quote]:
    """Yield the reports outside quotation marks in text order; of nested ones the outermost.

    A clause that holds words of a quote in marks is told by that quote alone.
    """
    taken = sorted(span for quote in marked for span in quote.spans)
    used = {quote.cue for quote in marked if quote.kind is QuoteKind.DIRECT}
    for report in _outermost(layout, list(find_reports(layout))):
        spans = tuple(_spans(layout, report))
        cue = cue_span(layout.parsed, report.cue)
        if cue in used or any(cue is not None and cue.overlaps(span) for span in spans):
            continue
        if report.speaker is not None and report.speaker.lower_ == "it" and names.fullest(report.speaker) is None:
            continue  # "it is said", "it suggests that": mostly nobody
        if spans and not any(_meets(taken, span) for span in spans):
            yield Quote(
                kind=QuoteKind.INDIRECT,
                spans=spans,
                cue=cue,
                speaker=speaker_of_attribution(names, report.speaker),
                method=report.method,
            )


def _outermost(layout: Layout, reports: Sequence[Report]) -> list[Report]:
    # The longest first: a shorter one that meets a longer one has an end in it, so two looks are enough.
    covered = bytearray(len(layout.parsed.doc))
    kept = []
    for report in sorted(reports, key=lambda report: (-report.length, report.cue[0].i)):
        places = {report.cue[0].i, report.cue[1].i, *(place for part in report.content for place in part)}
        if any(covered[place] for place in places):
            continue
        kept.append(report)
        for first, last in report.content:
            covered[first : last + 1] = b"\1" * (last + 1 - first)
    return sorted(kept, key=lambda report: report.content[0])


def _spans(layout: Layout, report: Report) -> Iterator[Span]:
    doc, text = layout.parsed.doc, layout.parsed.text
    words = 0
    found: list[Span] = []
    for first, last in report.content:
        start = first
        while start <= last and (doc[start].is_punct or doc[start].is_space or _is_that(doc[start], found)):
            start += 1
        if start + 1 < last and doc[start].lower_ == "only" and _is_that(doc[start + 1], found):
            start += 2  # "would say only that"
        while start < last and doc[last].dep_ == "cc":  # what it joins is another report
            last -= 1  # noqa: PLW2901
        if start > last:
            continue
        span = trim_statement(text, doc[start].idx, doc[last].idx + len(doc[last]))
        words += sum(token.is_alpha for token in doc[start : last + 1])
        if span.start < span.end:
            found.append(span)
    if words >= _FEWEST_WORDS:
        yield from found


def _is_that(token: "Token", found: list[Span]) -> bool:
    return not found and token.lower_ == "that" and token.dep_ not in {"nsubj", "det"}


def _meets(taken: list[Span], span: Span) -> bool:
    place = bisect_left(taken, Span(span.start, span.start))
    return any(other.overlaps(span) for other in taken[max(place - 1, 0) : place + 1])
