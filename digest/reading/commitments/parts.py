"""The parts of a commitment: what is committed to, on which condition, by when, and to whom."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Deadline, Span
from digest.reading.commitments.conditions import find_condition
from digest.reading.commitments.deadlines import find_deadlines, is_overdue
from digest.reading.commitments.due import find_due
from digest.reading.commitments.extent import end_of, start_of
from digest.reading.commitments.recipients import find_recipient
from digest.reading.commitments.scene import Scene, trimmed
from digest.reading.commitments.trigger import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


_JOINT = re.compile(r"\s(?:and|or|but)$")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a commitment says beside its actors and cue."""

    what: Span
    condition: Span | None
    deadline: Deadline | None
    recipient: Span | None


def find_parts(scene: Scene, trigger: Trigger) -> Parts | None:
    """Return the parts of the commitment, or None where no words are left that say what it is."""
    text = scene.parsed.text
    start, end = start_of(trigger), end_of(trigger)
    if (report := scene.report_at(start)) is not None:
        end = min(end, report[0].end)  # "..., the maker of heat pumps said on Thursday" is no part of it
    if trigger.holds_subject and _begins_with_modal(trigger, start):
        return None  # its subject was not found
    if end <= start or is_overdue(text, Span(start, end), scene.published_on):
        return None
    condition = find_condition(scene, trigger, start, end)
    deadline = find_due(scene, trigger, start, end, condition)
    recipient, given_at = find_recipient(text, trigger, end)
    tails = [Span(condition.start, condition.end)] if condition is not None else []
    tails += [found.span for found in find_deadlines(text, Span(start, end), scene.published_on)]
    if given_at is not None:
        tails.append(given_at)
    if trigger.kind is CommitmentKind.REFUSAL:
        tails += _makers(trigger.action)
    what = _without_tails(text, start, end, tails)
    if what is None:
        return None
    if condition is not None and deadline is not None and condition.overlaps(deadline.span):
        condition = _without_tails(text, condition.start, condition.end, [deadline.span])
    return Parts(what, condition, deadline, recipient)


def _begins_with_modal(trigger: Trigger, start: int) -> bool:
    return any(child.idx == start and child.tag_ == "MD" for child in trigger.action.lefts)


def _makers(thing: "Token") -> list[Span]:
    # "a contract from Ajdon United": who made the offer is no part of what is refused.
    return [
        Span(child.idx, child.right_edge.idx + len(child.right_edge))
        for child in thing.children
        if child.dep_ == "prep" and child.lower_ in {"from", "by"} and thing.pos_ == "NOUN"
    ]


def _without_tails(text: str, start: int, end: int, tails: list[Span]) -> Span | None:
    what = trimmed(text, start, end)
    if what is not None and (joint := _JOINT.search(what.of(text))) is not None:
        what = trimmed(text, what.start, what.start + joint.start())
    while what is not None:
        tail = next((tail for tail in tails if tail.start < what.end <= tail.end), None)
        if tail is None:
            return what
        what = trimmed(text, start, tail.start)
    return None
