"""Cue verbs: "pledged to lend", "promised that no school would close"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.clauses import is_negated, is_passive, modal_of
from digest.reading.commitments.complements import (
    future_clause_of,
    infinitive_of,
    is_bare,
    is_talk,
    lacks_object,
    object_of,
    outcomes,
)
from digest.reading.commitments.cue_verbs import cue_trigger, no_plan
from digest.reading.commitments.doers import doers_of, is_first_person
from digest.reading.commitments.objects import find_thing
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import frame, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_TALK = frozenset({"speak", "talk", "comment", "answer"})
_MEANT = frozenset({"plan", "intend", "hope", "aim"})


def find_verb(verb: "Token") -> Trigger | None:
    """Return what the verb commits its subject to, if it is a cue with a complement."""
    if not (verb.pos_ in {"VERB", "AUX"} or _is_verb_after_all(verb)):
        return None
    if verb.dep_ in {"amod", "compound", "pobj", "nmod"} or _is_received(verb):
        return None
    return _infinitive(verb) or _clause(verb) or find_thing(verb)


def _is_verb_after_all(noun: "Token") -> bool:
    # "The campaign plans to": the tagger takes it for a noun, the parser does not.
    return noun.dep_ == "ROOT" and noun.tag_ == "NNS" and any(child.dep_ == "nsubj" for child in noun.lefts)


def _is_received(verb: "Token") -> bool:
    # "enough pledged delegates": a participle without its doer.
    if verb.dep_ not in {"acl", "advcl"} or any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False
    return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and (verb.is_sent_start or verb.nbor(-1).text != ","))


def _before(action: "Token") -> "Token":
    before = action.nbor(-1)
    return before.nbor(-2) if before.text == "-" else before  # "plans to re-open"


def _infinitive(verb: "Token") -> Trigger | None:
    found = frame("infinitive").get(lemma(verb))
    action = infinitive_of(verb) if found is not None else None
    if found is None or action is None:
        return None
    kind, strength = found
    if any(child.tag_ == "WRB" for child in verb.lefts):
        return None  # "how the owners decide to proceed"
    if any(child.dep_ == "dobj" and child.tag_ == "WDT" for child in verb.children):
        return None  # "a course that it offers to help the young"
    thing = object_of(verb)
    if thing is not None and (action.dep_ == "advcl" or (kind is CommitmentKind.PLAN and thing.i < action.i)):
        return None  # "is planning a vote to leave": a vote
    if _is_of_old(verb) or _is_empty(verb, action, kind, strength):
        return None
    last = _before(action) if kind is CommitmentKind.PLAN else verb
    no = no_plan(verb)
    if kind is CommitmentKind.PLAN and strength is Strength.FIRM and (no is not None or is_negated(action)):
        kind = CommitmentKind.REFUSAL  # "decided not to sell", "is not planning to sell"
    trigger = cue_trigger(verb, kind, strength, action, Rule.INFINITIVE, last=last)
    return trigger if no is None else replace(trigger, cue=(no, last), rule=Rule.NO_PLAN)


def _is_of_old(verb: "Token") -> bool:
    if lemma(verb) in _MEANT:  # what one planned is done or given up
        is_over = lemma(verb) in {"hope", "aim"} or any(child.lower_ == "had" for child in verb.lefts)
        return verb.tag_ in {"VBD", "VBN"} and (is_over or not _is_reported(verb))
    return lemma(verb) in {"decide", "resolve"} and not _is_fresh(verb)


def _is_empty(verb: "Token", action: "Token", kind: CommitmentKind, strength: Strength) -> bool:
    if kind is CommitmentKind.REFUSAL and is_talk(action):
        return True
    if strength is Strength.HEDGED and (
        _is_description(verb) or is_passive(action) or lemma(_inmost(action)) in outcomes()
    ):
        return True
    if kind is CommitmentKind.PLAN and _is_nothing_planned(action):
        return True
    if kind is CommitmentKind.AGREEMENT and lemma(action) in _TALK:
        return True  # "agreed to speak on condition that"
    is_over = any(child.lower_ == "have" and child.dep_ == "aux" for child in action.children)  # "hoped to have left"
    return is_over or is_bare(action) or lemma(action) in words("verbs", "winning") or lacks_object(verb, action)


def _inmost(action: "Token") -> "Token":
    # "hopes to begin winning support"
    inner = (child for child in action.rights if child.dep_ == "xcomp")
    return next(inner, action) if lemma(action) in {"begin", "start", "continue", "keep"} else action


def _is_nothing_planned(action: "Token") -> bool:
    # "plans to be back on Monday", "intended to show that"
    return (lemma(action) == "be" and not is_passive(action)) or lemma(action) in words("verbs", "vain")


def _is_description(verb: "Token") -> bool:
    # "parties aiming to turn out the vote", "a sect, which aims to oust the king", "they will hope to": told of them,
    # not by them.
    is_aim = verb.dep_ == "relcl" and lemma(verb) == "aim"
    return is_aim or (verb.dep_ == "acl" and verb.tag_ == "VBG") or modal_of(verb) is not None


def _clause(verb: "Token") -> Trigger | None:
    found = frame("clause").get(lemma(verb))
    action = future_clause_of(verb) or _what_should(verb) if found is not None else None
    if found is None or action is None or action.dep_ != "ccomp":
        return None
    if lemma(verb) == "agree" and lemma(action) in words("verbs", "not_conduct"):
        return None  # "agreed that prices will fall"
    if is_first_person(doers_of(verb)) and modal_of(action) in words("modal", "reported"):
        return None  # "I guarantee that he would do better"
    return cue_trigger(verb, *found, action, Rule.CLAUSE, holds_subject=not _is_own(action))


def _what_should(verb: "Token") -> "Token | None":
    # "agreed that their countries should cooperate"
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    is_meant = clause is not None and lemma(verb) == "agree" and modal_of(clause) == "should"
    # That something else should be is an opinion.
    is_theirs = (
        is_meant
        and clause is not None
        and any(token.lower_ in {"they", "their", "both"} for token in clause.doc[clause.left_edge.i : clause.i])
    )
    return clause if is_theirs else None


def _is_own(action: "Token") -> bool:
    return any(child.dep_ == "nsubj" and child.pos_ == "PRON" for child in action.children)


def _is_reported(verb: "Token") -> bool:
    return any(lemma(above) in words("reporting", "own_plan") for above in _above(verb))


def _is_fresh(verb: "Token") -> bool:
    # "has decided to" stands; "decided to" may be told of any time.
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return (
        verb.tag_ in {"VBZ", "VBP"} or bool(helpers & {"has", "have", "'s", "’s", "'ve", "’ve"}) or _is_reported(verb)
    )


def _above(verb: "Token") -> Iterator["Token"]:
    while verb.dep_ in {"ccomp", "conj"}:
        verb = verb.head
        yield verb
