"""A server's settings, its record of who changed what, and what was reported there, as messages and files. Pure."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from bot import texts
from bot.render import limits
from bot.render.days import show_instant
from bot.render.exports import MOST_BYTES
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import escape, quoted, shorten
from bot.texts import hiding, housekeeping as words
from digest.model import AuditEntry, Case, GuildSettings

_COLOR = 0x4A90D9
_NAME = 60
_SUBJECT = 200
_SHOWN = 400
_TOLD_ABOVE = ("subscriptions", "guild_sources", "hidden_names", "cases", "audit_entries", "guild_settings")


def render_settings(settings: GuildSettings, kept: Mapping[str, int], *, open_cases: int) -> Message:
    """Return all that is set for a server, and how much is kept of it, by the names of the tables."""
    role_id = settings.marker_role_id
    lines = [
        words.SHOW_ZONE.format(zone=escape(settings.zone) or words.ZONE_OF_DIGEST),
        words.SHOW_ROLE.format(who=words.MANAGERS_AND.format(role_id=role_id) if role_id else words.ONLY_MANAGERS),
        words.SHOW_DIGESTS.format(digests=kept.get("subscriptions", 0)),
        words.SHOW_SOURCES.format(sources=kept.get("guild_sources", 0)),
        words.SHOW_NAMES.format(names=kept.get("hidden_names", 0)),
        words.SHOW_CASES.format(open=open_cases, retracted=kept.get("cases", 0) - open_cases),
        words.SHOW_AUDIT.format(changes=kept.get("audit_entries", 0)),
        words.SHOW_KEPT.format(kept=show_kept({name: kept[name] for name in kept if name not in _TOLD_ABOVE})),
    ]
    embed = Embed(title=words.TITLE, description="\n".join(lines), color=_COLOR, footer=words.SHOW_FOOTER)
    return Message(embeds=(embed,))


def show_kept(kept: Mapping[str, int]) -> str:
    """Return how much of what there is: "2 digests, 1 mark"."""
    named = [texts.count(kept[table], *names) for table, names in words.TABLES.items() if kept.get(table)]
    return ", ".join(named) or words.NOTHING_KEPT


def render_audit(entries: Sequence[AuditEntry], *, offset: int = 0) -> Message:
    """Return who changed what, the newest first; whole lines, counted where they do not fit."""
    if not entries:
        return Message(content=texts.NO_MORE if offset else words.AUDIT_NONE)
    listed = fit_lines(list(map(_audit_line, entries)), limits.DESCRIPTION, _more)
    footer = texts.RESULTS.format(first=offset + 1, last=offset + len(entries))
    return Message(embeds=(Embed(title=words.AUDIT_TITLE, description=listed, color=_COLOR, footer=footer),))


def render_names(names: Sequence[str]) -> Message:
    """Return the names that a server hides; whole lines, counted where they do not fit."""
    if not names:
        return Message(content=hiding.NAMES_NONE)
    lines = [hiding.NAME_LINE.format(name=escape(name)) for name in names]
    listed = fit_lines(lines, limits.DESCRIPTION, _more)
    return Message(embeds=(Embed(title=hiding.NAMES_TITLE, description=listed, color=_COLOR),))


def render_cases(cases: Sequence[Case], *, number: int) -> Message:
    """Return cases that wait, of `number` in all: what was shown, where, who reported it and why."""
    if not cases:
        return Message(content=hiding.CASES_NONE)
    listed = fit_lines(list(map(_case, cases)), limits.DESCRIPTION, _more, joint="\n\n")
    footer = hiding.CASES_FOOTER.format(number=number)
    return Message(embeds=(Embed(title=hiding.CASES_TITLE, description=listed, color=_COLOR, footer=footer),))


def write_cases(cases: Sequence[Case], *, with_members: bool = False) -> bytes:
    """Return the cases as JSON that can become tests of the reader; who reported them only with `with_members`."""
    told = {"version": 1, "cases": [_case_dict(case, with_members=with_members) for case in cases]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def pack_file(content: bytes, *, most_bytes: int = MOST_BYTES) -> bytes | None:
    """Return a zip file that holds this content, None where it is larger than Discord takes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(zipfile.ZipInfo(words.EXPORT_JSON), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue() if packed.tell() <= most_bytes else None


def _audit_line(entry: AuditEntry) -> str:
    line = words.AUDIT_LINE.format(
        when=show_instant(entry.at), name=shorten(entry.by_name, _NAME), action=entry.action.replace("`", "")
    )
    subject = _subject(entry.subject)
    return words.AUDIT_LINE_OF.format(line=line, subject=subject) if subject else line


def _subject(subject: str) -> str:
    return shorten(subject, _SUBJECT)


def _case(case: Case) -> str:
    by = hiding.CASE_NOTE if escape(case.note) else hiding.CASE_BY
    return hiding.CASE.format(
        id=case.id,
        kind=hiding.KINDS[case.statement.kind],
        outlet=shorten(case.outlet, _NAME) or texts.UNKNOWN_OUTLET,
        day=show_instant(case.reported_at, "D"),
        words=quoted(case.statement.words) if limits.measure(case.statement.words) <= _SHOWN else texts.TOO_LONG,
        by=by.format(name=shorten(case.by_name, _NAME), note=escape(case.note)),
    )


def _case_dict(case: Case, *, with_members: bool) -> dict[str, Any]:
    told = {
        "id": case.id,
        "kind": case.statement.kind.value,
        "words": case.statement.words.split("\n"),
        "url": case.url,
        "outlet": case.outlet,
        "version_read_at": case.read_at and case.read_at.isoformat(),
        "rule": case.method,
        "note": case.note,
        "reported_at": case.reported_at.isoformat(),
        "retracted_at": case.retracted_at and case.retracted_at.isoformat(),
    }
    return told | ({"by_id": str(case.by_id), "by_name": case.by_name} if with_members else {})


def _more(number: int) -> str:
    return texts.MORE.format(number=number)
