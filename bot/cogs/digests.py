"""`/digest`: what is posted where and when, for those who manage the server."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, choices, guild_of, managers_only, say, show
from bot.channels import missing_permissions
from bot.cogs.options import (
    MOST_CHOICES,
    check_quiet,
    label,
    parse_keywords,
    parse_quiet,
    parse_sources,
    parse_times,
    parse_zone,
    pick_subscription,
    suggest_sources,
    suggest_zones,
)
from bot.desk import Desk
from bot.errors import ChannelGoneError, ForbiddenChannelError
from bot.render.digests import (
    name_sources,
    render_subscriptions,
    show_next,
    show_pause,
    show_settings,
    show_times,
)
from bot.render.embeds import render_digest, render_messages
from bot.render.text import escape, shorten
from bot.texts import digests as words, ledger
from digest.model import BY_HAND, CatchUp, DeliveryState, Subscription

_NAME = 60
_CATCH_UPS = [Choice(name=name, value=catch_up.value) for catch_up, name in words.CATCH_UPS.items()]
_PATIENCE_SECONDS = 20.0

AnyChannel = discord.TextChannel | discord.Thread | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class DigestCommands(commands.GroupCog, group_name="digest", group_description=texts.ABOUT_DIGEST):
    """What is posted where, and when."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._saving: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by guild

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)

    @app_commands.command(description=texts.ABOUT_DIGEST_NOW)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def now(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Post what is new, beside the schedule."""
        await interaction.response.defer(ephemeral=True)
        subscription = await self._pick(interaction, digest)
        _check_place(interaction, subscription.channel_id)
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
        subscription = await self._pick(interaction, digest)
        composed = await self._desk.service.preview_digest(subscription.guild_id, subscription, now=self._desk.now())
        if not composed.stories:
            return await say(interaction, _about(texts.PREVIEW_NOTHING_NEW, subscription))
        return await show(interaction, *(message.to_dict() for message in render_messages(composed)))

    @app_commands.command(description=texts.ABOUT_DIGEST_SETUP)
    @app_commands.describe(
        channel=texts.OPTION_CHANNEL,
        time=texts.OPTION_TIME,
        zone=texts.OPTION_ZONE,
        sources=texts.OPTION_SOURCES,
        name=texts.OPTION_NAME,
        answers=ledger.OPTION_ANSWERS,
        keywords=texts.OPTION_KEYWORDS,
        quiet_hours=words.OPTION_QUIET,
        catch_up=words.OPTION_CATCH_UP,
        nothing_new=words.OPTION_NOTHING_NEW,
    )
    @app_commands.choices(catch_up=_CATCH_UPS)
    async def setup(
        self,
        interaction: Interaction,
        *,
        channel: AnyChannel,
        time: Range[str, 1, 100],
        zone: Range[str, 1, 100],
        sources: Range[str, 1, 500] = "",
        name: Range[str, 1, _NAME] = "News",
        answers: bool = False,
        keywords: Range[str, 0, 500] = "",
        quiet_hours: Range[str, 0, 100] = "",
        catch_up: str = CatchUp.MERGE.value,
        nothing_new: bool = False,
    ) -> None:
        """Make a digest, or change the one of this name in this channel."""
        await interaction.response.defer(ephemeral=True)
        _check_place(interaction, channel.id)
        quiet_from, quiet_until = parse_quiet(quiet_hours) or (None, None)
        wanted = Subscription(
            guild_of(interaction),
            channel.id,
            parse_times(time),
            parse_zone(zone),
            name=name,
            answers_due=answers,
            keywords=parse_keywords(keywords),
            catch_up=CatchUp(catch_up),
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            says_when_empty=nothing_new,
        )
        check_quiet(wanted)
        await say(interaction, await self._save(wanted, sources))

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
        subscription = await self._pick(interaction, digest)
        if subscription.paused_because:
            return await say(interaction, _about(words.PAUSE_STANDS, subscription, why=show_pause(subscription)))
        await self._desk.service.pause_subscription(subscription.id, BY_HAND)
        return await say(interaction, _about(words.PAUSE_DONE, subscription))

    @app_commands.command(description=words.ABOUT_RESUME)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def resume(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Let a paused digest come again, where it can be posted."""
        await interaction.response.defer(ephemeral=True)
        service, subscription = self._desk.service, await self._pick(interaction, digest)
        _check_place(interaction, subscription.channel_id)
        text = words.RESUME_DONE if subscription.paused_because else words.RESUME_NOT_PAUSED
        await service.resume_subscription(subscription.guild_id, subscription.id, now=self._desk.now())
        await say(interaction, _about(text, subscription, next=await self._next(subscription)))

    @app_commands.command(description=words.ABOUT_SKIP)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def skip(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Leave out the next digest."""
        await interaction.response.defer(ephemeral=True)
        service, subscription = self._desk.service, await self._pick(interaction, digest)
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
        subscriptions = await self._desk.service.list_subscriptions(guild_of(interaction))
        pairs = [(_choice(interaction, one), str(one.id)) for one in subscriptions]
        return choices([pair for pair in pairs if typed.casefold() in pair[0].casefold()][:MOST_CHOICES])

    @setup.autocomplete("zone")
    async def _zones(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return choices([(zone, zone) for zone in suggest_zones(typed)])

    @setup.autocomplete("sources")
    async def _sources(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return choices(suggest_sources(typed, await self._desk.service.list_sources(guild_of(interaction))))

    async def _pick(self, interaction: Interaction, typed: str | None) -> Subscription:
        subscriptions = await self._desk.service.list_subscriptions(guild_of(interaction))
        return pick_subscription(typed, subscriptions, interaction.channel_id)

    async def _save(self, wanted: Subscription, sources: str) -> str:
        service, now = self._desk.service, self._desk.now()
        followed = await service.list_sources(wanted.guild_id)
        wanted = replace(wanted, source_ids=parse_sources(sources, followed))
        async with self._saving[wanted.guild_id]:  # two at once would both find none of this name
            subscriptions = await service.list_subscriptions(wanted.guild_id)
            known = next((one for one in subscriptions if _is_same(one, wanted)), None)
            saved = await service.save_subscription(replace(wanted, id=known.id if known else 0), now=now)
        if known and known.paused_because:
            saved = await service.resume_subscription(saved.guild_id, saved.id, now=now)
        answers = ledger.SETUP_ANSWERS if saved.answers_due else ledger.SETUP_NO_ANSWERS
        named = ", ".join(escape(word) for word in saved.keywords)
        keywords = texts.SETUP_KEYWORDS.format(words=named) if named else ""
        done = _confirmation(saved, await self._next(saved))
        lines = [done, keywords, *show_settings(saved), answers, "" if followed else texts.SETUP_NO_SOURCES]
        return _joined(*lines)

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


def _check_place(interaction: Interaction, channel_id: int) -> None:
    channel = interaction.guild.get_channel_or_thread(channel_id) if interaction.guild else None
    if channel is None:
        raise ChannelGoneError(channel_id, "the server has no such channel")
    if missing := missing_permissions(channel):
        raise ForbiddenChannelError(channel_id, "permissions are missing", missing=missing)


def _is_same(one: Subscription, other: Subscription) -> bool:
    return (one.channel_id, one.name.casefold()) == (other.channel_id, other.name.casefold())


def _about(text: str, subscription: Subscription, **more: str | int) -> str:
    return text.format(name=shorten(subscription.name, _NAME), channel_id=subscription.channel_id, **more)


def _pause(subscription: Subscription) -> str:
    return texts.DIGEST_PAUSED.format(why=show_pause(subscription)) if subscription.paused_because else ""


def _joined(*sentences: str) -> str:
    return "\n".join(filter(None, sentences))


def _confirmation(saved: Subscription, coming: str) -> str:
    return texts.SETUP_DONE.format(
        name=shorten(saved.name, _NAME),
        channel_id=saved.channel_id,
        times=show_times(saved.times),
        zone=saved.zone,
        sources=name_sources(saved),
        next=coming,
    )


def _choice(interaction: Interaction, one: Subscription) -> str:
    channel = interaction.guild.get_channel_or_thread(one.channel_id) if interaction.guild else None
    name = channel.name if channel else texts.UNKNOWN_CHANNEL
    return label(
        texts.SUBSCRIPTION_CHOICE.format(name=one.name, channel=name, times=show_times(one.times), zone=one.zone)
    )
