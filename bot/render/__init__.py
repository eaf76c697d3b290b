"""What is said, as Discord messages and as pages. Pure: values in, payloads out; nothing is sent, no clock is read."""

from bot.render.corrections import render_correction
from bot.render.embeds import render_digest, render_messages
from bot.render.help import CommandLine, render_help
from bot.render.ledger import render_entry, render_reminder
from bot.render.lookups import (
    render_articles,
    render_commitments,
    render_due,
    render_quotes,
)
from bot.render.message import Embed, Field, Message
from bot.render.page import render_page
from bot.render.sources import (
    render_health,
    render_list,
    render_notice,
    render_offers,
    render_sources,
    render_tried,
)
from bot.render.text import escape

__all__ = [
    "CommandLine",
    "Embed",
    "Field",
    "Message",
    "escape",
    "render_articles",
    "render_commitments",
    "render_correction",
    "render_digest",
    "render_due",
    "render_entry",
    "render_health",
    "render_help",
    "render_list",
    "render_messages",
    "render_notice",
    "render_offers",
    "render_page",
    "render_quotes",
    "render_reminder",
    "render_sources",
    "render_tried",
]
