"""What changed between two versions of an article: the sentences that are new, gone, or worded anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from digest.model import Brief, Span

_ALIKE = 0.6  # of the words of both sentences, in order: the same sentence, worded anew
_MOST_COMPARED = 400  # sentences of a version; the time grows with their product


@dataclass(frozen=True, slots=True)
class Changes:
    """`added` are spans of the later text, `removed` of the earlier, `reworded` pairs of both, the earlier first."""

    added: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()
    reworded: tuple[tuple[Span, Span], ...] = ()


def find_changes(before: Brief, after: Brief) -> Changes:
    """Return which of the first sentences differ between two readings of one article; none where only blanks do."""
    old, new = _sentences(before), _sentences(after)
    # Without its guess at what is junk: a sentence that a text repeats is a sentence.
    blocks = SequenceMatcher(None, [words for _, words in old], [words for _, words in new], autojunk=False)
    added: list[Span] = []
    removed: list[Span] = []
    reworded: list[tuple[Span, Span]] = []
    for kind, first, last, start, end in blocks.get_opcodes():
        if kind != "equal":
            pairs = _pair(old[first:last], new[start:end])
            reworded.extend(pairs)
            removed.extend(span for span, _ in old[first:last] if span not in {one for one, _ in pairs})
            added.extend(span for span, _ in new[start:end] if span not in {other for _, other in pairs})
    return Changes(tuple(added), tuple(removed), tuple(reworded))


def _sentences(brief: Brief) -> list[tuple[Span, tuple[str, ...]]]:
    return [(sentence.span, tuple(brief.words(sentence.span).split())) for sentence in brief.sentences[:_MOST_COMPARED]]


def _pair(
    old: Sequence[tuple[Span, tuple[str, ...]]], new: Sequence[tuple[Span, tuple[str, ...]]]
) -> list[tuple[Span, Span]]:
    # In the order of both texts, each once, to the likest of those that are left.
    pairs: list[tuple[Span, Span]] = []
    start = 0
    for span, words in old:
        alike = [
            (SequenceMatcher(None, words, other, autojunk=False).ratio(), -at) for at, (_, other) in enumerate(new)
        ]
        best, place = max(alike[start:], default=(0.0, 0))
        if best >= _ALIKE:
            pairs.append((span, new[-place][0]))
            start = 1 - place
    return pairs
