"""What exists on the Discord of the wire: guilds, channels, messages, commands. No network; the time is a callable."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)

# Bits of permissions, as Discord's documentation numbers them.
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
EMBED_LINKS = 1 << 14
READ_MESSAGE_HISTORY = 1 << 16
EVERYTHING_NEEDED = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY


class WireError(Exception):
    """An answer that is a refusal, with Discord's own code."""

    def __init__(self, status, code, message, **more):
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "code": code, **more}


@dataclass
class Message:
    id: int
    channel_id: int
    content: str
    embeds: list
    created_at: datetime
    nonce: str | None = None


@dataclass
class Channel:
    id: int
    guild_id: int
    name: str
    denied: int = 0
    messages: dict[int, Message] = field(default_factory=dict)


@dataclass
class Guild:
    id: int
    name: str
    channels: dict[int, Channel] = field(default_factory=dict)


class World:
    """Discord's memory. What a bot may not do raises WireError, with the status and code that Discord gives."""

    def __init__(self, now, *, nonce_window=timedelta(minutes=3)):
        self.now = now
        self.nonce_window = nonce_window
        self.guilds = {}
        self.commands = {}  # None or a guild's id -> command's name -> command
        self._nonces = {}
        self._numbers = count(1)
        self.application_id = self.new_id()
        self.bot_id = self.application_id
        self.token = f"token-{self.bot_id}"

    def new_id(self):
        """A snowflake of this moment: no two are the same, later ones are larger."""
        milliseconds = int((self.now() - DISCORD_EPOCH) / timedelta(milliseconds=1))
        return (milliseconds << 22) + next(self._numbers)

    # --- what a test arranges ---

    def add_guild(self, name="Harbour"):
        guild = Guild(self.new_id(), name)
        self.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild, name="news", *, denied=0):
        channel = Channel(self.new_id(), guild.id, name, denied)
        guild.channels[channel.id] = channel
        return channel

    def remove_channel(self, channel):
        del self.guilds[channel.guild_id].channels[channel.id]

    # --- what a bot does ---

    def channel(self, channel_id, *needed):
        found = next(
            (guild.channels[channel_id] for guild in self.guilds.values() if channel_id in guild.channels), None
        )
        if found is None:
            raise WireError(404, 10003, "Unknown Channel")
        if found.denied & VIEW_CHANNEL:
            raise WireError(403, 50001, "Missing Access")
        if any(found.denied & bit for bit in needed):
            raise WireError(403, 50013, "Missing Permissions")
        return found

    def create_message(self, channel_id, body):
        """Create a message, or give the first one with this nonce again while its window lasts."""
        channel = self.channel(channel_id, SEND_MESSAGES)
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        known_id, known_at = self._nonces.get(nonce, (None, None)) if nonce else (None, None)
        if known_id and self.now() - known_at < self.nonce_window:
            if known_id not in channel.messages:
                raise WireError(404, 10008, "Unknown Message")
            return channel.messages[known_id]
        embeds = [] if channel.denied & EMBED_LINKS else body.get("embeds", [])
        message = Message(self.new_id(), channel_id, body.get("content") or "", embeds, self.now(), body.get("nonce"))
        channel.messages[message.id] = message
        if nonce:
            self._nonces[nonce] = (message.id, message.created_at)
        return message

    def history(self, channel_id, *, limit=50, after=None, before=None):
        """Messages, newest first, as Discord gives them; with `after`, the ones next to it. Without the right: none."""
        channel = self.channel(channel_id)
        if channel.denied & READ_MESSAGE_HISTORY:
            return []
        ids = [one for one in sorted(channel.messages) if one > (after or 0) and (before is None or one < before)]
        near = ids[:limit] if after is not None else ids[-limit:]
        return [channel.messages[one] for one in reversed(near)]

    def put_commands(self, guild_id, bodies):
        """Replace all commands of a scope; a command that stays keeps its id."""
        old = self.commands.get(guild_id, {})
        named = {}
        for body in bodies:
            known = old.get(body["name"])
            identity = {"id": str(known["id"] if known else self.new_id()), "version": str(self.new_id())}
            named[body["name"]] = command_as_kept(body) | identity | {"application_id": str(self.application_id)}
        self.commands[guild_id] = named
        return list(named.values())


def command_as_kept(body):
    """A command as Discord answers it: permissions as strings, absent things left out of its options."""
    permissions = body.get("default_member_permissions")
    return {
        **body,
        "options": [_option_as_kept(option) for option in body.get("options", ())],
        "default_member_permissions": None if permissions is None else str(permissions),
        "dm_permission": body.get("dm_permission", True),
        "nsfw": body.get("nsfw", False),
        "name_localizations": None,
        "description_localizations": None,
    }


def _option_as_kept(option):
    kept = {key: value for key, value in option.items() if value not in (None, False, [])}
    if option.get("options"):
        kept["options"] = [_option_as_kept(one) for one in option["options"]]
    return kept
