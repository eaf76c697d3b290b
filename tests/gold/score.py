"""How right the answers are, measure by measure, and what became of each example."""

from collections import defaultdict
from dataclasses import dataclass, field

from digest import QuoteKind
from tests.gold.cards import score_card
from tests.gold.matching import ENOUGH, Words, any_name, overlap, pair
from tests.gold.tally import Tally, tally

_FIELDS = ("condition", "deadline", "recipient", "reported_by")
_GROUPS = {"marked": (QuoteKind.DIRECT, QuoteKind.MIXED), "indirect": (QuoteKind.INDIRECT,)}


@dataclass
class Score:
    """Tallies by measure, and verdicts by example; scores of several articles add up."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, other):
        """Take in the score of one more article."""
        for measure, one in other.tallies.items():
            self.tallies[measure] += one
        self.examples |= other.examples


class Sheet(Score):
    """The score of one article while it is marked."""

    def __init__(self, name, text):
        super().__init__()
        self.words = Words(text)
        self._name = name

    def note(self, example, verdict, spans=()):
        """Keep what became of an example, named by the article, its label, and the first of its words."""
        shown = f": {self.words.opening(spans[0])}" if spans else ""
        self.examples[f"{self._name} {example}{shown}"] = verdict


def score_article(name, text, gold, answers):
    """The score of the answers to one article."""
    sheet, found = Sheet(name, text), {}
    for group in _GROUPS:
        found |= _score_quotes(sheet, group, gold.quotes, answers.quotes)
    promised = _score_commitments(sheet, gold.commitments, answers.commitments)
    score_card(sheet, gold, answers, found | promised)
    return sheet


def _score_quotes(sheet, group, labels, answers):
    def likeness(label, answer):
        shared = overlap(sheet.words.of(label.spans), sheet.words.of(answer.spans))
        return shared if shared >= ENOUGH else None

    # A borderline quote of any kind takes an answer of any.
    labels = [one for one in labels if one.kind in _GROUPS[group] or one.is_optional]
    pairs, judged = pair(labels, [one for one in answers if one.kind in _GROUPS[group]], likeness)
    required = [label for label in labels if not label.is_optional]
    right = [label for label, answer in pairs if answer.speakers and any_name(answer.speakers[0], label.speakers)]
    named, wanted = (sum(bool(one.speakers) for one in several) for several in (judged, required))
    sheet.tallies[f"quotes {group}"] += tally(len(pairs), len(judged), len(required))
    sheet.tallies[f"speakers {group}"] += tally(len(right), named, wanted)
    if group == "marked":
        sheet.tallies["quote kinds"] += tally(sum(a.kind is b.kind for a, b in pairs), len(pairs), len(pairs))
    answered = {label.id: answer for label, answer in pairs}
    for label in required:
        verdict = _of_speaker(label, answered.get(label.id), is_right=label in right)
        sheet.note(label.id, verdict, label.spans)
    for answer in judged:
        if answer not in answered.values():
            sheet.note(f"extra {group} quote", "extra", answer.spans)
    return {("quote", answer.id): label.id for label, answer in pairs}


def _of_speaker(label, answer, *, is_right):
    if answer is None:
        return "missed"
    if is_right or not (label.speakers or answer.speakers):
        return "right"
    return f"speaker {answer.speakers[0]!r}" if answer.speakers else "no speaker"


def pair_commitments(words, labels, answers):
    """Pairs (label, answer) of commitments, and the answers that are judged."""

    def likeness(label, answer):
        near = 0.5 * is_actor(label, answer) + 0.25 * (label.kind is answer.kind)
        touches = label.what.overlaps(answer.what) or label.cue.overlaps(answer.cue)
        if touches and label.sentence.overlaps(answer.sentence):
            return 1 + overlap(words.of([label.what]), words.of([answer.what])) + near
        told_again = any(span.overlaps(answer.what) for span in label.also) and is_actor(label, answer)
        return 0.1 * near if told_again else None

    return pair(labels, answers, likeness)


def _score_commitments(sheet, labels, answers):
    pairs, judged = pair_commitments(sheet.words, labels, answers)
    required = [label for label in labels if not label.is_optional]
    bound = sum(is_actor(label, answer) and label.kind is answer.kind for label, answer in pairs)
    sheet.tallies["commitments"] += tally(len(pairs), len(judged), len(required))
    sheet.tallies["kind and actor"] += tally(bound, len(judged), len(required))
    sheet.tallies["strength"] += tally(sum(a.strength is b.strength for a, b in pairs), len(pairs), len(pairs))
    for one in _FIELDS:
        right = sum(_agree(one, label, answer) for label, answer in pairs)
        wanted, shown = (sum(getattr(both[i], one) is not None for both in pairs) for i in (0, 1))
        sheet.tallies[one.replace("_", " ")] += tally(right, shown, wanted)
    answered = {label.id: answer for label, answer in pairs}
    for label in required:
        verdict = _of_fields(label, answered[label.id]) if label.id in answered else "missed"
        sheet.note(label.id, verdict, [label.what])
    for answer in judged:
        if answer not in answered.values():
            sheet.note(f"extra {answer.kind.value}", "extra", [answer.what])
    return {("commitment", answer.id): label.id for label, answer in pairs}


def is_actor(label, answer):
    """Nobody named who is not bound, and nobody bound left out; who speaks for them all may stand for them."""
    right = (*label.actors, *label.also_right)
    if not answer.actors or not all(any_name(name, right) for name in answer.actors):
        return False
    speaks = any(any_name(name, label.also_right) for name in answer.actors)
    return speaks or all(any_name(name, answer.actors) for name in label.actors)


def _agree(one, label, answer):
    wanted, given = getattr(label, one), getattr(answer, one)
    if wanted is None or given is None:
        return False
    if one == "reported_by":
        return any_name(given, [wanted])
    if one == "deadline":
        days = (wanted.earliest, wanted.latest) == (given.earliest, given.latest)
        return days and wanted.span.overlaps(given.span)
    return wanted.overlaps(given)


def _of_fields(label, answer):
    faults = [
        one.replace("_", " ")
        for one in _FIELDS
        if (getattr(label, one), getattr(answer, one)) != (None, None) and not _agree(one, label, answer)
    ]
    wrong = [
        *([f"kind {answer.kind.value}"] if label.kind is not answer.kind else []),
        *([f"actors {', '.join(answer.actors)}"] if not is_actor(label, answer) else []),
        *([f"strength {answer.strength.value}"] if label.strength is not answer.strength else []),
        *faults,
    ]
    return "wrong " + "; ".join(wrong) if wrong else "right"
