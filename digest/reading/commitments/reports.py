"""Who is reported to say a clause, and whether they speak for whom the clause is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.reading.clauses import SUBJECTS, is_negated, noun_phrase
from digest.reading.commitments.doers import can_commit, doers_of
from digest.reading.commitments.sorts import is_body, is_person
from digest.reading.commitments.words import lemma, seats, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_UP = 20  # deeper than any clause that is still understood
_LONGEST_ROLE = 12  # tokens; beyond that it is no description of the speaker
_SHARED_LETTERS = 4  # "Iran" and "Iranian", "Syria" and "Syrian"


@dataclass(frozen=True, slots=True)
class Report:
    """A verb or noun of saying over a clause. `leads` where it stands before the clause ("said it will")."""

    cue: "Token"
    speakers: tuple["Token", ...]
    leads: bool


def report_over(verb: "Token") -> Report | None:
    """Return the report in which the verb's clause stands, the nearest one."""
    for clause in _up(verb):
        if clause.dep_ in {"ccomp", "acl", "relcl"} and _says(clause.head) and _is_joined(clause, clause.head):
            return _report(clause.head, clause)
        beside = next((child for child in clause.children if child.dep_ == "parataxis" and _says(child)), None)
        if beside is not None:
            return _report(beside, clause)
        source = _according_to(clause)
        if source is not None:
            return source
    return None


def speaks_for(speaker: "Token", subject: "Token") -> bool:
    """Return whether the one, as it is described, speaks for the other: "its envoy", "a spokesman for the brewer"."""
    if lemma(subject) in words("reporting", "bodies") and _is_definite(subject):
        return (
            lemma(speaker) in words("reporting", "spokes")
            or _role_words(speaker) & words("reporting", "spokes") != set()
        )
    if any(child.dep_ == "poss" and child.lower_ in {"his", "her", "its", "their"} for child in subject.children):
        # But not for "her husband, Olaf Voss,".
        is_named = any(child.dep_ == "appos" and is_person(child) for child in subject.children)
        return not is_named or lemma(subject) in words("agents", "nouns")
    if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in speaker.children):
        return True
    return bool(_marks_of(speaker) & _marks_of(subject))


def is_same(pronoun: str, speaker: "Token") -> bool:
    """Return whether the pronoun can stand for the noun: "it" for a body, "they" for several."""
    if pronoun == "they":
        return speaker.tag_ in {"NNS", "NNPS", "CD"} or speaker.lower_ == "they"
    if speaker.pos_ == "PRON":
        return speaker.lower_ == pronoun
    is_somebody = is_person(speaker) or lemma(speaker) in words("reporting", "spokes")
    is_group = is_body(speaker) or lemma(speaker) in words("reporting", "bodies")
    if pronoun == "it" and speaker.tag_ in {"NNS", "NNPS"}:
        return False
    if pronoun == "it":
        return is_group or (not is_somebody and can_commit(speaker))
    return not is_group or is_somebody


def own_doers(pronoun: "Token", report: Report) -> tuple["Token", ...]:
    """Return whom a pronoun in the reported clause means: the speaker, where it can, else the pronoun itself."""
    speakers = report.speakers
    if not speakers or any(holds_views(speaker) for speaker in speakers) or _may_be_another(pronoun, report):
        return ()
    if pronoun.lower_ == "they" and len(speakers) > 1:
        return speakers
    if len(speakers) > 1:
        return ()
    if pronoun.lower_ == "it" and report.cue.dep_ == "conj" and lemma(speakers[0]) in words("reporting", "spokes"):
        # "The government declined, but a spokeswoman said it was considering a loan."
        before = doers_of(report.cue.head)
        return before if len(before) == 1 and lemma(before[0]) in words("reporting", "bodies") else (pronoun,)
    is_several = pronoun.lower_ != "they" and speakers[0].tag_ in {"NNS", "NNPS"}
    return speakers if is_same(pronoun.lower_, speakers[0]) and not is_several else (pronoun,)


