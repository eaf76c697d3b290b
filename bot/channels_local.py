"""The local channel: the terminal, and a page that looks like Discord. It serves where there is no token."""

from datetime import datetime
from pathlib import Path

from rich.console import Console

from bot import texts
from bot.render.days import find_zone
from bot.render.message import Message
from bot.render.page import render_page
from bot.render.terminal import render_terminal
from digest.model import Delivery


class LocalChannel:
    """A Channel that prints each part and writes all of them to `output_path`, anew after every part.

    Message ids count the parts from 1; over an answer stands which one it answers. Times are shown as a reader in
    `zone` sees them.
    """

    def __init__(self, console: Console, output_path: Path, *, zone: str = "UTC", title: str = "") -> None:
        self.output_path = output_path
        self._console = console
        self._zone = zone
        self._title = title or texts.LOCAL_CHANNEL
        self._payloads: dict[str, str] = {}
        self._replies: dict[int, int] = {}

    async def turn(self) -> None:
        """Wait for nothing: whoever looks on is patient."""

    async def post(self, delivery: Delivery) -> int:
        """Show the part, once for each nonce, and return its number."""
        if delivery.nonce not in self._payloads:
            if delivery.reply_to:
                self._replies[len(self._payloads) + 1] = delivery.reply_to
                self._console.print(texts.LOCAL_REPLY.format(number=delivery.reply_to))
            self.show(delivery.payload, nonce=delivery.nonce, posted_at=delivery.attempted_at)
        return list(self._payloads).index(delivery.nonce) + 1

    async def find(self, delivery: Delivery) -> int | None:
        """Return the number of the part if this run has shown it."""
        return list(self._payloads).index(delivery.nonce) + 1 if delivery.nonce in self._payloads else None

    async def edit(self, delivery: Delivery) -> int:
        """Show the part in the place of the one of this number, 0 where there is none."""
        nonce = dict(enumerate(self._payloads, start=1)).get(delivery.edits or 0)
        if nonce is None:
            return 0
        self.show(delivery.payload, nonce=nonce, posted_at=delivery.attempted_at)
        return delivery.edits or 0

    def show(self, payload: str, *, nonce: str, posted_at: datetime | None = None) -> None:
        """Print a payload and put it on the page, in the place of the one with this nonce."""
        self._payloads[nonce] = payload
        self._console.print(render_terminal(Message.from_json(payload), find_zone(self._zone), posted_at))
        page = render_page(
            tuple(self._payloads.values()),
            title=self._title,
            zone=self._zone,
            posted_at=posted_at,
            replies=self._replies,
        )
        write_whole(self.output_path, page)


def write_whole(path: Path, text: str) -> None:
    """Write a file of text so that it is at every moment the old one or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
