"""Promise 5 for what followers are told: within Discord's limits, and nothing of others' text works."""

import json

from hypothesis import given, settings, strategies as st

from bot.render.follows import render_alert, render_follows, show_added, show_greeting
from bot.render.ids import LONGEST_ID
from digest.model import Alert, Fit, Follow, FollowKind, FollowStatus
from tests import hostile
from tests.builders import NOW
from tests.properties.test_render import check_harmless, check_limits, slow, units

COMMANDS = ("`/follow remove`", "`/follow list`", "`/follow add`", "`/follow`", "`kind`")


@st.composite
def follows(draw):
    return Follow(
        guild_id=1,
        user_id=7,
        kind=draw(st.sampled_from(FollowKind)),
        words=draw(hostile.texts()),
        channel_id=10,
        zone="Europe/Berlin",
        is_direct=draw(st.booleans()),
        id=draw(st.integers(1, 2**63 - 1)),
    )


@st.composite
def alerts(draw):
    followed = draw(st.lists(follows(), min_size=1, max_size=25, unique_by=lambda one: one.id))
    briefs = draw(st.lists(hostile.briefs(), min_size=1, max_size=4)) * draw(st.integers(1, 4))
    fits = []
    for number, brief in enumerate(briefs):
        numbers = [range(len(of)) for of in (brief.quotes, brief.commitments, brief.sentences)]
        fits.append(Fit(followed[number % len(followed)], brief, *map(tuple, numbers)))
    fits += [Fit(one, briefs[0]) for one in followed]
    return Alert(1, 7, 10, NOW, tuple(fits))


def check(payload):
    check_limits(json.dumps(payload))
    bare = json.dumps({**payload, "content": payload["content"].replace("<@7> ", "").replace("<#10>", "")})
    for command in COMMANDS:
        bare = bare.replace(command, "x")
    check_harmless(bare)


@slow
@given(alerts(), hostile.texts())
def test_no_alert_exceeds_a_limit_or_lets_a_word_act(alert, server):
    payload = render_alert(alert, server)
    check(payload)
    assert payload["embeds"]
    assert ("user" in payload) == (not alert.is_direct)
    rows = payload["components"]
    buttons = [one for row in rows for one in row["components"]]
    assert len(rows) <= 5
    assert all(len(row["components"]) <= 5 for row in rows)
    assert [one["custom_id"] for one in buttons] == [f"or:follow-stop:{one.id}" for one in alert.follows]
    for one in buttons:
        assert 0 < units(one["label"]) <= 80
        assert units(one["custom_id"]) <= LONGEST_ID


@settings(slow, max_examples=40)
@given(st.lists(follows(), min_size=1, max_size=25), hostile.texts(), st.booleans())
def test_no_answer_about_follows_exceeds_a_limit_or_lets_a_word_act(followed, server, is_guessed):
    listed = render_follows([FollowStatus(one, NOW, 3) for one in followed]).to_dict()
    embed = listed["embeds"][0]
    embed["description"] = embed["description"].replace("<#10>", "")
    check(listed)
    for sentence in (show_added(followed[0], is_guessed=is_guessed), show_greeting(followed[0], server)):
        check({"content": sentence, "embeds": []})
