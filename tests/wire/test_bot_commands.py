"""Our bot's own commands, used by members over the wire: what they send passes Discord's limits and its description."""

import pytest

from digest.model import (
    ArticleHit,
    CommitmentKind,
    DeliveryState,
    QuoteHit,
    QuoteKind,
    Telling,
)
from tests.builders import NOW, brief, entry_on_record
from tests.waiting import until
from tests.wire.errors import NotOfferedError
from tests.wire.faults import Reset, Status
from tests.wire.loops import hasty
from tests.wire.nouns import Kind
from tests.wire.offers import follow
from tests.wire.permissions import EMBED_LINKS

URL = "https://gazette.example/feed"
SEND = ("POST", "/channels/*/messages")
ANSWER = ("POST", "/interactions/*/*/callback")


@pytest.fixture
def bot(our_bot):
    return our_bot


async def set_up(manager, channel, /, **options):
    wanted = {"channel": channel, "time": "8:00", "zone": "Europe/Berlin"} | options
    return await manager.invoke("digest setup", channel, **wanted)


async def test_a_digest_is_set_up_with_what_autocomplete_offers(channel, service, manager):
    await follow(manager, channel, URL)
    (zone, _) = (await manager.autocomplete("digest setup", channel, "zone", zone="berl"))[0]
    offered = await manager.autocomplete("digest setup", channel, "sources", sources="gaz")
    assert ("gazette.example", "1") in offered
    seen = await set_up(manager, channel, zone=zone, sources="1")
    assert seen.is_ephemeral
    assert f"<#{channel.id}> at 08:00 (Europe/Berlin), from 1 source" in seen.content
    assert service.subscriptions[1].source_ids == (1,)


async def test_every_zone_that_can_be_typed_is_offered_in_at_most_25_choices(channel, manager):
    for typed in ("", "a", "europe", "zzz"):
        assert len(await manager.autocomplete("digest setup", channel, "zone", zone=typed)) <= 25


async def test_a_source_that_is_added_is_named_and_listed(channel, manager):
    seen = await follow(manager, channel, "gazette.example/feed")
    assert "**gazette\\.example**" in seen.content
    listed = await manager.invoke("source list", channel)
    assert listed.is_ephemeral
    assert "gazette" in listed.embeds[0]["description"]
    assert channel.messages == {}


async def test_now_posts_once_and_says_where(channel, service, manager):
    await set_up(manager, channel)
    seen = await manager.invoke("digest now", channel)
    assert f"is in <#{channel.id}>" in seen.content
    (message,) = manager.reads(channel)
    assert message.embeds[0]["title"] == "Five ports agree on a common rule"
    assert [row.message_id for row in service.rows.values()] == [message.id]
    assert "nothing new" in (await manager.invoke("digest now", channel)).content


async def test_a_digest_is_chosen_by_autocomplete(channel, manager):
    await set_up(manager, channel, name="World")
    await set_up(manager, channel, name="Sports")
    ((_, value),) = await manager.autocomplete("digest now", channel, "digest", digest="spo")
    assert "Sports" in (await manager.invoke("digest now", channel, digest=value)).content


async def test_preview_is_seen_by_its_member_alone(channel, service, manager):
    await set_up(manager, channel)
    service.news = [brief(title=f"Story {number}") for number in range(30)]
    seen = await manager.invoke("digest preview", channel)
    await seen.until(
        lambda one: "Story 29" in {embed.get("title") for message in one.messages for embed in message.embeds}
    )
    assert len(seen.messages) > 1
    assert all(message.is_ephemeral for message in seen.messages)
    assert channel.messages == {}


async def test_look_ups_are_for_everybody(channel, service, reader):
    service.hits["quotes"] = [
        QuoteHit(1, QuoteKind.DIRECT, ("Nobody left happy",), "Ilse Brandt", None, "Ports", URL, "Gazette", NOW)
    ] * 7
    service.hits["articles"] = [ArticleHit(1, "Five ports agree", URL, "Gazette", NOW, "They did.")]
    told = Telling(("Ports",), CommitmentKind.PLEDGE, "inspect", "Ports will inspect.")
    service.ledger[channel.guild_id] = [entry_on_record(told)]
    quotes = await reader.invoke("quote search", channel, words="brandt", page=2)
    articles = await reader.invoke("article search", channel, words="ports")
    commitments = await reader.invoke("commitment list", channel, words="ports", kind="pledge")
    shown = [one.embeds[0]["description"] for one in (quotes, articles, commitments)]
    assert [word in text for word, text in zip(("Nobody", "Five ports", "inspect"), shown, strict=True)] == [True] * 3
    assert all(one.is_ephemeral for one in (quotes, articles, commitments))


async def test_a_commitment_is_chosen_by_autocomplete_and_marked_by_a_manager(channel, service, manager):
    service.ledger[channel.guild_id] = [entry_on_record(), entry_on_record(id=2)]
    offered = await manager.autocomplete(
        "commitment mark", channel, "commitment", commitment="inspect", standing="kept"
    )
    assert offered == [(f"No. {number} · plan · The ports: inspect every ship", str(number)) for number in (1, 2)]
    seen = await manager.invoke("commitment mark", channel, commitment="2", standing="kept", note="@everyone saw it")
    assert seen.is_ephemeral
    assert [embed.get("title") for embed in seen.embeds] == ["Commitment No. 2", "What people here say became of it"]
    assert seen.original.pings == frozenset()
    assert [one.id for one in service.ledger[channel.guild_id] if one.mark] == [2]


