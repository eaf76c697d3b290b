"""How surely two tellings tell one commitment: what they share proves it, unless something sets them apart."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from digest.editions.ledger.actors import is_bound_by_both, is_told_by_the_other
from digest.editions.ledger.acts import Act, act_of, share_told
from digest.editions.ledger.differences import are_apart, are_filled_otherwise
from digest.editions.ledger.wordings import Wording, is_heavy
from digest.model import Telling

_SECONDS_WEEK = 5 * 24 * 3600
_SECONDS_NEAR = 36 * 3600  # this evening's news and tomorrow's
_ONE_BOUND = timedelta(days=2)  # "by the end of June", "from 1 July"
_MONTH = timedelta(days=31)
_LAST_OF_YEAR = (12, 31)

# Shares of what is said; tuned on the pairs in tests/gold/pairs.toml.
_ALMOST_ALL, _MOST, _HALF, _PART, _SOME, _FEW = 0.9, 0.6, 0.5, 0.4, 0.3, 0.25
_MANY = 3
_NAMED = 2
_ENOUGH_MASS = 3


@dataclass(frozen=True, slots=True)
class _Common:
    """What two tellings share: the weight of common words, how many weigh much, and how many of these are no names.

    `least` and `most` are the shares of each `what` that the other's sentence tells too. `scene` weighs what the
    sentences share beside the actors.
    """

    mass: float
    words: int
    nouns: int
    least: float
    most: float
    is_one_actor: bool
    is_one_side: bool
    is_one_day: bool
    is_day_close: bool
    is_one_condition: bool
    is_one_report: bool
    is_one_week: bool
    is_bare: bool
    is_one_figure: bool
    scene: float

    @property
    def is_soon(self) -> bool:
        """Whether both tell of one actor within days."""
        return self.is_one_actor and self.is_one_week

    @property
    def least_needed(self) -> float:
        """How much of each must be in the other: more where one actor only speaks for the other."""
        return _SOME if self.is_one_actor else _HALF


def likeness(one: Telling, other: Telling) -> float:
    """Return how surely two tellings tell one commitment: 0 where they don't surely, else more the more they share."""
    earlier, later = sorted((act_of(one), act_of(other)), key=lambda act: act.told)
    if _share_nothing(earlier, later):
        return 0.0
    is_one_actor = is_bound_by_both(one, other)
    if not is_one_actor and not is_told_by_the_other(one, other):
        return 0.0
    common = _common(earlier, later, is_one_actor=is_one_actor)
    if not any(is_proof(common) for is_proof in _PROOFS) or are_apart(earlier, later):
        return 0.0
    # Where each sentence tells all of the other's act nothing is told in its place.
    return 0.0 if common.least < _ALMOST_ALL and are_filled_otherwise(earlier, later) else _weight(common)


def _weight(common: _Common) -> float:
    mass = min(common.mass / _ENOUGH_MASS, 1)
    return common.least + common.most + mass + common.is_one_day + common.is_one_condition


def _share_nothing(one: Act, other: Act) -> bool:
    # Nothing is proved without it, and it is soon looked at.
    is_other_act = one.what.weights.keys().isdisjoint(other.what.weights)
    is_told = all(any(map(is_heavy, act.what.weights.values())) for act in (one, other))
    return is_other_act and is_told and one.condition.weights.keys().isdisjoint(other.condition.weights)


def _common(one: Act, other: Act, *, is_one_actor: bool) -> _Common:
    mine, yours = one.weights_beside(other), other.weights_beside(one)
    shared = mine.keys() & yours.keys()
    heavy = {word for word in shared if is_heavy(mine[word])}
    least, most = sorted((share_told(mine, other.said.weights), share_told(yours, one.said.weights)))
    passed = other.told - one.told
    return _Common(
        mass=sum(min(mine[word], yours[word]) for word in shared),
        words=len(heavy),
        nouns=len(heavy - (one.what.names & other.what.names)),
        least=least,
        most=most,
        is_one_actor=is_one_actor,
        is_one_side=one.is_refusal == other.is_refusal,
        is_one_day=_is_one_day(one, other),
        is_day_close=_is_day_close(one) and _is_day_close(other),
        is_one_condition=_is_one_condition(one.condition, other.condition),
        is_one_report=passed <= _SECONDS_NEAR and one.telling.kind is other.telling.kind,
        is_one_week=passed <= _SECONDS_WEEK,
        is_bare=not all(any(map(is_heavy, weights.values())) for weights in (mine, yours)),
        is_one_figure=any(_is_unusual(value) or len(heavy) > 1 for value in one.amounts & other.amounts),
        scene=_scene(one, other),
    )


