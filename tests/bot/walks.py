"""Somebody at a set-up, whose bot starts anew before whatever they do: nothing that it needs may be in memory."""

from bot.client import OnRecordBot
from bot.views.drafts import Draft
from tests.bot.deliveries import ONE_SHARD


class Walk:
    """Somebody at a set-up, whose bot starts anew before whatever they do."""

    def __init__(self, env, server, service, watch):
        self.env, self.server, self.service, self.watch = env, server, service, watch
        self.shown = None

    async def begin(self, command="digest setup", **options):
        self.shown = (await self.server.manager.slash(self.server.channel, command, **options)).response
        return self.shown

    async def restart(self):
        await self.env.restart_bot(OnRecordBot(self.service, self.watch, shards=ONE_SHARD))

    async def click(self, label, *, on=None):
        await self.restart()
        return await self.server.manager.click(on or self.shown, label=label)

    async def choose(self, act, *values, on=None):
        await self.restart()
        shown = on or self.shown
        return await self.server.manager.select(shown, list(values), custom_id=id_of(shown, act))

    async def fill(self, label, **values):
        form = await self.click(label)
        await self.restart()
        return await self.server.manager.submit_modal(form, values)

    async def fill_times(self, *, name="News"):
        await self.choose("setup-step", "times")
        values = {"times": "8", "zone": "Europe/Berlin", "quiet": "", "stories": "8"}
        return await self.fill("Times, zone, name", name=name, **values)

    @property
    def draft(self):
        (payload, _), *_ = self.service.drafts.values()
        return Draft.from_json(payload)

    @property
    def text(self):
        return self.shown.embeds[0].description


def items(message):
    return [one for row in message.components for one in row["components"]]


def id_of(message, act):
    return next(one["custom_id"] for one in items(message) if one["custom_id"].split(":")[1] == act)


def labels(message):
    return [one["label"] for one in items(message) if one.get("label")]
