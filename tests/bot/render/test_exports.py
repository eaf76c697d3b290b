"""The ledger as files: whole, bounded, and harmless where it is opened."""

import csv
import io
import json
import re
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.render.exports import MOST_BYTES, ExportFormat, pick_dated, write_export
from digest.model import Change, CommitmentKind, LedgerEntry, Mark, Standing, Strength, Telling, Trouble
from tests.builders import NOW, entry_on_record

DOCUMENT = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf8")
FIRST = Telling(
    ("Ministry of Transport", "City of Sarn"),
    CommitmentKind.PLEDGE,
    "publish the “audit”, all of it",
    "They said they would publish the “audit”, all of it, by Thursday if they can.",
    condition="if they can",
    deadline="by Thursday",
    earliest=date(2026, 11, 24),
    latest=date(2026, 11, 26),
    strength=Strength.HEDGED,
    reported_by="Ilse Brandt",
    title="Audit; of the tunnel",
    url="https://gazette.example/audit",
    site="Harbour Gazette",
    published_at=NOW - timedelta(days=2),
    id=3,
    cue="said they would",
    told_at=NOW - timedelta(days=1),
)
SECOND = Telling(("Ministry",), CommitmentKind.PLEDGE, "publish", "Will publish.", id=4, change=Change.RESTATED)
ENTRY = LedgerEntry(12, (FIRST, SECOND), (Mark(Standing.MOVED, 2**60, "Ada", NOW, "it is May now"),))


def export(form, *entries, **changes):
    values = {"guild_id": 7, "now": NOW}
    return b"".join(write_export(entries or (ENTRY,), form, **(values | changes)))


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def events(content):
    return Calendar.from_ical(content).events


def test_json_has_every_field_of_every_telling_and_mark():
    exported = json.loads(export(ExportFormat.JSON))
    assert (exported["version"], exported["exported_at"]) == (1, "2026-11-23T08:00:00+00:00")
    (commitment,) = exported["commitments"]
    assert (commitment["id"], commitment["due"]) == (12, {"earliest": "2026-11-24", "latest": "2026-11-26"})
    first, second = commitment["tellings"]
    assert first == {
        "id": 3,
        "told_at": "2026-11-22T08:00:00+00:00",
        "change": None,
        "trouble": None,
        "kind": "pledge",
        "strength": "hedged",
        "is_withdrawal": False,
        "actors": ["Ministry of Transport", "City of Sarn"],
        "what": "publish the “audit”, all of it",
        "sentence": FIRST.sentence,
        "cue": "said they would",
        "condition": "if they can",
        "deadline": "by Thursday",
        "earliest": "2026-11-24",
        "latest": "2026-11-26",
        "reported_by": "Ilse Brandt",
        "outlet": "Harbour Gazette",
        "title": "Audit; of the tunnel",
        "url": "https://gazette.example/audit",
        "published_at": "2026-11-21T08:00:00+00:00",
    }
    assert (second["change"], second["told_at"], second["latest"]) == ("restated", None, None)
    assert commitment["marks"] == [
        {
            "standing": "moved",
            "by_id": str(2**60),
            "by_name": "Ada",
            "marked_at": "2026-11-23T08:00:00+00:00",
            "note": "it is May now",
        }
    ]
    assert len(first) == len(fields(Telling))


def test_json_of_nothing_and_of_several_is_json():
    assert json.loads(export(ExportFormat.JSON, entry_on_record(), ENTRY))["commitments"][1]["id"] == 12
    assert json.loads(b"".join(write_export((), ExportFormat.JSON, guild_id=7, now=NOW)))["commitments"] == []


def test_a_commitment_without_a_day_is_due_on_none():
    assert json.loads(export(ExportFormat.JSON, entry_on_record()))["commitments"][0]["due"] is None


