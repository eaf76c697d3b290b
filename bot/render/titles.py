"""What a thread is called that a message opens: its own first line, so that the two never differ. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.render import limits
from bot.render.text import shorten_plain

_MARKUP = re.compile(r"\\(.)|\*\*|^-# ")


def thread_title(payload: Mapping[str, Any]) -> str:
    """Return the name of the thread: name and date as the head of a digest has them, else the first title."""
    title = next((embed["title"] for embed in payload.get("embeds", ()) if embed.get("title")), texts.NAME)
    head = payload.get("content") or title
    line = _MARKUP.sub(lambda found: found[1] or "", head.splitlines()[0])
    return shorten_plain(line.split(" — ")[0], limits.THREAD_NAME)
