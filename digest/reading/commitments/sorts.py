"""What sort of thing a noun names, by its form and by word lists: a time, an amount, a person, a body."""

import re
from typing import TYPE_CHECKING

from digest.reading.commitments.words import lemma, words
from digest.reading.names.references import BODY, MAYBE_PERSON, PERSON

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_EDGES = frozenset({"end", "start", "beginning", "middle", "turn", "close"})


def is_time(token: "Token") -> bool:
    """Return whether it is a stretch or a point of time: "Friday", "two years", "the end of 2029"."""
    if token.pos_ == "NUM":
        return _YEAR.fullmatch(token.text) is not None
    if token.lower_ in _EDGES:
        whole = (pobj for of in token.rights if of.lower_ == "of" for pobj in of.children if pobj.dep_ == "pobj")
        return any(map(is_time, whole))
    return token.lower_ in words("things", "times") or lemma(token) in words("things", "times")


def is_amount(token: "Token") -> bool:
    """Return whether it is money or a share: "$40m", "5 %"."""
    around = {token.lower_, *(one.lower_ for one in token.subtree)}
    return not around.isdisjoint(words("things", "units"))


def is_person(token: "Token") -> bool:
    """Return whether it is the name of a person, or has at least the form of one."""
    return token.ent_type_ in {PERSON, MAYBE_PERSON}


def is_body(token: "Token") -> bool:
    """Return whether it is a name that no person has: of a body, a state, a place."""
    return token.ent_type_ == BODY
