"""Discord's limits on application commands and on choices of an autocomplete."""

import re

from tests.wire.commands import Option, key
from tests.wire.errors import invalid_form

MOST = {1: 100, 2: 15, 3: 15}
NAME = 32
DESCRIPTION = 100
OPTIONS = 25
CHOICES = 25
CHOICE = 100
ALL_TEXT = 8000
_SLASH_NAME = re.compile(r"[-_'\w]{1,32}")


def check_commands(bodies):
    """Raise the 400 for a list of commands that is to stand in place of all."""
    wrong = [f"more than {most} commands of type {kind}" for kind, most in MOST.items() if _count(bodies, kind) > most]
    keys = [key(one) for one in bodies]
    wrong += [f"the command {one!r} is there twice" for one in set(keys) if keys.count(one) > 1]
    for body in bodies:
        wrong += (f"/{body['name']}: {one}" for one in wrong_command(body))
    if wrong:
        raise invalid_form(wrong)


def _count(bodies, kind):
    return sum((one.get("type") or 1) == kind for one in bodies)


def wrong_command(body):
    """Everything in a command that is over a limit, in words."""
    if (body.get("type") or 1) == 1:
        yield from _wrong_words(body)
        yield from _wrong_options(body, depth=0)
        if _text(body) > ALL_TEXT:
            yield "names, descriptions and values have more than 8000 characters in all"
        return
    if not 1 <= len(body["name"]) <= NAME:
        yield "the name must have 1 to 32 characters"
    if body.get("description") or body.get("options"):
        yield "a context menu command has no description and no options"


def _wrong_words(one):
    if not _SLASH_NAME.fullmatch(one["name"]) or one["name"] != one["name"].lower():
        yield f"{one['name']!r} is no name for a command or an option"
    if not 1 <= len(one.get("description") or "") <= DESCRIPTION:
        yield f"the description of {one['name']!r} must have 1 to 100 characters"


def _wrong_options(body, depth):
    options = body.get("options") or ()
    if len(options) > OPTIONS:
        yield "more than 25 options"
    names = [one["name"] for one in options]
    if len(set(names)) < len(names):
        yield "two options have the same name"
    required = [bool(one.get("required")) for one in options if one["type"] > Option.GROUP]
    if sorted(required, reverse=True) != required:
        yield "a required option stands behind one that is not"
    if len({one["type"] <= Option.GROUP for one in options}) > 1:
        yield "subcommands and options are mixed"
    for one in options:
        yield from _wrong_words(one)
        yield from _wrong_option(one, depth)


def _wrong_option(one, depth):
    if one["type"] <= Option.GROUP:
        if (one["type"] == Option.GROUP and depth > 0) or depth > 1:
            yield f"{one['name']!r} is nested too deep"
        yield from _wrong_options(one, depth + 1)
        return
    choices = one.get("choices") or ()
    if choices and one.get("autocomplete"):
        yield f"{one['name']!r} has both choices and autocomplete"
    yield from (f"{one['name']!r}: {wrong}" for wrong in wrong_choices(choices))


def wrong_choices(choices):
    """Everything in the choices of an option or of an autocomplete that is over a limit, in words."""
    if len(choices) > CHOICES:
        yield "more than 25 choices"
    if any(not 1 <= len(one["name"]) <= CHOICE for one in choices):
        yield "a choice's name must have 1 to 100 characters"
    if any(isinstance(one["value"], str) and len(one["value"]) > CHOICE for one in choices):
        yield "a choice's value is too long"


def _text(one):
    choices = sum(len(two["name"]) + len(str(two["value"])) for two in one.get("choices") or ())
    return len(one["name"]) + len(one.get("description") or "") + choices + sum(map(_text, one.get("options") or ()))
