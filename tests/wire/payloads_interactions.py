"""Interactions in Discord's JSON: INTERACTION_CREATE, and the answer to a callback that asks for a response."""

from tests.wire import payloads
from tests.wire.interactions import Answer
from tests.wire.nouns import Channel, Member, Message, Role, User

_FILE_BYTES = 10 * 1024 * 1024


def created(world, one):
    """The event that tells a bot of an interaction."""
    guild = world.guild_of(one.channel)
    return {
        "id": str(one.id),
        "application_id": str(world.application_id),
        "type": int(one.type),
        "token": one.token,
        "version": 1,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "channel_id": str(one.channel.id),
        "channel": _channel(world, one.channel, one.member),
        "member": _member(world, one.member, one.channel) | {"user": payloads.user(one.member.user)},
        "app_permissions": str(world.permissions(one.channel)),
        "locale": "en-GB",
        "guild_locale": "en-US",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": str(guild.id)},
        "context": 0,
        "attachment_size_limit": _FILE_BYTES,
        "data": one.body,
        **({"message": payloads.message(one.source)} if one.source else {}),
    }


def _channel(world, one, member):
    return payloads.channel_alone(one) | {"permissions": str(world.permissions(one, member))}


def _member(world, one, channel):
    whole = payloads.member(one) | {"permissions": str(world.permissions(channel, one))}
    del whole["user"]
    return whole


def resolved(world, channel, member, values):
    """What the ids in an interaction stand for, by kind; kinds that there are none of are left out."""
    found = {"users": {}, "members": {}, "roles": {}, "channels": {}, "messages": {}}
    for one in values:
        number = str(one.id) if hasattr(one, "id") else None
        if isinstance(one, Member):
            found["users"][number] = payloads.user(one.user)
            # Here a member has neither its user nor what it hears and says.
            found["members"][number] = {
                name: value for name, value in _member(world, one, channel).items() if name not in ("deaf", "mute")
            }
        elif isinstance(one, User):
            found["users"][number] = payloads.user(one)
        elif isinstance(one, Role):
            guild = world.guild_of(channel)
            found["roles"][number] = payloads.role([*guild.roles].index(one.id), one, guild)
        elif isinstance(one, Channel):
            found["channels"][number] = _channel(world, one, member)
        elif isinstance(one, Message):
            found["messages"][number] = payloads.message(one)
    return {kind: those for kind, those in found.items() if those}


def callback(one):
    """What a callback with `with_response` answers: a message only where this answer made or changed one."""
    interaction = {"id": str(one.id), "type": int(one.type)}
    if one.original is None:
        return {"interaction": interaction}
    interaction |= {
        "response_message_id": str(one.original.id),
        "response_message_loading": one.is_thinking,
        "response_message_ephemeral": one.is_ephemeral,
    }
    if one.answer not in (Answer.MESSAGE, Answer.UPDATE):
        return {"interaction": interaction}
    resource = {"type": int(one.answer), "message": payloads.message(one.original)}
    return {"interaction": interaction, "resource": resource}
