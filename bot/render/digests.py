"""What a server ordered, as messages: when each digest comes, where, and what was agreed about it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from bot import texts
from bot.render import limits
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import escape, shorten
from bot.texts import digests as words, ledger
from digest.model import BY_HAND, CatchUp, Follow, Subscription

_COLOR = 0x4A90D9
_NAME = 60


def render_subscriptions(subscriptions: Sequence[Subscription], next_runs: Mapping[int, datetime]) -> Message:
    """Return the digests of a server, each with when it comes next and its settings."""
    if not subscriptions:
        return Message(content=texts.NO_DIGEST)
    lines = [show_subscription(one, next_runs.get(one.id)) for one in subscriptions]
    shown = fit_lines(lines, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number), joint="\n\n")
    return Message(embeds=(Embed(title=words.LIST_TITLE, description=shown, color=_COLOR),))


def confirm_set_up(saved: Subscription, next_at: datetime | None, *, has_sources: bool) -> str:
    """Return what was saved of a digest, a sentence each: where, when, from what, and what was agreed about it."""
    done = texts.SETUP_DONE.format(
        name=shorten(saved.name, _NAME),
        channel_id=saved.channel_id,
        times=show_times(saved.times),
        zone=saved.zone,
        sources=name_sources(saved),
        next=words.PAUSED.format(why=show_pause(saved)) if saved.paused_because else show_next(next_at),
    )
    named = ", ".join(map(escape, saved.keywords))
    lines = [
        done,
        texts.SETUP_KEYWORDS.format(words=named) if named else "",
        *show_settings(saved),
        ledger.SETUP_ANSWERS if saved.answers_due else ledger.SETUP_NO_ANSWERS,
        "" if has_sources else texts.SETUP_NO_SOURCES,
    ]
    said = "\n".join(filter(None, lines))
    return said if limits.measure(said) <= limits.CONTENT else done


def show_subscription(one: Subscription, next_at: datetime | None) -> str:
    """Return one digest in lines: what, where and when, its next coming or why it is paused, its settings."""
    line = words.DIGEST.format(
        name=shorten(one.name, _NAME),
        channel_id=one.channel_id,
        times=show_times(one.times),
        zone=one.zone,
        sources=name_sources(one),
    )
    state = words.PAUSED.format(why=show_pause(one)) if one.paused_because else show_next(next_at)
    return "\n".join([line, state, *(words.SETTING.format(setting=setting) for setting in show_settings(one))])


def show_settings(one: Subscription) -> list[str]:
    """Return what was agreed about quiet hours, time away and days without news, a sentence each."""
    settings = []
    if quiet := show_quiet(one):
        settings.append(words.QUIET.format(quiet=quiet))
    if one.catch_up is not CatchUp.MERGE:
        settings.append(words.AFTER_TIME_AWAY.format(catch_up=words.CATCH_UPS[one.catch_up]))
    if one.says_when_empty:
        settings.append(words.SAYS_WHEN_EMPTY)
    return settings


def show_pause(one: Subscription) -> str:
    """Return why a digest is paused, and what lets it come again."""
    if one.paused_because == BY_HAND:
        return words.PAUSED_BY_HAND
    if one.paused_because == texts.ERROR_CHANNEL_GONE:  # what was said then, before it could be given another
        return words.PAUSED_GONE
    return words.PAUSED_OTHERWISE.format(why=one.paused_because)


def show_next(next_at: datetime | None) -> str:
    """Return when the next digest comes, in the reader's own time."""
    return words.NEXT.format(next=int(next_at.timestamp())) if next_at else words.NEVER


def show_quiet(one: Subscription | Follow) -> str:
    """Return the quiet hours of a digest or a follow, "22:00 to 07:00"; nothing where it has none."""
    if one.quiet_from is None or one.quiet_until is None:
        return ""
    return words.QUIET_HOURS.format(begins=show_times([one.quiet_from]), ends=show_times([one.quiet_until]))


def show_times(times: Iterable[time]) -> str:
    """Return times as people write them, "08:00, 18:30"."""
    return ", ".join(one.strftime("%H:%M") for one in times)


def name_sources(one: Subscription) -> str:
    """Return from how many sources a digest is made."""
    return texts.count(len(one.source_ids), "source") if one.source_ids else texts.SETUP_ALL_SOURCES
