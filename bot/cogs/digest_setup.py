"""`/digest setup`, `edit`, `history` and `delete`: the part of `/digest` that makes digests and looks after them."""

from dataclasses import replace
from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, choices, guild_of
from bot.cogs.digest_choice import offer_digests, pick_digest
from bot.desk import Desk
from bot.options import (
    MOST_NAME,
    parse_keywords,
    parse_name,
    parse_quiet,
    parse_sources,
    parse_times,
    parse_zone,
    show_zone,
    suggest_sources,
    suggest_zones,
)
from bot.texts import digests as words, ledger, setup as setup_words
from bot.views.deleting import ask_to_delete
from bot.views.drafts import Draft, begin
from bot.views.past import show_past
from bot.views.setup import open_panel, save
from digest.model import CatchUp, Subscription

_CATCH_UPS = [Choice(name=name, value=catch_up.value) for catch_up, name in words.CATCH_UPS.items()]
_NAMELESS = "News"

AnyChannel: TypeAlias = (
    discord.TextChannel | discord.Thread | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel
)


class SetupCommands(commands.Cog):
    """The commands that make, change and delete digests; a part of the cog of `/digest`."""

    _desk: Desk

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
        channel: AnyChannel | None = None,
        time: Range[str, 1, 100] | None = None,
        zone: Range[str, 1, 100] | None = None,
        sources: Range[str, 1, 500] = "",
        name: Range[str, 1, MOST_NAME] = _NAMELESS,
        answers: bool = False,
        keywords: Range[str, 0, 500] = "",
        quiet_hours: Range[str, 0, 100] = "",
        catch_up: str = CatchUp.MERGE.value,
        nothing_new: bool = False,
    ) -> None:
        """Make a digest step by step, or at once where channel, time and zone are given."""
        await interaction.response.defer(ephemeral=True)
        quiet_from, quiet_until = parse_quiet(quiet_hours) or (None, None)
        followed = await self._desk.service.list_sources(guild_of(interaction))
        draft = begin(
            guild_of(interaction),
            interaction,
            channel_id=channel.id if channel else 0,
            times=parse_times(time) if time else (),
            zone=parse_zone(zone) if zone else "",
            source_ids=parse_sources(sources, followed),
            name=parse_name(name),
            answers_due=answers,
            keywords=parse_keywords(keywords),
            catch_up=CatchUp(catch_up),
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            says_when_empty=nothing_new,
        )
        await self._set_up(interaction, draft)

    @app_commands.command(description=setup_words.ABOUT_EDIT)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def edit(self, interaction: Interaction, digest: Range[str, 1, 100] | None = None) -> None:
        """Open the panel for a digest that is there."""
        await interaction.response.defer(ephemeral=True)
        subscription = await pick_digest(self._desk, interaction, digest)
        await open_panel(self._desk, interaction, Draft(subscription, str(interaction.id)))

    @app_commands.command(description=setup_words.ABOUT_HISTORY)
    @app_commands.describe(digest=texts.OPTION_DIGEST, page=texts.OPTION_PAGE)
    async def history(
        self, interaction: Interaction, digest: Range[str, 1, 100] | None = None, page: Range[int, 1, 1000] = 1
    ) -> None:
        """Show what became of the editions of a digest."""
        await interaction.response.defer(ephemeral=True)
        await show_past(self._desk, interaction, await pick_digest(self._desk, interaction, digest), page)

    @app_commands.command(description=setup_words.ABOUT_DELETE)
    @app_commands.describe(digest=texts.OPTION_DIGEST)
    async def delete(self, interaction: Interaction, digest: Range[str, 1, 100]) -> None:
        """Ask whether a digest is to go."""
        await interaction.response.defer(ephemeral=True)
        await ask_to_delete(interaction, await pick_digest(self._desk, interaction, digest))

    @edit.autocomplete("digest")
    @history.autocomplete("digest")
    @delete.autocomplete("digest")
    async def _offered(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await offer_digests(self._desk, interaction, typed)

    @setup.autocomplete("zone")
    async def _zones(self, _: Interaction, typed: str) -> list[Choice[str]]:
        now = self._desk.now()
        return choices([(show_zone(zone, now), zone) for zone in suggest_zones(typed)])

    @setup.autocomplete("sources")
    async def _sources(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return choices(suggest_sources(typed, await self._desk.service.list_sources(guild_of(interaction))))

    async def _set_up(self, interaction: Interaction, draft: Draft) -> None:
        note = ""
        if not draft.missing():
            saved, note = await save(self._desk, interaction, await self._with_what_stands(draft.order))
            draft = replace(draft, order=saved)
        await open_panel(self._desk, interaction, draft, note)

    async def _with_what_stands(self, wanted: Subscription) -> Subscription:
        """Return what is wanted with what no option of the command says, as the digest of this name has it."""
        subscriptions = await self._desk.service.list_subscriptions(wanted.guild_id)
        place = (wanted.channel_id, wanted.name.casefold())
        known = next((one for one in subscriptions if (one.channel_id, one.name.casefold()) == place), wanted)
        beside: dict[str, Any] = {name: getattr(known, name) for name in _BESIDE}
        return replace(wanted, **beside)


_BESIDE = ("weekdays", "max_stories", "style", "role_id", "less")
