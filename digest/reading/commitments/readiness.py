"""Predicates of readiness: "is ready to take in", "is unwilling to", "are due to meet", "is committed to opening"."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.clauses import finite_verb, is_negated, is_passive
from digest.reading.commitments.complements import infinitive_of
from digest.reading.commitments.conduct import is_conduct, is_done
from digest.reading.commitments.doers import doers_of
from digest.reading.commitments.reports import report_over
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import frame, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRESENT = frozenset(
    {"is", "are", "'s", "’s", "am", "'m", "’m", "'re", "’re", "remain", "remains", "be", "been", "stands", "stand"}
)
_PAST = frozenset({"was", "were"})


def find_readiness(adjective: "Token") -> Trigger | None:
    """Return what the adjective or participle commits its subject to."""
    found = frame("adjective").get(adjective.lower_)
    if found is None:
        return None
    verb = finite_verb(adjective)
    be = verb if verb != adjective else _copula(adjective)
    action = infinitive_of(adjective) or infinitive_of(verb) or _after_to(adjective)
    if be is None or action is None or not _holds_now(be, verb):
        return None
    doers = doers_of(verb) or tuple(child for child in verb.children if child.dep_ == "nsubjpass")
    kind = _kind(found[0], adjective, verb, action)
    is_praise = be.lower_ == "been" and kind is CommitmentKind.OFFER  # "has always been willing to"
    if kind is None or is_praise:
        return None
    last = adjective.nbor(1) if adjective.nbor(1).lower_ == "to" else adjective
    return Trigger(kind, (be, last), verb, action, doers, Rule.READINESS)


def _kind(kind: CommitmentKind, adjective: "Token", verb: "Token", action: "Token") -> CommitmentKind | None:
    is_fixed = adjective.lower_ in {"due", "scheduled"}
    if kind is CommitmentKind.PLAN and not is_fixed and not is_done(action):
        return None
    if action.pos_ in {"VERB", "AUX"} and (is_passive(action) or not is_conduct(action)):
        return None
    if not (is_negated(verb) or is_negated(adjective)):
        return kind
    # "is not ready to" may be for want of means.
    return CommitmentKind.REFUSAL if kind is CommitmentKind.OFFER and adjective.lower_ != "ready" else None


def _copula(participle: "Token") -> "Token | None":
    return next((child for child in participle.children if child.dep_ == "auxpass"), None)


def _holds_now(be: "Token", verb: "Token") -> bool:
    if any(child.tag_ == "MD" and child.lower_ not in words("modal", "future") for child in be.children):
        return False
    report = report_over(verb)
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in be.children) or (
        report is not None and lemma(report.cue) == "show"
    ):
        return False
    if be.lower_ == "be" and not any(child.tag_ == "MD" for child in be.children):
        return False  # "it is on them to be willing"
    if be.lower_ in _PRESENT:
        return True
    if any(child.dep_ == "neg" for child in be.children):
        return False  # "said that she wasn't willing to" is mostly a reproach
    return be.lower_ in _PAST and report is not None and lemma(report.cue) not in words("reporting", "views")


def _after_to(adjective: "Token") -> "Token | None":
    if adjective.lower_ != "committed":
        return None
    for child in adjective.children:
        if child.lower_ == "to":
            for noun in child.children:
                if noun.dep_ == "pcomp":
                    return noun
    return None
