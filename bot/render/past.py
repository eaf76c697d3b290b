"""What became of a digest's editions: when, of what kind, how many stories, where to see them, or why not. Pure."""

from collections.abc import Collection, Sequence
from datetime import tzinfo

from bot import texts
from bot.render import limits
from bot.render.days import short_day, show_instant
from bot.render.digests import show_times
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import shorten
from bot.texts import setup as words
from digest.model import Delivery, DeliveryState, Edition, EditionKind, PastEdition

_COLOR = 0x4A90D9
_NAME = 60
_WHY = 150
# What is worse says more of the whole.
_WORST_FIRST = (
    DeliveryState.FAILED,
    DeliveryState.HELD,
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
)


def render_past(
    name: str, editions: Sequence[PastEdition], page: int, *, forums: Collection[int] = frozenset()
) -> Message:
    """Return one page of editions, as they are given, each with its state and a link to its first message.

    In a channel that is one of `forums` an edition has a thread of its own.
    """
    shown = shorten(name, _NAME)
    if not editions:
        return Message((words.HISTORY_NONE if page == 1 else words.HISTORY_NO_MORE).format(name=shown))
    lines = [*(_line(one, forums) for one in editions), words.HISTORY_PAGE.format(page=page)]
    listed = fit_lines(lines, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number))
    return Message(embeds=(Embed(title=words.HISTORY_TITLE.format(name=shown), description=listed, color=_COLOR),))


def _line(one: PastEdition, forums: Collection[int]) -> str:
    edition = one.edition
    what = words.EDITIONS[edition.kind]
    stories = [texts.count(one.stories, "story", "stories")] if one.stories else []
    state = " · ".join([_slot(edition), *stories, _state(one), *_link(edition, forums)])
    return words.HISTORY_LINE.format(what=what, when=show_instant(edition.composed_at), state=state.lstrip(" ·"))


def _slot(edition: Edition) -> str:
    if edition.slot:
        time = show_times([edition.slot.local_time])
        day = texts.DAY_AND_TIME.format(day=short_day(edition.slot.local_date), time=time)
        return words.HISTORY_SLOT.format(slot=day)
    return words.HISTORY_EXTRA if edition.kind is EditionKind.DIGEST else ""


def _state(one: PastEdition) -> str:
    edition = one.edition
    if edition.kind is EditionKind.SKIPPED:
        return shorten(edition.why, _WHY)
    if not edition.deliveries:
        return words.NOTHING_POSTED
    states = {part.state for part in edition.deliveries}
    worst = next(state for state in _WORST_FIRST if state in states)
    if worst is DeliveryState.HELD:  # a sentence of ours, as `explain` gives it
        return words.STATE_WHY.format(state=words.STATES[worst], why=one.failed_because)
    if worst is DeliveryState.FAILED:
        return words.STATE_WHY.format(state=words.STATES[worst], why=shorten(one.failed_because, _WHY))
    return words.STATES[worst]


def _link(edition: Edition, forums: Collection[int]) -> list[str]:
    sent = [part for part in edition.deliveries if part.state is DeliveryState.SENT and part.message_id is not None]
    standing = [part for part in sent if part.message_id]
    if standing:
        return [f"[{words.HISTORY_SEE}]({link_message(standing[0], forums)})"]
    return [words.DELETED_SINCE] if sent else []


def label_past(one: PastEdition, zone: tzinfo) -> str:
    """Return what tells the edition from others in a list of choices, as plain text; empty for no posted digest."""
    edition = one.edition
    is_there = any(part.message_id for part in edition.deliveries)
    if edition.kind is not EditionKind.DIGEST or not is_there:
        return ""
    at = edition.composed_at.astimezone(zone)
    time = show_times([edition.slot.local_time if edition.slot else at.time()])
    day = short_day(edition.slot.local_date if edition.slot else at.date())
    stories = texts.count(one.stories, "story", "stories")
    return words.HISTORY_CHOICE.format(when=texts.DAY_AND_TIME.format(day=day, time=time), stories=stories)


def link_message(part: Delivery, forums: Collection[int] = frozenset()) -> str:
    """Return the address of the message that shows a part."""
    place = part.opening or part.message_id if part.channel_id in forums else part.channel_id
    return f"https://discord.com/channels/{part.guild_id}/{place}/{part.message_id}"
