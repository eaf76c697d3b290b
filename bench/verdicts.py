"""How many of the listed commitments independent readers kept, on articles of PolNeAR and Giveme5W1H."""

import argparse
import importlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from digest import read_text

_POLITICS = "networkdynamics+PolNeAR/repo"
_VERDICTS = Path(__file__).with_name("verdicts.json")
_ROUNDS = {
    1: "politics, 40 at random",
    2: "politics, 40 with cues",
    3: "politics, 40 with most cues",
    4: "daily news, 40 with most listed",
    5: "politics, 40 with most listed",
}


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return, by round of judging, how many listed ones there are an article, and how many of the judged were right.

    A verdict counts for what is listed today where cue and words overlap those that were judged: an actor that was
    wrong then and is mended since still counts as wrong. Only offsets are kept, the text lies in the corpus.
    """
    parser = argparse.ArgumentParser(prog="python -m bench verdicts")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder of the git directories, owner+name/repo"
    )
    parser.add_argument("--scorers", type=Path, required=True, help="the folder that holds eval/ and gold/")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.scorers / "eval"))
    articles_read = _articles(options.corpora)
    listed, verdicts, articles = Counter[int](), Counter[tuple[int, str]](), Counter[int]()
    for row in json.loads(_VERDICTS.read_text("utf-8")):
        articles[row["round"]] += 1
        text, day = articles_read[row["article"]]
        found = read_text(text, published_at=day, language="en").commitments
        listed[row["round"]] += len(found)
        for one in found:
            verdicts[row["round"], _verdict(one.cue.to_list(), one.what.to_list(), row["verdicts"])] += 1
    return {"bench": "verdicts"} | {
        f"{name}: {figure}": value
        for round_, name in _ROUNDS.items()
        for figure, value in _figures(round_, listed[round_] / articles[round_], verdicts).items()
    }


def _articles(corpora: Path) -> dict[str, tuple[str, date | None]]:
    politics = importlib.import_module("eval_quotes")
    loaded = [one for split in ("train", "dev") for one in politics.load(str(corpora / _POLITICS), split)]
    found = {article.name: (article.text, _day(article.name)) for article in loaded}
    for article in importlib.import_module("eval_stories").load(str(corpora)):
        found[article["id"]] = (article["text"], _day(f"_{(article['published_at'] or '')[:10]}"))
    return found


def _figures(round_: int, an_article: float, verdicts: Counter[tuple[int, str]]) -> dict[str, str]:
    right, unjudged = verdicts[round_, "right"], verdicts[round_, ""]
    judged = sum(count for (one, verdict), count in verdicts.items() if one == round_ and verdict)
    return {
        "right of the judged": f"{right / max(judged, 1):.3f} of {judged}",
        "listed an article": f"{an_article:.2f}",
        "not judged": str(unjudged),
    }


def _verdict(cue: Sequence[int], what: Sequence[int], judged: Sequence[dict[str, Any]]) -> str:
    fitting = (one for one in judged if _overlap(cue, one["cue"]) and _overlap(what, one["what"]))
    return str(next(fitting, {"verdict": ""})["verdict"])


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _day(name: str) -> date | None:
    # The names say when: "outlet_2016-03-22_first-words-of-the-title".
    _, day, *_ = (*name.split("_"), "")
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
