"""A reading as lines of text, one a thing found, so that two readings are compared by eye and by diff."""

from difflib import unified_diff


def lines_of(brief):
    """Everything that is found in an article and shown of it, in words, in the order of the text."""
    return [
        *(_sentence(brief, index) for index in brief.summary.sentences),
        *(_quote(brief, quote) for quote in brief.quotes),
        *(_commitment(brief, commitment) for commitment in brief.commitments),
        f"card: {brief.card.sentences} {brief.card.quotes} {brief.card.commitments}",
    ]


def changed_lines(before, now):
    """The lines that are gone, with a minus before them, and the new ones, with a plus."""
    diff = unified_diff(before, now, lineterm="", n=0)
    return [line for line in diff if line[0] in "+-" and line not in {"--- ", "+++ "}]


def _sentence(brief, index):
    return f"summary {index}: {_words(brief, brief.sentences[index].span)}"


def _quote(brief, quote):
    speaker = quote.speaker
    who = (speaker.name, speaker.mention, speaker.role) if speaker else ()
    said = " … ".join(_words(brief, span) for span in quote.spans)
    return _joined(quote.kind.value, said, *(_words(brief, span) for span in (*who, quote.cue)), quote.method)


def _commitment(brief, one):
    due = one.deadline
    return _joined(
        f"{one.strength.value} {one.kind.value}",
        ", ".join(f"{_words(brief, actor.name)} ({_words(brief, actor.mention)})" for actor in one.actors),
        *(_words(brief, span) for span in (one.cue, one.what, one.recipient, one.condition, one.reported_by)),
        f"{_words(brief, due.span)} {due.earliest} {due.latest}" if due else "",
        f"{brief.words(one.sentence)[:30]} +{len(one.also)}",
        one.method,
    )


def _joined(*parts):
    return " | ".join(parts)


def _words(brief, span):
    return " ".join(brief.words(span).split()) if span else ""
