"""What is taken back leaves the message whole otherwise, says so, and stays within Discord's limits."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from bot.render import limits
from bot.render.corrections import render_correction
from bot.render.embeds import render_digest
from bot.render.ledger import render_reminder
from bot.render.message import Embed, Field, Message
from bot.render.retractions import find_shown, render_retraction
from bot.texts import hiding as words
from digest.editions.hidden import Curtain, extracts_of
from digest.model import (
    CommitmentKind,
    Correction,
    Digest,
    Hidden,
    Part,
    Period,
    Post,
    StatementKind,
    Story,
    Telling,
    Vanished,
)
from tests.builders import NOW, brief, entry_on_record, span
from tests.properties.texts import texts as any_texts

KINDS = list(StatementKind)


def digest(*briefs, **changes):
    stories = tuple(Story(one.article.title, (one,)) for one in briefs)
    return Digest("World", Period(NOW - timedelta(days=1), NOW), "UTC", stories, **changes)


def posted(*briefs, **changes):
    (part,) = render_digest(digest(*briefs, **changes))
    return Post(part.payload, "UTC", ())


def extract(kind, article_id=1, told=None):
    return next(one for one in extracts_of(article_id, told or brief()) if one.statement.kind is kind)


def left_of(post, gone, names):
    return render_retraction(gone, names)(post)


def card_of(payload):
    return next(embed for embed in Message.from_json(payload).embeds if embed.url)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_goes_with_all_that_belongs_to_it_and_the_rest_stays(kind):
    marks = {
        StatementKind.SENTENCE: ("Five ports signed",),
        StatementKind.QUOTE: ("Nobody left", "Ilse Brandt"),
        StatementKind.COMMITMENT: ("**The ports**", "↳"),
    }
    left = card_of(left_of(posted(brief()), [extract(kind)], ()))
    gone = {one for one, shown in marks.items() if not any(mark in left.description for mark in shown)}
    assert gone == {kind}
    assert left.description.endswith(words.TAKEN_BACK)
    assert left.title == brief().article.title


def test_what_shows_nothing_of_it_is_left_alone():
    other = extract(StatementKind.QUOTE, told=replace(brief(), quotes=(replace(brief().quotes[0], speaker=None),)))
    assert left_of(posted(brief()), [other], ()) is None
    assert left_of(posted(brief()), [], ("Nobody There",)) is None


def test_a_card_with_nothing_left_says_so():
    left = card_of(left_of(posted(brief()), extracts_of(1, brief()), ()))
    assert left.description == f"{words.NOTHING_LEFT}\n{words.TAKEN_BACK}"


def test_a_second_time_is_not_said_twice():
    first = left_of(posted(brief()), [extract(StatementKind.QUOTE)], ())
    second = left_of(Post(first, "UTC", ()), [extract(StatementKind.COMMITMENT)], ())
    assert second.count("took something back") == 1


def test_what_falls_due_goes_from_its_list_and_from_reminders():
    sentence = "The ports will inspect every ship."
    entry = entry_on_record(Telling(("The ports",), CommitmentKind.PLAN, "inspect every ship", sentence, cue="will"))
    told = extract(StatementKind.COMMITMENT)
    due = posted(brief(url="https://a.example/x", title="Else"), falling_due=(entry,))
    gone = Message.from_json(left_of(due, [told], ()))
    assert "inspect every ship”" not in "".join(embed.description for embed in gone.embeds)
    answer = Post(render_reminder([entry], "UTC"), "UTC", ())
    assert words.NOTHING_LEFT in left_of(answer, [told], ())


def test_a_name_takes_the_whole_story_where_it_is_in_the_headline_and_its_line_in_the_index():
    other = brief(url="https://gazette.example/2", title="Ada Quill leaves the pier")
    gone = Message.from_json(left_of(posted(brief(), other), [], ("Ada Quill",)))
    shown = "\n".join([gone.content, *(f"{one.title}\n{one.description}" for one in gone.embeds)])
    assert "Quill" not in shown
    assert f"**2** · {words.HIDDEN_STORY}" in shown
    assert brief().article.title in shown


def test_a_name_leaves_the_notes_of_a_correction_too():
    gone = Vanished(0, (span("Nobody left the room happy"),))
    shown = posted(brief())
    corrected = render_correction(
        replace(shown, urls=(brief().article.url,)), [Correction(brief(), brief(), (), (gone,))]
    )
    assert isinstance(corrected, Part)
    left = left_of(Post(corrected.payload, "UTC", ()), [], ("nobody",))
    assert "Nobody" not in left


def test_what_else_the_payload_has_stays():
    payload = json.dumps(json.loads(posted(brief()).payload) | {"role": 7}, ensure_ascii=False)
    left = json.loads(left_of(Post(payload, "UTC", ()), [extract(StatementKind.QUOTE)], ()))
    assert left["role"] == 7


def test_where_the_line_has_no_room_on_the_card_it_stands_above():
    full = Embed(
        title="A", url="https://a.example", description="Yes.", footer="x" * 2000, fields=(Field("n", "v" * 1000),) * 3
    )
    full = replace(full, author="y" * 256, title="A" * 256)
    room = limits.EMBED_TOTAL - limits.ROOM_FOR_MARK - limits.measure_embed(full)
    message = Message("Head", (replace(full, description="Yes. " + "z" * (room - 1)),))
    told = replace(brief(), sentences=())
    gone = replace(extract(StatementKind.SENTENCE), brief=told)
    gone = replace(gone, statement=replace(gone.statement, words="Yes."))
    left = Message.from_json(left_of(Post(message.to_json(), "UTC", ()), [gone], ()))
    assert limits.fits(left)
    assert left.content == f"Head\n{words.TAKEN_BACK_ABOVE}"


def test_what_a_message_shows_is_found_once_in_its_order():
    found = find_shown(posted(brief()).payload, [*extracts_of(1, brief()), *extracts_of(1, brief())])
    assert [one.statement.kind for one in found] == [KINDS[0], KINDS[0], KINDS[1], KINDS[2]]
    assert (
        find_shown(
            posted(brief()).payload,
            extracts_of(
                1,
                replace(
                    brief(),
                    quotes=(),
                    commitments=(),
                    sentences=(),
                    summary=replace(brief().summary, sentences=()),
                    card=replace(brief().card, sentences=()),
                ),
            ),
        )
        == ()
    )


@settings(max_examples=60)
@given(st.lists(any_texts, min_size=1, max_size=4), st.sampled_from(["Brandt", "ports", "Nobody", "1", "the"]))
def test_whatever_the_headlines_no_name_is_left_and_discord_takes_it(titles, name):
    briefs = [brief(title=title, url=f"https://a.example/{number}") for number, title in enumerate(titles)]
    curtain = Curtain(Hidden((name,)))
    for part in render_digest(digest(*briefs)):
        left = left_of(Post(part.payload, "UTC", ()), [], (name,))
        message = Message.from_json(left or part.payload)
        assert limits.fits(message)
        parts = [embed.title for embed in message.embeds] + [embed.description for embed in message.embeds if embed.url]
        seen = "\n".join(parts).replace(words.TAKEN_BACK, "").replace("\\", "")
        for ours in (words.HIDDEN_STORY, words.NOTHING_LEFT):
            seen = seen.replace(ours, "")
        assert not curtain.has_name(seen)
