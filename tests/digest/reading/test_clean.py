"""A page becomes its article, or the one error that says why not."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from digest.errors import NoArticleError
from digest.model import ArticleKind
from digest.reading.clean import MAX_PAGE_SIZE, clean_page
from tests.digest.reading.pages import LINKED, PARAGRAPHS, page

URL = "https://www.courier.example/bridge?utm=1"


def test_the_paragraphs_stand_in_lines_of_their_own_without_furniture_and_headline():
    assert clean_page(page(), URL).text == "\n".join(PARAGRAPHS)


def test_the_pages_own_statements_become_the_articles_fields():
    head = (
        '<link rel="canonical" href="/bridge"><meta property="og:image" content="//img.courier.example/wide.jpg">'
        '<meta property="og:site_name" content="The Courier">'
    )
    article = clean_page(page(head=head), URL)
    assert article.url == URL
    assert article.canonical_url == "https://www.courier.example/bridge"
    assert article.title == "Harbour bridge to close for two years"
    assert article.byline == "Mina Thorne, Olav Pell"
    assert article.site == "The Courier"
    assert article.image == "https://img.courier.example/wide.jpg"
    assert article.language == "en"
    assert article.kind is ArticleKind.ARTICLE


def test_times_keep_the_pages_zone():
    article = clean_page(page(), URL)
    assert article.published_at == datetime(2026, 2, 12, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    assert article.published_at.utcoffset() == timedelta(hours=1)
    assert article.modified_at == datetime(2026, 2, 12, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-02-12", datetime(2026, 2, 12, tzinfo=UTC)),
        ("2026-02-12T18:30:00Z", datetime(2026, 2, 12, 18, 30, tzinfo=UTC)),
        ("2026-02-12T18:30:00-0500", datetime(2026, 2, 12, 23, 30, tzinfo=UTC)),
        ("2026-02-12 18:30", datetime(2026, 2, 12, 18, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        (1770920000, None),
    ],
)
def test_a_day_starts_at_midnight_in_utc_and_what_is_no_time_is_none(said, meant):
    linked = LINKED | {"datePublished": said, "dateModified": None}
    assert clean_page(page(linked=linked), URL).published_at == meant


def test_meta_and_time_elements_say_when_where_json_ld_does_not():
    head = '<meta property="article:published_time" content="2026-02-11T08:00:00Z">'
    assert clean_page(page(linked=None, head=head), URL).published_at == datetime(2026, 2, 11, 8, tzinfo=UTC)
    body = '<time itemprop="datePublished" datetime="2026-02-10T08:00:00Z">Tuesday</time>'
    assert clean_page(page(linked=None, body=body), URL).published_at == datetime(2026, 2, 10, 8, tzinfo=UTC)


def test_a_day_that_only_stands_among_other_meta_elements_is_found_and_one_in_the_text_is_not():
    dated = clean_page(page(linked=None, head='<meta name="date" content="2026-02-09">'), URL)
    assert dated.published_at == datetime(2026, 2, 9, tzinfo=UTC)
    paragraphs = ("On 9 February 2026 the council of Vessmark voted to close the old bridge.", PARAGRAPHS[2])
    assert clean_page(page(linked=None, paragraphs=paragraphs), URL).published_at is None


def test_of_two_days_the_earlier_is_that_of_publication_and_one_to_come_counts_too():
    head = '<meta name="lastmodified" content="2026-02-11"><meta name="date" content="2026-02-09">'
    assert clean_page(page(linked=None, head=head), URL).published_at == datetime(2026, 2, 9, tzinfo=UTC)
    ahead = clean_page(page(linked=None, head='<meta name="date" content="2150-02-09">'), URL)
    assert ahead.published_at == datetime(2150, 2, 9, tzinfo=UTC)


def test_where_the_page_names_no_day_its_address_may():
    article = clean_page(page(linked=None), "https://www.courier.example/2026/02/09/bridge")
    assert article.published_at == datetime(2026, 2, 9, tzinfo=UTC)


def test_where_the_words_are_too_few_the_page_says_their_language():
    assert clean_page(page(paragraphs=("Na, das ist nun mal so.",), language="de"), URL).language == "de"


def test_a_broken_json_ld_block_costs_only_itself():
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    article = clean_page(page(head=broken), URL)
    assert article.title == "Harbour bridge to close for two years"


def test_the_article_is_found_inside_a_graph():
    linked = {"@graph": [{"@type": "WebSite", "name": "x"}, LINKED | {"@type": ["Thing", "ReportageNewsArticle"]}]}
    assert clean_page(page(linked=linked), URL).byline == "Mina Thorne, Olav Pell"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Bridge to close | Courier", "Bridge to close"),
        ("Bridge to close - courier.example", "Bridge to close"),
        ("Bridge to close - The Courier | News - Vessmark", "Bridge to close"),
        ("Bridge - a history", "Bridge - a history"),
        ("Courier", "Courier"),
    ],
)
def test_a_title_loses_the_name_of_its_site_and_nothing_else(title, kept):
    site = '<meta property="og:site_name" content="The Courier | News - Vessmark">' if "The Courier" in title else ""
    head = f'{site}<meta property="og:title" content="{title}">'
    assert clean_page(page(linked=None, head=head, title=title), URL).title == kept


@pytest.mark.parametrize(
    ("said", "site"),
    [
        ("@TheCourier", "TheCourier"),
        ("X Courier", "X Courier"),
        ("The Courier | News | Vessmark", "The Courier"),
        ("https://www.courier.example/", "courier.example"),
        ("Copyright 2026 The Courier", "courier.example"),
    ],
)
def test_the_name_of_a_site_is_its_name_only(said, site):
    head = f'<meta property="og:site_name" content="{said}">'
    assert clean_page(page(linked=None, head=head), URL).site == site


@pytest.mark.parametrize(
    ("author", "byline"),
    [("Mina Thorne", "Mina Thorne"), ("Mina Thorne; Olav Pell", "Mina Thorne, Olav Pell"), ("Thursday Evening", "")],
)
def test_a_meta_element_names_the_authors_and_no_day(author, byline):
    head = f'<meta name="author" content="{author}">'
    assert clean_page(page(linked=None, head=head), URL).byline == byline


def test_a_byline_is_told_without_its_by():
    assert clean_page(page(linked=LINKED | {"author": "by Mina Thorne"}), URL).byline == "Mina Thorne"


@pytest.mark.parametrize("address", ["", "//["])
def test_a_page_without_an_address_has_no_site(address):
    article = clean_page(page(linked=None, title="Bridge to close | Courier"), address)
    assert (article.site, article.title) == ("", "Bridge to close | Courier")


def test_a_list_is_read_without_its_bullets():
    body = f"<ul><li>{PARAGRAPHS[1]}</li><li>{PARAGRAPHS[2]}</li></ul>"
    assert clean_page(page(paragraphs=(PARAGRAPHS[0],), body=body), URL).text == "\n".join(PARAGRAPHS)


def test_a_headline_is_left_out_where_it_opens_the_text_and_something_follows():
    first, second = PARAGRAPHS[0], PARAGRAPHS[2]
    html = f"<html><body><article><h1>{first}</h1><p>{first}</p><p>{second}</p></article></body></html>"
    assert clean_page(html, URL).text == second


def test_a_headline_that_nothing_follows_is_the_text():
    html = f"<html><body><article><h1>{PARAGRAPHS[0]}</h1><p>{PARAGRAPHS[0]}</p></article></body></html>"
    assert clean_page(html, URL).text == PARAGRAPHS[0]


def test_the_comments_on_an_article_are_no_part_of_it_in_a_forum_either():
    body = '<div id="comments" class="comments"><p>I think that the old bridge was a disgrace to the town.</p></div>'
    assert clean_page(page(linked=LINKED | {"@type": "DiscussionForumPosting"}, body=body), URL).text == "\n".join(
        PARAGRAPHS
    )


def test_a_site_is_called_as_its_publisher_or_else_as_its_account():
    assert clean_page(page(), URL).site == "Vessmark Courier"
    assert clean_page(page(linked=None, head='<meta name="twitter:site" content="@Courier">'), URL).site == "Courier"


def test_a_page_without_a_site_name_goes_by_its_host():
    assert clean_page(page(linked=None), URL).site == "courier.example"


def test_the_language_is_that_of_the_words_not_that_of_the_template():
    german = (
        "Der Rat der Stadt hat am Donnerstag beschlossen, die alte Brücke für ein Jahr zu schließen, und das ist so.",
        "Die Kosten sind hoch, aber das Land hat der Stadt zugesagt, dass es die Hälfte der Summe bezahlt.",
    )
    assert clean_page(page(paragraphs=german, language="en"), URL).language == "de"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:image/png;base64,x", "http://[", "ftp://x/y", "https://a b/"]
)
def test_addresses_that_are_not_of_the_web_are_dropped(address):
    head = f'<link rel="canonical" href="{address}"><meta property="og:image" content="{address}">'
    article = clean_page(page(linked=None, head=head), URL)
    assert article.image == ""
    assert article.canonical_url == ""


def test_a_live_blog_is_said_to_be_one():
    assert clean_page(page(linked=LINKED | {"@type": "LiveBlogPosting"}), URL).kind is ArticleKind.LIVE_BLOG


def test_a_page_behind_a_wall_is_said_to_be_walled():
    assert clean_page(page(linked=LINKED | {"isAccessibleForFree": False}), URL).kind is ArticleKind.WALLED
    asking = (PARAGRAPHS[0], "To continue reading this article, subscribe to continue or log in to read it in full.")
    assert clean_page(page(paragraphs=asking), URL).kind is ArticleKind.WALLED


def test_a_free_part_long_enough_to_be_the_article_is_no_wall():
    paragraphs = [f"{paragraph} This was report number {number}." for number in range(6) for paragraph in PARAGRAPHS]
    linked = LINKED | {"isAccessibleForFree": "False"}
    assert clean_page(page(paragraphs=paragraphs, linked=linked), URL).kind is ArticleKind.ARTICLE


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (b"", "empty"),
        ("  \n ", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\n %PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "no text"),
        (b"\x00" * 900, "no text"),
        ("Only words, no markup.", "no HTML"),
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a feed"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "no readable text"),
        (b"<p>" + b"x" * MAX_PAGE_SIZE, "larger than 3 MB"),
    ],
)
def test_a_page_without_an_article_is_refused_with_the_reason(html, why):
    with pytest.raises(NoArticleError, match=why) as caught:
        clean_page(html, URL)
    assert caught.value.url == URL


@pytest.mark.parametrize("depth", [10, 240, 300, 5000])
def test_a_page_nested_however_deep_is_read(depth):
    html = f"<html><body>{'<div>' * depth}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>{'</div>' * depth}</body></html>"
    article = clean_page(html, URL)
    assert (article.text, article.url) == (f"{PARAGRAPHS[0]}\n{PARAGRAPHS[2]}", URL)


def test_a_page_of_many_boxes_side_by_side_keeps_its_paragraphs_apart():
    boxes = "<div></div>" * 300 + "".join(f"<div>{paragraph}</div>" for paragraph in PARAGRAPHS)
    assert clean_page(f"<html><body>{boxes}</body></html>", URL).text == "\n".join(PARAGRAPHS)


def test_the_charset_that_the_server_declared_is_followed():
    words = "Совет города решил закрыть старый мост до будущей весны, и мэр сказал, что это надолго."
    assert clean_page(page(paragraphs=(words,)).encode("koi8-r"), URL, charset="koi8-r").text == words


def test_a_title_is_one_line_without_odd_characters():
    linked = LINKED | {"headline": "Harbour bridge\nto\u200b close"}
    assert clean_page(page(linked=linked), URL).title == "Harbour bridge to close"


def test_no_control_character_and_no_odd_blank_comes_through():
    paragraphs = (f"{PARAGRAPHS[0]}\x0b\x00 One\u00a0 \u200bmore\u2028 thing was said by the mayor.", PARAGRAPHS[2])
    text = clean_page(page(paragraphs=paragraphs), URL).text
    assert "One more thing was said by the mayor." in text
    assert all(character.isprintable() or character == "\n" for character in text)
