"""What a member may do where, by the algorithm in Discord's documentation ("Permission Hierarchy")."""

# Bits as Discord's documentation numbers them.
ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38

ALL = (1 << 53) - 1
EVERYTHING_NEEDED = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY
EVERYONE = (
    EVERYTHING_NEEDED | ATTACH_FILES | USE_APPLICATION_COMMANDS | CREATE_PUBLIC_THREADS | SEND_MESSAGES_IN_THREADS
)
# Nobody who may not send can do these.
_NEED_SENDING = EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE


def granted(guild, member, channel=None):
    """The member's permissions in the guild, or in one of its channels: a thread has those of its parent."""
    bits = guild.roles[guild.id].permissions
    for role_id in member.roles:
        bits |= guild.roles[role_id].permissions
    if member.id == guild.owner_id or bits & ADMINISTRATOR:
        return ALL
    if channel is None:
        return bits
    place = guild.channels.get(channel.parent_id, channel) if channel.is_thread else channel
    return _implied(_overwritten(bits, guild, member, place), channel)


def _overwritten(bits, guild, member, channel):
    steps = [[guild.id], member.roles, [member.id]]
    for step in steps:
        found = [channel.overwrites[one] for one in step if one in channel.overwrites]
        for one in found:
            bits &= ~one.deny
        for one in found:
            bits |= one.allow
    return bits


def _implied(bits, channel):
    if not bits & VIEW_CHANNEL:
        return 0
    sending = SEND_MESSAGES_IN_THREADS if channel.is_thread else SEND_MESSAGES
    return bits if bits & sending else bits & ~_NEED_SENDING
