"""What there is on the Discord of the wire: users, guilds, channels, threads, messages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

EPHEMERAL = 1 << 6
COMPONENTS_V2 = 1 << 15
CROSSPOSTED = 1 << 0
SUPPRESS_EMBEDS = 1 << 2


class Kind(IntEnum):
    """Types of channels, as Discord numbers them."""

    TEXT = 0
    DIRECT = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15
    MEDIA = 16


FORUMS = frozenset({Kind.FORUM, Kind.MEDIA})
THREADS = frozenset({Kind.ANNOUNCEMENT_THREAD, Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD})


@dataclass(frozen=True)
class User:
    id: int
    name: str
    is_bot: bool = False


@dataclass
class Role:
    id: int
    name: str
    permissions: int = 0


@dataclass
class Member:
    user: User
    roles: list[int] = field(default_factory=list)

    @property
    def id(self):
        return self.user.id


@dataclass
class Message:
    id: int
    channel_id: int
    author: User
    content: str
    embeds: list
    created_at: datetime
    nonce: str | None = None
    components: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    flags: int = 0
    type: int = 0
    reference: dict | None = None
    pings: frozenset = frozenset()
    edited_at: datetime | None = None
    interaction: object = None
    is_thinking: bool = False

    @property
    def is_ephemeral(self):
        return bool(self.flags & EPHEMERAL)


@dataclass
class ThreadState:
    """What a thread has and other channels have not."""

    owner_id: int
    created_at: datetime
    members: dict[int, datetime] = field(default_factory=dict)
    is_archived: bool = False
    is_locked: bool = False
    archive_minutes: int = 4320
    archived_at: datetime | None = None
    tags: list = field(default_factory=list)


@dataclass(frozen=True)
class Overwrite:
    """What a channel allows and denies a role (type 0) or a member (type 1)."""

    allow: int = 0
    deny: int = 0
    type: int = 0


@dataclass
class Channel:
    id: int
    guild_id: int | None  # none: a direct one
    name: str
    kind: Kind = Kind.TEXT
    overwrites: dict[int, Overwrite] = field(default_factory=dict)  # by the role's or member's id
    messages: dict[int, Message] = field(default_factory=dict)
    parent_id: int | None = None
    thread: ThreadState | None = None
    tags: list = field(default_factory=list)
    requires_tag: bool = False
    recipient: User | None = None
    is_closed: bool = False  # a direct one whose recipient takes no messages

    @property
    def is_thread(self):
        return self.kind in THREADS

    @property
    def denied(self):
        """What the channel denies @everyone."""
        return self.overwrites.get(self.guild_id, Overwrite()).deny

    @denied.setter
    def denied(self, bits):
        self.overwrites[self.guild_id] = Overwrite(self.overwrites.get(self.guild_id, Overwrite()).allow, bits)


@dataclass
class Guild:
    id: int
    name: str
    owner_id: int
    roles: dict[int, Role]
    members: dict[int, Member]
    channels: dict[int, Channel] = field(default_factory=dict)  # the threads too
    is_unavailable: bool = False
    system_channel_id: int | None = None
    updates_channel_id: int | None = None
