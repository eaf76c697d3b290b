"""What followers are told: who, what words, where and when, why, and how it stops; what has no room is counted."""

import json
from dataclasses import replace

import pytest

from bot.render.follows import MOST_FILE_BYTES, render_alert, render_follows, write_member
from digest.model import Alert, AlertRecord, DeliveryState, Fit, Follow, FollowKind, MemberRecord, Span
from tests.builders import NOW, brief

PERSON, ORGANISATION, PHRASE = FollowKind.PERSON, FollowKind.ORGANISATION, FollowKind.PHRASE


def follow(words="Ilse Brandt", kind=PERSON, number=1, **changes):
    return Follow(
        **({"guild_id": 1, "user_id": 7, "channel_id": 10, "zone": "UTC", "id": number} | changes),
        kind=kind,
        words=words,
    )


def alert(*fits):
    return Alert(1, 7, 10, NOW, fits)


def test_an_alert_says_who_what_where_when_why_and_how_it_stops():
    payload = render_alert(alert(Fit(follow(), brief(), quotes=(0,))), "Harbour")
    assert payload["content"].split("\n") == [
        "🔔 **Ilse Brandt** · 1 article",
        "-# because you follow Ilse Brandt in **Harbour** · the buttons stop it, or `/follow remove` there",
    ]
    (embed,) = payload["embeds"]
    assert (embed["title"], embed["url"]) == ("Five ports agree on a common rule", "https://gazette.example/ports")
    assert embed["author"]["name"] == "Harbour Gazette"
    assert embed["timestamp"] == NOW.isoformat()
    assert (
        "“Nobody left the room happy,”" in embed["description"]
        or "“Nobody left the room happy”" in embed["description"]
    )
    assert "**Ilse Brandt**, director of the port of Sarn" in embed["description"]
    assert payload["components"] == [
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 2, "label": "Stop following Ilse Brandt", "custom_id": "or:follow-stop:1"}
            ],
        }
    ]
    assert "user" not in payload


def test_in_a_channel_it_mentions_the_member():
    payload = render_alert(alert(Fit(follow(is_direct=False), brief(), quotes=(0,))), "Harbour")
    assert payload["content"].startswith("<@7> 🔔")
    assert payload["user"] == 7


def test_an_article_that_several_follows_fit_is_one_card_that_names_them():
    fits = (
        Fit(follow(), brief(), quotes=(0,)),
        Fit(follow("The ports", ORGANISATION, 2), brief(), commitments=(0,)),
        Fit(follow("room", PHRASE, 3), brief(), sentences=(1,)),
    )
    payload = render_alert(alert(*fits), "Harbour")
    (embed,) = payload["embeds"]
    for part in ("Nobody left the room happy", "inspect every ship", "-# Ilse Brandt, The ports and room"):
        assert part in embed["description"]
    assert len(payload["components"][0]["components"]) == 3


def test_a_title_alone_is_a_card_without_words():
    (embed,) = render_alert(alert(Fit(follow(), brief())), "")["embeds"]
    assert "description" not in embed


def test_articles_that_there_is_no_room_for_are_counted():
    fits = [Fit(follow(), brief(url=f"https://gazette.example/{number}"), quotes=(0,)) for number in range(30)]
    payload = render_alert(alert(*fits), "Harbour")
    assert len(payload["embeds"]) == 10
    assert "🔔 **Ilse Brandt** · 30 articles\n-# +20 articles that there is no room for" in payload["content"]


def test_words_stand_whole_or_are_counted():
    text = " ".join(f"Sentence {number} {'x' * 900}." for number in range(4)) + "z" * 5000
    spans = [text.index(f"Sentence {number}") for number in range(4)]
    first = brief().quotes[0]
    quotes = (
        *(replace(first, spans=(Span(start, start + 900),), speaker=None) for start in spans),
        replace(first, spans=(Span(0, len(text)),), speaker=None),
    )
    one = replace(brief(), quotes=quotes, commitments=(), sentences=(), article=replace(brief().article, text=text))
    (embed,) = render_alert(alert(Fit(follow(), one, quotes=(0, 1, 2, 3, 4))), "Harbour")["embeds"]
    assert embed["description"].count("> “Sentence") == 1
    assert "-# +4 quotes" in embed["description"]


def test_who_follows_nothing_is_told_how_to_begin():
    assert "/follow add" in render_follows(()).content


@pytest.mark.parametrize(("number", "is_all"), [(0, True), (50, True), (4000, False)])
def test_a_file_has_the_newest_messages_as_far_as_discord_takes_it(number, is_all):
    records = tuple(
        AlertRecord(json.dumps({"content": f"{one} " + "é" * 2000}), NOW, DeliveryState.SENT) for one in range(number)
    )
    content, has_all = write_member(MemberRecord((), records), guild_id=1, user_id=7, now=NOW)
    kept = json.loads(content)["messages"]
    assert has_all is is_all
    assert len(content) <= MOST_FILE_BYTES
    assert [one["message"]["content"].split()[0] for one in kept] == [str(one) for one in range(number)][
        -len(kept) or number :
    ]
