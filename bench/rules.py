"""How often each rule names the right speaker of marked words, on a split of PolNeAR that is for tuning."""

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from digest import QuoteKind, is_speaker_sure, read_text

_CORPUS = "networkdynamics+PolNeAR/repo"
_ENOUGH = 0.5  # of the gold quote's characters, as the scorer has it
_OF_REPORT = " (report)"
_SPLITS = ("train", "dev")  # the test split stays unread


def measure(arguments: Sequence[str]) -> dict[str, Any]:
    """Return right and judged speakers by rule, and what the rules that post by themselves get wrong and cover.

    Marked quotes of four words or more whose source is labelled, and reports of which half is found; the matching and
    the judgement are the scorer's.
    """
    parser = argparse.ArgumentParser(prog="python -m bench rules")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder of the git directories, owner+name/repo"
    )
    parser.add_argument("--scorers", type=Path, required=True, help="the folder that holds eval/ and gold/")
    parser.add_argument("--split", choices=_SPLITS, default="train")
    parser.add_argument("--limit", type=int, default=0, help="articles; all of them where it is 0")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.scorers / "eval"))
    scorer = importlib.import_module("eval_quotes")
    judged, right, quotes = Counter[str](), Counter[str](), 0
    for article in scorer.load(str(options.corpora / _CORPUS), options.split, options.limit):
        found = read_text(article.text).to_dict()["quotes"]
        marked = list(_verdicts(scorer, article, found))
        quotes += len(marked)
        for method, is_right in (*marked, *_verdicts_of_reports(scorer, article, found)):
            judged[method] += 1
            right[method] += is_right
    del judged[""]
    posting = [method for method in judged if is_speaker_sure(QuoteKind.DIRECT, method)]
    named, wrong = sum(judged[one] for one in posting), sum(judged[one] - right[one] for one in posting)
    return {
        "bench": "rules",
        "split": options.split,
        "quotes": quotes,
        **{method: f"{right[method] / count:.3f} of {count}" for method, count in judged.most_common()},
        "posting, wrong of the named": f"{wrong / max(named, 1):.3f} of {named}",
        "posting, coverage": f"{named / max(quotes, 1):.3f} of {quotes}",
    }


def _verdicts(scorer: Any, article: Any, found: Sequence[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    # A quote that is not found, or has no speaker, has no rule.
    marked = [quote for quote in found if quote["kind"] != "indirect"]
    for gold in article.gold:
        if gold["src"] and (verdict := _verdict(scorer, article, [(gold["b"], gold["e"])], gold, marked)) is not None:
            yield verdict


def _verdicts_of_reports(scorer: Any, article: Any, found: Sequence[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    reports = [quote for quote in found if quote["kind"] == "indirect"]
    for one in article.attr:
        words = " ".join(article.text[start:end] for start, end in one["Source"])
        gold = {"src": one["Source"], "srctext": words}
        verdict = _verdict(scorer, article, one["Content"], gold, reports) if one["Source"] and one["Content"] else None
        if verdict is not None and verdict[0]:
            yield f"{verdict[0]}{_OF_REPORT}", verdict[1]


def _verdict(
    scorer: Any,
    article: Any,
    content: Sequence[tuple[int, int]],
    gold: dict[str, Any],
    quotes: Sequence[dict[str, Any]],
) -> tuple[str, bool] | None:
    def share(quote: dict[str, Any]) -> float:
        total = sum(end - start for start, end in content)
        return float(sum(scorer.cover(b, e, quote["spans"]) * (e - b) for b, e in content) / max(total, 1))

    most, place = max(((share(quote), place) for place, quote in enumerate(quotes)), default=(0.0, 0))
    speaker = quotes[place]["speaker"] if most >= _ENOUGH else None
    if speaker is None:
        return "", False
    start = speaker["mention"] and speaker["mention"][0]
    verdict = scorer.speaker_ok(article, gold, {"speaker": speaker["name"], "speaker_start": start})
    return None if verdict is None else (quotes[place]["method"], bool(verdict))
