"""Sources by commands: what is found is asked about first, then followed, watched, filtered, listed in and out."""

from dataclasses import replace

import pytest
from simcord import assert_error
from structlog.testing import capture_logs

from bot.client import OnRecordBot
from bot.errors import InputError
from bot.texts import sources as words
from digest.errors import AlreadyExistsError, Fault, InvalidFeedError, LimitError, UnreachableError
from digest.model import Entry, Failure, FailureKind, Filters, Offer, Source, SourceKind
from digest.sources.opml import Outline, parse_opml, render_opml
from tests.bot.conftest import answer, build_server, follow, set_up
from tests.bot.deliveries import ONE_SHARD, Watch
from tests.builders import NOW

URL = "https://gazette.example/feed?key=s3cret"
TITLES = ("Ports agree", "Rail bridge opens", "Harvest is late")


def entries():
    return tuple(Entry(title, f"https://gazette.example/{n}", title, "", NOW) for n, title in enumerate(TITLES))


def two_offers():
    return (
        Offer(Source("https://gazette.example/news.xml", "News"), entries(), 40),
        Offer(Source("https://gazette.example/", "Front page", SourceKind.LINKS), entries()[:1], 1),
    )


async def add(server, url=URL):
    return await server.manager.slash(server.channel, "source add", url=url)


async def use(server, command, **options):
    return await server.manager.slash(server.channel, f"source {command}", **options)


def described(result):
    assert result.ephemeral
    return result.response.embeds[0].description


async def test_what_is_found_is_shown_with_three_entries_and_followed_by_the_button(server, service):
    service.offers[URL] = (Offer(Source(URL, "Gazette"), entries(), 24),)
    found = await add(server)
    assert answer(found) == words.OFFER_ASK_ONE
    assert "lists 24 entries" in described(found)
    assert all(title in described(found) for title in TITLES)
    assert service.sources == {}
    await server.manager.click(found.response, label="Follow")
    assert answer(found).startswith("Following **gazette\\.example** now.")
    assert not found.response.embeds
    assert not found.response.components
    assert [one.source.url for one in service.sources[server.id]] == [URL]


async def test_what_is_left_is_not_followed(server, service):
    found = await add(server)
    await server.manager.click(found.response, label="Leave it")
    assert answer(found) == words.OFFER_LEFT
    assert not found.response.components
    assert service.sources == {}


@pytest.mark.parametrize(("chosen", "place"), [(None, 0), ("1", 1)])
async def test_of_several_the_chosen_one_is_followed_and_the_first_by_default(server, service, *, chosen, place):
    service.offers[URL] = two_offers()
    found = await add(server)
    assert answer(found) == words.OFFER_ASK
    assert "the article links of the page" in described(found)
    if chosen:
        await server.manager.select(found.response, [chosen])
        assert "Ports agree" in described(found)
        (menu,) = [row["components"][0] for row in found.response.components if "options" in row["components"][0]]
        assert [one.get("default", False) for one in menu["options"]] == [False, True]
    await server.manager.click(found.response, label="Follow")
    assert [one.source.url for one in service.sources[server.id]] == [two_offers()[place].source.url]


async def test_what_was_found_can_be_chosen_after_a_restart(simcord_env, server, service):
    service.offers[URL] = two_offers()
    found = await add(server)
    await simcord_env.restart_bot(OnRecordBot(service, Watch(), shards=ONE_SHARD))
    await server.manager.select(found.response, ["1"])
    await server.manager.click(found.response, label="Follow")
    assert [one.source.url for one in service.sources[server.id]] == [two_offers()[1].source.url]


