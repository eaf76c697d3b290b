"""A list of headlines whose article was corrected: the new words in the list, the old ones above it."""

from bot.render import Message, render_correction, render_digest
from digest.editions.corrections import find_corrections
from digest.model import Digest, Period, Post, Story, Style
from tests.bot.render.test_corrections import FIRST, OLD, PIER, STATE, URL, reading_of
from tests.builders import NOW

OTHER = "https://quay.example/ferry"
NEW_FIRST = FIRST.replace("two years", "three years")


def posted(*briefs, role_id=None):
    told = tuple(Story(brief.article.title, (brief,)) for brief in briefs)
    digest = Digest("News", Period(NOW, NOW), "UTC", told, style=Style.BRIEF, role_id=role_id)
    (part,) = render_digest(digest)
    return part.payload


def edit(payload, before, after):
    part = render_correction(Post(payload, "UTC", (URL,)), find_corrections([before], after))
    return part and Message.from_json(part.payload)


def entries(message):
    return message.embeds[0].description.split("\n\n")


def test_a_sentence_gives_way_to_the_one_that_took_its_place_and_the_old_one_stands_above():
    before, other = reading_of(*OLD), reading_of(*OLD, title="Ferry late", url=OTHER)
    message = edit(posted(before, other), before, reading_of(NEW_FIRST, *OLD[1:]))
    first, second = entries(message)
    assert NEW_FIRST in first
    assert FIRST in second
    assert f"“{FIRST}” → “{NEW_FIRST}”" in message.content


def test_a_headline_is_renamed_in_the_list_and_in_the_select():
    before = reading_of(*OLD)
    other = reading_of(*OLD, title="Ferry late", url=OTHER)
    message = edit(posted(other, before), before, reading_of(*OLD, title="Bridge stays open"))
    assert [entry.split("\n")[0] for entry in entries(message)] == [
        f"**1** · [Ferry late]({OTHER})",
        f"**2** · [Bridge stays open]({URL})",
    ]
    assert [(label.number, label.headline) for label in message.stories] == [
        (1, "Ferry late"),
        (2, "Bridge stays open"),
    ]
    assert "Bridge closed" in message.content


def test_a_sentence_that_went_leaves_its_headline():
    before = reading_of(*OLD)
    message = edit(posted(before), before, reading_of(PIER, STATE))
    assert entries(message)[0] == f"**1** · [Bridge closed]({URL})\n-# Harbour Gazette"


def test_what_a_list_does_not_show_changes_nothing_in_it():
    before = reading_of(*OLD)
    assert edit(posted(before), before, reading_of(FIRST, *OLD[1:-1])) is None


def test_an_edit_keeps_the_stories_and_never_pings():
    before = reading_of(*OLD)
    payload = posted(before, role_id=77)
    message = edit(payload, before, reading_of(NEW_FIRST, *OLD[1:]))
    assert Message.from_json(payload).role_id == 77
    assert message.role_id is None
    assert message.content.startswith(Message.from_json(payload).content)
    assert [label.number for label in message.stories] == [1]
