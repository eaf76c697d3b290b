"""The set-up, the week and the past editions as messages: within Discord's limits, and nothing in them acts."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, strategies as st

from bot import texts
from bot.render.limits import breaches
from bot.render.message import Message
from bot.render.past import render_past
from bot.render.setup import Panel, Step, render_panel, render_week, show_rules, show_weekdays
from bot.texts import setup as words
from bot.texts.limits import LIMITS
from digest.errors import Limit
from digest.model import (
    CatchUp,
    DeliveryState,
    Digest,
    Edition,
    EditionKind,
    PastDay,
    PastEdition,
    Period,
    Slot,
    Story,
    Style,
    Week,
)
from tests.bot.deliveries import delivery
from tests.builders import NOW, brief, subscription

ODD = ("@everyone", "<@1> <#2>", "[x](https://evil.example)", "`" * 90, "\u202e" * 50)
NASTY = st.one_of(st.text(max_size=300), st.sampled_from(ODD))
RULES = st.lists(NASTY.map(lambda word: word[:100]), max_size=20).map(tuple)


def story(title):
    return Story(title, (brief(title=title),))


def week_of(*titles, read=5, waiting=0):
    digest = Digest("News", Period(NOW - timedelta(days=1), NOW), "UTC", tuple(map(story, titles)))
    return Week((PastDay(date(2026, 11, 23), (digest,)), PastDay(date(2026, 11, 22))), read, waiting)


@given(
    name=NASTY,
    more=RULES,
    less=RULES,
    sources=st.lists(NASTY, max_size=200).map(tuple),
    step=st.sampled_from(list(Step)),
    style=st.sampled_from(list(Style)),
    warnings=st.lists(st.text(max_size=200), max_size=5).map(tuple),
)
def test_whatever_is_set_up_the_panel_is_a_message_that_discord_takes(**given_):
    order = subscription(
        name=given_["name"],
        keywords=given_["more"],
        less=given_["less"],
        style=given_["style"],
        source_ids=tuple(range(len(given_["sources"]))),
        quiet_from=time(22),
        quiet_until=time(7),
        catch_up=CatchUp.SKIP,
        says_when_empty=True,
        role_id=5,
    )
    panel = Panel(order, given_["step"], given_["sources"], 200, given_["warnings"], "x" * 1900)
    message = render_panel(panel)
    assert breaches(message) == ()
    shown = message.embeds[0].description
    assert "@everyone" not in shown
    assert "<@1>" not in shown


@given(more=RULES, less=RULES)
def test_however_many_the_rules_both_lists_fit_one_message(more, less):
    shown = words.RULES_NOW.format(rules=show_rules(subscription(keywords=more, less=less)))
    assert breaches(Message(shown)) == ()


@given(st.lists(NASTY, max_size=30), st.integers(0, 5000), st.integers(0, 5000))
def test_whatever_the_week_had_it_is_a_message_that_discord_takes(titles, read, waiting):
    day = week_of(*titles).days[0]
    message = render_week("News", Week((day,) * 7, read, waiting))
    assert breaches(message) == ()
    assert message.embeds[0].description.split("\n")[-1].startswith("-# ")


def test_of_many_stories_the_rest_is_counted():
    lines = render_week("News", week_of(*"abcde")).embeds[0].description.split("\n")
    assert lines[:5] == ["**Mon 23 Nov** · 5 stories", "• a", "• b", "• c", "-# +2 more"]
    assert lines[5] == "**Sun 22 Nov** · no digest on this day"


def test_what_is_not_chosen_yet_is_said():
    lines = render_panel(Panel(subscription(channel_id=0, times=(), zone=""), Step.CHANNEL)).embeds[0].description
    assert "**News** has no channel yet." in lines
    assert "It has no time yet." in lines
    assert "no time zone yet" in render_panel(Panel(subscription(zone=""), Step.TIMES)).embeds[0].description


@pytest.mark.parametrize(
    ("days", "shown"), [((0, 1, 2, 3, 4, 5, 6), "every day"), ((4, 0), "on Monday, Friday")], ids=str
)
def test_weekdays_are_named_in_their_order(days, shown):
    assert show_weekdays(days) == shown


def test_every_limit_step_and_state_has_its_words():
    assert set(LIMITS) == set(Limit)
    assert set(words.STEPS) == set(words.HINTS) == {step.value for step in Step}
    assert set(words.STATES) == set(DeliveryState)
    assert set(words.EDITIONS) == set(EditionKind)
    assert set(words.LOOKS) == set(words.STYLES) == set(Style)


def edition(*states, why="", kind=EditionKind.DIGEST, slot=None, failed="", stories=2, message_id=77):
    sent = (DeliveryState.SENT,)
    parts = tuple(
        delivery(number, state=state, message_id=message_id if state in sent else None, opening=70)
        for number, state in enumerate(states, 1)
    )
    made = Edition(1, 1, slot, Period(NOW, NOW), NOW, parts, kind, why)
    return PastEdition(made, stories, failed)


SLOT = Slot(1, date(2026, 11, 23), time(8))


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (
            edition(DeliveryState.SENT, slot=SLOT),
            "for Mon 23 Nov 08:00 · 2 stories · ✅ posted · [see it](https://discord.com/channels/1/10/77)",
        ),
        (edition(DeliveryState.SENT, DeliveryState.PENDING), "2 stories · ⏳ on its way · [see it]"),
        (edition(DeliveryState.HELD, failed="I may not post in <#10>."), "⏸️ held: I may not post in <#10>."),
        (edition(DeliveryState.FAILED, failed="400 **no** @everyone"), "❌ failed: 400 \\*\\*no\\*\\* "),
        (edition(DeliveryState.SENT, message_id=0), "✅ posted · deleted since"),
        (edition(slot=SLOT, stories=0), "08:00 · nothing new, so nothing was posted"),
        (
            edition(kind=EditionKind.SKIPPED, slot=SLOT, why="missed", stories=0),
            "**Skipped** · <t:1795420800:f> · for ",
        ),
        (edition(DeliveryState.SENT, kind=EditionKind.CORRECTION, stories=0), "**Correction** · <t:1795420800:f> · ✅"),
        (edition(DeliveryState.SENT, kind=EditionKind.REMINDER, stories=0), "**Reminder** · <t:1795420800:f> · ✅"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_edition_says_what_became_of_it(one, line):
    shown = render_past("News", [one], 1).embeds[0].description
    assert line in shown
    assert "@everyone" not in shown


def test_in_a_forum_the_link_leads_into_the_thread():
    assert (
        "/channels/1/70/77" in render_past("News", [edition(DeliveryState.SENT)], 1, forums={10}).embeds[0].description
    )


def test_a_page_without_editions_says_which():
    assert "Nothing was posted" in render_past("News", [], 1).content
    assert "no further" in render_past("News", [], 2).content


@given(NASTY, NASTY, st.integers(0, 10))
def test_whatever_became_of_them_the_history_is_a_message_that_discord_takes(name, why, number):
    past = [edition(DeliveryState.FAILED, failed=why), edition(kind=EditionKind.SKIPPED, slot=SLOT, why=why)] * number
    assert breaches(render_past(name, past, 1)) == ()


def test_a_confirmation_that_would_be_too_long_is_said_in_short():
    from bot.render.digests import confirm_set_up

    order = subscription(keywords=tuple("w" * 120 + str(number) for number in range(20)), id=1)
    said = confirm_set_up(order, NOW, has_sources=True)
    assert said.startswith("**News** goes to")
    assert len(said) <= 2000
    assert texts.SETUP_NO_SOURCES in confirm_set_up(replace(order, keywords=()), NOW, has_sources=False)
