"""Reports without marks: a cue verb with the clause it reports, and "according to"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import Quote, QuoteKind, Span
from digest.reading.clauses import is_passive
from digest.reading.quotes.cues import (
    cue_words,
    is_according,
    is_unsaid,
    lexicon,
    object_of_according,
    speaker_of,
    verb_of,
)
from digest.reading.quotes.marks import trim_statement
from digest.reading.quotes.pieces import cue_span, speaker_of_attribution
from digest.reading.quotes.regions import Layout
from digest.reading.quotes.trailing import goes_on, holds_statement, reports_what_stands_before, subject_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from digest.reading.names import Names

_FEWEST_WORDS = 2
_QUESTION_WORDS = frozenset({"whether", "if", "what", "who", "why", "when", "where", "how", "which"})
_NARRATOR = frozenset({"i", "we", "you"})
_LONGEST_ASIDE = 12
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_CLAUSES = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class _Report:
    """A cue with the token ranges (last included) of what it reports."""

    cue: "tuple[Token, Token]"
    speaker: "Token | None"
    content: tuple[tuple[int, int], ...]
    method: str

    @property
    def length(self) -> int:
        return sum(last - first + 1 for first, last in self.content)


def find_indirect(layout: Layout, names: "Names", marked: Iterable[Quote]) -> Iterator[Quote]:
    """Yield the reports outside quotation marks in text order; of nested ones the outermost.

    A clause that holds words of a quote in marks is told by that quote alone.
    """
    taken = sorted(span for quote in marked for span in quote.spans)
    used = {quote.cue for quote in marked if quote.kind is QuoteKind.DIRECT}
    for report in _outermost(layout, list(_reports(layout))):
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


def _reports(layout: Layout) -> Iterator[_Report]:
    for token in layout.parsed.doc:
        if token.i in layout.quoted:
            continue
        if is_according(token):
            report = _according(token)
        elif verb_of(token):
            report = _reported_clause(layout, token) or _reported_deed(layout, token)
        else:
            continue
        if report is not None and report.content:
            yield report


def _reported_clause(layout: Layout, verb: "Token") -> _Report | None:
    base = verb_of(verb)
    if base not in lexicon().say | lexicon().show or is_unsaid(verb):
        return None
    if (trailing := _trailing(layout, verb)) is not None:
        return trailing
    speaker = speaker_of(verb, layout.quoted)
    if not _may_report(verb, speaker, base):
        return None
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and not _is_apart(child, verb)), None)
    if clause is None:
        return _parenthesis(verb, speaker)
    if _is_question(clause) or not _is_clause(clause):
        return None
    first, last = clause.left_edge.i, clause.right_edge.i
    content = (first, _before_aside(verb.doc, first, last) if first > verb.i else last)
    return _Report(cue_words(verb), speaker, (content,), "verb and reported clause")


def _trailing(layout: Layout, verb: "Token") -> _Report | None:
    """The wall will be ready by May, the leader of the council said on Monday."""
    start = verb.sent.start
    words = layout.words(range(start, verb.i))
    if not reports_what_stands_before(verb) or any(token.i in layout.quoted for token in words):
        return None
    found = subject_before(words)
    if found is None or found[1].lower_ in _NARRATOR:
        return None
    comma, speaker = found
    statement = layout.words(range(start, comma.i))
    if not holds_statement(statement) or any(token.text in {";", ":"} for token in statement):
        return None
    rest = goes_on(layout.words(range(verb.i + 1, verb.sent.end)))
    if rest is None:
        return None
    content = [(start, comma.i - 1)]
    if rest:
        content.append((rest[0].i, rest[-1].i))
    return _Report((verb, verb), speaker, tuple(content), "clause, then its subject and verb")


def _may_report(verb: "Token", speaker: "Token | None", base: str) -> bool:
    if speaker is None:
        return is_passive(verb)
    if speaker.lower_ in _NARRATOR or speaker.tag_ == "WP":
        return False
    # "The figures show": a document says so; "he showed that" is a deed.
    return base in lexicon().say or speaker.lemma_.lower() in lexicon().documents


def _parenthesis(verb: "Token", speaker: "Token | None") -> _Report | None:
    """The ice road, officials say, will not bear a lorry."""
    clause = verb.head.head if verb.head.dep_ in {"aux", "auxpass"} else verb.head
    if verb.dep_ != "parataxis" or clause == verb or clause.pos_ not in _CLAUSES or speaker is None:
        return None
    whole = (clause.left_edge.i, clause.right_edge.i)
    aside = _between_commas(verb)
    if aside is not None:
        return _Report((verb, verb), aside[1], _cut(whole, aside[0].i, _end_of_aside(verb)), "verb in a parenthesis")
    content = _cut(whole, verb.left_edge.i, verb.right_edge.i)
    return _Report((verb, verb), speaker, content, "verb in a parenthesis")


def _between_commas(verb: "Token") -> "tuple[Token, Token] | None":
    # ", transport officials in Yellow Bay say,": what stands from the comma to the verb is who says it.
    doc = verb.doc
    if doc[verb.i + 1 : verb.i + 2].text != ",":
        return None
    for place in range(verb.i - 1, max(verb.i - _LONGEST_ASIDE, verb.sent.start), -1):
        if doc[place].text == ",":
            nouns = [token for token in doc[place + 1 : verb.i] if token.pos_ in _NOUNS]
            outer = [token for token in nouns if not place < token.head.i < verb.i]
            return (doc[place + 1], outer[0]) if outer else None
    return None


def _end_of_aside(verb: "Token") -> int:
    # ", an official said, speaking on condition of anonymity": how it was said is no part of what was said.
    place = verb.i + 2
    if place < len(verb.doc) and verb.doc[place].tag_ == "VBG":
        return int(verb.doc[place].right_edge.i)
    return int(verb.i)


def _reported_deed(layout: Layout, verb: "Token") -> _Report | None:
    """Accused X of doing, denied doing, claimed to have done."""
    if verb_of(verb) not in lexicon().deed or is_unsaid(verb) or is_passive(verb) or _is_participle(verb):
        return None
    speaker = speaker_of(verb, layout.quoted)
    if speaker is None or speaker.lower_ in _NARRATOR:
        return None
    first = last = None
    for child in verb.children:
        if child.dep_ == "xcomp" or (child.dep_ == "prep" and any(noun.dep_ == "pcomp" for noun in child.children)):
            first, last = first or child.left_edge.i, child.right_edge.i
        elif child.dep_ == "dobj" and verb.lemma_ == "accuse":
            first = child.left_edge.i
    if first is None or last is None:
        return None
    return _Report((verb, verb), speaker, ((first, last),), "verb and reported deed")


def _is_participle(verb: "Token") -> bool:
    # "Accused of taking the money, she left": it was said of her.
    return verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)


def _according(token: "Token") -> _Report | None:
    noun = object_of_according(token)
    if noun is None:
        return None
    clause = token.head
    while clause.pos_ not in _CLAUSES and clause.head != clause:
        clause = clause.head
    if clause.pos_ not in _CLAUSES:
        return None
    while clause.dep_ == "conj" and clause.i < token.i and clause.head.pos_ in _CLAUSES:
        clause = clause.head  # "One in ten has it, and many never tell a doctor, according to a survey"
    whole = (clause.left_edge.i, clause.right_edge.i)
    content = _cut(whole, min(token.left_edge.i, token.i), max(token.right_edge.i, noun.right_edge.i))
    return _Report((token, token.nbor(1)), noun, content, "according to")


def _cut(whole: tuple[int, int], first: int, last: int) -> tuple[tuple[int, int], ...]:
    parts = ((whole[0], first - 1), (last + 1, whole[1]))
    return tuple((start, end) for start, end in parts if start <= end)


def _is_apart(clause: "Token", verb: "Token") -> bool:
    # "It warned that it would wait; in a letter it says that it will not": each side has its own.
    return any(token.text == ";" for token in clause.doc[clause.i : verb.i])


def _is_question(clause: "Token") -> bool:
    first = clause.left_edge
    return first.lower_ in _QUESTION_WORDS and first.lower_ != "if"


def _is_clause(head: "Token") -> bool:
    # "the pier that she said was closed": the reported clause has no subject of its own.
    if not verb_of(head):
        return False  # "finds it too generous"
    if any(child.dep_ == "mark" and child.lower_ == "that" for child in head.children):
        return True
    subject = next((child for child in head.children if child.dep_ in _SUBJECTS), None)
    return subject is not None and subject.tag_ != "WDT"


def _outermost(layout: Layout, reports: Sequence[_Report]) -> list[_Report]:
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


def _spans(layout: Layout, report: _Report) -> Iterator[Span]:
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


def _before_aside(doc: "Doc", first: int, last: int) -> int:
    # "said panic was spreading as he set out a plan": what the speaker did meanwhile was not said.
    for place in range(last - 2, first + 1, -1):
        if doc[place].lower_ == "as" and doc[place + 1].lower_ in {"he", "she", "they", "it"}:
            return place - 1 if doc[place + 2].tag_ == "VBD" else last
    return last


def _is_that(token: "Token", found: list[Span]) -> bool:
    return not found and token.lower_ == "that" and token.dep_ not in {"nsubj", "det"}


def _meets(taken: list[Span], span: Span) -> bool:
    place = bisect_left(taken, Span(span.start, span.start))
    return any(other.overlaps(span) for other in taken[max(place - 1, 0) : place + 1])
