"""The page that looks like Discord."""

import re

from bot.render import Embed, Field, Message, render_page
from tests.builders import NOW


def page_of(*messages, **changes):
    return render_page([message.to_json() for message in messages], title="world", **changes)


def test_an_answer_has_above_it_the_first_line_of_what_it_answers():
    page = page_of(Message(content="**World** today\n-# abc"), Message(content="due"), replies={2: 1})
    (reply,) = re.findall('<div class="reply">(.*?)</div>', page)
    assert reply == '↱ <span class="name">On Record</span> <strong>World</strong> today'


def test_an_answer_to_what_is_not_on_the_page_stands_alone():
    assert 'class="reply"' not in page_of(Message(content="due"), replies={1: 9})


def test_a_message_is_shown_with_all_its_parts():
    message = Message(
        content="**World** today",
        embeds=(
            Embed(
                title="A \\*title\\*",
                url="https://a.example/x",
                description="Words.\n> “Quoted”\n> — **Who**\n-# small",
                color=0xE0A030,
                author="The Gazette",
                footer="published",
                timestamp=NOW,
                thumbnail="https://a.example/p.jpg",
                fields=(Field("Name", "Value"),),
            ),
        ),
    )
    page = page_of(message, zone="Europe/Berlin", posted_at=NOW)
    assert "<strong>World</strong> today" in page
    assert '<a href="https://a.example/x" rel="noopener noreferrer">A *title*</a>' in page
    assert (
        '<blockquote><div class="line">“Quoted”</div><div class="line">— <strong>Who</strong></div></blockquote>'
        in page
    )
    assert '<div class="small">small</div>' in page
    assert "border-left-color: #e0a030" in page
    assert "published • 23 November 2026 09:00" in page
    assert "The Gazette" in page
    assert "Value" in page


def test_pictures_are_boxes_so_that_nothing_is_loaded():
    page = page_of(Message(embeds=(Embed(title="x", thumbnail="https://a.example/p.jpg"),)))
    assert "p.jpg" not in page
    assert 'class="picture"' in page
    assert not re.search(r"\s(src|srcset)=|@import|url\(", page)


def test_markup_in_text_is_text():
    page = page_of(Message(content="<script>alert(1)</script> & <b>", embeds=(Embed(author="<i>", footer="<u>"),)))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert "&lt;i&gt;" in page
    assert "&lt;u&gt;" in page


def test_messages_stand_in_their_order():
    page = page_of(Message(content="first"), Message(content="second"))
    assert page.index("first") < page.index("second")


def test_the_page_follows_the_readers_light_or_dark_and_forbids_scripts():
    page = page_of(Message(content="x"))
    assert "prefers-color-scheme: light" in page
    assert "default-src 'none'" in page