async def test_what_was_found_first_is_over_once_something_else_is_asked_for(server, service):
    first = await add(server)
    await add(server, "https://other.example/feed")
    pressed = await server.manager.click(first.response, label="Follow")
    assert words.OFFER_LATE in [one.content for one in (pressed.response, *pressed.followups) if one]
    assert service.sources == {}


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (AlreadyExistsError(URL), "already"),
        (UnreachableError(URL, "s3cret", fault=Fault.TIME), "did not answer in time"),
        (ZeroDivisionError("s3cret"), "wrong on my side"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_an_error_when_following_is_said_beside_the_offer_which_stays(server, service, *, trouble, said):
    found = await add(server)
    service.trouble = trouble
    with capture_logs() as logged:
        pressed = await server.manager.click(found.response, label="Follow")
    sentence = pressed.followups[-1]
    assert sentence.ephemeral
    assert said in sentence.content
    assert "s3cret" not in sentence.content
    assert len(logged) == isinstance(trouble, ZeroDivisionError)
    assert service.sources == {}
    await server.manager.click(found.response, label="Follow")
    assert [one.source.url for one in service.sources[server.id]] == [URL]


async def test_where_nothing_is_found_the_answer_says_what_to_look_for(simcord_env, server, service):
    service.offers[URL] = ()
    assert "nothing to follow" in answer(await add(server))
    assert_error(simcord_env, InvalidFeedError)


@pytest.mark.parametrize("typed", [" gazette.example/feed ", "<https://gazette.example/feed>"])
async def test_an_address_is_taken_as_people_write_it(server, service, *, typed):
    await follow(server, typed)
    assert service.sources[server.id][0].source.url == "https://gazette.example/feed"


async def test_names_that_would_act_show_as_they_are(server, service):
    hostile = "**@everyone** <@1> [x](https://evil.example)"
    service.offers[URL] = (Offer(Source(URL, hostile), (replace(entries()[0], title=hostile),), 1),) * 2
    found = await add(server)
    shown = described(found)
    assert "@everyone" not in shown
    assert "<@1>" not in shown.replace("\\<", "")
    assert "[x](" not in shown
    options = [one for row in found.response.components for one in row["components"][0].get("options", ())]
    assert all(0 < len(one["label"]) <= 100 for one in options)


async def test_what_is_followed_is_listed_with_its_host_alone_and_health_says_what_to_do(server, service):
    await follow(server, URL)
    assert "Nothing is wrong" in answer(await use(server, "health"))
    status = service.sources[server.id][0]
    failure = Failure("gazette.example", FailureKind.FORBIDDEN, 403, NOW)
    service.sources[server.id][0] = replace(status, failure=failure)
    for command in ("list", "health"):
        shown = described(await use(server, command))
        assert "refused to answer (HTTP 403)" in shown
        assert "s3cret" not in shown
        assert "/feed" not in shown
    assert "let this bot in" in shown


async def test_a_list_without_sources_says_how_to_add_one(server):
    for command in ("list", "health"):
        assert "/source add" in answer(await use(server, command))


async def test_what_is_removed_is_followed_no_more(simcord_env, server, service):
    await follow(server, URL)
    assert "not followed any more" in answer(await use(server, "remove", source="1"))
    assert service.sources[server.id] == []
    assert "does not follow" in answer(await use(server, "remove", source="1"))
    assert_error(simcord_env, InputError)


async def test_removing_the_last_source_of_a_digest_says_which_one_has_none_left(server, service):
    for url in ("https://one.example/feed", "https://two.example/feed"):
        await service.add_source(server.id, url, now=NOW)
    for name, sources in (("World", "1"), ("Both", "1,2"), ("All", "")):
        await set_up(server, name=name, **({"sources": sources} if sources else {}))
    said = answer(await use(server, "remove", source="1"))
    assert "nothing is left for World: choose other sources with `/digest edit`" in said
    assert "nothing is left for Both:" in answer(await use(server, "remove", source="2"))


async def test_another_server_cannot_remove_edit_or_try_what_it_does_not_follow(simcord_env, server, service):
    await follow(server, URL)
    other = build_server(simcord_env, "Quay")
    for command in ("remove", "edit", "test"):
        for named in ("1", "gazette.example", URL):
            said = answer(await use(other, command, source=named))
            assert "does not follow" in said
            assert_error(simcord_env, InputError)
    assert await other.manager.autocomplete(other.channel, "source remove", "source", "") == []
    assert len(service.sources[server.id]) == 1


async def test_filters_are_kept_and_what_they_let_through_is_shown(server, service):
    await follow(server, URL)
    service.listed[1] = entries()
    shown = await use(server, "edit", source="gazette.example", keywords="Ports,  rail bridge ", languages="EN")
    assert service.sources[server.id][0].filters == Filters(keywords=("ports", "rail bridge"), languages=("en",))
    assert answer(shown) == (
        "From **gazette\\.example** only this gets into digests now: with “ports” or “rail bridge” · in “en”."
    )
    lines = described(shown).split("\n")
    assert lines == ["2 of the newest 3 pass.", "✅ Ports agree", "✅ Rail bridge opens", "✖️ Harvest is late"]
    assert described(await use(server, "test", source="1")).split("\n") == lines
    assert "Everything from" in answer(await use(server, "edit", source="1"))
    assert service.sources[server.id][0].filters == Filters()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"languages": "english"}, "“english” is no language code"),
        ({"languages": "*1"}, "“\\*1” is no language code"),
        ({"keywords": ",".join(map(str, range(21)))}, "more than 20 words"),
        ({"authors": ",".join(map(str, range(21)))}, "more than 20 words"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_filters_that_are_typed_wrong_are_refused_and_nothing_changes(
    simcord_env, server, service, *, typed, said
):
    await follow(server, URL)
    assert said in answer(await use(server, "edit", source="1", **typed))
    assert_error(simcord_env, InputError)
    assert service.sources[server.id][0].filters == Filters()


async def test_as_many_filters_as_can_be_typed_fit_into_the_answer(server, service):
    await follow(server, URL)
    many = ",".join(f"{n:02}" + "*" * 22 for n in range(20))
    shown = await use(server, "edit", source="1", keywords=many, without=many, authors=many, sections=many)
    assert len(answer(shown)) <= 2000
    assert len(service.sources[server.id][0].filters.sections) == 20


async def test_a_list_is_imported_and_an_export_is_read_back(server, service):
    feeds = [Outline(f"https://{name}.example/feed", name) for name in ("gazette", "quay")]
    first = await use(server, "import", file=("feeds.opml", render_opml(feeds, title="x")))
    assert answer(first) == "Following 2 sources from the list."
    exported = await use(server, "export")
    (file,) = exported.response.attachments
    assert file.filename == "sources.opml"
    content = await file.read()
    assert [one.url for one in parse_opml(content)] == [one.url for one in feeds]
    again = await use(server, "import", file=("sources.opml", content))
    assert answer(again) == "Following 0 sources from the list.\n2 were followed already."
    assert len(service.sources[server.id]) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xd8\xff\xe0 a picture", "no list of feeds"),
        (b"", "no list of feeds"),
        (b"x" * 2_000_001, "larger than 2 MB"),
    ],
    ids=["picture", "empty", "large"],
)
async def test_a_file_that_is_no_list_is_refused(simcord_env, server, service, *, content, said):
    assert said in answer(await use(server, "import", file=("feeds.opml", content)))
    assert_error(simcord_env, InputError)
    assert service.sources == {}


