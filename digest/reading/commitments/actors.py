"""Doers to actors: the fullest name of who is bound, and never a guess."""

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from digest.model import Actor, Span
from digest.reading.clauses import noun_phrase
from digest.reading.commitments.doers import can_commit, is_first_person
from digest.reading.commitments.scene import Scene, trimmed
from digest.reading.commitments.sorts import is_person
from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their", "both", "him", "them"})
_PAIRS = re.compile(
    r"(?:the two|both|the) (?:sides|countries|companies|parties|governments|leaders|men|women|firms|nations|states"
    r"|clubs|teams|delegations)$",
    re.IGNORECASE,
)
_TELLS_WHICH = frozenset({"det", "poss", "nummod", "predet"})
_MARKS = frozenset('"“”')
_LOOKED_BACK = 2  # sentences


def find_actors(scene: Scene, trigger: Trigger) -> tuple[Actor, ...]:
    """Return who is bound; empty where one of the doers cannot be told for sure."""
    actors: list[Actor] = []
    for doer in _without_titles(trigger.doers):
        found = _resolved(scene, doer)
        if not found:
            return ()
        named = {other.name.of(scene.parsed.text) for other in actors}
        actors += [actor for actor in found if actor.name.of(scene.parsed.text) not in named]
    return tuple(actors)


def _without_titles(doers: "tuple[Token, ...]") -> "tuple[Token, ...]":
    # "host and executive chairman Stephen Bannon" is one.
    first = doers[0]
    is_bare = first.tag_ == "NN" and not any(child.dep_ in {"det", "poss", "nummod"} for child in first.children)
    return doers[1:] if len(doers) > 1 and is_bare and doers[1].pos_ == "PROPN" else doers


def name_of(scene: Scene, token: "Token") -> Span | None:
    """Return the fullest name of whom the token means, or its phrase; None where that may be more than one."""
    if token.pos_ == "PRON" and token.lower_ not in _PRONOUNS:
        return None
    known = scene.names.fullest(token)
    if token.pos_ == "NOUN":
        beside = _name_beside(token)
        known = scene.names.fullest(beside) if beside is not None else known
    before = _body_before(scene, token)
    return name_of(scene, before) if before is not None else known


