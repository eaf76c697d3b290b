"""What the bot can do: its commands, as they describe themselves. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot import texts
from bot.render import limits
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Field, Message
from bot.texts import help as words

_COLOR = 0x4A90D9
_ROOM = 5000  # of what fields say together; their names, title and text take the rest


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option of a command: its name, what it means, whether it can be left out, and what can be chosen, if fixed."""

    name: str
    about: str
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command by its full name, what it does, and who may use it; `is_menu` where it stands in a message's menu."""

    name: str
    about: str
    is_for_managers: bool = False
    is_menu: bool = False
    options: tuple[OptionLine, ...] = ()


def render_help(commands: Sequence[CommandLine]) -> Message:
    """Return what the bot is for, and its commands, group by group."""
    typed = sorted((one for one in commands if not one.is_menu), key=lambda one: one.name)
    groups = [tuple(lines) for _, lines in groupby(typed, key=lambda one: one.name.partition(" ")[0])]
    parts = [_group(lines) for lines in groups if len(lines) > 1]
    if alone := [_line(f"/{lines[0].name}", lines[0]) for lines in groups if len(lines) == 1]:
        parts.append((words.OTHERS, alone))
    if menu := [_line(one.name, one) for one in commands if one.is_menu]:
        parts.append((words.ON_MESSAGES, menu))
    fair = _ROOM // max(len(parts), 1)
    has_room = sum(limits.measure("\n".join(lines)) for _, lines in parts) <= _ROOM
    room = limits.FIELD_VALUE if has_room else min(limits.FIELD_VALUE, fair)
    fields = tuple(Field(name, fit_lines(lines, room, _more)) for name, lines in parts)
    return Message(embeds=(Embed(title=words.TITLE, description=words.TEXT, color=_COLOR, fields=fields),))


def _group(commands: Sequence[CommandLine]) -> tuple[str, list[str]]:
    is_for_managers = all(one.is_for_managers for one in commands)
    title = words.GROUP_MANAGERS if is_for_managers else words.GROUP
    lines = [_line(f"/{one.name}", one, is_said=not is_for_managers) for one in commands]
    return title.format(name=commands[0].name.partition(" ")[0]), lines


def _line(name: str, one: CommandLine, *, is_said: bool = True) -> str:
    line = words.LINE_MANAGERS if one.is_for_managers and is_said else words.LINE
    return line.format(name=name, about=one.about)


def _more(number: int) -> str:
    return texts.MORE.format(number=number)
