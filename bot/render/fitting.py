"""Fitting by dropping whole parts: what stays is whole, what goes is counted."""

from collections.abc import Callable, Sequence

from bot.render import limits
from bot.render.message import Embed, Message


def fit_lines(lines: Sequence[str], room: int, more: Callable[[int], str], joint: str = "\n") -> str:
    """Return the lines that fit into `room`, in order, and `more(number)` as the last one if any had to go."""
    kept: list[str] = []
    used = 0
    for index, line in enumerate(lines):
        size = limits.measure(line) + len(joint)
        rest = len(lines) - index - 1
        if used + size + (limits.measure(more(rest)) if rest else 0) > room:
            return joint.join([*kept, more(rest + 1)])
        kept.append(line)
        used += size
    return joint.join(kept)


def pack(embeds: Sequence[Embed], content: Callable[[int, int], str]) -> tuple[Message, ...]:
    """Return the embeds in as few messages as Discord's limits allow, in order, under `content(part, parts)`.

    Each embed alone must fit. Parts count from 1; without embeds there is one part.
    """
    room = limits.EMBED_TOTAL - limits.ROOM_FOR_MARK
    parts: list[list[Embed]] = [[]]
    used = 0
    for embed in embeds:
        size = limits.measure_embed(embed)
        if parts[-1] and (used + size > room or len(parts[-1]) == limits.EMBEDS):
            parts.append([])
            used = 0
        parts[-1].append(embed)
        used += size
    return tuple(Message(content(number, len(parts)), tuple(part)) for number, part in enumerate(parts, 1))
