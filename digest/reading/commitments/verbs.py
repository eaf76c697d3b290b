"""Cue verbs: "pledged to lend", "promised that no school would close", "ruled out free trams", "signed a deal to"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.clauses import is_negated, modal_of
from digest.reading.commitments.doers import doers_of
from digest.reading.commitments.sorts import is_amount
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import frame, lemma, phrasal, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "SYM"})
_BESIDE = frozenset({"dobj", "xcomp", "ccomp", "dative", "acomp", "attr"})
_MEANT = frozenset({"plan", "intend", "hope", "aim"})


def find_verb(verb: "Token") -> Trigger | None:
    """Return what the verb commits its subject to, if it is a cue with a complement."""
    if not (verb.pos_ in {"VERB", "AUX"} or _is_verb_after_all(verb)):
        return None
    if verb.dep_ in {"amod", "compound", "pobj", "nmod"} or _is_received(verb):
        return None
    return _infinitive(verb) or _clause(verb) or _noun(verb) or _preposition(verb) or _weighing(verb)


def _is_verb_after_all(noun: "Token") -> bool:
    # "The campaign plans to": the tagger takes it for a noun, the parser does not.
    return noun.dep_ == "ROOT" and noun.tag_ == "NNS" and any(child.dep_ == "nsubj" for child in noun.lefts)


def _is_received(verb: "Token") -> bool:
    # "enough pledged delegates": a participle without its doer.
    if verb.dep_ not in {"acl", "advcl"} or any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False
    return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and (verb.is_sent_start or verb.nbor(-1).text != ","))


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


def _before(action: "Token") -> "Token":
    before = action.nbor(-1)
    return before.nbor(-2) if before.text == "-" else before  # "plans to re-open"


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


def is_talk(action: "Token") -> bool:
    """Return whether the action is only words: to comment, to give details."""
    if lemma(action) in words("verbs", "talk"):
        return True
    thing = object_of(action)
    return thing is not None and lemma(thing) in words("verbs", "talk_things")


def _infinitive(verb: "Token") -> Trigger | None:
    found = frame("infinitive").get(lemma(verb))
    action = infinitive_of(verb)
    if found is None or action is None or (action.dep_ == "advcl" and object_of(verb) is not None):
        return None
    kind, strength = found
    if _is_of_old(verb) or _is_empty(verb, action, kind, strength):
        return None
    last = _before(action) if kind is CommitmentKind.PLAN else verb
    if kind is CommitmentKind.PLAN and is_negated(action):
        kind = CommitmentKind.REFUSAL  # "decided not to sell"
    return _of(verb, kind, strength, action, Rule.INFINITIVE, last=last)


def _is_of_old(verb: "Token") -> bool:
    if lemma(verb) in _MEANT:  # what one planned is done or given up
        return verb.tag_ in {"VBD", "VBN"} and not _is_reported(verb)
    return lemma(verb) in {"decide", "resolve"} and not _is_fresh(verb)


def _is_empty(verb: "Token", action: "Token", kind: CommitmentKind, strength: Strength) -> bool:
    if kind is CommitmentKind.REFUSAL and is_talk(action):
        return True
    if strength is Strength.HEDGED and lemma(action) in words("verbs", "not_conduct"):
        return True
    is_bare_do = lemma(action) == "do" and not any(action.rights)
    return is_bare_do or lemma(action) in words("verbs", "winning") or lacks_object(verb, action)


def lacks_object(verb: "Token", action: "Token") -> bool:
    """Return whether what the action is done to stands before a relative clause, out of its words."""
    # "the ones that the campaign hopes to register", "the case that he said he would make": it stands outside.
    clause = verb.head if verb.dep_ == "ccomp" else verb
    is_led = any(child.tag_ in {"WP", "WDT"} and child.dep_ == "nsubj" for child in clause.children)
    return (
        clause.dep_ == "relcl" and not is_led and not any(c.dep_ in _BESIDE and c.i > action.i for c in action.children)
    )


def _clause(verb: "Token") -> Trigger | None:
    found = frame("clause").get(lemma(verb))
    action = future_clause_of(verb) or _what_should(verb)
    if found is None or action is None or action.dep_ != "ccomp":
        return None
    return _of(verb, *found, action, Rule.CLAUSE, holds_subject=not _is_own(action))


def _what_should(verb: "Token") -> "Token | None":
    # "agreed that their countries should cooperate"
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    return clause if clause is not None and lemma(verb) == "agree" and modal_of(clause) == "should" else None


def _is_own(action: "Token") -> bool:
    return any(child.dep_ == "nsubj" and child.pos_ == "PRON" for child in action.children)


def _noun(verb: "Token") -> Trigger | None:
    found = frame("noun").get(phrasal(verb))
    thing = object_of(verb)
    if found is None or thing is None or lemma(thing) in words("things", "nothing"):
        return None
    action, recipient = _given(thing)
    if not _may_be(phrasal(verb), action, verb):
        return None
    return _of(verb, *found, action, Rule.OBJECT, recipient=recipient)


def _given(thing: "Token") -> tuple["Token", "Token | None"]:
    # "promised the flooded families two years free of rent": the parser hangs the second object on the first.
    late = next((child for child in thing.children if child.dep_ == "amod" and child.i > thing.i), None)
    return (thing, None) if late is None else (late, thing)


def _may_be(verb: str, thing: "Token", head: "Token") -> bool:
    word = lemma(thing)
    match verb:
        case "commit" | "offer":
            return word in words("things", "given") or is_amount(thing)
        case "threaten":
            return word in words("things", "threatened")
        case "rule out":
            doer = next(iter(doers_of(head)), None)
            return (
                word not in words("things", "causes")
                and doer is not None
                and lemma(doer) not in words("things", "finders")
            )
        case "dismiss" if any(child.lower_ == "as" for child in (*head.children, *thing.children)):
            return False  # "dismissed the offer as a trick" is an opinion
        case "reject" | "dismiss" | "refuse" | "turn down" | "rebuff":
            return word in words("things", "refused")
    return word not in words("things", "virtues")


def _preposition(verb: "Token") -> Trigger | None:
    for child in verb.children:
        found = frame("preposition").get(f"{lemma(verb)} {child.lower_}")
        action = next((noun for noun in child.children if _is_thing_or_doing(noun)), None)
        if found is None or action is None or any(word.dep_ == "auxpass" for word in verb.children):
            continue  # "is committed to" is told as a state
        is_empty = action.pos_ == "PRON" or lemma(action) in words("things", "nothing") | words("things", "virtues")
        if is_empty or lemma(action) in words("things", "agreed_views"):
            return None
        return _of(verb, *found, action, Rule.PREPOSITION)
    return _ruled_out(verb)


def _is_thing_or_doing(word: "Token") -> bool:
    return word.dep_ == "pobj" or (word.dep_ == "pcomp" and word.tag_ == "VBG")


def _ruled_out(verb: "Token") -> Trigger | None:
    found = frame("noun").get(phrasal(verb))
    action = next((child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG"), None)
    if found is None or action is None or found[0] is not CommitmentKind.REFUSAL:
        return None
    return _of(verb, *found, action, Rule.GERUND)


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


def _of(
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
    doers = doers_of(verb)
    if recipient is None and any(child.dep_ == "nsubjpass" for child in verb.children):
        recipient = next(child for child in verb.children if child.dep_ == "nsubjpass")
    return Trigger(kind, (verb, last or verb), verb, action, doers, rule, strength, holds_subject, recipient)


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
