"""Pages that are made from the program: `python -m tests.docs` writes them anew, and a test sees that they are."""

import asyncio
from pathlib import Path

from bot.client import OnRecordBot
from bot.cogs import add_commands
from bot.commands import list_commands
from bot.render.commands_page import render_commands_page
from tests.bot.deliveries import Watch
from tests.bot.services import FakeService

COMMANDS = Path(__file__).parent.parent / "docs" / "commands.md"


async def commands_page():
    bot = OnRecordBot(FakeService(), Watch())
    await add_commands(bot, bot.desk)
    return render_commands_page(list_commands(bot.tree))


if __name__ == "__main__":
    COMMANDS.write_text(asyncio.run(commands_page()), "utf8")
