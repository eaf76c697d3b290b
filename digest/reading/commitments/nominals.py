"""Nouns of committing: "his pledge to end", "a promise by the estate to", "gave an undertaking that"."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.clauses import is_negated, with_conjuncts
from digest.reading.commitments.complements import future_clause_of, has_to, infinitive_of, is_bare, is_talk, outcomes
from digest.reading.commitments.doers import POSSESSIVES, can_commit, doers_of
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import frame, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_DASHES = frozenset({"-", "–"})


def find_nominal(noun: "Token") -> Trigger | None:
    """Return what the noun commits its owner or its maker to."""
    found = kind_of(noun) if noun.pos_ == "NOUN" else None
    made = _made(noun) if found is not None else ()
    doers = made or (_owners(noun) or _wooers(noun) if found is not None and not _is_paper(noun) else ())
    if found is None or not doers or _is_taken_back(noun):
        return None
    kind, strength = found
    action, holds_subject = content_of(noun, kind)
    if action is None or _is_idle(noun, kind, action):
        return None
    verb = noun.head if made else noun
    first = min(noun, noun.head) if made else noun
    return Trigger(kind, (first, noun), verb, action, doers, Rule.NOUN, strength, holds_subject)


def kind_of(noun: "Token") -> tuple[CommitmentKind, Strength] | None:
    """Return what kind of commitment the noun names, and how firm a one; None where it names none that stands."""
    found = frame("nominal").get(lemma(noun))
    if found is None and _is_paper(noun):
        found = (CommitmentKind.AGREEMENT, Strength.FIRM)
    before = {child.lower_ for child in noun.lefts}
    if found is None or before & words("nominal", "former"):
        return None
    if "no" not in before and not _is_sincere(noun):
        return found
    # "has no plans to sell"; that somebody has no honest intention is an opinion.
    is_refusal = found[0] is CommitmentKind.PLAN and not _is_sincere(noun)
    return (CommitmentKind.REFUSAL, found[1]) if is_refusal else None


def _is_sincere(noun: "Token") -> bool:
    return any(child.lower_ in {"sincere", "honest", "real", "serious", "genuine"} for child in noun.lefts)


def _is_paper(noun: "Token") -> bool:
    return lemma(noun) in words("nominal", "papers")


def _made(noun: "Token") -> tuple["Token", ...]:
    verb = noun.head
    if noun.dep_ not in {"dobj", "pobj"} or any(child.dep_ == "poss" for child in noun.children):
        return ()
    if noun.dep_ == "pobj":
        verb = noun.head.head
        if noun.head.lower_ not in {"into", "to"}:
            return ()
    if lemma(verb) not in words("nominal", "makers") or is_negated(verb) or _is_had(noun, verb):
        return ()
    return tuple(doer for doer in doers_of(verb) if can_commit(doer))


def _is_idle(noun: "Token", kind: CommitmentKind, action: "Token") -> bool:
    # "his refusal to discuss it", "her hopes to win", "their best hope to"
    if kind is CommitmentKind.REFUSAL and is_talk(action):
        return True
    if lemma(noun) not in words("nominal", "hedged"):
        return False
    return lemma(action) in outcomes() or any(child.lower_ in {"best", "only", "last"} for child in noun.lefts)


def _wooers(noun: "Token") -> tuple["Token", ...]:
    # "has wooed the farmers with promises to mend the dam"
    is_pledge = frame("nominal").get(lemma(noun), (None,))[0] is CommitmentKind.PLEDGE
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or not is_pledge:
        return ()
    verb = noun.head.head
    is_self = any(child.dep_ == "dobj" and child.lower_.endswith(("self", "selves")) for child in verb.children)
    is_told = verb.pos_ == "VERB" and not is_negated(verb) and not is_self  # "consoled themselves with"
    return tuple(doer for doer in doers_of(verb) if can_commit(doer)) if is_told else ()


def _is_had(noun: "Token", verb: "Token") -> bool:
    # Who has an offer did not make it.
    return lemma(verb) == "have" and frame("nominal").get(lemma(noun), (None,))[0] is CommitmentKind.OFFER


def _owners(noun: "Token") -> tuple["Token", ...]:
    for child in noun.children:
        if child.dep_ == "poss" and (can_commit(child) or child.lower_ in POSSESSIVES):
            return tuple(with_conjuncts(child))
        if child.dep_ == "prep" and child.lower_ in {"by", "between"}:
            makers = [token for pobj in child.children if pobj.dep_ == "pobj" for token in with_conjuncts(pobj)]
            if makers and all(can_commit(token) for token in makers):
                return tuple(makers)
    return _parties(noun)


def _parties(noun: "Token") -> tuple["Token", ...]:
    # "a US-Russia agreement to destroy"
    before = [child for child in noun.lefts if child.dep_ == "compound"]
    joined = [token for child in before for token in child.subtree if token.pos_ == "PROPN" and _is_hyphenated(token)]
    return tuple(joined) if len(joined) > 1 else ()


def _is_hyphenated(token: "Token") -> bool:
    beside = (token.nbor(place) for place in (-1, 1) if 0 <= token.i + place < len(token.doc))
    return any(one.text in _DASHES for one in beside)


def content_of(noun: "Token", kind: CommitmentKind) -> tuple["Token | None", bool]:
    """Return the head of what the noun commits to, and whether that is a clause with a subject of its own."""
    action = infinitive_of(noun)
    thing = _of_phrase(noun, kind)
    if action is not None and thing is not None and thing.i < action.i:
        return thing, False  # "promises of help to the poor to adapt"
    if action is None and noun.dep_ == "dobj":
        action = next(
            (child for child in noun.head.children if child.i > noun.i and child.dep_ == "advcl" and has_to(child)),
            None,
        )
    if action is not None:
        return action, False
    clause = future_clause_of(noun) or (future_clause_of(noun.head) if noun.dep_ == "dobj" else None)
    if clause is not None and clause.dep_ == "relcl" and kind is CommitmentKind.PLAN:
        clause = None  # "his plan, which would raise taxes": what comes of it
    if clause is not None and clause.i > noun.i:
        if lemma(noun) in words("nominal", "hedged"):
            return None, False  # "the hope that it will rain"
        subject = next((child for child in clause.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        is_own = subject is not None and subject.lower_ in {"they", "it", "he", "she", "both", "which", "that"}
        return clause, not is_own
    return _of_doing(noun, kind) or _of_phrase(noun, kind), False


def _of_doing(noun: "Token", kind: CommitmentKind) -> "Token | None":
    # "has no intention of selling"
    of = (child for child in noun.children if child.lower_ == "of" and kind is CommitmentKind.REFUSAL)
    doing = next((verb for phrase in of for verb in phrase.children if verb.dep_ == "pcomp"), None)
    return None if doing is None or is_bare(doing) else doing


def _of_phrase(noun: "Token", kind: CommitmentKind) -> "Token | None":
    if kind not in {CommitmentKind.PLEDGE, CommitmentKind.THREAT, CommitmentKind.OFFER}:
        return None
    phrases = [child for child in noun.children if child.dep_ == "prep" and child.lower_ == "of"]
    things = (thing for phrase in phrases for thing in phrase.children if thing.dep_ == "pobj")
    empty = words("things", "virtues") | words("things", "nothing")
    return next((thing for thing in things if lemma(thing) not in empty), None)


def verb_taking_back(noun: "Token") -> "Token | None":
    """Return the verb by which what the noun names is taken back: "dropped its plan", "went back on its promise"."""
    if noun.dep_ in {"dobj", "nsubjpass"}:
        return noun.head if lemma(noun.head) in words("withdrawal", "verbs") else None
    if noun.dep_ != "pobj":
        return None
    verb = noun.head
    between = [verb.lower_]
    while verb.dep_ in {"prep", "pcomp", "advmod", "prt"} and verb.head != verb:
        verb = verb.head
        if verb.pos_ != "VERB":
            between.insert(0, verb.lower_)
    for child in verb.rights:
        if child.dep_ in {"prt", "advmod"} and child.i < noun.i and child.lower_ not in between:
            between.insert(0, child.lower_)
    return verb if " ".join([lemma(verb), *between]) in words("withdrawal", "phrases") else None


def _is_taken_back(noun: "Token") -> bool:
    has_failed = noun.dep_ == "nsubj" and lemma(noun.head) in {"fall", "fail", "collapse"}
    if has_failed or verb_taking_back(noun) is not None:
        return True
    token = noun
    for _ in range(4):
        token = token.head
        if lemma(token) in words("nominal", "withdrawers") or (token.pos_ == "VERB" and is_negated(token)):
            return True
        if token.pos_ == "VERB" and token.dep_ not in {"xcomp", "pcomp", "advcl"}:
            return False
    return False
