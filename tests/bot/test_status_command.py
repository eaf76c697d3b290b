"""`/status`: whether the bot is well in this server, for those who manage it."""

from datetime import timedelta

from bot.render.status import render_status
from digest.model import BY_HAND, DigestStatus, Failure, FailureKind, Source, SourceStatus
from tests.bot.conftest import answer, build_server, set_up
from tests.builders import NOW, subscription

WHY = "I may not post in <#10>. Grant me there: Embed Links."
GOOD = SourceStatus(Source("https://a.example/feed", "A"))
BAD = SourceStatus(Source("https://b.example/feed", "B"), failure=Failure("B", FailureKind.TOO_SLOW))


def described(message):
    return message.embeds[0].description


async def test_a_manager_sees_that_all_is_well(server, service):
    await set_up(server)
    (one,) = service.subscriptions.values()
    service.statuses[one.id] = DigestStatus(one, last_at=NOW, next_at=NOW + timedelta(hours=1))
    result = await server.manager.slash(server.channel, "status")
    assert "All is well" in answer(result)
    shown = result.response.embeds[0].description
    assert f"last posted <t:{int(NOW.timestamp())}:f>" in shown
    assert "next <t:" in shown
    assert f"<#{server.channel.id}>" in shown


async def test_everybody_may_see_it_and_nobody_else_sees_the_answer(server):
    result = await server.reader.slash(server.channel, "status")
    assert result.ephemeral
    assert result.response.embeds or result.response.content


async def test_another_servers_digests_are_not_shown(simcord_env, server):
    await set_up(server, name="Secret")
    other = build_server(simcord_env, "Other")
    result = await other.manager.slash(other.channel, "status")
    assert "No digest is set up" in result.response.embeds[0].description
    assert "Secret" not in result.response.embeds[0].description


def test_what_is_late_paused_and_failing_is_counted_and_explained():
    lost = DigestStatus(subscription(name="Lost", paused_because=WHY), last_at=NOW, held=2)
    late = DigestStatus(subscription(name="Late"), next_at=NOW, overdue_since=NOW)
    message = render_status((lost, late), (GOOD, BAD))
    assert message.content == "⚠️ 1 digest late, 1 digest paused, 1 source failing."
    assert WHY in described(message)
    assert "2 parts kept" in described(message)
    assert "late since <t:" in described(message)
    assert "2 sources followed, 1 failing" in described(message)


def test_a_digest_that_was_paused_by_hand_says_so_in_words():
    message = render_status((DigestStatus(subscription(paused_because=BY_HAND)),), (GOOD,))
    assert "⏸️ paused: somebody who manages this server wanted it so. `/digest resume`" in described(message)


def test_a_digest_before_its_first_post_says_so():
    message = render_status((DigestStatus(subscription(), next_at=NOW),), (GOOD,))
    assert "nothing posted yet" in described(message)
    assert message.content == "✅ All is well."


def test_many_digests_fit_into_one_message():
    from bot.render.limits import breaches

    many = [DigestStatus(subscription(name="x" * 60, paused_because=WHY * 3), last_at=NOW) for _ in range(60)]
    message = render_status(many, (GOOD,))
    assert breaches(message) == ()
    assert "more" in described(message)
