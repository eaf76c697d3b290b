"""Average linkage that starts from groups of several members, not only from single ones."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def link_alike(sums: "np.ndarray", sizes: "np.ndarray", least: float) -> "np.ndarray":
    """Return for each group the index of the one that it ends in; the two that are most alike join first.

    `sums` holds the likeness of two groups, summed over all pairs of their members; groups join as long as the average
    over the pairs is at least `least` (> 0). What scikit-learn has starts from single members, which would compute old
    stories again. Time and memory grow with the square of the number of groups.
    """
    import numpy as np  # noqa: PLC0415 -- heavy: only processes that group pay for it

    sums, sizes, ends = sums.copy(), sizes.astype(float), np.arange(len(sizes))
    averages = sums / np.outer(sizes, sizes)
    np.fill_diagonal(averages, -1)
    nearest = averages.argmax(axis=1) if len(sizes) else ends
    best = averages[ends, nearest]
    while len(best) and best.max() >= least:
        one = int(best.argmax())
        kept, gone = sorted((one, int(nearest[one])))
        sums[kept] += sums[gone]
        sums[:, kept] += sums[:, gone]
        sizes[kept] += sizes[gone]
        ends[ends == gone] = kept
        averages[gone] = averages[:, gone] = best[gone] = -1
        row = np.where(averages[kept] >= 0, sums[kept] / (sizes[kept] * sizes), -1)
        averages[kept] = averages[:, kept] = row
        # Only those whose nearest was one of the two have to look again; the others compare it with what they have.
        stale = np.flatnonzero(np.isin(nearest, (kept, gone)) & (best >= 0) | (np.arange(len(best)) == kept))
        nearest[stale] = averages[stale].argmax(axis=1)
        best[stale] = averages[stale, nearest[stale]]
        closer = row > best
        nearest[closer], best[closer] = kept, row[closer]
    return ends
