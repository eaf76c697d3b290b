"""Messages as a page that looks as they do in Discord: self-contained, without scripts, read from the file system."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType

from bot import texts
from bot.render.days import find_zone
from bot.render.html import template
from bot.render.markup import group_lines, read_lines, read_pieces, show_time
from bot.render.message import Message
from bot.render.under import name_controls


def render_page(
    payloads: Sequence[str],
    *,
    title: str,
    zone: str = "UTC",
    posted_at: datetime | None = None,
    caption: str = "",
    replies: Mapping[int, int] = MappingProxyType({}),
) -> str:
    """Return an HTML page of the messages with these payloads, under a channel of this title.

    `replies` has the numbers, counted from 1, of messages that answer another one, and the number of that. Times
    are shown as a reader in `zone` sees them. Nothing is loaded from anywhere: pictures are boxes.
    """
    reader = find_zone(zone)

    messages = [Message.from_json(payload) for payload in payloads]

    def instant(when: datetime) -> str:
        return show_time(int(when.timestamp()), "f", reader)

    return template("page.html").render(
        messages=messages,
        replies={number: messages[to - 1] for number, to in replies.items() if 0 < to <= len(messages)},
        title=title,
        caption=caption or texts.PAGE_CAPTION,
        name=texts.NAME,
        app=texts.PAGE_APP,
        picture=texts.PAGE_PICTURE,
        posted=instant(posted_at) if posted_at else "",
        lines_of=partial(read_lines, zone=reader, now=posted_at),
        pieces_of=partial(read_pieces, zone=reader, now=posted_at),
        by_quote=group_lines,
        instant=instant,
        controls_of=lambda message: name_controls(message.stories),
    )
