"""Cue verbs with a thing: "signed a deal", "ruled out free trams", "committed to phasing out", "is weighing a loan"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.clauses import modal_of
from digest.reading.commitments.complements import object_of
from digest.reading.commitments.cue_verbs import cue_trigger, no_plan
from digest.reading.commitments.doers import doers_of
from digest.reading.commitments.sorts import is_amount
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import frame, lemma, phrasal, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "SYM"})


def find_thing(verb: "Token") -> Trigger | None:
    """Return what the verb commits its subject to, where that is a thing, a doing, or what is only weighed."""
    return _thing(verb) or _preposition(verb) or _dated(verb) or _weighing(verb)


def _thing(verb: "Token") -> Trigger | None:
    found = frame("noun").get(phrasal(verb))
    thing = object_of(verb) if found is not None else None
    if found is None or thing is None or lemma(thing) in words("things", "nothing"):
        return None
    if any(child.lower_ in {"not", "to"} for child in thing.lefts) or thing.nbor(-1).lower_ == "to":
        return None  # "promised not just a few stars but the moon"
    action, recipient = _given(thing)
    if action.pos_ == "PROPN" and any(child.dep_ == "ccomp" for child in verb.children):
        return None  # "promised Voss that"
    if not _may_be(phrasal(verb), action, verb):
        return None
    trigger = cue_trigger(verb, *found, action, Rule.OBJECT, recipient=recipient)
    no = no_plan(verb)
    return trigger if no is None else replace(trigger, kind=CommitmentKind.REFUSAL, cue=(no, verb), rule=Rule.NO_PLAN)


def _given(thing: "Token") -> tuple["Token", "Token | None"]:
    # "promised the flooded families two years free of rent": the parser hangs the second object on the first.
    late = next((child for child in thing.children if child.dep_ == "amod" and child.i > thing.i), None)
    return (thing, None) if late is None else (late, thing)


def _may_be(verb: str, thing: "Token", head: "Token") -> bool:
    word = lemma(thing)
    match verb:
        case "offer" if head.tag_ in {"VBZ", "VBP"} and thing.tag_ == "NNS" and not is_amount(thing):
            return False  # "the bank offers loans", to anybody and always
        case "commit" | "offer":
            is_given = word in words("things", "given") and not (verb == "offer" and word == "support")
            return is_given or is_amount(thing)
        case "threaten":
            return word in words("things", "threatened")
        case "rule out":
            doer = next(iter(doers_of(head)), None)
            is_found = doer is None or lemma(doer) in words("things", "finders")
            return word not in words("things", "causes") and not is_found
        case "reject" | "dismiss" | "refuse" | "turn down" | "rebuff":
            return word in words("things", "refused") and not (verb == "dismiss" and _is_called(head, thing))
    is_idle = verb == "plan" and (head.tag_ != "VBG" or word in words("things", "routine"))
    return not is_idle and word not in words("things", "virtues") | {"delegate"}  # "475 pledged delegates"


def _is_called(verb: "Token", thing: "Token") -> bool:
    # "dismissed the offer as a trick" is an opinion
    return any(child.lower_ == "as" for child in (*verb.children, *thing.children))


def _preposition(verb: "Token") -> Trigger | None:
    for child in verb.children:
        found = frame("preposition").get(f"{lemma(verb)} {child.lower_}")
        if found is None:
            continue
        action = next((noun for noun in child.children if _is_thing_or_doing(noun)), None)
        if (
            action is None
            or _is_state(verb)
            or _binds_others(verb)
            or any(one.dep_ == "ccomp" for one in verb.children)
        ):
            continue
        is_empty = action.pos_ == "PRON" or lemma(action) in words("things", "nothing") | words("things", "virtues")
        if is_empty or lemma(action) in words("things", "agreed_views"):
            return None
        return cue_trigger(verb, *found, action, Rule.PREPOSITION)
    return _ruled_out(verb)


def _dated(verb: "Token") -> Trigger | None:
    # "set 10 May as the date for a vote", "set a vote for 10 May"; a deadline is set to others.
    if lemma(verb) not in words("dated", "verbs"):
        return None
    behind = [phrase for child in verb.rights if child.i > verb.i for phrase in (child, *child.children)]
    dates = (one for one in behind if one.lower_ == "date" and one.head.lower_ == "as")
    for phrase in (*(child for date in dates for child in date.children), *verb.rights):
        action = next(iter(phrase.children), None) if phrase.lower_ == "for" else None
        if action is not None and action.pos_ == "NOUN" and any(child.dep_ == "npadvmod" for child in verb.rights):
            return cue_trigger(verb, CommitmentKind.PLAN, Strength.FIRM, action, Rule.DATED)
    return None


def _binds_others(verb: "Token") -> bool:
    # "an accord committing Norland to cuts" binds Norland; "committed itself to cuts" binds who did it.
    return any(child.dep_ == "dobj" and not child.lower_.endswith(("self", "selves")) for child in verb.children)


def _is_state(verb: "Token") -> bool:
    # "is committed to", "a party committed to": nobody says that it was promised.
    helpers = [child.dep_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    is_bare = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl", "conj", "acomp"}
    # The parser takes it for a verb after a comma: "remain a leader, committed to".
    is_run_on = verb.dep_ == "conj" and not any(child.dep_ == "cc" for child in verb.head.children)
    return "auxpass" in helpers or (not helpers and (is_bare or is_run_on))


def _is_thing_or_doing(word: "Token") -> bool:
    return word.dep_ == "pobj" or (word.dep_ == "pcomp" and word.tag_ == "VBG")


def _ruled_out(verb: "Token") -> Trigger | None:
    found = frame("noun").get(phrasal(verb))
    if found is None or found[0] is not CommitmentKind.REFUSAL:
        return None
    action = next((child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG"), None)
    if action is None:
        return None
    return cue_trigger(verb, *found, action, Rule.GERUND)


def _weighing(verb: "Token") -> Trigger | None:
    if lemma(verb) not in words("weighing", "verbs"):
        return None
    gerund = next((child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG"), None)
    is_under_way = verb.tag_ == "VBG" and any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.children)
    would = modal_of(verb) in words("modal", "future") | words("modal", "reported") | {"may", "might", "could"}
    action = gerund or object_of(verb)
    if action is None or not (is_under_way or would):
        return None
    if action.pos_ in _NOUNS and lemma(action) in words("things", "weighed_views"):
        return None
    first = next(child for child in verb.children if child.dep_ == "aux")
    return Trigger(
        CommitmentKind.PLAN, (first, verb), verb, action, doers_of(verb), Rule.WEIGHING, strength=Strength.HEDGED
    )
