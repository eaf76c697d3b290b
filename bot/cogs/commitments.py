"""`/commitment`: who committed to what, what falls due, what people say became of it, and all of it as a file."""

import asyncio

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, choices, guild_of, managers_only, say, show, show_file
from bot.cogs.lookups import Page, Words
from bot.commands import FOR_MANAGERS
from bot.controls import layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.options import MOST_CHOICES, parse_number, pick_commitment, suggest_commitments
from bot.render.days import find_zone, local_day
from bot.render.exports import ExportFormat, pick_dated, write_export
from bot.render.ledger import render_entry
from bot.render.lookups import render_nothing
from bot.texts import housekeeping, ledger
from bot.views import pages
from bot.views.sharing import share_button
from digest.model import CommitmentKind, LedgerEntry, Mark, Standing

MOST_EXPORTED = 1000

Named = Range[str, 1, 100]
_KINDS = [Choice(name=kind.value, value=kind.value) for kind in CommitmentKind]
_STANDINGS = [Choice(name=standing.value, value=standing.value) for standing in Standing]
_FORMATS = [Choice(name=form.name, value=form.value) for form in ExportFormat]


@app_commands.guild_only()
class CommitmentCommands(commands.GroupCog, group_name="commitment", group_description=texts.ABOUT_COMMITMENT):
    """Who committed to what, and what became of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = desk.service
        self._now = desk.now

    @app_commands.command(name="list", description=texts.ABOUT_COMMITMENT_LIST)
    @app_commands.describe(words=texts.OPTION_WORDS, kind=texts.OPTION_KIND, page=texts.OPTION_PAGE)
    @app_commands.choices(kind=_KINDS)
    async def list_(self, interaction: Interaction, words: Words = "", kind: str = "", page: Page = 1) -> None:
        """List commitments, the newest first."""
        await interaction.response.defer(ephemeral=True)
        await pages.show_list(interaction, self._desk, pages.COMMITMENTS, f"{kind}:{words}", page)

    @app_commands.command(description=ledger.ABOUT_DUE)
    @app_commands.describe(days=ledger.OPTION_DAYS, page=texts.OPTION_PAGE)
    async def due(self, interaction: Interaction, days: Range[int, 1, 365] = 7, page: Page = 1) -> None:
        """List what falls due, the soonest first."""
        await interaction.response.defer(ephemeral=True)
        await pages.show_list(interaction, self._desk, pages.DUE, str(days), page)

    @app_commands.command(name="show", description=ledger.ABOUT_SHOW)
    @app_commands.describe(commitment=ledger.OPTION_COMMITMENT)
    async def show_(self, interaction: Interaction, commitment: Named) -> None:
        """Show a commitment with its history."""
        await interaction.response.defer(ephemeral=True)
        guild_id = guild_of(interaction)
        entry = await self._service.get_commitment(guild_id, await self._find(guild_id, commitment))
        await self._show(interaction, entry)

    @app_commands.command(description=ledger.ABOUT_MARK, extras=FOR_MANAGERS)
    @app_commands.describe(
        commitment=ledger.OPTION_COMMITMENT, standing=ledger.OPTION_STANDING, note=ledger.OPTION_NOTE
    )
    @app_commands.choices(standing=_STANDINGS)
    async def mark(
        self, interaction: Interaction, commitment: Named, standing: str, note: Range[str, 1, 300] = ""
    ) -> None:
        """Say what became of a commitment, by name."""
        await interaction.response.defer(ephemeral=True)
        guild_id, user = guild_of(interaction), interaction.user
        await self._check_marker(interaction)
        mark = Mark(Standing(standing), user.id, user.display_name, self._now(), note)
        marked = await self._service.mark_commitment(guild_id, await self._find(guild_id, commitment), mark)
        await self._show(interaction, marked)

    @app_commands.command(description=ledger.ABOUT_EXPORT)
    @app_commands.describe(form=ledger.OPTION_FORMAT, words=texts.OPTION_WORDS, kind=texts.OPTION_KIND)
    @app_commands.rename(form="format")
    @app_commands.choices(form=_FORMATS, kind=_KINDS)
    async def export(self, interaction: Interaction, form: str, words: Words = "", kind: str = "") -> None:
        """Give the commitments on record as a file."""
        await interaction.response.defer(ephemeral=True)
        found = await self._service.export_commitments(
            guild_of(interaction), words, kind=_kind(kind), limit=MOST_EXPORTED + 1
        )
        if not found:
            return await show(interaction, render_nothing(words).to_dict())
        return await self._give(interaction, ExportFormat(form), found)

    @show_.autocomplete("commitment")
    @mark.autocomplete("commitment")
    async def _commitments(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = await self._service.suggest_commitments(guild_of(interaction), typed, limit=MOST_CHOICES)
        return choices(suggest_commitments(found))

    async def _check_marker(self, interaction: Interaction) -> None:
        """Let those pass who may manage the server, or have the role that it chose for this."""
        role_id = (await self._service.get_settings(guild_of(interaction))).marker_role_id
        user = interaction.user
        if role_id is None or not isinstance(user, discord.Member):
            await managers_only(interaction)
        elif not interaction.permissions.manage_guild and user.get_role(role_id) is None:
            raise InputError(housekeeping.NO_MARKER.format(role_id=role_id))

    async def _find(self, guild_id: int, typed: str) -> int:
        number = parse_number(typed)
        if number is not None:
            return number
        return pick_commitment(typed, await self._service.suggest_commitments(guild_id, typed, limit=2)).id

    async def _show(self, interaction: Interaction, entry: LedgerEntry) -> None:
        zone = find_zone(await self._service.get_zone(guild_of(interaction)))
        card = render_entry(entry, today=local_day(self._now(), zone), zone=zone)
        await show(interaction, card.to_dict(), view=layout_of(share_button()))

    async def _give(self, interaction: Interaction, form: ExportFormat, found: tuple[LedgerEntry, ...]) -> None:
        newest = found[:MOST_EXPORTED]
        held = pick_dated(newest) if form is ExportFormat.ICS else newest
        if not held:
            return await say(interaction, ledger.EXPORTED_NO_DAYS)
        pieces = []
        for piece in write_export(held, form, guild_id=guild_of(interaction), now=self._now()):
            pieces.append(piece)
            await asyncio.sleep(0)  # a thousand take long enough for others to wait
        number = len(pieces) - 2  # head and tail
        sentences = [
            ledger.EXPORTED.format(commitments=texts.count(number, "commitment")),
            ledger.EXPORTED_DAYS.format(number=len(newest) - len(held)) if len(held) < len(newest) else "",
            ledger.EXPORTED_NEWEST if number < len(held) or len(newest) < len(found) else "",
        ]
        name = f"commitments.{form.value}"
        return await show_file(interaction, " ".join(filter(None, sentences)), name, b"".join(pieces))


def _kind(value: str) -> CommitmentKind | None:
    return CommitmentKind(value) if value else None
