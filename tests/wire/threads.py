"""Threads: from a message, without one, forum posts with their first message; membership and archive."""

from tests.wire import errors, messages
from tests.wire.nouns import FORUMS, Kind
from tests.wire.permissions import (
    CREATE_PRIVATE_THREADS,
    CREATE_PUBLIC_THREADS,
    MANAGE_CHANNELS,
    MANAGE_THREADS,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
)

_PARENTS = frozenset({Kind.TEXT, Kind.ANNOUNCEMENT})


def start_from(world, channel_id, message_id, body):
    """A thread that hangs on a message and has its id."""
    parent = world.channel(channel_id, CREATE_PUBLIC_THREADS, READ_MESSAGE_HISTORY)
    if parent.kind not in _PARENTS:
        raise errors.wrong_channel_type()
    if message_id not in parent.messages:
        raise errors.unknown_message()
    if message_id in world.guild_of(parent).channels:
        raise errors.thread_exists()
    return _add(world, parent, body, thread_id=message_id)


def start(world, channel_id, body, files=()):
    """A thread without a message, or in a forum a post with its first message. Returns the thread and that message."""
    parent = world.channel(channel_id)
    if parent.kind in FORUMS:
        return _post_in_forum(world, parent, body, files)
    if parent.kind not in _PARENTS:
        raise errors.wrong_channel_type()
    # Without a type Discord makes a private one.
    kind = Kind(body.get("type", Kind.PRIVATE_THREAD))
    world.channel(channel_id, CREATE_PRIVATE_THREADS if kind is Kind.PRIVATE_THREAD else CREATE_PUBLIC_THREADS)
    return _add(world, parent, body, kind=kind), None


def _post_in_forum(world, parent, body, files):
    world.channel(parent.id, SEND_MESSAGES)
    wanted = [str(one) for one in body.get("applied_tags") or ()]
    if unknown := set(wanted) - {one["id"] for one in parent.tags}:
        raise errors.invalid_form([f"applied_tags: unknown tag {one}" for one in sorted(unknown)])
    if parent.requires_tag and not wanted:
        raise errors.tag_required()
    thread = _add(world, parent, body, tags=wanted)
    # The first message has the thread's id. It has no nonce: Discord's form for it knows none.
    message = messages.build(world, thread, world.bot, body["message"], files)
    message.id = thread.id
    thread.messages[message.id] = message
    return thread, message


def _add(world, parent, body, *, kind=None, thread_id=None, tags=()):
    thread = world.add_thread(parent, body["name"], world.bot, kind=kind, thread_id=thread_id, tags=tags)
    thread.thread.archive_minutes = body.get("auto_archive_duration") or 4320
    return thread


def edit(world, channel_id, body):
    """Change a thread or a channel. Who started a thread may archive and rename it; the rest needs permissions."""
    channel = world.channel(channel_id)
    if not channel.is_thread:
        world.channel(channel_id, MANAGE_CHANNELS)
        channel.name = body.get("name") or channel.name
        return channel
    _check_thread_edit(world, channel, body)
    channel.name = body.get("name") or channel.name
    state = channel.thread
    state.archive_minutes = body.get("auto_archive_duration") or state.archive_minutes
    state.is_locked = bool(body.get("locked", state.is_locked))
    if "archived" in body:
        state.is_archived = bool(body["archived"])
        state.archived_at = world.now()
    return channel


def _check_thread_edit(world, channel, body):
    is_owner = channel.thread.owner_id == world.bot_id
    is_opened = channel.thread.is_locked and body.get("archived") is False
    if "locked" in body or is_opened or not is_owner:
        world.channel(channel.id, MANAGE_THREADS)
    if channel.thread.is_archived and set(body) - {"archived", "locked"} and body.get("archived") is not False:
        raise errors.archived_thread()


def delete(world, channel_id):
    channel = world.channel(channel_id)
    world.channel(channel_id, MANAGE_THREADS if channel.is_thread else MANAGE_CHANNELS)
    world.remove_channel(channel)
    return channel


def join(world, channel_id, user_id):
    thread = _thread(world, channel_id)
    if thread.thread.is_archived:
        raise errors.archived_thread()
    thread.thread.members[user_id] = world.now()
    return thread


def leave(world, channel_id, user_id):
    thread = _thread(world, channel_id)
    thread.thread.members.pop(user_id, None)
    return thread


def _thread(world, channel_id):
    channel = world.channel(channel_id)
    if not channel.is_thread:
        raise errors.wrong_channel_type()
    return channel


def active(world, guild_id):
    """The guild's threads that are not archived and that the bot sees, the newest first."""
    threads = [one for one in world.guilds[guild_id].channels.values() if one.is_thread]
    seen = [one for one in threads if world.permissions(one) and not one.thread.is_archived]
    return sorted(seen, key=lambda one: one.id, reverse=True)


def archived(world, channel_id, *, before=None, limit=50):
    """A page of the channel's archived public threads, the last archived first, and whether there are more."""
    parent = world.channel(channel_id, READ_MESSAGE_HISTORY)
    threads = [one for one in world.guild_of(parent).channels.values() if one.parent_id == parent.id]
    found = [one for one in threads if one.thread.is_archived and one.kind is not Kind.PRIVATE_THREAD]
    older = [one for one in found if before is None or one.thread.archived_at < before]
    ordered = sorted(older, key=lambda one: one.thread.archived_at, reverse=True)
    return ordered[:limit], len(ordered) > limit
