"""Which name a pronoun stands for: by gender, number and nearness, or none where more than one would do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.reading.names.people import Known
from digest.reading.names.printed import plain, wordlists
from digest.reading.quotes.cues import lexicon, may_be_said

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span as Tokens, Token

_GENDERS = {
    "he": "man", "him": "man", "his": "man", "himself": "man",
    "she": "woman", "her": "woman", "hers": "woman", "herself": "woman",
}  # fmt: skip
_SENTENCES_BACK = 6
_LONGEST_CHAIN = 10
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(slots=True)
class _Seen:
    """The people of one sentence outside quotation marks, by their place; who is its subject."""

    people: set[int] = field(default_factory=set)
    subjects: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)  # subjects that could be people, where nothing tells
    plurals: "list[Token]" = field(default_factory=list)
    things: "list[Token]" = field(default_factory=list)


def resolve_pronouns(
    doc: "Doc", known: list[Known], who_at: "Callable[[Token], int | None]", quoted: frozenset[int]
) -> "dict[int, int | Token]":
    """Return who each pronoun outside quotation marks stands for: an index into `known`, or a noun that has no name.

    "The 55-year-old" is one too. `who_at` tells who is named or described at a token; `quoted` are the tokens between
    marks. A pronoun counts as a mention for the ones after it. Looks _SENTENCES_BACK sentences back at most, so the
    time is linear.
    """
    found: dict[int, int | Token] = {}
    history: list[_Seen] = []
    for sentence in doc.sents:
        seen = _Seen()
        for token in sentence:
            if token.i in quoted:
                continue
            meant = _meant(token, known, seen, history)
            if meant is not None:
                found[token.i] = meant
            elif token.lower_ not in _GENDERS:
                _note(token, known, who_at, seen)
        history = [*history[1 - _SENTENCES_BACK :], seen]
    return found


def _meant(token: "Token", known: list[Known], seen: _Seen, history: list[_Seen]) -> "int | Token | None":
    gender = _GENDERS.get(token.lower_)
    if gender is None and _is_age(token):
        return _last_named(token, seen, history)
    if gender is None:
        is_thing = token.lower_ in {"they", "it"} and token.dep_ in _SUBJECTS
        return _thing(token, known, seen, history) if is_thing else None
    who = _person(gender, known, seen, history)
    if who is not None:
        known[who].is_person = True  # "Dahlys Hamilton spoke. She left."
        if token.dep_ in _SUBJECTS:
            known[who].gender = known[who].gender or gender
        _note_person(token, who, seen)
    return who


def _is_age(token: "Token") -> bool:
    # "the 55-year-old", "the dad-of-three": said of somebody who was just named.
    if token.lower_ != "old" and token.whitespace_:
        return False  # most words, at once
    doc, place = token.doc, token.i
    before = [one.lower_ for one in doc[max(place - 6, 0) : place]]
    if token.lower_ == "old":
        return before[-3:] == ["-", "year", "-"] and "the" in before
    return "the" in before[-1:] and [one.lower_ for one in doc[place + 1 : place + 4]] == ["-", "of", "-"]


def _last_named(token: "Token", here: _Seen, history: list[_Seen]) -> int | None:
    for seen in (here, *reversed(history)):
        if seen.people:
            if token.dep_ in _SUBJECTS and len(seen.people) == 1:
                seen.subjects.update(seen.people)
            return next(iter(seen.people)) if len(seen.people) == 1 else None
    return None


def _note(token: "Token", known: list[Known], who_at: "Callable[[Token], int | None]", seen: _Seen) -> None:
    who = who_at(token)
    if who is not None:
        if known[who].is_person:
            _note_person(token, who, seen)
        elif token.dep_ in _SUBJECTS and token.head.dep_ != "relcl":
            # "In the notice, which the Gazette has seen, it says": who stands in a relative clause is passed over.
            seen.bodies.add(who)
            if known[who].could_be_person:
                seen.unknown.add(who)
    elif token.tag_ == "NN" and token.dep_ in _SUBJECTS and token.head.dep_ != "relcl" and _is_body_word(token):
        seen.things.append(token)
    if token.dep_ in _SUBJECTS and (
        token.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in token.children)
    ):
        seen.plurals.append(token)


def _is_body_word(noun: "Token") -> bool:
    is_body = plain(noun) in wordlists().bodies | wordlists().body_words
    return is_body and any(child.dep_ == "det" and child.lower_ == "the" for child in noun.children)


def _note_person(token: "Token", who: int, seen: _Seen) -> None:
    seen.people.add(who)
    if _leads(token):
        seen.subjects.add(who)


def _leads(token: "Token") -> bool:
    # Subject of the main clause, or of a reporting verb: a quotation may turn the parse of its sentence upside down.
    for _ in range(_LONGEST_CHAIN):
        if token.dep_ not in {"conj", "appos"}:
            break
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according":
        return True
    if token.dep_ not in _SUBJECTS:
        return False
    verb = token.head
    if may_be_said(verb) in lexicon().say:
        return verb.dep_ != "relcl" or token.pos_ == "PRON"
    for _ in range(_LONGEST_CHAIN):
        if verb.dep_ != "conj":
            break
        verb = verb.head
    return verb.dep_ == "ROOT"


def _person(gender: str, known: list[Known], here: _Seen, history: list[_Seen]) -> int | None:
    fallback: int | None = None
    for seen in (here, *reversed(history)):
        fitting = [who for who in seen.people if known[who].gender in {None, gender}]
        leading = [who for who in fitting if who in seen.subjects]
        if leading:
            return _only(leading, gender, known)
        unknown = [who for who in seen.unknown if known[who].gender in {None, gender}]
        if fallback is None and not fitting and len(unknown) == 1:
            return unknown[0]
        # Somebody else leads, or nobody: whoever stands there is meant only if nobody before leads.
        if fallback is None and fitting:
            fallback = _only(fitting, gender, known)
            if fallback is None or known[fallback].gender == gender:
                return fallback
    return fallback


def _only(people: list[int], gender: str, known: list[Known]) -> int | None:
    """Return the only one, or the only one who is known to be a man, or a woman."""
    sure = [who for who in people if known[who].gender == gender]
    return next((choice[0] for choice in (people, sure) if len(choice) == 1), None)


def _thing(token: "Token", known: list[Known], here: _Seen, history: list[_Seen]) -> "int | Token | None":
    is_plural = token.lower_ == "they"
    for seen in (here, *reversed(history[-2:])):
        if is_plural and seen.plurals:
            return seen.plurals[0] if len(seen.plurals) == 1 else None
        if seen.bodies or seen.things:
            several: list[int | Token] = [*seen.bodies, *seen.things]
            return several[0] if len(several) == 1 else None
        if is_plural and len(seen.subjects) == 1 and sum(one.is_person for one in known) == 1:
            return next(iter(seen.subjects))
    return None


def quoted_tokens(stretches: "Iterable[Tokens | None]") -> frozenset[int]:
    """Return the indexes of the tokens in the stretches."""
    return frozenset(_indexes(stretches))


def _indexes(stretches: "Iterable[Tokens | None]") -> Iterator[int]:
    for stretch in stretches:
        if stretch is not None:
            yield from range(stretch.start, stretch.end)
