"""Everybody looks back at days, articles, speakers and stories; buttons turn pages, also after a restart."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from simcord import assert_error

from bot.client import OnRecordBot
from bot.errors import InputError
from bot.render.message import Embed, Message
from digest.errors import NotFoundError
from digest.model import (
    ArticleHit,
    ArticleRecord,
    Failure,
    FailureKind,
    IssuedDigest,
    QuoteHit,
    QuoteKind,
    Recap,
    RecapStory,
    Source,
    SourceStatus,
    Story,
    StoryRecord,
    StoryStep,
    ToldArticle,
)
from tests.bot.conftest import answer, build_server, set_up
from tests.bot.deliveries import ONE_SHARD, Watch
from tests.builders import NOW, brief, entry_on_record, quote, subscription

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
URL = "https://gazette.example/ports"


def described(result):
    assert result.ephemeral
    return result.response.embeds[0].description


def labels(message):
    return [child["label"] for row in message.components for child in row["components"] if "label" in child]


def disabled(message):
    return [child["label"] for row in message.components for child in row["components"] if child.get("disabled")]


def issued(number=1, *texts, day=TODAY, name="News", **changes):
    payloads = tuple(
        Message(f"📰 **{name}** {text}", (Embed(description="Words"),)).to_json() for text in texts or ("",)
    )
    one = subscription(name=name)
    return replace(IssuedDigest(number, one, day, NOW, 10, payloads, 777), **changes)


def said(number=1, speaker="Ilse Brandt", words="Nobody left happy", role="director"):
    return QuoteHit(number, QuoteKind.DIRECT, (f"{words} {number}",), speaker, role, "Ports", URL, "Gazette", NOW)


def hit(number=1, title="Ports agree"):
    return ArticleHit(number, f"{title} {number}", URL, "Gazette", NOW, "They did.")


def record(number=1, **changes):
    return ArticleRecord(number, brief(**changes), NOW, NOW, entries=(entry_on_record(),))


def story(number=1, articles=1, headline="Five ports agree"):
    steps = tuple(
        StoryStep(ToldArticle(one, brief(title=f"Part {one}")), NOW + one * DAY, one) for one in range(1, articles + 1)
    )
    return StoryRecord(number, headline, NOW, steps)


# --- /today ----------------------------------------------------------------------------------------------------------


async def test_todays_digest_is_shown_to_the_asker_with_its_message_and_as_a_page(server, service):
    service.issued[server.id] = [issued(4)]
    result = await server.reader.slash(server.channel, "today")
    assert answer(result).startswith("📰 **News**")
    assert labels(result.response) == ["As a page", "Share", "Go to the message"]
    (link,) = (child["url"] for row in result.response.components for child in row["components"] if "url" in child)
    assert link == f"https://discord.com/channels/{server.id}/10/777"


async def test_of_a_digest_in_a_forum_the_way_leads_into_its_thread(server, service):
    forum = server.guild.create_forum_channel("digests")
    service.issued[server.id] = [issued(1, channel_id=forum.id)]
    result = await server.reader.slash(server.channel, "today")
    (url,) = [child["url"] for row in result.response.components for child in row["components"] if "url" in child]
    assert url == f"https://discord.com/channels/{server.id}/777/777"


async def test_a_digest_of_several_messages_is_shown_whole(server, service):
    service.issued[server.id] = [issued(4, "one", "two", "three")]
    result = await server.reader.slash(server.channel, "today", date="today")
    assert "one" in answer(result)
    assert [one.content.split()[-1] for one in result.followups] == ["two", "three"]
    assert "Share" not in labels(result.response)


async def test_of_several_digests_of_a_day_one_is_chosen(server, service):
    service.issued[server.id] = [
        issued(1, name="World"),
        issued(2, "about ships", name="Sea"),
        issued(3, day=TODAY - DAY),
    ]
    result = await server.reader.slash(server.channel, "today")
    assert "**World**" in described(result)
    assert "**Sea**" in described(result)
    chosen = await server.reader.select(result.response, ["2"])
    assert "about ships" in answer(chosen)


async def test_a_day_without_a_digest_names_the_nearest_and_opens_them(server, service):
    service.issued[server.id] = [issued(1, "before", day=TODAY - 4 * DAY), issued(2, "after", day=TODAY - DAY)]
    result = await server.reader.slash(server.channel, "today", date="20.11.")
    assert answer(result).startswith("No digest was posted here on Friday, 20 November 2026.")
    assert labels(result.response) == ["Thursday, 19 November 2026", "Sunday, 22 November 2026"]
    opened = await server.reader.click(result.response, label="Thursday, 19 November 2026")
    assert "before" in answer(opened)


async def test_before_todays_digest_comes_it_is_shown_as_it_would_be(server):
    await set_up(server, time="18:00")
    result = await server.reader.slash(server.channel, "today")
    assert answer(result).startswith("**Not posted yet.** **News** comes <t:1795453200:F>")
    assert "Five ports agree" in "".join(str(one.to_dict()) for one in result.response.embeds)


async def test_where_nothing_is_new_or_comes_today_that_is_said(server, service):
    assert "has no digest yet" in answer(await server.reader.slash(server.channel, "today"))
    await set_up(server, time="18:00")
    service.news = []
    assert "There is nothing new for it yet." in answer(await server.reader.slash(server.channel, "today"))
    (order,) = service.subscriptions.values()
    service.subscriptions[order.id] = replace(order, weekdays=(2,))
    said = answer(await server.reader.slash(server.channel, "today"))
    assert said.startswith("No digest was posted here today. The next one, **News**, comes <t:")
    service.subscriptions[order.id] = replace(order, paused_because="by hand")
    assert answer(await server.reader.slash(server.channel, "today")) == "No digest was posted here today."


async def test_what_is_still_to_come_today_is_said_below_what_came(server, service):
    await set_up(server, time="18:00", name="Evening")
    service.issued[server.id] = [issued(1)]
    assert "still to come today: Evening <t:1795453200:t>" in answer(await server.reader.slash(server.channel, "today"))


async def test_today_is_the_day_of_the_servers_zone(server, service):
    service.zones[server.id] = "Pacific/Pago_Pago"  # where it is still 22 November
    service.issued[server.id] = [issued(1, "late", day=TODAY - DAY)]
    assert "late" in answer(await server.reader.slash(server.channel, "today"))


async def test_a_digest_is_given_as_a_page_that_loads_nothing(simcord_env, server, service):
    service.issued[server.id] = [issued(4, "one", "two")]
    shown = await server.reader.slash(server.channel, "today")
    await simcord_env.restart_bot(OnRecordBot(service, Watch(), shards=ONE_SHARD))
    given = await server.reader.click(shown.response, label="As a page")
    assert given.ephemeral
    (file,) = given.response.attachments
    page = (await file.read()).decode()
    assert file.filename == "digest-2026-11-23-4.html"
    assert "Words" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    "typed", ["31.31.", "tomorrow", "@everyone", "2027-01-01", "*" * 60, "\u202e\u0000", "'; DROP"]
)
async def test_what_is_no_day_is_answered_with_what_would_do(simcord_env, server, typed):
    said = answer(await server.reader.slash(server.channel, "today", date=typed))
    assert "@everyone" not in said
    assert_error(simcord_env, InputError)


async def test_days_are_offered(server):
    offered = await server.reader.autocomplete(server.channel, "today", "date", "mon")
    assert offered == [{"name": "Monday, 23 November 2026 (today)", "value": "2026-11-23"}]


async def test_a_digest_of_another_server_is_not_there(simcord_env, server, service):
    other = build_server(simcord_env, "Other")
    service.issued[server.id] = [issued(1, name="World"), issued(2, name="Sea")]
    assert "has no digest" in answer(await other.reader.slash(other.channel, "today"))
    service.issued[other.id] = [issued(8), issued(9)]
    mine = await other.reader.slash(other.channel, "today")
    service.issued[other.id] = []  # deleted meanwhile
    said = answer(await other.reader.select(mine.response, ["8"]))
    assert "no such thing" in said


# --- /catchup --------------------------------------------------------------------------------------------------------


async def test_the_last_days_are_shown_as_one(server, service):
    told = RecapStory(Story("Five ports agree", (brief(),), 3), NOW - 2 * DAY, NOW, 2)
    service.recaps[server.id] = Recap(NOW - 2 * DAY, NOW, 3, (told,), (entry_on_record(),), (), (), 1)
    result = await server.reader.slash(server.channel, "catchup", days=5)
    assert result.response.embeds[0].title == "The last 5 days"
    assert "day 3, since <t:" in described(result)
    assert "1 article left out: retracted or removed since" in described(result)
    assert result.response.embeds[1].title == "Still stands"
    assert service.asked == [("catch up", server.id, 5)]
    assert labels(result.response) == ["Share"]


async def test_where_nothing_was_posted_catching_up_says_so(server):
    assert answer(await server.reader.slash(server.channel, "catchup")).startswith(
        "No digest was posted here in the last 3"
    )


# --- articles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1", URL, "five ports agree on a common rule", "common rule"])
async def test_an_article_is_shown_by_choice_address_or_words(server, service, typed):
    service.records[server.id] = [record()]
    result = await server.reader.slash(server.channel, "article show", article=typed)
    assert result.response.embeds[0].title == "Five ports agree on a common rule"
    assert labels(result.response) == ["Quotes (1)", "Commitments (1)", "Share"]


async def test_an_articles_quotes_and_commitments_are_one_press_away_page_by_page(simcord_env, server, service):
    many = replace(brief(), quotes=(quote(),) * 7)
    service.records[server.id] = [replace(record(), brief=many)]
    card = await server.reader.slash(server.channel, "article show", article="1")
    await simcord_env.restart_bot(OnRecordBot(service, Watch(), shards=ONE_SHARD))
    quotes = await server.reader.click(card.response, label="Quotes (7)")
    assert described(quotes).count("Nobody left the room happy") == 5
    turned = await server.reader.click(quotes.response, label="Next")
    assert turned.response.embeds[0].description.count("Nobody left the room happy") == 2
    assert turned.response.embeds[0].footer.text == "Results 6 to 7"
    commitments = await server.reader.click(card.response, label="Commitments (1)")
    assert "inspect every ship" in described(commitments)


async def test_several_articles_that_may_be_meant_are_offered_to_open(server, service):
    service.records[server.id] = [record(1, title="Ports agree"), record(2, title="Ports disagree")]
    result = await server.reader.slash(server.channel, "article show", article="ports")
    assert "Ports disagree" in described(result)
    opened = await server.reader.select(result.response, ["2"])
    assert opened.response.embeds[0].title == "Ports disagree"


async def test_an_article_opens_from_a_search(server, service):
    service.hits["articles"] = [hit(1), hit(2)]
    service.records[server.id] = [record(2)]
    found = await server.reader.slash(server.channel, "article search", words="ports")
    opened = await server.reader.select(found.response, ["2"])
    assert opened.response.embeds[0].title == "Five ports agree on a common rule"


async def test_an_article_of_another_server_or_none_is_not_there(simcord_env, server, service):
    service.records[server.id] = [record()]
    other = build_server(simcord_env, "Other")
    assert "no such thing" in answer(await other.reader.slash(other.channel, "article show", article="1"))
    assert_error(simcord_env, NotFoundError)
    assert "No article here fits “a\\*b”" in answer(
        await server.reader.slash(server.channel, "article show", article="a*b")
    )
    assert_error(simcord_env, InputError)
    assert await other.reader.autocomplete(other.channel, "article show", "article", "") == []


async def test_articles_are_offered_by_their_titles(server, service):
    service.records[server.id] = [record(number, title=f"Ports {'long ' * 40}") for number in range(40)]
    offered = await server.reader.autocomplete(server.channel, "article show", "article", "po")
    assert len(offered) == 25
    assert all(0 < len(one["name"]) <= 100 for one in offered)


# --- quotes ----------------------------------------------------------------------------------------------------------


async def test_what_somebody_said_is_shown_with_other_names_and_roles(server, service):
    service.said[server.id] = [said(number) for number in range(1, 8)] + [said(9, "Bo Rook")]
    result = await server.reader.slash(server.channel, "quote by", speaker="ilse brandt")
    assert result.response.embeds[0].title == "What ilse brandt said"
    assert described(result).count("Nobody left happy") == 5
    assert "-# printed as: director" in described(result)
    turned = await server.reader.click(result.response, label="Next")
    assert turned.response.embeds[0].description.count("Nobody left happy") == 2
    back = await server.reader.click(turned.response, label="Previous")
    assert back.response.embeds[0].footer.text == "Results 1 to 5"


async def test_a_part_of_a_name_means_the_only_speaker_it_may_be(simcord_env, server, service):
    service.said[server.id] = [said(1), said(2, "Bo Rook"), said(3, "Bo Marsh")]
    result = await server.reader.slash(server.channel, "quote by", speaker="bran")
    assert result.response.embeds[0].title == "What Ilse Brandt said"
    assert "Choose one: Bo Rook, Bo Marsh." in answer(
        await server.reader.slash(server.channel, "quote by", speaker="bo")
    )
    assert_error(simcord_env, InputError)
    assert "Nobody called “x” is quoted" in answer(await server.reader.slash(server.channel, "quote by", speaker="x"))
    assert_error(simcord_env, InputError)


async def test_speakers_are_offered(server, service):
    service.said[server.id] = [said(1), said(2, "Bo Rook"), said(3, "Long " * 50)]
    offered = await server.reader.autocomplete(server.channel, "quote by", "speaker", "")
    assert offered == [{"name": "Ilse Brandt", "value": "Ilse Brandt"}, {"name": "Bo Rook", "value": "Bo Rook"}]


async def test_quotes_are_given_as_a_file(server, service):
    service.said[server.id] = [said(1), said(2, "Bo Rook", "=cmd()")]
    result = await server.reader.slash(server.channel, "quote export", format="json")
    assert answer(result) == "2 quotes in the file, the newest first."
    (file,) = result.response.attachments
    assert file.filename == "quotes.json"
    quotes = json.loads(await file.read())["quotes"]
    assert [one["words"] for one in quotes] == [["Nobody left happy 1"], ["=cmd() 2"]]
    result = await server.reader.slash(server.channel, "quote export", format="csv", speaker="Bo Rook", words="cmd")
    (file,) = result.response.attachments
    rows = list(csv.reader(io.StringIO((await file.read()).decode("utf-8-sig"))))
    assert [row[2] for row in rows] == ["words", "'=cmd() 2"]
    nothing = await server.reader.slash(server.channel, "quote export", format="csv", words="no such")
    assert answer(nothing).startswith("Nothing found")


# --- stories ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1", "five ports", "agree"])
async def test_a_story_is_shown_over_time(server, service, typed):
    service.stories[server.id] = [story(articles=12), story(2, headline="Rail sold")]
    result = await server.reader.slash(server.channel, "story", story=typed)
    assert result.response.embeds[0].title == "Five ports agree"
    assert "12 days · 12 articles from 1 outlet" in described(result)
    assert described(result).count("**day") == 10
    turned = await server.reader.click(result.response, label="Next")
    assert turned.response.embeds[0].description.count("**day") == 2


async def test_stories_are_offered_and_what_fits_none_or_several_is_answered(simcord_env, server, service):
    service.stories[server.id] = [story(1), story(2, headline="Five ports disagree")]
    assert len(await server.reader.autocomplete(server.channel, "story", "story", "ports")) == 2
    assert "Several stories fit" in answer(await server.reader.slash(server.channel, "story", story="ports"))
    assert_error(simcord_env, InputError)
    assert "No story" in answer(await server.reader.slash(server.channel, "story", story="@everyone"))
    assert_error(simcord_env, InputError)
    other = build_server(simcord_env, "Other")
    assert "no such thing" in answer(await other.reader.slash(other.channel, "story", story="1"))
    assert_error(simcord_env, NotFoundError)


# --- lists -----------------------------------------------------------------------------------------------------------


async def test_a_list_turns_its_pages_after_a_restart_too(simcord_env, server, service):
    service.hits["articles"] = [hit(number) for number in range(1, 13)]
    first = await server.reader.slash(server.channel, "article search", words="a:b c")
    await simcord_env.restart_bot(OnRecordBot(service, Watch(), shards=ONE_SHARD))
    assert disabled(first.response) == ["Previous"]
    second = await server.reader.click(first.response, label="Next")
    assert second.response.embeds[0].footer.text == "Results 6 to 10"
    assert disabled(second.response) == []
    third = await server.reader.click(second.response, label="Next")
    assert third.response.embeds[0].footer.text == "Results 11 to 12"
    assert disabled(third.response) == ["Next"]
    assert {words for _, _, words in service.asked} == {"a:b c"}


@pytest.mark.parametrize("words", ["x" * 120, "👩" * 60])
async def test_words_too_long_for_a_button_name_the_option_for_pages(server, service, words):
    service.hits["articles"] = [hit(number) for number in range(1, 8)]
    result = await server.reader.slash(server.channel, "article search", words=words)
    assert "Next" not in labels(result.response)
    assert result.response.embeds[0].footer.text == "Results 1 to 5 · further results: page 2 of the command"


async def test_commitments_turn_their_pages_with_words_and_kind(server, service):
    service.ledger[server.id] = [entry_on_record(id=number) for number in range(1, 8)]
    first = await server.reader.slash(server.channel, "commitment list", words="ports", kind="plan")
    second = await server.reader.click(first.response, label="Next")
    assert second.response.embeds[0].footer.text == "Results 6 to 7"
    assert [asked[2][0] for asked in service.asked] == ["ports", "ports"]
    assert len(set(service.asked)) == 1


async def test_every_look_up_can_be_shared(server, service):
    service.hits |= {"articles": [hit()], "quotes": [said()]}
    service.ledger[server.id] = [entry_on_record()]
    service.said[server.id], service.stories[server.id] = [said()], [story()]
    for command, options in (
        ("article search", {"words": "x"}),
        ("quote search", {"words": "x"}),
        ("quote by", {"speaker": "Ilse Brandt"}),
        ("commitment list", {}),
        ("commitment show", {"commitment": "1"}),
        ("story", {"story": "1"}),
    ):
        shown = await server.reader.slash(server.channel, command, **options)
        assert "Share" in labels(shown.response), command
        shared = await server.reader.click(shown.response, label="Share")
        assert not shared.ephemeral
        assert shared.response.embeds


async def test_a_list_says_which_sources_have_not_been_read_for_a_day(server, service):
    service.hits["quotes"] = [said()]

    def failing(name, hours):
        failure = Failure(name, FailureKind.UNREACHABLE, None, NOW - timedelta(hours=hours))
        return SourceStatus(Source(f"https://{name}.example/", name), None, failure)

    service.sources[server.id] = [failing("Quay", 30), failing("Gazette", 2)]
    shown = answer(await server.reader.slash(server.channel, "quote search", words="x"))
    assert shown.startswith("-# Not read for more than a day: Quay (since <t:")
    assert "Gazette" not in shown


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE articles; --",
        'NEAR("x"',
        "@everyone",
        "\u202eabc\x00",
        "👩‍👩‍👧" * 10,
        "شهر",
        "*_~`|>" * 10,
        "<@1>",
    ],
    ids=range(8),
)
async def test_any_text_is_answered_quietly(simcord_env, server, service, words):
    service.said[server.id], service.stories[server.id] = [said()], [story()]
    for command, option in (
        ("quote by", "speaker"),
        ("story", "story"),
        ("article show", "article"),
        ("today", "date"),
    ):
        result = await server.reader.slash(server.channel, command, **{option: words})
        assert answer(result)
        assert not {"@everyone", "<@1>"} & set(answer(result).split("“"))
    simcord_env.errors.clear()
