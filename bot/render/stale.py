"""What a list may be missing: sources that have not been read for more than a day. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import texts
from bot.render import limits
from bot.render.days import show_instant
from bot.render.message import Message
from bot.render.text import shorten
from bot.texts import lookups as words
from digest.model import SourceStatus

STALE_AFTER = timedelta(days=1)

_NAME = 60
_MOST = 3


def show_stale(statuses: Sequence[SourceStatus], now: datetime) -> str:
    """Return a line of small print that names sources that fail for longer than a day; nothing where none does."""
    since = {
        shorten(one.source.name, _NAME) or texts.UNTITLED: one.failure.since
        for one in statuses
        if one.failure and one.failure.since and now - one.failure.since > STALE_AFTER
    }
    named = [words.STALE_ONE.format(name=name, since=show_instant(at, "D")) for name, at in since.items()]
    shown = ", ".join(named[:_MOST])
    if len(named) > _MOST:
        shown = texts.AND_MORE.format(shown=shown, number=len(named) - _MOST)
    return texts.SMALL.format(text=words.STALE.format(sources=shown)) if shown else ""


def with_stale(message: Message, statuses: Sequence[SourceStatus], now: datetime) -> Message:
    """Return the message with that line in its content, where it has room."""
    content = "\n".join(filter(None, (message.content, show_stale(statuses, now))))
    return replace(message, content=content) if limits.measure(content) <= limits.CONTENT else message
