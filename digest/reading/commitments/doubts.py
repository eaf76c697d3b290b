"""Why a cue is no commitment: asked for, denied, conditional, a question, of the past, or kept already."""

import re
from datetime import date
from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.clauses import is_negated, modal_of
from digest.reading.commitments.periods import MONTH
from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST = re.compile(r"\b(?:last (?:week|month|year|spring|summer|autumn|winter|%s)|ago)\b" % MONTH)
_UP = 12


def is_doubtful(trigger: Trigger, published_on: date | None) -> bool:
    """Return whether the sentence takes away what the cue seems to say."""
    return (
        _is_asked(trigger)
        or _is_denied(trigger)
        or _is_modal(trigger)
        or _is_supposed(trigger)
        or _is_governed(trigger)
        or _is_past(trigger, published_on)
        or _is_kept(trigger)
    )


def _is_asked(trigger: Trigger) -> bool:
    text = trigger.action.sent.text.rstrip(" \n\t”\"’'")
    return text.endswith("?")


def _is_denied(trigger: Trigger) -> bool:
    # "will not" and "is not willing to" have been read as refusals.
    is_read = trigger.kind is CommitmentKind.REFUSAL and trigger.method not in _CUE_VERBS
    return not is_read and is_negated(trigger.verb)


_CUE_VERBS = frozenset({"cue verb, infinitive", "cue verb, object", "cue verb, gerund", "cue verb, preposition"})


def _is_modal(trigger: Trigger) -> bool:
    if trigger.method not in _CUE_VERBS | {"cue verb, clause"}:
        return False
    modal = modal_of(trigger.verb)
    return modal is not None and modal not in words("modal", "future") | words("modal", "reported")


def _is_supposed(trigger: Trigger) -> bool:
    clause = trigger.verb
    for _ in range(_UP):
        for child in clause.children:
            if child.lower_ == "as" and child.dep_ == "mark" and any(word.lower_ == "had" for word in clause.children):
                return True  # "as she had pledged before"
            if child.dep_ in {"mark", "advmod"} and child.lower_ in words("doubt", "subordinators") and child.i < clause.i:
                return True
            if child.dep_ == "prep" and child.lower_ == "without":
                return False
        if clause.dep_ == "pcomp" and trigger.method != "noun of committing" and clause.head.lower_ in {"without", "before", "until", "of", "from", "against", "about", "for"}:
            return True
        if clause.dep_ not in {"xcomp", "ccomp", "conj", "acomp", "attr", "aux", "dobj", "pobj"} or clause.head == clause:
            return False
        clause = clause.head
    return False


def _is_governed(trigger: Trigger) -> bool:
    """Return whether the cue itself is only wanted, refused, denied or supposed by the verb over it."""
    cue = trigger.verb
    for _ in range(_UP):
        above = cue.head
        if cue.dep_ not in {"xcomp", "ccomp", "advcl", "conj"} or above == cue:
            return False
        if cue.dep_ in {"xcomp", "advcl", "ccomp"} and _takes_back(cue, above):
            return True
        cue = above
    return False


def _takes_back(cue: "Token", above: "Token") -> bool:
    is_to = any(child.dep_ == "aux" and child.lower_ == "to" for child in cue.children)
    if is_to:
        return lemma(above) not in words("doubt", "achieving") or is_negated(above)
    if cue.dep_ == "ccomp" and cue.i > above.i:
        return is_negated(above) or lemma(above) in words("doubt", "asking") - words("reporting", "own_plan")
    return False


def _is_past(trigger: Trigger, published_on: date | None) -> bool:
    if trigger.method == "noun of committing" and _LAST.search(trigger.action.doc[trigger.action.i : trigger.action.right_edge.i + 1].text):
        return True
    if trigger.verb.tag_ not in {"VBD", "VBN"} or trigger.method.startswith(("first", "will", "said")):
        return False
    inside = {token.i for token in trigger.action.subtree} if trigger.action != trigger.verb else set()
    for child in trigger.verb.subtree:
        if child.i in inside and child.head != trigger.verb and child.head.head != trigger.verb:
            continue
        if child.lower_ == "ago" or (_YEAR.fullmatch(child.text) and child.head.lower_ in {"in", "since"}):
            if child.i in inside or child.head.head != trigger.verb and child.head != trigger.verb:
                continue
            if child.lower_ == "ago" or published_on is None or int(child.text) < published_on.year:
                return True
    return False


def _is_kept(trigger: Trigger) -> bool:
    return any(
        child.dep_ == "conj"
        and lemma(child) in words("doubt", "kept")
        and any(word.dep_ == "dobj" and word.lower_ in {"it", "them", "that"} for word in child.children)
        for child in trigger.verb.children
    )
