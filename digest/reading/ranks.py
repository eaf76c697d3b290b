"""How central sentences are among each other, and the words that carry meaning; the only module that knows sumy."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NAMES = {
    "ar": "arabic", "cs": "czech", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french",
    "he": "hebrew", "it": "italian", "pl": "polish", "pt": "portuguese", "sk": "slovak", "sv": "swedish",
    "uk": "ukrainian",
}  # fmt: skip


def rank_sentences(sentences: Sequence[str], language: str = "en") -> list[float] | None:
    """Return how central each sentence is, the most central being 1; None where no two share a telling word.

    By LexRank (Erkan and Radev, 2004). Time grows with the square of the number of sentences.
    """
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


def content_words(text: str, language: str = "en") -> frozenset[str]:
    """Return the stems of the words of `text` that carry its meaning: all but stop words, where we know those."""
    stop_words, stem = _stop_words(language), _stemmer(language)
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in stop_words)


class _Words:
    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences

    def to_words(self, number: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(self._sentences[int(number)].lower()))


@cache
def _summarizer(language: str) -> "Callable[..., Any]":
    import numpy as np  # noqa: PLC0415 -- heavy
    from sumy.summarizers.lex_rank import LexRankSummarizer  # noqa: PLC0415 -- heavy

    class Ranks(LexRankSummarizer):  # type: ignore[misc]
        # sumy gives the best sentences and keeps how good they are to itself; this is where it still knows.
        @staticmethod
        def _get_best_sentences(_sentences: Any, _count: Any, rating: Any, *_: Any, **__: Any) -> Any:
            return rating

        # The same matrix in one product: sumy multiplies word by word, which takes forty times as long.
        def _create_matrix(self, sentences: Any, threshold: float, tf_metrics: Any, idf_metrics: Any) -> Any:
            places = {word: place for place, word in enumerate(idf_metrics)}
            vectors = np.zeros((len(sentences), len(places)))
            for vector, frequencies in zip(vectors, tf_metrics, strict=True):
                for word, frequency in frequencies.items():
                    vector[places[word]] = frequency * idf_metrics[word]
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            vectors /= np.where(lengths > 0, lengths, 1)
            near = (vectors @ vectors.T > threshold).astype(float)
            return near / np.maximum(near.sum(axis=1, keepdims=True), 1)

    ranks = Ranks(_stemmer(language))
    ranks.stop_words = _stop_words(language)
    return ranks


@cache
def _stop_words(language: str) -> frozenset[str]:
    from sumy.utils import get_stop_words  # noqa: PLC0415 -- heavy

    return frozenset(get_stop_words(_NAMES[language])) if language in _NAMES else frozenset()


@cache
def _stemmer(language: str) -> "Callable[[str], str]":
    from sumy.nlp.stemmers import Stemmer, null_stemmer  # noqa: PLC0415 -- heavy

    return lru_cache(maxsize=20_000)(Stemmer(_NAMES[language]) if language in _NAMES else null_stemmer)
