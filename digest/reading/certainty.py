"""How sure a quote's speaker is: by the rule that named the speaker, and how often that rule was right."""

from digest.model import QuoteKind
from digest.reading.lexicon import load_cues


def is_speaker_sure(kind: QuoteKind, method: str) -> bool:
    """Return whether the speaker of such a quote is shown without being asked for, and without a word of doubt.

    `method` is the rule that named the speaker. The shares, and the least one, stand in `cues/precision.toml`.
    """
    table = load_cues("precision")
    rules = table["reports" if kind is QuoteKind.INDIRECT else "marked"]
    return bool(rules.get(method, {"precision": 0})["precision"] >= table["least"])
