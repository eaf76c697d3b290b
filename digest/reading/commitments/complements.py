"""What completes a cue: its infinitive, its clause about the future, its object."""

from typing import TYPE_CHECKING

from digest.reading.clauses import modal_of
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "SYM"})
_AFTER = frozenset({"dobj", "xcomp", "ccomp", "dative", "acomp", "prt", "conj"})
_BESIDE = frozenset({"dobj", "xcomp", "ccomp", "dative", "acomp", "attr"})


def infinitive_of(head: "Token") -> "Token | None":
    """Return the verb of the infinitive that completes a verb, adjective or noun."""
    for child in head.children:
        if child.i > head.i and child.dep_ in {"xcomp", "advcl", "ccomp", "acl", "relcl"} and has_to(child):
            return _whole_word(child)
    return None


def _whole_word(verb: "Token") -> "Token":
    # "to re-open" is three tokens, and the parser hangs the object on the last.
    place = verb.i + 2
    is_split = place < len(verb.doc) and verb.nbor(1).text == "-" and not verb.whitespace_
    return verb.doc[place] if is_split and verb.doc[place].tag_ == "VB" else verb


def has_to(verb: "Token") -> bool:
    """Return whether the verb is an infinitive with "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def future_clause_of(head: "Token") -> "Token | None":
    """Return the verb of the clause about the future that completes a verb or noun."""
    for child in head.children:
        is_clause = child.i > head.i and child.dep_ in {"ccomp", "acl", "relcl"} and is_future(child)
        if is_clause and not any(word.tag_ in {"WP", "WRB"} for word in child.children):
            return child
    return None


def is_future(verb: "Token") -> bool:
    """Return whether the clause has "will" or "would" as its modal."""
    return modal_of(verb) in words("modal", "future") | words("modal", "reported")


def object_of(verb: "Token") -> "Token | None":
    """Return the head of the verb's direct object, if it is a noun."""
    return next(
        (child for child in verb.children if child.dep_ == "dobj" and child.pos_ in _NOUNS and child.i > verb.i), None
    )


def is_bare(action: "Token") -> bool:
    """Return whether the verb says nothing by itself and nothing stands with it that says more: "to start"."""
    return lemma(action) in words("verbs", "bare") and not any(child.dep_ in _AFTER for child in action.rights)


def is_talk(action: "Token") -> bool:
    """Return whether the action is only words: to comment, to give details."""
    if lemma(action) in words("verbs", "talk"):
        return True
    thing = object_of(action)
    return thing is not None and lemma(thing) in words("verbs", "talk_things")


def lacks_object(verb: "Token", action: "Token") -> bool:
    """Return whether what the action is done to stands before a relative clause, out of its words."""
    # "the ones that the campaign hopes to register", "the case that he said he would make": it stands outside.
    clause = verb.head if verb.dep_ == "ccomp" else verb
    if any(child.tag_ in {"WDT", "WP"} and child.dep_ == "dobj" for child in action.lefts):
        return True
    is_led = any(child.tag_ in {"WP", "WDT"} and child.dep_ == "nsubj" for child in clause.children)
    return (
        clause.dep_ == "relcl" and not is_led and not any(c.dep_ in _BESIDE and c.i > action.i for c in action.children)
    )


def outcomes() -> frozenset[str]:
    """Return the verbs of what one may hope for and others decide."""
    return words("verbs", "not_conduct") | words("verbs", "outcomes")
