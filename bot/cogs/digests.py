"""`/digest`: what is posted where and when, for those who manage the server."""

import asyncio
from contextlib import suppress

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, guild_of, managers_only, say, show
from bot.channels import check_place
from bot.cogs.digest_choice import offer_digests, pick_digest
from bot.cogs.digest_setup import SetupCommands
from bot.desk import Desk
from bot.render.digests import render_subscriptions, show_next, show_pause
from bot.render.embeds import render_digest, render_messages
from bot.render.text import shorten
from bot.texts import digests as words
from digest.model import BY_HAND, DeliveryState, Subscription

_NAME = 60
_PATIENCE_SECONDS = 20.0


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DigestCommands(SetupCommands, commands.GroupCog, group_name="digest", group_description=texts.ABOUT_DIGEST):
    """What is posted where, and when."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)

    @app_commands.command(description=texts.ABOUT_DIGEST_NOW)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def now(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Post what is new, beside the schedule."""
        await interaction.response.defer(ephemeral=True)
        subscription = await pick_digest(self._desk, interaction, digest)
        await check_place(interaction.guild, subscription.channel_id)
        edition = await self._desk.service.issue_now(
            subscription.guild_id, subscription.id, now=self._desk.now(), render=render_digest
        )
        if edition is None:
            return await say(interaction, _joined(_about(texts.NOW_NOTHING_NEW, subscription), _pause(subscription)))
        with suppress(TimeoutError):  # then the posting goes on
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._desk.sender.post_open(subscription.channel_id)
        return await say(interaction, await self._outcome(subscription, edition.id))

    @app_commands.command(description=texts.ABOUT_DIGEST_PREVIEW)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def preview(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Show the next digest, to the one who asked alone."""
        await interaction.response.defer(ephemeral=True)
        subscription = await pick_digest(self._desk, interaction, digest)
        composed = await self._desk.service.preview_digest(subscription.guild_id, subscription, now=self._desk.now())
        if not composed.stories:
            return await say(interaction, _about(texts.PREVIEW_NOTHING_NEW, subscription))
        return await show(interaction, *(message.to_dict() for message in render_messages(composed)))

    @app_commands.command(name="list", description=words.ABOUT_LIST)
    async def list_(self, interaction: Interaction) -> None:
        """Show what is posted where, and when next."""
        await interaction.response.defer(ephemeral=True)
        service, guild_id = self._desk.service, guild_of(interaction)
        subscriptions, next_runs = await service.list_subscriptions(guild_id), await service.map_next_runs(guild_id)
        await show(interaction, render_subscriptions(subscriptions, next_runs).to_dict())

    @app_commands.command(description=words.ABOUT_PAUSE)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def pause(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Stop a digest until it is resumed."""
        await interaction.response.defer(ephemeral=True)
        subscription = await pick_digest(self._desk, interaction, digest)
        if subscription.paused_because:
            return await say(interaction, _about(words.PAUSE_STANDS, subscription, why=show_pause(subscription)))
        await self._desk.service.pause_subscription(subscription.id, BY_HAND)
        return await say(interaction, _about(words.PAUSE_DONE, subscription))

    @app_commands.command(description=words.ABOUT_RESUME)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def resume(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Let a paused digest come again, where it can be posted."""
        await interaction.response.defer(ephemeral=True)
        service, subscription = self._desk.service, await pick_digest(self._desk, interaction, digest)
        await check_place(interaction.guild, subscription.channel_id)
        text = words.RESUME_DONE if subscription.paused_because else words.RESUME_NOT_PAUSED
        await service.resume_subscription(subscription.guild_id, subscription.id, now=self._desk.now())
        await say(interaction, _about(text, subscription, next=await self._next(subscription)))

    @app_commands.command(description=words.ABOUT_SKIP)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def skip(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Leave out the next digest."""
        await interaction.response.defer(ephemeral=True)
        service, subscription = self._desk.service, await pick_digest(self._desk, interaction, digest)
        skipped = await service.skip_next(subscription.guild_id, subscription.id, now=self._desk.now())
        if skipped is None:
            return await say(interaction, _about(words.SKIP_PAUSED, subscription, why=show_pause(subscription)))
        coming = await self._next(subscription)
        text = _about(words.SKIP_DONE, subscription, skipped=int(skipped.timestamp()), next=coming)
        return await say(interaction, text)

    @now.autocomplete("digest")
    @preview.autocomplete("digest")
    @pause.autocomplete("digest")
    @resume.autocomplete("digest")
    @skip.autocomplete("digest")
    async def _digests(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await offer_digests(self._desk, interaction, typed)

    async def _next(self, subscription: Subscription) -> str:
        return show_next((await self._desk.service.map_next_runs(subscription.guild_id)).get(subscription.id))

    async def _outcome(self, subscription: Subscription, edition_id: int) -> str:
        edition = await self._desk.service.get_edition(subscription.guild_id, edition_id)
        states = {part.state for part in edition.deliveries}
        if states == {DeliveryState.SENT}:
            return _joined(_about(texts.NOW_POSTED, subscription), _pause(subscription))
        if not states & {DeliveryState.FAILED, DeliveryState.HELD}:
            return _about(texts.NOW_ON_ITS_WAY, subscription)
        current = await self._desk.service.get_subscription(subscription.guild_id, subscription.id)
        return show_pause(current) if current.paused_because else texts.ERROR_REJECTED_PART


def _about(text: str, subscription: Subscription, **more: str | int) -> str:
    return text.format(name=shorten(subscription.name, _NAME), channel_id=subscription.channel_id, **more)


def _pause(subscription: Subscription) -> str:
    return texts.DIGEST_PAUSED.format(why=show_pause(subscription)) if subscription.paused_because else ""


def _joined(*sentences: str) -> str:
    return "\n".join(filter(None, sentences))
