"""docs/commands.md is what the commands say of themselves."""

from bot.render.commands_page import render_commands_page
from bot.render.help import CommandLine, OptionLine
from tests.docs import COMMANDS, commands_page


async def test_the_page_of_commands_is_made_from_the_commands():
    assert COMMANDS.read_text("utf8") == await commands_page(), "make docs"


def test_a_command_says_whom_it_is_for_and_what_its_options_mean():
    day = OptionLine("day", "Which | day", is_required=True)
    form = OptionLine("format", "Which kind", choices=("JSON", "CSV"))
    page = render_commands_page([CommandLine("x show", "Show", is_for_managers=True, options=(day, form))])
    assert "**`/x show`** Show. For who manages the server." in page
    assert "| `day` | yes | Which \\| day |" in page
    assert "| `format` |  | Which kind. One of: JSON, CSV |" in page


def test_what_stands_in_the_menu_of_messages_is_listed_last():
    page = render_commands_page([CommandLine("help", "Help"), CommandLine("Proof", "Show where", is_menu=True)])
    assert page.splitlines()[-1] == "- **Proof** Show where"
