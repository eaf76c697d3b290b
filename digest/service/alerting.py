"""Alerts: what arrived is looked through for what is followed, and what fits is written down to be told, once."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from digest.editions.filters import lets_through
from digest.editions.follows import (
    Evidence,
    Mentions,
    find_evidence,
    leave_visible_evidence,
    news_of,
    read_all_mentions,
    sentences_with,
)
from digest.editions.hidden import Curtain, visible_sentences
from digest.editions.schedule import after_quiet
from digest.errors import ReadingError
from digest.model import Alert, Filters, Fit, FollowKind, Hidden
from digest.service.tools import RenderAlert, Tools
from digest.store import Transaction, alerts, aliases, arrivals, entries, follows, guilds, hidden
from digest.store.arrivals import Arrived
from digest.store.follows import Followed

AT_ONCE = 100
"""Articles that are looked through together: what they have is one message a member and channel."""

_MOST_ROUNDS = 40  # what is left then waits for the next tick
_WRITTEN_AT_ONCE = 100  # alerts in a transaction: others want to write too
_LOOKING_SECONDS = 30.0


_Versions: TypeAlias = dict[tuple[int, int], int]
"""The version of each article that each follow is told of, by the ids of both."""

_Written: TypeAlias = tuple[Alert, str, _Versions]


@dataclass(frozen=True, slots=True)
class _Match:
    """A follow, an article that fits it, and why."""

    followed: Followed
    arrived: Arrived
    evidence: Evidence
    curtain: Curtain = Curtain(Hidden())  # noqa: RUF009 -- never changed


@dataclass(frozen=True, slots=True)
class _Draft:
    """What arrivals come to; `last_alert_id` is the newest alert that was there when it was found out."""

    numbers: tuple[int, ...]
    last_alert_id: int = 0
    matches: tuple[_Match, ...] = ()


async def alert_followers(tools: Tools, *, now: datetime, render: RenderAlert) -> int:
    """Look through what arrived; see Service.alert_followers."""
    made, limit = 0, AT_ONCE
    errors: list[Exception] = []
    for _ in range(_MOST_ROUNDS):
        try:
            draft = await _draft(tools, limit)
        except ReadingError as error:
            # Something in these cannot be looked through in time: one by one, until it is found, and then without it.
            if limit == 1:
                errors.append(error)
                await _pass_over(tools)
            limit = 1
            continue
        if draft is None:
            break
        made += await _write_down(tools, draft, now, render, errors)
    if errors:
        raise ExceptionGroup("some alerts could not be made", errors)
    return made


async def _draft(tools: Tools, limit: int) -> _Draft | None:
    async with tools.store.reading() as db:
        waiting = await arrivals.list_arrivals(db, limit=limit)
        if not waiting:
            return None
        article_ids = sorted(set(waiting.values()))
        last_alert_id = await alerts.get_last_id(db)
        arrived = await arrivals.get_arrived(db, article_ids) if await follows.are_any(db) else ()
        phrases = await follows.list_phrases(db, article_ids)
    if not arrived:
        return _Draft(tuple(waiting), last_alert_id)
    briefs = tuple(one.brief for one in arrived)
    mentions = await tools.think(read_all_mentions, briefs, phrases, timeout=_LOOKING_SECONDS)
    async with tools.store.reading() as db:
        matches = await _match(db, tuple(zip(arrived, mentions, strict=True)))
    return _Draft(tuple(waiting), last_alert_id, matches)


async def _match(db: Transaction, looked: Sequence[tuple[Arrived, Mentions]]) -> tuple[_Match, ...]:
    """Return what fits, was let through, and is news to the follower, the oldest article first."""
    meant = await aliases.map_names(db, {name for _, found in looked for name in found.names})
    phrases = {phrase for _, found in looked for phrase in found.phrases}
    by_key: dict[str, list[Followed]] = defaultdict(list)
    for one in await follows.list_by_keys(db, phrases.union(*meant.values())):
        by_key[one.key].append(one)
    named_by: dict[str, set[str]] = defaultdict(set)
    for name, keys in meant.items():
        for key in keys:
            named_by[key].add(name)
    fitting: list[_Match] = []
    for arrived, found in looked:
        await asyncio.sleep(0)
        keys = found.phrases.union(*(meant[name] for name in found.names))
        for key in sorted(keys & by_key.keys()):
            fitting += _matches_of(arrived, found, by_key[key], {key, *named_by[key]})
    return await _pick_news(db, await _leave_visible(db, await _let_through(db, fitting)))


def _matches_of(
    arrived: Arrived, found: Mentions, followed: Sequence[Followed], names: Collection[str]
) -> Iterator[_Match]:
    known: dict[tuple[FollowKind, str], Evidence | None] = {}  # many follow the same
    for one in followed:
        what = one.follow.kind, one.follow.words
        if what not in known:
            known[what] = find_evidence(arrived.brief, found, one.follow, names)
        evidence = known[what]
        if evidence and arrived.dated_at >= one.since:
            yield _Match(one, arrived, evidence)


async def _let_through(db: Transaction, fitting: Sequence[_Match]) -> list[_Match]:
    """Return those whose guild the article reached, through the filters of one of its sources."""
    article_ids = sorted({one.arrived.article_id for one in fitting})
    reach = await arrivals.map_reach(db, article_ids, {one.followed.follow.guild_id for one in fitting})
    is_filtered = any(filters != Filters() for some in reach.values() for filters in some.values())
    listings = await entries.map_listings(db, article_ids) if is_filtered else {}

    def passes(one: _Match) -> bool:
        sources = reach.get((one.arrived.article_id, one.followed.follow.guild_id), {})
        listed = listings.get(one.arrived.article_id, ())
        return any(
            filters == Filters()
            or any(lets_through(filters, entry, one.arrived.brief.article) for source, entry in listed if source == id_)
            for id_, filters in sources.items()
        )

    return [one for one in fitting if passes(one)]


async def _leave_visible(db: Transaction, fitting: Sequence[_Match]) -> list[_Match]:
    """Return what each follower's guild does not hide."""
    found = await hidden.map_hidden(db, {one.followed.follow.guild_id for one in fitting})
    curtains = {guild_id: Curtain(one) for guild_id, one in found.items()}
    visible = []
    for one in fitting:
        curtain = curtains[one.followed.follow.guild_id]
        left = leave_visible_evidence(curtain, one.arrived.article_id, one.arrived.brief, one.evidence)
        if left is not None:
            visible.append(replace(one, evidence=left, curtain=curtain))
    return visible