def _is_unusual(value: float) -> bool:
    # Much costs two billion, little 640 million.
    return len(f"{value:.0f}".rstrip("0")) > 1


def _scene(one: Act, other: Act) -> float:
    shared = one.said.weights.keys() & other.said.weights.keys() - one.actors - other.actors
    return sum(weight for word in shared if is_heavy(weight := one.said.weights[word]))


def _is_one_day(one: Act, other: Act) -> bool:
    return one.days is not None and other.days is not None and abs(one.days[1] - other.days[1]) <= _ONE_BOUND


def _is_day_close(act: Act) -> bool:
    # Much is due "in 2030" and "by the end of the year".
    if act.days is None:
        return False
    first, last = act.days
    return last - first <= _MONTH and (last.month, last.day) != _LAST_OF_YEAR


def _is_one_condition(one: Wording, other: Wording) -> bool:
    shared = one.weights.keys() & other.weights.keys()
    is_half = len(shared) >= _HALF * min(len(one.weights), len(other.weights))
    return is_half and any(is_heavy(one.weights[word]) for word in shared)


def _by_words(common: _Common) -> bool:
    if common.least < common.least_needed or common.most < (_HALF if common.is_soon else _MOST):
        return False
    # Names alone say who is concerned: "attack Clinton", "support Clinton".
    return common.words > 1 and (common.nouns > 0 or common.least >= _ALMOST_ALL)


def _by_word(common: _Common) -> bool:
    # Within days a shared word means one thing; later it may be any, unless much else is told by both.
    if common.nouns == 0:
        return False
    if not common.is_one_actor:
        return common.is_one_week and common.least >= _HALF and common.most >= _MOST
    if common.is_one_week:
        return common.least >= _FEW and common.most >= _HALF
    return common.least >= _PART and common.most >= (_HALF if common.is_one_side else _ALMOST_ALL)


def _by_day(common: _Common) -> bool:
    if not (common.is_one_day and common.is_one_side and common.is_one_actor and common.words):
        return False
    return (common.is_day_close and common.is_one_report) or common.most >= _HALF


def _by_part(common: _Common) -> bool:
    # The headline leaves out what the article names.
    return common.is_one_actor and common.is_one_side and common.mass >= _NAMED and common.most >= _ALMOST_ALL


def _by_report(common: _Common) -> bool:
    return common.is_one_report and common.mass > 0 and common.least >= _ALMOST_ALL


def _by_condition(common: _Common) -> bool:
    if not common.is_one_condition or not common.is_one_actor:
        return False
    if common.is_one_report:
        return common.is_one_day or common.words > 0
    is_named = common.is_one_side and common.mass >= 1 and common.least >= _PART
    return common.most >= _HALF and (common.is_bare or is_named)


def _by_figure(common: _Common) -> bool:
    # "Cut 3,400 jobs", "the loss of 3,400 posts".
    return common.is_one_figure and common.is_soon and common.is_one_side


def _by_scene(common: _Common) -> bool:
    # "Sallow Bridge to reopen" leaves the verb alone; the bridge stands beside it.
    is_one_scene = common.most >= _ALMOST_ALL and common.scene >= _MANY
    return is_one_scene and common.is_one_actor and (common.is_bare or common.is_one_report)


_PROOFS: tuple[Callable[[_Common], bool], ...] = (
    _by_words,
    _by_word,
    _by_day,
    _by_part,
    _by_report,
    _by_condition,
    _by_figure,
    _by_scene,
)
