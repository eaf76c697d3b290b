"""Noun phrases that stand for somebody: where they begin and end, and which name stands beside them."""

from typing import TYPE_CHECKING

from digest.reading.quotes.cues import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "neg", "advmod", "case", "punct"}
)
# "the coastguard in Valletta", "two people familiar with the sale"; what says when or how it was said is no part.
_PREPOSITIONS = frozenset(
    {"of", "for", "in", "from", "at", "with", "close", "near", "to", "behind", "inside", "within", "on"}
)
_NOT_AFTER_ON = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday condition twitter facebook air television tv radio x
    instagram behalf""".split()  # noqa: SIM905 -- a list of words reads as words
)
_NOBODIES = frozenset(
    {"person", "people", "man", "men", "woman", "women", "those", "anyone", "everyone", "somebody", "someone"}
)
_LONGEST_CLAUSE = 12
_TIMES = frozenset(
    {"statement", "interview", "speech", "letter", "tweet", "post", "response", "reply", "report", "fact"}
)


def phrase_edges(noun: "Token") -> tuple["Token", "Token"]:
    """Return the first and last token of the phrase around `noun`: "a note from a schoolboy".

    Clauses, appositions and joined nouns are no part of it.
    """
    before = (child.left_edge for child in noun.lefts if child.dep_ in _BEFORE and child.tag_ != "VBD")
    first = next(before, noun)
    while first.i < noun.i and (first.is_punct or first.is_space):
        first = first.nbor(1)
    last = noun
    for child in noun.rights:
        if child.left_edge.i != last.i + 1 or not (_belongs(child) or _is_maker(child)):
            break
        last = _end_of(child)
    return first, last


def with_clause(noun: "Token", last: "Token") -> "Token":
    """Return the last token of "two people who have seen the plans": by themselves such words say nothing."""
    if noun.lower_ not in _NOBODIES and not any(child.lower_ in {"a", "an", "one"} for child in noun.lefts):
        return last
    for clause in noun.rights:
        is_next = clause.dep_ == "relcl" and clause.left_edge.i == last.i + 1 and clause.left_edge.lower_ == "who"
        if is_next and clause.right_edge.i - last.i <= _LONGEST_CLAUSE:
            return clause.right_edge
    return last


def _is_maker(child: "Token") -> bool:
    # "a survey by the Federation of School Principals"
    return child.dep_ == "prep" and child.lower_ == "by" and child.head.lower_ in lexicon().documents


def _belongs(child: "Token") -> bool:
    if child.dep_ == "prep" and child.lower_ in _PREPOSITIONS:
        objects = [token for token in child.children if token.dep_ == "pobj"]
        return bool(objects) and objects[0].lower_ not in _NOT_AFTER_ON | _TIMES
    return child.dep_ == "amod" and any(token.dep_ == "prep" for token in child.children)


def _last_of(noun: "Token", preposition: "Token") -> "Token":
    # "the cities of Sarn and Holm"
    is_list = preposition.lower_ == "of" and preposition.head.tag_ in {"NNS", "NNPS"} and noun.pos_ == "PROPN"
    joined = [token for token in noun.conjuncts if token.i > noun.i and token.pos_ == "PROPN"]
    return joined[-1] if is_list and joined else noun


def _end_of(child: "Token") -> "Token":
    edge = child
    for token in child.rights:
        if token.dep_ == "pobj":
            edge = phrase_edges(_last_of(token, child))[1]
        elif token.dep_ == "prep":
            edge = _end_of(token)
    return edge
