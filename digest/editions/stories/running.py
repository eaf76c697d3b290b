"""Articles into stories as they come: what is new joins what is open, and what was grouped stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.editions.stories.copies import OPEN_FOR, fold_copies
from digest.editions.stories.groups import Groups
from digest.editions.stories.likeness import COLUMNS, count_words, pairs, sample_phrases, sparse, weigh_words
from digest.editions.stories.linkage import link_alike
from digest.model import Article

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

LIKE_ENOUGH = 0.12
"""Least average likeness within a story. With the next three tuned on the even half of Giveme5W1H's events."""

SURELY_ALIKE = 0.14
"""The same where articles come one day after the other: what was joined too early cannot be parted later."""

APART_COUNTS = 0.5
"""What is left of a likeness when articles are very far apart in time: then they have to be twice as alike."""

HALF_APART_AFTER = timedelta(days=10)

_MOST_SEEN = 20_000  # articles; then all of them count half, so that rare is what is rare now


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story that articles may still join, in plain values: how many voices tell it, copies not counted, and when.

    Times are seconds since 1970; words and phrases are hashes, words with their weights.
    """

    number: int
    voices: int
    first_at: float
    last_at: float
    words: tuple[tuple[int, float], ...]
    phrases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenStories:
    """All that the grouping remembers, in plain values: the open stories, and of how many articles each word was.

    `counts` are (hash of the word, articles), of `seen` articles.
    """

    stories: tuple[OpenStory, ...] = ()
    next_number: int = 0
    seen: int = 0
    counts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Grouped:
    """The number of each article's story, and the stories that turned out to be one: (the younger, the older)."""

    numbers: tuple[int, ...]
    merged: tuple[tuple[int, int], ...] = ()


class RunningStories:
    """Groups articles as they come: each joins an open story or begins one; what was grouped is not looked at again.

    A number once given to an article stays. Where a new article shows two open stories to be one, it is said, and the
    story goes on under the older number. An article costs time by its own words and the stories that are open; memory
    is bounded by the stories of OPEN_FOR, about 3 kB each, and 2 MB for the words. One call needs memory by the square
    of its articles.
    """

    def __init__(self, known: OpenStories = OpenStories()) -> None:
        import numpy as np  # noqa: PLC0415 -- heavy: only processes that group pay for it

        self._open = _rows(known.stories)
        self._next, self._seen, self._counts = known.next_number, known.seen, np.zeros(COLUMNS)
        for word, count in known.counts:
            self._counts[word] = count

    def add(self, articles: Sequence[Article], *, now: datetime) -> Grouped:
        """Return the stories of these articles; one without a time counts as published now.

        Stories that nobody joined for OPEN_FOR are forgotten.
        """
        return self._add(articles, now.timestamp(), (now - OPEN_FOR).timestamp(), SURELY_ALIKE)

    def get_open(self) -> OpenStories:
        """Return what to go on from, after a restart or in another process."""
        words = self._counts.nonzero()[0]
        counts = zip(words.tolist(), self._counts[words].astype(int).tolist(), strict=True)
        return OpenStories(_values(self._open), self._next, self._seen, tuple(counts))

    def _add(self, articles: Sequence[Article], undated: float, closed_before: float, least: float) -> Grouped:
        import numpy as np  # noqa: PLC0415 -- heavy

        if not articles:
            return Grouped(())
        new = _read(articles, undated)
        old = self._open.take(self._open.last_at >= closed_before)
        originals = fold_copies(old, new)
        self._count(new.words[originals == len(old) + np.arange(len(new))])
        new = replace(new, words=weigh_words(new.words, self._seen, self._counts))
        is_near = _near(old, new, least)
        is_near[originals[originals < len(old)]] = True
        pool = old.take(is_near).beside(new)
        places = np.cumsum(np.concatenate([is_near, np.ones(len(new), bool)])) - 1  # in the pool, of those that are
        roots = np.arange(len(pool))
        roots[places[len(old) :]] = places[originals]
        voices, of_voice = pool.joined(roots)
        stories, of_story = voices.joined(link_alike(_likeness(voices), voices.voices, least))
        self._number(stories)
        self._open = old.take(~is_near).beside(stories)
        numbers = stories.numbers[of_story[of_voice]]
        went = np.flatnonzero((pool.numbers >= 0) & (pool.numbers != numbers))
        merged = zip(pool.numbers[went].tolist(), numbers[went].tolist(), strict=True)
        return Grouped(tuple(numbers[len(pool) - len(new) :].tolist()), tuple(merged))

    def _count(self, words: "csr_array") -> None:
        import numpy as np  # noqa: PLC0415 -- heavy

        if self._seen > _MOST_SEEN:
            self._seen //= 2
            self._counts //= 2
        self._seen += words.shape[0]
        np.add.at(self._counts, words.indices, 1)

    def _number(self, stories: Groups) -> None:
        import numpy as np  # noqa: PLC0415 -- heavy

        begun = np.flatnonzero(stories.numbers < 0)
        stories.numbers[begun] = self._next + np.arange(len(begun))
        self._next += len(begun)


