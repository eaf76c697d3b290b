"""Where the words stand that a brief has to show."""


def spans_of(brief):
    """Every span of its quotes and commitments."""
    for quote in brief.quotes:
        yield from quote.spans
        yield from (span for span in (quote.cue,) if span)
        if quote.speaker:
            yield from (span for span in (quote.speaker.name, quote.speaker.mention, quote.speaker.role) if span)
    for commitment in brief.commitments:
        yield from (commitment.what, commitment.cue, commitment.sentence, *commitment.also)
        yield from (span for span in (commitment.recipient, commitment.condition, commitment.reported_by) if span)
        yield from (actor.name for actor in commitment.actors)
        yield from (actor.mention for actor in commitment.actors if actor.mention)
        if commitment.deadline:
            yield commitment.deadline.span
