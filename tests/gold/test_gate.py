"""The gate: today's reading is at or above every floor, any regression shuts it, and no floor is ever lowered."""

from dataclasses import replace

import pytest

from digest import CommitmentKind, QuoteKind, Span, Strength
from tests.gold import corpus
from tests.gold.__main__ import main
from tests.gold.agreement import agreement, disagreements
from tests.gold.gate import (
    LoweredError,
    Pinned,
    briefs_now,
    changes,
    complaints,
    load_pinned,
    measure,
    pin,
    save_pinned,
)


@pytest.fixture(scope="module")
def today():
    return measure(briefs_now())


def test_the_reader_is_at_every_floor_or_above(today):
    shut = complaints(load_pinned(), today, corpus.corpus_hash())
    assert shut == [], "\n".join(["", *shut, *changes(load_pinned(), today)])


# --- one regression of each kind: what the reader would give if a part of it failed ---


def each(field, change):
    return lambda brief: replace(brief, **{field: tuple(change(one) for one in getattr(brief, field))})


def every_second(field):
    return lambda brief: replace(brief, **{field: getattr(brief, field)[::2]})


def nobody_speaks(quote):
    return replace(quote, speaker=None)


def somebody_else_speaks(brief):
    names = [quote.speaker for quote in brief.quotes]
    shifted = [*names[1:], *names[:1]]
    return replace(
        brief, quotes=tuple(replace(one, speaker=name) for one, name in zip(brief.quotes, shifted, strict=True))
    )


def with_one_more_word(quote):
    return replace(quote, spans=(*quote.spans, Span(0, 3)))


def without_kind(commitment):
    return replace(commitment, kind=CommitmentKind.PLAN)


def without(field):
    return lambda commitment: replace(commitment, **{field: None})


def everything_is_a_deadline(commitment):
    return replace(commitment, condition=commitment.sentence, recipient=commitment.sentence)


def without_end(commitment):
    due = commitment.deadline
    return replace(commitment, deadline=due and replace(due, latest=None))


def the_last_sentences(brief):
    last = tuple(range(len(brief.sentences)))[-3:]
    return replace(brief, card=replace(brief.card, sentences=last))


def the_last(field):
    def change(brief):
        last = tuple(range(len(getattr(brief, field))))[-3:]
        return replace(brief, card=replace(brief.card, **{field: last}))

    return change


def one_article_for_all(brief):
    return replace(brief, article=corpus.load()[0].brief.article)


@pytest.mark.parametrize(
    ("regression", "measures"),
    [
        (each("quotes", nobody_speaks), {"speakers marked: recall", "speakers indirect: recall"}),
        (somebody_else_speaks, {"speakers marked: precision", "speakers indirect: precision"}),
        (every_second("quotes"), {"quotes marked: recall", "quotes indirect: recall"}),
        (each("quotes", lambda quote: replace(quote, spans=(Span(0, 9),))), {"quotes marked: precision"}),
        (each("quotes", lambda quote: replace(quote, kind=QuoteKind.DIRECT)), {"quote kinds: precision"}),
        (every_second("commitments"), {"commitments: recall"}),
        (lambda brief: replace(brief, commitments=brief.commitments * 2), {"commitments: precision"}),
        (each("commitments", without_kind), {"kind and actor: f1"}),
        (each("commitments", lambda one: replace(one, actors=())), {"kind and actor: f1"}),
        (each("commitments", lambda one: replace(one, strength=Strength.HEDGED)), {"strength: precision"}),
        (each("commitments", without("condition")), {"condition: recall"}),
        (each("commitments", without("reported_by")), {"reported by: recall"}),
        (each("commitments", without("deadline")), {"deadline: recall"}),
        (each("commitments", without_end), {"deadline: f1"}),
        (each("commitments", everything_is_a_deadline), {"condition: precision", "recipient: precision"}),
        (the_last_sentences, {"card sentences: precision", "card sentences: recall"}),
        (the_last("quotes"), {"card quotes: precision"}),
        (the_last("commitments"), {"card commitments: precision"}),
        (one_article_for_all, {"stories: precision"}),
    ],
    ids=lambda one: " and ".join(sorted(one)) if isinstance(one, set) else "",
)
def test_a_regression_of_each_kind_shuts_the_gate_and_names_the_figure_and_the_examples(regression, measures):
    pinned = load_pinned()
    spoilt = measure({name: regression(brief) for name, brief in briefs_now().items()})
    shut = complaints(pinned, spoilt, corpus.corpus_hash())
    assert measures <= {": ".join(line.split(" is ")[0].split(": ")[:2]) for line in shut}
    assert changes(pinned, spoilt)


def test_another_corpus_shuts_the_gate(today):
    (shut,) = complaints(load_pinned(), today, "another")
    assert "the corpus is not the one that is pinned" in shut


def test_a_floor_is_never_lowered_over_the_same_corpus(today):
    higher = {name: dict.fromkeys(floors, 101) for name, floors in load_pinned().floors.items()}
    with pytest.raises(LoweredError, match="commitments: precision"):
        pin(replace(load_pinned(), floors=higher), today, corpus.corpus_hash())


def test_a_floor_rises_with_the_figure(today):
    lower = {name: dict.fromkeys(floors, 0) for name, floors in load_pinned().floors.items()}
    risen = pin(replace(load_pinned(), floors=lower), today, corpus.corpus_hash())
    assert all(
        floor >= lower[name][figure] for name, floors in risen.floors.items() for figure, floor in floors.items()
    )
    assert risen.floors["commitments"]["f1"] > 0


def test_over_another_corpus_new_figures_are_pinned_only_with_a_reason(today):
    other = replace(load_pinned(), corpus="another")
    with pytest.raises(LoweredError, match="say why"):
        pin(other, today, corpus.corpus_hash())
    assert pin(other, today, corpus.corpus_hash(), why="two labels corrected").why == "two labels corrected"


def test_what_is_pinned_is_read_back_as_it_was(tmp_path):
    pinned = Pinned("hash", {"stories": {"f1": 90}}, {"pier q1": "right"}, {"pier": ["a line"]}, "first")
    save_pinned(pinned, tmp_path / "pinned.json")
    assert load_pinned(tmp_path / "pinned.json") == pinned


def test_the_command_prints_figures_agreement_and_that_the_gate_opens(capsys):
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert "speakers marked" in printed
    assert "two passes" in printed
    assert "0 things changed" in printed
    assert "the gate opens" in printed


def test_two_passes_agree_on_most_of_what_the_reader_is_asked():
    people = agreement().tallies
    assert people["speakers marked"].f1 > 0.9
    assert people["kind and actor"].f1 > 0.7
    counts = disagreements()
    assert counts["alike"] > 10 * counts["in one pass only"] > 0
