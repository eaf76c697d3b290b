"""What takes a commitment back: "dropped its plan to sell", "its offer has been withdrawn", "went back on its word"."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.clauses import is_passive
from digest.reading.commitments.doers import POSSESSIVES, can_commit, doers_of
from digest.reading.commitments.nominals import content_of, kind_of, verb_taking_back
from digest.reading.commitments.trigger import Rule, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_withdrawal(noun: "Token") -> Trigger | None:
    """Return what the noun names and its owner takes back; what others block, or only want dropped, is not that."""
    found = kind_of(noun) if noun.pos_ == "NOUN" else None
    verb = verb_taking_back(noun)
    if found is None or verb is None or found[0] is CommitmentKind.REFUSAL:
        return None
    doers = _doers(noun, verb)
    action, holds_subject = content_of(noun, found[0])
    if not doers or action is None:
        return None
    return Trigger(found[0], (verb, verb), verb, action, doers, Rule.WITHDRAWAL, found[1], holds_subject)


def _doers(noun: "Token", verb: "Token") -> tuple["Token", ...]:
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if is_passive(verb):  # "its plan has been dropped": by whom else
        made_by = tuple(doer for doer in doers_of(verb) if can_commit(doer))
        return made_by or ((owner,) if owner is not None and (can_commit(owner) or owner.lower_ in POSSESSIVES) else ())
    if owner is not None and owner.lower_ not in POSSESSIVES:
        return ()  # "dropped Norland's plan"
    doers = doers_of(verb)
    return doers if all(can_commit(doer) for doer in doers) else ()
