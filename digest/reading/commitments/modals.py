"""The future in its subject's own hands: "will", "said it would", "is to", "we will", and a headline's "to"."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength
from digest.reading.clauses import is_negated, is_passive, modal_of
from digest.reading.commitments.doers import can_commit, doers_of, is_named
from digest.reading.commitments.reports import Report, holds_views, own_doers, report_over, speaks_for
from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.verbs import find_verb, has_to, infinitive_of, is_talk, object_of
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST = frozenset({"i", "we"})
_THIRD = frozenset({"it", "he", "she", "they"})
_TRYING = frozenset({"try", "seek", "attempt", "strive", "look"})
_PHASES = _TRYING | frozenset({"continue", "begin", "start", "help", "work", "keep", "move", "proceed", "go", "return", "stop"})
_NO = frozenset({"not", "n't", "n’t", "never"})


def find_modal(token: "Token") -> Trigger | None:
    """Return what the modal, or the "to" of "is to", commits its subject to, if it is the subject's own conduct."""
    if token.tag_ == "MD" and token.dep_ == "aux":
        return _modal(token)
    if token.lower_ == "going" and token.pos_ == "VERB":
        return _going_to(token)
    if token.lower_ == "to" and token.dep_ == "aux":
        return _is_to(token) or _headline(token)
    return None


def is_conduct(action: "Token", *more: str) -> bool:
    """Return whether the verb is something one does, and none of the verbs in the lists named in `more`."""
    inner = _inner(action)
    if lemma(inner) in words("verbs", "not_conduct") or any(lemma(inner) in words("verbs", name) for name in more):
        return False
    return not any(child.lower_ == "have" and child.dep_ == "aux" for child in action.children)


def is_done(action: "Token") -> bool:
    """Return whether the verb is something one does on purpose, also where nobody says that it is meant."""
    inner = _inner(action)
    alone = () if object_of(inner) is not None else ("not_bare_alone",)
    return is_conduct(action, "not_bare", *alone)


def _inner(action: "Token") -> "Token":
    if lemma(action) not in _PHASES:
        return action
    inner = infinitive_of(action)
    return inner if inner is not None else next(
        (child for child in action.children if child.dep_ == "xcomp" and child.tag_ == "VBG"), action
    )


def _strength(action: "Token", modal: str) -> Strength:
    is_trying = lemma(action) in _TRYING and infinitive_of(action) is not None
    return Strength.HEDGED if is_trying or modal in words("modal", "hedged") else Strength.FIRM


def _modal(modal: "Token") -> Trigger | None:
    verb, form = modal.head, modal.lower_
    known = words("modal", "future") | words("modal", "reported") | words("modal", "hedged")
    if form not in known or verb.tag_ not in {"VB", "VBN", "VBG", "VBP", "NN", "NNP"} or _is_continued(verb):
        return None
    if find_verb(verb) is not None or _is_question(modal):
        return None
    if is_passive(verb):
        return _passive(verb, modal)
    doers = doers_of(verb)
    if doers and doers[0].lower_ in _FIRST:
        return _in_person(verb, modal, doers)
    report = report_over(verb)
    if report is not None and report.leads:
        return _said(verb, modal, doers, report)
    return _stated(verb, modal, doers, report)


def _is_continued(verb: "Token") -> bool:
    if verb.dep_ != "conj" or any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children):
        return False
    return modal_of(verb.head) is not None


