"""What look-ups answer."""

from datetime import timedelta

from bot.render import render_articles, render_commitments, render_quotes, render_sources
from bot.render.limits import fits
from digest.model import (
    ArticleHit,
    CommitmentKind,
    Failure,
    FailureKind,
    QuoteHit,
    QuoteKind,
    SourceStatus,
    Telling,
)
from tests.builders import NOW, entry_on_record, source

URL = "https://gazette.example/ports"


def article_hit(**changes):
    values = {"id": 1, "title": "Ports agree", "url": URL, "site": "Gazette", "published_at": NOW, "lead": "They did."}
    return ArticleHit(**(values | changes))


def quote_hit(**changes):
    values = {
        "id": 1,
        "kind": QuoteKind.DIRECT,
        "words": ("Nobody left", "the room"),
        "speaker": "Ilse Brandt",
        "role": "director",
        "title": "Ports agree",
        "url": URL,
        "site": "Gazette",
        "published_at": NOW,
    }
    return QuoteHit(**(values | changes))


def test_an_article_is_listed_with_title_lead_outlet_and_day():
    embed = render_articles((article_hit(),), "ports").embeds[0]
    assert embed.title == "Articles about “ports”"
    assert embed.description == f"**[Ports agree]({URL})**\nThey did.\n-# Gazette · <t:1795420800:D>"
    assert embed.footer == "Results 1 to 1"


def test_a_later_page_counts_on():
    assert render_articles((article_hit(),) * 5, "ports", offset=5).embeds[0].footer == "Results 6 to 10"


def test_a_quote_is_listed_with_its_speaker_and_article():
    embed = render_quotes((quote_hit(),), "room").embeds[0]
    assert embed.description == (
        "> “Nobody left” … “the room”\n> — **Ilse Brandt**, director\n"
        f"-# Gazette · [Ports agree]({URL}) · <t:1795420800:D>"
    )


def test_a_quote_that_others_print_too_names_them():
    description = render_quotes((quote_hit(also_in=("The Quay", "Sarn *Times*")),), "room").embeds[0].description
    assert description.endswith("<t:1795420800:D> · also in The Quay and Sarn \\*Times\\*")


def test_a_quote_too_long_for_an_answer_is_said_to_be_and_the_others_stay():
    shown = render_quotes((quote_hit(words=("long " * 900,)), quote_hit()), "room").embeds[0].description
    assert shown.startswith("too long to show here\n-# Gazette")
    assert "“Nobody left”" in shown


def test_a_speaker_who_may_be_another_is_marked_as_such():
    description = render_quotes((quote_hit(is_speaker_sure=False),), "room").embeds[0].description
    assert "> — **Ilse Brandt**, director · speaker not certain\n" in description
    unsigned = render_quotes((quote_hit(speaker=None, role=None, is_speaker_sure=False),), "room").embeds[0]
    assert "> — speaker not named\n" in unsigned.description


def test_a_commitment_is_listed_with_kind_actor_and_words():
    entry = Telling(("The ports",), CommitmentKind.REFUSAL, "open on Sundays", "x", url=URL, title="Ports agree")
    embed = render_commitments((entry_on_record(entry),), kind=CommitmentKind.REFUSAL).embeds[0]
    assert embed.title == "Commitments · refusal"
    assert embed.description == f"🚫 refusal · **The ports**: “open on Sundays”\n-# No. 1 · [Ports agree]({URL})"


def test_nothing_found_is_a_sentence_with_what_was_asked():
    assert render_articles((), "a*b").content.startswith("Nothing found for “a\\*b”.")
    assert render_commitments(()).content == "Nothing on record here yet."
    assert render_quotes((), "x", offset=5).content == "No more results."


def test_sources_are_listed_with_what_fails_and_without_their_secret_addresses():
    failed = Failure("Quay", FailureKind.UNREACHABLE, None, NOW)
    statuses = (
        SourceStatus(source(url="https://gazette.example/feed?key=secret"), NOW - timedelta(hours=1)),
        SourceStatus(source(name="Quay", url="https://quay.example/feed"), None, failed),
    )
    shown = render_sources(statuses).embeds[0].description
    assert shown.split("\n") == [
        "**Harbour Gazette** · gazette\\.example · read <t:1795417200:R>",
        "",
        "**Quay** · quay\\.example · not read yet",
        "⚠️ Quay: broke off its answer, since <t:1795420800:D>",
    ]


def test_no_sources_is_a_sentence_that_says_what_to_do():
    assert "/source add" in render_sources(()).content


def test_many_sources_are_counted_where_they_do_not_fit():
    answer = render_sources((SourceStatus(source(name="A name of a source " * 3)),) * 400)
    assert fits(answer)
    assert answer.embeds[0].description.rsplit("\n", 1)[1].endswith(" more")