async def test_a_list_without_feeds_says_so(server):
    assert answer(await use(server, "import", file=("a.xml", render_opml([], title="x")))) == words.IMPORT_EMPTY


async def test_a_source_is_offered_by_its_name_and_meant_by_its_number(server, service):
    for name in ("gazette", "quay"):
        await follow(server, f"https://{name}.example/")
    offered = await server.manager.autocomplete(server.channel, "source remove", "source", "QU")
    assert offered == [{"name": "quay.example", "value": "2"}]
    first = service.sources[server.id][0]
    service.sources[server.id][0] = replace(first, source=replace(first.source, name="2"))
    await use(server, "remove", source="2")
    assert [one.source.id for one in service.sources[server.id]] == [1]


async def test_a_name_that_two_sources_have_is_not_guessed(simcord_env, server, service):
    for path in "ab":
        await follow(server, f"https://gazette.example/{path}")
    assert "Several sources" in answer(await use(server, "remove", source="gazette.example"))
    assert_error(simcord_env, InputError)
    await use(server, "remove", source="https://gazette.example/b")
    assert [one.source.id for one in service.sources[server.id]] == [1]


async def test_of_a_list_that_is_too_long_it_is_on_record_that_it_was_followed_as_far_as_may_be(
    simcord_env, server, service
):
    service.most_sources = 1
    feeds = [Outline(f"https://{name}.example/feed", name) for name in ("one", "two")]
    await use(server, "import", file=("feeds.opml", render_opml(feeds, title="x")))
    assert len(service.sources[server.id]) == 1
    assert [one.action for one in service.audit[server.id]] == ["source import"]
    assert_error(simcord_env, LimitError)
