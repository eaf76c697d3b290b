"""Messages and articles in a terminal."""

import io
from dataclasses import replace

from rich.console import Console, RenderableType

from bot.render import Embed, Field, Message
from bot.render.terminal import render_brief, render_terminal
from tests.builders import NOW, brief


def printed(shown: RenderableType):
    out = io.StringIO()
    Console(file=out, width=90).print(shown)
    return [line.strip() for line in out.getvalue().splitlines() if line.strip()]


def test_a_message_is_printed_with_its_embeds_behind_bars():
    embed = Embed(
        title="Title",
        description="A [link](https://a.example/)\n> “Quoted”",
        author="Gazette",
        footer="published",
        timestamp=NOW,
        color=0,
        fields=(Field("Name", "Value"),),
    )
    assert printed(render_terminal(Message("**Hello**", (embed,)))) == [
        "On Record  APP",
        "Hello",
        "┃ Gazette",
        "┃ Title",
        "┃ A link",
        "┃   ▏ “Quoted”",
        "┃",
        "┃ Name",
        "┃ Value",
        "┃ published • 23 November 2026 08:00",
    ]


def test_every_line_of_a_long_quotation_has_its_bar():
    lines = printed(render_terminal(Message("", (Embed(description="> " + "words " * 40),))))
    assert len(lines) > 2
    assert all(line.startswith("┃   ▏ words") for line in lines[1:])


def test_an_article_is_printed_with_summary_quotes_and_commitments():
    assert printed(render_brief(brief())) == [
        "┃ Harbour Gazette",
        "┃ Five ports agree on a common rule",
        "┃ 23 November 2026 08:00",
        "┃ Five ports signed the rule on Sunday. The ports will inspect every ship from 1 March.",
        "┃",
        "┃ Quotes",
        "┃   ▏ “Nobody left the room happy”",
        "┃   ▏ — Ilse Brandt, director of the port of Sarn",
        "┃",
        "┃ Commitments",
        "┃ 📅 plan · The ports: “will inspect every ship”",
        "┃ ↳ when: “from 1 March” → 1 March 2027",
    ]


def test_an_article_read_in_part_says_how_far():
    assert "┃ Read up to character 40." in printed(render_brief(replace(brief(), read_until=40)))


def test_an_article_of_nothing_says_so():
    empty = replace(brief(title="", site="", published_at=None), summary=replace(brief().summary, sentences=()))
    assert printed(render_brief(replace(empty, quotes=(), commitments=()))) == ["┃ Nothing to show in it."]


def test_an_article_in_another_language_says_what_is_not_looked_for():
    german = brief()
    german = replace(german, article=replace(german.article, language="de"))
    said = "┃ Speakers and commitments are found in English only; this is in “de”."
    assert said in printed(render_brief(german))
    assert said not in printed(render_brief(brief()))
