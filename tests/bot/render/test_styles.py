"""The three ways to lay out a digest, and the role that its first line names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render import Message, render_digest, render_messages
from bot.render.limits import breaches
from bot.render.titles import thread_title
from digest.model import Card, Coverage, Digest, Failure, FailureKind, Period, Shown, Story, Style
from tests.builders import NOW, brief, entry_on_record


def digest(*stories, **changes):
    values = {"name": "World", "period": Period(NOW - timedelta(days=1), NOW), "zone": "Europe/Berlin"}
    return Digest(stories=stories, **(values | changes))


def story(number=1, **changes):
    title = f"Story {number}"
    return Story(title, (brief(title=title, url=f"https://gazette.example/{number}", **changes),))


def test_in_brief_each_headline_is_a_link_with_its_first_sentence_and_outlet():
    (message,) = render_messages(digest(story(1), replace(story(2), day=3), style=Style.BRIEF))
    listed, coverage = message.embeds
    assert listed.title == "Headlines"
    assert listed.description.split("\n") == [
        "**1** · [Story 1](https://gazette.example/1)",
        "Five ports signed the rule on Sunday.",
        "-# Harbour Gazette",
        "",
        "**2** · [Story 2](https://gazette.example/2)",
        "Five ports signed the rule on Sunday.",
        "-# Harbour Gazette · update, day 3",
    ]
    assert "Covers" in coverage.description


def test_a_long_list_goes_on_in_another_embed_and_every_message_knows_its_stories():
    many = [story(number) for number in range(1, 61)]
    messages = render_messages(digest(*many, style=Style.BRIEF))
    assert [label.number for message in messages for label in message.stories] == list(range(1, 61))
    titles = [embed.title for message in messages for embed in message.embeds if embed.title]
    assert titles[:2] == ["Headlines", "Headlines, continued"]
    assert not any(breaches(message) for message in messages)


def test_in_brief_a_story_without_sentence_or_address_is_its_headline():
    bare = replace(brief(title="[A] title", url="", canonical_url=""), card=Card())
    (message,) = render_messages(digest(Story("[A] title", (bare,)), style=Style.BRIEF))
    assert message.embeds[0].description == "**1** · \\[A\\] title\n-# Harbour Gazette"


def test_what_falls_due_and_what_failed_stands_in_every_style():
    failed = Coverage(1, 2, (Failure("Quay", FailureKind.FORBIDDEN),))
    for style in Style:
        messages = render_messages(digest(story(), style=style, falling_due=(entry_on_record(),), coverage=failed))
        shown = str(messages[0])
        assert "Falling due" in shown or "fall due" in shown
        assert "Quay" in shown


def test_one_message_a_story_follows_the_opening_in_order():
    parts = render_digest(digest(story(1), story(2), story(3), style=Style.STORIES))
    messages = [Message.from_json(part.payload) for part in parts]
    assert [[label.number for label in message.stories] for message in messages] == [[1, 2, 3], [1], [2], [3]]
    opening, *stories = messages
    assert opening.content.startswith("📰 **World** · Mon 23 Nov — 3 stories")
    assert opening.embeds[0].title == "In this digest"
    assert [[embed.title for embed in message.embeds] for message in stories] == [[f"Story {n}"] for n in (1, 2, 3)]
    assert parts[0].shown == ()
    assert parts[2].shown == (Shown("https://gazette.example/2", 0),)


@pytest.mark.parametrize("style", list(Style))
def test_the_first_line_names_the_role_once_and_only_the_first_part_may_ping_it(style):
    messages = render_messages(digest(*[story(n) for n in range(1, 30)], style=style, role_id=77))
    assert messages[0].content.splitlines()[0].endswith(" · <@&77>")
    assert [message.role_id for message in messages] == [77] + [None] * (len(messages) - 1)
    assert "".join(message.content for message in messages).count("<@&") == 1


@pytest.mark.parametrize("style", list(Style))
def test_a_digest_without_news_pings_nobody(style):
    (message,) = render_messages(digest(style=style, role_id=77))
    assert message.role_id is None
    assert "<@&" not in message.content
    assert message.stories == ()


def test_a_thread_is_not_called_after_the_role():
    (first, *_) = render_digest(digest(story(), role_id=77, style=Style.STORIES))
    assert thread_title(Message.from_json(first.payload).to_dict()) == "📰 World · Mon 23 Nov"


def test_a_card_message_knows_the_stories_whose_cards_it_shows():
    messages = render_messages(digest(*[story(n) for n in range(1, 15)]))
    assert len(messages) > 1
    for message in messages:
        cards = [embed.title for embed in message.embeds if embed.title.startswith("Story")]
        assert [label.headline for label in message.stories] == cards
        assert {label.outlets for label in message.stories} <= {"Harbour Gazette"}
