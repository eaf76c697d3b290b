"""The bench of Discord's face: its record is what a store leaves, and a small run counts what it says."""

import json
from dataclasses import replace
from itertools import islice

from sqlalchemy import func, select, text

from bench import discord
from bench._made_up import LAST, QUOTES, make_briefs
from bench._payloads import measure_attacks, measure_payloads
from bench._record import GUILDS, fill, open_record
from bot.render import Message
from digest.store import articles, search
from digest.store.aliases import list_keys
from digest.store.schema import aliases, article_versions, commitment_actors, commitments, quotes
from tests.builders import NOW
from tests.digest.store.shelves import follow
from tests.stores import new_store

ALONE = {"id", "version_id", "article_id", "read_at", "entry_id", "told_at", "commitment_id"}


async def rows_of(store, table, *order):
    columns = [column for column in table.c if column.name not in ALONE]
    async with store.reading() as db:
        return (await db.execute(select(*columns).order_by(*order))).all()


async def test_the_record_is_what_a_store_leaves_that_is_given_the_same_briefs():
    async with new_store() as bulk, new_store() as one_by_one:
        await fill(bulk, 12, seed=5)
        source_id = await follow(one_by_one)
        made = [brief for brief, _ in make_briefs(12, seed=5)]
        async with one_by_one.writing() as db:
            for brief in made:
                await articles.add_brief(db, brief, identity=brief.article.url, source_id=source_id, now=NOW)
        for table, order in (
            (article_versions, (article_versions.c.url,)),
            (quotes, (quotes.c.version_id, quotes.c.position)),
            (commitments, (commitments.c.version_id, commitments.c.position)),
            (commitment_actors, tuple(commitment_actors.c)),
            (aliases, tuple(aliases.c)),
        ):
            assert await rows_of(bulk, table, *order) == await rows_of(one_by_one, table, *order), table.name
        async with bulk.reading() as db:
            for number, brief in enumerate(made, start=1):
                assert await articles.get_brief(db, number, guild_id=None) == brief
            for name in ("article_versions", "quotes", "commitments"):
                await db.execute(text(f"SELECT count(*) FROM {name}_fts"))
        async with bulk.writing() as db:
            for name in ("article_versions", "quotes", "commitments"):
                await db.execute(text(f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)"))


async def test_a_record_is_made_once_and_guilds_follow_more_or_less_of_it(tmp_path):
    async with await open_record(tmp_path, 30) as store, store.reading() as db:
        assert (await db.execute(select(func.count()).select_from(quotes))).scalar_one() == 30 * QUOTES
        seen = [len(await search.search_articles(db, guild, "", limit=99, offset=0)) for guild in GUILDS]
        name = (await db.execute(select(quotes.c.speaker).limit(1))).scalar_one()
        assert name.casefold() in await list_keys(db, name)
    assert seen[0] < seen[1] < seen[2] == 30
    made = sorted(tmp_path.glob("*.sqlite3"))
    before = made[0].stat().st_ino
    async with await open_record(tmp_path, 30):
        assert min(tmp_path.glob("*.sqlite3")).stat().st_ino == before


def test_made_up_briefs_are_the_same_each_time_and_some_tell_an_earlier_one_again():
    made = list(islice(make_briefs(200, seed=3), 200))
    assert made == list(make_briefs(200, seed=3))
    told = [(brief, made[again][0]) for brief, again in made if again is not None]
    assert len(told) > 3
    for brief, earlier in told:
        assert [brief.words(one.spans[0]) for one in brief.quotes] == [
            earlier.words(one.spans[0]) for one in earlier.quotes
        ]
    dates = [brief.article.published_at for brief, _ in made]
    assert dates != sorted(dates)
    assert max(dates) <= LAST
    assert all(brief == replace(brief) and brief.words(brief.quotes[0].speaker.name)[0].isupper() for brief, _ in made)


def test_look_ups_are_timed_by_what_is_asked_and_who_asks(tmp_path):
    figures = discord.measure(["--part", "lookups", "--folder", str(tmp_path), "--articles", "40", "--rounds", "5"])
    found = figures["lookups"]
    assert found["look-ups, the mix"]["count"] == 5 * 3 * (len(GUILDS) - 1)
    assert found["autocompletes"]["count"] == 5 * 3 * len(GUILDS)
    assert found["of them the first of a guild"]["count"] == 3 * len(GUILDS)
    assert all(0 < times["p50"] <= times["p99"] <= times["max"] for times in found["quotes, rare"].values())


def test_members_who_type_and_ask_are_all_answered_while_articles_are_read(tmp_path):
    asked = ["--part", "responses", "--folder", str(tmp_path), "--articles", "40", "--seconds", "2"]
    found = discord.measure(asked)["responses"]
    for part in ("idle", "loaded"):
        assert found[part]["first response"]["count"] > 20
        assert found[part]["lag of the loop"]["count"] > 20
    assert (found["at Discord"]["refused"], found["at Discord"]["complaints"]) == (0, [])
    assert json.dumps(found)


def test_payloads_of_anything_are_counted_and_none_is_refused():
    figures = measure_payloads(20)
    assert figures["digests"] == 20
    assert figures["payloads"] >= 20
    assert not figures["over a limit"]
    assert not figures["over a limit by the wire's table"]


def test_no_attack_works_and_one_that_does_is_counted():
    figures = measure_attacks()
    assert figures["cases"] >= 150
    assert figures["effects"] == 0
    careless = measure_attacks({"as it is": lambda words: iter([Message(words).to_json()])})
    assert 0 < careless["effects"] < careless["cases"]
