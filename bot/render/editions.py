"""A digest as one page to read, keep and print: no scripts, nothing loaded from anywhere. Pure."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot import texts
from bot.render.days import find_zone
from bot.render.html import template
from bot.render.markup import group_lines, read_lines, read_pieces, show_time
from bot.render.message import Message
from bot.render.text import plain
from bot.texts import lookups as words


def render_edition_page(
    payloads: Sequence[str], *, title: str, zone: str = "UTC", posted_at: datetime, now: datetime
) -> str:
    """Return an HTML page of a digest whose messages have these payloads, headed by `title`.

    Times are those of `zone`. Its only addresses are links that a reader may follow. It prints in black on white.
    """
    reader = find_zone(zone)

    def instant(when: datetime) -> str:
        return show_time(int(when.timestamp()), "f", reader)

    return template("edition.html").render(
        messages=[Message.from_json(payload) for payload in payloads],
        title=plain(title) or texts.NAME,
        name=texts.NAME,
        posted=instant(posted_at),
        as_of=words.PAGE_AS_OF.format(time=instant(now)),
        foot=words.PAGE_FOOT,
        lines_of=partial(read_lines, zone=reader, now=posted_at),
        pieces_of=partial(read_pieces, zone=reader, now=posted_at),
        by_quote=group_lines,
        instant=instant,
    )
