"""The digests of a day: which there are, and what is said where there is none. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo

from bot import texts
from bot.render import limits
from bot.render.days import full_day, in_utc, show_instant
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import shorten, shorten_plain
from bot.texts import lookups as words
from digest.model import IssuedDigest, Subscription

_COLOR = 0x4A90D9
_NAME = 60
_COMING = 800


def render_day(found: Sequence[IssuedDigest], day: date) -> Message:
    """Return the digests of a day to choose from."""
    lines = [
        words.DAY_DIGEST.format(
            name=shorten(one.subscription.name, _NAME) or texts.NAME,
            channel_id=one.channel_id,
            when=show_instant(one.composed_at, "t"),
        )
        for one in found
    ]
    shown = fit_lines(lines, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number))
    title = words.DAY_TITLE.format(day=full_day(day))
    return Message(embeds=(Embed(title=title, description=shown, color=_COLOR),))


def label_digest(one: IssuedDigest, zone: tzinfo) -> str:
    """Return a digest as a choice: name, and the time at which it was made."""
    made_at = (in_utc(one.composed_at) or datetime(1, 1, 1, tzinfo=UTC)).astimezone(zone)
    name = shorten_plain(one.subscription.name, _NAME) or texts.NAME
    return words.DAY_DIGEST_CHOICE.format(name=name, time=f"{made_at:%H:%M}")


def show_coming(subscriptions: Sequence[Subscription], next_runs: Mapping[int, datetime]) -> str:
    """Return in small print which digests are still to come, the soonest first; nothing where none is."""
    coming = sorted((next_runs[one.id], one.name) for one in subscriptions if one.id in next_runs)
    lines = [words.STILL_ONE.format(name=shorten(name, _NAME), when=show_instant(at, "t")) for at, name in coming]
    return words.STILL_TO_COME.format(digests=fit_lines(lines, _COMING, _others, joint=", ")) if lines else ""


def _others(number: int) -> str:
    return words.STILL_OTHERS.format(number=number)


def about_next(text: str, subscription: Subscription, at: datetime) -> str:
    """Return a sentence about a digest that is to come, with when it does."""
    when = f"{show_instant(at, 'F')} ({show_instant(at, 'R')})"
    return text.format(name=shorten(subscription.name, _NAME) or texts.NAME, when=when)
