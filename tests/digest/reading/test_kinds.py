"""A page is an article unless it says otherwise: by JSON-LD, by the Open Graph, or by its form."""

import pytest

from digest.errors import NoArticleError
from digest.model import ArticleKind
from digest.reading.clean import clean_page
from tests.digest.reading.pages import LINKED, PARAGRAPHS, page

URL = "https://www.courier.example/bridge"
LONG = tuple(f"{paragraph} This was report number {number}." for number in range(6) for paragraph in PARAGRAPHS)


def kind(url=URL, **changes):
    return clean_page(page(**changes), url).kind


@pytest.mark.parametrize(
    "asking",
    [
        "Subscribe now to continue reading.",
        "To continue reading, log in or register.",
        "This article is only available to subscribers.",
        "You have reached your limit of free articles.",
        "Please enable JavaScript to continue using the site.",
        "Already a subscriber? Log in",
        "Are you a robot?",
    ],
)
def test_a_short_text_with_a_wall_in_or_beside_it_is_walled(asking):
    assert kind(paragraphs=(PARAGRAPHS[0], asking)) is ArticleKind.WALLED
    assert kind(body=f'<aside class="offer"><button>No</button><p>{asking}</p></aside>') is ArticleKind.WALLED


@pytest.mark.parametrize(
    "telling",
    [
        "The paper has 40,000 subscribers and wants them to keep reading.",
        "Users had to log in to the service twice on Thursday, the council said.",
        "The series is available to subscribers of the channel from March.",
        "Parents must sign up to the scheme by the first of March.",
    ],
)
def test_an_article_that_tells_of_subscribers_is_no_wall(telling):
    assert kind(paragraphs=(*PARAGRAPHS, telling)) is ArticleKind.ARTICLE


def test_a_button_in_the_header_is_no_wall_and_a_long_text_neither():
    header = "<header><p>Already a subscriber? Log in to read</p></header>"
    header += "<noscript>Please enable JavaScript to read</noscript>"
    assert clean_page(page().replace("<main>", f"{header}<main>"), URL).kind is ArticleKind.ARTICLE
    assert kind(paragraphs=(*LONG, "Subscribe now to continue reading.")) is ArticleKind.ARTICLE


def test_a_tier_that_is_locked_is_not_free():
    assert kind(head='<meta property="article:content_tier" content="locked">') is ArticleKind.WALLED
    assert kind(head='<meta property="article:content_tier" content="free">') is ArticleKind.ARTICLE


def test_lines_that_only_ask_are_no_text_of_an_article():
    asking = "<p>Subscribe to continue reading this article.</p><p>Already a subscriber? Log in to continue.</p>"
    with pytest.raises(NoArticleError, match="to pay, to log in or to consent first"):
        clean_page(f"<html><body><h1>Port closes</h1>{asking}</body></html>", "https://gazette.example/port")


def test_a_page_that_only_asks_is_refused_with_the_reason():
    asking = ("We value your privacy", "We and our 812 partners store and access cookies on your device.")
    with pytest.raises(NoArticleError, match="to pay, to log in or to consent first"):
        clean_page(page(linked=None, paragraphs=asking), URL)


def test_a_cookie_notice_above_a_short_report_is_no_wall():
    assert kind(paragraphs=("We use cookies on this site.", *PARAGRAPHS)) is ArticleKind.ARTICLE


def test_live_blogs_are_told_by_their_title_or_address_together_with_times():
    stamped = [f"{hour}:15 {PARAGRAPHS[hour % 3]}" for hour in range(10, 15)]
    assert kind(linked=None, title="Bridge vote: live updates", paragraphs=stamped) is ArticleKind.LIVE_BLOG
    assert kind(f"{URL}/live/vote", linked=None, paragraphs=stamped) is ArticleKind.LIVE_BLOG
    assert kind(linked=None, paragraphs=stamped) is ArticleKind.ARTICLE
    assert kind(linked=None, title="Bridge vote: live updates") is ArticleKind.ARTICLE


def test_galleries_are_told_by_their_type_or_by_their_title_together_with_pictures():
    figures = '<figure><img src="/a.jpg" alt=""><figcaption>The bridge at noon</figcaption></figure>' * 5
    linked = LINKED | {"headline": "The old bridge in pictures"}
    assert kind(linked={"@type": "ImageGallery"}) is ArticleKind.GALLERY
    assert kind(linked=linked, body=figures) is ArticleKind.GALLERY
    assert kind(f"{URL}/gallery/1", body=figures) is ArticleKind.GALLERY
    assert kind(linked=linked) is ArticleKind.ARTICLE
    assert kind(body=figures) is ArticleKind.ARTICLE


def test_videos_are_short_texts_of_pages_that_say_they_are_one():
    assert kind(linked={"@type": "VideoObject"}) is ArticleKind.VIDEO
    assert kind(head='<meta property="og:type" content="video.other">') is ArticleKind.VIDEO
    assert kind(linked={"@graph": [LINKED, {"@type": "VideoObject"}]}) is ArticleKind.ARTICLE
    assert kind(linked={"@type": "VideoObject"}, paragraphs=LONG) is ArticleKind.ARTICLE


def test_lists_are_numbered_pieces_or_indexes_of_other_pages():
    numbered = "".join(f"<h2>{number}. A bridge</h2><p>{PARAGRAPHS[2]}</p>" for number in range(1, 7))
    linked = "".join(
        f'<h3><a href="/{letter}">Bridge {letter} closes</a></h3><p>{PARAGRAPHS[2]}</p>' for letter in "abcdef"
    )
    assert kind(body=numbered) is ArticleKind.LIST
    assert kind(linked={"@type": "CollectionPage"}) is ArticleKind.LIST
    assert kind(linked=None, body=linked) is ArticleKind.LIST
    assert kind(body=linked) is ArticleKind.ARTICLE
    assert kind(linked=None, body="<h2>1. A bridge</h2><h2>1945</h2><h2>1946 and after</h2>") is ArticleKind.ARTICLE
