"""How sure an attribution is: by the rule that made it, and how often that rule was right where people have judged."""

from dataclasses import dataclass

from digest.model import QuoteKind
from digest.reading.lexicon import load_cues


def is_speaker_sure(kind: QuoteKind, method: str) -> bool:
    """Return whether the speaker of such a quote is shown without being asked for, and without a word of doubt.

    `method` is the rule that named the speaker. The shares, and the least one, stand in `cues/precision.toml`.
    """
    table = load_cues("precision")
    rules = table["reports" if kind is QuoteKind.INDIRECT else "marked"]
    return bool(rules.get(method, {"precision": 0})["precision"] >= table["least"])


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was right: its share of the `judged` cases that it decided in a labelled corpus."""

    share: float
    judged: int
    corpus: str


def speaker_precision(kind: QuoteKind, method: str) -> Precision | None:
    """Return how often the rule named the right speaker of such quotes; None where nobody has measured it."""
    return _precision("precision", "reports" if kind is QuoteKind.INDIRECT else "marked", method)


def commitment_precision(method: str) -> Precision | None:
    """Return how often what the rule found was a commitment of that kind by these actors; None where not measured."""
    return _precision("commitment_precision", "found", method)


def _precision(table: str, group: str, method: str) -> Precision | None:
    known = load_cues(table)
    found = known[group].get(method)
    return found and Precision(found["precision"], found["judged"], known["corpus"])
