"""Registered commands, and what a member's client makes of them: only what is registered can be invoked."""

from datetime import timedelta
from enum import IntEnum

from tests.wire import errors
from tests.wire.errors import NotOfferedError

CREATES_A_DAY = 200


class Option(IntEnum):
    """Types of options, as Discord numbers them."""

    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10


_NESTING = frozenset({Option.SUBCOMMAND, Option.GROUP})
_PYTHON_TYPES = {
    Option.STRING: str,
    Option.INTEGER: int,
    Option.BOOLEAN: bool,
    Option.NUMBER: (int, float),
}


class Registry:
    """The commands of each scope (None, or a guild's id), by a slash command's name or another's (type, name)."""

    def __init__(self, world):
        self.world = world
        self.commands = {}
        self._created = []  # scope and time of each command that was new

    def replace(self, scope, bodies):
        """Put all commands of a scope in place of those that are there; one that stays keeps its id."""
        old, self.commands[scope] = self.commands.get(scope, {}), {}
        try:
            return [self.put(scope, body, old) for body in bodies]
        except errors.WireError:
            self.commands[scope] = old
            raise

    def put(self, scope, body, old=None):
        """Register one command, in the place of the one of the same type and name if there is one."""
        named = self.commands.setdefault(scope, {})
        known = (named if old is None else old).get(key(body))
        if known is None:
            self._count(scope)
        identity = {
            "id": known["id"] if known else str(self.world.new_id()),
            "version": str(self.world.new_id()),
            "application_id": str(self.world.application_id),
        }
        if scope is not None:
            identity["guild_id"] = str(scope)
        named[key(body)] = command_as_kept(body) | identity
        return named[key(body)]

    def get(self, scope, command_id):
        found = next((one for one in self.commands.get(scope, {}).values() if one["id"] == str(command_id)), None)
        if found is None:
            raise errors.unknown_command()
        return found

    def delete(self, scope, command_id):
        command = self.get(scope, command_id)
        del self.commands[scope][key(command)]

    def offered(self, guild_id, name, kind=1):
        """The command that a member of the guild would pick, the guild's own before a global one."""
        wanted = key({"type": kind, "name": name})
        for scope in (guild_id, None):
            if wanted in self.commands.get(scope, {}):
                return self.commands[scope][wanted]
        raise NotOfferedError(f"no command is registered as {name!r}")

    def _count(self, scope):
        since = self.world.now() - timedelta(days=1)
        self._created = [(one, at) for one, at in self._created if at > since]
        if sum(one == scope for one, _ in self._created) >= CREATES_A_DAY:
            raise errors.too_many_creates()
        self._created.append((scope, self.world.now()))


def key(command):
    kind = command.get("type") or 1
    return command["name"] if kind == 1 else (kind, command["name"])


def command_as_kept(body):
    """A command as Discord answers it: permissions as strings, absent things left out of its options."""
    permissions = body.get("default_member_permissions")
    return {
        **body,
        "type": body.get("type") or 1,
        "description": body.get("description") or "",
        "integration_types": body.get("integration_types") or [0],
        "options": [_option_as_kept(option) for option in body.get("options", ())],
        "default_member_permissions": None if permissions is None else str(permissions),
        "dm_permission": body.get("dm_permission", True),
        "nsfw": body.get("nsfw", False),
        "name_localizations": None,
        "description_localizations": None,
    }


def _option_as_kept(option):
    kept = {key: value for key, value in option.items() if value not in (None, False, [])}
    if option.get("options"):
        kept["options"] = [_option_as_kept(one) for one in option["options"]]
    return kept


# --- what a member's client makes of a command ---


def path_to(command, path):
    """The nested (sub)commands of a path like "add" or "group add", and the options that the last one has."""
    steps, options = [], command["options"]
    for name in path:
        step = next((one for one in options if one["name"] == name and one["type"] in _NESTING), None)
        if step is None:
            raise NotOfferedError(f"/{command['name']} has no subcommand {name!r}")
        steps.append(step)
        options = step.get("options", [])
    if any(one["type"] in _NESTING for one in options):
        raise NotOfferedError(f"/{' '.join([command['name'], *path])} is a group and cannot be used itself")
    return steps, options


def nested(steps, filled):
    """The options of an interaction as Discord nests them."""
    for step in reversed(steps):
        filled = [{"name": step["name"], "type": step["type"], "options": filled}]
    return filled


def fill(options, values, *, focused=None):
    """The options of an interaction, as a client sends them; while one is being typed nothing is checked but names."""
    known = {one["name"]: one for one in options}
    if unknown := set(values) - set(known):
        raise NotOfferedError(f"there is no option {sorted(unknown)}")
    if focused is None:
        missing = [one["name"] for one in options if one.get("required") and one["name"] not in values]
        if missing:
            raise NotOfferedError(f"the option {missing[0]!r} is required")
    elif not known[focused].get("autocomplete"):
        raise NotOfferedError(f"the option {focused!r} has no autocomplete")
    return [_filled(known[name], value, is_focused=name == focused) for name, value in values.items()]


def _filled(option, value, *, is_focused):
    filled = {"name": option["name"], "type": option["type"]}
    if is_focused:
        return filled | {"value": str(value), "focused": True}
    if option.get("choices"):
        value = _chosen(option, value)
    elif option["type"] in _PYTHON_TYPES:
        _check_value(option, value)
    else:
        _check_kind(option, value)
        value = str(value.id)
    return filled | {"value": value}


def _chosen(option, value):
    for choice in option["choices"]:
        if value in (choice["name"], choice["value"]):
            return choice["value"]
    raise NotOfferedError(f"{value!r} is no choice of {option['name']!r}")


def _check_value(option, value):
    name, kind = option["name"], option["type"]
    if not isinstance(value, _PYTHON_TYPES[kind]) or (isinstance(value, bool) and kind != Option.BOOLEAN):
        raise NotOfferedError(f"{value!r} is no value of type {Option(kind).name} for {name!r}")
    size, least, most = (
        (len(value), option.get("min_length"), option.get("max_length"))
        if kind == Option.STRING
        else (value, option.get("min_value"), option.get("max_value"))
    )
    # A client sends up to 6000 characters where the option names no most.
    if (least is not None and size < least) or (kind == Option.STRING and size > (most or 6000)):
        raise NotOfferedError(f"{value!r} is too short or too long for {name!r}")
    if kind != Option.STRING and most is not None and size > most:
        raise NotOfferedError(f"{value!r} is too much for {name!r}")


_KINDS = {Option.USER: ("user",), Option.CHANNEL: ("kind",), Option.ROLE: ("permissions",)}


def _check_kind(option, value):
    wanted = _KINDS.get(option["type"], ("id",))
    if not all(hasattr(value, one) for one in wanted):
        raise NotOfferedError(f"{value!r} is nothing that {option['name']!r} takes")
    types = option.get("channel_types")
    if types and value.kind not in types:
        raise NotOfferedError(f"a channel of type {value.kind.name} is not offered by {option['name']!r}")
