"""Whatever comes off the wire, cleaning gives an article or NoArticleError."""

import contextlib

from hypothesis import example, given, settings, strategies as st

from digest.errors import NoArticleError
from digest.reading.charset import decode_page
from digest.reading.clean import clean_page
from tests.digest.reading.pages import PARAGRAPHS, page

_LINKED = '{"@type": "Article", "author": [1, null, {"name": []}], "datePublished": {}, "image": [[]]}'
_PLAIN = "<p> </p> <div> </div> <table> <tr> <td> <li> <br> <h1> <svg> <style> <!-- --> <![CDATA[ ]]> &#0; &#xD800; < >"
_TAGS = st.sampled_from(_PLAIN.split()) | st.sampled_from(
    (
        *PARAGRAPHS,
        _LINKED,
        "<script type='application/ld+json'>",
        "</script>",
        "<meta property='og:image' content='//['>",
        "<link rel=canonical href='http://[x'>",
        "<time itemprop=datePublished datetime='9999-12-31T23:59-23:59'>",
        "<html lang='\x00'>",
        "<base href='x:'>",
        "\x00",
        "\ud800",
    )
)
soups = st.lists(_TAGS | st.text(max_size=8), max_size=40).map("".join)


@settings(deadline=None, max_examples=120)
@given(
    soups | soups.map(lambda soup: page(body=soup)) | st.binary(max_size=400),
    st.text(max_size=20),
    st.text(max_size=12),
)
@example("<p>" + PARAGRAPHS[0] + "<time itemprop=datePublished datetime='9999-12-31T23:59:59-23:59'>", "http://[", "")
def test_any_page_gives_a_clean_article_or_the_reason_why_not(html, url, charset):
    with contextlib.suppress(NoArticleError):
        article = clean_page(html, url, charset=charset)
        assert article.text == article.text.strip()
        assert "\n\n" not in article.text
        for words in (article.text, article.title, article.byline, article.site):
            assert not any(character < " " and character != "\n" for character in words)
        for address in (article.image, article.canonical_url):
            assert not address or address.startswith(("http://", "https://"))
        for instant in (article.published_at, article.modified_at):
            assert instant is None or instant.tzinfo is not None


@settings(deadline=None, max_examples=30)
@given(st.permutations(PARAGRAPHS), st.integers(1, 3))
def test_the_words_of_the_article_stand_on_the_page_as_often_and_in_that_order(paragraphs, count):
    text = clean_page(page(paragraphs=paragraphs[:count]), "https://courier.example/").text
    assert text == "\n".join(paragraphs[:count])


@given(st.binary(max_size=200), st.none() | st.text(max_size=12))
def test_any_bytes_decode_or_are_said_to_be_no_text(body, charset):
    assert isinstance(decode_page(body, charset), str | None)
