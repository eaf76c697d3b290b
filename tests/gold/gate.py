"""The gate: the reader's figures on the gold, held against floors that only rise."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from digest import group_articles
from tests.gold import corpus
from tests.gold.answers import answers_of_brief
from tests.gold.readings import changed_lines, lines_of
from tests.gold.score import Score, score_article
from tests.gold.stories import score_stories

PINNED = Path(__file__).with_name("pinned.json")


class LoweredError(Exception):
    """Somebody asked to pin a figure below its floor."""


@dataclass(frozen=True)
class Pinned:
    """What was pinned: the corpus' hash, floors in whole percent, verdicts by example, readings by article, and why."""

    corpus: str
    floors: dict[str, dict[str, int]]
    examples: dict[str, str]
    readings: dict[str, list[str]]
    why: str = ""


@dataclass(frozen=True)
class Today:
    """The score of a reading of the corpus, and the reading itself in lines, by article."""

    score: Score
    readings: dict[str, list[str]]


def measure(briefs):
    """What these briefs come to, by the names of their articles, over the whole corpus."""
    score = Score()
    articles = corpus.load()
    for labelled in articles:
        brief = briefs[labelled.name]
        text = labelled.brief.article.text
        score.add(score_article(labelled.name, text, labelled.gold, answers_of_brief(brief)))
    names = [labelled.name for labelled in articles]
    score_stories(score, names, corpus.stories(), group_articles([briefs[name].article for name in names]))
    return Today(score, {name: lines_of(briefs[name]) for name in names})


def briefs_now():
    """What the reader finds today, by name."""
    return {labelled.name: labelled.brief for labelled in corpus.load()}


def complaints(pinned, today, corpus_hash):
    """Why the gate stays shut: a sentence for each figure under its floor, and one if anything changed unseen."""
    if pinned.corpus != corpus_hash:
        return ["the corpus is not the one that is pinned: look at the changes, then `make gold ARGS=--update`"]
    changed = changes(pinned, today)
    unseen = [f"{len(changed)} things changed: look at them, then `make gold ARGS=--update`"] if changed else []
    return lowered(pinned, today.score) + unseen


def lowered(pinned, score):
    """A sentence for each figure under its floor."""
    found = _percents(score)
    return [
        f"{measure}: {figure} is {found.get(measure, {}).get(figure, 0)} %, pinned at {floor} %"
        for measure, floors in pinned.floors.items()
        for figure, floor in floors.items()
        if found.get(measure, {}).get(figure, 0) < floor
    ]


def changes(pinned, today):
    """What became of each example since it was pinned, and of each article's reading."""
    before, now = pinned.examples, today.score.examples
    verdicts = [
        f"{example}\n    {before.get(example, 'nothing')} -> {now.get(example, 'nothing')}"
        for example in sorted(before.keys() | now.keys())
        if before.get(example) != now.get(example)
    ]
    read = [
        f"{name} {line}"
        for name in sorted(pinned.readings.keys() | today.readings.keys())
        for line in changed_lines(pinned.readings.get(name, []), today.readings.get(name, []))
    ]
    return verdicts + read


def pin(pinned, today, corpus_hash, *, why=""):
    """The figures of today as new floors. Raises LoweredError for a figure below its floor.

    Over another corpus figures are others, so there it asks for a reason in place of the old floors.
    """
    floors, examples = _percents(today.score), dict(sorted(today.score.examples.items()))
    if pinned is not None and pinned.corpus == corpus_hash:
        under = lowered(pinned, today.score)
        if under:
            raise LoweredError("a floor is never lowered over the same corpus:\n" + "\n".join(under))
        why = pinned.why
    elif pinned is not None and not why:
        raise LoweredError("the corpus changed; say why with --why, and the figures of the new one are pinned")
    return Pinned(corpus_hash, floors, examples, today.readings, why)


def load_pinned(path=PINNED):
    """What was pinned last."""
    return Pinned(**json.loads(path.read_text("utf-8")))


def save_pinned(pinned, path=PINNED):
    """Write it for the next run, in a form that diffs well."""
    path.write_text(json.dumps(pinned.__dict__, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _percents(score):
    # Rounded down: what one machine reads in the third decimal, another may not.
    return {
        measure: {figure: math.floor(100 * value + 1e-9) for figure, value in one.figures().items()}
        for measure, one in sorted(score.tallies.items())
    }
