"""To whom: "lend Slovenia twelve pumps", "promised the families two years free", "$40m to Malawi"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.model import Span
from digest.reading.commitments.doers import can_commit
from digest.reading.commitments.scene import trimmed
from digest.reading.commitments.sorts import is_time
from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM"})


def find_recipient(text: str, trigger: Trigger, end: int) -> tuple[Span | None, Span | None]:
    """Return to whom something is given, and the whole phrase where it is no part of what is given."""
    if trigger.recipient is not None:
        return _phrase(text, trigger.recipient, end), None
    action = trigger.action
    is_noun = action.pos_ in _NOUNS
    giver = trigger.verb if is_noun else action
    if lemma(giver) not in words("verbs", "giving"):
        return None, None
    between = _between(giver)
    if between is not None and not (lemma(giver) == "give" and not can_commit(between)):
        return _phrase(text, between, end), None
    for child in _to_phrases(giver, action if is_noun else None):
        noun = next((pobj for pobj in child.children if pobj.dep_ == "pobj"), None)
        is_thing = lemma(giver) == "give" and noun is not None and not can_commit(noun)
        if noun is not None and child.i > giver.i and not is_time(noun) and not is_thing:
            whole = Span(child.idx, max(child.idx, min(end, noun.right_edge.idx + len(noun.right_edge))))
            return _phrase(text, noun, end), whole if is_noun else None
    return None, None


def _between(giver: "Token") -> "Token | None":
    # "lend Slovenia two tugs": the parser takes the name for a dative, for an object, or for a part of the object.
    dative = next((c for c in giver.children if c.dep_ == "dative" and c.pos_ in _NOUNS and c.i > giver.i), None)
    things = [child for child in giver.children if child.dep_ == "dobj" and child.i > giver.i]
    if dative is not None:
        return dative
    if len(things) > 1 and things[0].pos_ != "NUM":  # "$40m": two tokens
        return things[0]
    name = next((c for thing in things for c in thing.lefts if c.pos_ == "PROPN" and c.i == giver.i + 1), None)
    is_apart = name is not None and any(c.i > name.i and c.dep_ in {"det", "nummod"} for c in things[0].lefts)
    return name if is_apart else None


def _to_phrases(giver: "Token", thing: "Token | None") -> Iterator["Token"]:
    things = [thing] if thing is not None else [child for child in giver.children if child.dep_ == "dobj"]
    for head in (giver, *things):
        for child in head.children:
            if child.lower_ == "to" and child.dep_ in {"prep", "dative"}:
                yield child


def _phrase(text: str, noun: "Token", end: int) -> Span | None:
    late = next(
        (child for child in noun.children if child.i > noun.i and child.dep_ in {"amod", "relcl", "appos"}),
        None,
    )
    last = noun.right_edge if late is None else late.left_edge.nbor(-1)
    return trimmed(text, noun.left_edge.idx, max(min(end, last.idx + len(last)), noun.idx + len(noun)))