async def _pick_news(db: Transaction, fitting: Sequence[_Match]) -> tuple[_Match, ...]:
    """Return what the followers were not told, neither of this article nor in the same words by another."""
    arrived = list({one.arrived.article_id: one.arrived for one in fitting}.values())
    follow_ids = {one.followed.follow.id for one in fitting}
    had = await arrivals.list_told(db, follow_ids, [one.article_id for one in arrived])
    told = await arrivals.map_told_before(db, follow_ids, arrived)
    news = []
    for one in fitting:
        id_ = one.followed.follow.id
        evidence = news_of(one.evidence, one.arrived.said, one.arrived.promised, told[id_])
        if evidence and (id_, one.arrived.article_id) not in had:
            told[id_].update(one.arrived.said[number] for number in evidence.quotes)
            told[id_].update(one.arrived.promised[number] for number in evidence.commitments)
            news.append(replace(one, evidence=evidence))
    return tuple(news)


async def _write_down(tools: Tools, draft: _Draft, now: datetime, render: RenderAlert, errors: list[Exception]) -> int:
    """Keep the alerts and that the arrivals were looked through; return how many alerts.

    Where others changed what the rest of them rests on, that is not kept, and the arrivals are looked through again.
    What was kept by then, or before a crash, is found to be told.
    """
    async with tools.store.reading() as db:
        names = await guilds.map_names(db, {one.followed.follow.guild_id for one in draft.matches})
    written = await _render(draft, now, render, errors, names)
    made, last_alert_id = 0, draft.last_alert_id
    while True:
        lot = written[made : made + _WRITTEN_AT_ONCE]
        async with tools.store.writing() as db:
            await follows.take_turn(db)
            if not await _stands(db, draft, last_alert_id, [alert for alert, _, _ in lot]):
                return made
            for alert, payload, versions in lot:
                last_alert_id = await alerts.add_alert(db, alert, payload, versions)
            made += len(lot)
            if made == len(written):
                await arrivals.remove_arrivals(db, draft.numbers)
                return made


async def _render(
    draft: _Draft, now: datetime, render: RenderAlert, errors: list[Exception], names: Mapping[int, str]
) -> list[_Written]:
    written: list[_Written] = []
    for alert, versions in _alerts(draft.matches, now, names):
        await asyncio.sleep(0)  # thousands take long enough for others to wait
        try:
            written.append((alert, render(alert), versions))
        except Exception as error:  # noqa: BLE001 -- raised at the end; one that cannot be shown must not stop the rest
            errors.append(error)
    return written


def _alerts(matches: Sequence[_Match], now: datetime, names: Mapping[int, str]) -> Iterator[tuple[Alert, _Versions]]:
    together: dict[tuple[int, int, int, datetime], list[_Match]] = defaultdict(list)
    for one in matches:
        follow = one.followed.follow
        together[follow.guild_id, follow.user_id, follow.channel_id, after_quiet(follow, now)].append(one)
    sentences: dict[tuple[int, str], tuple[int, ...]] = {}
    for (guild_id, user_id, channel_id, due_at), some in together.items():
        fits = tuple(_fit_of(one, sentences) for one in some)
        versions = {(one.followed.follow.id, one.arrived.article_id): one.arrived.version for one in some}
        yield Alert(guild_id, user_id, channel_id, due_at, fits, names.get(guild_id, "")), versions


def _fit_of(one: _Match, known: dict[tuple[int, str], tuple[int, ...]]) -> Fit:
    follow, brief, evidence = one.followed.follow, one.arrived.brief, one.evidence
    what = one.arrived.article_id, follow.words
    # Of a phrase the sentence that has it; who is named in a title alone is shown by that.
    if follow.kind is FollowKind.PHRASE and what not in known:
        known[what] = sentences_with(brief, follow.words)
    sentences = visible_sentences(one.curtain, one.arrived.article_id, brief, known.get(what, ()))
    return Fit(follow, brief, evidence.quotes, evidence.commitments, sentences)


async def _stands(db: Transaction, draft: _Draft, last_alert_id: int, made: Sequence[Alert]) -> bool:
    told = {follow.id: follow for alert in made for follow in alert.follows}
    curtains = {one.followed.follow.guild_id: one.curtain for one in draft.matches}
    return (
        await arrivals.are_waiting(db, draft.numbers)
        and await alerts.get_last_id(db) == last_alert_id
        and await follows.stand(db, tuple(told.values()))
        and all([await hidden.get_hidden(db, id_) == curtains[id_].hidden for id_ in {one.guild_id for one in made}])
    )


async def _pass_over(tools: Tools) -> None:
    async with tools.store.writing() as db:
        await arrivals.remove_arrivals(db, list(await arrivals.list_arrivals(db, limit=1)))
