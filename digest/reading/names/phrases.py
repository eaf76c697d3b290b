"""Noun phrases that stand for somebody: where they begin and end, and which name stands beside them."""

from typing import TYPE_CHECKING

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
_TIMES = frozenset(
    {"statement", "interview", "speech", "letter", "tweet", "post", "response", "reply", "report", "fact"}
)


def phrase_edges(noun: "Token", *, until: int | None = None) -> tuple["Token", "Token"]:
    """Return the first and last token of the phrase around `noun`: "a note from a schoolboy".

    Clauses, appositions and joined nouns are no part of it; `until` is the token index that it must not reach.
    """
    first = noun
    for child in noun.lefts:
        if child.dep_ in _BEFORE and not child.is_quote and child.text != ",":
            first = child.left_edge if child.left_edge.i < first.i else first
    while first.i < noun.i and (first.is_punct or first.is_space):
        first = first.nbor(1)
    last = noun
    for child in noun.rights:
        if until is not None and child.right_edge.i >= until:
            break
        if child.i != last.i + 1 and child.dep_ != "amod":
            break
        if not _belongs(child):
            break
        last = _end_of(child)
    return first, last


def _belongs(child: "Token") -> bool:
    if child.dep_ == "prep" and child.lower_ in _PREPOSITIONS:
        objects = [token for token in child.children if token.dep_ == "pobj"]
        return bool(objects) and objects[0].lower_ not in _NOT_AFTER_ON | _TIMES
    return child.dep_ == "amod" and any(token.dep_ == "prep" for token in child.children)


def _end_of(child: "Token") -> "Token":
    edge = child
    for token in child.rights:
        if token.dep_ == "pobj":
            edge = phrase_edges(token)[1]
        elif token.dep_ == "prep":
            edge = _end_of(token)
    return edge
