"""Where trafilatura finds no text, others may: a second extractor, JSON-LD, the description, in this order."""

import pytest

from digest.errors import NoArticleError
from digest.reading.clean import clean_page
from digest.reading.head import Head
from digest.reading.second import described_text, linked_text, main_text
from tests.digest.reading.pages import LINKED, PARAGRAPHS, page

URL = "https://www.courier.example/bridge"
TEXT = "\n".join(PARAGRAPHS)
PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def without_text(linked, head=""):
    return page(linked=linked, head=head, paragraphs=()).replace("<h1>Harbour bridge to close</h1>", "")


def test_a_page_that_trafilatura_does_not_take_apart_is_read_by_the_second_extractor():
    assert clean_page(f"<html><body>{'<table><tr><td>' * 300}{PROSE}</body></html>", URL).text == TEXT
    assert clean_page(f"<html><body><form>{'<x-box>' * 300}{PROSE}</form></body></html>", URL).text == TEXT


def test_a_page_of_endless_elements_is_read_without_trafilatura():
    article = clean_page(f"<html><body>{PROSE}{'<a href=/x>Elsewhere</a> ' * 30_000}</body></html>", URL)
    assert article.text.startswith(TEXT)


def test_the_second_extractor_gives_lines_of_prose_only():
    text = main_text(f"<html><body><div>Home</div>{PROSE}<div>日本語の文章は日本語で書かれています</div></body></html>")
    assert text.split("\n") == [*PARAGRAPHS, "日本語の文章は日本語で書かれています"]
    assert main_text("<html><body><nav><a href='/'>Home</a></nav></body></html>") == ""


def test_a_page_without_text_has_the_one_in_its_json_ld():
    assert clean_page(without_text(LINKED | {"articleBody": TEXT}), URL).text == TEXT
    assert clean_page(without_text(LINKED | {"articleBody": PROSE}), URL).text == TEXT


def test_a_few_words_yield_to_a_whole_text_in_json_ld_and_a_text_does_not():
    linked = LINKED | {"articleBody": TEXT * 4}
    short = ("The council voted on Thursday to close the bridge for two years.",)
    assert clean_page(page(linked=linked, paragraphs=short), URL).text == TEXT * 4
    assert clean_page(page(linked=linked), URL).text == TEXT


def test_the_text_in_json_ld_is_left_alone_where_it_is_not_free():
    assert linked_text(Head(body=TEXT)) == TEXT
    assert linked_text(Head(body=TEXT, is_free=False)) == ""
    with pytest.raises(NoArticleError):
        clean_page(without_text(LINKED | {"articleBody": TEXT, "isAccessibleForFree": False}), URL)


def test_the_description_comes_last_and_only_for_articles_and_videos():
    description = "The old harbour bridge closes for two years, the council of Vessmark says."
    head = f'<meta name="description" content="{description}">'
    assert clean_page(without_text(LINKED, head), URL).text == description
    assert described_text(Head(description=description, genre="video.other")) == description
    assert described_text(Head(description=description, genre="website")) == ""
    with pytest.raises(NoArticleError, match="no readable text"):
        clean_page(without_text(None, head), URL)


def test_furniture_between_paragraphs_goes():
    paragraphs = ("By Mina Thorne, Olav Pell", PARAGRAPHS[0], "Read more: The ferry stays", *PARAGRAPHS[1:])
    assert clean_page(page(paragraphs=paragraphs), URL).text == TEXT


def test_a_page_of_furniture_only_has_no_text():
    with pytest.raises(NoArticleError, match="no readable text"):
        clean_page(page(linked=None, paragraphs=("Share this article on Facebook, Twitter or WhatsApp now",)), URL)


def test_an_endless_attribute_costs_itself_only():
    article = clean_page(page(body=f'<p title="{"x" * 30_000}">{PARAGRAPHS[0]}</p>'), URL)
    assert article.text == f"{TEXT}\n{PARAGRAPHS[0]}"
    assert clean_page(f"<html><body><div {'a=1 ' * 9000}>{PROSE}</div></body></html>", URL).text == TEXT


def test_a_form_feed_is_a_blank():
    assert clean_page(page(paragraphs=[paragraph.replace(" ", "\f") for paragraph in PARAGRAPHS]), URL).text == TEXT


@pytest.mark.parametrize("tag", ["footer", "label", "svg><foreignObject", "div class=comments"])
def test_prose_that_stands_where_none_is_expected_is_found_at_last(tag):
    assert (
        clean_page(f"<html><body><{tag}>{PROSE}</body></html>", URL).text.replace("\n", " ").startswith(PARAGRAPHS[0])
    )
    with pytest.raises(NoArticleError):
        clean_page(f"<html><body><{tag}><p>{PARAGRAPHS[0]}</p></body></html>", URL)
