import pytest

from digest.sources.links import plain_url


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("https://gazette.example/a#top", "https://gazette.example/a"),
        ("HTTPS://Gazette.EXAMPLE:443/A", "https://gazette.example/A"),
        ("http://gazette.example:80", "http://gazette.example/"),
        ("http://gazette.example:8080/a", "http://gazette.example:8080/a"),
        ("http://gazette.example:/a", "http://gazette.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("https://gazette.example/a?utm_source=x&b=2&UTM_Medium=y&a=1", "https://gazette.example/a?b=2&a=1"),
        ("https://gazette.example/a?fbclid=x", "https://gazette.example/a"),
        ("https://gazette.example/a?gclid=1&mc_cid=2&mc_eid=3&at_medium=RSS&CMP=4", "https://gazette.example/a"),
        ("https://gazette.example/a?ref=rss&id=7", "https://gazette.example/a?id=7"),
        ("https://gazette.example/a?&&b=%C3%A9", "https://gazette.example/a?b=%C3%A9"),
        ("https://gazette.example/a?u%74m_source=x", "https://gazette.example/a"),
    ],
)
def test_a_plain_url_has_no_fragment_no_tracking_and_one_way_of_writing_its_host(written, plain):
    assert plain_url(written) == plain
    assert plain_url(plain) == plain


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/a?id=7&page=2&lang=de&p=1",
        "https://gazette.example/a?ref=main",
        "https://gazette.example/a?source=agency",
        "https://gazette.example/a?b=1&a=2",
        "https://gazette.example/a?q",
        "https://gazette.example/A/b/",
        "http://gazette.example/a",
    ],
)
def test_what_may_tell_pages_apart_stays(url):
    assert plain_url(url) == url


@pytest.mark.parametrize(
    "text", ["", "ports", "http://[::1", "http://gazette.example:x/", "mailto:desk@gazette.example"]
)
def test_what_is_no_url_comes_back_as_it_is(text):
    assert plain_url(text) == text
