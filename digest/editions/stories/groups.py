"""Groups of articles as columns, one row a group: what open stories and new articles have in common."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

MOST_WORDS = 128
"""Kept of a group, the weightiest; as many as an opening has."""

MOST_PHRASES = 512


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Rows of groups: the number of the story (-1: not yet one), its voices, when it was told, what it is compared by.

    `words` are sums over the voices, each voice's of length 1; so the product of two rows is the likeness of all pairs.
    Times are seconds since 1970.
    """

    numbers: "np.ndarray"
    voices: "np.ndarray"
    first_at: "np.ndarray"
    last_at: "np.ndarray"
    words: "csr_array"
    phrases: "csr_array"

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, rows: "np.ndarray") -> "Groups":
        """Return the rows that are named by index or mask."""
        return Groups(
            self.numbers[rows],
            self.voices[rows],
            self.first_at[rows],
            self.last_at[rows],
            self.words[rows],
            self.phrases[rows],
        )

    def beside(self, other: "Groups") -> "Groups":
        """Return these rows and then those of the other."""
        import numpy as np  # noqa: PLC0415 -- heavy: only processes that group pay for it
        from scipy.sparse import vstack  # noqa: PLC0415 -- heavy

        return Groups(
            np.concatenate([self.numbers, other.numbers]),
            np.concatenate([self.voices, other.voices]),
            np.concatenate([self.first_at, other.first_at]),
            np.concatenate([self.last_at, other.last_at]),
            vstack([self.words, other.words], format="csr"),
            vstack([self.phrases, other.phrases], format="csr"),
        )

    def apart(self) -> "np.ndarray":
        """Return the seconds between each two groups, 0 where their times overlap or one has none."""
        import numpy as np  # noqa: PLC0415 -- heavy

        after = self.first_at[:, None] - self.last_at[None, :]
        return np.asarray(np.nan_to_num(np.maximum(np.maximum(after, after.T), 0)))

    def joined(self, ends: "np.ndarray") -> "tuple[Groups, np.ndarray]":
        """Return one row for each group that others (or itself alone) end in, and which row became part of which.

        The oldest number stays. The weightiest words are kept, and the phrases with the lowest hashes.
        """
        import numpy as np  # noqa: PLC0415 -- heavy
        from scipy.sparse import csr_array  # noqa: PLC0415 -- heavy

        heads, rows = np.unique(ends, return_inverse=True)
        member = csr_array((np.ones(len(ends)), (rows, np.arange(len(ends)))), shape=(len(heads), len(ends)))
        numbers = np.full(len(heads), np.iinfo(np.int64).max)
        first_at, last_at = np.full((2, len(heads)), np.nan)
        np.minimum.at(numbers, rows, np.where(self.numbers < 0, numbers[rows], self.numbers))
        np.fmin.at(first_at, rows, self.first_at)
        np.fmax.at(last_at, rows, self.last_at)
        groups = Groups(
            np.where(numbers == np.iinfo(np.int64).max, -1, numbers),
            member @ self.voices,
            first_at,
            last_at,
            _strongest(member @ self.words, MOST_WORDS),
            _strongest((member @ self.phrases).astype(bool).astype(float), MOST_PHRASES),
        )
        return groups, rows


def _strongest(rows: "csr_array", most: int) -> "csr_array":
    import numpy as np  # noqa: PLC0415 -- heavy

    for row in np.flatnonzero(np.diff(rows.indptr) > most):
        weights = rows.data[rows.indptr[row] : rows.indptr[row + 1]]
        weights[np.argsort(-weights, kind="stable")[most:]] = 0
    rows.eliminate_zeros()
    return rows
