"""What is said of a rule's precision is what the gold measures."""

from digest.model import QuoteKind
from digest.reading.certainty import commitment_precision, speaker_precision
from digest.reading.commitments.trigger import Rule
from digest.reading.lexicon import load_cues
from tests.gold.rules import measure_rules

FEWEST = 10


def test_the_figures_of_commitments_rules_are_the_golds():
    measured = {
        rule: {"precision": round(right / judged, 3), "judged": judged}
        for rule, (right, judged) in measure_rules().items()
        if judged >= FEWEST
    }
    assert load_cues("commitment_precision")["found"] == measured


def test_a_rule_that_is_not_measured_says_nothing():
    measured = [rule for rule in Rule if commitment_precision(rule)]
    assert 0 < len(measured) < len(Rule)
    assert commitment_precision("any") is None
    assert speaker_precision(QuoteKind.DIRECT, "any") is None


def test_the_same_rule_has_other_figures_for_reports():
    marked, report = (speaker_precision(kind, "according to") for kind in (QuoteKind.DIRECT, QuoteKind.INDIRECT))
    assert (marked.share, marked.judged) == (0.842, 19)
    assert (report.share, report.judged) == (0.917, 324)
    assert marked.corpus == "PolNeAR, train split"
