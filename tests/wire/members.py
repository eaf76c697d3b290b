"""Members who use Discord's client: they invoke, complete, press, choose, submit, and see what they are answered."""

from tests.wire import payloads_interactions
from tests.wire.commands import fill, nested, path_to
from tests.wire.errors import NotOfferedError
from tests.wire.interactions import Asked, Interaction
from tests.wire.limits_components import BUTTON, LINK, STRING_SELECT, flattened
from tests.wire.nouns import Member
from tests.wire.permissions import ADMINISTRATOR, READ_MESSAGE_HISTORY, USE_APPLICATION_COMMANDS, VIEW_CHANNEL

USER_COMMAND, MESSAGE_COMMAND = 2, 3


class Person:
    """A member at work. What Discord's client does not offer raises NotOfferedError, before the bot hears of it.

    Every action returns an Interaction as soon as the member sees an answer; with `wait=False` at once.
    """

    def __init__(self, world, tell, member):
        self.world = world
        self.member = member
        self._tell = tell

    @property
    def id(self):
        return self.member.id

    async def invoke(self, command, channel, /, *, wait=True, **options):
        """Use a slash command ("digest setup"), with options as values, channels, roles, members."""
        name, *path = command.split()
        registered = self._offered(channel, name)
        steps, known = path_to(registered, path)
        options = {name: value.member if isinstance(value, Person) else value for name, value in options.items()}
        filled = fill(known, options)
        body = _body(registered) | {"options": nested(steps, filled)}
        return await self._do(Asked.COMMAND, channel, self._resolving(body, channel, options.values()), wait=wait)

    async def autocomplete(self, command, channel, focused, /, *, patience=30, **options):
        """Type into an option; the choices that are offered within `patience`, as pairs of name and value."""
        name, *path = command.split()
        registered = self._offered(channel, name)
        steps, known = path_to(registered, path)
        filled = fill(known, options, focused=focused)
        body = _body(registered) | {"options": nested(steps, filled)}
        done = await self._do(Asked.AUTOCOMPLETE, channel, body, wait=False)
        await done.until(lambda one: one.choices is not None, patience=patience)
        return [(choice["name"], choice["value"]) for choice in done.choices]

    async def use_on(self, command, target, channel, *, wait=True):
        """Use a context menu command on a member or a message."""
        target = target.member if isinstance(target, Person) else target
        kind = USER_COMMAND if isinstance(target, Member) else MESSAGE_COMMAND
        registered = self._offered(channel, command, kind)
        body = _body(registered) | {"target_id": str(target.id)}
        return await self._do(Asked.COMMAND, channel, self._resolving(body, channel, [target]), wait=wait)

    async def press(self, message, custom_id, *, wait=True):
        """Press a button of a message."""
        component = self._component(message, custom_id)
        if component["type"] != BUTTON or component.get("style") == LINK:
            raise NotOfferedError(f"{custom_id!r} is no button that a bot hears of")
        body = {"component_type": BUTTON, "custom_id": custom_id, "id": component["id"]}
        return await self._do(Asked.COMPONENT, self._channel_of(message), body, source=message, wait=wait)

    async def choose(self, message, custom_id, *values, wait=True):
        """Choose in a select: of its options by value, or members, roles, channels."""
        component = self._component(message, custom_id)
        if component["type"] == BUTTON:
            raise NotOfferedError(f"{custom_id!r} is no select")
        _check_choice(component, values)
        channel = self._channel_of(message)
        chosen = [one.member if isinstance(one, Person) else one for one in values]
        body = {
            "component_type": component["type"],
            "custom_id": custom_id,
            "id": component["id"],
            "values": [one if isinstance(one, str) else str(one.id) for one in chosen],
        }
        body = self._resolving(body, channel, chosen)
        return await self._do(Asked.COMPONENT, channel, body, source=message, wait=wait)

    async def submit(self, asked, /, *, wait=True, **values):
        """Send off the modal that an interaction was answered with, with texts by their custom_ids."""
        if asked.modal is None:
            raise NotOfferedError("no modal is open")
        inputs = {one["custom_id"]: one for one in flattened(asked.modal["components"]) if "custom_id" in one}
        if unknown := set(values) - set(inputs):
            raise NotOfferedError(f"the modal has no {sorted(unknown)}")
        for custom_id, one in inputs.items():
            _check_input(one, values.get(custom_id, one.get("value") or ""))
        rows = [_submitted(row, values) for row in asked.modal["components"]]
        body = {"custom_id": asked.modal["custom_id"], "components": rows}
        return await self._do(Asked.MODAL, asked.channel, body, source=asked.source, trigger=asked, wait=wait)

    def reads(self, channel):
        """The messages that the member sees in a channel, oldest first: ephemeral ones never stand there."""
        bits = self.world.permissions(channel, self.member)
        seen = bits & VIEW_CHANNEL and bits & READ_MESSAGE_HISTORY
        return [channel.messages[one] for one in sorted(channel.messages)] if seen else []

    # ---

    async def _do(self, asked, channel, body, *, wait, source=None, trigger=None):
        interaction = Interaction(self.world, asked, self.member, channel, body, source=source, trigger=trigger)
        self._tell("INTERACTION_CREATE", payloads_interactions.created(self.world, interaction))
        return await interaction.until(lambda one: one.is_visible) if wait else interaction

    def _offered(self, channel, name, kind=1):
        registered = self.world.registry.offered(channel.guild_id, name, kind)
        bits = self.world.permissions(channel, self.member)
        if not bits & USE_APPLICATION_COMMANDS:
            raise NotOfferedError(f"{self.member.user.name} may use no commands in #{channel.name}")
        needed = registered["default_member_permissions"]
        # "0" hides a command from all but administrators.
        if needed is not None and (bits & (int(needed) or ADMINISTRATOR)) != (int(needed) or ADMINISTRATOR):
            raise NotOfferedError(f"{name!r} is not shown to {self.member.user.name}, who lacks permissions")
        return registered

    def _resolving(self, body, channel, values):
        found = payloads_interactions.resolved(self.world, channel, self.member, values)
        return body | ({"resolved": found} if found else {})

    def _channel_of(self, message):
        return next(
            guild.channels[message.channel_id]
            for guild in self.world.guilds.values()
            if message.channel_id in guild.channels
        )

    def _component(self, message, custom_id):
        seen = message in self.reads(self._channel_of(message))
        if message.is_ephemeral:
            seen = message.interaction.member is self.member
        if not seen:
            raise NotOfferedError(f"{self.member.user.name} does not see this message")
        found = next((one for one in flattened(message.components) if one.get("custom_id") == custom_id), None)
        if found is None or found.get("disabled"):
            raise NotOfferedError(f"the message has no {custom_id!r} that can be used")
        return found


def _body(command):
    body = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return body | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def _check_choice(component, values):
    least, most = component.get("min_values", 1), component.get("max_values", 1)
    if not least <= len(values) <= most:
        raise NotOfferedError(f"{len(values)} values are chosen, of {least} to {most}")
    known = {one["value"] for one in component.get("options") or ()}
    if component["type"] == STRING_SELECT and not known >= set(values):
        raise NotOfferedError(f"{sorted(set(values) - known)} are no options")


def _check_input(one, value):
    if not value and not one.get("required", True):
        return
    if not max(one.get("min_length") or 0, 1) <= len(value) <= (one.get("max_length") or 4000):
        raise NotOfferedError(f"{value!r} is too short or too long for {one['custom_id']!r}")


def _submitted(row, values):
    if "component" in row:
        return {"type": row["type"], "id": row.get("id", 0), "component": _value(row["component"], values)}
    return {"type": row["type"], "components": [_value(one, values) for one in row["components"]]}


def _value(one, values):
    value = values.get(one["custom_id"], one.get("value") or "")
    return {"type": one["type"], "custom_id": one["custom_id"], "id": one.get("id", 0), "value": value}
