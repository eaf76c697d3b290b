"""What looking back says, word for word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render.articles import render_article, render_commitments_of, render_quotes_of
from bot.render.editions import render_edition_page
from bot.render.issued import show_coming
from bot.render.lookups import render_said
from bot.render.message import Embed, Message
from bot.render.recap import render_recap
from bot.render.stale import show_stale, with_stale
from bot.render.storylines import render_story
from digest.model import (
    ArticleKind,
    ArticleRecord,
    Brief,
    Card,
    Failure,
    FailureKind,
    QuoteHit,
    QuoteKind,
    Recap,
    RecapStory,
    Sentence,
    Source,
    SourceStatus,
    Span,
    SpeakerRecord,
    Story,
    StoryRecord,
    StoryStep,
    ToldArticle,
    Trouble,
)
from tests.builders import NOW, article, brief, entry_on_record, quote, subscription

DAY = timedelta(days=1)
AT = "<t:1795420800:f>"
ON = "<t:1795420800:D>"
URL = "https://gazette.example/ports"


def record(**changes):
    return ArticleRecord(**({"id": 1, "brief": brief(), "first_read_at": NOW, "read_at": NOW} | changes))


def recap(*stories, **changes):
    return Recap(**({"since": NOW, "until": NOW, "editions": 2, "stories": stories} | changes))


def long_sentences(*lengths):
    """A brief whose sentences have these lengths, all of them on its card, the best first."""
    text = "\n".join("word " * (length // 5) for length in lengths)
    starts = [sum(5 * (one // 5) + 1 for one in lengths[:number]) for number in range(len(lengths))]
    spans = [Span(start, start + 5 * (length // 5)) for start, length in zip(starts, lengths, strict=True)]
    sentences = tuple(Sentence(number, span) for number, span in enumerate(spans))
    return Brief(article(text), sentences, card=Card(tuple(range(len(lengths)))))


# --- articles --------------------------------------------------------------------------------------------------------


def test_an_article_says_what_it_says_in_short_who_said_and_committed_what_and_when_it_was_read():
    embed = render_article(record()).embeds[0]
    assert (embed.title, embed.url, embed.author) == ("Five ports agree on a common rule", URL, "Harbour Gazette")
    assert embed.description == (
        "Five ports signed the rule on Sunday. The ports will inspect every ship from 1 March.\n\n"
        "> “Nobody left the room happy”\n> — **Ilse Brandt**, director of the port of Sarn\n\n"
        "📅 plan · **The ports**: “will inspect every ship”\n↳ when: “from 1 March” → <t:1803902400:D>\n\n"
        f"-# published {AT} · read {AT}"
    )


def test_what_has_no_room_or_is_not_among_the_strongest_is_counted():
    many = replace(brief(), quotes=(quote(),) * 9)
    assert "\n\n-# +6 quotes\n\n" in render_article(record(brief=many)).embeds[0].description
    endless = replace(brief(), commitments=brief().commitments * 2)
    assert "+" not in render_article(record(brief=endless)).embeds[0].description


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble.REMOVED, f"⚠️ its outlet removed it; noticed {ON}"),
        (Trouble.RETRACTED, f"⚠️ its outlet retracted it; noticed {ON}"),
    ],
)
def test_an_article_that_changed_or_is_gone_says_so(trouble, said):
    shown = render_article(record(versions=3, trouble=trouble, troubled_at=NOW)).embeds[0].description
    assert shown.endswith(f"✏️ its words changed 2 times since it was first read; this is how it reads now\n{said}")


def test_an_article_of_another_kind_or_without_a_summary_says_so():
    walled = replace(brief(kind=ArticleKind.WALLED), summary=Brief(article()).summary)
    embed = render_article(record(brief=walled)).embeds[0]
    assert embed.author == "Harbour Gazette · only the open part was read"
    assert embed.description.startswith("No sentence of it stands for the rest.")


def test_an_article_without_quotes_or_commitments_says_so():
    bare = record(brief=Brief(article()))
    assert "no quotes" in render_quotes_of(bare, offset=0, limit=5).content
    assert "no commitments" in render_commitments_of(bare, offset=0, limit=5).content


# --- the last days ---------------------------------------------------------------------------------------------------


def test_a_recap_shows_each_story_with_what_was_new_last_and_since_when_it_goes_on():
    story = RecapStory(Story("Five ports agree", (brief(), brief(site="The Quay")), 3), NOW - 2 * DAY, NOW, 2)
    shown = render_recap(recap(story, articles_gone=2), 3).embeds[0]
    assert shown.title == "The last 3 days"
    assert shown.description == (
        f"-# 2 digests with 1 story, since {ON} · 2 articles left out: retracted or removed since\n\n"
        f"**[Five ports agree]({URL})** · 2 outlets · day 3, since <t:1795248000:D>\n"
        "Five ports signed the rule on Sunday. The ports will inspect every ship from 1 March."
    )
    new = RecapStory(Story("Five ports agree", (brief(),)), NOW, NOW)
    assert f"** · Harbour Gazette · told {ON}\n" in render_recap(recap(new), 1).embeds[0].description
    assert render_recap(recap(new), 1).embeds[0].title == "Today"


@pytest.mark.parametrize(("lengths", "words"), [((200, 200), 80), ((400, 400), 80), ((700, 100), 0)])
def test_sentences_of_a_recap_stand_whole_or_not_at_all_and_none_without_a_better_one(lengths, words):
    shown = render_recap(recap(RecapStory(Story("x", (long_sentences(*lengths),)), NOW, NOW)), 2).embeds[0].description
    assert shown.count("word") == words


def test_commitments_of_a_recap_are_listed_by_how_they_stand():
    one = entry_on_record()
    titles = [embed.title for embed in render_recap(recap(standing=(one,), withdrawn=(one,) * 99), 2).embeds]
    assert titles == ["The last 2 days", "Still stands", "Taken back"]
    last = render_recap(recap(fallen_due=(one,) * 99), 2).embeds[-1]
    assert last.title == "Fell due"
    assert last.description.endswith("more: /commitment list")


def test_more_stories_than_fit_are_counted():
    story = RecapStory(Story("Five ports agree", (brief(),)), NOW, NOW)
    assert render_recap(recap(*[story] * 60), 2).embeds[0].description.endswith(" more stories")


# --- stories and speakers --------------------------------------------------------------------------------------------


def test_a_story_has_its_articles_by_day_with_what_became_of_them():
    steps = tuple(
        StoryStep(ToldArticle(day, brief(title=f"Part {day}"), trouble), NOW, day)
        for day, trouble in ((1, None), (4, Trouble.RETRACTED))
    )
    message = render_story(StoryRecord(1, "Ports", NOW, steps, (), (entry_on_record(),)))
    assert message.embeds[0].description == (
        f"since {ON} · 4 days · 2 articles from 1 outlet\n\n"
        f"**day 1** · {ON} · [Part 1]({URL}) · Harbour Gazette\n"
        f"**day 4** · {ON} · [Part 2]({URL}) · Harbour Gazette\n-# ⚠️ its outlet retracted it"
    ).replace("Part 2", "Part 4")
    assert [embed.title for embed in message.embeds] == ["Ports", "Commitments"]
    later = render_story(StoryRecord(1, "Ports", NOW, steps, (), (entry_on_record(),)), offset=1, limit=1)
    assert [embed.title for embed in later.embeds] == ["Ports"]
    assert later.embeds[0].footer == "Results 2 to 2"


def test_what_a_speaker_is_called_stands_on_the_first_page_only():
    hit = QuoteHit(1, QuoteKind.DIRECT, ("Words",), "Sir Keir", "PM", "Title", URL, "Gazette", NOW)
    known = SpeakerRecord(("Sir Keir", "Keir Starmer"), ("PM", "leader"))
    first = render_said([hit], "Keir Starmer", known).embeds[0]
    assert first.description.startswith("-# also printed as Sir Keir\n-# printed as: PM; leader\n\n> “Words”")
    assert render_said([hit], "Keir Starmer", known, offset=5).embeds[0].description.startswith("> “Words”")


# --- what may be missing, what is to come ----------------------------------------------------------------------------


def failing(name, hours):
    failure = Failure(name, FailureKind.UNREACHABLE, None, NOW - timedelta(hours=hours))
    return SourceStatus(Source(f"https://{name}.example/", name), None, failure)


def test_sources_that_fail_for_longer_than_a_day_are_named_few_by_name():
    assert show_stale([failing("Quay", 24), SourceStatus(Source("https://a.example/", "A"))], NOW) == ""
    line = show_stale([failing(f"Q{number}", 25) for number in range(5)], NOW)
    assert line.startswith("-# Not read for more than a day: Q0 (since <t:")
    assert "Q2" in line
    assert "Q3" not in line
    assert "and 2 more. What they print since" in line
    full = Message("x" * 1990)
    assert with_stale(full, [failing("Quay", 25)], NOW) == full


def test_digests_to_come_are_named_the_soonest_first():
    orders = [subscription(name="Late", id=1), subscription(name="Soon", id=2), subscription(name="Never", id=3)]
    said = show_coming(orders, {1: NOW + DAY, 2: NOW})
    assert said == "-# still to come today: Soon <t:1795420800:t>, Late <t:1795507200:t>"
    assert show_coming(orders[2:], {}) == ""


# --- pages -----------------------------------------------------------------------------------------------------------


def page_of(*messages, **changes):
    values = {"title": "World · Monday", "zone": "Europe/Berlin", "posted_at": NOW, "now": NOW + DAY}
    return render_edition_page([one.to_json() for one in messages], **(values | changes))


def test_an_edition_is_a_page_with_all_its_cards_and_when_it_stood_so():
    card = Embed("Ports & rails", URL, "> “Words”\n-# +1 quote", author="Gazette", footer="published", timestamp=NOW)
    page = page_of(Message("📰 **World**", (card,)))
    assert "<h1>World · Monday</h1>" in page
    assert "23 November 2026 09:00" in page
    assert "as it stands on 24 November 2026 09:00" in page
    assert f'<h2><a href="{URL}" rel="noopener noreferrer">Ports &amp; rails</a></h2>' in page
    assert "<blockquote><p>“Words”</p></blockquote>" in page
    assert '<p class="small">+1 quote</p>' in page
    assert "@media print" in page


def test_which_part_a_message_is_does_not_stand_on_a_page_but_what_was_corrected_does():
    page = page_of(Message("Head\nCorrected A"), Message("World — part 2 of 2\nCorrected B"))
    assert "part 2" not in page
    assert all(words in page for words in ("Head", "Corrected A", "Corrected B"))


def test_a_title_that_wants_to_be_html_is_text():
    page = page_of(Message("x"), title="<script>alert(1)</script>")
    assert "<script" not in page
