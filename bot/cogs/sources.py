"""`/source`: the publications that the server follows, for those who manage it."""

from datetime import datetime

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.answers import Interaction, choices, guild_of, managers_only, say, show, show_file
from bot.desk import Desk
from bot.errors import InputError
from bot.options import parse_filters, pick_source, suggest_source
from bot.render.sources import (
    name_source,
    render_health,
    render_list,
    render_sources,
    render_tried,
    show_filters,
    show_imported,
    show_removed,
)
from bot.texts import sources as words
from bot.views import offering
from bot.views.audit import record
from digest import Service
from digest.errors import InvalidFeedError, LimitError
from digest.model import SourceStatus

_MAX_LIST_BYTES = 2_000_000


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SourceCommands(commands.GroupCog, group_name="source", group_description=words.ABOUT_SOURCE):
    """The publications that a server follows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let only those pass who may manage the server."""
        return await managers_only(interaction)

    @app_commands.command(description=words.ABOUT_ADD)
    @app_commands.describe(url=words.OPTION_URL)
    async def add(self, interaction: Interaction, url: Range[str, 1, 2000]) -> None:
        """Show what can be followed at an address, and follow what is chosen."""
        await interaction.response.defer(ephemeral=True)
        offers = await self._desk.service.discover(with_scheme(url))
        await offering.ask(self._desk, interaction, offers)

    @app_commands.command(name="list", description=words.ABOUT_LIST)
    async def list_(self, interaction: Interaction) -> None:
        """Show what is followed, and how it does."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_sources(await self._followed(interaction)).to_dict())

    @app_commands.command(description=words.ABOUT_HEALTH)
    async def health(self, interaction: Interaction) -> None:
        """Show what needs somebody, and what to do."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_health(await self._followed(interaction)).to_dict())

    @app_commands.command(description=words.ABOUT_REMOVE)
    @app_commands.describe(source=words.OPTION_SOURCE)
    async def remove(self, interaction: Interaction, source: Range[str, 1, 100]) -> None:
        """Follow a source no more."""
        await interaction.response.defer(ephemeral=True)
        known = pick_source(source, await self._followed(interaction)).source
        await self._desk.service.remove_source(guild_of(interaction), known.id)
        digests = await self._desk.service.list_subscriptions(guild_of(interaction))
        await say(interaction, show_removed(known, await self._followed(interaction), digests))

    @app_commands.command(description=words.ABOUT_EDIT)
    @app_commands.describe(
        source=words.OPTION_SOURCE,
        keywords=words.OPTION_KEYWORDS,
        without=words.OPTION_WITHOUT,
        authors=words.OPTION_AUTHORS,
        sections=words.OPTION_SECTIONS,
        languages=words.OPTION_LANGUAGES,
    )
    async def edit(
        self,
        interaction: Interaction,
        *,
        source: Range[str, 1, 100],
        keywords: Range[str, 0, 500] = "",
        without: Range[str, 0, 500] = "",
        authors: Range[str, 0, 500] = "",
        sections: Range[str, 0, 500] = "",
        languages: Range[str, 0, 100] = "",
    ) -> None:
        """Choose what of a source gets into digests, and show what that lets through."""
        await interaction.response.defer(ephemeral=True)
        known = pick_source(source, await self._followed(interaction)).source
        filters = parse_filters(keywords, without, authors, sections, languages)
        await self._desk.service.set_filters(guild_of(interaction), known.id, filters)
        shown = show_filters(filters)
        said = words.FILTERS_SET if shown else words.FILTERS_NONE
        sentence = said.format(name=name_source(known), filters=shown)
        tried = await self._desk.service.try_filters(guild_of(interaction), known.id)
        await show(interaction, render_tried(known.name, tried).to_dict() | {"content": sentence})

    @app_commands.command(description=words.ABOUT_TEST)
    @app_commands.describe(source=words.OPTION_SOURCE)
    async def test(self, interaction: Interaction, source: Range[str, 1, 100]) -> None:
        """Show what the filters of a source let through."""
        await interaction.response.defer(ephemeral=True)
        known = pick_source(source, await self._followed(interaction)).source
        tried = await self._desk.service.try_filters(guild_of(interaction), known.id)
        await show(interaction, render_tried(known.name, tried).to_dict())

    @app_commands.command(name="import", description=words.ABOUT_IMPORT)
    @app_commands.describe(file=words.OPTION_FILE)
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Follow what a feed reader's list names."""
        await interaction.response.defer(ephemeral=True)
        check_list_size(file.size)
        body, desk = await file.read(), self._desk
        try:
            told = await import_list(desk.service, guild_of(interaction), body, now=desk.now())
        except LimitError:  # it ends as an error, and what there was room for is followed all the same
            await record(desk, interaction, "source import", file.filename)
            raise
        await say(interaction, told)

    @app_commands.command(description=words.ABOUT_EXPORT)
    async def export(self, interaction: Interaction) -> None:
        """Give what is followed as a feed reader's list."""
        await interaction.response.defer(ephemeral=True)
        sentence, content = render_list(await self._followed(interaction))
        await show_file(interaction, sentence, words.OPML_NAME, content)

    @remove.autocomplete("source")
    @edit.autocomplete("source")
    @test.autocomplete("source")
    async def _sources(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return choices(suggest_source(typed, await self._followed(interaction)))

    async def _followed(self, interaction: Interaction) -> tuple[SourceStatus, ...]:
        return await self._desk.service.list_sources(guild_of(interaction))


def with_scheme(typed: str) -> str:
    """Return the address as typed, with https:// before it if somebody left that out."""
    url = typed.strip().strip("<>")
    return url if "://" in url else f"https://{url}"


def check_list_size(size: int) -> None:
    """Refuse a list of sources of so many bytes before it is loaded, if that is too large."""
    if size > _MAX_LIST_BYTES:
        raise InputError(words.IMPORT_TOO_BIG.format(megabytes=_MAX_LIST_BYTES // 1_000_000))


async def import_list(service: Service, guild_id: int, body: bytes, *, now: datetime) -> str:
    """Follow what a feed reader's list names, and return what became of it, in lines."""
    try:
        return show_imported(await service.import_sources(guild_id, body, now=now))
    except InvalidFeedError as error:
        raise InputError(words.IMPORT_NO_LIST) from error
