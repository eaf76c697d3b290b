"""Numbers in a text with what they count: "$2.4bn", "2,400 million dollars", "thirty nurses"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from digest.editions.ledger.stems import stem_of
from digest.reading.lexicon import load_cues

_TOKEN = re.compile(r"[$€£]|\d[\d,]*(?:\.\d+)?|[^\W\d_]+|%")
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_KEPT = 8192
_YEARS = range(1900, 2100)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the stem of what it counts: "%" for a share, "$" for any money, "year" for a year's own number."""

    value: float
    unit: str


@lru_cache(_KEPT)
def figures_of(text: str) -> frozenset[Figure]:
    """Return the figures of a text. Days of a month, hours of a day and a lone "one" are none."""
    tokens = _TOKEN.findall(text.lower())
    return frozenset(_figures(tokens))


def _figures(tokens: Sequence[str]) -> Iterator[Figure]:
    place = 0
    while place < len(tokens):
        value, end = _number(tokens, place)
        if end == place:
            place += 1
            continue
        before = tokens[place - 1] if place else ""
        figure = _figure(value, before, tokens[place:end], tokens[end : end + 3])
        if figure is not None:
            yield figure
        place = end


def is_number_word(word: str) -> bool:
    """Return whether a word in lower case is part of a number."""
    return word in _listed("numbers") or word in _listed("scales")


def _number(tokens: Sequence[str], place: int) -> tuple[float, int]:
    """Return the number that begins at the place, and where it ends: at the place itself where none begins."""
    start, whole, part = place, 0.0, 0.0
    while place < len(tokens):
        word = tokens[place]
        if _NUMERAL.fullmatch(word) and place == start:
            part = float(word.replace(",", ""))
        elif word in _listed("numbers"):
            part += _listed("numbers")[word]
        elif word in _listed("scales") and place > start:
            scale = _listed("scales")[word]
            whole, part = (whole, part * scale) if scale == _HUNDRED else (whole + part * scale, 0.0)
        else:
            break
        place += 1
    return whole + part, place


def _figure(value: float, before: str, number: Sequence[str], after: Sequence[str]) -> Figure | None:
    if not _listed("no_amount").keys().isdisjoint({before, *after[:1]}) or list(number) == ["one"]:
        return None
    if not _listed("money").keys().isdisjoint({before, *after[:1]}):
        return Figure(value, "$")
    if after[:1] in (["%"], ["percent"]) or after[:2] == ["per", "cent"]:
        return Figure(value, "%")
    if len(number) == 1 and number[0].isdigit() and int(value) in _YEARS:
        return Figure(value, "year")
    return Figure(value, stem_of(after[0]) if after else "")


@cache
def _listed(name: str) -> dict[str, float]:
    listed = load_cues("ledger")["figures"][name]
    return listed if isinstance(listed, dict) else dict.fromkeys(listed, 0.0)
