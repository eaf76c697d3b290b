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
_PRONOUNS = frozenset({"him", "them", "it", "her"})
_PRONOUN = re.compile(r"\b(?:him|them|it|her)$", re.IGNORECASE)
_NAME = re.compile(r"(?<!^)\b[A-Z]\w+|\d[\d.,]*")
_ACT = 2  # the verb and what it is done to
_OPENING = 8  # words: what comes later describes
_STEM = 5
_ALIKE = 0.6
_POINTS_BACK = re.compile(r"\b(?:it|them|this|so|one)\b|\bthat$", re.IGNORECASE)
_SHORT = 10  # words: a longer telling says by itself what it is about
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
    if first.what.overlaps(second.what):
        return True  # "promised that “we will ...”": two cues of one
    if _name_others(first.what.of(text), second.what.of(text)):
        return False
    is_one = _is_same_act(first.what.of(text), second.what.of(text))
    if is_one or _is_brief(text, first, other) or _is_brief(text, second, one):
        return True
    return _has_same_words(one, other) or _points_back(text, one, other)


def _has_same_words(one: _Telling, other: _Telling) -> bool:
    shared = len(one.words & other.words)
    return one.words == other.words or (shared > 1 and shared / min(len(one.words), len(other.words)) >= _ALIKE)


def _points_back(text: str, one: _Telling, other: _Telling) -> bool:
    # "promised to repay every depositor. “I will pay back every last one of them”"
    first, second = one.commitment, other.commitment
    is_next = first.sentence == second.sentence or 0 <= second.sentence.start - first.sentence.end <= _GAP
    is_own_words = is_next and second.method == Rule.IN_PERSON.value
    is_short = len(second.what.of(text).split()) <= _SHORT
    points = _POINTS_BACK.search(second.what.of(text)) is not None
    return is_own_words and is_short and points and bool(one.words & other.words)


def _name_others(one: str, other: str) -> bool:
    # "close the mine of Sarn", "close the mine of Holm"
    first, second = ({*_NAME.findall(" ".join(what.split()[:_OPENING]))} for what in (one, other))
    return bool(first) and bool(second) and first.isdisjoint(second)


def _is_same_act(one: str, other: str) -> bool:
    # "disavow the endorsement of Sarn", "disavow an endorsement that ..."
    return len(_act(one)) == _ACT and _act(one) == _act(other)


def _is_brief(text: str, commitment: Commitment, other: _Telling) -> bool:
    # "meet with him", where the other says with whom
    act = {word for word in _stems(commitment.what.of(text)) if word not in _PRONOUNS}
    return len(act) == 1 and act <= other.words and bool(_PRONOUN.search(commitment.what.of(text)))


def _act(what: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(what.lower()) if word not in _LIGHT][:_ACT]


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
