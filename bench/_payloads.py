"""Payloads of digests full of anything, and attacks in every place where others' words are shown."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.render import (
    Message,
    render_articles,
    render_commitments,
    render_digest,
    render_due,
    render_entry,
    render_quotes,
    render_sources,
)
from bot.render.limits import breaches
from digest.model import (
    Article,
    ArticleHit,
    Brief,
    Card,
    Commitment,
    CommitmentKind,
    Digest,
    Failure,
    FailureKind,
    LedgerEntry,
    Mark,
    Period,
    Quote,
    QuoteHit,
    QuoteKind,
    Sentence,
    Source,
    SourceStatus,
    Span,
    Speaker,
    Standing,
    Story,
    Telling,
)
from digest.model.reading import Actor
from tests import hostile
from tests.builders import NOW
from tests.harmless import check_harmless, check_limits
from tests.wire.limits import wrong_in_message
from tests.wire.openapi import description

_PATH = "/channels/1/messages"

Places: TypeAlias = dict[str, Callable[[str], Iterator[str]]]
"""What gives the payloads that show some words, by where they show them."""


def measure_payloads(number: int, *, first: int = 9) -> dict[str, Any]:
    """Return how many payloads of `number` digests of anything Discord would refuse, by limits and description."""
    counts: Counter[str] = Counter()
    described = description()

    @seed(first)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile.digests())
    def render(digest: Digest) -> None:
        counts["digests"] += 1
        for part in render_digest(digest):
            body = json.loads(part.payload)
            counts["payloads"] += 1
            counts["over a limit"] += bool(breaches(Message.from_json(part.payload)))
            counts["over a limit by the wire's table"] += bool([*wrong_in_message(body, may_be_empty=False)])
            if described:
                sent = {name: body[name] for name in ("content", "embeds") if body.get(name)}
                counts["not as Discord describes"] += described.complaint("POST", _PATH, sent) is not None

    render()
    return dict(counts) | {"held against Discord's description": described is not None}


def measure_attacks(places: Places | None = None) -> dict[str, Any]:
    """Return how many attacks in how many places of payloads do anything: live markup, pings, links, invites."""
    cases = effects = 0
    works: list[str] = []
    for attack in hostile.ATTACKS:
        for place, payloads in _places(attack, places or _PLACES):
            cases += 1
            try:
                for payload in payloads():
                    check_limits(payload)
                    check_harmless(payload)
            except (AssertionError, UnicodeEncodeError) as error:
                effects += 1
                works.append(f"{attack!r} in {place}: {error}")
    return {"attacks": len(hostile.ATTACKS), "cases": cases, "effects": effects, "which": works}


def _places(attack: str, places: Places) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    for place, text in (
        ("alone", attack),
        ("in a sentence", f"The port {attack} was shut."),
        ("at the end", f"It {attack}"),
    ):
        for where, made in places.items():
            yield f"{where}, {place}", lambda made=made, text=text: (one for one in made(text))  # type: ignore[misc]


def _article(words: str) -> Iterator[str]:
    whole = Span(0, len(words))
    brief = Brief(
        Article(words, url=f"https://news.example/{words}", title=words, site=words, byline=words, image=words),
        (Sentence(0, whole),),
        quotes=(Quote(QuoteKind.DIRECT, (whole,), None, Speaker(whole, role=whole), "any"),),
        commitments=(
            Commitment((Actor(whole),), CommitmentKind.PLEDGE, whole, whole, whole, condition=whole, reported_by=whole),
        ),
        card=Card((0,), (0,), (0,)),
        read_until=len(words),
    )
    for order in (("sentences", "quotes"), ("quotes",), ("commitments",)):
        shown = replace(brief, card=replace(Card(), **dict.fromkeys(order, (0,))))
        digest = Digest(words, Period(NOW, NOW), "UTC", (Story(words, (shown,)), Story(words, (brief,))))
        yield from (part.payload for part in render_digest(digest))


def _entry(words: str) -> LedgerEntry:
    told = Telling((words, words), CommitmentKind.THREAT, words, words, words, words, reported_by=words)
    told = replace(told, title=words, url=words, site=words, cue=words)
    return LedgerEntry(1, (told, told), (Mark(Standing.KEPT, 1, words, NOW, words),))


def _ledger(words: str) -> Iterator[str]:
    entry = _entry(words)
    yield render_entry(entry, today=NOW.date()).to_json()
    yield render_commitments([entry], words).to_json()
    yield render_due([entry], 7).to_json()


def _hits(words: str) -> Iterator[str]:
    yield render_articles([ArticleHit(1, words, words, words, NOW, words)], words).to_json()
    hit = QuoteHit(1, QuoteKind.MIXED, (words, words), words, words, words, words, words, NOW, also_in=(words,))
    yield render_quotes([hit], words).to_json()


def _nothing(words: str) -> Iterator[str]:
    for answer in (render_articles([], words), render_quotes([], words), render_commitments([], words)):
        yield answer.to_json()


def _sources(words: str) -> Iterator[str]:
    failed = Failure(words, FailureKind.REFUSED, 403, NOW)
    yield render_sources([SourceStatus(Source(words, words), None, failed)]).to_json()


_PLACES: Places = {
    "an article": _article,
    "the ledger": _ledger,
    "look-ups": _hits,
    "a query": _nothing,
    "sources": _sources,
}
