"""One commitment told twice in an article is one: the fullest telling is the evidence."""

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.model import Commitment, CommitmentKind

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LIGHT = frozenset(
    ["a", "an", "the", "to", "of", "in", "on", "for", "and", "or", "with", "by", "at", "its", "their", "his", "her", "our"]
)
_STEM = 5
_ALIKE = 0.6
_POINTS_BACK = re.compile(r"\b(?:it|them|that|this|so|one)\b", re.IGNORECASE)
_NO = CommitmentKind.REFUSAL


def join_retellings(text: str, commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Return the commitments in text order, each told once, its other sentences in `also`."""
    kept: list[Commitment] = []
    for commitment in commitments:
        place = next((i for i, other in enumerate(kept) if _is_same(text, other, commitment)), None)
        if place is None:
            kept.append(commitment)
        else:
            kept[place] = _joined(text, kept[place], commitment)
    return tuple(sorted(kept, key=lambda commitment: (commitment.what.start, commitment.cue.start)))


def _is_same(text: str, one: Commitment, other: Commitment) -> bool:
    if (one.kind is _NO) != (other.kind is _NO) or not _share_actor(text, one, other):
        return False
    if one.what.overlaps(other.what) and one.sentence == other.sentence:
        return True
    words, others = _stems(one.what.of(text)), _stems(other.what.of(text))
    if not words or not others:
        return False
    shared = len(words & others)
    if shared / min(len(words), len(others)) >= _ALIKE and shared > 1:
        return True
    # "promised to repay every depositor. “I will pay back every last one of them”"
    is_next = other.sentence == one.sentence or 0 <= other.sentence.start - one.sentence.end <= 3  # noqa: PLR2004 -- marks
    return is_next and other.method == "first person" and shared > 0 and bool(_POINTS_BACK.search(other.what.of(text)))


def _share_actor(text: str, one: Commitment, other: Commitment) -> bool:
    names = {stem for actor in one.actors for stem in _stems(actor.name.of(text))}
    return any(names & _stems(actor.name.of(text)) for actor in other.actors)


def _joined(text: str, one: Commitment, other: Commitment) -> Commitment:
    best, rest = (one, other) if _fullness(text, one) >= _fullness(text, other) else (other, one)
    also = {*one.also, *other.also, rest.sentence} - {best.sentence}
    return replace(best, also=tuple(sorted(also)))


def _fullness(text: str, commitment: Commitment) -> tuple[int, int]:
    details = (commitment.deadline, commitment.condition, commitment.recipient)
    words = len(_WORD.findall(commitment.what.of(text)))
    is_own_words = commitment.method == "first person"
    return words + 3 * sum(part is not None for part in details) - 3 * is_own_words, -commitment.what.start


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower()) if word not in _LIGHT)


