"""Values for tests, with defaults for all that the test does not speak of."""

from datetime import UTC, date, datetime, time

from digest.model import (
    Actor,
    Article,
    Brief,
    Card,
    Commitment,
    CommitmentKind,
    Deadline,
    Entry,
    LedgerEntry,
    Page,
    Quote,
    QuoteKind,
    Sentence,
    Source,
    Span,
    Speaker,
    Subscription,
    Summary,
    Telling,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEXT = (
    "Five ports signed the rule on Sunday. "
    "“Nobody left the room happy,” said Ilse Brandt, director of the port of Sarn.\n"
    "The ports will inspect every ship from 1 March."
)


def span(words, text=TEXT):
    """The span of the first place where the words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def article(text=TEXT, **changes):
    values = {
        "url": "https://gazette.example/ports",
        "title": "Five ports agree on a common rule",
        "site": "Harbour Gazette",
        "published_at": NOW,
        "language": "en",
    }
    return Article(text=text, **(values | changes))


def quote(text=TEXT):
    return Quote(
        kind=QuoteKind.DIRECT,
        spans=(span("Nobody left the room happy", text),),
        cue=span("said", text),
        speaker=Speaker(
            name=span("Ilse Brandt", text),
            mention=span("Ilse Brandt", text),
            role=span("director of the port of Sarn", text),
        ),
        method="subject after the marks, then its verb",
    )


def commitment(text=TEXT):
    return Commitment(
        actors=(Actor(name=span("The ports", text), mention=span("The ports", text)),),
        kind=CommitmentKind.PLAN,
        what=span("inspect every ship", text),
        cue=span("will", text),
        sentence=span("The ports will inspect every ship from 1 March.", text),
        deadline=Deadline(span("from 1 March", text), date(2027, 3, 1), date(2027, 3, 1)),
        method="modal under a named subject",
    )


def brief(**changes):
    """A brief of TEXT with a quote and a commitment; `changes` are changes of its article."""
    return Brief(
        article=article(**changes),
        sentences=(
            Sentence(0, span("Five ports signed the rule on Sunday.")),
            Sentence(1, span("“Nobody left the room happy,” said Ilse Brandt, director of the port of Sarn.")),
            Sentence(2, span("The ports will inspect every ship from 1 March.")),
        ),
        summary=Summary((0, 2), "lead"),
        quotes=(quote(),),
        commitments=(commitment(),),
        card=Card((0, 2), (0,), (0,)),
        read_until=len(TEXT),
    )


def entry_on_record(*tellings, id=1, marks=()):  # noqa: A002 -- as the field is called
    """A commitment over time: by default that of TEXT, told once."""
    told = Telling(("The ports",), CommitmentKind.PLAN, "inspect every ship", "The ports will inspect every ship.")
    return LedgerEntry(id, tellings or (told,), tuple(marks))


def source(**changes):
    values = {"url": "https://gazette.example/feed.xml", "name": "Harbour Gazette"}
    return Source(**(values | changes))


def entry(**changes):
    values = {
        "identity": "ports-1",
        "url": "https://gazette.example/ports",
        "title": "Five ports agree on a common rule",
        "published_at": NOW,
    }
    return Entry(**(values | changes))


def page(body="<p>Hello</p>", **changes):
    values = {"url": "https://gazette.example/ports", "body": body if isinstance(body, bytes) else body.encode()}
    return Page(**(values | changes))


def subscription(**changes):
    values = {"guild_id": 1, "channel_id": 10, "times": (time(8, 0),), "zone": "Europe/Berlin"}
    return Subscription(**(values | changes))
