"""Messages in channels: create once a nonce, edit, delete, look up, page through, crosspost."""

from tests.wire import errors
from tests.wire.mentions import pings
from tests.wire.nouns import CROSSPOSTED, EPHEMERAL, FORUMS, SUPPRESS_EMBEDS, Kind, Message
from tests.wire.permissions import (
    ALL,
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    MANAGE_THREADS,
    MENTION_EVERYONE,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
)

_NO_TEXT = FORUMS | {Kind.CATEGORY}
_SETTABLE_FLAGS = SUPPRESS_EMBEDS | EPHEMERAL | (1 << 12) | (1 << 15)  # silent, Components V2


def create(world, channel_id, body, files=()):
    """A message of the bot's; within the nonce's window, the first one with this nonce."""
    channel = world.channel(channel_id)
    if channel.kind in _NO_TEXT:
        raise errors.not_a_text_channel()
    if channel.is_closed:
        raise errors.unwanted_message()
    world.channel(channel_id, SEND_MESSAGES_IN_THREADS if channel.is_thread else SEND_MESSAGES)
    nonce = body.get("nonce") if body.get("enforce_nonce") else None
    if nonce and (first := _first_with(world, channel, nonce)):
        return first
    _open(world, channel)
    message = post(world, channel, world.bot, body, files)
    if nonce:
        world.nonces[nonce] = (message.id, message.created_at)
    return message


def _first_with(world, channel, nonce):
    known_id, known_at = world.nonces.get(nonce, (None, None))
    if known_id is None or world.now() - known_at >= world.nonce_window:
        return None
    if known_id not in channel.messages:
        raise errors.unknown_message()
    return channel.messages[known_id]


def _open(world, channel):
    # A message in an archived thread opens it, unless it is locked.
    if channel.is_thread and channel.thread.is_archived:
        if channel.thread.is_locked and not world.permissions(channel) & MANAGE_THREADS:
            raise errors.archived_thread()
        channel.thread.is_archived = False


def post(world, channel, author, body, files=()):
    """Put a message of anybody's into a channel that they may write in."""
    message = build(world, channel, author, body, files)
    channel.messages[message.id] = message
    return message


def build(world, channel, author, body, files=(), *, bits=None):
    """A message as Discord makes it of a body: without Embed Links its embeds are dropped without a word."""
    if channel.kind is Kind.DIRECT:
        bits = ALL
    if bits is None:
        bits = world.permissions(channel, world.guild_of(channel).members.get(author.id))
    if files and not bits & ATTACH_FILES:
        raise errors.missing_permissions()
    content = body.get("content") or ""
    return Message(
        world.new_id(),
        channel.id,
        author,
        content,
        list(body.get("embeds") or ()) if bits & EMBED_LINKS else [],
        world.now(),
        nonce=body.get("nonce"),
        components=numbered(body.get("components")),
        attachments=[_attachment(world, channel, one, body, index) for index, one in enumerate(files)],
        flags=(body.get("flags") or 0) & _SETTABLE_FLAGS,
        reference=_reference(channel, body.get("message_reference"), bits),
        type=19 if body.get("message_reference") else 0,
        pings=pings(content, body.get("allowed_mentions"), may_ping_everyone=bool(bits & MENTION_EVERYONE)),
    )


def _attachment(world, channel, file, body, index):
    described = next((one for one in body.get("attachments") or () if str(one.get("id")) == str(index)), {})
    number = str(world.new_id())
    url = f"https://cdn.discordapp.com/attachments/{channel.id}/{number}/{file.filename}"
    attachment = {"id": number, "filename": file.filename, "size": len(file.body), "url": url, "proxy_url": url}
    return attachment | {"content_type": file.content_type} | _without_empty(description=described.get("description"))


def _without_empty(**values):
    return {name: value for name, value in values.items() if value is not None}


def _reference(channel, wanted, bits):
    if not wanted:
        return None
    if not bits & READ_MESSAGE_HISTORY:
        raise errors.no_history_to_reply_to()
    if int(wanted["message_id"]) not in channel.messages and wanted.get("fail_if_not_exists", True):
        raise errors.invalid_form(["message_reference: Unknown message"])
    return {"type": 0, "channel_id": str(channel.id), "guild_id": str(channel.guild_id)} | {
        "message_id": str(wanted["message_id"])
    }


def numbered(components, first=1):
    """Components with the ids that Discord gives those that have none."""
    counted = []
    number = first
    for one in components or ():
        inner = numbered(one.get("components"), number + 1) if one.get("components") else None
        counted.append({"id": number, **one} | ({"components": inner} if inner else {}))
        number += 1 + len(inner or ())
    return counted


def get(world, channel_id, message_id):
    channel = world.channel(channel_id, READ_MESSAGE_HISTORY)
    return _known(channel, message_id)


def _known(channel, message_id):
    if message_id not in channel.messages:
        raise errors.unknown_message()
    return channel.messages[message_id]


def edit(world, channel_id, message_id, body):
    """Change what the body names, and nothing else."""
    channel = world.channel(channel_id)
    message = _known(channel, message_id)
    if channel.is_thread and channel.thread.is_archived:
        raise errors.archived_thread()
    if message.author.id != world.bot_id:
        raise errors.not_the_author()
    return change(world, message, body)


def change(world, message, body):
    """Put what an edit names into a message."""
    if "content" in body:
        message.content = body["content"] or ""
    for name in ("embeds", "attachments"):
        if name in body:
            setattr(message, name, list(body[name] or ()))
    if "components" in body:
        message.components = numbered(body["components"])
    if body.get("flags") is not None:
        message.flags = message.flags & ~SUPPRESS_EMBEDS | body["flags"] & SUPPRESS_EMBEDS
    message.edited_at = world.now()
    return message


def delete(world, channel_id, message_id):
    channel = world.channel(channel_id)
    message = _known(channel, message_id)
    if message.author.id != world.bot_id:
        world.channel(channel_id, MANAGE_MESSAGES)
    return channel.messages.pop(message_id)


def crosspost(world, channel_id, message_id):
    """Publish a message of an announcement channel, once."""
    channel = world.channel(channel_id, SEND_MESSAGES)
    if channel.kind is not Kind.ANNOUNCEMENT:
        raise errors.wrong_channel_type()
    message = _known(channel, message_id)
    if message.author.id != world.bot_id:
        world.channel(channel_id, MANAGE_MESSAGES)
    if message.flags & CROSSPOSTED:
        raise errors.already_crossposted()
    message.flags |= CROSSPOSTED
    return message


def history(world, channel_id, *, limit=50, after=None, before=None, around=None):
    channel = world.channel(channel_id)
    if not world.permissions(channel) & READ_MESSAGE_HISTORY:
        return []
    ids = [one for one in sorted(channel.messages) if one > (after or 0) and (before is None or one < before)]
    if around is not None:
        half = limit // 2
        near = [one for one in ids if one < around][-half:] + [one for one in ids if one >= around][: half + 1]
    else:
        near = ids[:limit] if after is not None else ids[-limit:]
    return [channel.messages[one] for one in reversed(near)]
