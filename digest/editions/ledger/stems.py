"""The stem of an English word, so that "closing", "closed" and "closure" meet."""

import re
from functools import lru_cache

from digest.reading.lexicon import load_cues

_KEPT = 50_000
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = 3
_PLURAL = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zes", "z"))
_NO_PLURAL = ("ss", "us", "is")

# Longest first, each with the fewest letters that stay before it.
_INFLECTIONS = (("edly", 3), ("ings", 3), ("ing", 3), ("ed", 3))
_DERIVATIONS = (
    *(("isation", 4), ("ization", 4), ("ement", 4), ("ation", 4), ("ition", 4), ("ment", 4), ("ness", 4), ("ance", 4)),
    *(("ence", 4), ("able", 4), ("ible", 4), ("ery", 5), ("ity", 5), ("ive", 5), ("ure", 4), ("ion", 5), ("al", 4)),
    *(("er", 4), ("or", 5), ("ly", 4)),
)


@lru_cache(_KEPT)
def stem_of(word: str) -> str:
    """Return the stem of a word in lower case. It need not be a word, and means the same only within this program."""
    word = load_cues("ledger")["irregular"].get(word, word)
    if len(word) <= _SHORT:
        return word
    return _plain_end(_without(_without(_singular(word), _INFLECTIONS), _DERIVATIONS))


def _singular(word: str) -> str:
    for ending, instead in _PLURAL:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word if word.endswith(_NO_PLURAL) else word.removesuffix("s")


def _without(word: str, endings: tuple[tuple[str, int], ...]) -> str:
    for ending, least in endings:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= least and _VOWEL.search(rest):
            return rest
    return word


def _plain_end(word: str) -> str:
    # "plan" and "planned", "drive" and "driving", "apply" and "applied", "organiser" and "organizer" end alike.
    if word[-1:] == word[-2:-1] and (word[-1] not in "lsz" or len(word) > len("spell")):
        word = word[:-1]
    word = word.removesuffix("e")
    if word.endswith(("is", "iz")) and len(word) > len("advis"):
        return word[:-2]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > _SHORT else word
