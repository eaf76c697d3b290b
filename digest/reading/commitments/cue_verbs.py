"""What all cue verbs share: their trigger, and the no that turns a plan into a refusal."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.commitments.doers import doers_of
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token


def cue_trigger(
    verb: "Token",
    kind: CommitmentKind,
    strength: Strength,
    action: "Token",
    rule: Rule,
    *,
    last: "Token | None" = None,
    holds_subject: bool = False,
    recipient: "Token | None" = None,
) -> Trigger:
    """Return the trigger of a cue verb; who is promised something ("the widows were promised") is its recipient."""
    doers = doers_of(verb)
    if recipient is None and any(child.dep_ == "nsubjpass" for child in verb.children):
        recipient = next(child for child in verb.children if child.dep_ == "nsubjpass")
    return Trigger(kind, (verb, last or verb), verb, action, doers, rule, strength, holds_subject, recipient)


def no_plan(verb: "Token") -> "Token | None":
    """Return the first word of "does not plan", "is not planning", if the verb says so."""
    # Whoever did not plan it may do it all the same; whoever does not plan it says no.
    is_now = lemma(verb) in {"plan", "intend"} and not any(child.tag_ in {"VBD", "MD"} for child in verb.children)
    no = next((child for child in verb.lefts if child.dep_ == "neg"), None) if is_now else None
    helper = next((child for child in verb.lefts if child.dep_ == "aux"), None)
    return helper if no is not None else None