def test_the_form_of_the_json_and_the_table_is_documented_field_by_field():
    exported = json.loads(export(ExportFormat.JSON))
    (commitment,) = exported["commitments"]
    names = {*exported, *commitment, *commitment["due"], *commitment["tellings"][0], *commitment["marks"][0]}
    columns = rows(export(ExportFormat.CSV))[0]
    assert [name for name in (*names, *columns) if f"`{name}`" not in DOCUMENT] == []
    for kinds in (Change, Trouble, Standing, CommitmentKind, Strength):
        assert [one.value for one in kinds if f"`{one.value}`" not in DOCUMENT] == []


def test_the_table_has_a_row_for_each_telling():
    content = export(ExportFormat.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    header, first, second = rows(content)
    told = dict(zip(header, first, strict=True))
    assert told == {
        "commitment": "12",
        "telling": "3",
        "told_at": "2026-11-22T08:00:00+00:00",
        "change": "",
        "trouble": "",
        "kind": "pledge",
        "strength": "hedged",
        "is_withdrawal": "false",
        "actors": "Ministry of Transport; City of Sarn",
        "what": "publish the “audit”, all of it",
        "sentence": FIRST.sentence,
        "cue": "said they would",
        "condition": "if they can",
        "deadline": "by Thursday",
        "earliest": "2026-11-24",
        "latest": "2026-11-26",
        "reported_by": "Ilse Brandt",
        "outlet": "Harbour Gazette",
        "title": "Audit; of the tunnel",
        "url": "https://gazette.example/audit",
        "published_at": "2026-11-21T08:00:00+00:00",
        "standing": "moved",
        "marked_by": "Ada",
        "marked_at": "2026-11-23T08:00:00+00:00",
        "note": "it is May now",
    }
    again = dict(zip(header, second, strict=True))
    assert (again["commitment"], again["telling"], again["change"], again["condition"]) == ("12", "4", "restated", "")


@pytest.mark.parametrize(
    "what",
    ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "\n=1", "\0=1", "  =1", "\u00a0=1"],  # noqa: RUF001
    ids=ascii,
)
def test_no_cell_begins_like_a_formula(what):
    one = entry_on_record(Telling((what,), CommitmentKind.PLAN, what, what, title=what, site=what, reported_by=what))
    header, row = rows(export(ExportFormat.CSV, one))
    told = dict(zip(header, row, strict=True))
    assert {told[name] for name in ("actors", "what", "sentence", "title", "outlet", "reported_by")} == {f"'{what}"}


def test_every_cell_is_in_quotation_marks_and_marks_in_it_are_doubled():
    one = entry_on_record(Telling(('A "B"; C',), CommitmentKind.PLAN, 'x","=1+1', "line\r\nbreak"))
    content = export(ExportFormat.CSV, one).decode("utf-8-sig")
    assert re.fullmatch(r'(("([^"]|"")*",?)+\r\n){2}', content)
    assert rows(content.encode("utf-8-sig"))[1][9:11] == ['x","=1+1', "line\r\nbreak"]


def test_an_event_takes_the_whole_of_the_last_day():
    (event,) = events(export(ExportFormat.ICS))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 11, 26), date(2026, 11, 27))
    assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
    assert event["dtstamp"].dt == NOW
    assert event["summary"] == "pledge, Ministry: “publish”"
    assert (event["transp"], event["categories"].cats) == ("TRANSPARENT", ["pledge"])
    assert "url" not in event


@pytest.mark.parametrize(("cue", "kind"), [("will", "announced"), ("threatened to", "threat")])
def test_an_event_is_called_a_threat_where_the_article_does(cue, kind):
    one = LedgerEntry(12, (replace(FIRST, kind=CommitmentKind.THREAT, cue=cue, actors=("A",), what="stop work"),))
    (event,) = events(export(ExportFormat.ICS, one))
    assert event["summary"] == f"{kind}, A: “stop work”"
    assert event["categories"].cats == [kind]


def test_an_event_carries_its_evidence():
    one = LedgerEntry(12, (FIRST,), ENTRY.marks)
    (event,) = events(export(ExportFormat.ICS, one))
    assert event["description"].split("\n") == [
        "“They said they would publish the “audit”, all of it, by Thursday if they can.”",
        "condition: “if they can”",
        "when: “by Thursday”",
        "Any day from 24 November 2026 to 26 November 2026",
        "reported by: Ilse Brandt",
        "Harbour Gazette, 22 November 2026, Audit; of the tunnel",
        "moved, says Ada",
        "it is May now",
    ]
    assert event["url"] == "https://gazette.example/audit"
    assert event["summary"] == "pledge, Ministry of Transport, City of Sarn: “publish the “audit”, all of it”"


