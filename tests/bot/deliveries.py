"""Stand-ins for delivery: an outbox that remembers, and channels with Discord's nonce window and crashes on command."""

# ruff: noqa: ARG002 -- the signatures are the service's

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.shards import Shards
from digest.errors import NotFoundError
from digest.model import Delivery, DeliveryState
from tests.builders import NOW

ONE_SHARD = Shards((0,), 1)
"""What a bot of simcord's listens to: there Discord recommends nothing."""


class Crash(BaseException):
    """The process dies here: nothing catches it."""


class Watch:
    """A clock that stands until the test moves it."""

    def __init__(self, now=NOW):
        self.time = now

    def __call__(self):
        return self.time

    def pass_(self, **units):
        self.time += timedelta(**units)


def delivery(number=1, **changes):
    values = {
        "id": number,
        "edition_id": 1,
        "guild_id": 1,
        "channel_id": 10,
        "part": number,
        "payload": f'{{"content": "part {number}"}}',
        "nonce": f"nonce-{number}",
    }
    return Delivery(**(values | changes))


class FakeOutbox:
    """Keeps deliveries as the service does: every change is there at once, whatever dies next."""

    def __init__(self, *deliveries):
        self.rows = {one.id: one for one in deliveries}
        self.paused = {}
        self.failed = {}
        self.answered = {}  # the number of a part -> the number of the one that it answers or edits

    async def open_deliveries(self, *, now, channel_id=None):
        closed = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.HELD)
        wanted = (row for row in self.rows.values() if channel_id in (None, row.channel_id))
        return tuple(row for row in wanted if row.state not in closed)

    async def begin_delivery(self, delivery_id, *, now):
        first = self.rows[delivery_id].attempted_at or now
        if self.rows[delivery_id].state in (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.HELD):
            raise NotFoundError(f"no delivery {delivery_id} is open")
        return self._change(
            delivery_id, state=DeliveryState.SENDING, attempted_at=first, opening=self._opening(delivery_id)
        )

    async def finish_delivery(self, delivery_id, message_id, *, now):
        self._change(delivery_id, state=DeliveryState.SENT, message_id=message_id)

    async def fail_delivery(self, delivery_id, why, *, now):
        self.failed[delivery_id] = why
        self._change(delivery_id, state=DeliveryState.FAILED)

    async def lose_channel(self, edition_ids, why, *, now):
        for edition_id in edition_ids:
            self.paused[edition_id * 100] = why
        for row in [one for one in await self.open_deliveries(now=now) if one.edition_id in edition_ids]:
            self._change(row.id, state=DeliveryState.HELD)

    async def pause_subscription(self, subscription_id, why):
        self.paused[subscription_id] = why

    def states(self):
        return [self.rows[number].state for number in sorted(self.rows)]

    def _opening(self, delivery_id):
        edition_id = self.rows[self.answered.get(delivery_id, delivery_id)].edition_id
        parts = sorted((row for row in self.rows.values() if row.edition_id == edition_id), key=lambda row: row.part)
        return next((row.message_id for row in parts if row.message_id), None)

    def _change(self, delivery_id, **changes):
        self.rows[delivery_id] = replace(self.rows[delivery_id], **changes)
        return self.rows[delivery_id]


@dataclass
class FakeDiscord:
    """A channel that behaves like Discord's: the same nonce within its window makes no second message.

    `troubles` holds, call after call of `post`, what happens: None, an error that is raised before the message
    exists ("before", error), or after it exists ("after", error).
    """

    now: Watch
    window: timedelta = timedelta(minutes=3)
    troubles: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    turns: int = 0

    async def turn(self):
        self.turns += 1

    async def edit(self, part):
        number = part.edits if part.edits <= len(self.messages) else 0
        if number:
            self.messages[number - 1] = (part, self.now())
        return number

    async def post(self, part):
        moment, error = (self.troubles.pop(0) if self.troubles else None) or (None, None)
        if moment == "before":
            raise error
        message_id = self._known(part) or self._create(part)
        if moment == "after":
            raise error
        return message_id

    async def find(self, part):
        return next(
            (index for index, (one, at) in self._numbered() if one.id == part.id and at >= part.attempted_at), None
        )

    def posted(self, channel_id=10):
        """The numbers of the parts in the channel, in the order in which they came."""
        return [(one.edition_id, one.part) for one, _ in self.messages if one.channel_id == channel_id]

    def _numbered(self):
        return enumerate(self.messages, start=1)

    def _known(self, part):
        fresh = self.now() - self.window
        return next((index for index, (one, at) in self._numbered() if one.nonce == part.nonce and at > fresh), None)

    def _create(self, part):
        self.messages.append((part, self.now()))
        return len(self.messages)


class DyingOutbox:
    """An outbox whose process dies just before or after one of its calls."""

    def __init__(self, outbox, deadly_call, moment):
        self._outbox = outbox
        self._deadly_call = deadly_call
        self._moment = moment

    def __getattr__(self, name):
        call = getattr(self._outbox, name)
        if name != self._deadly_call:
            return call

        async def die(*args, **kwargs):
            if self._moment == "after":
                await call(*args, **kwargs)
            raise Crash

        return die


def is_shown_once(channel, outbox):
    """Whether every part is sent, each as one message, in their order."""
    sent = [outbox.rows[number].message_id for number in sorted(outbox.rows)]
    states = set(outbox.states())
    return list(channel.messages) == sent and states == {DeliveryState.SENT} and not outbox.paused
