"""What is taken back, by who committed to it, and what is not."""

import pytest

from digest.reading.brief import read_text


def withdrawals(text):
    brief = read_text(text, language="en")
    assert all(one.is_withdrawal for one in brief.withdrawals)
    assert not any(one.is_withdrawal for one in brief.commitments)
    return [
        (
            tuple(brief.words(actor.name) for actor in one.actors),
            one.kind.value,
            brief.words(one.what),
            brief.words(one.cue),
        )
        for one in brief.withdrawals
    ]


@pytest.mark.parametrize(
    ("text", "actor", "kind", "what", "cue"),
    [
        ("Norland has dropped its plan to close the mine.", "Norland", "plan", "close the mine", "dropped"),
        ("Norland abandoned plans to build a wall.", "Norland", "plan", "build a wall", "abandoned"),
        ("Edda Voss broke her promise to mend the dam.", "Edda Voss", "pledge", "mend the dam", "broke"),
        ("Edda Voss went back on her promise to mend the dam.", "Edda Voss", "pledge", "mend the dam", "went"),
        ("Norland’s plan to sell the rail has been scrapped.", "Norland", "plan", "sell the rail", "scrapped"),
        ("The union has withdrawn its threat of a strike.", "The union", "threat", "a strike", "withdrawn"),
    ],
)
def test_who_takes_back_what(text, actor, kind, what, cue):
    assert withdrawals(text) == [((actor,), kind, what, cue)]
    assert read_text(text, language="en").commitments == ()


@pytest.mark.parametrize(
    "text",
    [
        "Norland blocked Ostmark’s plan to sell the ferry.",
        "Norland dropped Ostmark’s plan to sell the ferry.",
        "Voters urged Norland to drop its plan to sell the ferry.",
        "Norland could abandon its promise to mend the dam.",
        "Norland has not dropped its plan to sell the ferry.",
        "Norland will keep its promise to mend the dam.",
        "Norland dropped its refusal to mend the dam.",
        "Has Norland dropped its plan to sell the ferry?",
        "Norland drew up its plan to sell the ferry.",
        "The rain broke its promise to last.",
        "Norland dropped its plan.",
    ],
)
def test_what_others_do_or_nobody_did_is_no_withdrawal(text):
    assert withdrawals(text) == []
