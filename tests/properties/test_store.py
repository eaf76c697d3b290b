"""Promise 8: `store.get(store.add(x)) == x` for every value."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings, strategies as st

from digest.model import Failure, FailureKind, Slot, SourceStatus, Validators
from digest.store import Store, articles, deliveries, editions, entries, ledger, sources, subscriptions
from digest.store.sources import Answered
from tests.builders import NOW, brief
from tests.properties import values

quietly = settings(deadline=None, max_examples=30)


@pytest.fixture
def use(databases):
    """A way to use a store that is there for all examples of a property."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def open_store():
            url = await stack.enter_async_context(databases.emptied())
            return await stack.enter_async_context(await Store.open(url))

        store = runner.run(open_store())

        def use(step):
            async def write():
                async with store.writing() as db:
                    return await step(db)

            return runner.run(write())

        try:
            yield use
        finally:
            runner.run(stack.aclose())


def test_a_brief_comes_back_as_it_was_kept(use):
    source = use(lambda db: sources.add_source(db, values.Source("https://a.example", "A"), next_refresh_at=NOW))
    numbers = count()

    @quietly
    @given(values.briefs())
    def holds(brief):
        async def keep(db):
            identity = f"https://a.example/{next(numbers)}"
            article_id = await articles.add_brief(db, brief, identity=identity, source_id=source.id, now=NOW)
            return await articles.get_brief(db, article_id)

        assert use(keep) == brief

    holds()


def test_the_last_of_many_versions_comes_back(use):
    source = use(lambda db: sources.add_source(db, values.Source("https://a.example", "A"), next_refresh_at=NOW))

    @quietly
    @given(values.briefs())
    def holds(brief):
        async def keep(db):
            identity = "https://a.example/live"
            article_id = await articles.add_brief(db, brief, identity=identity, source_id=source.id, now=NOW)
            return await articles.get_brief(db, article_id)

        assert use(keep) == brief

    holds()


def test_sources_and_entries_come_back_as_they_were_kept(use):
    numbers = count()

    @quietly
    @given(values.sources, values.entries, st.builds(Validators, st.none() | values.words, st.none() | values.words))
    def holds(source, entry, validators):
        async def keep(db):
            unique = replace(source, url=f"{source.url}{next(numbers)}")
            kept = await sources.add_source(db, unique, next_refresh_at=NOW)
            await sources.follow_source(db, 1, kept.id, since=NOW)
            polling = replace(await sources.get_polling(db, kept.id), validators=validators)
            await sources.record_answers(db, [Answered(polling, NOW, NOW)])
            await entries.add_entries(db, kept.id, [entry], now=NOW, first_attempt_at=NOW)
            listed = await entries.list_due_entries(db, NOW)
            listing = await entries.get_listing(db, listed[-1][0])
            await sources.unfollow_source(db, 1, kept.id)
            return unique, kept, await sources.get_polling(db, kept.id), listing

        unique, kept, polling, listing = use(keep)
        assert replace(kept, id=0) == unique
        assert (polling.source, polling.validators) == (kept, validators)
        assert (listing.source, listing.entry) == (kept, entry)

    holds()


def test_what_a_source_suffers_from_comes_back_as_it_was_kept(use):

    @quietly
    @given(
        st.builds(
            Failure, st.just("A"), st.sampled_from(FailureKind), st.none() | st.integers(100, 999), values.instants
        )
    )
    def holds(failure):
        async def keep(db):
            kept = await sources.add_source(db, values.Source("https://a.example", "A"), next_refresh_at=NOW)
            await sources.follow_source(db, 1, kept.id, since=NOW)
            await sources.record_failed_refresh(db, kept.id, failure, next_refresh_at=NOW)
            return kept, await sources.list_statuses(db, 1)

        kept, statuses = use(keep)
        assert statuses == (SourceStatus(kept, None, failure),)

    holds()


def test_marks_come_back_as_they_were_kept_after_those_that_were_there(use):
    source = use(lambda db: sources.add_source(db, values.Source("https://a.example", "A"), next_refresh_at=NOW))
    use(lambda db: sources.follow_source(db, 1, source.id, since=NOW))
    use(lambda db: articles.add_brief(db, brief(), identity="https://a.example/1", source_id=source.id, now=NOW))
    (entry,) = use(lambda db: ledger.list_entries(db, 1, "", limit=9))
    kept = []

    @quietly
    @given(values.marks)
    def holds(mark):
        kept.append(mark)
        assert use(lambda db: ledger.add_mark(db, 1, entry.id, mark)) == replace(entry, marks=tuple(kept))

    holds()


def test_subscriptions_editions_and_their_parts_come_back_as_they_were_kept(use):

    @quietly
    @given(values.subscriptions, st.none() | values.slots, values.periods, st.lists(values.words, max_size=4))
    def holds(subscription, slot, period, payloads):
        async def keep(db):
            saved = await subscriptions.add_subscription(
                db, subscription, created_at=NOW, since=period.start, next_run_at=period.end
            )
            order = await subscriptions.get_order(db, saved.id, guild_id=saved.guild_id)
            due = slot and Slot(saved.id, *slot)
            edition = await editions.add_edition(db, saved, due, period, composed_at=NOW, payloads=payloads)
            again = await editions.get_edition(db, edition.id, guild_id=saved.guild_id)
            for part in edition.deliveries:
                await deliveries.finish_delivery(db, part.id, part.id, now=NOW)
            return saved, order, due, edition, again

        saved, order, due, edition, again = use(keep)
        assert replace(saved, id=0) == subscription
        assert (order.subscription, order.since, order.next_run_at) == (saved, period.start, period.end)
        assert edition == again
        assert (edition.slot, edition.period) == (due, period)
        assert [part.payload for part in edition.deliveries] == payloads

    holds()
