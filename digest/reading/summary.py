"""The sentences that say most: chosen for what they say, for what they add, and for standing by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from digest.model import Sentence, Summary
from digest.reading.fitness import Fitness, Quoting, quotings_of, quotings_of_list, rate_sentences
from digest.reading.merits import Findings, unnamed_subject, weigh_findings, weigh_words
from digest.reading.quotes.marks import find_marked
from digest.reading.ranks import content_words, rank_sentences
from digest.reading.references import leans_on_another

SUMMARY_LENGTH = 3
SUMMARY_CHARS = 1000
_PARTS = ("position", "centrality", "title", "merits")
_LOOKED_AT = 40  # LexRank compares each with each: its time grows with the square of this


@dataclass(frozen=True, slots=True)
class _Weights:
    """What counts how much. Tuned on REALSumm's even half and the development cards; the odd half stays unread."""

    position: float = 0.6
    centrality: float = 0.15
    title: float = 0.25
    overlap: float = 0.6  # taken off for what is already said
    unnamed: float = 0.2  # taken off for a subject that nothing shown, nor the title, has named
    leaning: float = 0.2  # taken off for a sentence that follows the one it leans on
    alone: float = inf  # taken off where that one is not shown


_WEIGHTS = _Weights()
_UNPARSED = _Weights(position=1.0, title=0.4, alone=0.4)  # the less is known of a sentence, the more its place says


