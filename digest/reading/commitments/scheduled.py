"""The future without "will": "is to sell", "his aim is to report", and a headline's "to"."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.clauses import is_passive
from digest.reading.commitments.conduct import is_conduct, is_done
from digest.reading.commitments.doers import can_commit, doers_of, is_named
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import frame, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_HEADLINE_ENDS = frozenset('.?!”"')


def find_scheduled(to: "Token") -> Trigger | None:
    """Return what the "to" before an infinitive commits to, where it stands after "is" or in a headline."""
    if to.lower_ != "to" or to.dep_ != "aux":
        return None
    return _is_to(to) or _headline(to)


def _is_to(to: "Token") -> Trigger | None:
    action, be = to.head, to.head.head
    if lemma(be) != "be" or action.dep_ != "xcomp" or be.tag_ not in {"VBZ", "VBP"} or be.i > to.i:
        return None
    if not any(child.dep_ == "nsubj" and child.tag_ not in {"WDT", "WP"} for child in be.children):
        return None  # "its response, which is to ignore it"
    if any(token.pos_ != "ADV" for token in be.doc[be.i + 1 : to.i]):
        return None  # "is “proud” to support"
    doers = doers_of(be)
    if doers and lemma(doers[0]) in words("nominal", "hedged") | words("nominal", "plan"):
        return _owners_aim(be, to, action, doers[0])
    if not all(can_commit(doer) for doer in doers) or not is_done(action) or is_passive(action):
        return None
    return Trigger(CommitmentKind.PLAN, (be, to), be, action, doers, Rule.IS_TO)


def _owners_aim(be: "Token", to: "Token", action: "Token", noun: "Token") -> Trigger | None:
    owners = tuple(child for child in noun.children if child.dep_ == "poss")
    if not owners or not is_conduct(action):
        return None
    return Trigger(CommitmentKind.PLAN, (noun, to), be, action, owners, Rule.IS_TO, frame("nominal")[lemma(noun)][1])


def _headline(to: "Token") -> Trigger | None:
    verb = to.head
    if verb.dep_ != "ROOT" or verb.tag_ != "VB" or verb.sent.text.rstrip()[-1:] in _NO_HEADLINE_ENDS:
        return None
    doers = tuple(child for child in verb.children if child.dep_ == "nsubj")
    if not doers or not is_named(doers[0]) or not is_conduct(verb):
        return None
    return Trigger(CommitmentKind.PLAN, (to, to), verb, verb, doers_of(verb), Rule.HEADLINE)
