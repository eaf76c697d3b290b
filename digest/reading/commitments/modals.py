"""The modals of commitment, and "going to": whose conduct they tell, in which person and voice."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.clauses import is_passive
from digest.reading.commitments.complements import infinitive_of, is_talk
from digest.reading.commitments.conduct import future, is_conduct, negation_of, strength_of
from digest.reading.commitments.doers import can_commit, doers_of, is_first_person
from digest.reading.commitments.reports import report_over
from digest.reading.commitments.told import read_said, read_stated
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.verbs import find_verb
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERB_TAGS = frozenset({"VB", "VBN", "VBG", "VBP", "NN", "NNP"})  # the tagger takes some verbs for nouns


def find_modal(token: "Token") -> Trigger | None:
    """Return what the modal commits its subject to, if it is the subject's own conduct."""
    if token.tag_ == "MD" and token.dep_ == "aux":
        return _modal(token)
    if token.lower_ == "going" and token.pos_ == "VERB":
        return _going_to(token)
    return None


def _modal(modal: "Token") -> Trigger | None:
    verb = modal.head
    known = words("modal", "future") | words("modal", "reported") | words("modal", "hedged")
    if modal.lower_ not in known or verb.tag_ not in _VERB_TAGS:
        return None
    # Who "will (or won't)" has said neither.
    is_either = any(token.lower_ == "or" for token in modal.doc[max(modal.sent.start, modal.i - 1) : verb.i])
    if find_verb(verb) is not None or _is_question(modal) or is_either:
        return None
    if is_passive(verb):
        return _passive(modal)
    doers = doers_of(verb)
    if is_first_person(doers):
        return _in_person(modal, doers)
    report = report_over(verb)
    if report is not None and report.leads:
        return read_said(modal, doers, report)
    return read_stated(modal, doers, report)


def _is_question(modal: "Token") -> bool:
    subject = next((child for child in modal.head.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and subject.i > modal.i


def _passive(modal: "Token") -> Trigger | None:
    verb = modal.head
    doers = tuple(doer for doer in doers_of(verb) if can_commit(doer))
    if modal.lower_ not in words("modal", "future") or negation_of(verb) is not None:
        return None
    if verb.dep_ == "relcl" or not is_conduct(verb, "not_bare", "not_passive"):
        return None
    return Trigger(CommitmentKind.PLAN, (modal, modal), verb, verb, doers, Rule.PASSIVE, holds_subject=True)


def _in_person(modal: "Token", doers: tuple["Token", ...]) -> Trigger | None:
    verb = modal.head
    if modal.lower_ in words("modal", "reported") | {"could"} or not _is_deed(verb):
        return None
    if verb.dep_ in {"relcl", "advcl", "csubj"} or _is_said_by_others(verb):
        return None  # "a badge that I will display" tells of the badge
    return future(modal, doers, Rule.IN_PERSON, kind=CommitmentKind.PLEDGE)


def _is_deed(action: "Token") -> bool:
    # "We will rescue the nation" is what speakers say; "we will veto the bill" can be checked.
    has_figure = any(token.text[0].isdigit() for token in action.subtree)
    return is_conduct(action, "not_in_person") and (has_figure or lemma(action) in words("verbs", "deeds"))


def _is_said_by_others(verb: "Token") -> bool:
    # "“You pass a law that says we’re going to build walls”"
    if verb.dep_ == "ccomp" and verb.head.i < verb.i and verb.head.pos_ == "ADJ":
        return True  # "I’m worried that we will slip back"
    report = report_over(verb)
    if report is None or not report.leads or not report.speakers or is_first_person(report.speakers):
        return False
    return not any(token.is_quote for token in verb.doc[report.cue.i : verb.i])


def _going_to(going: "Token") -> Trigger | None:
    action, doers = infinitive_of(going), doers_of(going)
    if action is None or not is_first_person(doers) or not _is_deed(action):
        return None
    helper = next((child for child in going.children if child.dep_ == "aux"), None)
    if helper is None or _is_said_by_others(going):
        return None  # "we kept going to mend it"
    is_refused = negation_of(going) is not None
    if _is_question(helper) or helper.lower_ in {"was", "were"} or (is_refused and is_talk(action)):
        return None
    kind = CommitmentKind.REFUSAL if is_refused else CommitmentKind.PLEDGE
    return Trigger(kind, (helper, going), going, action, doers, Rule.IN_PERSON, strength_of(action, ""))