def group_articles(articles: Sequence[Article]) -> tuple[int, ...]:
    """Return a label for each article: those of one story share one. Labels count from 0 in the order of appearance.

    Articles are alike by the words of title and opening, less so the more time lies between them; an article without
    a time goes where its words belong. Time and memory grow with the square of their number: 300 take 0.15 s.
    """
    numbers = RunningStories()._add(articles, float("nan"), 0, LIKE_ENOUGH).numbers  # noqa: SLF001 -- of this module
    order = {number: label for label, number in enumerate(dict.fromkeys(numbers))}
    return tuple(order[number] for number in numbers)


def _read(articles: Sequence[Article], undated: float) -> Groups:
    import numpy as np  # noqa: PLC0415 -- heavy

    times = [article.published_at.timestamp() if article.published_at else undated for article in articles]
    return Groups(
        np.full(len(articles), -1),
        np.ones(len(articles)),
        np.array(times, float),
        np.array(times, float),
        count_words(articles),
        sample_phrases(articles),
    )


def _near(stories: Groups, voices: Groups, least: float) -> "np.ndarray":
    # A superset of what can join: time only takes from a likeness.
    import numpy as np  # noqa: PLC0415 -- heavy

    averages = (stories.words @ voices.words.T).max(axis=1).toarray() / stories.voices
    return np.asarray(averages >= least)


def _likeness(pool: Groups) -> "np.ndarray":
    import numpy as np  # noqa: PLC0415 -- heavy

    fading = 0.5 ** (pool.apart() / HALF_APART_AFTER.total_seconds())
    return np.asarray((pool.words @ pool.words.T).toarray() * (APART_COUNTS + (1 - APART_COUNTS) * fading))


def _rows(stories: Sequence[OpenStory]) -> Groups:
    import numpy as np  # noqa: PLC0415 -- heavy

    return Groups(
        np.array([story.number for story in stories], int),
        np.array([story.voices for story in stories], float),
        np.array([story.first_at for story in stories], float),
        np.array([story.last_at for story in stories], float),
        sparse([story.words for story in stories]),
        sparse([tuple((phrase, 1.0) for phrase in story.phrases) for story in stories]),
    )


def _values(rows: Groups) -> tuple[OpenStory, ...]:
    words, phrases = pairs(rows.words), pairs(rows.phrases)
    return tuple(
        OpenStory(
            number=int(rows.numbers[row]),
            voices=int(rows.voices[row]),
            first_at=float(rows.first_at[row]),
            last_at=float(rows.last_at[row]),
            words=words[row],
            phrases=tuple(phrase for phrase, _ in phrases[row]),
        )
        for row in range(len(rows))
    )
