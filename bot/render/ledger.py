"""A commitment over time: a line of a list, a card with its history, what falls due.

Nothing here judges: what became of a commitment is what people of the server say, by name, or nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, tzinfo

from bot import texts
from bot.render import limits
from bot.render.commitments import begin_at_cue, show_commitment, show_day_range
from bot.render.days import find_zone, show_day, show_instant
from bot.render.fitting import fit_lines
from bot.render.history import day_of, show_events
from bot.render.message import Embed, Message
from bot.render.places import show_place, show_site
from bot.render.text import clean, escape, quoted, shorten
from bot.texts import ledger as words
from digest import due_on, is_withdrawn
from digest.model import Change, LedgerEntry, Mark, Telling

_COLOR = 0x4A90D9
_DUE_COLOR = 0xE0A030
_NAME = 60
_BLOCK = 1500  # one entry of a list
_COMMITMENT_ROOM = 3000
_MARKS_ROOM = 1200
_DUE_ROOM = 1500
_REMINDER_ROOM = 3500


def render_entry(entry: LedgerEntry, *, today: date, zone: tzinfo = UTC) -> Message:
    """Return a commitment as a card: its newest words, how it stands on the day `today`, its marks, its history.

    Marks and events stand whole or are counted, the newest first. Days are those of `zone`.
    """
    entry = _in_full(entry)
    embeds = [_commitment(entry, today, zone)]
    if entry.marks:
        embeds.append(_timeline(words.MARKS_TITLE, [_mark_line(mark) for mark in entry.marks], _MARKS_ROOM))
    if len(entry.tellings) > 1 or entry.first.trouble:
        room = limits.EMBED_TOTAL - limits.ROOM_FOR_MARK - sum(map(limits.measure_embed, embeds))
        room -= limits.measure(words.HISTORY_TITLE) + limits.measure(texts.FOOTER)
        embeds.append(_timeline(words.HISTORY_TITLE, show_events(entry, zone), min(room, limits.DESCRIPTION)))
    return Message(embeds=(*embeds[:-1], replace(embeds[-1], footer=texts.FOOTER)))


def render_reminder(entries: Sequence[LedgerEntry], zone_name: str) -> str:
    """Return the payload of the answer to a message that showed these entries, for the day on which they fall due."""
    zone = find_zone(zone_name)
    days = [due[1] for due in map(due_on, entries) if due]
    head = words.REMINDER_HEAD_DAY.format(day=show_day(days[0], zone)) if days else words.REMINDER_HEAD
    listed = fit_lines([_reminded(entry, zone) for entry in entries], _REMINDER_ROOM, _more_due, joint="\n\n")
    return Message(head, (Embed(description=listed, color=_DUE_COLOR, footer=words.REMINDER_FOOTER),)).to_json()


def falling_due(entries: Sequence[LedgerEntry], zone: tzinfo) -> tuple[Embed, ...]:
    """Return the block of a digest with what falls due; none where nothing does."""
    if not entries:
        return ()
    listed = fit_lines([show_due(entry, zone) for entry in entries], _DUE_ROOM, _more_due)
    return (Embed(title=words.DUE_TITLE, description=listed, color=_DUE_COLOR),)


def show_entry(entry: LedgerEntry, zone: tzinfo) -> str:
    """Return an entry for a list: its newest words, and below them number, outlet, article, day, what changed, mark."""
    newest = begin_at_cue(entry.newest)
    place = _place(newest, before=[_number(entry)], after=[_times(entry), *_turns(entry)])
    return _whole(show_commitment(newest, zone), place)


def show_due(entry: LedgerEntry, zone: tzinfo) -> str:
    """Return an entry for a list of what falls due: days, newest words, and below them number, outlet, what changed."""
    newest, due = begin_at_cue(entry.newest), due_on(entry)
    days = f"**{show_day_range(*due, zone)}** · " if due else ""
    said = words.SAID.format(day=day_of(newest)) if day_of(newest) else ""
    parts = [_number(entry), show_site(newest.site or newest.title, newest.url), said, *_turns(entry)]
    place = texts.SMALL.format(text=" · ".join(filter(None, parts)))
    return _whole(show_commitment(replace(newest, earliest=None, latest=None), zone), place, days)


def _reminded(entry: LedgerEntry, zone: tzinfo) -> str:
    since = words.SINCE.format(day=day_of(entry.first)) if len(entry.tellings) > 1 and day_of(entry.first) else ""
    place = _place(entry.newest, before=[_number(entry)], after=[since, *_turns(entry)])
    return _whole(show_commitment(begin_at_cue(entry.newest), zone), place)


def _in_full(entry: LedgerEntry) -> LedgerEntry:
    return replace(entry, tellings=tuple(map(begin_at_cue, entry.tellings)))


def _commitment(entry: LedgerEntry, today: date, zone: tzinfo) -> Embed:
    newest = entry.newest
    said, sentence = show_commitment(newest, zone), clean(newest.sentence)
    evidence = f"> {quoted(sentence)}" if sentence not in ("", clean(newest.what)) else ""
    standing = "\n".join(filter(None, (*_standing(entry, today, zone), _record(entry))))
    descriptions = [
        "\n".join(filter(None, (*shown, _place(newest)))) + f"\n\n{standing}"
        for shown in ([said, evidence], [said], [texts.TOO_LONG])
    ]
    description = next((one for one in descriptions if limits.measure(one) <= _COMMITMENT_ROOM), descriptions[-1])
    return Embed(title=words.COMMITMENT_TITLE.format(id=entry.id), description=description, color=_COLOR)


def show_standing(entry: LedgerEntry, today: date, zone: tzinfo) -> list[str]:
    """Return how a commitment stands on the day `today`, and what the newest mark says of it, in lines."""
    return [*_standing(entry, today, zone), *([_mark(entry.mark)] if entry.mark else [])]


def _standing(entry: LedgerEntry, today: date, zone: tzinfo) -> list[str]:
    newest = entry.newest
    if newest.trouble:
        return [words.COUNTS_NO_MORE]
    if is_withdrawn(entry):
        return [words.TAKEN_BACK]
    opposite = [words.OPPOSITE] if newest.change is Change.CONTRADICTED else []
    due = due_on(entry)
    return [*opposite, _due_state(*due, today, zone, is_marked=bool(entry.marks)) if due else words.NO_DAY]


def _due_state(earliest: date | None, latest: date, today: date, zone: tzinfo, *, is_marked: bool) -> str:
    day = show_day(latest, zone)
    if latest < today:
        return (words.FELL_DUE if is_marked else words.FELL_DUE_UNKNOWN).format(day=day)
    if latest == today:
        return words.FALLS_DUE_TODAY.format(day=day)
    if earliest in (None, latest):
        return words.FALLS_DUE.format(day=day)
    return words.FALLS_DUE_WITHIN.format(days=show_day_range(earliest, latest, zone))


def _record(entry: LedgerEntry) -> str:
    since = words.SINCE.format(day=day_of(entry.first)) if day_of(entry.first) else ""
    parts = [part for part in (since, _times(entry)) if part]
    return texts.SMALL.format(text=" · ".join(parts)) if parts else ""


def _times(entry: LedgerEntry) -> str:
    if len(entry.tellings) == 1:
        return ""
    outlets = texts.count(len(entry.outlets), "outlet") if entry.outlets else texts.UNKNOWN_OUTLET
    return words.TOLD_TIMES.format(number=len(entry.tellings), outlets=outlets)


def _timeline(title: str, oldest_first: Sequence[str], room: int) -> Embed:
    listed = fit_lines(oldest_first[::-1], room, lambda number: words.MORE_EARLIER.format(number=number))
    return Embed(title=title, description=listed, color=_COLOR)


def _mark_line(mark: Mark) -> str:
    line = words.MARK_DAY.format(mark=_mark(mark), day=show_instant(mark.marked_at, "D"))
    # A note is no article's: it stands without quotation marks.
    return words.MARK_NOTE.format(line=line, note=escape(mark.note)) if escape(mark.note) else line


def _mark(mark: Mark) -> str:
    return words.MARK.format(
        standing=words.STANDINGS[mark.standing], name=shorten(mark.by_name, _NAME) or words.SOMEBODY
    )


def _turns(entry: LedgerEntry) -> list[str]:
    """Return what a reader of the newest words must know of their history, and what people say became of them."""
    newest = entry.newest
    change = Change.WITHDRAWN if is_withdrawn(entry) else newest.change
    # Of what is a withdrawal by itself the kind says so already.
    is_remarkable = change not in (None, Change.REPEATED) and not newest.is_withdrawal
    trouble = words.TROUBLE.format(trouble=words.TROUBLES[newest.trouble]) if newest.trouble else ""
    return [words.CHANGES[change] if change and is_remarkable else "", trouble, _mark(entry.mark) if entry.mark else ""]


def _place(told: Telling, *, before: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    return show_place(told.site, told.title, told.url, told.told_at or told.published_at, before=before, after=after)


def _number(entry: LedgerEntry) -> str:
    return words.NUMBER.format(id=entry.id)


def _more_due(number: int) -> str:
    return words.MORE_DUE.format(number=number)


def _whole(said: str, place: str, before: str = "") -> str:
    block = "\n".join(filter(None, (before + said, place)))
    return block if limits.measure(block) <= _BLOCK else "\n".join(filter(None, (before + texts.TOO_LONG, place)))
