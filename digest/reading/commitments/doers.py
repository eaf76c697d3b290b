"""Who does what a verb says, and whether that can be somebody who commits."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from digest.reading.clauses import SUBJECTS, is_passive, subjects_of, with_conjuncts
from digest.reading.commitments.sorts import is_amount, is_time
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONAL = frozenset({"he", "she", "they", "it", "we", "i", "both"})
_FIRST = frozenset({"i", "we", "my", "our"})
POSSESSIVES = frozenset({"his", "her", "its", "their"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def doers_of(verb: "Token") -> tuple["Token", ...]:
    """Return the heads of who does it, coordinated ones apart; empty where the sentence does not say."""
    found = _controlled(verb) or _in_relative_clause(verb) or subjects_of(verb) or _missed(verb)
    return tuple(token for subject in map(_behind_predicate, found) for token in _each(subject))


def can_commit(token: "Token") -> bool:
    """Return whether the noun or pronoun can be a person, body or state that is somebody in particular."""
    if token.pos_ == "PRON":
        return token.lower_ in _PERSONAL
    if any(child.lower_ in words("agents", "vague") for child in token.lefts) or _is_nobody(token):
        return False
    if token.pos_ == "NUM":
        # "the two": which two?
        is_some = token.text[0].isdigit() or not any(child.lower_ == "the" for child in token.lefts)
        return is_some and not is_amount(token) and not is_time(token)
    if _is_paper(token):
        return False
    return (
        is_named(token)
        or lemma(token) in words("agents", "nouns")
        or _is_person_word(token)
        or any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.rights)
    )


def _is_paper(token: "Token") -> bool:
    # "The Paris Agreement will not take effect until"; but "The Washington Post will"
    agreements = words("nominal", "papers") | words("nominal", "agreement")
    return token.lower_ in agreements or (token.text.islower() and token.text in words("agents", "documents"))


def _is_nobody(token: "Token") -> bool:
    found = {lemma(token), token.lower_}
    is_alone = not any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.lefts)
    return bool(found & words("agents", "nobody")) or (is_alone and bool(found & words("agents", "nature")))


def is_first_person(doers: "tuple[Token, ...]") -> bool:
    """Return whether the doer is "I" or "we"."""
    return bool(doers) and doers[0].lower_ in _FIRST


def is_named(token: "Token") -> bool:
    """Return whether the noun is the name of a person, body or state, as far as the parse tells."""
    return token.pos_ == "PROPN" and not is_time(token) and not is_amount(token)


def _is_person_word(token: "Token") -> bool:
    return token.pos_ in _NOUNS and token.lower_.endswith(tuple(words("agents", "person_endings")))


def _each(subject: "Token") -> Iterable["Token"]:
    # "According to Moran, the quarry's owner, Kern, has promised": the parser takes Moran for the subject.
    first = subject.left_edge.i
    if subject.doc[max(0, first - 2) : first].text.lower() == "according to":
        return (child for child in subject.children if child.dep_ == "appos")
    # "Voss & Kern" is one.
    return (noun for noun in with_conjuncts(subject) if noun == subject or noun.doc[noun.i - 1].text != "&")


def _behind_predicate(noun: "Token") -> "Token":
    # "Norland is a bully who has pledged to": who has pledged is Norland.
    predicate = noun
    while predicate.dep_ == "conj" or (predicate.dep_ == "appos" and predicate.head.pos_ == "NOUN"):
        predicate = predicate.head
    is_described = any(child.dep_ == "relcl" for child in noun.children)
    if predicate.dep_ == "appos" and predicate.head.pos_ == "PROPN" and predicate.pos_ == "NOUN" and is_described:
        return predicate.head  # "said Livia Sosa, a consultant and a writer who would not vote"
    if predicate.dep_ != "attr" or (noun.pos_ == "PROPN" and noun is predicate):
        return noun  # "The winner was Ann Lee, who promised"
    found = subjects_of(predicate.head)
    return found[0] if found and found[0].lower_ not in {"it", "that", "this", "there"} else noun


def _in_relative_clause(verb: "Token") -> tuple["Token", ...]:
    # "The raids alarmed Norland, which sent tugs and threatened to": the parser joins the threat to what alarmed it.
    if verb.dep_ != "conj" or any(child.dep_ in SUBJECTS for child in verb.children):
        return ()
    inherited = subjects_of(verb)
    if not inherited or any(can_commit(subject) for subject in inherited):
        return ()
    between = verb.doc[verb.head.i + 1 : verb.i]
    clauses = (token for token in between if token.dep_ == "relcl" and token.tag_ == verb.tag_)
    return tuple(clause.head for clause in clauses if subjects_of(clause) == (clause.head,))[-1:]


def _controlled(verb: "Token") -> tuple["Token", ...]:
    # "mediators got the governor to promise": the parser does not always take it for a complement.
    if verb.dep_ != "advcl" or lemma(verb.head) not in words("doubt", "achieving"):
        return ()
    if verb.head.i > verb.i or any(child.dep_ == "nsubj" for child in verb.children):
        return ()
    return tuple(child for child in verb.head.children if child.dep_ == "dobj")[:1]


def _missed(verb: "Token") -> tuple["Token", ...]:
    if is_passive(verb):
        return _by_phrase(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBD" and verb.head.pos_ in _NOUNS:
        return (verb.head,)
    return _noun_before(verb)


def _by_phrase(verb: "Token") -> tuple["Token", ...]:
    for child in verb.subtree:
        if child.lower_ == "by" and child.dep_ == "prep" and verb in {child.head, child.head.head}:
            return tuple(noun for noun in child.children if noun.dep_ == "pobj")
    return ()


def _noun_before(verb: "Token") -> tuple["Token", ...]:
    if any(child.dep_ in SUBJECTS for child in verb.children):
        return ()
    place = min([child.i for child in verb.children if child.dep_ in {"aux", "advmod"}] + [verb.i]) - 1
    if place < verb.sent.start or verb.doc[place].pos_ != "PROPN":
        return ()
    noun = verb.doc[place]
    found = [noun]
    # "In Kampala, Uganda and Kenya have agreed": only what "and" joins is surely the subject.
    while noun.dep_ == "conj" and any(child.dep_ == "cc" for child in noun.head.children) and noun.head.i >= place - 4:
        noun = noun.head
        found.insert(0, noun)
    return tuple(found)
