"""Look-ups for everybody: articles and quotes of the server's sources, and help. Only the one who asks sees them."""

import asyncio

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot import texts
from bot.answers import Interaction, choices, guild_of, show, show_file
from bot.commands import list_commands
from bot.controls import layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.options import CHOICE_LENGTH, MOST_CHOICES, label, parse_number
from bot.render.exports import ExportFormat
from bot.render.help import render_help
from bot.render.lookups import render_articles, render_nothing
from bot.render.quote_exports import write_quotes
from bot.render.text import shorten
from bot.texts import lookups as about
from bot.views import pages
from bot.views.articles import show_article
from bot.views.sharing import share_button
from digest.model import QuoteHit

MOST_EXPORTED = 1000

Words = Range[str, 1, 200]
Named = Range[str, 1, 200]
Page = Range[int, 1, pages.MOST_PAGES]
_FORMATS = [Choice(name=form.name, value=form.value) for form in (ExportFormat.JSON, ExportFormat.CSV)]
_SHOWN = 60
_NAMED = 5


@app_commands.guild_only()
class ArticleCommands(commands.GroupCog, group_name="article", group_description=texts.ABOUT_ARTICLE):
    """Articles that the server's sources brought."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description=texts.ABOUT_ARTICLE_SEARCH)
    @app_commands.describe(words=texts.OPTION_WORDS, page=texts.OPTION_PAGE)
    async def search(self, interaction: Interaction, words: Words, page: Page = 1) -> None:
        """Find articles by their words."""
        await interaction.response.defer(ephemeral=True)
        await pages.show_list(interaction, self._desk, pages.ARTICLES, words, page)

    @app_commands.command(name="show", description=about.ABOUT_ARTICLE_SHOW)
    @app_commands.describe(article=about.OPTION_ARTICLE)
    async def show_(self, interaction: Interaction, article: Range[str, 1, 1000]) -> None:
        """Show an article, or those that may be meant."""
        await interaction.response.defer(ephemeral=True)
        number = parse_number(article)
        if number is not None:
            return await show_article(interaction, self._desk, number)
        hits = await self._desk.service.find_articles(guild_of(interaction), article, limit=pages.PAGE_LENGTH)
        hits = tuple(hit for hit in hits if hit.title.casefold() == article.strip().casefold()) or hits
        if not hits:
            raise InputError(about.WRONG_ARTICLE.format(value=shorten(article, _SHOWN)))
        if len(hits) == 1:
            return await show_article(interaction, self._desk, hits[0].id)
        found = render_articles(hits, article)
        return await show(interaction, found.to_dict(), view=layout_of(pages.article_select(hits), share_button()))

    @show_.autocomplete("article")
    async def _articles(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        hits = await self._desk.service.suggest_articles(guild_of(interaction), typed, limit=MOST_CHOICES)
        return choices([(label(f"{hit.title or hit.url} · {hit.site}"), str(hit.id)) for hit in hits])


@app_commands.guild_only()
class QuoteCommands(commands.GroupCog, group_name="quote", group_description=texts.ABOUT_QUOTE):
    """Who said what."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @app_commands.command(description=texts.ABOUT_QUOTE_SEARCH)
    @app_commands.describe(words=texts.OPTION_SPEAKER_WORDS, page=texts.OPTION_PAGE)
    async def search(self, interaction: Interaction, words: Words, page: Page = 1) -> None:
        """Find quotes by their words, speakers and roles."""
        await interaction.response.defer(ephemeral=True)
        await pages.show_list(interaction, self._desk, pages.QUOTES, words, page)

    @app_commands.command(description=about.ABOUT_BY)
    @app_commands.describe(speaker=about.OPTION_SPEAKER, page=texts.OPTION_PAGE)
    async def by(self, interaction: Interaction, speaker: Named, page: Page = 1) -> None:
        """Show what somebody said."""
        await interaction.response.defer(ephemeral=True)
        name = await self._find(guild_of(interaction), speaker)
        await pages.show_list(interaction, self._desk, pages.SAID, name, page)

    @app_commands.command(description=about.ABOUT_QUOTE_EXPORT)
    @app_commands.describe(form=about.OPTION_FORMAT, speaker=about.OPTION_SPEAKER_EXPORT, words=texts.OPTION_WORDS)
    @app_commands.rename(form="format")
    @app_commands.choices(form=_FORMATS)
    async def export(self, interaction: Interaction, form: str, speaker: Named = "", words: Words = "") -> None:
        """Give quotes as a file."""
        await interaction.response.defer(ephemeral=True)
        guild_id = guild_of(interaction)
        name = await self._find(guild_id, speaker) if speaker else ""
        found = await self._desk.service.list_said(guild_id, name, words, limit=MOST_EXPORTED + 1)
        if not found:
            return await show(interaction, render_nothing(words or name).to_dict())
        return await self._give(interaction, ExportFormat(form), found)

    @by.autocomplete("speaker")
    @export.autocomplete("speaker")
    async def _speakers(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        names = await self._desk.service.suggest_speakers(guild_of(interaction), typed, limit=MOST_CHOICES)
        return choices([(label(name), name) for name in names if len(name) <= CHOICE_LENGTH])

    async def _find(self, guild_id: int, typed: str) -> str:
        """Return the name as typed where somebody is quoted under it, else the only one that it may begin."""
        if (await self._desk.service.describe_speaker(guild_id, typed)).names:
            return typed.strip()
        names = await self._desk.service.suggest_speakers(guild_id, typed, limit=_NAMED + 1)
        if len(names) == 1:
            return names[0]
        shown = ", ".join(shorten(name, _SHOWN) for name in names[:_NAMED])
        text = about.WHICH_SPEAKER if names else about.WRONG_SPEAKER
        raise InputError(text.format(value=shorten(typed, _SHOWN), names=shown))

    async def _give(self, interaction: Interaction, form: ExportFormat, found: tuple[QuoteHit, ...]) -> None:
        newest, pieces = found[:MOST_EXPORTED], []
        for piece in write_quotes(newest, form, now=self._desk.now()):
            pieces.append(piece)
            await asyncio.sleep(0)  # a thousand take long enough for others to wait
        number = len(pieces) - 2  # head and tail
        sentences = [
            about.EXPORTED_QUOTES.format(quotes=texts.count(number, "quote")),
            about.EXPORTED_NEWEST if number < len(found) else "",
        ]
        name = f"quotes.{form.value}"
        await show_file(interaction, " ".join(filter(None, sentences)), name, b"".join(pieces))


class HelpCommand(commands.Cog):
    """What the bot can do."""

    def __init__(self, bot: commands.AutoShardedBot) -> None:
        self._bot = bot

    @app_commands.command(name="help", description=texts.ABOUT_HELP)
    @app_commands.guild_only()
    async def help_(self, interaction: Interaction) -> None:
        """Show what there is."""
        await interaction.response.defer(ephemeral=True)
        await show(interaction, render_help(list_commands(self._bot.tree)).to_dict())
