"""One commitment told twice in an article is one: the fullest telling is the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.model import Commitment, CommitmentKind, Span
from digest.reading.commitments.trigger import Rule

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LIGHT = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "in",
        "on",
        "for",
        "and",
        "or",
        "with",
        "by",
        "at",
        "its",
        "their",
        "his",
        "her",
        "our",
    ]
)
_STEM = 5
_ALIKE = 0.6
_POINTS_BACK = re.compile(r"\b(?:it|them|that|this|so|one)\b", re.IGNORECASE)
_NO = CommitmentKind.REFUSAL
_COMPARED = 200
_GAP = 3  # characters between two sentences: a space, a mark


@dataclass(slots=True)
class _Telling:
    commitment: Commitment
    words: frozenset[str]
    actors: frozenset[str]
    also: list[Span] = field(default_factory=list)

    def told(self) -> Commitment:
        others = {*self.commitment.also, *self.also} - {self.commitment.sentence}
        return replace(self.commitment, also=tuple(sorted(others)))


def join_retellings(text: str, commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Return the commitments in text order, each told once, its other sentences in `also`.

    Each is compared with the _COMPARED before it at most, so the time is linear.
    """
    kept: list[_Telling] = []
    for commitment in commitments:
        telling = _Telling(commitment, _stems(commitment.what.of(text)), _actor_stems(text, commitment))
        same = next((other for other in kept[-_COMPARED:] if _is_same(text, other, telling)), None)
        if same is None:
            kept.append(telling)
        else:
            _join(text, same, telling)
    found = [telling.told() for telling in kept]
    return tuple(sorted(found, key=lambda commitment: (commitment.what.start, commitment.cue.start)))


def _is_same(text: str, one: _Telling, other: _Telling) -> bool:
    first, second = one.commitment, other.commitment
    if (first.kind is _NO) != (second.kind is _NO) or not one.actors & other.actors:
        return False
    shared = len(one.words & other.words)
    if one.words == other.words or (shared > 1 and shared / min(len(one.words), len(other.words)) >= _ALIKE):
        return True
    # "promised to repay every depositor. “I will pay back every last one of them”"
    is_next = first.sentence == second.sentence or 0 <= second.sentence.start - first.sentence.end <= _GAP
    is_own_words = is_next and second.method == Rule.IN_PERSON.value
    return is_own_words and shared > 0 and bool(_POINTS_BACK.search(second.what.of(text)))


def _join(text: str, one: _Telling, other: _Telling) -> None:
    one.also += [one.commitment.sentence, other.commitment.sentence]
    if _fullness(text, other.commitment) > _fullness(text, one.commitment):
        one.commitment, one.words, one.actors = other.commitment, other.words, other.actors


def _actor_stems(text: str, commitment: Commitment) -> frozenset[str]:
    return frozenset(stem for actor in commitment.actors for stem in _stems(actor.name.of(text)))


def _fullness(text: str, commitment: Commitment) -> tuple[int, int]:
    details = (commitment.deadline, commitment.condition, commitment.recipient)
    words = len(_WORD.findall(commitment.what.of(text)))
    is_own_words = commitment.method == Rule.IN_PERSON.value
    return words + 3 * sum(part is not None for part in details) - 3 * is_own_words, -commitment.what.start


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower()) if word not in _LIGHT)
