"""Interactions: what a member did, what the bot answered, and when Discord refuses an answer."""

import asyncio
from datetime import timedelta
from enum import IntEnum

from tests.wire import errors, messages
from tests.wire.limits import wrong_in_message
from tests.wire.limits_commands import wrong_choices
from tests.wire.limits_components import wrong_modal
from tests.wire.nouns import EPHEMERAL, Message
from tests.wire.permissions import ALL

FIRST_ANSWER = timedelta(seconds=3)
TOKEN = timedelta(minutes=15)


class Asked(IntEnum):
    """Types of interactions, as Discord numbers them."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answer(IntEnum):
    """Types of first answers, as Discord numbers them."""

    MESSAGE = 4
    DEFERRED = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_WITH_MESSAGE = frozenset({Answer.MESSAGE, Answer.DEFERRED})
_WITH_UPDATE = frozenset({Answer.DEFERRED_UPDATE, Answer.UPDATE})
_ALLOWED = {
    Asked.COMMAND: _WITH_MESSAGE | {Answer.MODAL},
    Asked.COMPONENT: _WITH_MESSAGE | _WITH_UPDATE | {Answer.MODAL},
    Asked.AUTOCOMPLETE: frozenset({Answer.CHOICES}),
    Asked.MODAL: _WITH_MESSAGE,
}


class Interaction:
    """One thing that a member did, and all that this member sees in answer.

    `source` is the message whose component was used, `trigger` the interaction that a modal was the answer to.
    """

    def __init__(self, world, asked, member, channel, body, *, source=None, trigger=None):
        self.id = world.new_id()
        self.token = f"interaction-{self.id}"
        self.type = asked
        self.member = member
        self.channel = channel
        self.body = body
        self.source = source
        self.trigger = trigger
        self.created_at = world.now()
        self.answer = None
        self.original = None
        self.followups = []
        self.choices = None
        self.modal = None
        self._changed = asyncio.Event()
        world.interactions[self.token] = self

    # --- what the member sees ---

    @property
    def messages(self):
        """The answer and what followed it, in order."""
        return [one for one in (self.original, *self.followups) if one is not None]

    @property
    def content(self):
        return self.original.content

    @property
    def embeds(self):
        return self.original.embeds

    @property
    def components(self):
        return self.original.components

    @property
    def is_ephemeral(self):
        return self.original.is_ephemeral

    @property
    def is_thinking(self):
        """Whether "... is thinking" stands there still."""
        return self.original is not None and self.original.is_thinking

    @property
    def is_visible(self):
        """Whether the member sees an answer that says something."""
        return self.answer is not None and not self.is_thinking and self.answer is not Answer.DEFERRED_UPDATE

    async def until(self, condition, *, patience=30):
        """Wait until `condition` of this interaction holds."""
        try:
            async with asyncio.timeout(patience):
                while not condition(self):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise errors.NobodyAnsweredError(f"after {patience} s: {self.answer!r}, {self.messages}") from None
        return self

    def changed(self):
        self._changed.set()


# --- what the bot does ---


def respond(world, interaction_id, token, body, files=()):
    """Take the first answer: in time, once, of a kind that fits, within the limits."""
    interaction = world.interactions.get(token)
    if interaction is None or interaction.id != interaction_id:
        raise errors.unknown_interaction()
    if interaction.answer is not None:
        raise errors.already_acknowledged()
    if world.now() - interaction.created_at > FIRST_ANSWER:
        raise errors.unknown_interaction()
    answer, given = Answer(body["type"]), body.get("data") or {}
    allowed = _ALLOWED[interaction.type]
    if interaction.type is Asked.MODAL and interaction.source is not None:
        allowed |= _WITH_UPDATE
    if answer not in allowed:
        raise errors.invalid_form([f"{answer.name} is no answer to {interaction.type.name}"])
    _TAKE[answer](world, interaction, given, files)
    interaction.answer = answer
    interaction.changed()
    return interaction


def _check(wrong):
    found = [*wrong]
    if found:
        raise errors.invalid_form(found)


def _take_message(world, interaction, given, files):
    _check(wrong_in_message(given, files, may_be_empty=False))
    interaction.original = _place(world, interaction, given, files)


def _take_deferred(world, interaction, given, files):
    # Of a deferred answer only the flag counts: it fixes who will see the message.
    interaction.original = _place(world, interaction, {"flags": (given.get("flags") or 0) & EPHEMERAL}, files)
    interaction.original.is_thinking = True


def _take_update(world, interaction, given, files):
    _check(wrong_in_message(given, files, may_be_empty=True))
    interaction.original = messages.change(world, interaction.source, given)


def _take_deferred_update(world, interaction, given, files):  # noqa: ARG001 -- as the others
    interaction.original = interaction.source


def _take_choices(world, interaction, given, files):  # noqa: ARG001 -- as the others
    _check(wrong_choices(given.get("choices") or ()))
    interaction.choices = given.get("choices") or []


def _take_modal(world, interaction, given, files):  # noqa: ARG001 -- as the others
    _check(wrong_modal(given))
    interaction.modal = given


_TAKE = {
    Answer.MESSAGE: _take_message,
    Answer.DEFERRED: _take_deferred,
    Answer.UPDATE: _take_update,
    Answer.DEFERRED_UPDATE: _take_deferred_update,
    Answer.CHOICES: _take_choices,
    Answer.MODAL: _take_modal,
}


def _place(world, interaction, given, files):
    # The webhook of an interaction writes whatever the bot may do in the channel itself.
    message: Message = messages.build(world, interaction.channel, world.bot, given, files, bits=ALL)
    message.interaction = interaction
    if not message.is_ephemeral:
        interaction.channel.messages[message.id] = message
    return message


def of_token(world, application_id, token):
    """The interaction whose token this is, while it lives and once it was answered."""
    interaction = world.interactions.get(token)
    if interaction is None or application_id != world.application_id:
        raise errors.unknown_webhook()
    if world.now() - interaction.created_at > TOKEN:
        raise errors.expired_token()
    if interaction.answer is None:
        raise errors.unknown_webhook()
    return interaction


def follow_up(world, interaction, body, files=()):
    """One more message. The first one after a deferred answer becomes that answer: who sees it was fixed then."""
    _check(wrong_in_message(body, files, may_be_empty=False))
    if interaction.is_thinking:
        return fill(world, interaction, interaction.original, body, files)
    message = _place(world, interaction, body, files)
    interaction.followups.append(message)
    interaction.changed()
    return message


def message_of(interaction, which):
    """The answer ("@original") or a follow-up by its id."""
    found = interaction.original if which == "@original" else None
    found = found or next((one for one in interaction.messages if str(one.id) == which), None)
    if found is None:
        raise errors.unknown_message()
    return found


def fill(world, interaction, message, body, files=()):
    """Edit the answer or a follow-up; a deferred answer gets its content so."""
    _check(wrong_in_message(body, files, may_be_empty=not message.is_thinking))
    if message.is_thinking:
        message.created_at = world.now()
        message.is_thinking = False
        built = messages.build(world, interaction.channel, world.bot, body, files, bits=ALL)
        message.content, message.embeds, message.components = built.content, built.embeds, built.components
        message.attachments, message.pings = built.attachments, built.pings
    else:
        messages.change(world, message, body)
    interaction.changed()
    return message


def remove(interaction, message):
    """Delete the answer or a follow-up."""
    interaction.channel.messages.pop(message.id, None)
    if message is interaction.original:
        interaction.original = None
    else:
        interaction.followups.remove(message)
    interaction.changed()
    return message
