"""One speaker under several names, across articles: the keys under which the names of two articles meet."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from digest.reading.names.printed import wordlists

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*|&")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_LONGEST_OFFICE = 4  # words: "former deputy prime minister"
_MOST_KNOWN = 4096  # names that are asked for again and again: an article prints each a dozen times


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker as one quote has them: the fullest name, the role, and the words beside the quote with their title."""

    name: str
    role: str = ""
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A key that may mean the speaker whose full name has the key `full`.

    `is_printed` tells what an article calls this speaker from what it only could: any surname alone.
    """

    key: str
    full: str
    is_printed: bool


def key_of(name: str, role: str = "") -> str:
    """Return the key of a name as somebody writes it, with title or without: "PM Starmer" is "prime minister starmer".

    A name of two words or more is its own key, without titles; a single word keeps the title or the office before it,
    since a Captain Brand is not the governor Brand. Case, accents, initials, "the", "Mr" and "Ms" do not count. Empty
    for what is no name: "a spokesman for the port".
    """
    office, rest = _split_office(name)
    if not _is_full(rest):
        office = office or next(_offices(role))
        return " ".join((*office, *rest)) if rest else ""
    return " ".join(rest)


def aliases_of(appearances: Iterable[Appearance]) -> tuple[Alias, ...]:
    """Return the keys that these appearances show, or leave possible, for each speaker with a name in full.

    An article shows one where it calls the same speaker by name and shorter, or prints an office with the name. A
    first name alone is nobody's: half the world shares it.
    """
    shown: dict[tuple[str, str], Alias] = {}
    for appearance in appearances:
        _, words = _split_office(appearance.name)
        if not _is_full(words):
            continue
        full = " ".join(words)
        printed = {full, *_short_forms(appearance, words)}
        possible = set() if "and" in words else {words[0], " ".join(_surname(words))}
        for key in sorted(printed | possible):
            known = shown.get((full, key))
            is_printed = key in printed or (known is not None and known.is_printed)
            shown[full, key] = Alias(key, full, is_printed)
    return tuple(shown.values())


def with_title(text: str, start: int, end: int) -> str:
    """Return the words of `text` from `start` to `end` with the titles that are printed right before them."""
    before = list(_WORD.finditer(text, max(0, start - 60), start))
    while before and not text[before[-1].end() : start].strip(" ."):
        if before[-1][0].lower() not in wordlists().titles:
            break
        start = before.pop().start()
    return text[start:end]


def _short_forms(appearance: Appearance, full: Sequence[str]) -> Iterator[str]:
    lists = wordlists()
    for office in filter(None, _offices(appearance.role)):
        yield " ".join((*office, *_surname(full)))
    office, rest = _split_office(appearance.mention)
    if office and office[-1] in lists.honours:
        yield f"{office[-1]} {full[0]}"
    is_body = not lists.bodies.isdisjoint(full)
    is_end = rest == full[-len(rest) :] and rest[0] not in lists.first_names
    if rest and (is_end or (is_body and rest == full[: len(rest)])):
        yield " ".join(rest)
    if office and rest in ((full[0],), _surname(full)):
        yield " ".join((*office, *rest))


@lru_cache(maxsize=_MOST_KNOWN)
def _split_office(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the titles and the words of the name itself; no words for what is no name."""
    printed = _WORD.findall(_POSSESSIVE.sub("", name))
    words = _plain(printed)
    # What may be a title stays where nothing would be left.
    count = 0
    while count < min(len(words) - 1, _LONGEST_OFFICE) and _is_office(words[count]):
        count += 1
    return (_spelled_out(words[:count]), tuple(words[count:])) if _is_capitalised(printed) else ((), ())


def _is_capitalised(printed: Sequence[str]) -> bool:
    # "the Bank of Orlan" and "mayor Rook" are, "Bank of Orlan officials" is a description.
    lists = wordlists()
    words = [word for word in printed if word not in lists.particles | lists.titles | {"the"}]
    is_written_small = bool(words) and (words[0][0].islower() or words[-1][0].islower())
    return any(word[0].isupper() for word in words) and not is_written_small


def _plain(printed: Iterable[str]) -> list[str]:
    lists = wordlists()
    idle = lists.courtesies | lists.suffixes | {"the"}
    words = (_without_accents(word).casefold() for word in printed)
    return [word for word in words if word not in idle and (len(word) > 1 or word == "&")]


def _without_accents(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _is_full(words: Sequence[str]) -> bool:
    return len(words) > len(_surname(words))


def _surname(words: Sequence[str]) -> tuple[str, ...]:
    # "Van der Meulen"; Ben is a particle in "Ben Gurion" and a first name in "Ben Carson".
    lists = wordlists()
    first = len(words) - 1
    while first > 0 and words[first - 1] in lists.particles - lists.first_names:
        first -= 1
    return tuple(words[first:])


def _offices(role: str) -> Iterator[tuple[str, ...]]:
    """Yield each run of titles in a role, or else its last word."""
    words = _plain(_WORD.findall(_POSSESSIVE.sub("", role)))
    runs = [list(run) for is_run, run in groupby(words, _may_be_office) if is_run]
    yield from map(_spelled_out, runs or [words[-1:]])


def _may_be_office(word: str) -> bool:
    return _is_office(word) or word in wordlists().beside


def _is_office(word: str) -> bool:
    return word in wordlists().titles or word in wordlists().abbreviations


def _spelled_out(office: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for word in office for part in wordlists().abbreviations.get(word, word).split())
