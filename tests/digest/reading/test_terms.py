"""What a publisher allows is read from meta elements and headers, and the strictest holds."""

import pytest
from lxml import html

from digest.errors import NoArticleError, ReservedError
from digest.model import Terms
from digest.reading.brief import read_page
from digest.reading.clean import clean_page
from digest.reading.second import without_withheld
from digest.reading.terms import read_terms
from tests.builders import page as wire_page
from tests.digest.reading.pages import LINKED, PARAGRAPHS, page

URL = "https://www.courier.example/bridge"


def said(head="", *headers):
    return read_terms(html.document_fromstring(f"<html><head>{head}</head><body><p>Words</p></body></html>"), headers)


def robots(content, name="robots"):
    return f'<meta name="{name}" content="{content}">'


def test_a_page_that_says_nothing_allows_all():
    assert said() == Terms(max_snippet=None, may_archive=True, is_reserved=False)


@pytest.mark.parametrize(
    ("content", "terms"),
    [
        ("index, follow, max-snippet:-1, max-image-preview:large", Terms()),
        ("none", Terms()),
        ("noindex", Terms()),
        ("max-snippet:abc", Terms()),
        ("nosnippet", Terms(max_snippet=0)),
        ("NoSnippet", Terms(max_snippet=0)),
        ("noindex nosnippet", Terms(max_snippet=0)),
        ("max-snippet:0", Terms(max_snippet=0)),
        ("max-snippet: 50", Terms(max_snippet=50)),
        ("max-snippet:50,max-snippet:20,max-snippet:-1", Terms(max_snippet=20)),
        ("max-snippet:50, noarchive", Terms(max_snippet=50, may_archive=False)),
        ("unavailable_after: 25 Jun 2027 15:00:00 PST, noarchive", Terms(may_archive=False)),
        ("unavailable_after: Friday, 25-Jun-27 15:00:00 UTC", Terms()),
    ],
)
def test_the_same_rules_are_understood_in_a_meta_element_and_in_a_header(content, terms):
    assert said(robots(content)) == terms
    assert said("", content) == terms


def test_our_own_name_is_meant_and_that_of_another_robot_is_not():
    assert said(robots("nosnippet", "OnRecord")).max_snippet == 0
    assert said(robots("nosnippet", "googlebot")).max_snippet is None
    assert said("", "onrecord: nosnippet").max_snippet == 0
    assert said("", "OnRecord: max-snippet: 30").max_snippet == 30
    assert said("", "*: nosnippet").max_snippet == 0
    assert said("", "googlebot: nosnippet, noarchive") == Terms()
    assert said("", "googlebot: nosnippet, onrecord: noarchive, max-snippet:9") == Terms(9, may_archive=False)
    assert said("", "googlebot: noarchive, max-snippet: 9, OnRecord: nosnippet") == Terms(max_snippet=0)
    assert said("", "googlebot: unavailable_after: 25 Jun 2027 15:00:00 PST, nosnippet", "noarchive") == Terms(
        may_archive=False
    )


def test_of_several_elements_and_headers_the_strictest_holds():
    head = robots("max-snippet:80") + robots("all") + robots("max-snippet:60", "onrecord")
    assert said(head, "max-snippet:70", "noarchive") == Terms(max_snippet=60, may_archive=False)


def test_a_reservation_against_mining_is_read_from_element_and_header():
    assert said(robots("1", "tdm-reservation")).is_reserved
    assert said(robots(" 1 ", "TDM-Reservation")).is_reserved
    assert said("", "tdm-reservation: 1").is_reserved
    assert not said(robots("0", "tdm-reservation"), "tdm-reservation: 0").is_reserved
    assert not said(robots("1", "tdm-policy")).is_reserved


def test_a_reservation_in_the_page_supersedes_that_of_its_headers():
    assert not said(robots("0", "tdm-reservation"), "tdm-reservation: 1").is_reserved
    assert said(robots("1", "tdm-reservation"), "tdm-reservation: 0").is_reserved
    assert said(robots("perhaps", "tdm-reservation"), "tdm-reservation: 1").is_reserved


@pytest.mark.parametrize(
    ("rule", "why"), [("nosnippet", "nosnippet"), ("max-snippet:0", "nosnippet"), ("tdm-reservation: 1", "reserves")]
)
def test_a_page_whose_publisher_reserves_it_is_no_article_and_the_error_says_why(rule, why):
    with pytest.raises(ReservedError, match=why) as caught:
        clean_page(page(), URL, terms=(rule,))
    assert caught.value.url == URL
    with pytest.raises(ReservedError, match=why):
        read_page(wire_page(page(), terms=("noarchive", rule)))


def test_what_is_allowed_comes_with_the_article():
    article = clean_page(page(head=robots("max-snippet:200")), URL, terms=("noarchive",))
    assert article.terms == Terms(max_snippet=200, may_archive=False)
    assert clean_page(page(), URL).terms == Terms()


def test_what_is_marked_is_not_taken_and_the_rest_is():
    kept, withheld = (
        PARAGRAPHS[:2],
        "The mayor's brother owns the only ferry, and nobody in the council said a word of it.",
    )
    body = f"<div DATA-NOSNIPPET><p>{withheld}</p><p data-nosnippet>{withheld}</p></div>"
    assert clean_page(page(paragraphs=kept, body=body), URL).text == "\n".join(kept)


def test_words_about_the_mark_are_no_mark():
    told = f"<p>{PARAGRAPHS[0]} The data-nosnippet mark withholds words.</p>"
    assert without_withheld(told) is told


def test_a_marked_text_is_not_taken_from_json_ld_either():
    linked = LINKED | {"articleBody": "\n".join(PARAGRAPHS)}
    marked = page(linked=linked, paragraphs=()).replace("<article>", "<article data-nosnippet>")
    with pytest.raises(ReservedError, match="data-nosnippet"):
        clean_page(marked, URL)


@pytest.mark.parametrize("element", ["<html", "<body", "<main"])
def test_a_page_that_is_marked_as_a_whole_is_reserved(element):
    marked = page().replace(element, f"{element} data-nosnippet", 1)
    with pytest.raises(ReservedError, match="data-nosnippet"):
        clean_page(marked, URL)


def test_a_page_without_text_withholds_nothing():
    with pytest.raises(NoArticleError) as caught:
        clean_page("<html><body><div data-nosnippet>Home</div></body></html>", URL)
    assert not isinstance(caught.value, ReservedError)


def test_marks_without_end_are_dropped_in_good_time():
    assert PARAGRAPHS[0] not in without_withheld(f"<html><body>{'<div data-nosnippet>' * 20_000}{PARAGRAPHS[0]}")
    assert without_withheld(f"<p>{PARAGRAPHS[0]}</p>{'<div data-nosnippet>x</div>' * 20_000}") == ""
