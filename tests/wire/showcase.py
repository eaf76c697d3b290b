"""A bot with one command for everything that the wire's tests let a member do. It is not ours."""

import asyncio

import discord
from discord import app_commands, ui

from tests.waiting import PATIENCE
from tests.wire.permissions import MANAGE_GUILD


class Panel(ui.View):
    """Buttons and selects whose effect is seen in the message itself."""

    def __init__(self):
        super().__init__(timeout=None)
        self.number = 0
        self.add_item(ui.Button(label="Off", custom_id="off", disabled=True))

    @ui.button(label="Count", custom_id="count")
    async def count(self, interaction, _button):
        self.number += 1
        await interaction.response.edit_message(content=str(self.number))

    @ui.button(label="Quiet", custom_id="quiet")
    async def quiet(self, interaction, _button):
        await interaction.response.defer()

    @ui.select(
        custom_id="colours",
        max_values=2,
        options=[discord.SelectOption(label=one.title(), value=one) for one in ("red", "blue")],
    )
    async def colours(self, interaction, select):
        await interaction.response.edit_message(content=", ".join(select.values))

    @ui.select(cls=ui.UserSelect, custom_id="people")
    async def people(self, interaction, select):
        await interaction.response.send_message(f"chose {select.values[0].name}")


class Secret(ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @ui.button(label="OK", custom_id="ok")
    async def ok(self, interaction, _button):
        await interaction.response.send_message("Pressed", ephemeral=True)


class Form(ui.Modal, title="Tell me"):
    words = ui.TextInput(label="Words", custom_id="words", max_length=100)

    async def on_submit(self, interaction):
        await interaction.response.send_message(self.words.value)


class LabelledForm(ui.Modal, title="Tell me"):
    words = ui.Label(text="Words", component=ui.TextInput(custom_id="words"))

    async def on_submit(self, interaction):
        await interaction.response.send_message(self.words.component.value)


class Showcase(discord.Client):
    """Registers its commands when it logs in. `gate` lets the slow ones go on; `trouble` gives what one of them met."""

    def __init__(self):
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.gate = asyncio.Event()
        self.callbacks = asyncio.Queue()
        self.read_back = []
        self._troubles = asyncio.Queue()
        self.tree = app_commands.CommandTree(self)
        self.tree.on_error = self._remember
        for add in (add_plain, add_typed, add_groups, add_components, add_slow, add_wrong):
            add(self, self.tree)

    async def setup_hook(self):
        await self.tree.sync()

    async def trouble(self):
        """The HTTP error that a command failed with."""
        async with asyncio.timeout(PATIENCE):
            return await self._troubles.get()

    async def _remember(self, _interaction, error):
        self._troubles.put_nowait(getattr(error, "original", error))


def add_plain(bot, tree):
    @tree.command(description="Greets in the channel")
    async def greet(interaction: discord.Interaction, name: app_commands.Range[str, 1, 20]):
        words = f"Hello {name} from {interaction.user.name} in #{interaction.channel.name}"
        bot.callbacks.put_nowait(await interaction.response.send_message(words))

    @tree.command(description="Tells one alone")
    async def whisper(interaction: discord.Interaction):
        await interaction.response.send_message("Only you", ephemeral=True, view=Secret())

    @tree.command(description="Shows an embed")
    async def card(interaction: discord.Interaction):
        await interaction.response.send_message(embed=discord.Embed(title="Card"))

    @tree.command(description="Says what came with the interaction")
    async def facts(interaction: discord.Interaction):
        told = {
            "locale": interaction.locale.value,
            "context": "guild" if interaction.context.guild else "other",
            "owners": ",".join(str(one) for one in interaction._integration_owners.values()),
            "permissions": interaction.permissions.value,
            "app_permissions": interaction.app_permissions.value,
        }
        await interaction.response.send_message("\n".join(f"{name}={value}" for name, value in told.items()))

    @tree.command(description="For managers")
    @app_commands.default_permissions(discord.Permissions(MANAGE_GUILD))
    async def manage(interaction: discord.Interaction):
        await interaction.response.send_message("managed")

    @tree.context_menu(name="Who")
    async def who(interaction: discord.Interaction, member: discord.Member):
        await interaction.response.send_message(member.name)

    @tree.context_menu(name="Quote")
    async def quote(interaction: discord.Interaction, message: discord.Message):
        await interaction.response.send_message(message.content)


def add_typed(bot, tree):  # noqa: ARG001 -- as the others
    @tree.command(description="Picks one")
    @app_commands.choices(colour=[app_commands.Choice(name="Red", value="#f00")])
    async def pick(interaction: discord.Interaction, colour: str):
        await interaction.response.send_message(colour)

    @tree.command(description="Counts")
    async def count(interaction: discord.Interaction, number: app_commands.Range[int, 1, 10]):
        await interaction.response.send_message(str(number))

    @tree.command(description="Takes a channel of text")
    async def place(interaction: discord.Interaction, where: discord.TextChannel):
        await interaction.response.send_message(f"#{where.name}")

    @tree.command(description="Finds")
    async def find(interaction: discord.Interaction, what: str):
        await interaction.response.send_message(what)

    @find.autocomplete("what")
    async def complete(_interaction: discord.Interaction, typed: str):
        words = [f"many {number}" for number in range(26)] if typed == "many" else ["port", "pole", "quay"]
        return [app_commands.Choice(name=one, value=one) for one in words if one.startswith(typed)]


def add_groups(bot, tree):  # noqa: ARG001 -- as the others
    tools = app_commands.Group(name="tools", description="Tools")
    inner = app_commands.Group(name="inner", description="Inner tools", parent=tools)

    @tools.command(description="Takes everything")
    async def every(
        interaction: discord.Interaction,
        *,
        text: str,
        whole: int,
        part: float,
        yes: bool,
        who: discord.Member,
        where: discord.TextChannel,
        role: discord.Role,
    ):
        words = f"{text} {whole} {part} {yes} {who.name} #{where.name} {role.id}"
        await interaction.response.send_message(words)

    @inner.command(description="Lies deep")
    async def deep(interaction: discord.Interaction):
        await interaction.response.send_message("deep")

    tree.add_command(tools)


def add_components(bot, tree):  # noqa: ARG001 -- as the others
    @tree.command(description="Shows buttons and selects")
    async def panel(interaction: discord.Interaction):
        await interaction.response.send_message("0", view=Panel())

    @tree.command(description="Shows a modal")
    async def form(interaction: discord.Interaction):
        await interaction.response.send_modal(Form())

    @tree.command(description="Shows a modal with a label")
    async def labelled(interaction: discord.Interaction):
        await interaction.response.send_modal(LabelledForm())


def add_slow(bot, tree):
    @tree.command(description="Thinks")
    async def slow(interaction: discord.Interaction):
        await interaction.response.defer()
        await bot.gate.wait()
        await interaction.edit_original_response(content="done")

    @tree.command(description="Thinks where nobody else sees it")
    async def hidden(interaction: discord.Interaction):
        await interaction.response.defer(ephemeral=True)
        # The first one takes the place of what was deferred, and is as hidden as that.
        await interaction.followup.send("first", ephemeral=False)
        await interaction.followup.send("second")
        await interaction.followup.send("third", ephemeral=True)

    @tree.command(description="Changes its mind")
    async def changing(interaction: discord.Interaction):
        await interaction.response.send_message("one")
        await interaction.edit_original_response(content="two")
        bot.read_back.append((await interaction.original_response()).content)
        later = await interaction.followup.send("three")
        await later.edit(content="four")
        bot.read_back.append((await interaction.followup.fetch_message(later.id)).content)
        await later.delete()
        await interaction.delete_original_response()


def add_wrong(bot, tree):
    @tree.command(description="Answers when the gate opens")
    async def late(interaction: discord.Interaction):
        await bot.gate.wait()
        await interaction.response.send_message("late")

    @tree.command(description="Answers twice")
    async def twice(interaction: discord.Interaction):
        await interaction.response.send_message("once")
        interaction.response._response_type = None  # so that the client lets it pass
        await interaction.response.send_message("twice")

    @tree.command(description="Follows up before it answers")
    async def hasty(interaction: discord.Interaction):
        await interaction.followup.send("too early")

    @tree.command(description="Says too much")
    async def long(interaction: discord.Interaction):
        await interaction.response.send_message("x" * 2001)

    @tree.command(description="Says nothing")
    async def silent(interaction: discord.Interaction):
        """Nobody hears of it."""

    @tree.command(description="Answers as only a component can be answered")
    async def wrong(interaction: discord.Interaction):
        interaction.message = discord.PartialMessage(channel=interaction.channel, id=1)
        interaction.type = discord.InteractionType.component
        await interaction.response.edit_message(content="x")
