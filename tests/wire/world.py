"""What exists on the Discord of the wire: guilds, channels, messages, commands. No network; the time is a callable."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tests.wire import messages
from tests.wire.commands import Registry, command_as_kept
from tests.wire.errors import WireError, missing_access, missing_permissions, unknown_channel
from tests.wire.nouns import Channel, Guild, Kind, Member, Role, ThreadState, User
from tests.wire.permissions import (
    ALL,
    EMBED_LINKS,
    EVERYONE,
    EVERYTHING_NEEDED,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    granted,
)

__all__ = [
    "EMBED_LINKS",
    "EVERYTHING_NEEDED",
    "READ_MESSAGE_HISTORY",
    "SEND_MESSAGES",
    "VIEW_CHANNEL",
    "WireError",
    "World",
    "command_as_kept",
]

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


class World:
    """Discord's memory. What a bot may not do raises WireError, with the status and code that Discord gives."""

    def __init__(self, now, *, nonce_window=timedelta(minutes=3)):
        self.now = now
        self.nonce_window = nonce_window
        self.guilds = {}
        self.interactions = {}  # token -> Interaction
        self.nonces = {}
        self.direct = {}  # a user's id -> the direct channel with them
        self._numbers = count(1)
        self.application_id = self.new_id()
        self.bot_id = self.application_id
        self.bot = User(self.bot_id, "onrecord", is_bot=True)
        self.owner = User(1, "operator")
        self.token = f"token-{self.bot_id}"
        self.switches = {}  # what the operator set in the Developer Portal
        self.registry = Registry(self)

    def new_id(self):
        """A snowflake of this moment: no two are the same, later ones are larger."""
        milliseconds = int((self.now() - DISCORD_EPOCH) / timedelta(milliseconds=1))
        return (milliseconds << 22) + next(self._numbers)

    @property
    def commands(self):
        """What is registered: None or a guild's id -> a slash command's name, or (type, name) -> command."""
        return self.registry.commands

    # --- what a test arranges before a client is there; WireDiscord does it while clients listen ---

    def add_guild(self, name="Harbour"):
        guild_id = self.new_id()
        everyone = Role(guild_id, "@everyone", EVERYONE)
        people = {user.id: Member(user) for user in (self.bot, self.owner)}
        guild = Guild(guild_id, name, self.owner.id, {guild_id: everyone}, people)
        self.guilds[guild.id] = guild
        return guild

    def add_role(self, guild, name, permissions=0):
        role = Role(self.new_id(), name, permissions)
        guild.roles[role.id] = role
        return role

    def add_member(self, guild, name="reader", *roles):
        member = Member(User(self.new_id(), name), [role.id for role in roles])
        guild.members[member.id] = member
        return member

    def add_channel(self, guild, name="news", *, denied=0, kind=Kind.TEXT, tags=(), requires_tag=False):
        channel = Channel(self.new_id(), guild.id, name, kind)
        channel.tags = [{"id": str(self.new_id()), "name": tag} for tag in tags]
        channel.requires_tag = requires_tag
        if denied:
            channel.denied = denied
        guild.channels[channel.id] = channel
        return channel

    def add_thread(self, parent, name, owner, *, kind=None, thread_id=None, tags=()):
        public = Kind.ANNOUNCEMENT_THREAD if parent.kind is Kind.ANNOUNCEMENT else Kind.PUBLIC_THREAD
        state = ThreadState(owner.id, self.now(), {owner.id: self.now()}, tags=list(tags))
        thread = Channel(thread_id or self.new_id(), parent.guild_id, name, kind or public)
        thread.parent_id, thread.thread = parent.id, state
        self.guilds[parent.guild_id].channels[thread.id] = thread
        return thread

    def direct_with(self, user):
        """The direct channel with a user; the same each time."""
        if user.id not in self.direct:
            self.direct[user.id] = Channel(self.new_id(), None, user.name, Kind.DIRECT, recipient=user)
        return self.direct[user.id]

    def remove_channel(self, channel):
        """The channel and its threads are gone."""
        channels = self.guilds[channel.guild_id].channels
        for one in [channel, *(two for two in channels.values() if two.parent_id == channel.id)]:
            channels.pop(one.id, None)

    # --- what a bot asks ---

    def guild_of(self, channel):
        return self.guilds[channel.guild_id]

    def me(self, guild):
        return guild.members[self.bot_id]

    def permissions(self, channel, member=None):
        if channel.kind is Kind.DIRECT:
            return ALL
        guild = self.guild_of(channel)
        return granted(guild, member or self.me(guild), channel)

    def channel(self, channel_id, *needed):
        """The channel, if the bot sees it and has every one of these permissions there."""
        if direct := next((one for one in self.direct.values() if one.id == channel_id), None):
            return direct
        found = next(
            (guild.channels[channel_id] for guild in self.guilds.values() if channel_id in guild.channels), None
        )
        if found is None:
            raise unknown_channel()
        bits = self.permissions(found)
        if not bits & VIEW_CHANNEL:
            raise missing_access()
        if any(not bits & one for one in needed):
            raise missing_permissions()
        return found

    def create_message(self, channel_id, body, files=()):
        """Create a message of the bot, or give the first one with this nonce again while its window lasts."""
        return messages.create(self, channel_id, body, files)

    def history(self, channel_id, **bounds):
        """Messages, newest first, as Discord gives them; with `after`, the ones next to it. Without the right: none."""
        return messages.history(self, channel_id, **bounds)

    def put_commands(self, guild_id, bodies):
        """Replace all commands of a scope; a command that stays keeps its id."""
        return self.registry.replace(guild_id, bodies)
