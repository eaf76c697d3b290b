"""Strategies for values full of what nobody would print: attacks, endless words, every character there is."""

from datetime import date, datetime
from functools import cache

from hypothesis import strategies as st

from digest.model import (
    Actor,
    Article,
    ArticleKind,
    Brief,
    Card,
    Change,
    Commitment,
    CommitmentKind,
    Coverage,
    Deadline,
    Digest,
    Entry,
    Failure,
    FailureKind,
    Filters,
    Imported,
    LedgerEntry,
    Mark,
    Offer,
    Period,
    Quote,
    QuoteKind,
    Sentence,
    Source,
    SourceKind,
    SourceStatus,
    Span,
    Speaker,
    Standing,
    Story,
    Strength,
    Style,
    Telling,
    Trouble,
)

ATTACKS = (
    "@everyone",
    "@here",
    "@\u200beveryone",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "</cmd:1>",
    "<id:customize>",
    "<a:x:1>",
    "<:x:1>",
    "<t:1:R>",
    "[free](https://evil.example)",
    "](https://evil.example)",
    "https://evil.example/a_b",
    "<https://evil.example>",
    "discord.gg/abc",
    "https://discord.com/invite/abc",
    "discordapp.com/invite/abc",
    ":smile:",
    "# head",
    "-# small",
    "> quote",
    ">>> quote",
    "- item",
    "1. item",
    "123456) item",
    "**bold**",
    "__under__",
    "~~gone~~",
    "||spoiler||",
    "`code`",
    "```\ncode\n```",
    "\\",
    "\\\\",
    "\u202etxet\u202c",
    "\u2066\u200b\u200d\ufeff",
    "\x00\x1b[31m",
    "\r\n\n",
    "\u2028\u2029\x85",
    "\U000e0001\U000e007f",
    "\ud800",
    "\u3164\u2800",
    "👩‍👩‍👧‍👦",
    "e\u0301",
    "<\u0338",
    "\u202e@here",
    "“",
    "”",
)
HALF = 0.5
DAYS = (None, date(2026, 11, 26), date(2027, 3, 1), date.min, date.max)
_TIMES = st.datetimes(timezones=st.timezones()) | st.sampled_from(
    [datetime.fromisoformat("0001-01-01T00:00:00+14:00"), datetime.fromisoformat("9999-12-31T23:59:59-12:00")]
)
_ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "Pacific/Apia", "America/New_York", "Nowhere/At_All", "", "..", "\x00"]
)


@cache
def texts(longest=60):
    """Any text: short and long, with attacks in it and without."""
    short = st.text(max_size=40) | st.sampled_from(ATTACKS)
    mixed = st.lists(short, max_size=6).map(" ".join) | st.lists(short, max_size=6).map("".join)
    return mixed | st.builds(lambda stretch, times: stretch * times, short, st.integers(1, longest))


@cache
def urls():
    """Addresses: good ones, bad ones, none."""
    good = st.builds("https://news.example/{}".format, texts(40))
    return good | texts(40) | st.sampled_from(["", "javascript:alert(1)", "http://[::1", "https://discord.gg/x"])


@st.composite
def briefs(draw):
    """An article full of anything, with spans anywhere in it."""
    text = draw(texts(200))
    places = draw(st.randoms(use_true_random=False))  # cheaper to draw than every place by itself

    def span():
        return Span(*sorted(places.randint(0, len(text)) for _ in range(2)))

    def some(what, most=4):
        return tuple(what() for _ in range(places.randint(0, most)))

    def maybe(what):
        return what() if places.random() < HALF else None

    def speaker():
        return Speaker(span(), maybe(span), maybe(span))

    def quote():
        return Quote(places.choice(list(QuoteKind)), some(span, 3), maybe(span), maybe(speaker), "any")

    def deadline():
        return Deadline(span(), places.choice(DAYS), places.choice(DAYS))

    def commitment():
        return Commitment(
            actors=tuple(Actor(one) for one in some(span, 6)),
            kind=places.choice(list(CommitmentKind)),
            what=span(),
            cue=span(),
            sentence=span(),
            condition=maybe(span),
            deadline=maybe(deadline),
            strength=places.choice(list(Strength)),
            reported_by=maybe(span),
        )

    sentences = tuple(Sentence(index, one) for index, one in enumerate(some(span)))
    quotes, commitments = some(quote), some(commitment)
    return Brief(
        article=Article(
            text=text,
            url=draw(urls()),
            canonical_url=draw(urls()),
            title=draw(texts()),
            site=draw(texts()),
            image=draw(urls()),
            published_at=draw(st.none() | _TIMES),
            kind=draw(st.sampled_from(ArticleKind)),
        ),
        sentences=sentences,
        quotes=quotes,
        commitments=commitments,
        card=Card(tuple(range(len(sentences))), tuple(range(len(quotes))), tuple(range(len(commitments)))),
    )


