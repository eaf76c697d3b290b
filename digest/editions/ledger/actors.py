"""Whether the actors of two tellings can be the same: short and full names, a body and its board, a body's speaker."""

import re
from collections.abc import Iterable
from functools import lru_cache

from digest.editions.ledger.stems import stem_of
from digest.model import Telling
from digest.reading.lexicon import load_cues
from digest.reading.names.aliases import key_of
from digest.reading.names.printed import wordlists

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_OWNER = re.compile(r"(?:[Tt]he )?(?P<owner>[A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s?\s+(?P<part>[a-z].*)")
_POSSESSIVE = re.compile(r"['’]s(?!\w)")
_NAME = re.compile(r"[A-Z][\w.-]*(?: (?:(?:of|the|for|de|van|von) )*[A-Z][\w.-]*)*")
_KEPT = 8192
_PART_OF = "of "  # the owner of whoever acts, who does not act
_LONG_WORD = 5
_DESCRIPTION = 4  # words: no name is as long
_INITIALS = 3  # letters: fewer are shared by chance
_IDLE = frozenset({"the", "a", "an", "of", "and", "for", "in", "at", "its", "his", "her", "their", "s"})


def is_bound_by_both(one: Telling, other: Telling) -> bool:
    """Return whether an actor of the one can be an actor of the other: a name in full, its short form, its board."""
    return any(
        _may_be(mine, yours) for mine in map(actor_words, one.actors) for yours in map(actor_words, other.actors)
    )


def is_told_by_the_other(one: Telling, other: Telling) -> bool:
    """Return whether an actor of the one speaks in the other: "Halvia will, its minister Ilse Varenholt said"."""
    is_party = any(_parties(a) & set(map(actor_words, b.actors)) for a, b in ((one, other), (other, one)))
    return not is_party and (_speaks(one, other) or _speaks(other, one))


@lru_cache(_KEPT)
def actor_words(name: str) -> tuple[str, ...]:
    """Return the stems by which an actor is known: of "Vardolane's board" that is "vardolan"."""
    owned = _OWNER.match(name)
    if owned and _organs().isdisjoint(stem_of(word) for word in _WORD.findall(owned["part"])):
        return (_PART_OF + owned["owner"].lower(), *_stems(owned["part"].split()))
    key = key_of(owned["owner"] if owned else name)
    return _stems(key.split() or _WORD.findall(name.lower()))


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(stem_of(word) for word in words if word not in _IDLE)


def _may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, full = sorted((one, other), key=len)
    shared = sum(any(_is_form(word, there) for there in full) for word in short)
    if len(short) >= _DESCRIPTION:
        return shared * 3 >= len(short) * 2
    if _is_initials(short, full):
        return True
    if all(word in _titles() for word in short) or shared < len(short) or _offshoots() & ({*full} - {*short}):
        return False
    # The Democratic Union is not the Social Democratic Union.
    is_end = short == full[-len(short) :] and len(short) < len(full)
    return not (is_end and len(short) > 1 and not _bodies().isdisjoint(full))


def _is_initials(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    # "KLA" and the Kel Liberation Army.
    return len(full) >= _INITIALS and short == (_initials(full),)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words)


def _is_form(word: str, other: str) -> bool:
    # "Halvia" and "the Halvian government", "inspectors" and an "inspectorate".
    is_start = word.startswith(other) or other.startswith(word)
    return word == other or (is_start and min(len(word), len(other)) >= _LONG_WORD)


def _speaks(one: Telling, other: Telling) -> bool:
    """Return whether an actor of the one says what the other tells, and takes no part in it."""
    around = other.sentence
    for part in filter(None, (other.what, other.condition)):
        around = around.replace(part, " ")
    speakers = {words for words in _speakers_in(around) | _names_in(other.reported_by or "") if not _is_kind(words)}
    inside = _parties(other)
    return any(
        words not in inside and any(_may_be(words, name) for name in speakers) for words in map(actor_words, one.actors)
    )


def _parties(telling: Telling) -> frozenset[tuple[str, ...]]:
    # Who is named first is who acts: "Sant Oriel as venue for talks".
    first = _NAME.match(telling.what)
    return _names_in(f"{telling.what[first.end() if first else 0 :]}, {telling.condition or ''}")


def _is_kind(words: tuple[str, ...]) -> bool:
    return all(word in _bodies() | _titles() for word in words)


@lru_cache(_KEPT)
def _names_in(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(actor_words(found[0]) for found in _NAME.finditer(_POSSESSIVE.sub(",", text)))


@lru_cache(_KEPT)
def _speakers_in(text: str) -> frozenset[tuple[str, ...]]:
    plain = _POSSESSIVE.sub(",", text)
    return frozenset(
        actor_words(found[0])
        for found in _NAME.finditer(plain)
        if _is_speaking(plain[: found.start()], plain[found.end() :])
    )


def _is_speaking(before: str, after: str) -> bool:
    # "Ilse Varenholt said", "said its minister, Ilse Varenholt", and a headline's "Varenholt wants".
    words = [word.lower() for word in _WORD.findall(before)[-1:] + _WORD.findall(after)[:1]]
    return any(stem_of(word) in _speech() or word in wordlists().titles for word in words) or not before.strip()


@lru_cache(1)
def _speech() -> frozenset[str]:
    verbs = load_cues("speech")["verbs"]
    return frozenset(map(stem_of, verbs["say"] + verbs["utter"]))


@lru_cache(1)
def _organs() -> frozenset[str]:
    return frozenset(map(stem_of, load_cues("ledger")["organs"]))


@lru_cache(1)
def _offshoots() -> frozenset[str]:
    return frozenset(map(stem_of, load_cues("ledger")["offshoots"]))


@lru_cache(1)
def _titles() -> frozenset[str]:
    return frozenset(map(stem_of, wordlists().titles))


@lru_cache(1)
def _bodies() -> frozenset[str]:
    return frozenset(map(stem_of, wordlists().bodies))
