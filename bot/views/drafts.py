"""What somebody is setting up, between one press and the next: kept by the service, so that no restart loses it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from typing import Any

from bot.answers import Interaction, guild_of, managers_only
from bot.controls import Pressed, custom_id
from bot.desk import Desk
from bot.errors import InputError
from bot.render.setup import Step
from bot.texts import setup as words
from digest.errors import NotFoundError
from digest.model import CatchUp, Style, Subscription

_KNOWN = {field.name for field in fields(Subscription)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest that is being set up, the step that is open, and the page of sources, from 0.

    `token` tells the set-up from earlier ones of the same member, whose buttons may still be pressed. In `order` a
    channel of 0, no times and no zone are not chosen yet.
    """

    order: Subscription
    token: str
    step: Step = Step.CHANNEL
    page: int = 0

    def to_json(self) -> str:
        """Return the draft as the opaque payload that the service keeps."""
        parts = {"token": self.token, "step": self.step, "page": self.page, "order": asdict(self.order)}
        return json.dumps(parts, ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, payload: str) -> "Draft":
        """Return the draft that `to_json` gave this payload of."""
        parts = json.loads(payload)
        return cls(_order_of(parts["order"]), parts["token"], Step(parts["step"]), parts["page"])

    def missing(self) -> tuple[str, ...]:
        """Return what has to be chosen before anything can be posted, by the names of `words.NEEDS`."""
        chosen = {"channel": self.order.channel_id, "times": self.order.times, "zone": self.order.zone}
        return tuple(name for name, value in chosen.items() if not value)

    def check_complete(self) -> None:
        """Raise InputError, which names what is missing, where something is."""
        if missing := self.missing():
            steps = ", ".join(words.NEEDS[name] for name in missing)
            raise InputError(words.STILL_MISSING.format(steps=steps))


def begin(guild_id: int, interaction: Interaction, **chosen: Any) -> Draft:
    """Return a new set-up, with what was chosen for it already."""
    wanted = replace(Subscription(guild_id, 0, (), ""), **chosen)
    return Draft(wanted, str(interaction.id))


def id_of(act: str, interaction: Interaction, draft: Draft, *args: object) -> str:
    """Return the custom_id of a control of the set-up: it says whose it is."""
    return custom_id(act, interaction.user.id, draft.token, *args)


async def get_draft(desk: Desk, interaction: Interaction, pressed: Pressed) -> tuple[Draft, str]:
    """Return the set-up that was pressed in, and what else its custom_id says; who may not is refused."""
    token, rest = await _check(interaction, pressed)
    guild_id, user_id = guild_of(interaction), interaction.user.id
    try:
        draft = Draft.from_json(await desk.service.get_draft(guild_id, user_id, now=desk.now()))
    except NotFoundError as error:
        raise InputError(words.ENDED) from error
    _check_token(draft, token)
    return draft, rest


async def change_draft(
    desk: Desk, interaction: Interaction, pressed: Pressed, change: Callable[[Draft, str], Draft]
) -> Draft:
    """Put what `change` makes of the set-up and the rest of the custom_id in its place, and return it."""
    token, rest = await _check(interaction, pressed)

    def changed(payload: str) -> str:
        draft = Draft.from_json(payload)
        _check_token(draft, token)
        return change(draft, rest).to_json()

    guild_id, user_id = guild_of(interaction), interaction.user.id
    try:
        return Draft.from_json(await desk.service.change_draft(guild_id, user_id, changed, now=desk.now()))
    except NotFoundError as error:
        raise InputError(words.ENDED) from error


async def keep_draft(desk: Desk, interaction: Interaction, draft: Draft) -> None:
    """Let the set-up be the member's; an earlier one ends."""
    await desk.service.keep_draft(guild_of(interaction), interaction.user.id, draft.to_json(), now=desk.now())


async def _check(interaction: Interaction, pressed: Pressed) -> tuple[str, str]:
    await managers_only(interaction)
    user_id, token, *rest = (*pressed.args.split(":", 2), "", "")
    if user_id != str(interaction.user.id):
        raise InputError(words.NOT_YOURS)
    return token, rest[0]


def _check_token(draft: Draft, token: str) -> None:
    if draft.token != token:
        raise InputError(words.ENDED)


def _order_of(parts: dict[str, Any]) -> Subscription:
    # What another version kept beside is not ours to know; what it did not know has its default.
    kept = {name: value for name, value in parts.items() if name in _KNOWN}
    lists = ("weekdays", "source_ids", "keywords", "less")
    kept |= {name: tuple(kept[name]) for name in lists if name in kept}
    kept |= {name: time.fromisoformat(kept[name]) for name in ("quiet_from", "quiet_until") if kept.get(name)}
    kept["times"] = tuple(time.fromisoformat(at) for at in kept["times"])
    kept["catch_up"], kept["style"] = CatchUp(kept["catch_up"]), Style(kept["style"])
    return Subscription(**kept)
