"""By when: which of the times in a sentence is the one of the action."""

from digest.model import CommitmentKind, Deadline, Span
from digest.reading.clauses import SUBJECTS
from digest.reading.commitments.deadlines import find_deadlines
from digest.reading.commitments.scene import Scene
from digest.reading.commitments.trigger import Rule, Trigger

_PRESENT = frozenset({"VBZ", "VBP"})


def find_due(scene: Scene, trigger: Trigger, start: int, end: int, condition: Span | None) -> Deadline | None:
    """Return the time of the action: in its words, before its subject, or in the condition or ultimatum of a threat."""
    text, day = scene.parsed.text, scene.published_on
    for found in find_deadlines(text, Span(start, end), day):
        if not (condition and condition.covers(found.span)) and _is_of_action(scene, trigger, found.span):
            return found
    before = _fronted(trigger) if trigger.rule is not Rule.DATED else Span(trigger.cue[1].idx, start)
    for found in find_deadlines(text, before, day) if before is not None else ():
        return found
    if condition is not None and trigger.kind is CommitmentKind.THREAT:
        for found in find_deadlines(text, condition, day):
            return found
    return _of_ultimatum(scene, trigger)


def _is_of_action(scene: Scene, trigger: Trigger, span: Span) -> bool:
    tokens = scene.parsed.tokens_of(span)
    if tokens is None:
        return False
    top = tokens.root
    if top.dep_ == "agent":
        return True  # "lead shot by the end of 2027": a day does nothing
    if top.head == trigger.verb and trigger.verb != trigger.action and tokens[0].lower_ in {"on", "at", "today"}:
        return False  # "promised a ship on Tuesday" tells when it was promised
    for ancestor in (top, *top.ancestors):
        if ancestor == trigger.action:
            return True
        if ancestor.dep_ == "relcl" or (ancestor.dep_ == "acl" and ancestor.tag_ == "VBN"):
            return False
    return True


def _fronted(trigger: Trigger) -> Span | None:
    # "In May, it plans to close": a plan of today, and a day to come. "In May it promised" is when it was promised.
    if trigger.action != trigger.verb and not (trigger.kind is CommitmentKind.PLAN and trigger.verb.tag_ in _PRESENT):
        return None
    subject = next((child for child in trigger.verb.children if child.dep_ in SUBJECTS), None)
    first = next((child for child in trigger.verb.lefts if child.dep_ in {"prep", "npadvmod", "advmod"}), None)
    if subject is None or first is None or first.i > subject.i or first.lower_ == "after":
        return None
    return Span(first.left_edge.idx, subject.left_edge.idx)


def _of_ultimatum(scene: Scene, trigger: Trigger) -> Deadline | None:
    if trigger.kind is not CommitmentKind.THREAT or trigger.cue[0].dep_ != "advcl":
        return None
    for child in trigger.cue[0].head.children:
        if child.lower_ == "until" and child.dep_ == "prep":
            end = child.right_edge
            found = find_deadlines(scene.parsed.text, Span(child.idx, end.idx + len(end)), scene.published_on)
            return found[0] if found else None
    return None
