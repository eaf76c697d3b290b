"""What those who manage a server are told when digests lost their channels. Pure."""

from collections.abc import Sequence

from bot import texts
from bot.render import limits
from bot.render.fitting import fit_lines
from bot.render.text import shorten
from bot.texts import status as words
from digest.model import Subscription

_NAME = 60


def render_losses(server: str, subscriptions: Sequence[Subscription]) -> str:
    """Return the message: which digests are not posted any more, why, what to grant, and how they run again."""
    head = words.LOST_HEAD.format(server=shorten(server, _NAME))
    foot = words.LOST_FOOT
    lines = [
        words.LOST.format(name=shorten(one.name, _NAME), channel_id=one.channel_id, why=one.paused_because)
        for one in subscriptions
    ]
    room = limits.CONTENT - limits.measure(head) - limits.measure(foot) - 2
    return "\n".join((head, fit_lines(lines, room, lambda number: texts.MORE.format(number=number)), foot))
