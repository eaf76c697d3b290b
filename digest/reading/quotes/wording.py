"""Whether quotes are one: the same words of the same speaker, however two outlets print them."""

import re
from collections.abc import Iterable

from digest.reading.names.aliases import key_of

_WORD = re.compile(r"[^\W_]+")


def wording_of(pieces: Iterable[str]) -> str:
    """Return the words alone, each after a space and before one, without case, marks and where a piece ends.

    So one wording holds another where its words stand in it, one after the other.
    """
    return "".join(f" {word}" for piece in pieces for word in _WORD.findall(piece.casefold())) + " "


def surname_of(name: str) -> str:
    """Return by what a speaker is told from others who may have said the same words; empty without a name."""
    return key_of(name).rpartition(" ")[2]


def telling_of(pieces: Iterable[str], name: str) -> str:
    """Return what all tellings of one quote share, and no others: the wording and the speaker's surname."""
    return f"{surname_of(name)}:{wording_of(pieces)}"
