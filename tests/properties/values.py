"""Every value that the store keeps, with anything a page or a feed may have put into it."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from digest.model import (
    Actor,
    Article,
    ArticleKind,
    Brief,
    Card,
    Commitment,
    CommitmentKind,
    Deadline,
    Entry,
    Mark,
    Period,
    Quote,
    QuoteKind,
    Sentence,
    Source,
    SourceKind,
    Span,
    Speaker,
    Standing,
    Strength,
    Subscription,
    Summary,
)

# NUL and lone surrogates are no text that a database takes; tests/digest/store says what becomes of them.
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-11))])
instants = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=zones)  # noqa: DTZ001 -- bounds
days = st.dates(date(1900, 1, 1), date(9000, 1, 1))
ids = st.integers(0, 2**63 - 1)


@st.composite
def briefs(draw):
    text = draw(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200))

    def span():
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        return Span(*sorted(draw(ends)))

    def maybe(what):
        return what() if draw(st.booleans()) else None

    def some(what):
        return tuple(what() for _ in range(draw(st.integers(0, 3))))

    def quote():
        speaker = maybe(lambda: Speaker(span(), maybe(span), maybe(span)))
        return Quote(draw(st.sampled_from(QuoteKind)), some(span), maybe(span), speaker, draw(words))

    def commitment(*, is_withdrawal=False):
        return Commitment(
            actors=some(lambda: Actor(span(), maybe(span))),
            kind=draw(st.sampled_from(CommitmentKind)),
            what=span(),
            cue=span(),
            sentence=span(),
            recipient=maybe(span),
            condition=maybe(span),
            deadline=maybe(lambda: Deadline(span(), draw(st.none() | days), draw(st.none() | days))),
            strength=draw(st.sampled_from(Strength)),
            reported_by=maybe(span),
            also=some(span),
            method=draw(words),
            is_withdrawal=is_withdrawal,
        )

    sentences = tuple(Sentence(index, one) for index, one in enumerate(some(span)))
    indexes = st.lists(st.integers(0, 9), max_size=3).map(tuple)
    chosen = st.lists(st.sampled_from(range(len(sentences))), max_size=3).map(tuple) if sentences else st.just(())
    return Brief(
        article=draw(
            st.builds(
                Article,
                text=st.just(text),
                url=words,
                canonical_url=words,
                title=words,
                byline=words,
                site=words,
                published_at=st.none() | instants,
                modified_at=st.none() | instants,
                language=st.none() | words,
                image=words,
                kind=st.sampled_from(ArticleKind),
            )
        ),
        sentences=sentences,
        summary=Summary(draw(chosen), draw(words)),
        quotes=some(quote),
        commitments=some(commitment),
        card=Card(draw(indexes), draw(indexes), draw(indexes)),
        read_until=draw(st.integers(0, len(text))),
        withdrawals=some(lambda: commitment(is_withdrawal=True)),
    )


sources = st.builds(Source, words, words, st.sampled_from(SourceKind), st.none() | words, st.just(0))
entries = st.builds(Entry, words, words, words, words, st.none() | instants)
periods = st.builds(Period, instants, instants)
subscriptions = st.builds(
    Subscription,
    guild_id=ids,
    channel_id=ids,
    times=st.lists(st.times().map(lambda at: at.replace(microsecond=0)), max_size=4).map(tuple),
    zone=st.sampled_from(["UTC", "Pacific/Apia", "America/Argentina/ComodRivadavia"]),
    weekdays=st.lists(st.integers(0, 6), max_size=7).map(tuple),
    source_ids=st.lists(ids, max_size=4).map(tuple),
    name=words,
    max_stories=st.integers(0, 25),
    paused_because=words,
    id=st.just(0),
    answers_due=st.booleans(),
)
marks = st.builds(Mark, st.sampled_from(Standing), ids, words, instants, words)
slots = st.tuples(days, st.times())