def test_an_event_keeps_its_uid_whatever_changes_and_no_two_share_one():
    other = LedgerEntry(13, ENTRY.tellings)
    uids = [event["uid"] for event in events(export(ExportFormat.ICS, ENTRY, other))]
    again = events(export(ExportFormat.ICS, LedgerEntry(12, (FIRST,)), now=NOW + timedelta(days=9)))
    elsewhere = events(export(ExportFormat.ICS, guild_id=8))
    assert again[0]["uid"] == uids[0]
    assert len({*uids, elsewhere[0]["uid"]}) == 3


def test_a_calendar_has_what_rfc_5545_asks_for():
    content = export(ExportFormat.ICS).decode()
    lines = content.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "DTSTAMP:20261123T080000Z", "DTSTART;VALUE=DATE:20261126"} <= set(lines)
    assert [line for line in lines if line.startswith("PRODID:")]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in content.replace("\r\n", "")


def test_the_time_of_an_export_is_written_in_utc():
    from zoneinfo import ZoneInfo

    content = export(ExportFormat.ICS, now=datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))
    assert b"DTSTAMP:20261123T080000Z" in content


@pytest.mark.parametrize("day", [date.min, date.max, date(2028, 2, 29)])
def test_any_day_of_the_calendar_can_be_the_last(day):
    one = entry_on_record(Telling((), CommitmentKind.PLAN, "pay", "Pay.", latest=day))
    (event,) = events(export(ExportFormat.ICS, one))
    assert event["dtstart"].dt == day
    assert event["summary"] == "plan: “pay”"


def test_words_of_others_make_no_lines_of_their_own():
    attack = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO\n\x0b\u2028;,:\\"
    url = "https://a.example/\r\nATTACH:x"
    one = Telling((attack,), CommitmentKind.PLAN, attack, attack, latest=NOW.date(), title=attack, url=url, site=attack)
    content = export(ExportFormat.ICS, entry_on_record(one, marks=[Mark(Standing.KEPT, 1, attack, NOW, attack)]))
    (event,) = events(content)
    names = set(re.findall(r"^([A-Z-]+)[;:]", re.sub("\r\n ", "", content.decode()), re.MULTILINE))
    assert names == {
        *("BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"),
        *("DESCRIPTION", "CATEGORIES", "TRANSP", "URL"),
    }
    assert event.subcomponents == []


def test_only_what_names_a_day_goes_into_a_calendar():
    assert pick_dated((entry_on_record(), ENTRY)) == (ENTRY,)


@pytest.mark.parametrize("form", ExportFormat)
def test_a_file_that_would_be_too_big_has_the_first_entries_whole(form):
    entries = [LedgerEntry(number, ENTRY.tellings) for number in range(1, 60)]
    whole = list(write_export(entries, form, guild_id=7, now=NOW))
    assert len(whole) == 61
    room = sum(map(len, whole)) // 2
    pieces = list(write_export(entries, form, guild_id=7, now=NOW, most_bytes=room))
    assert sum(map(len, pieces)) <= room
    assert 20 < len(pieces) - 2 < 59
    assert pieces[:-1] == whole[: len(pieces) - 1]
    assert pieces[-1] == whole[-1]


def test_a_thousand_ordinary_commitments_fit():
    for form in ExportFormat:
        size = len(export(form, *(LedgerEntry(number, ENTRY.tellings) for number in range(1000))))
        assert size < MOST_BYTES / 5


def test_half_a_surrogate_pair_is_no_trouble():
    broken = entry_on_record(Telling(("\ud800",), CommitmentKind.PLAN, "\udfff", "x", latest=NOW.date()))
    for form in ExportFormat:
        assert export(form, broken).decode("utf-8")
