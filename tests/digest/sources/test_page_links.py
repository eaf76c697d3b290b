from time import process_time

import pytest

from digest.errors import InvalidFeedError
from digest.sources.page_links import MAX_LINKS, parse_links
from tests.builders import page

HOME = "https://www.gazette.example/"
DATED = "/2026/11/23/ferry-late.html"


def links(html, url=HOME):
    return [(entry.url.removeprefix("https://www.gazette.example"), entry.title) for entry in feed(html, url).entries]


def feed(html, url=HOME):
    return parse_links(page(html, url=url))


def anchor(href, text):
    return f'<div class="teaser"><a href="{href}">{text}</a></div>'


def sure(count=3, start=0):
    return "".join(
        anchor(f"/news/{10_000 + number}", f"Harbour opens gate {number} again")
        for number in range(start, start + count)
    )


def added(html, url=HOME):
    """What the page's links are besides those of `sure`."""
    return [link for link in links(html + sure(), url) if not link[0].startswith("/news/1000")]


def test_a_front_page_gives_its_articles_in_its_order_each_once():
    parsed = feed(
        f"""<html lang="en-GB"><head><title>The
        Gazette</title></head><body>
        <nav>{anchor("/2026/11/23/menu-picks-today", "Five stories you must read")}</nav>
        <main><h2><a href="{DATED}?utm_source=home#top">Ferry late again on Monday</a></h2>
        <a href="{DATED}"><img src="/ferry.jpg"></a>
        <a href="/harbour-opens-its-second-gate"><h3>Harbour opens its second gate</h3><p>Kicker and summary</p></a>
        <p><a href="https://news.gazette.example/a/123456">Council votes on the pier</a></p></main></body></html>"""
    )
    assert (parsed.title, parsed.language, parsed.asked_every) == ("The Gazette", "en-gb", None)
    assert [(entry.url, entry.title) for entry in parsed.entries] == [
        (f"https://www.gazette.example{DATED}?utm_source=home", "Ferry late again on Monday"),
        ("https://www.gazette.example/harbour-opens-its-second-gate", "Harbour opens its second gate"),
        ("https://news.gazette.example/a/123456", "Council votes on the pier"),
    ]
    assert parsed.entries[0].identity == f"https://www.gazette.example{DATED}"
    assert all(entry.published_at is None for entry in parsed.entries)


@pytest.mark.parametrize(
    "href",
    [
        DATED,
        "/world/2026/nov/23/ferry-late",
        "/2026-11-23/ferry-late",
        "/20261123/ferry-late/",
        "/ferry-late-again-on-monday",
        "/ferry_late_again_on_monday.html",
        "/news/articles/c4g5x1kz7z9o",
        "/sea/ferry-12345678",
        "/story.php?id=77",
        "/?p=77",
        "/politics/2026/11/23/ferry-late/index.html",
        "/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC-%D0%BE%D0%BF%D0%BE%D0%B7%D0%B4%D0%B0%D0%BB-%D0%B2-%D1%81%D1%80%D0%B5%D0%B4%D1%83-%D1%83%D1%82%D1%80%D0%BE%D0%BC",
    ],
)
def test_an_address_that_holds_a_date_a_number_or_a_sentence_leads_to_an_article(href):
    assert added(anchor(href, "Ferry late again on Monday")) == [(href, "Ferry late again on Monday")]


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "#top",
        "/sport",
        "/tag/2026/11/23/ferry-late",
        "/author/ada-quill-of-the-harbour/12345",
        "/topics/what-we-know-of-ferries",
        "/login?id=12345",
        "/impressum/12345",
        "/2026/11/23/ferry-late.jpg",
        "/reports/12345678.pdf",
        "https://other.example/2026/11/23/ferry-late",
        "https://gazette.example.evil.example/2026/11/23/ferry-late",
        "mailto:desk@gazette.example",
        "javascript:open(12345)",
        "http://[::1",
        "/ferry-late",
    ],
)
def test_other_links_lead_to_no_article(href):
    assert added(anchor(href, "Ferry late again on Monday")) == []


@pytest.mark.parametrize("text", ["", "More", "Read more", "42 comments", "23.11.2026 08:00", "<img alt='Ferry late'>"])
def test_what_is_no_headline_names_no_article(text):
    assert added(anchor(DATED, text)) == []


def test_a_menu_in_three_words_whose_address_is_a_sentence_is_no_article():
    assert added(anchor("/our-terms-of-service-here", "Terms of Service")) == []


def test_a_headline_without_spaces_or_in_a_label_counts():
    label = f'<a href="{DATED}" aria-label="Ferry late again on Monday"><svg><title>x</title></svg></a>'
    assert added(label) == [(DATED, "Ferry late again on Monday")]
    assert added(anchor(DATED, "渡し船は月曜日にまた遅れた")) == [(DATED, "渡し船は月曜日にまた遅れた")]


def test_short_addresses_are_believed_where_many_look_alike():
    hrefs = ["/sea/ferry-late", "/sea/new-pier", "/town/old-mill"]
    html = "".join(anchor(href, "A headline of several words") for href in hrefs)
    assert [href for href, _ in added(html)] == hrefs
    assert added(html.partition("</div>")[0]) == []


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        '<div class="site Footer"><p>{}</p></div>',
        '<ul id="menu">{}</ul>',
        '<div role="navigation">{}</div>',
        "<p>As we said in {} last week, the ferry was late" + ", and its passengers waited" * 9 + "</p>",
    ],
)
def test_what_stands_in_menus_footers_and_prose_is_left_out(around):
    assert added(around.format(f'<a href="{DATED}">Ferry late again on Monday</a>')) == []


def test_menus_count_where_the_page_has_nothing_else():
    assert len(links(f"<body class='has-menu'><nav>{sure(4)}</nav></body>")) == 4


def test_relative_links_count_from_the_base_of_the_page():
    html = (
        f'<base href="https://www.gazette.example/x/">{anchor("2026/11/23/ferry-late", "Ferry late again on Monday")}'
    )
    assert added(html) == [("/x/2026/11/23/ferry-late", "Ferry late again on Monday")]


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\0",
        "hello",
        "{}",
        "<rss version='2.0'><channel/></rss>",
        sure(2),
        "<form action='/login'><h1>Log in</h1><a href='/reset?id=12345'>Forgot your password here</a></form>",
    ],
)
def test_a_page_with_fewer_than_three_articles_is_no_source(html):
    with pytest.raises(InvalidFeedError):
        feed(html)


def test_of_many_articles_a_hundred_are_taken():
    assert len(links(sure(9_000))) == MAX_LINKS


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000,
        "<a href=/n/12345>" * 100_000,
        "<p>word <a href='/n/12345'>Ferry late again on Monday" * 40_000,
        "<a href='/n/12345'>" + "<b>x" * 300_000,
        "<div " + "class='x' " * 200_000 + ">",
        f"<div class='{'nav-x ' * 400_000}'>",
        "<a href='/" + "2026/" * 500_000 + "'>Ferry late again on Monday</a>",
        "".join(f"<a href='/{number}'>x</a>" for number in range(150_000)),
        "<p>" + "<i>a</i>" * 100 + "<a href='/n/12345'>Ferry late again on Monday</a>" * 30_000,
    ],
)
def test_hostile_markup_takes_no_more_than_seconds(html):
    start = process_time()
    with pytest.raises(InvalidFeedError):
        feed(html)
    assert process_time() - start < 5