@cache
def tellings():
    """Commitments as somebody tells them, with anything in every field."""
    some = st.none() | texts()
    return st.builds(
        Telling,
        actors=st.lists(texts(), max_size=6).map(tuple),
        kind=st.sampled_from(CommitmentKind),
        what=texts(200),
        sentence=texts(),
        condition=some,
        deadline=some,
        earliest=st.none() | st.dates(),
        latest=st.none() | st.dates(),
        strength=st.sampled_from(Strength),
        reported_by=some,
        title=texts(),
        url=urls(),
        site=texts(),
        published_at=st.none() | _TIMES,
        cue=texts(),
        is_withdrawal=st.booleans(),
        told_at=st.none() | _TIMES,
        change=st.none() | st.sampled_from(Change),
        trouble=st.none() | st.sampled_from(Trouble),
    )


@cache
def entries():
    """Commitments on record, told and marked by anybody, once or a hundred times."""
    marks = st.builds(Mark, st.sampled_from(Standing), st.integers(0, 2**63), texts(), _TIMES, texts(200))
    told = st.lists(tellings(), min_size=1, max_size=4) | st.builds(lambda one: [one] * 100, tellings())
    marked = st.lists(marks, max_size=3) | st.builds(lambda one: [one] * 100, marks)
    return st.builds(LedgerEntry, st.integers(1, 2**53), told.map(tuple), marked.map(tuple))


@cache
def failures():
    """Sources that failed, called anything."""
    kinds = st.sampled_from(FailureKind)
    return st.builds(Failure, texts(), kinds, st.none() | st.integers(100, 599), st.none() | _TIMES)


@cache
def filters():
    """Filters that anybody typed, few words or many."""
    words = st.lists(texts(), max_size=30).map(tuple)
    return st.builds(Filters, words, words, words, words, words)


@cache
def sources():
    """Sources that call themselves anything, and stand anywhere."""
    return st.builds(Source, urls(), texts(), st.sampled_from(SourceKind))


@cache
def statuses():
    """Sources that a guild follows, well or not, a few or many."""
    maybe = st.none() | _TIMES
    some = st.builds(SourceStatus, sources(), maybe, st.none() | failures(), st.booleans(), maybe, filters())
    return st.lists(some, max_size=6) | st.builds(lambda one: [one] * 60, some)


@cache
def listed():
    """What a source lists: entries with anything for a title, an address, a time."""
    entries = st.builds(Entry, identity=texts(), url=urls(), title=texts(), published_at=st.none() | _TIMES)
    return st.lists(entries, max_size=3) | st.builds(lambda one: [one] * 60, entries)


@cache
def offers():
    """What can be followed at an address, five at most."""
    one = st.builds(Offer, sources(), listed().map(lambda some: tuple(some[:3])), st.integers(0, 10**9))
    return st.lists(one, min_size=1, max_size=5).map(tuple)


@cache
def imported():
    """What became of a list of sources."""
    counts = st.integers(0, 10**9)
    return st.builds(Imported, counts, counts, st.lists(failures(), max_size=100).map(tuple), counts)


@cache
def digests():
    """Digests of nothing, of much, of anything."""
    stories = st.builds(Story, texts(), st.lists(briefs(), max_size=3).map(tuple))
    many = st.builds(lambda one, times: (one,) * times, stories, st.integers(1, 40))
    counts = st.integers(0, 10**9)
    return st.builds(
        Digest,
        name=texts(),
        period=st.builds(Period, _TIMES, _TIMES),
        zone=_ZONES,
        stories=st.lists(stories, max_size=4).map(tuple) | many,
        falling_due=st.lists(entries(), max_size=4).map(tuple),
        coverage=st.builds(Coverage, counts, counts, st.lists(failures(), max_size=30).map(tuple), counts),
        style=st.sampled_from(Style),
        role_id=st.none() | st.integers(1, 2**63 - 1),
    )
