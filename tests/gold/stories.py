"""Whether articles about one event were told as one story: B-cubed (Bagga and Baldwin, 1998)."""

from tests.gold.tally import Tally


def score_stories(score, names, labels, groups):
    """Score the grouping: of each article, how much of its group belongs there and how much of its story is there."""
    for name, label, group in zip(names, labels, groups, strict=True):
        told = {one for one, other in zip(names, groups, strict=True) if other == group}
        event = {one for one, other in zip(names, labels, strict=True) if other == label}
        both = len(told & event)
        score.tallies["stories"] += Tally(both / len(told), 1, both / len(event), 1)
        wrong = sorted((told | event) - (told & event))
        score.examples[f"{name} story"] = f"wrong about {', '.join(wrong)}" if wrong else "right"
