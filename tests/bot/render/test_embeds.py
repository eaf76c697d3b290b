"""What a digest looks like as Discord messages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.render import Message, render_digest, render_messages
from bot.render.limits import breaches, measure
from bot.render.text import clean
from digest.model import (
    Actor,
    ArticleKind,
    Card,
    CommitmentKind,
    Coverage,
    Deadline,
    Digest,
    Failure,
    FailureKind,
    Period,
    Quote,
    QuoteKind,
    Sentence,
    Shown,
    Span,
    Speaker,
    Story,
    Strength,
    Telling,
)
from tests.builders import NOW, article, brief, entry_on_record, span


def digest(*stories, **changes):
    values = {"name": "World", "period": Period(NOW - timedelta(days=1), NOW), "zone": "Europe/Berlin"}
    return Digest(stories=stories, **(values | changes))


def story(**changes):
    return Story("Five ports agree on a common rule", (brief(**changes),))


def only(*stories, **changes):
    (message,) = render_messages(digest(*stories, **changes))
    return message


def long_brief(sentences=3, quotes=3, words=60):
    """A brief of long sentences and long quotes, all different."""
    text, spans = "", []
    for number in range(sentences + quotes):
        start = len(text)
        text += f"Number {number} " + f"word{number} " * words
        spans.append(Span(start, len(text.rstrip())))
    return replace(
        brief(),
        article=article(text),
        sentences=tuple(Sentence(n, one) for n, one in enumerate(spans[:sentences])),
        quotes=tuple(Quote(QuoteKind.DIRECT, (one,), None, None, "any") for one in spans[sentences:]),
        commitments=(),
        card=Card(tuple(range(sentences)), tuple(range(quotes)), ()),
    )


def test_the_line_says_name_day_stories_outlets_and_what_falls_due():
    due = Telling(("The ports",), CommitmentKind.PLAN, "inspect", "The ports will inspect.")
    assert only(story(), falling_due=(entry_on_record(due),)).content == (
        "📰 **World** · Mon 23 Nov — 1 story from 1 outlet · 1 commitment falls due"
    )


def test_the_day_is_the_readers_day():
    late = Period(NOW, datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert "Tue 24 Nov" in only(story(), period=late).content


def test_a_card_has_headline_outlet_sentences_quote_and_commitment():
    card = only(story(image="https://gazette.example/p.jpg")).embeds[0]
    assert (card.title, card.url) == ("Five ports agree on a common rule", "https://gazette.example/ports")
    assert (card.author, card.footer, card.timestamp) == ("Harbour Gazette", "published", NOW)
    assert card.thumbnail == "https://gazette.example/p.jpg"
    assert card.description.split("\n") == [
        "Five ports signed the rule on Sunday. The ports will inspect every ship from 1 March.",
        "",
        "> “Nobody left the room happy”",
        "> — **Ilse Brandt**, director of the port of Sarn",
        "",
        "📅 plan · **The ports**: “will inspect every ship”",
        "↳ when: “from 1 March” → <t:1803898800:D>",
    ]


def test_the_day_of_a_deadline_is_that_day_in_the_digests_zone():
    assert datetime.fromtimestamp(1803898800, UTC).isoformat() == "2027-03-01T11:00:00+00:00"


def test_several_outlets_are_named_with_the_quote_that_they_print():
    both = Story("Five ports agree", (brief(), brief(site="The Quay")))
    card = only(both).embeds[0]
    assert card.footer == "Also in The Quay · published"
    assert "Sarn · Harbour Gazette and The Quay" in card.description
    assert card.description.count("Nobody left") == 1


def test_an_outlet_that_prints_a_part_of_a_quote_is_said_to():
    text = "Nobody left the room happy, but everybody signed, said Ilse Brandt."
    whole = replace(brief().quotes[0], spans=(span("Nobody left the room happy, but everybody signed", text),))
    whole = replace(whole, cue=None, speaker=Speaker(span("Ilse Brandt", text)))
    lead = replace(
        brief(), article=article(text), sentences=(), quotes=(whole,), commitments=(), card=Card((), (0,), ())
    )
    card = only(Story("Five ports agree", (lead, brief(site="The *Quay*")))).embeds[0]
    assert "— **Ilse Brandt** · Harbour Gazette · shortened in The \\*Quay\\*\n" in card.description


def test_another_outlets_quote_is_shown_if_somebody_else_speaks():
    text = "“It is a poor rule,” said Jon Varga, a captain."
    other = replace(
        brief(),
        article=article(text, site="The Quay"),
        sentences=(Sentence(0, Span(0, len(text))),),
        quotes=(
            Quote(
                QuoteKind.DIRECT,
                (span("It is a poor rule", text),),
                span("said", text),
                Speaker(span("Jon Varga", text), role=span("a captain", text)),
                "verb after the marks, then its subject",
            ),
        ),
        commitments=(),
        card=Card((0,), (0,), ()),
    )
    description = only(Story("Five ports", (brief(), other))).embeds[0].description
    assert "> “It is a poor rule”\n> — **Jon Varga**, a captain · The Quay" in description


def test_a_part_knows_which_commitments_its_cards_show():
    both = Story("Five ports agree", (brief(), brief(url="https://quay.example/ports", site="The Quay")))
    (part,) = render_digest(digest(both))
    # The Quay tells the same of the same actor.
    assert part.shown == (Shown("https://gazette.example/ports", 0),)
    (without,) = render_digest(digest(Story("x", (replace(brief(), card=Card((0,), (), ())),))))
    assert without.shown == ()


def test_what_stands_on_two_cards_of_a_part_is_shown_once():
    (part,) = render_digest(digest(story(), story()))
    assert part.shown == (Shown("https://gazette.example/ports", 0),)


def test_each_part_has_what_its_own_cards_show_and_nothing_that_was_dropped():
    stories = [
        Story(f"Story {n}", (replace(one, article=replace(one.article, url=f"https://gazette.example/{n}")),))
        for n, one in enumerate([replace(long_brief(words=80), commitments=brief().commitments)] * 12)
    ]
    told = [replace(one, card=replace(one.card, commitments=(0,))) for story in stories for one in story.briefs]
    parts = render_digest(digest(*(Story(f"Story {n}", (one,)) for n, one in enumerate(told))))
    assert len(parts) > 1
    for part in parts:
        embeds = Message.from_json(part.payload).embeds
        showing = {embed.url for embed in embeds if "↳ when" in embed.description}
        assert {one.url for one in part.shown} == showing


def test_an_index_comes_first_where_there_are_several_stories():
    index = only(story(), Story("Court halts the sale", (brief(site="A"), brief(site="B")))).embeds[0]
    assert index.description.split("\n") == [
        "**1** · Five ports agree on a common rule · Harbour Gazette",
        "**2** · Court halts the sale · 2 outlets",
    ]


def test_a_reported_statement_stands_without_quotation_marks():
    one = brief()
    reported = replace(one, quotes=(replace(one.quotes[0], kind=QuoteKind.INDIRECT),))
    description = only(Story("x", (reported,))).embeds[0].description
    assert "> Nobody left the room happy\n" in description
    assert "in the reporter's words" in description


def test_a_hedged_commitment_with_a_reporter_says_both():
    one = brief()
    commitment = replace(
        one.commitments[0],
        strength=Strength.HEDGED,
        condition=span("on Sunday"),
        reported_by=span("Ilse Brandt"),
        deadline=Deadline(span("from 1 March"), date(2027, 3, 1), date(2027, 5, 31)),
        actors=(Actor(span("Five ports")), Actor(span("The ports"))),
    )
    description = only(Story("x", (replace(one, commitments=(commitment,)),))).embeds[0].description
    assert "📅 plan, not firm · **Five ports and The ports**: " in description
    assert "condition: “on Sunday” · when: “from 1 March” → <t:1803898800:D> – <t:" in description
    assert description.endswith("reported by: Ilse Brandt")


def test_what_stands_in_a_shown_sentence_is_not_quoted_again():
    one = replace(brief(), card=Card((1, 0), (0,), (0,)))
    description = only(Story("x", (one,))).embeds[0].description
    assert description.count("Nobody left the room happy") == 1
    assert "+" not in description


def test_what_finds_no_room_is_dropped_whole_and_counted():
    stories = tuple(Story(f"Story {number}", (long_brief(),)) for number in range(6))
    messages = render_messages(digest(*stories))
    cards = [embed for message in messages for embed in message.embeds if embed.title.startswith("Story")]
    assert len(cards) == 6
    shown = cards[0].description
    assert shown.endswith(" sentences, 2 quotes") or " quote" in shown.rsplit("\n", 1)[1]
    text = stories[0].briefs[0]
    wholes = {clean(text.words(one.span)) for one in text.sentences}
    wholes |= {clean(text.words(quote.spans[0])) for quote in text.quotes}
    assert sum(whole in shown for whole in wholes) == shown.count("Number ")


def test_a_single_part_longer_than_an_embed_is_left_out_and_counted():
    description = only(Story("x", (long_brief(sentences=1, quotes=0, words=900),))).embeds[0].description
    assert description == "-# +1 sentence"


def test_much_news_goes_into_several_messages_in_order():
    messages = render_messages(digest(*(Story(f"Story {n}", (long_brief(words=25),)) for n in range(14))))
    assert len(messages) > 1
    assert all(breaches(message) == () for message in messages)
    assert messages[1].content == f"📰 **World** · Mon 23 Nov — part 2 of {len(messages)}"
    titles = [embed.title for message in messages for embed in message.embeds]
    assert titles == ["In this digest", *(f"Story {n}" for n in range(14)), ""]


def test_few_stories_get_roomy_cards_and_many_get_terse_ones():
    few = only(Story("x", (long_brief(words=22),)), Story("y", (long_brief(words=22),)))
    many = render_messages(digest(*(Story(f"Story {n}", (long_brief(words=22),)) for n in range(6))))
    assert measure(few.embeds[1].description) > measure(many[0].embeds[1].description)


def test_the_last_embed_says_what_it_all_rests_on():
    failed = Failure("Quay Weekly", FailureKind.REFUSED, 403, NOW)
    last = only(story(), coverage=Coverage(14, 34, (failed,), 3)).embeds[-1]
    assert last.description.split("\n") == [
        "Covers <t:1795334400:f> – <t:1795420800:f> · looked at 14 sources and 34 articles · 3 stories over the cap",
        "Not read: Quay Weekly: refused to answer (HTTP 403), since <t:1795420800:D>",
    ]


def test_what_falls_due_is_listed_with_day_words_and_source():
    entry = Telling(
        ("Ministry of Transport",),
        CommitmentKind.PLEDGE,
        "publish the audit",
        "The ministry will publish the audit.",
        deadline="by Thursday",
        earliest=date(2026, 11, 26),
        latest=date(2026, 11, 26),
        url="https://gazette.example/audit",
        site="Harbour Gazette",
        published_at=NOW,
    )
    due = only(story(), falling_due=(entry_on_record(entry),)).embeds[-2]
    assert due.title == "Falling due"
    assert due.description.split("\n") == [
        "**<t:1795690800:D>** · ✋ pledge · **Ministry of Transport**: “publish the audit”",
        "↳ when: “by Thursday”",
        "-# No. 1 · [Harbour Gazette](https://gazette.example/audit) · reported <t:1795420800:D>",
    ]


def test_a_story_that_goes_on_says_so_in_the_index_and_on_its_card():
    going_on = replace(story(), day=3)
    message = only(going_on, Story("Court halts the sale", (brief(site="A"),)))
    assert message.embeds[0].description.split("\n") == [
        "**1** · Five ports agree on a common rule · Harbour Gazette · update, day 3",
        "**2** · Court halts the sale · A · new",
    ]
    assert message.embeds[1].author == "Harbour Gazette · update, day 3"
    assert message.embeds[2].author == "A"


def test_what_was_left_out_is_counted_with_the_reason():
    left_out = Coverage(14, 34, stories_left_out=1, stories_without_news=2, pages_walled=1)
    assert (
        only(story(), coverage=left_out)
        .embeds[-1]
        .description.endswith(" · 1 story over the cap · 2 stories with nothing new · 1 page behind a login or paywall")
    )


def test_a_digest_without_stories_is_a_line_that_says_so():
    message = only(falling_due=(entry_on_record(),), coverage=Coverage(3, 0))
    assert message.content == "📰 **World** · Mon 23 Nov — nothing new · 1 commitment falls due"
    assert message.embeds == ()
    assert only().content == "📰 **World** · Mon 23 Nov — nothing new"


@pytest.mark.parametrize(
    "coverage", [Coverage(failures=(Failure("Quay", FailureKind.TOO_SLOW),)), Coverage(slots_missed=1)]
)
def test_where_nothing_came_because_nothing_was_read_that_is_said(coverage):
    (rests_on,) = only(coverage=coverage).embeds
    assert "gave no answer in time" in rests_on.description or "1 digest missed" in rests_on.description


def test_a_digest_that_stands_for_missed_ones_says_so_and_what_it_passed_over():
    missed = Coverage(14, 34, slots_missed=2, articles_passed_over=1)
    assert (
        only(story(), coverage=missed)
        .embeds[-1]
        .description.endswith(" · stands for 2 digests missed before it · 1 older article left out")
    )


def test_a_page_behind_a_wall_says_how_much_was_read():
    assert only(story(kind=ArticleKind.WALLED)).embeds[0].author == "Harbour Gazette · only the open part was read"


@pytest.mark.parametrize(
    ("kind", "word"),
    [(ArticleKind.LIVE_BLOG, "live blog"), (ArticleKind.GALLERY, "gallery"), (ArticleKind.LIST, "list"),
     (ArticleKind.VIDEO, "video")],
)  # fmt: skip
def test_a_page_of_another_kind_says_which(kind, word):
    assert only(story(kind=kind)).embeds[0].author == f"Harbour Gazette · {word}"


def test_an_outlet_without_a_name_is_its_host():
    assert only(story(site="")).embeds[0].author == "gazette.example"


def test_a_time_beyond_the_calendar_in_utc_is_left_out():
    first = datetime.fromisoformat("0001-01-01T00:00:00+14:00")
    messages = render_messages(digest(story(published_at=first), period=Period(first, first)))
    assert messages[0].embeds[0].timestamp is None
    assert breaches(messages[0]) == ()


def test_rendering_twice_gives_the_same_payloads():
    assert render_digest(digest(story())) == render_digest(digest(story()))
