"""The forms of a set-up, as they stand filled in, and what is read from them."""

from collections.abc import Mapping
from dataclasses import replace

import discord

from bot.answers import Interaction
from bot.controls import form_of
from bot.options import MOST_NAME, parse_keywords, parse_name, parse_quiet, parse_stories, parse_times, parse_zone
from bot.render.digests import show_times
from bot.texts import setup as words
from bot.views.drafts import Draft, id_of
from digest.model import Subscription

_RULES = 4000  # all that a form takes: twenty rules of a hundred characters, however Discord counts these
_SHORT = 100


def times_form(interaction: Interaction, draft: Draft) -> discord.ui.Modal:
    """Return the form for when a digest comes and what it is called."""
    one = draft.order
    hours = [at for at in (one.quiet_from, one.quiet_until) if at is not None]
    quiet = "-".join(show_times([at]) for at in hours)
    return form_of(
        words.FORM_TIMES,
        id_of("setup-times", interaction, draft),
        _line("name", words.FIELD_NAME, one.name, most=MOST_NAME),
        _line("times", words.FIELD_TIMES, show_times(one.times), example=words.EXAMPLE_TIMES),
        _line("zone", words.FIELD_ZONE, one.zone, example=words.EXAMPLE_ZONE),
        _line("quiet", words.FIELD_QUIET, quiet, example=words.EXAMPLE_QUIET, is_needed=False),
        _line("stories", words.FIELD_STORIES, str(one.max_stories), most=2),
    )


def rules_form(interaction: Interaction, draft: Draft) -> discord.ui.Modal:
    """Return the form for the words of which there is to be more and less."""
    style = discord.TextStyle.paragraph
    return form_of(
        words.FORM_RULES,
        id_of("setup-rules", interaction, draft),
        *(
            discord.ui.TextInput[discord.ui.View](
                label=label,
                custom_id=name,
                style=style,
                default=", ".join(rules),
                required=False,
                max_length=_RULES,
            )
            for name, label, rules in (
                ("more", words.FIELD_MORE, draft.order.keywords),
                ("less", words.FIELD_LESS, draft.order.less),
            )
        ),
    )


def read_times(order: Subscription, fields: Mapping[str, str]) -> Subscription:
    """Return the digest with what was written in its form of times; InputError where that cannot be."""
    quiet_from, quiet_until = parse_quiet(fields["quiet"]) or (None, None)
    return replace(
        order,
        name=parse_name(fields["name"]),
        times=parse_times(fields["times"]),
        zone=parse_zone(fields["zone"]),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        max_stories=parse_stories(fields["stories"]),
    )


def read_rules(order: Subscription, fields: Mapping[str, str]) -> Subscription:
    """Return the digest with what was written in its form of rules; InputError where there are too many."""
    return replace(order, keywords=parse_keywords(fields["more"]), less=parse_keywords(fields["less"]))


def _line(
    name: str, label: str, value: str, *, example: str = "", most: int = _SHORT, is_needed: bool = True
) -> discord.ui.TextInput[discord.ui.View]:
    return discord.ui.TextInput(
        label=label,
        custom_id=name,
        default=value or None,
        placeholder=example or None,
        max_length=most,
        required=is_needed,
    )
