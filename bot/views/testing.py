"""A test of what is being set up: posted where it will be, marked as a test, and counted for nothing."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import discord

from bot.answers import Interaction, guild_of, say
from bot.channels import Place, check_place, message_arguments, translated
from bot.channels.forums import open_thread
from bot.controls import Act, Pressed
from bot.desk import Desk
from bot.errors import ChannelGoneError
from bot.render import limits
from bot.render.embeds import render_messages
from bot.render.message import Message
from bot.render.titles import thread_title
from bot.texts import setup as words
from bot.views.audit import record
from bot.views.drafts import Draft, get_draft
from bot.views.week import get_week
from digest.model import Digest


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the button does."""
    return {"setup-test": partial(_post_test, desk)}


async def _post_test(desk: Desk, interaction: Interaction, pressed: Pressed) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    draft, _ = await get_draft(desk, interaction, pressed)
    draft.check_complete()
    place = await check_place(interaction.guild, draft.order.channel_id)
    digest = await _digest_of(desk, interaction, draft)
    if digest is None:
        return await say(interaction, words.TEST_NOTHING)
    link = await _post(place, _marked(render_messages(replace(digest, role_id=None))))
    await record(desk, interaction, "digest test", f"<#{place.id}>")
    posted = words.TEST_POSTED.format(channel_id=place.id, link=f"[{words.TEST_LINK}]({link})")
    return await say(interaction, posted)


async def _digest_of(desk: Desk, interaction: Interaction, draft: Draft) -> Digest | None:
    """Return the next digest, or where it has no story yet the newest of the week that has one."""
    coming = await desk.service.preview_digest(guild_of(interaction), draft.order, now=desk.now())
    if coming.stories:
        return coming
    week = await get_week(desk, interaction, draft)
    past = [digest for day in week.days for digest in reversed(day.digests)]
    return next((digest for digest in past if digest.stories), None)


def _marked(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    first, *rest = messages
    content = "\n".join(filter(None, (words.TEST_MARK, first.content)))
    shown = content if limits.measure(content) <= limits.CONTENT else words.TEST_MARK
    return (replace(first, content=shown), *rest)


async def _post(place: Place, messages: tuple[Message, ...]) -> str:
    """Post the messages, pinging nobody, and return the address of the first."""
    first, *rest = [message.to_dict() for message in messages]
    nobody = discord.AllowedMentions.none()
    with translated(place.id):
        if isinstance(place, discord.ForumChannel):
            thread_id = (await open_thread(place, thread_title(first), message_arguments(first))).id
            thread = place.get_thread(thread_id) or await place.guild.fetch_channel(thread_id)
            link = f"https://discord.com/channels/{place.guild.id}/{thread_id}/{thread_id}"
        elif isinstance(place, discord.abc.Messageable):
            thread, link = place, (await place.send(**message_arguments(first), allowed_mentions=nobody)).jump_url
        else:
            raise ChannelGoneError(place.id, "holds no messages")
        if isinstance(thread, discord.abc.Messageable):
            for payload in rest:
                await thread.send(**message_arguments(payload), allowed_mentions=nobody)
    return link
