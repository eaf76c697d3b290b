"""Where something is reported without marks: a cue verb with the clause it reports, and "according to"."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from digest.reading.quotes.regions import Layout
from digest.reading.quotes.trailing import goes_on, holds_statement, reports_what_stands_before, subject_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUESTION_WORDS = frozenset({"whether", "if", "what", "who", "why", "when", "where", "how", "which"})
_NARRATOR = frozenset({"i", "we", "you"})
_LONGEST_ASIDE = 12
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_CLAUSES = frozenset({"VERB", "AUX"})
_AUXILIARIES = frozenset({"have", "be", "will", "do"})


@dataclass(frozen=True, slots=True)
class Report:
    """A cue with the token ranges (last included) of what it reports."""

    cue: "tuple[Token, Token]"
    speaker: "Token | None"
    content: tuple[tuple[int, int], ...]
    method: str

    @property
    def length(self) -> int:
        """How many tokens it reports."""
        return sum(last - first + 1 for first, last in self.content)


def find_reports(layout: Layout) -> Iterator[Report]:
    """Yield every report outside quotation marks, the nested ones too, in the order of their cues."""
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


def _reported_clause(layout: Layout, verb: "Token") -> Report | None:
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
    if first > verb.i:
        content = [(first, _before_aside(verb.doc, first, _with_joined(clause, verb)))]
    else:
        content = [(first, last), *_interrupted(clause, verb)]
    return Report(cue_words(verb), speaker, tuple(content), "verb and reported clause")


def _with_joined(clause: "Token", verb: "Token") -> int:
    # "Sources say that she came, but begged to leave": by its tense the second verb is no act of those who say it.
    last = clause.right_edge.i
    for other in verb.conjuncts:
        has_subject = any(child.dep_ in _SUBJECTS for child in other.children)
        if verb.tag_ in {"VBP", "VBZ"} and other.tag_ == clause.tag_ == "VBD" and other.i > last and not has_subject:
            last = other.right_edge.i
    return int(last)


def _interrupted(clause: "Token", verb: "Token") -> tuple[tuple[int, int], ...]:
    # "The failure had, she warned this year, made it worse": what follows belongs to "had".
    if clause.lemma_ not in _AUXILIARIES or clause.right_edge != clause:
        return ()
    comma = next((token.i for token in verb.doc[verb.i : verb.sent.end] if token.text == ","), None)
    return () if comma is None else ((comma + 1, verb.sent.end - 1),)


def _trailing(layout: Layout, verb: "Token") -> Report | None:
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
    return Report((verb, verb), speaker, tuple(content), "clause, then its subject and verb")


def _may_report(verb: "Token", speaker: "Token | None", base: str) -> bool:
    if speaker is None:
        return is_passive(verb)
    if speaker.lower_ in _NARRATOR or speaker.tag_ == "WP":
        return False
    # "The figures show": a document says so; "he showed that" is a deed.
    return base in lexicon().say or speaker.lemma_.lower() in lexicon().documents


def _parenthesis(verb: "Token", speaker: "Token | None") -> Report | None:
    """The ice road, officials say, will not bear a lorry."""
    clause = verb.head.head if verb.head.dep_ in {"aux", "auxpass"} else verb.head
    if verb.dep_ != "parataxis" or clause == verb or clause.pos_ not in _CLAUSES or speaker is None:
        return None
    whole = (clause.left_edge.i, clause.right_edge.i)
    aside = _between_commas(verb)
    if aside is not None:
        return Report((verb, verb), aside[1], _cut(whole, aside[0].i, _end_of_aside(verb)), "verb in a parenthesis")
    content = _cut(whole, verb.left_edge.i, verb.right_edge.i)
    return Report((verb, verb), speaker, content, "verb in a parenthesis")


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


def _reported_deed(layout: Layout, verb: "Token") -> Report | None:
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
    return Report((verb, verb), speaker, ((first, last),), "verb and reported deed")


def _is_participle(verb: "Token") -> bool:
    # "Accused of taking the money, she left": it was said of her.
    return verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)


def _according(token: "Token") -> Report | None:
    noun = object_of_according(token)
    if noun is None:
        return _according_by_place(token)
    clause = token.head
    while clause.pos_ not in _CLAUSES and clause.head != clause:
        clause = clause.head
    if clause.pos_ not in _CLAUSES:
        return None
    while clause.dep_ == "conj" and clause.i < token.i and clause.head.pos_ in _CLAUSES:
        clause = clause.head  # "One in ten has it, and many never tell a doctor, according to a survey"
    whole = (clause.left_edge.i, clause.right_edge.i)
    content = _cut(whole, min(token.left_edge.i, token.i), max(token.right_edge.i, noun.right_edge.i))
    return Report((token, token.nbor(1)), noun, content, "according to")


def _according_by_place(token: "Token") -> Report | None:
    # "According to chemical weapons expert Ann Lee, the town ...": the parser may take the name for the subject.
    words = list(token.doc[token.i + 2 : token.sent.end])
    comma = next((place for place, one in enumerate(words[:_LONGEST_ASIDE]) if one.text == ","), 0)
    phrase = words[:comma]
    is_first = token.i <= token.sent.start + 1  # "But according to"
    if not is_first or not phrase or phrase[-1].pos_ not in _NOUNS or any(one.pos_ in _CLAUSES for one in phrase):
        return None
    return Report((token, token.nbor(1)), phrase[-1], ((words[comma].i + 1, words[-1].i),), "according to")


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
    # Neither "finds it too generous" nor "is said to be closed" reports a clause.
    return bool(verb_of(head)) and any(
        child.dep_ in _SUBJECTS or (child.dep_ == "mark" and child.lower_ == "that") for child in head.children
    )


def _before_aside(doc: "Doc", first: int, last: int) -> int:
    # "said panic was spreading as he set out a plan": what the speaker did meanwhile was not said.
    for place in range(last - 2, first + 1, -1):
        if doc[place].lower_ == "as" and doc[place + 1].lower_ in {"he", "she", "they"}:
            return place - 1 if doc[place + 2].tag_ == "VBD" else last
    return last
