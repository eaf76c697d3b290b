"""All readings of one article come together, for any text, in bounded time."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from digest.errors import NoArticleError
from digest.model import Article
from digest.reading.brief import MAX_READ_CHARS, read_article, read_html, read_many, read_page, read_text
from tests.builders import page as wire_page
from tests.digest.reading.pages import PARAGRAPHS, page

SCHEMA = json.loads(files("digest").joinpath("brief.schema.json").read_text("utf8"))
SEEDS = sorted(
    (path for path in files("seeds").joinpath("articles").iterdir() if path.name.endswith(".html")),
    key=lambda path: path.name,
)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_the_json_form_of_a_seed_keeps_to_the_schema_and_its_card_is_full(seed):
    brief = read_html(seed.read_bytes(), "https://seed.example/")
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(brief.to_dict())))
    assert len(brief.card.sentences) == 3
    assert brief.article.title
    assert brief.article.byline
    assert brief.article.site
    assert brief.article.published_at
    assert brief.article.language == "en"


def test_the_schema_is_a_schema_and_refuses_what_is_no_brief():
    Draft202012Validator.check_schema(SCHEMA)
    written = read_text("The council voted on Thursday to close the bridge.").to_dict()
    Draft202012Validator(SCHEMA).validate(written)
    for broken in ({"sentences": [[1]]}, {"card": {}}, {"read_until": -1}, {"quotes": [{}]}, {"article": {}}):
        assert not Draft202012Validator(SCHEMA).is_valid(written | broken)


def test_offsets_refer_to_the_text_as_it_was_given():
    text = "\r\n  The council voted on Thursday.\r\nIt was late.  "
    brief = read_text(text)
    assert brief.article.text == text
    assert [brief.words(sentence.span) for sentence in brief.sentences] == [
        "The council voted on Thursday.",
        "It was late.",
    ]


@pytest.mark.parametrize(
    ("published_at", "instant"),
    [
        (None, None),
        (date(2026, 2, 12), datetime(2026, 2, 12, tzinfo=UTC)),
        (datetime(2026, 2, 12, 9), datetime(2026, 2, 12, 9, tzinfo=UTC)),  # noqa: DTZ001 -- naive on purpose
        (datetime(2026, 2, 12, 9, tzinfo=UTC), datetime(2026, 2, 12, 9, tzinfo=UTC)),
        (datetime(2026, 2, 12, 9, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 2, 12, 7, tzinfo=UTC)),
    ],
)
def test_a_day_or_a_naive_time_is_taken_as_utc(published_at, instant):
    assert read_text("Words.", published_at=published_at).article.published_at == instant


def test_a_page_off_the_wire_is_read_and_one_without_an_article_refused():
    assert read_page(wire_page(page())).article.text == "\n".join(PARAGRAPHS)
    with pytest.raises(NoArticleError):
        read_page(wire_page(b""))


def test_a_page_off_the_wire_is_read_with_its_own_address_and_charset():
    words = "Совет города решил закрыть старый мост до будущей весны, и мэр сказал, что это надолго."
    body = page(paragraphs=(words,), language="ru").encode("koi8-r")
    article = read_page(wire_page(body, url="https://wire.example/1", charset="koi8-r")).article
    assert (article.url, article.text) == ("https://wire.example/1", words)


def test_an_article_is_read_in_its_own_language_or_else_in_the_one_it_seems_to_be_in():
    said = "“We will pay for all of it by the end of May,” said Ida Rook, the mayor."
    german = "Der Rat der Stadt hat am Donnerstag beschlossen, die alte Brücke zu schließen, und so ist das nun. "
    assert read_article(Article(said)).is_parsed
    assert read_article(Article(said, language="en")).commitments
    assert not read_article(Article(said, language="de")).commitments
    assert not read_article(Article(german + said)).is_parsed
    assert read_article(Article(german + said, language="en")).is_parsed


def test_marked_words_in_another_language_are_found_and_have_no_speaker():
    brief = read_text(
        "Der Rat schließt die alte Brücke am Hafen. „Wir warten nicht länger“, sagte Ida Rook, die Leiterin."
    )
    (quote,) = brief.quotes
    assert (brief.words(quote.spans[0]), quote.speaker, quote.method) == ("Wir warten nicht länger", None, "marks")
    assert (brief.commitments, brief.card.quotes, brief.is_parsed) == ((), (), False)


def test_a_deadline_is_counted_from_the_day_of_publication():
    promise = "The mayor promised to mend the bridge by the end of May."
    (commitment,) = read_text(promise, published_at=date(2026, 2, 1), language="en").commitments
    assert commitment.deadline.latest == date(2026, 5, 31)
    (commitment,) = read_text(promise, language="en").commitments
    assert commitment.deadline.latest is None


def test_a_text_with_half_a_character_is_read():
    text = "The council of \ud800 Vessmark voted on Thursday. It was late."
    brief = read_text(text, language="en")
    assert (brief.article.text, len(brief.sentences), brief.read_until) == (text, 2, len(text))


def test_an_over_long_text_is_read_to_the_end_of_a_sentence_and_says_so():
    brief = read_text("The council of the town voted again on that day. " * 2000)
    assert MAX_READ_CHARS - 100 < brief.read_until <= MAX_READ_CHARS
    assert brief.words(brief.sentences[-1].span) == "The council of the town voted again on that day."
    assert brief.sentences[-1].span.end == brief.read_until


@pytest.mark.parametrize("words", ["word ", '"', "x", "😀 שלום ", "“He said. ", "\n", "(((", "will if by ", "U.S. "])
def test_a_long_text_of_anything_is_a_brief(words):
    text = words * (3000 // len(words))
    brief = read_text(text, language="en")
    assert brief.read_until == len(text)
    assert all(sentence.span.end <= len(text) for sentence in brief.sentences)


TOWNS = [f"The council of town {number} voted on Thursday to close its bridge." for number in range(3)]


@pytest.mark.parametrize("workers", [{}, {"workers": 0}, {"workers": -1}])
def test_many_texts_are_read_in_their_order(workers):
    assert [brief.article.text for brief in read_many(iter(TOWNS), **workers)] == TOWNS


def test_many_texts_are_read_in_their_order_here_or_in_other_processes():
    assert read_many(iter(TOWNS), workers=2) == read_many(TOWNS)


def test_another_language_has_sentences_and_a_summary():
    text = "Der Rat hat am Donnerstag beschlossen, die Brücke zu schließen. „Das ist gut so“, sagte die Frau der Stadt."
    brief = read_text(text)
    assert brief.article.language == "de"
    assert brief.summary.sentences == (0, 1)
    assert brief.commitments == ()


def test_a_summary_weighs_words_as_they_weigh_in_its_language():
    # In German, "noch nicht" and "haben" say nothing; so the last sentence repeats the second.
    text = (
        "Der Rat hat am Donnerstag beschlossen, die alte Brücke zu schließen. "
        "Der Hafen hat am Freitag die neue Brücke noch nicht bekommen. "
        "Viele Händler verlieren wegen der Sperrung eine ganze Saison. "
        "Die Fischer haben das Geld für den neuen Hafen noch nicht bekommen."
    )
    assert read_text(text, language="de").summary.sentences == (0, 1, 2)
    assert read_text(text, language="en").summary.sentences == (0, 2, 3)


def test_what_only_repeats_the_title_is_not_on_the_card():
    told = "The council voted on Thursday to close the bridge"
    assert read_text(f"{told}.").card.sentences == (0,)
    assert read_text(f"{told}.", title=told).card.sentences == ()
