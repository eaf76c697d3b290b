"""The future in the third person: "said it would", "the minister said the railway will", "Estonia will"."""

from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.commitments.complements import lacks_object
from digest.reading.commitments.conduct import future, is_conduct, is_done, negation_of
from digest.reading.commitments.doers import can_commit, is_named
from digest.reading.commitments.reports import Report, holds_views, is_same, own_doers, speaks_for
from digest.reading.commitments.trigger import Rule, Trigger
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_THIRD = frozenset({"it", "he", "she", "they"})
_ASIDE = frozenset({"advcl", "acl", "csubj"})


def read_said(modal: "Token", doers: tuple["Token", ...], report: Report) -> Trigger | None:
    """Return the commitment in a clause that a verb of saying leads into, if the speaker can commit its doers."""
    verb, cue = modal.head, report.cue
    kind = CommitmentKind.THREAT if lemma(cue) in words("reporting", "threat") else CommitmentKind.PLAN
    if not doers or not is_conduct(verb) or not _can_tell(cue) or lacks_object(verb, verb) or _is_asking(verb):
        return None
    if modal.lower_ == "could" and doers[0].lower_ != "it":
        return None  # what people say that they could do is mostly what they were able to
    if doers[0].lower_ in _THIRD:
        own = own_doers(doers[0], report)
        # Where it is somebody else it counts only if one must mean to do it.
        is_sure = own != doers[:1] or _is_meant(modal)
        return future(modal, own, Rule.SAID_OWN, kind=kind, cue=cue) if is_sure else None
    if modal.lower_ in words("modal", "hedged") or not (kind is CommitmentKind.THREAT or _is_meant(modal)):
        return None
    if not all(can_commit(doer) for doer in doers) or not _may_tell(report, doers):
        return None
    return future(modal, doers, Rule.SAID_FOR, kind=kind, cue=cue)


def read_stated(modal: "Token", doers: tuple["Token", ...], report: Report | None) -> Trigger | None:
    """Return the commitment in a clause that stands by itself, or before its attribution."""
    verb = modal.head
    if not doers or verb.dep_ in _ASIDE or _is_description(verb):
        return None
    if report is None:
        is_inside = verb.dep_ == "ccomp" and verb.head.i < verb.i  # "it is likely that they will"
        is_loose = is_inside or (doers[0].lower_ in _THIRD and verb.dep_ not in {"ROOT", "conj"})
        is_own = False
    else:
        is_loose = lemma(report.cue) in words("reporting", "views") or any(map(holds_views, report.speakers))
        is_own = _is_own(report, doers)
    is_feared = report is None and any(child.lower_ == "that" and child.dep_ == "mark" for child in verb.lefts)
    is_asked = is_feared or (verb.dep_ in {"ccomp", "pcomp"} and _is_asking(verb))
    is_effect = doers[0].lower_ == "it" and negation_of(verb) is not None  # "it will not bring the jobs back"
    if is_asked or (report is None and (is_effect or _is_guessed(verb) or _is_any(doers[0]))):
        return None
    if is_loose or not is_conduct(verb) or not (is_own or _is_meant(modal)):
        return None
    if modal.lower_ not in words("modal", "future") and not is_own:
        return None
    return future(modal, doers, Rule.STATED)


def _is_asking(verb: "Token") -> bool:
    # "revealed who he would pick": whom, is not said.
    before = verb.doc[verb.left_edge.i : verb.i]
    return any(token.tag_ in {"WP", "WDT", "WRB", "WP$"} and verb in {token.head, token.head.head} for token in before)


def _can_tell(cue: "Token") -> bool:
    if cue.pos_ == "NOUN":
        return lemma(cue) in words("reporting", "nouns")
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in cue.children):
        return False  # "Rook, who had said he would come, stayed away"
    return lemma(cue) in words("reporting", "own_plan") | words("reporting", "threat")


def _may_tell(report: Report, doers: tuple["Token", ...]) -> bool:
    if report.cue.pos_ == "NOUN":
        return is_named(doers[0])
    if any(map(holds_views, report.speakers)):
        return False
    return any(speaks_for(speaker, doer) for speaker in report.speakers for doer in doers)


def _is_own(report: Report, doers: tuple["Token", ...]) -> bool:
    return any(
        is_same(speaker.lower_, doer) if speaker.lower_ in _THIRD else speaks_for(speaker, doer)
        for speaker in report.speakers
        for doer in doers
    )


def _is_description(verb: "Token") -> bool:
    # "the groups that will march" tells which groups; "Ansal, which will build the dam," tells what it will do.
    if verb.dep_ != "relcl" or verb.left_edge.i == 0:
        return False
    # "July, where the party will choose": background.
    return verb.left_edge.nbor(-1).text != "," or any(child.tag_ == "WRB" for child in verb.lefts)


def _is_guessed(verb: "Token") -> bool:
    # "Perhaps Norland will sell", "Often, firms will hire", "almost certainly will not run"
    return any(child.lower_ in words("doubt", "guessing") for child in verb.lefts)


def _is_any(doer: "Token") -> bool:
    # "A president will hand the war to his successor"
    return doer.tag_ == "NN" and any(child.lower_ in {"a", "an"} for child in doer.lefts)


def _is_meant(modal: "Token") -> bool:
    is_future = modal.lower_ in words("modal", "future")
    return is_done(modal.head) or (is_future and negation_of(modal.head) is not None)
