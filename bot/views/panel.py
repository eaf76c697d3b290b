"""The panel of a set-up: what it shows in each step, and its selects and buttons."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import discord

from bot import texts
from bot.answers import Interaction, guild_of, show
from bot.channels import Place, find_place, missing_permissions
from bot.controls import layout_of
from bot.desk import Desk
from bot.errors import DeliveryError, explain
from bot.render.digests import show_pause, show_quiet, show_times
from bot.render.setup import Panel, Step, render_panel
from bot.render.text import shorten, shorten_plain
from bot.texts import digests, setup as words
from bot.views.drafts import Draft, id_of
from digest import quiet_times
from digest.model import SourceStatus, Style, Subscription

SOURCES_A_PAGE = 25
HABITS = {"answers": words.ANSWERS, "empty": words.SAYS_WHEN_EMPTY}

_LABEL = 100
_CHANNELS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]

_Item: TypeAlias = discord.ui.Item[Any]


async def show_panel(desk: Desk, interaction: Interaction, draft: Draft, note: str = "") -> None:
    """Show the set-up as it stands in the place of what the deferred interaction shows, under what was just done."""
    followed = await desk.service.list_sources(guild_of(interaction))
    others = await desk.service.list_subscriptions(guild_of(interaction))
    names = {status.source.id: status.source.name for status in followed}
    panel = Panel(
        draft.order,
        draft.step,
        tuple(names[id_] for id_ in draft.order.source_ids if id_ in names),
        len(followed),
        (
            *_same_warnings(draft.order, others),
            *await _warnings(interaction.guild, draft.order, has_sources=bool(followed)),
        ),
        note,
    )
    items = [*_ITEMS[draft.step](interaction, draft, followed), *_always(interaction, draft)]
    await show(interaction, render_panel(panel).to_dict(), view=layout_of(*items))


def _same_warnings(order: Subscription, others: Sequence[Subscription]) -> list[str]:
    """Return what says that a new digest would take the place of one that is there."""
    place = (order.channel_id, order.name.casefold())
    if order.id or place not in {(one.channel_id, one.name.casefold()) for one in others}:
        return []
    return [words.SAME_DIGEST.format(name=shorten(order.name, _LABEL), channel_id=order.channel_id)]


async def _warnings(guild: discord.Guild | None, order: Subscription, *, has_sources: bool) -> list[str]:
    found = [] if has_sources else [texts.SETUP_NO_SOURCES]
    if order.paused_because:
        found.append(words.STANDS_PAUSED.format(why=show_pause(order)))
    if inside := quiet_times(order):
        found.append(digests.QUIET_TIME.format(times=show_times(inside), quiet=show_quiet(order)))
    try:
        channel = await find_place(guild, order.channel_id)
    except DeliveryError as error:  # another channel can be chosen all the same
        return [*found, explain(error)]
    if channel is None:
        return [*found, *([texts.ERROR_CHANNEL_GONE] if order.channel_id else [])]
    if missing := missing_permissions(channel):
        found.append(words.MISSING.format(channel_id=channel.id, missing=", ".join(missing)))
    if isinstance(channel, discord.Thread | discord.ForumChannel) and order.style is not Style.STORIES:
        found.append(words.STYLE_PROPOSED.format(step=words.STEPS[Step.LOOK.value]))
    return [*found, *_role_warnings(channel, order)]


def _role_warnings(channel: Place, order: Subscription) -> list[str]:
    if not order.role_id:
        return []
    role = channel.guild.get_role(order.role_id)
    if role is None:
        return [words.ROLE_GONE]
    if role.mentionable or channel.permissions_for(channel.guild.me).mention_everyone:
        return []
    return [words.ROLE_NOT_MENTIONABLE.format(role_id=role.id, channel_id=channel.id)]


# --- what each step has ---


def _channel(interaction: Interaction, draft: Draft, _: Sequence[SourceStatus]) -> list[_Item]:
    chosen = draft.order.channel_id
    return [
        discord.ui.ChannelSelect(
            custom_id=id_of("setup-channel", interaction, draft),
            placeholder=words.CHOOSE_CHANNEL,
            channel_types=_CHANNELS,
            default_values=_default(chosen, discord.SelectDefaultValueType.channel),
            row=0,
        )
    ]


def _times(interaction: Interaction, draft: Draft, _: Sequence[SourceStatus]) -> list[_Item]:
    return [button("setup-form", words.EDIT_TIMES, interaction, draft, "times", row=0, is_main=True)]


def _look(interaction: Interaction, draft: Draft, _: Sequence[SourceStatus]) -> list[_Item]:
    days = [
        discord.SelectOption(label=name, value=str(day), default=day in draft.order.weekdays)
        for day, name in enumerate(texts.DAYS)
    ]
    styles = [
        discord.SelectOption(label=name, value=style.value, description=about, default=style is draft.order.style)
        for style, (name, about) in words.STYLES.items()
    ]
    return [
        _select("setup-days", words.CHOOSE_DAYS, days, interaction, draft, row=0, most=len(days)),
        _select("setup-style", words.CHOOSE_STYLE, styles, interaction, draft, row=1),
    ]


def _sources(interaction: Interaction, draft: Draft, followed: Sequence[SourceStatus]) -> list[_Item]:
    if not followed:
        return []
    shown, first = sources_of(draft.page, followed)
    options = [
        discord.SelectOption(
            label=shorten_plain(one.source.name, _LABEL) or str(one.source.id),
            value=str(one.source.id),
            default=one.source.id in draft.order.source_ids,
        )
        for one in shown
    ]
    title = words.CHOOSE_SOURCES.format(first=first + 1, last=first + len(shown), number=len(followed))
    select = _select("setup-sources", title, options, interaction, draft, row=0, least=0, most=len(options))
    buttons = [button("setup-all", words.ALL_SOURCES, interaction, draft, row=1)]
    if len(followed) > SOURCES_A_PAGE:
        buttons.append(button("setup-page", words.NEXT_SOURCES, interaction, draft, row=1))
    return [select, *buttons]


def sources_of(page: int, followed: Sequence[SourceStatus]) -> tuple[Sequence[SourceStatus], int]:
    """Return what stands on a page of sources, and how many stand before it; after the last page comes the first."""
    pages = max(-(-len(followed) // SOURCES_A_PAGE), 1)
    first = page % pages * SOURCES_A_PAGE
    return followed[first : first + SOURCES_A_PAGE], first


def _more(interaction: Interaction, draft: Draft, _: Sequence[SourceStatus]) -> list[_Item]:
    order = draft.order
    catch_ups = [
        discord.SelectOption(label=name[:_LABEL], value=one.value, default=one is order.catch_up)
        for one, name in digests.CATCH_UPS.items()
    ]
    set_now = {"answers": order.answers_due, "empty": order.says_when_empty}
    habits = [
        discord.SelectOption(label=name, value=habit, description=about, default=set_now[habit])
        for habit, (name, about) in HABITS.items()
    ]
    role = discord.ui.RoleSelect[discord.ui.View](
        custom_id=id_of("setup-role", interaction, draft),
        placeholder=words.CHOOSE_ROLE,
        min_values=0,
        default_values=_default(order.role_id, discord.SelectDefaultValueType.role),
        row=0,
    )
    return [
        role,
        _select("setup-catch-up", words.CHOOSE_CATCH_UP, catch_ups, interaction, draft, row=1),
        _select("setup-habits", words.CHOOSE_HABITS, habits, interaction, draft, row=2, least=0, most=len(habits)),
    ]


def _rules(interaction: Interaction, draft: Draft, _: Sequence[SourceStatus]) -> list[_Item]:
    return [button("setup-form", words.EDIT_RULES, interaction, draft, "rules", row=0)]


def _always(interaction: Interaction, draft: Draft) -> list[_Item]:
    steps = list(Step)
    place = steps.index(draft.step)
    options = [
        discord.SelectOption(
            label=words.STEP_CHOICE.format(number=number, step=words.STEPS[step.value]),
            value=step.value,
            default=step is draft.step,
        )
        for number, step in enumerate(steps, 1)
    ]
    back, following = steps[max(place - 1, 0)], steps[min(place + 1, len(steps) - 1)]
    return [
        _select("setup-step", words.GO_TO, options, interaction, draft, row=3),
        button("setup-back", words.BACK, interaction, draft, back.value, row=4, is_off=back is draft.step),
        button("setup-next", words.NEXT, interaction, draft, following.value, row=4, is_off=following is draft.step),
        button("setup-week", words.WEEK, interaction, draft, row=4),
        button("setup-test", words.TEST, interaction, draft, row=4),
        button("setup-save", words.SAVE, interaction, draft, row=4, is_main=True),
    ]


_ITEMS = {
    Step.CHANNEL: _channel,
    Step.TIMES: _times,
    Step.LOOK: _look,
    Step.SOURCES: _sources,
    Step.MORE: _more,
    Step.RULES: _rules,
}


def button(
    act: str,
    label: str,
    interaction: Interaction,
    draft: Draft,
    *args: str,
    row: int | None = None,
    is_main: bool = False,
    is_off: bool = False,
) -> discord.ui.Button[discord.ui.View]:
    """Return a button of the set-up."""
    style = discord.ButtonStyle.primary if is_main else discord.ButtonStyle.secondary
    made = id_of(act, interaction, draft, *args)
    return discord.ui.Button(label=label, style=style, custom_id=made, row=row, disabled=is_off)


def _default(id_: int | None, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=id_, type=kind)] if id_ else []


def _select(
    act: str,
    placeholder: str,
    options: list[discord.SelectOption],
    interaction: Interaction,
    draft: Draft,
    *,
    row: int,
    least: int = 1,
    most: int = 1,
) -> discord.ui.Select[discord.ui.View]:
    return discord.ui.Select(
        custom_id=id_of(act, interaction, draft),
        placeholder=placeholder,
        options=options,
        min_values=least,
        max_values=most,
        row=row,
    )
