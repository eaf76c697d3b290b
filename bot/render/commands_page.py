"""The page that lists every command, as docs/commands.md has it. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.render.help import CommandLine, OptionLine
from bot.texts import help as words


def render_commands_page(commands: Sequence[CommandLine]) -> str:
    """Return every command with its options as a page of Markdown, group by group, in their order."""
    typed = [one for one in commands if not one.is_menu]
    lines = [words.PAGE_TITLE, "", words.PAGE_TEXT]
    for group, members in groupby(typed, key=lambda one: one.name.partition(" ")[0]):
        lines += ["", f"## /{group}"]
        for one in members:
            lines += ["", *_described(one)]
    if menu := [one for one in commands if one.is_menu]:
        lines += [
            "",
            f"## {words.ON_MESSAGES}",
            "",
            *(words.PAGE_MENU.format(name=one.name, about=one.about) for one in menu),
        ]
    return "\n".join(lines) + "\n"


def _described(one: CommandLine) -> Iterator[str]:
    who = words.PAGE_MANAGERS if one.is_for_managers else words.PAGE_EVERYBODY
    yield words.PAGE_COMMAND.format(name=one.name, about=one.about, who=who)
    if one.options:
        yield ""
        yield from words.PAGE_HEAD
        yield from map(_row, one.options)


def _row(option: OptionLine) -> str:
    about = (
        words.PAGE_CHOICES.format(about=option.about, choices=", ".join(option.choices))
        if option.choices
        else option.about
    )
    needed = words.PAGE_NEEDED if option.is_required else ""
    return words.PAGE_OPTION.format(name=option.name, needed=needed, about=about.replace("|", "\\|"))
