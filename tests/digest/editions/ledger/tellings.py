"""Tellings of a commitment, with defaults for all that a test does not speak of."""

from datetime import UTC, datetime, timedelta

from digest.model import CommitmentKind, LedgerEntry, Telling

FIRST_TOLD = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def telling(what="close its brewery in Sedge Hill", *, day=0, actor="Marlow Brewing", sentence=None, **changes):
    """What an outlet tells some days after the first."""
    values = {
        "actors": (actor,),
        "kind": CommitmentKind.PLAN,
        "what": what,
        "sentence": sentence or f"{actor} plans to {what}.",
        "told_at": FIRST_TOLD + timedelta(days=day),
    }
    return Telling(**(values | changes))


def entry(*tellings, marks=(), number=1):
    return LedgerEntry(number, tellings, marks)
