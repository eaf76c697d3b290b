"""Help lists every command by its group, and says who may use what."""

from bot.render.help import CommandLine, render_help
from bot.render.limits import fits


def fields_of(*commands):
    return {field.name: field.value for field in render_help(commands).embeds[0].fields}


def test_commands_of_one_group_stand_together_and_say_once_whom_they_are_for():
    shown = fields_of(
        CommandLine("source add", "Follow", is_for_managers=True),
        CommandLine("source list", "Show", is_for_managers=True),
        CommandLine("help", "Show what I can do"),
    )
    assert shown["/source · for who manages the server"] == "**/source add** Follow\n**/source list** Show"
    assert shown["Further commands"] == "**/help** Show what I can do"


def test_a_command_for_managers_among_others_says_so_itself():
    shown = fields_of(CommandLine("x list", "Show"), CommandLine("x mark", "Mark", is_for_managers=True))
    assert shown == {"/x": "**/x list** Show\n**/x mark** Mark (for who manages the server)"}


def test_what_stands_in_the_menu_of_messages_has_no_slash():
    (value,) = fields_of(CommandLine("Sources and proof", "Show", is_menu=True)).values()
    assert value == "**Sources and proof** Show"


def test_however_many_commands_there_are_help_fits():
    many = [CommandLine(f"group{one % 9} command{one}", "What it does in a sentence " * 3) for one in range(150)]
    assert fits(render_help(many))