async def test_a_mark_of_a_reader_is_refused(channel, service, reader):
    service.ledger[channel.guild_id] = [entry_on_record()]
    seen = await reader.invoke("commitment mark", channel, commitment="1", standing="broken")
    assert seen.is_ephemeral
    assert "Manage Server" in seen.content
    assert service.ledger[channel.guild_id][0].marks == ()


async def test_a_standing_that_there_is_not_cannot_be_chosen(channel, manager):
    with pytest.raises(NotOfferedError):
        await manager.invoke("commitment mark", channel, commitment="1", standing="forgotten")


@pytest.mark.parametrize("form", ["json", "csv", "ics"])
async def test_commitments_are_given_as_a_file_that_nobody_else_sees(wire, channel, *, service, reader, form):
    told = Telling(("Ports",), CommitmentKind.PLEDGE, "inspect", "Ports will inspect.", latest=NOW.date())
    service.ledger[channel.guild_id] = [entry_on_record(told)]
    seen = await reader.invoke("commitment export", channel, format=form)
    assert seen.is_ephemeral
    (attachment,) = seen.original.attachments
    assert attachment["filename"] == f"commitments.{form}"
    (request,) = wire.rest.sent("PATCH", "/messages/@original")
    assert b"inspect" in request.files[0].body
    assert channel.messages == {}


async def test_what_falls_due_and_one_commitment_are_for_everybody(channel, service, reader):
    told = Telling(("Ports",), CommitmentKind.PLEDGE, "inspect", "Ports will inspect.", latest=NOW.date())
    service.ledger[channel.guild_id] = [entry_on_record(told)]
    due = await reader.invoke("commitment due", channel, days=365)
    assert due.embeds[0]["title"] == "Falling due within 365 days"
    card = await reader.invoke("commitment show", channel, commitment="ports inspect")
    assert "falls due today" in card.embeds[0]["description"]
    with pytest.raises(NotOfferedError):
        await reader.invoke("commitment due", channel, days=366)


async def test_help_is_for_everybody_and_names_each_registered_command(wire, channel, reader):
    shown = "\n".join(field["value"] for field in (await reader.invoke("help", channel)).embeds[0]["fields"])
    named = {
        " ".join([command["name"], *([option["name"]] if option["type"] == 1 else [])])
        for command in wire.world.commands[None].values()
        for option in command.get("options") or [{"type": 0}]
    }
    assert [one for one in named if one not in shown] == []


@pytest.mark.parametrize("command", ["digest now", "digest preview", "source list"])
async def test_what_manages_is_not_shown_to_readers(channel, reader, command):
    with pytest.raises(NotOfferedError):
        await reader.invoke(command, channel)


@pytest.mark.parametrize("kind", [Kind.ANNOUNCEMENT, Kind.FORUM, Kind.MEDIA, Kind.VOICE, Kind.STAGE], ids=str)
async def test_a_digest_goes_to_whatever_holds_messages(wire, guild, channel, manager, *, kind):
    place = wire.world.add_channel(guild, "stories", kind=kind)
    await wire.regain_guild(guild)
    assert f"goes to <#{place.id}>" in (await set_up(manager, channel, channel=place)).content


async def test_a_digest_goes_to_no_category(wire, guild, channel, manager):
    category = wire.world.add_channel(guild, "places", kind=Kind.CATEGORY)
    with pytest.raises(NotOfferedError):
        await set_up(manager, channel, channel=category)


async def test_text_in_any_script_passes_to_the_service_and_back(channel, service, reader):
    for words in ("'; DROP TABLE articles; --", "@everyone", "‮abc", "👩‍👩‍👧" * 20, "شهر", "*_~`|>" * 30):  # noqa: PLE2502
        seen = await reader.invoke("quote search", channel, words=words)
        assert seen.original.pings == frozenset()
    assert len(service.asked) == 6


# --- in trouble ---


@pytest.mark.parametrize("fault", [Status(503), Reset(), Reset(after=True)], ids=str)
async def test_now_while_discord_fails_says_it_is_on_its_way_and_it_comes_once(
    wire, watch, channel, *, service, manager, bot, fault
):
    await set_up(manager, channel)
    wire.faults.next(*SEND, fault, times=7)
    with hasty():
        assert "on its way" in (await manager.invoke("digest now", channel)).content
        watch.pass_(seconds=15)
        await bot.sender.post_open()
    assert [row.message_id for row in service.rows.values()] == list(channel.messages)
    assert service.states() == [DeliveryState.SENT]


async def test_now_where_the_bot_may_not_embed_says_what_to_grant(wire, channel, service, manager):
    await set_up(manager, channel)
    await wire.change_channel(channel, denied=EMBED_LINKS)
    assert "Embed Links" in (await manager.invoke("digest now", channel)).content
    assert (channel.messages, service.rows) == ({}, {})


async def test_an_answer_that_discord_fails_to_take_at_first_is_given_all_the_same(wire, channel, reader):
    wire.faults.next(*ANSWER, Status(503))
    with hasty():
        assert (await reader.invoke("help", channel)).embeds


async def test_an_answer_that_comes_too_late_ends_quietly_and_the_next_is_given(wire, watch, channel, reader, bot):
    wire.faults.next(*ANSWER, Status(500))
    late = await reader.invoke("help", channel, wait=False)
    watch.pass_(seconds=4)
    with hasty():
        await until(lambda: [one.status for one in wire.rest.sent("POST", "/callback")] == [500, 404, 404])
    assert late.answer is None
    assert (await reader.invoke("help", channel)).embeds
    assert not bot.is_closed()