def _is_question(modal: "Token") -> bool:
    subject = next((child for child in modal.head.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and subject.i > modal.i


def _passive(verb: "Token", modal: "Token") -> Trigger | None:
    doers = tuple(doer for doer in doers_of(verb) if can_commit(doer))
    if modal.lower_ not in words("modal", "future") or not doers or _negation(verb) is not None:
        return None
    return Trigger(
        CommitmentKind.PLAN, (modal, modal), verb, verb, doers, "passive with its doer", holds_subject=True,
        report=_cue(report_over(verb)),
    )  # fmt: skip


def _in_person(verb: "Token", modal: "Token", doers: tuple["Token", ...]) -> Trigger | None:
    form = modal.lower_
    if form in words("modal", "reported") or form == "could" or not is_conduct(verb, "not_in_person"):
        return None
    return _future(verb, modal, doers, CommitmentKind.PLEDGE, "first person")


def _future(
    verb: "Token", modal: "Token", doers: tuple["Token", ...], kind: CommitmentKind, method: str, cue: "Token | None" = None,
    report: "Token | None" = None,
) -> Trigger | None:  # fmt: skip
    no = _negation(verb)
    strength = _strength(verb, modal.lower_)
    if no is None and lemma(verb) in words("verbs", "harm") and _is_or_else(verb):
        kind = CommitmentKind.THREAT
    if strength is Strength.HEDGED and lemma(verb) not in _TRYING:
        kind = CommitmentKind.PLAN
    if no is not None:
        if is_talk(verb) or strength is Strength.HEDGED:
            return None
        return Trigger(CommitmentKind.REFUSAL, (modal, no), verb, verb, doers, method, report=report)
    return Trigger(kind, (cue or modal, cue or modal), verb, verb, doers, method, strength, report=report)


def _is_or_else(verb: "Token") -> bool:
    for child in verb.subtree:
        if child.lower_ == "unless" or (child.lower_ == "if" and child.dep_ == "mark" and is_negated(child.head)):
            return True
    return False


def _negation(verb: "Token") -> "Token | None":
    for child in verb.children:
        if child.lower_ in _NO and child.i < verb.i:
            return child
        if child.lower_ == "longer" and child.i < verb.i:
            return child
    return None


def _said(verb: "Token", modal: "Token", doers: tuple["Token", ...], report: Report) -> Trigger | None:
    cue = report.cue
    is_threat = lemma(cue) in words("reporting", "threat")
    if not is_threat and lemma(cue) not in words("reporting", "own_plan") | words("reporting", "nouns"):
        return None
    if not doers or not is_conduct(verb):
        return None
    kind = CommitmentKind.THREAT if is_threat else CommitmentKind.PLAN
    if doers[0].lower_ in _THIRD:
        own = own_doers(doers[0], report)
        return _future(verb, modal, own, kind, "said it would", cue, None) if own else None
    if modal.lower_ in words("modal", "hedged") or not (is_threat or _is_firm(verb, modal)):
        return None
    if not all(can_commit(doer) for doer in doers) or not _may_tell(report, doers):
        return None
    return _future(verb, modal, doers, kind, "said of those one speaks for", cue, cue)


def _may_tell(report: Report, doers: tuple["Token", ...]) -> bool:
    if report.cue.pos_ == "NOUN":
        return is_named(doers[0])
    if not report.speakers or any(holds_views(speaker) for speaker in report.speakers):
        return False
    return any(speaks_for(speaker, doer) for speaker in report.speakers for doer in doers)


def _stated(verb: "Token", modal: "Token", doers: tuple["Token", ...], report: Report | None) -> Trigger | None:
    if not doers or not all(can_commit(doer) for doer in doers) or verb.dep_ in {"advcl", "acl", "csubj"}:
        return None
    is_told = report is not None and lemma(report.cue) not in words("reporting", "views")
    if report is not None and (not is_told or any(holds_views(speaker) for speaker in report.speakers)):
        return None
    form = modal.lower_
    if form not in words("modal", "future") and not (is_told and _is_own_report(report, doers)):
        return None
    is_his_own = is_told and _is_own_report(report, doers)
    if not is_conduct(verb) or not (is_his_own or _is_firm(verb, modal)):
        return None
    return _future(verb, modal, doers, CommitmentKind.PLAN, "will, of a subject that can", None, _cue(report))


def _is_firm(verb: "Token", modal: "Token") -> bool:
    return is_done(verb) or (_negation(verb) is not None and modal.lower_ in words("modal", "future"))


def _is_own_report(report: Report | None, doers: tuple["Token", ...]) -> bool:
    if report is None:
        return False
    return any(
        speaker.lower_ in _THIRD or speaks_for(speaker, doer) for speaker in report.speakers for doer in doers
    )  # fmt: skip


def _cue(report: Report | None) -> "Token | None":
    return report.cue if report is not None else None


def _going_to(going: "Token") -> Trigger | None:
    action = infinitive_of(going)
    doers = doers_of(going)
    if action is None or not doers or doers[0].lower_ not in _FIRST or not is_conduct(action, "not_in_person"):
        return None
    helper = next((child for child in going.children if child.dep_ == "aux"), going)
    if _is_question(helper) or helper.lower_ in {"was", "were"}:
        return None
    no = _negation(going)
    if no is not None:
        return None if is_talk(action) else Trigger(
            CommitmentKind.REFUSAL, (helper, going), going, action, doers, "first person"
        )
    return Trigger(CommitmentKind.PLEDGE, (helper, going), going, action, doers, "first person", _strength(action, ""))


def _is_to(to: "Token") -> Trigger | None:
    action, be = to.head, to.head.head
    if lemma(be) != "be" or action.dep_ != "xcomp" or be.tag_ not in {"VBZ", "VBP"} or be.i > to.i:
        return None
    doers = doers_of(be)
    if doers and lemma(doers[0]) in words("nominal", "hedged") | words("nominal", "plan"):
        return _owners_aim(be, to, action, doers[0])
    if not doers or not all(can_commit(doer) for doer in doers) or not is_done(action) or is_passive(action):
        return None
    return Trigger(CommitmentKind.PLAN, (be, to), be, action, doers, "is to")


def _owners_aim(be: "Token", to: "Token", action: "Token", noun: "Token") -> Trigger | None:
    owners = tuple(child for child in noun.children if child.dep_ == "poss" and (can_commit(child) or child.pos_ == "PRON"))
    if not owners or owners[0].lower_ in {"my", "our", "your"} or not is_conduct(action):
        return None
    return Trigger(CommitmentKind.PLAN, (noun, to), be, action, owners, "aim is to", Strength.HEDGED)


def _headline(to: "Token") -> Trigger | None:
    verb = to.head
    if verb.dep_ != "ROOT" or verb.tag_ not in {"VB", "VBP"} or verb.sent.text.rstrip()[-1:] in ".?!”\"":
        return None
    doers = tuple(child for child in verb.children if child.dep_ == "nsubj")
    if not doers or not is_named(doers[0]) and doers[0].pos_ != "PROPN" or not is_conduct(verb) or not has_to(verb):
        return None
    return Trigger(CommitmentKind.PLAN, (to, to), verb, verb, doers_of(verb), "headline")
