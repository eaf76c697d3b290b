"""What an article is compared by: its words, and samples of its phrases; the only module that knows scikit-learn."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.model import Article

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

COLUMNS = 2**18
"""Words and phrases are known by a hash below this: what was seen has a bound, and needs no dictionary."""

READ = 1000
"""Characters of text whose words are compared: news puts what happened first, and what follows is shared background."""

_TITLE_COUNTS = 5
_PHRASE = 5  # words
_PHRASES_OF = 2000  # characters
_SAMPLED = 8  # one phrase of so many, by its hash, so that copies have the same sample (Manber, 1994)
_MOST_ALONE = 2.5
"""What a word can weigh that no other article has: it tells what the article has for itself, not what it is about.

Among few articles nothing weighs more, and being alone says nothing there.
"""


def count_words(articles: Sequence[Article]) -> "csr_array":
    """Return a row for each article: 1 + ln of how often a word stands in title (five times) and opening."""
    import numpy as np  # noqa: PLC0415 -- heavy: only processes that group pay for it

    texts = [f"{f'{article.title}. ' * _TITLE_COUNTS}{article.text[:READ]}" for article in articles]
    rows = _hashed(texts, stop_words="english")
    rows.data = 1 + np.log(rows.data)
    return rows


def sample_phrases(articles: Sequence[Article]) -> "csr_array":
    """Return a row for each article: ones for an eighth of the phrases of five words in its opening."""
    rows = _hashed([article.text[:_PHRASES_OF] for article in articles], ngram_range=(_PHRASE, _PHRASE), binary=True)
    rows.data *= rows.indices % _SAMPLED == 0
    rows.eliminate_zeros()
    return rows


def weigh_words(rows: "csr_array", seen: int, counts: "np.ndarray") -> "csr_array":
    """Return the rows with rare words weighing more, each of length 1 (or 0, without words).

    `counts` says of how many of the `seen` articles, these among them, have each word.
    """
    import numpy as np  # noqa: PLC0415 -- heavy
    from sklearn.preprocessing import normalize  # noqa: PLC0415 -- heavy

    weighed, known = rows.copy(), counts[rows.indices]
    rarity = np.log((1 + seen) / (1 + known)) + 1
    weighed.data = rows.data * np.where(known > 1, rarity, np.minimum(rarity, _MOST_ALONE))
    return normalize(weighed, copy=False)


def _hashed(texts: Sequence[str], **options: object) -> "csr_array":
    from scipy.sparse import csr_array  # noqa: PLC0415 -- heavy
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 -- heavy

    hashing = HashingVectorizer(n_features=COLUMNS, norm=None, alternate_sign=False, strip_accents="unicode", **options)
    return csr_array(hashing.transform(texts))


def sparse(rows: Sequence[Sequence[tuple[int, float]]]) -> "csr_array":
    """Return rows of (column, value) as a matrix."""
    import numpy as np  # noqa: PLC0415 -- heavy
    from scipy.sparse import csr_array  # noqa: PLC0415 -- heavy

    cells = [cell for row in rows for cell in row]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns, values = [column for column, _ in cells], [value for _, value in cells]
    return csr_array((np.array(values, float), np.array(columns, int), ends), shape=(len(rows), COLUMNS))


def pairs(matrix: "csr_array") -> list[tuple[tuple[int, float], ...]]:
    """Return the rows of a matrix as (column, value)."""
    cells = list(zip(matrix.indices.tolist(), matrix.data.tolist(), strict=True))
    return [tuple(cells[start:end]) for start, end in zip(matrix.indptr, matrix.indptr[1:], strict=False)]
