"""Choosing a statement of a message or of a commitment: to report it as wrong, to take it back, to bring it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import discord

from bot import texts
from bot.answers import Interaction, guild_of, managers_only, say
from bot.controls import Act, Pressed, custom_id, form_of, layout_of
from bot.desk import Desk
from bot.errors import InputError
from bot.render.retractions import find_shown, render_retraction
from bot.render.text import shorten, shorten_plain
from bot.texts import hiding as words
from bot.views.audit import record
from digest.errors import NotFoundError
from digest.model import Case, Edition, Statement

_PAGE = 25
_LABEL = 100
_NOTE = 500
_SHOWN = 200
REPORT, RETRACT = "report", "retract"


@dataclass(frozen=True, slots=True)
class _Choice:
    statement: Statement
    where: str
    is_retracted: bool

    @property
    def key(self) -> str:
        """What tells it from the others, also after the article was read once more, and whether it was there."""
        told = f"{self.statement.kind} {self.statement.words}".encode("utf-8", "surrogatepass")
        sign = "-" if self.is_retracted else ""  # what was chosen to go must not come back by a second press
        return f"{sign}{self.statement.article_id}.{sha256(told).hexdigest()[:16]}"


def origin_of_message(message_id: int) -> str:
    """Return what names a message as the place where a statement is chosen."""
    return f"m{message_id}"


def origin_of_commitment(entry_id: int) -> str:
    """Return what names a commitment as the place where one of its tellings is chosen."""
    return f"c{entry_id}"


async def offer(desk: Desk, interaction: Interaction, act: str, origin: str, page: int = 0) -> None:
    """Answer with the choice of what is shown there, 25 a page, and what becomes of the chosen one: `act`."""
    found = await _choices(desk, guild_of(interaction), act, origin)
    if not found:
        raise InputError(words.NOTHING_TO_CHOOSE)
    pages = (len(found) - 1) // _PAGE + 1
    page = min(max(page, 0), pages - 1)
    options = [_option(one) for one in found[page * _PAGE : (page + 1) * _PAGE]]
    chooser: discord.ui.Select[discord.ui.View] = discord.ui.Select(
        custom_id=custom_id(act, origin), placeholder=words.CHOOSE_HINT, options=options
    )
    steps = [(words.PREVIOUS, page - 1), (words.NEXT, page + 1)] if pages > 1 else []
    buttons: list[discord.ui.Button[discord.ui.View]] = [
        discord.ui.Button(label=name, custom_id=custom_id("statements", act, origin, to), disabled=not 0 <= to < pages)
        for name, to in steps
    ]
    ask = words.CHOOSE_WRONG if act == REPORT else words.CHOOSE_RETRACT
    content = f"{ask} {words.CHOOSE_PAGE.format(page=page + 1, pages=pages)}" if pages > 1 else ask
    await interaction.edit_original_response(content=content, view=layout_of(chooser, *buttons))


def acts(desk: Desk) -> Mapping[str, Act]:
    """Return what the choice, its pages and its forms do."""
    view = _Statements(desk)
    return {
        "statements": view.turn,
        REPORT: view.ask_report,
        "report-note": view.report,
        RETRACT: view.ask_retract,
        "retract-note": view.retract,
    }


async def retract(desk: Desk, interaction: Interaction, case: Case) -> str:
    """Take the case's statement back, begin to edit what shows it, and return what is said of that."""
    edits = await desk.service.retract(guild_of(interaction), case, now=desk.now(), render=render_retraction)
    await desk.sender.start_open()
    shown = show_statement(case.statement)
    await record(desk, interaction, "retract", shown)
    return words.RETRACTED.format(statement=shown, edited=show_edits(edits))


def show_edits(edits: Sequence[Edition]) -> str:
    """Return how many posts are being edited."""
    number = sum(len(edition.deliveries) for edition in edits)
    return words.RETRACTED_EDITED.format(posts=texts.count(number, "post")) if number else words.RETRACTED_NONE


def show_statement(statement: Statement) -> str:
    """Return the kind and the first words of the statement."""
    return f"{words.KINDS[statement.kind]} “{shorten(statement.words, _SHOWN)}”"


