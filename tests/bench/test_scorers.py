"""The scorers' table has every figure that the scripts print, and says when one is missing."""

import json

import pytest

from bench.__main__ import main
from bench.scorers import UnreadableScoreError, measure

# What each script prints, in the form of the scripts; the figures are made up.
PRINTED = {
    "eval/eval_quotes.py": """
  all attributions incl. indirect (gold 9, predicted 8): lenient P/R/F1 91.5/41.5/61.5, speaker right 8/9 of the found
  a speaker is named for 57/61 (81.1%), wrong of the named 1 (2.5%)
  speaker accuracy given matched quote 93.1%   end-to-end 71.5%   1900 words/s""",
    "eval/eval_commitments.py": """
  PLOVER: sentences 9, positive 5: detection P/R/F1 91.0/81.0/86.0; of the 5: right kind 4
     kind+actor F1 72.5   flagged by type: AGREE 2/2
  PolNeAR dev: gold commitment cues 6 in 8 articles; found 3 (recall 51.5%; without 3/6)""",
    "eval/eval_summaries.py": """
LEAD-3: R-1/R-2/R-L 41.0/17.0/37.0  0.1 ms a document
adapter:summary: R-1/R-2/R-L 42.0/18.0/38.0  2.0 ms a document""",
    "eval/eval_stories.py": "adapter:stories: 9 articles, fold even: B-cubed P 0.991 R 0.841 F 0.911, 5 stories",
    "gold/score_gold.py": """
QUOTES direct+mixed
  end-to-end            P  81.0  R  82.0  F1  81.5   (4 hits)
QUOTES indirect
  end-to-end            P  71.0  R  72.0  F1  71.5   (4 hits)
COMMITMENTS
  detection (any kind)  P  91.0  R  92.0  F1  91.5   (1 hits)
  kind + actor          P  61.0  R  62.0  F1  61.5   (1 hits)""",
    "gold/score_cards.py": """
SUMMARY   nugget recall (weighted)      0.375   (micro 0.375; of attainable 0.571)
          vital-nugget recall           0.661   (8 of 12)
          unfit sentences shown         5 of 18   (in context 3)
QUOTES    precision@3                   0.771   (6 articles; weak shown 1, other 3)
          weight-2 among the first two  4 of 6
COMMITM.  precision@3                   0.861   (6 articles)
          recall of weight-2            0.631   (5 of 9)""",
    "gold/score_hard.py": """
cases fully right: 9/10 (90.5%)
marks: spans + speaker         P  91.1%  R  92.1%  F1  91.6%  (1 right)
indirect: clause + speaker     P  81.1%  R  82.1%  F1  81.6%  (1 right)
commitments                    P  71.1%  R  72.1%  F1  71.6%  (1 right)""",
    "gold/predict.py": "predicted",
    "gold/articles_dev_texts.py": "written",
}


@pytest.fixture
def folder(tmp_path):
    for name, printed in PRINTED.items():
        script = tmp_path / name
        script.parent.mkdir(exist_ok=True)
        script.write_text(f"print({printed!r})\n", "utf-8")
    return tmp_path


def test_every_figure_of_every_scorer_stands_in_one_table(folder, capsys):
    assert main(["scorers", "--json", "--corpora", str(folder), "--scorers", str(folder)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["PolNeAR dev: speaker end to end"] == "71.5"
    assert figures["commitments: PLOVER even, kind + actor F1"] == "72.5"
    assert figures["REALSumm even: R-1/R-2/R-L"] == "42.0/18.0/38.0"
    assert figures["stories even: B-cubed P/R/F"] == "0.991/0.841/0.911"
    assert figures["hard cases: indirect + speaker P/R/F1"] == "81.1/82.1/81.6"
    assert figures["six articles: indirect span + speaker P/R/F1"] == "71.0/72.0/71.5"
    assert figures["six cards: unfit shown, of"] == "5/18"
    assert len(figures) == 26


def test_a_figure_that_a_scorer_does_not_print_is_an_error(folder):
    (folder / "eval/eval_stories.py").write_text("print('nothing to say')", "utf-8")
    with pytest.raises(UnreadableScoreError, match="B-cubed"):
        measure(["--corpora", str(folder), "--scorers", str(folder)])


def test_a_scorer_that_fails_is_an_error_with_its_own_words(folder):
    (folder / "gold/predict.py").write_text("raise SystemExit('no such corpus')", "utf-8")
    with pytest.raises(UnreadableScoreError, match="no such corpus"):
        measure(["--corpora", str(folder), "--scorers", str(folder)])
