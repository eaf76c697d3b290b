"""Which articles print the text of another, as agencies' clients do: they are one voice, whatever their number."""

from datetime import timedelta
from typing import TYPE_CHECKING

from digest.editions.stories.groups import Groups

if TYPE_CHECKING:
    import numpy as np

OPEN_FOR = timedelta(days=30)
"""A story that no article joined for so long is over; what is printed again later is no copy, but news again."""

_COPIED = 0.5  # of the sampled phrases of the shorter text
_LEAST_COPIED = 4  # sampled phrases: of two sentences nothing can be said


def fold_copies(stories: Groups, articles: Groups) -> "np.ndarray":
    """Return for each article the row of its original among the stories and then the articles: its own where it is one.

    Of two that share half of the shorter text, the longer is the original, or else the first; a story's text is older.
    """
    import numpy as np  # noqa: PLC0415 -- heavy: only processes that group pay for it
    from scipy.sparse import vstack  # noqa: PLC0415 -- heavy

    phrases = vstack([stories.phrases, articles.phrases], format="csr")
    shared = (phrases @ articles.phrases.T).tocoo()
    lengths, first = np.diff(phrases.indptr), len(stories)
    originals, copies = shared.row, shared.col + first
    begins = np.concatenate([stories.first_at, articles.first_at])
    ends = np.concatenate([stories.last_at, articles.last_at])
    apart = np.maximum(begins[originals] - ends[copies], begins[copies] - ends[originals])
    is_before = (originals < first) | (lengths[originals] > lengths[copies])
    is_before |= (lengths[originals] == lengths[copies]) & (originals < copies)
    enough = np.maximum(_COPIED * np.minimum(lengths[originals], lengths[copies]), _LEAST_COPIED)
    found = np.flatnonzero(is_before & (shared.data >= enough) & ~(apart > OPEN_FOR.total_seconds()))
    found = found[np.lexsort((-originals[found], shared.data[found]))]  # the last that is written down is the best
    roots = np.arange(len(lengths))
    roots[copies[found]] = originals[found]
    while (roots != roots[roots]).any():  # a copy of a copy
        roots = roots[roots]
    return roots[first:]
