"""What one does on purpose, how firmly it is said, and whether it is refused."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.clauses import is_negated
from digest.reading.commitments.complements import infinitive_of, is_talk, object_of
from digest.reading.commitments.sorts import is_time
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import lemma, phrasal, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRYING = frozenset({"try", "seek", "attempt", "strive", "look"})
_PHASES = _TRYING | frozenset(
    {"continue", "begin", "start", "help", "work", "keep", "move", "proceed", "go", "return", "stop"}
)
_NO = frozenset({"not", "n't", "n’t", "never"})


def is_conduct(action: "Token", *more: str) -> bool:
    """Return whether the verb is something one does, and none of the verbs in the lists named in `more`."""
    inner = _inner(action)
    names = {lemma(inner), phrasal(inner)}
    if any(names & words("verbs", name) for name in ("not_conduct", *more)):
        return False
    thing = object_of(inner)
    if lemma(inner) == "take" and thing is not None and is_time(thing):
        return False  # "it may take several days"
    is_suffered = inner.tag_ == "VBN" and any(child.lemma_ == "get" for child in inner.children)  # "get lied about"
    return not is_suffered and not any(child.lower_ == "have" and child.dep_ == "aux" for child in action.children)


def is_done(action: "Token") -> bool:
    """Return whether the verb is something one does on purpose, also where nobody says that it is meant."""
    inner = _inner(action)
    if phrasal(inner) in words("verbs", "phrasal"):
        return True
    thing = object_of(inner)
    if thing is not None and (lemma(thing) in words("things", "routine") or is_time(thing)):
        return False
    has_aim = thing is not None or any(child.lower_ == "with" for child in inner.rights)
    return (has_aim or lemma(inner) in words("verbs", "alone")) and is_conduct(action, "not_bare")


def strength_of(action: "Token", modal: str) -> Strength:
    """Return how firmly the modal and the verb bind: "may" and "will try to" hedge."""
    is_trying = lemma(action) in _TRYING and infinitive_of(action) is not None
    is_unsure = modal in words("modal", "hedged") or any(c.lower_ in words("modal", "unsure") for c in action.lefts)
    return Strength.HEDGED if is_trying or is_unsure else Strength.FIRM


def negation_of(verb: "Token") -> "Token | None":
    """Return the word that says no to the action, if there is one."""
    for child in verb.lefts:
        if child.lower_ == "longer":
            return child
        # "will not only", "if not, it will"
        before, after = child.doc[max(0, child.i - 1)], child.nbor(1)
        if child.lower_ in _NO and after.lower_ not in {"only", "just"} and before.lower_ != "if":
            return child
    return None


def future(
    modal: "Token",
    doers: tuple["Token", ...],
    rule: Rule,
    *,
    kind: CommitmentKind = CommitmentKind.PLAN,
    cue: "Token | None" = None,
) -> Trigger | None:
    """Return what the modal's verb commits the doers to; a "not" makes it a refusal, an "or else" a threat."""
    verb = modal.head
    no = negation_of(verb)
    strength = strength_of(verb, modal.lower_)
    if no is not None:
        if is_talk(verb) or strength is Strength.HEDGED:
            return None
        return Trigger(CommitmentKind.REFUSAL, (min(modal, no), max(modal, no)), verb, verb, doers, rule)
    if _is_harm(verb) and _is_or_else(verb):
        kind = CommitmentKind.THREAT
    if lemma(verb) in _TRYING and lemma(_inner(verb)) in words("verbs", "outcomes"):
        return None
    if any(child.lower_ == "rather" for child in verb.lefts):
        return None  # "would rather vote"
    if modal.lower_ in words("modal", "hedged"):
        kind = CommitmentKind.PLAN
    return Trigger(kind, (cue or modal, cue or modal), verb, verb, doers, rule, strength)


def _inner(action: "Token") -> "Token":
    if lemma(action) not in _PHASES:
        return action
    infinitive = infinitive_of(action)
    if infinitive is not None:
        return infinitive
    return next((child for child in action.children if child.dep_ == "xcomp" and child.tag_ == "VBG"), action)


def _is_harm(verb: "Token") -> bool:
    if lemma(verb) in words("verbs", "harm"):
        return True
    if any(token.lower_ == "force" and token.head.lower_ == "by" for token in verb.subtree):
        return True
    near = (noun for child in verb.rights for noun in (child, *child.children) if child.dep_ in {"dobj", "prep"})
    return any(lemma(noun) in words("verbs", "harm_things") for noun in near)


def _is_or_else(verb: "Token") -> bool:
    for child in verb.subtree:
        if child.lower_ == "unless" or (child.lower_ == "if" and child.dep_ == "mark" and is_negated(child.head)):
            return True
    return False
