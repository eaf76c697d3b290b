"""Whether words name something that a reader could check: "build ladders of opportunity" and "scare them" do not."""

from typing import TYPE_CHECKING

from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.words import lemma, phrasal, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "attr", "oprd"})


def is_vague(trigger: Trigger) -> bool:
    """Return whether the action, without a name or a number in it, is one that nobody could be held to."""
    action = trigger.action
    things = [child for child in action.rights if child.dep_ in _OBJECTS]
    if _is_empty(action, things) or _is_private(action, things):
        return True
    if any(_is_exact(token, trigger) for token in action.subtree):
        return False
    if action.pos_ in {"NOUN", "PRON"}:
        return _is_vague_thing(action)
    if things:
        return all(_is_vague_thing(thing) for thing in things)
    leads_on = any(child.dep_ in {"xcomp", "ccomp"} for child in action.rights)
    return not leads_on and phrasal(action) in words("vague", "verbs")


def _is_private(action: "Token", things: "list[Token]") -> bool:
    is_of_two = lemma(action) in words("vague", "private") and not things
    return is_of_two or any(lemma(thing) in words("vague", "private_things") for thing in things)


def _is_empty(action: "Token", things: "list[Token]") -> bool:
    # "be doing so", "we will this time as well"
    if action.tag_ == "MD" or (lemma(action) == "do" and any(child.lower_ == "so" for child in action.rights)):
        return True
    # "stand by Norland", "send a message to Ostmark", "live in that"
    if lemma(action) == "stand":
        return any(child.dep_ in {"prep", "acomp", "prt"} for child in action.rights)
    if things:
        return any(lemma(thing) in words("vague", "empty") for thing in things)
    behind = [pobj for child in action.rights if child.dep_ == "prep" for pobj in child.children]
    return bool(behind) and all(thing.lower_ in {"that", "this"} for thing in behind)


def _is_exact(token: "Token", trigger: Trigger) -> bool:
    return token.i > trigger.cue[1].i and (token.pos_ == "PROPN" or token.text[0].isdigit())


def _is_vague_thing(thing: "Token") -> bool:
    if lemma(thing) in words("vague", "things"):
        return True
    # "a country of new opportunities"
    of = (pobj for child in thing.rights if child.lower_ == "of" for pobj in child.children if pobj.dep_ == "pobj")
    return any(lemma(pobj) in words("vague", "things") for pobj in of)
