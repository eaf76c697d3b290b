"""Cues and their arguments in a parsed sentence: where quotes and commitments both start.

Works on spaCy's ClearNLP-style dependency labels (nsubj, nsubjpass, agent, ccomp, xcomp, relcl, acl, advcl, conj ...).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_DASHES = frozenset({"-", "–", "—", "--"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
# What hangs on a noun without being part of its name: "Ilse Brandt, director of the port, who ..."
_BESIDE_A_NOUN = frozenset(
    {"relcl", "appos", "acl", "conj", "cc", "punct", "preconj", "advcl", "parataxis", "advmod", "prep"}
)
# The complement's subject is the object of these verbs ("persuaded Malta to promise"); of all others it is the subject.
_OBJECT_CONTROL = frozenset(
    """advise allow ask authorise authorize bind cause command compel convince direct enable
    encourage expect force get help instruct invite lead leave let make oblige order permit persuade
    press pressure prompt push require tell urge want warn""".split()  # noqa: SIM905 -- a list of words reads as words
)


def finite_verb(head: "Token") -> "Token":
    """Return the verb that carries the clause: "is" for the "ready" of "is ready", else the token itself."""
    if head.dep_ == "acomp" and head.head.pos_ in {"AUX", "VERB"}:
        return head.head
    return head


def subjects_of(verb: "Token") -> tuple["Token", ...]:
    """Return the heads of who does what the verb says: its own subject, or the one it shares.

    A passive verb's doer is its by-phrase. A verb without a subject of its own takes that of the verb it is joined to,
    of the verb that controls it ("persuaded Malta to promise": Malta), or of the clause that it modifies; a relative
    clause takes the noun it describes. Empty where none is said.
    """
    while True:  # up the tree, to its root at the latest
        if is_passive(verb):
            return agents_of(verb)
        own = [child for child in verb.children if child.dep_ in {"nsubj", "csubj"}]
        if own:
            return (_antecedent(_nearest(own, verb), verb),)
        governor = verb.head
        if verb.dep_ == "xcomp" and governor.lemma_ in _OBJECT_CONTROL:
            return tuple(child for child in governor.children if child.dep_ in {"dobj", "dative", "nsubjpass"})[:1]
        if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"}:
            return (governor,)
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep"}:
            return ()
        verb = governor


def agents_of(verb: "Token") -> tuple["Token", ...]:
    """Return the heads of a passive verb's by-phrase."""
    return tuple(
        noun for child in verb.children if child.dep_ == "agent" for noun in child.children if noun.dep_ == "pobj"
    )


def with_conjuncts(noun: "Token") -> Iterator["Token"]:
    """Yield a noun and those joined to it by "and" or commas, in their order."""
    yield noun
    yield from (token for token in noun.conjuncts if token.i > noun.i)


def is_passive(verb: "Token") -> bool:
    """Return whether the verb is in the passive voice."""
    return any(child.dep_ in {"auxpass", "agent"} for child in verb.children)


def is_negated(verb: "Token") -> bool:
    """Return whether the clause says no: "not", "never", "no longer", "nobody ..." as its subject."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ == "hardly":
            return True
        if child.dep_ in SUBJECTS and (child.lower_ in {"nobody", "none", "neither", "nothing"} or _has_no(child)):
            return True
    return False


def modal_of(verb: "Token") -> str | None:
    """Return the modal of the verb, lower case: will, 'll, wo (of won't), would, may, might, could, shall, must ..."""
    return next((child.lower_ for child in verb.children if child.dep_ == "aux" and child.tag_ == "MD"), None)


def noun_phrase(noun: "Token") -> tuple["Token", "Token"]:
    """Return the first and last token of the noun's phrase, "of"-phrase included, without clauses and appositions."""
    first = next((child.left_edge for child in noun.lefts if child.dep_ not in _BESIDE_A_NOUN), noun)
    last = noun
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            last = _end_of_phrase(child)
    return first, last


def _nearest(subjects: list["Token"], verb: "Token") -> "Token":
    # "SARN (AFP) – The minister will resign": the parser takes both for the subject, or the second for an apposition.
    first, last = subjects[0], subjects[-1]
    is_apart = last.i < verb.i and any(_parts(token) for token in first.doc[first.i : last.i])
    subject = last if is_apart else first
    dash = next((child for child in subject.rights if child.text in _DASHES), None)
    named = [child for child in subject.rights if dash is not None and child.i > dash.i and child.dep_ == "appos"]
    is_closed = any(token.text in _DASHES for token in verb.doc[named[0].i : verb.i]) if named else True
    return named[0] if not is_closed and named[0].pos_ == subject.pos_ == "PROPN" else subject


def _parts(token: "Token") -> bool:
    return token.text in _DASHES or token.text in {":", ")"}


def _antecedent(subject: "Token", verb: "Token") -> "Token":
    return verb.head if verb.dep_ == "relcl" and subject.tag_ in {"WDT", "WP"} else subject


def _end_of_phrase(preposition: "Token") -> "Token":
    for noun in preposition.children:
        if noun.dep_ == "pobj":
            return noun_phrase(noun)[1]
    return preposition


def _has_no(noun: "Token") -> bool:
    return any(child.lower_ in {"no", "neither"} for child in noun.children)
