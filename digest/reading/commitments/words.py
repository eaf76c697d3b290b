"""The cue list of commitments as sets and tables, and the words of a token as the list has them."""

from functools import cache
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEDGED = "hedged"
_MISTAKEN = {"hop": "hope"}  # the lemmatizer makes "hopes" a form of "hop"


@cache
def words(table: str, key: str) -> frozenset[str]:
    """Return a list of the cue file as a set."""
    return frozenset(load_cues("commitments")[table][key])


@cache
def frame(table: str) -> dict[str, tuple[CommitmentKind, Strength]]:
    """Return, for the words of a table of cues, the kind and strength of what they commit to."""
    kinds = {kind.value for kind in CommitmentKind} | {_HEDGED}
    return {
        word: _kind_of(kind)
        for kind, listed in load_cues("commitments")[table].items()
        if kind in kinds
        for word in listed
    }


@cache
def seats() -> dict[str, int]:
    """Return, for names of seats of power and their countries, a number that they share."""
    groups = load_cues("commitments")["reporting"]["seats"]
    return {name: number for number, group in enumerate(groups) for name in group["seat"]}


def lemma(token: "Token") -> str:
    """Return the token's lemma in lower case."""
    found = token.lemma_.lower()
    return _MISTAKEN.get(found, found) if token.pos_ == "VERB" and token.lower_ != found else found


def phrasal(token: "Token") -> str:
    """Return the verb's lemma with its particle, where it has one: "rule out"."""
    for child in token.children:
        if child.dep_ == "prt" or (
            child.dep_ == "advmod" and child.lower_ in {"down", "out"} and child.i == token.i + 1
        ):
            return f"{lemma(token)} {child.lower_}"
    return lemma(token)


def _kind_of(name: str) -> tuple[CommitmentKind, Strength]:
    if name == _HEDGED:
        return CommitmentKind.PLAN, Strength.HEDGED
    return CommitmentKind(name), Strength.FIRM
