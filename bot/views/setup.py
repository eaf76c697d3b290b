"""What is done in a set-up: each press changes the draft and shows it, and nothing counts before Save."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot.answers import Interaction, guild_of
from bot.channels import check_place
from bot.controls import Act, Pressed
from bot.desk import Desk
from bot.errors import InputError
from bot.options import check_quiet
from bot.render.digests import confirm_set_up
from bot.render.setup import Step
from bot.texts import setup as words
from bot.views import forms
from bot.views.audit import record
from bot.views.drafts import Draft, change_draft, get_draft, keep_draft
from bot.views.panel import show_panel, sources_of
from digest.errors import NotFoundError
from digest.model import CatchUp, SourceStatus, Style, Subscription

_Change = Callable[[Draft, str, Pressed], Draft]


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the selects, buttons and forms of the panel do."""
    changing = {name: partial(_change, desk, change) for name, change in _CHANGES.items()}
    return {
        **changing,
        "setup-sources": partial(_choose_sources, desk),
        "setup-form": partial(_open_form, desk),
        "setup-times": partial(_fill, desk, forms.read_times),
        "setup-rules": partial(_fill, desk, forms.read_rules),
        "setup-save": partial(_save, desk),
    }


async def save(desk: Desk, interaction: Interaction, order: Subscription) -> tuple[Subscription, str]:
    """Keep a digest, new or changed, where it can be posted, and return it with the sentences that say so."""
    await check_place(interaction.guild, order.channel_id)
    check_quiet(order)
    service, now = desk.service, desk.now()
    followed = await service.list_sources(order.guild_id)
    order = _without_gone(order, followed)
    if order.id:
        saved = await _save_change(desk, order)
    else:
        saved = await service.set_up_subscription(order, now=now)
    action = "digest edit" if order.id else "digest setup"
    await record(desk, interaction, action, f"{saved.name} · <#{saved.channel_id}>")
    next_at = (await service.map_next_runs(saved.guild_id)).get(saved.id)
    return saved, confirm_set_up(saved, next_at, has_sources=bool(followed))


async def _save_change(desk: Desk, order: Subscription) -> Subscription:
    try:
        return await desk.service.save_subscription(order, now=desk.now())
    except NotFoundError as error:
        raise InputError(words.DELETED_MEANWHILE) from error


async def open_panel(desk: Desk, interaction: Interaction, draft: Draft, note: str = "") -> None:
    """Answer a deferred command with a set-up, which is the member's from now on."""
    await keep_draft(desk, interaction, draft)
    await show_panel(desk, interaction, draft, note)


async def _change(desk: Desk, change: _Change, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer()
    draft = await change_draft(desk, interaction, pressed, lambda draft, rest: change(draft, rest, pressed))
    await show_panel(desk, interaction, draft)


async def _choose_sources(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer()
    followed = await desk.service.list_sources(guild_of(interaction))

    def chosen(draft: Draft, _: str) -> Draft:
        return _with(draft, source_ids=_chosen_sources(draft, followed, pressed.values))

    await show_panel(desk, interaction, await change_draft(desk, interaction, pressed, chosen))


async def _open_form(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    # A form has to be the first answer, so nothing can be deferred here; the draft is one row.
    draft, which = await get_draft(desk, interaction, pressed)
    made = forms.times_form if which == "times" else forms.rules_form
    await interaction.response.send_modal(made(interaction, draft))


async def _fill(
    desk: Desk,
    read: Callable[[Subscription, Mapping[str, str]], Subscription],
    interaction: Interaction,
    pressed: Pressed,
) -> None:
    await interaction.response.defer()

    def filled(draft: Draft, _: str) -> Draft:
        return replace(draft, order=read(draft.order, pressed.fields))

    await show_panel(desk, interaction, await change_draft(desk, interaction, pressed, filled))


async def _save(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer()
    draft, _ = await get_draft(desk, interaction, pressed)
    draft.check_complete()
    saved, note = await save(desk, interaction, draft.order)
    # From now on its buttons change the digest that is there, whatever is changed of its name or channel. What was
    # chosen while it was saved stays in the set-up.
    stands = {"id": saved.id, "paused_because": saved.paused_because}
    draft = await change_draft(desk, interaction, pressed, lambda draft, _: _with(draft, **stands))
    await show_panel(desk, interaction, draft, note)


def _without_gone(order: Subscription, followed: tuple[SourceStatus, ...]) -> Subscription:
    """Return the digest with those of its sources that are followed; with none of them it would be made of all."""
    left = _followed_ids(order, followed)
    if order.source_ids and not left:
        raise InputError(words.SOURCES_GONE.format(step=words.STEPS[Step.SOURCES.value]))
    return replace(order, source_ids=left)


def _followed_ids(order: Subscription, followed: tuple[SourceStatus, ...]) -> tuple[int, ...]:
    ids = {one.source.id for one in followed}
    return tuple(id_ for id_ in order.source_ids if id_ in ids)


def _with(draft: Draft, **changes: object) -> Draft:
    return replace(draft, order=replace(draft.order, **changes))  # type: ignore[arg-type]


def _go(draft: Draft, rest: str, pressed: Pressed) -> Draft:
    return replace(draft, step=Step(next(iter(pressed.values), rest)))


def _role(draft: Draft, _: str, pressed: Pressed) -> Draft:
    role_id = int(pressed.values[0]) if pressed.values else None
    if role_id == draft.order.guild_id:
        raise InputError(words.NOT_EVERYONE)
    return _with(draft, role_id=role_id)


def _chosen_sources(draft: Draft, followed: tuple[SourceStatus, ...], values: tuple[str, ...]) -> tuple[int, ...]:
    """Return the chosen sources: of the page that is shown those that are chosen now, of others as they were."""
    shown, _ = sources_of(draft.page, followed)
    on_page = {one.source.id for one in shown}
    chosen = {int(value) for value in values}
    if not chosen <= on_page:  # the list has changed since it was shown
        raise InputError(words.STALE_SOURCE)
    kept = [id_ for id_ in _followed_ids(draft.order, followed) if id_ not in on_page]
    return (*kept, *(one.source.id for one in shown if one.source.id in chosen))


_CHANGES: dict[str, _Change] = {
    "setup-step": _go,
    "setup-back": _go,
    "setup-next": _go,
    "setup-show": lambda draft, _, __: draft,
    "setup-channel": lambda draft, _, pressed: _with(draft, channel_id=int(pressed.values[0])),
    "setup-days": lambda draft, _, pressed: _with(draft, weekdays=tuple(sorted(map(int, pressed.values)))),
    "setup-style": lambda draft, _, pressed: _with(draft, style=Style(pressed.values[0])),
    "setup-all": lambda draft, _, __: _with(draft, source_ids=()),
    "setup-page": lambda draft, _, __: replace(draft, page=draft.page + 1),
    "setup-role": _role,
    "setup-catch-up": lambda draft, _, pressed: _with(draft, catch_up=CatchUp(pressed.values[0])),
    "setup-habits": lambda draft, _, pressed: _with(
        draft, answers_due="answers" in pressed.values, says_when_empty="empty" in pressed.values
    ),
}
