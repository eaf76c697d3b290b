"""`/commitment`: what is on record, what falls due, what people say became of it, and files of it."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from discord import app_commands
from simcord import assert_error

from bot.errors import InputError
from digest.errors import NotFoundError
from digest.model import CommitmentKind, LedgerEntry, Mark, Standing, Telling
from tests.bot.conftest import answer, build_server, set_up
from tests.builders import NOW

DUE = NOW.date() + timedelta(days=3)


def entry(number=1, what="publish the audit", latest=DUE, **changes):
    told = Telling(("Ministry",), CommitmentKind.PLEDGE, what, f"It will {what}.", latest=latest, told_at=NOW)
    return LedgerEntry(number, (told,), **changes)


@pytest.fixture
def ledger(server, service):
    service.ledger[server.id] = [
        entry(1),
        entry(2, "open the pier", NOW.date() + timedelta(days=30)),
        entry(3, "close the pier", None),
    ]
    return service.ledger[server.id]


def shown(result):
    assert result.ephemeral
    return result.response.embeds[0].description


async def file_of(result):
    (attachment,) = result.response.attachments
    return attachment.filename, await attachment.read()


@pytest.mark.usefixtures("ledger")
async def test_what_falls_due_is_listed_for_a_week_or_as_long_as_is_asked(server):
    week = shown(await server.reader.slash(server.channel, "commitment due"))
    assert "publish the audit" in week
    assert "open the pier" not in week
    month = shown(await server.reader.slash(server.channel, "commitment due", days=30))
    assert month.index("publish the audit") < month.index("open the pier")
    assert "close the pier" not in month
    nothing = await server.reader.slash(server.channel, "commitment due", days=2)
    assert answer(nothing) == "Nothing on record here falls due within 2 days."


async def test_what_falls_due_is_shown_page_by_page(server, service):
    service.ledger[server.id] = [entry(number, f"pay bill {number}") for number in range(1, 8)]
    page = await server.reader.slash(server.channel, "commitment due", page=2)
    assert shown(page).count("pay bill") == 2
    assert "6 to 7" in page.response.embeds[0].footer.text


async def test_the_week_begins_on_the_day_of_the_oldest_digests_zone(server, service):
    # In Pago Pago it is still 22 November.
    service.ledger[server.id] = [entry(latest=date(2026, 11, 22))]
    assert "Nothing" in answer(await server.reader.slash(server.channel, "commitment due"))
    await set_up(server, zone="Pacific/Pago_Pago")
    assert "publish" in shown(await server.reader.slash(server.channel, "commitment due"))
    card = shown(await server.reader.slash(server.channel, "commitment show", commitment="1"))
    assert "falls due today" in card
    noon = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Pacific/Pago_Pago"))
    listed = shown(await server.reader.slash(server.channel, "commitment list"))
    assert f"<t:{int(noon.timestamp())}:D>" in card
    assert f"<t:{int(noon.timestamp())}:D>" in listed


@pytest.mark.parametrize("typed", ["1", "No. 1", "#1", "no 1", " 1 ", "audit", "PUBLISH the"])
@pytest.mark.usefixtures("ledger")
async def test_a_commitment_is_shown_by_its_number_or_its_words(server, typed):
    result = await server.reader.slash(server.channel, "commitment show", commitment=typed)
    assert result.response.embeds[0].title == "Commitment No. 1"
    assert "falls due on" in shown(result)


@pytest.mark.parametrize(
    ("typed", "words", "error"),
    [
        ("9", "no such thing", NotFoundError),
        ("9" * 40, "There is no commitment", InputError),
        ("the railway", "There is no commitment “the railway”", InputError),
        ("pier", "Several commitments fit “pier”", InputError),
        ("@everyone", "There is no commitment", InputError),
    ],
)
@pytest.mark.usefixtures("ledger")
async def test_what_names_no_commitment_or_several_is_answered_with_what_would_do(
    simcord_env, server, *, typed, words, error
):
    said = answer(await server.reader.slash(server.channel, "commitment show", commitment=typed))
    assert words in said
    assert "@everyone" not in said
    assert_error(simcord_env, error)


@pytest.mark.usefixtures("ledger")
async def test_a_commitment_of_another_server_is_not_there(simcord_env):
    other = build_server(simcord_env, "Other")
    for command, options in (("show", {}), ("mark", {"standing": "kept"})):
        result = await other.manager.slash(other.channel, f"commitment {command}", commitment="1", **options)
        assert "no such thing" in answer(result)
    assert [type(error.original) for error in simcord_env.errors] == [NotFoundError] * 2
    simcord_env.errors.clear()
    assert await other.reader.autocomplete(other.channel, "commitment show", "commitment", "") == []


async def test_commitments_are_offered_by_their_words_with_number_kind_and_actor(server, service, ledger):
    offered = await server.reader.autocomplete(server.channel, "commitment show", "commitment", "pier")
    assert offered == [
        {"name": "No. 2 · pledge · Ministry: open the pier", "value": "2"},
        {"name": "No. 3 · pledge · Ministry: close the pier", "value": "3"},
    ]
    assert len(await server.manager.autocomplete(server.channel, "commitment mark", "commitment", "")) == len(ledger)
    long = Telling((), CommitmentKind.PLAN, "word " * 90, "x")
    service.ledger[server.id] = [LedgerEntry(number, (long,)) for number in range(1, 60)]
    offered = await server.reader.autocomplete(server.channel, "commitment show", "commitment", "")
    assert len(offered) == 25
    assert all(0 < len(one["name"]) <= 100 for one in offered)
    assert offered[0]["name"].startswith("No. 1 · plan · word")


@pytest.mark.usefixtures("ledger")
async def test_a_manager_says_what_became_of_it_by_name_and_sees_the_card(server, service):
    result = await server.manager.slash(
        server.channel, "commitment mark", commitment="1", standing="kept", note="it is on their *page*"
    )
    assert result.ephemeral
    (marked,) = (one for one in service.ledger[server.id] if one.marks)
    (mark,) = marked.marks
    assert (mark.standing, mark.by_id, mark.marked_at) == (Standing.KEPT, server.manager.id, NOW)
    assert (mark.by_name, mark.note) == ("Harbour-manager", "it is on their *page*")
    marks = result.response.embeds[1].description
    assert marks.startswith("✅ **kept**, says Harbour-manager")
    assert marks.endswith(": it is on their \\*page\\*")
    due = await server.reader.slash(server.channel, "commitment due")
    assert "Nothing" in answer(due)


@pytest.mark.usefixtures("ledger")
async def test_marks_are_added_and_never_overwritten(server, service):
    for standing in ("moved", "broken"):
        await server.manager.slash(server.channel, "commitment mark", commitment="1", standing=standing)
    assert [mark.standing.value for mark in service.ledger[server.id][0].marks] == ["moved", "broken"]


@pytest.mark.usefixtures("ledger")
async def test_a_reader_may_not_say_what_became_of_it(simcord_env, server, service):
    result = await server.reader.slash(server.channel, "commitment mark", commitment="1", standing="broken")
    assert "Manage Server" in answer(result)
    assert not any(one.marks for one in service.ledger[server.id])
    assert_error(simcord_env, app_commands.MissingPermissions)


@pytest.mark.usefixtures("ledger")
async def test_commitments_are_given_as_json(server):
    result = await server.reader.slash(server.channel, "commitment export", format="json", words="pier")
    assert answer(result) == "2 commitments in the file, the newest first."
    name, content = await file_of(result)
    assert name == "commitments.json"
    assert [one["id"] for one in json.loads(content)["commitments"]] == [2, 3]


@pytest.mark.usefixtures("ledger")
async def test_commitments_are_given_as_a_table(server, service):
    result = await server.reader.slash(server.channel, "commitment export", format="csv", kind="pledge")
    name, content = await file_of(result)
    assert (name, content.count(b"\r\n")) == ("commitments.csv", 4)
    assert service.asked == [("commitments", server.id, ("", CommitmentKind.PLEDGE))]


@pytest.mark.usefixtures("ledger")
async def test_commitments_that_name_a_day_are_given_as_a_calendar(server):
    result = await server.reader.slash(server.channel, "commitment export", format="ics")
    assert answer(result) == ("2 commitments in the file, the newest first. Left out, because no day is named: 1.")
    name, content = await file_of(result)
    assert (name, content.count(b"BEGIN:VEVENT")) == ("commitments.ics", 2)


async def test_a_calendar_without_a_day_is_said_to_be_none(server, service):
    service.ledger[server.id] = [entry(latest=None)]
    result = await server.reader.slash(server.channel, "commitment export", format="ics")
    assert "no calendar" in answer(result)
    assert result.response.attachments == []


async def test_nothing_on_record_is_no_file(server):
    result = await server.reader.slash(server.channel, "commitment export", format="json")
    assert answer(result) == "Nothing on record here yet."
    result = await server.reader.slash(server.channel, "commitment export", format="json", words="a*b")
    assert answer(result).startswith("Nothing found for “a\\*b”.")


async def test_more_than_a_thousand_are_said_to_be_the_newest(server, service):
    service.ledger[server.id] = [entry(number) for number in range(1, 1002)]
    result = await server.reader.slash(server.channel, "commitment export", format="json")
    assert answer(result) == (
        "1000 commitments in the file, the newest first. There are more than fit: these are the newest."
    )
    _, content = await file_of(result)
    assert len(json.loads(content)["commitments"]) == 1000


async def test_a_mark_on_a_listed_commitment_is_seen_by_everybody(server, service):
    service.ledger[server.id] = [entry(marks=(Mark(Standing.BROKEN, 1, "Ada", NOW),))]
    assert "❌ **broken**, says Ada" in shown(await server.reader.slash(server.channel, "commitment list"))