def _name_beside(noun: "Token") -> "Token | None":
    # "her orchestra, the Corvane Philharmonic,", "the telecoms firm Brisa": the name is the fuller word for it.
    beside = next((child for child in noun.children if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    run_on = list(takewhile(lambda token: token.pos_ == "PROPN", noun.doc[noun.i + 1 :]))
    return beside or (run_on[-1] if run_on and can_commit(noun) else None)


def _body_before(scene: Scene, pronoun: "Token") -> "Token | None":
    # "It", first in its sentence, is the body that the sentence before was about.
    if pronoun.lower_ != "it" or pronoun.i != pronoun.sent.start or pronoun.i == 0:
        return None
    before = pronoun.doc[pronoun.i - 1].sent
    if "\n" in scene.parsed.text[before.root.idx : pronoun.idx]:
        return None
    subjects = [token for token in before.root.children if token.dep_ == "nsubj"]
    is_body = len(subjects) == 1 and lemma(subjects[0]) in words("reporting", "bodies")
    return subjects[0] if is_body and subjects[0].tag_ in {"NN", "NNP"} else None


def _resolved(scene: Scene, doer: "Token") -> tuple[Actor, ...]:
    quote = scene.quote_at(doer)
    mention = scene.parsed.span_of(doer, doer)
    if is_first_person((doer,)):
        if quote is None or quote.speaker is None or not _may_say_we(scene, doer, quote.speaker.name):
            return ()
        return (Actor(quote.speaker.name, mention),)
    if quote is not None and doer.lower_ in _PRONOUNS:
        return ()  # whom a speaker calls "they" is not said
    phrase = _phrase(scene, doer)
    if phrase is not None and _PAIRS.match(phrase.of(scene.parsed.text)):
        return _pair_before(scene, doer, phrase)
    name = name_of(scene, doer)
    if name is None or _is_unsure(scene, doer, name):
        return ()
    return _apart(scene, name, phrase or mention)


def _is_unsure(scene: Scene, doer: "Token", name: Span) -> bool:
    if doer.pos_ == "PRON":
        return _is_somebody_else(scene, doer, name)
    is_half = sum(mark in _MARKS for mark in name.of(scene.parsed.text)) % 2 == 1
    return (
        is_half
        or _is_any_of_many(doer)
        or (name == scene.parsed.span_of(doer, doer) and _is_nobody_in_particular(doer))
    )


def _apart(scene: Scene, name: Span, mention: Span) -> tuple[Actor, ...]:
    # "The contenders Ann Lee and Olaf Voss agreed": two.
    tokens = scene.parsed.tokens_of(name)
    people = scene.names.people_in(tokens[0].i, tokens[-1].i) if tokens is not None else ()
    if len(people) > 1:
        return tuple(Actor(scene.names.mention(head), mention) for head in people)
    return (Actor(name, mention),)


def _is_any_of_many(doer: "Token") -> bool:
    # "new logistics firms plan to": which? But prosecutors are those of the case.
    before = [child for child in doer.lefts if child.dep_ in {"amod", "compound", "nmod"}]
    is_told = any(token.dep_ in _TELLS_WHICH or token.pos_ in {"PROPN", "NUM"} for token in doer.subtree)
    is_named = any(child.text[0].isupper() and not (child.pos_ == "ADJ" and child.is_sent_start) for child in before)
    return doer.tag_ == "NNS" and bool(before) and not (is_told or is_named)


def _is_nobody_in_particular(doer: "Token") -> bool:
    # "Win or not, candidate says, campaign aims to ..."
    is_bare = doer.tag_ == "NN" and doer.text.islower() and not any(True for _ in doer.lefts)
    return is_bare and lemma(doer) not in words("agents", "bare")


def _may_say_we(scene: Scene, doer: "Token", name: Span) -> bool:
    # Where "I" is a company, or "we" an email, the speaker was not found, or binds nobody.
    tokens = scene.parsed.tokens_of(name)
    if tokens is None or any(token.text == "," for token in tokens):
        return False
    is_name = tokens.root.pos_ == "PROPN"
    is_body = doer.lower_ == "i" and is_name and not is_person(tokens.root)
    return not is_body and (is_name or lemma(tokens.root) not in words("agents", "documents"))


def _is_somebody_else(scene: Scene, doer: "Token", name: Span) -> bool:
    tokens = scene.parsed.tokens_of(name)
    if tokens is None:
        return True
    is_one_person = tokens.root.tag_ == "NNP" and is_person(tokens.root)
    is_many = doer.lower_ in {"he", "she"} and tokens.root.tag_ in {"NNS", "NNPS"}
    return not can_commit(tokens.root) or is_many or (doer.lower_ == "they" and is_one_person)


def _phrase(scene: Scene, noun: "Token") -> Span | None:
    first, last = noun_phrase(noun)
    return trimmed(scene.parsed.text, first.idx, last.idx + len(last))


def _is_capitalised(token: "Token") -> bool:
    return token.text[0].isupper() and token.pos_ in {"PROPN", "ADJ"}  # "French and Spanish envoys"


def _pair_before(scene: Scene, doer: "Token", phrase: Span) -> tuple[Actor, ...]:
    # "Negotiators from Chad and Sudan met. The two sides agreed": the one pair of names shortly before.
    begun = [sentence for sentence in scene.parsed.sentences if sentence.span.start < doer.idx]
    for near in reversed(begun[-_LOOKED_BACK - 1 :]):
        for token in scene.parsed.tokens_of(near.span) or ():
            joined = token.conjuncts
            if token.i < doer.i and _is_capitalised(token) and len(joined) == 1:
                names = (name_of(scene, token), name_of(scene, joined[0]))
                if _is_capitalised(joined[0]) and all(names):
                    return tuple(Actor(name, phrase) for name in names if name is not None)
    return ()