def _may_be_another(pronoun: "Token", report: Report) -> bool:
    # "attacked Rook, saying he would"; "said that, if Rook wins, she will"
    if pronoun.lower_ not in {"he", "she"}:
        return False
    cue = report.cue
    between = cue.doc[cue.i + 1 : pronoun.i]
    if any(token.dep_ in SUBJECTS and token.pos_ == "PROPN" for token in between):
        return True
    if any(child.dep_ in {"poss", "pobj"} and is_person(child) for one in report.speakers for child in _described(one)):
        return True  # "Rook's lawyer said that he would"
    is_aside = cue.tag_ == "VBG" and cue.dep_ in {"advcl", "conj"} and cue.head.i < cue.i
    # "Rook will go, Voss said, adding that he would"
    told = [child for child in cue.head.children if child.dep_ == "ccomp"]
    others = [token for token in cue.doc[cue.sent.start : cue.i] if token.dep_ in {"dobj", "nsubj", "pobj"}]
    others = [token for token in others if token.dep_ != "nsubj" or token.head in told]
    return is_aside and any(is_person(one) and one not in report.speakers for one in others)


def _described(speaker: "Token") -> Iterator["Token"]:
    yield from speaker.children
    for child in speaker.children:
        if child.dep_ == "appos":
            yield from child.children
    for noun in (speaker, *(child for child in speaker.children if child.dep_ == "appos")):
        if lemma(noun) in words("reporting", "spokes"):  # "a spokesman for Ann Lee"
            yield from (pobj for child in noun.rights if child.dep_ == "prep" for pobj in child.children)


def holds_views(speaker: "Token") -> bool:
    """Return whether statements of this speaker about the future of others are views: an analyst, a poll."""
    return lemma(speaker) in words("reporting", "viewers") or bool(_role_words(speaker) & words("reporting", "viewers"))


def _up(verb: "Token") -> Iterator["Token"]:
    for _ in range(_UP):
        yield verb
        if verb.dep_ not in {"conj", "xcomp", "advcl", "attr"} or verb.head == verb:
            return
        verb = verb.head


def _is_joined(clause: "Token", cue: "Token") -> bool:
    # "Nine agreed; the rest have not said" is no report of the nine.
    if is_negated(cue):
        return False
    return cue.i < clause.i or not any(token.text == ";" for token in clause.doc[clause.i : cue.i])


def _says(cue: "Token") -> bool:
    if cue.pos_ == "NOUN":
        return lemma(cue) in words("reporting", "nouns")
    return lemma(cue) in words("reporting", "verbs") | words("reporting", "views")


def _report(cue: "Token", clause: "Token") -> Report:
    leads = cue.i < clause.i
    speakers = doers_of(cue)
    if not speakers and not leads:
        speakers = _before_cue(cue)
    return Report(cue, speakers, leads)


def _before_cue(cue: "Token") -> tuple["Token", ...]:
    # "..., its premier, Joost Hendrickx, said": the parser hangs the speaker on the noun before the comma.
    for token in reversed(list(cue.doc[max(cue.sent.start, cue.i - _LONGEST_ROLE) : cue.i])):
        if token.dep_ == "appos" and token.right_edge.i >= cue.i - 2:
            return (token,)
    return ()


def _according_to(clause: "Token") -> Report | None:
    for cue, to in pairwise(clause.sent):
        if (cue.lower_, to.lower_) == ("according", "to"):
            return Report(cue, tuple(to.children), leads=False)
    return None


def _is_definite(noun: "Token") -> bool:
    return any(child.lower_ in {"the", "its", "their", "his", "her"} for child in noun.children)


def _role_words(noun: "Token") -> set[str]:
    found = {lemma(child) for child in noun.children if child.dep_ in {"compound", "amod", "nmod"}}
    for child in noun.children:
        if child.dep_ == "appos":
            found |= {lemma(child), *(lemma(word) for word in child.children)}
    return found


def _marks_of(noun: "Token") -> set[str]:
    first, last = noun_phrase(noun)
    tokens = [*noun.doc[first.i : last.i + 1], *_named_beside(noun)]
    found = {
        token.lower_[:_SHARED_LETTERS] for token in tokens if token.text[0].isupper() and len(token) >= _SHARED_LETTERS
    }
    text = " ".join(token.lower_ for token in tokens)
    return found | {f"seat {number}" for name, number in seats().items() if f" {name} " in f" {text} "}


def _named_beside(noun: "Token") -> list["Token"]:
    return [
        token
        for child in noun.children
        if child.dep_ in {"appos", "prep"} and child.i > noun.i
        for token in child.subtree
        if token.i - noun.i < _LONGEST_ROLE
    ]