class _Statements:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def turn(self, interaction: Interaction, pressed: Pressed) -> None:
        """Show another page of the choice."""
        act, origin, page = pressed.args.split(":")
        await interaction.response.defer()
        if act == RETRACT:
            await managers_only(interaction)
        await offer(self._desk, interaction, act, origin, int(page))

    async def ask_report(self, interaction: Interaction, pressed: Pressed) -> None:
        """Ask what is wrong."""
        await interaction.response.send_modal(_form("report-note", pressed.args, pressed.values[0]))

    async def ask_retract(self, interaction: Interaction, pressed: Pressed) -> None:
        """Ask what is wrong with what is to go; bring back at once what went already."""
        await managers_only(interaction)
        chosen = await self._chosen(interaction, RETRACT, pressed.args, pressed.values[0])
        if not chosen.is_retracted:
            await interaction.response.send_modal(_form("retract-note", pressed.args, chosen.key, is_needed=False))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._desk.service.bring_back(guild_of(interaction), chosen.statement)
        shown = show_statement(chosen.statement)
        await record(self._desk, interaction, "retract: bring back", shown)
        await say(interaction, words.BROUGHT_BACK.format(statement=shown))

    async def report(self, interaction: Interaction, pressed: Pressed) -> None:
        """Keep a case of what was chosen."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        case = await self._case(interaction, REPORT, pressed)
        await self._desk.service.report(guild_of(interaction), case)
        await say(interaction, words.REPORTED)

    async def retract(self, interaction: Interaction, pressed: Pressed) -> None:
        """Take back what was chosen."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await managers_only(interaction)
        case = await self._case(interaction, RETRACT, pressed)
        await say(interaction, await retract(self._desk, interaction, case))

    async def _case(self, interaction: Interaction, act: str, pressed: Pressed) -> Case:
        origin, key = pressed.args.split(":")
        chosen = await self._chosen(interaction, act, origin, key)
        user, note = interaction.user, pressed.fields.get("note", "").strip()
        return Case(chosen.statement, user.id, user.display_name, self._desk.now(), note)

    async def _chosen(self, interaction: Interaction, act: str, origin: str, key: str) -> _Choice:
        found = await _choices(self._desk, guild_of(interaction), act, origin)
        chosen = next((one for one in found if one.key == key), None)
        if chosen is None:
            raise InputError(words.STATEMENT_GONE)
        return chosen


async def _choices(desk: Desk, guild_id: int, act: str, origin: str) -> tuple[_Choice, ...]:
    number = int(origin[1:])
    if origin.startswith("c"):
        tellings = await desk.service.list_tellings(guild_id, number)
        found = {
            statement: _Choice(statement, _where(telling.site, telling.title), is_retracted)
            for statement, telling, is_retracted in tellings
        }
        return tuple(found.values())
    try:
        told = await desk.service.get_message_statements(guild_id, number)
    except NotFoundError as error:
        raise InputError(words.NO_MESSAGE) from error
    articles = {one.statement.article_id: one.brief.article for one in reversed(told.extracts)}
    where = {id_: _where(article.site, article.title) for id_, article in articles.items()}
    shown = [one.statement for one in find_shown(told.payload, told.extracts)]
    taken_back = [one for one in told.retracted if act == RETRACT]
    return (
        *(_Choice(one, where[one.article_id], is_retracted=False) for one in shown if one not in told.retracted),
        *(_Choice(one, where.get(one.article_id, ""), is_retracted=True) for one in taken_back),
    )


def _where(site: str, title: str) -> str:
    return words.CHOICE_WHERE.format(outlet=site or texts.UNKNOWN_OUTLET, title=title or texts.UNTITLED)


def _option(one: _Choice) -> discord.SelectOption:
    text = words.CHOICE_BACK if one.is_retracted else words.CHOICE
    label = text.format(kind=words.KINDS[one.statement.kind], words=one.statement.words)
    where = shorten_plain(one.where, _LABEL) or None
    return discord.SelectOption(label=shorten_plain(label, _LABEL), value=one.key, description=where)


def _form(act: str, origin: str, key: str, *, is_needed: bool = True) -> discord.ui.Modal:
    note: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(
        label=words.FORM_NOTE,
        custom_id="note",
        style=discord.TextStyle.paragraph,
        placeholder=words.FORM_HINT,
        max_length=_NOTE,
        required=is_needed,
    )
    return form_of(words.FORM_TITLE, custom_id(act, origin, key), note)