@dataclass(frozen=True, slots=True)
class _Budget:
    """How many sentences may be chosen, and of how many characters together."""

    most: int
    most_chars: int | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """The sentences of a text: how each can be shown, what speaks for it, and by what bare noun its subject goes."""

    sentences: Sequence[str]
    ratings: Sequence[Fitness]
    merits: Sequence[float]
    unnamed: Sequence[str]
    weights: _Weights = _UNPARSED


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a sentence can be shown, and the parts of its weight by name, which add up; no parts: it was not weighed."""

    fitness: Fitness
    weight: tuple[tuple[str, float], ...] = ()


def summarise(
    sentences: Sequence[Sentence],
    text: str,
    *,
    title: str = "",
    language: str = "en",
    found: Findings | None = None,
    most_chars: int = SUMMARY_CHARS,
) -> Summary:
    """Return the sentences that say most: SUMMARY_LENGTH and `most_chars` at most; only those that can be shown.

    Early sentences, sentences central among the others (LexRank) and near the title go first, and what `found` says of
    them counts; repetitions go last. A sentence that leans on the one before it follows it or is left out.
    """
    words = [sentence.span.of(text) for sentence in sentences]
    judged = _judge(words, quotings_of(text, sentences), title, language)
    if found is not None:
        judged = _judge_further(sentences, judged, found)
    return Summary(*_pick(judged, _Budget(SUMMARY_LENGTH, most_chars), title, language))


def pick_sentences(
    sentences: Sequence[str], n: int, *, title: str = "", most_chars: int | None = None
) -> tuple[int, ...]:
    """Return the indexes of the `n` sentences that say most, ascending; fewer only where there are fewer that differ.

    They are chosen as `summarise` does it, as far as that goes without a parse. A sentence that leans on the one before
    it is taken after it or not at all, while there are others; where none can be shown, the first `n` are taken as they
    are. With `most_chars` they have no more characters than that, unless each has: then it is the first one.
    """
    judged = _judge(sentences, quotings_of_list(sentences), title, "en")
    return _pick(judged, _Budget(n, most_chars), title, "en")[0]


def _judge(sentences: Sequence[str], quotings: Sequence[Quoting], title: str, language: str) -> _Judged:
    ratings = rate_sentences(sentences, title=title, language=language, quotings=quotings)
    merits = weigh_words(sentences, quotings) if language == "en" else [0.0] * len(sentences)
    return _Judged(sentences, ratings, merits, [""] * len(sentences))


def _judge_further(sentences: Sequence[Sentence], judged: _Judged, found: Findings) -> _Judged:
    parsed = [found.parsed.tokens_of(sentence.span) for sentence in sentences]
    marked = (found.parsed.tokens_of(one.outer) for one in find_marked(found.parsed.text))
    quoted = frozenset(token.i for tokens in marked if tokens for token in tokens)
    ratings = [
        min(rating, Fitness.AFTER) if words and leans_on_another(words, quoted) else rating
        for rating, words in zip(judged.ratings, parsed, strict=True)
    ]
    merits = [one + other for one, other in zip(judged.merits, weigh_findings(sentences, found), strict=True)]
    unnamed = [unnamed_subject(words) if words else "" for words in parsed]
    return _Judged(judged.sentences, ratings, merits, unnamed, _WEIGHTS)


def weigh_sentences(
    sentences: Sequence[Sentence],
    text: str,
    *,
    title: str = "",
    language: str = "en",
    found: Findings | None = None,
) -> tuple[Weighed, ...]:
    """Return of each sentence how `summarise` judges it before it looks at what is chosen already.

    Those that cannot be shown, or stand too far down to be looked at, have no weight.
    """
    words = [sentence.span.of(text) for sentence in sentences]
    judged = _judge(words, quotings_of(text, sentences), title, language)
    if found is not None:
        judged = _judge_further(sentences, judged, found)
    scores = _score(judged, _candidates(judged), title, language)[0]
    return tuple(
        Weighed(rating, tuple(zip(_PARTS, scores[index], strict=True)) if index in scores else ())
        for index, rating in enumerate(judged.ratings)
    )


def _candidates(judged: _Judged) -> list[int]:
    return [index for index, rating in enumerate(judged.ratings) if rating is not Fitness.NEVER][:_LOOKED_AT]


def _score(
    judged: _Judged, candidates: Sequence[int], title: str, language: str
) -> tuple[dict[int, tuple[float, ...]], dict[int, frozenset[str]], bool]:
    """Return the parts of what each candidate weighs, its telling words, and whether any two of them share one."""
    sentences, weights = judged.sentences, judged.weights
    words = {index: content_words(sentences[index], language) for index in candidates}
    heading = content_words(title, language)
    central = rank_sentences([sentences[index] for index in candidates], language) if candidates else None
    scores: dict[int, tuple[float, ...]] = {
        index: (
            weights.position / (1 + rank) ** 0.5,
            weights.centrality * (central[rank] if central else 0),
            weights.title * _share(heading, words[index]),
            judged.merits[index],
        )
        for rank, index in enumerate(candidates)
    }
    return scores, words, bool(central)


def _pick(judged: _Judged, budget: _Budget, title: str, language: str) -> tuple[tuple[int, ...], str]:
    sentences, weights = judged.sentences, judged.weights
    candidates = _candidates(judged)
    if not candidates or budget.most <= 0:
        return tuple(range(min(max(budget.most, 0), len(sentences)))), "lead" if sentences else "none"
    parts, words, is_ranked = _score(judged, candidates, title, language)
    scores = {index: sum(several) for index, several in parts.items()}
    heading = content_words(title, language)
    method = ", ".join(["position", *["lexrank"] * is_ranked, "title", *["findings"] * (weights is _WEIGHTS)])
    return tuple(sorted(_choose(judged, scores, words, heading, budget))), method


def _choose(
    judged: _Judged,
    scores: dict[int, float],
    words: dict[int, frozenset[str]],
    heading: frozenset[str],
    budget: _Budget,
) -> list[int]:
    chosen: list[int] = []
    left, weights = budget.most_chars, judged.weights

    def worth(index: int) -> tuple[float, int]:
        leans = judged.ratings[index] is Fitness.AFTER
        follows = index - 1 in chosen
        said = max((likeness(words[index], words[other]) for other in chosen), default=0)
        named = heading.union(*(words[other] for other in chosen))
        return (
            scores[index]
            - weights.overlap * said
            - weights.unnamed * (not content_words(judged.unnamed[index]) <= named)
            - ((weights.leaning if follows else weights.alone) if leans else 0),
            -index,
        )

    while len(chosen) < budget.most:
        fitting = [
            index for index in scores if index not in chosen and (left is None or len(judged.sentences[index]) <= left)
        ]
        if not fitting:
            break
        best = max(fitting, key=worth)
        if chosen and worth(best)[0] == -inf:
            break
        chosen.append(best)
        left = None if left is None else left - len(judged.sentences[chosen[-1]])
    return chosen or [min(scores)]


def _share(wanted: frozenset[str], words: frozenset[str]) -> float:
    return len(wanted & words) / len(wanted) if wanted else 0.0


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return what share of the telling words of the shorter one both have."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
