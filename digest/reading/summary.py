"""The sentences that say most; the only module that knows sumy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from digest.model import Sentence, Summary
from digest.reading.fitness import Fitness, rate_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

SUMMARY_LENGTH = 3
_LOOKED_AT = 40  # LexRank compares each with each: its time grows with the square of this

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Weights:
    """What counts how much. Tuned on REALSumm's even half and the development cards; the odd half stays unread."""

    position: float = 0.6
    centrality: float = 0.15
    title: float = 0.25
    overlap: float = 0.6  # taken off for what is already said
    leaning: float = 0.7  # taken off where the sentence needs the one before it


_WEIGHTS = _Weights()


def summarise(sentences: Sequence[Sentence], text: str, *, title: str = "", language: str = "en") -> Summary:
    """Return the sentences that say most, SUMMARY_LENGTH at most; only those that can be shown, where there are any."""
    picked, method = _pick([sentence.span.of(text) for sentence in sentences], SUMMARY_LENGTH, title, language)
    return Summary(picked, method)


def pick_sentences(sentences: Sequence[str], n: int, *, title: str = "") -> tuple[int, ...]:
    """Return the indexes of the `n` sentences that say most, ascending; fewer only where there are fewer that differ.

    Early sentences, sentences central among the others (LexRank) and near the title go first; repetitions go
    last. A sentence that leans on the one before it is taken after it or not at all, while there are
    others; where none can be shown, the first `n` are taken as they are.
    """
    return _pick(sentences, n, title, "en")[0]


def _pick(sentences: Sequence[str], n: int, title: str, language: str) -> tuple[tuple[int, ...], str]:
    ratings = rate_sentences(sentences, title=title)
    showable = [index for index, rating in enumerate(ratings) if rating is not Fitness.NEVER]
    if not showable or n <= 0:
        return tuple(range(min(max(n, 0), len(sentences)))), "lead" if sentences else "none"
    candidates = showable[:_LOOKED_AT]
    words = {index: content_words(sentences[index], language) for index in candidates}
    scores, method = _scores(sentences, candidates, words, content_words(title, language), language)
    return tuple(sorted(_choose(candidates, scores, words, ratings, n))), method


def _scores(
    sentences: Sequence[str],
    candidates: list[int],
    words: dict[int, frozenset[str]],
    heading: frozenset[str],
    language: str,
) -> tuple[dict[int, float], str]:
    central = _centrality([sentences[index] for index in candidates], language)
    scores = {}
    for rank, index in enumerate(candidates):
        scores[index] = (
            _WEIGHTS.position / (1 + rank) ** 0.5
            + _WEIGHTS.centrality * (central[rank] if central else 0)
            + _WEIGHTS.title * _share(heading, words[index])
        )
    return scores, "position, lexrank, title" if central else "position, title"


def _choose(
    candidates: list[int],
    scores: dict[int, float],
    words: dict[int, frozenset[str]],
    ratings: Sequence[Fitness],
    n: int,
) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(n, len(candidates)):

        def worth(index: int) -> tuple[float, int]:
            leaning = ratings[index] is Fitness.AFTER and index - 1 not in chosen
            said = max((_likeness(words[index], words[other]) for other in chosen), default=0)
            return scores[index] - _WEIGHTS.overlap * said - _WEIGHTS.leaning * leaning, -index

        chosen.append(max((index for index in candidates if index not in chosen), key=worth))
    return chosen


def _centrality(sentences: list[str], language: str) -> list[float] | None:
    import numpy as np  # noqa: PLC0415 -- heavy: only reading processes pay for it
    from sumy.models.dom import (  # noqa: PLC0415 -- heavy
        ObjectDocumentModel,
        Paragraph,
        Sentence as SumySentence,
    )

    # sumy trims sentences and holds two of the same text for one; so it gets their numbers, and the words by number.
    words = _Words(sentences)
    document = ObjectDocumentModel([Paragraph([SumySentence(str(index), words) for index in range(len(sentences))])])
    try:
        with np.errstate(invalid="raise"):
            found = _summarizer(language)(document, 0)
    except FloatingPointError:  # no two sentences share a telling word: LexRank divides by zero
        return None
    ranks = {str(sentence): float(rank) for sentence, rank in found.items()}
    most = max(ranks.values())
    return [ranks[str(index)] / most for index in range(len(sentences))] if most > 0 else None


class _Words:
    def __init__(self, sentences: list[str]) -> None:
        self._sentences = sentences

    def to_words(self, number: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(self._sentences[int(number)].lower()))


@cache
def _summarizer(language: str) -> "Callable[..., Any]":
    from sumy.summarizers.lex_rank import LexRankSummarizer  # noqa: PLC0415 -- heavy

    class Ranks(LexRankSummarizer):  # type: ignore[misc]
        # sumy gives the best sentences and keeps how good they are to itself; this is where it still knows.
        @staticmethod
        def _get_best_sentences(_sentences: Any, _count: Any, rating: Any, *_: Any, **__: Any) -> Any:
            return rating

    ranks = Ranks(_stemmer(language))
    ranks.stop_words = _stop_words(language)
    return ranks


def content_words(text: str, language: str = "en") -> frozenset[str]:
    """Return the stems of the words of `text` that carry its meaning: all but stop words, where we know those."""
    stop_words, stem = _stop_words(language), _stemmer(language)
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in stop_words)


_NAMES = {
    "ar": "arabic", "cs": "czech", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french",
    "he": "hebrew", "it": "italian", "pl": "polish", "pt": "portuguese", "sk": "slovak", "sv": "swedish",
    "uk": "ukrainian",
}  # fmt: skip


@cache
def _stop_words(language: str) -> frozenset[str]:
    from sumy.utils import get_stop_words  # noqa: PLC0415 -- heavy

    return frozenset(get_stop_words(_NAMES[language])) if language in _NAMES else frozenset()


@cache
def _stemmer(language: str) -> "Callable[[str], str]":
    from sumy.nlp.stemmers import Stemmer, null_stemmer  # noqa: PLC0415 -- heavy

    return lru_cache(maxsize=20_000)(Stemmer(_NAMES[language]) if language in _NAMES else null_stemmer)


def _share(wanted: frozenset[str], words: frozenset[str]) -> float:
    return len(wanted & words) / len(wanted) if wanted else 0.0


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
