"""The channel that serves without a token."""

import io

import pytest
from rich.console import Console

from bot.channels_local import LocalChannel, write_whole
from bot.render import Embed, Message
from tests.bot.deliveries import delivery
from tests.builders import NOW


def payload(words):
    return Message(content=words, embeds=(Embed(title="[bold]A title[/bold]", description="> “Words”"),)).to_json()


def channel_of(tmp_path, width=100):
    out = io.StringIO()
    return LocalChannel(Console(file=out, width=width), tmp_path / "new" / "preview.html", zone="Europe/Berlin"), out


async def test_parts_are_printed_and_gathered_on_one_page(tmp_path):
    channel, out = channel_of(tmp_path)
    first = await channel.post(delivery(1, payload=payload("first"), nonce="a", attempted_at=NOW))
    second = await channel.post(delivery(2, payload=payload("second"), nonce="b", attempted_at=NOW))
    assert (first, second) == (1, 2)
    assert "first" in out.getvalue()
    page = channel.output_path.read_text("utf-8")
    assert page.index("first") < page.index("second")
    assert "23 November 2026 09:00" in page


async def test_the_same_part_again_is_shown_once(tmp_path):
    channel, out = channel_of(tmp_path)
    part = delivery(1, payload=payload("once"), nonce="a")
    assert await channel.find(part) is None
    assert await channel.post(part) == await channel.post(part) == await channel.find(part) == 1
    assert out.getvalue().count("once") == 1


async def test_an_answer_stands_under_what_it_answers(tmp_path):
    channel, out = channel_of(tmp_path)
    await channel.post(delivery(1, payload=payload("The *digest*"), nonce="a"))
    await channel.post(delivery(2, payload=payload("due today"), nonce="b", reply_to=1))
    assert out.getvalue().count("in answer to message 1") == 1
    page = channel.output_path.read_text("utf-8")
    assert page.count('class="reply"') == 1
    assert page.index('class="reply"') < page.index("due today")
    assert page.index("The *digest*") < page.index('class="reply"') < page.rindex("The *digest*")


async def test_square_brackets_are_words_in_the_terminal(tmp_path):
    channel, out = channel_of(tmp_path)
    await channel.post(delivery(1, payload=payload("x"), nonce="a"))
    assert "[bold]A title[/bold]" in out.getvalue()
    assert "▏ “Words”" in out.getvalue()


async def test_a_narrow_terminal_loses_no_words(tmp_path):
    channel, out = channel_of(tmp_path, width=12)
    await channel.post(delivery(1, payload=payload("words in a narrow place"), nonce="a"))
    assert "narrow" in out.getvalue()


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "page.html"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


async def test_a_correction_is_shown_in_the_place_of_its_message(tmp_path):
    channel, _ = channel_of(tmp_path)
    await channel.turn()
    for number in (1, 2):
        await channel.post(delivery(number, payload=payload(f"part {number}")))
    assert await channel.edit(delivery(3, payload=payload("corrected"), edits=1)) == 1
    page = channel.output_path.read_text("utf-8")
    assert "part 1" not in page
    assert page.index("corrected") < page.index("part 2")
    assert await channel.edit(delivery(4, edits=9)) == 0
