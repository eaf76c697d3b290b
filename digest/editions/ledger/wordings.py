"""What the words of a telling say, apart from how they say it: stems with their weights, names and figures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from digest.editions.ledger.figures import Figure, figures_of, is_number_word
from digest.editions.ledger.stems import stem_of
from digest.reading.lexicon import load_cues
from digest.reading.names.printed import wordlists

FIGURE = "#"
"""Stands in a sequence of words for any number."""

_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
# "Jaspera" and "Jasperan" are one.
_OF_PLACE = re.compile(r"(?<=\w\w\w)(?:ia?|a|[ie]?an|ish|ese?)$")
_KEPT = 8192
LIGHT = 0.3
"""What a word weighs that many commitments share."""

_PLAIN, _NAME = 1.0, 2.0
_LEAST_FIGURE = 7  # smaller numbers are shared by chance


@dataclass(frozen=True, slots=True)
class Wording:
    """What words say: each meaning with its weight, which are names, the figures, and the meanings as they follow.

    `rounds` are words that tell of another time of the same: "further", "second", "ten more".
    """

    weights: Mapping[str, float]
    names: frozenset[str]
    figures: frozenset[Figure]
    rounds: frozenset[str]
    sequence: tuple[str, ...]


@lru_cache(_KEPT)
def wording_of(text: str, *, begins: bool = False) -> Wording:
    """Return what the words of a text say; where it `begins` a sentence its first capital makes no name."""
    plain = _in_single_words(_POSSESSIVE.sub("", text))
    weights: dict[str, float] = {}
    names: set[str] = set()
    sequence: list[str] = []
    is_heading = _is_heading(plain)
    for number, found in enumerate(_WORD.finditer(plain)):
        word = found[0].lower()
        meaning = _meaning(word)
        sequence.append(meaning)
        if meaning == FIGURE or word in _listed("idle") or len(word) == 1:
            continue
        if _is_name(found[0], is_first=is_heading or (begins and number == 0)):
            names.add(meaning)
        weight = _NAME if meaning in names else LIGHT if meaning in _light() else _PLAIN
        weights[meaning] = max(weights.get(meaning, 0.0), weight)
    figures = figures_of(plain)
    weights |= {f"{figure.value:g}": _PLAIN for figure in figures if figure.value >= _LEAST_FIGURE}
    return Wording(weights, frozenset(names), figures, _rounds(plain), _joined(sequence))


def _in_single_words(text: str) -> str:
    for phrase, word in _phrases():
        text = phrase.sub(word, text)
    return text


def is_heavy(weight: float) -> bool:
    """Return whether a word of this weight says something of what is committed."""
    return weight >= _PLAIN


def meaning_of(word: str) -> str:
    """Return what stands for a word in lower case and for all that news uses in its place."""
    stem = stem_of(word)
    return _groups().get(stem) or _OF_PLACE.sub("", stem)


def _meaning(word: str) -> str:
    return FIGURE if word[0].isdigit() or is_number_word(word) else meaning_of(word)


def _is_heading(text: str) -> bool:
    # "Close Port Harrow Blast Furnace": here a capital says nothing.
    words = [word for word in _WORD.findall(text) if word.lower() not in _listed("idle") and not word[0].isdigit()]
    return len(words) > 3 and all(word[0].isupper() for word in words)  # noqa: PLR2004 -- a name alone is shorter


def _is_name(printed: str, *, is_first: bool) -> bool:
    word = printed.lower()
    if is_first or not printed[0].isupper() or (printed.isupper() and len(printed) > 1):
        return False
    return word not in _listed("light") and word not in wordlists().titles


def _rounds(text: str) -> frozenset[str]:
    # A "third-party" is no third time.
    words = [found[0].lower() for found in _WORD.finditer(text) if text[found.end() : found.end() + 1] != "-"]
    told = {word for word in words if word in _listed("rounds")}
    if any(_meaning(before) == FIGURE and word == "more" for before, word in pairwise(words)):
        told.add("more")
    return frozenset(told)


def _joined(sequence: list[str]) -> tuple[str, ...]:
    # "40 billion" is one number, as "40bn" is.
    return tuple(
        word for number, word in enumerate(sequence) if word != FIGURE or sequence[number - 1 : number] != [FIGURE]
    )


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_cues("ledger")[name])


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    listed = load_cues("ledger")["phrases"]
    return tuple((re.compile(rf"\b{phrase}\b", re.IGNORECASE), word) for phrase, word in listed.items())


@cache
def _light() -> frozenset[str]:
    return frozenset(map(meaning_of, _listed("light")))


@cache
def _groups() -> dict[str, str]:
    return dict(reversed(list(_members())))


def _members() -> Iterator[tuple[str, str]]:
    for group in load_cues("ledger")["alike"]:
        for word in group:
            yield stem_of(word), stem_of(group[0])
