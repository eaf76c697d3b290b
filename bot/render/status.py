"""How the bot does in a server, as a message. Pure."""

from collections.abc import Sequence

from bot import texts
from bot.render import limits
from bot.render.days import show_instant
from bot.render.digests import show_pause
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import shorten
from bot.texts import status as words
from digest.model import DigestStatus, SourceStatus

_COLOR = 0x4A90D9
_NAME = 60


def render_status(digests: Sequence[DigestStatus], sources: Sequence[SourceStatus]) -> Message:
    """Return whether all is well, each digest with its last and next time and its trouble, and how the sources do."""
    lines = [_show_digest(one) for one in digests] or [words.NO_DIGESTS]
    foot = _show_sources(sources)
    shown = fit_lines(
        lines,
        limits.DESCRIPTION - limits.measure(foot) - 2,
        lambda number: texts.MORE.format(number=number),
        joint="\n\n",
    )
    embed = Embed(title=words.TITLE, description=f"{shown}\n\n{foot}", color=_COLOR)
    return Message(content=_verdict(digests, sources), embeds=(embed,))


def _verdict(digests: Sequence[DigestStatus], sources: Sequence[SourceStatus]) -> str:
    late = sum(one.overdue_since is not None or one.unmade_since is not None for one in digests)
    paused = sum(bool(one.subscription.paused_because) for one in digests)
    failing = _failing(sources)
    troubles = [
        words.LATE.format(digests=texts.count(late, "digest")) if late else "",
        words.PAUSED.format(digests=texts.count(paused, "digest")) if paused else "",
        words.FAILING.format(sources=texts.count(failing, "source")) if failing else "",
    ]
    named = ", ".join(filter(None, troubles))
    return words.UNWELL.format(troubles=named) if named else words.WELL


def _show_digest(one: DigestStatus) -> str:
    subscription = one.subscription
    facts = [words.LAST.format(when=show_instant(one.last_at)) if one.last_at else words.NEVER]
    if not subscription.paused_because and not one.unmade_since:
        facts.append(words.NEXT.format(when=show_instant(one.next_at)) if one.next_at else words.NO_NEXT)
    lines = [" · ".join(facts)]
    if one.overdue_since:
        lines.append(words.IS_LATE.format(when=show_instant(one.overdue_since)))
    if one.unmade_since:
        lines.append(words.IS_UNMADE.format(when=show_instant(one.unmade_since)))
    if subscription.paused_because:
        lines.append(words.IS_PAUSED.format(why=show_pause(subscription)))
    if one.held:
        lines.append(words.HELD.format(parts=texts.count(one.held, "part")))
    name = shorten(subscription.name, _NAME)
    return words.DIGEST.format(name=name, channel_id=subscription.channel_id, facts="\n".join(lines))


def _show_sources(sources: Sequence[SourceStatus]) -> str:
    followed, failing = texts.count(len(sources), "source"), _failing(sources)
    text = words.SOURCES_FAILING if failing else words.SOURCES_WELL
    return text.format(sources=followed, failing=failing)


def _failing(sources: Sequence[SourceStatus]) -> int:
    return sum(status.failure is not None for status in sources)
