"""On which condition: "if it snows", "once the mines are mapped", "until the appeal is heard", "after the vote"."""

import re
from functools import cache
from typing import TYPE_CHECKING

from digest.model import Span
from digest.reading.clauses import modal_of
from digest.reading.commitments.scene import Scene, trimmed
from digest.reading.commitments.sorts import is_time
from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_STOP = re.compile(r"[;—–,]|\.(?=\s|$)|[”\"]")


def find_condition(scene: Scene, trigger: Trigger, start: int, end: int) -> Span | None:
    """Return the clause, or the event, on which the action hangs; `start` and `end` are where the action stands."""
    mark = _mark(trigger, end)
    if mark is not None:
        first = mark.i
        if mark.i > mark.sent.start and mark.nbor(-1).lower_ in {"only", "even"}:
            first -= 1
        last = _clause_of(mark).right_edge
        stop = last.idx + len(last)
        if mark.idx < end:
            stop = min(stop, end)
        return trimmed(scene.parsed.text, mark.doc[first].idx, stop)
    return _said_at_length(scene, trigger) or _bound_to_event(scene, trigger, start, end)


def _said_at_length(scene: Scene, trigger: Trigger) -> Span | None:
    # "on condition that", "as long as": the parser makes many things of these.
    action = trigger.action
    text, sentence = scene.parsed.text, action.sent
    match = _phrases().search(text, action.idx, sentence.end_char)
    if match is None:
        return None
    stop = _STOP.search(text, match.end(), sentence.end_char)
    return trimmed(text, match.start(), stop.start() if stop else sentence.end_char)


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(sorted(words('condition', 'phrases'), key=len, reverse=True))})\b(?! (?:tomorrow|possible))"
        # "waited as long as five hours"
        r"(?<!as long as(?= (?:\d|two|three|four|five|six|seven|eight|nine|ten)))",
        re.IGNORECASE,
    )


def _mark(trigger: Trigger, end: int) -> "Token | None":
    heads = {trigger.action, trigger.verb, *(token for token in trigger.action.conjuncts if token.idx < end)}
    for token in trigger.verb.sent:
        clause = _clause_of(token)
        if _is_inverted(token, clause):
            return token
        if token.lower_ not in words("condition", "marks") or token.dep_ not in {"mark", "advmod"}:
            continue
        if clause.i <= token.i or clause in heads or not (clause.head in heads or _hangs_below(clause, heads)):
            continue
        if token.lower_ in {"when", "after", "before"} and not _is_ahead(token, clause):
            continue
        return token
    return None


def _clause_of(mark: "Token") -> "Token":
    # In "if it is still closed" the parser may hang "if" on the auxiliary.
    return mark.head.head if mark.head.dep_ == "auxpass" else mark.head


def _is_inverted(token: "Token", clause: "Token") -> bool:
    # "It will divert the ships should the quays be shut."
    subjects = (child for child in clause.children if child.dep_ in {"nsubj", "nsubjpass"})
    return token.lower_ == "should" and token.dep_ == "aux" and any(child.i > token.i for child in subjects)


def _hangs_below(clause: "Token", heads: set["Token"]) -> bool:
    if clause.dep_ != "advcl":
        return False
    for ancestor in clause.ancestors:
        if ancestor in heads:
            return True
        if ancestor.dep_ == "conj" and modal_of(ancestor) is not None:
            return False  # "plans to stay and would have joined if"
    return False


def _is_ahead(mark: "Token", clause: "Token") -> bool:
    # "after losing money", "after it was criticised" tell why, not when.
    if mark.lower_ == "before":
        return False
    helpers = [child.tag_ for child in clause.children if child.dep_ in {"aux", "auxpass"}]
    tags = helpers or [clause.tag_]
    return tags[0] in {"VBZ", "VBP"}


def _bound_to_event(scene: Scene, trigger: Trigger, start: int, end: int) -> Span | None:
    for token in trigger.action.subtree:
        if token.dep_ != "prep" or not start < token.idx < end:
            continue
        noun = next((child for child in token.children if child.dep_ == "pobj" and child.pos_ == "NOUN"), None)
        if noun is not None and _is_event(token, noun) and token.head in {trigger.action, *trigger.action.children}:
            return trimmed(scene.parsed.text, token.idx, min(end, noun.right_edge.idx + len(noun.right_edge)))
    return None


def _is_event(preposition: "Token", noun: "Token") -> bool:
    if preposition.lower_ in {"after", "until", "pending"} and not is_time(noun):
        return preposition.head.i != preposition.i - 1 or preposition.head.lemma_ != "go"  # "go after the smugglers"
    # "till the day the men go back", "within a day of being asked"
    if preposition.lower_ in {"until", "till"}:
        return any(child.dep_ == "relcl" for child in noun.rights)
    counted = (child for child in noun.rights if child.lower_ == "of" and preposition.lower_ == "within")
    return any(child.dep_ == "pcomp" for of in counted for child in of.children)
