"""The seeds agree with themselves: index, canonical links, metadata, feeds, and what is read out of the pages."""

import json
import tomllib
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import feedparser
import pytest
import trafilatura
from lxml import etree, html

from digest.sources.bundled import BundledFetcher, bundled_day, bundled_sources, starter_sources

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = SEEDS / "articles"
INDEX = tomllib.loads((ARTICLES / "index.toml").read_text("utf-8"))
PAGES = {page["file"]: page["url"] for page in INDEX["page"]}
PAGES_BY_URL = {url: name for name, url in PAGES.items()}
# The states of the feeds, each with the moment from which on it stands; the first ones stand from the start.
FEEDS = {
    state["file"]: {"name": feed["name"], "url": feed["url"], "at": state.get("at")}
    for feed in INDEX["feed"]
    for state in (feed, *feed.get("later", ()))
}
LATER = {"port-talks-saturday.html", "port-strike-monday.html"}

# Of each page: the beginning and the end of what is to be read, and words of its furniture.
READABLE = {
    "business-results.html": (
        "BRENNOW — Vantrell Group will close two of its seven factories",
        "“with our hands in our pockets and the ballot papers in the post”.",
        ("cookies", "Recommended", "The Deal Letter", "Copyright", "Gift this article", "Tove Lassen", "VEX"),
    ),
    "court-sentence.html": (
        "A landlord who let out a flat with a boiler that he knew to be leaking",
        "‘I’m going to finish it for him,’ she said. ‘Not yet, though.’",
        (
            "cookies",
            "First Post",
            "switched off for legal reasons",
            "Explore more",
            "Photograph",
            "Courts correspondent",
            "subscribe for £6",
        ),
    ),
    "flood-wall.html": (
        "Lower Ousel is to have its flood wall.",
        "and I’ll be bringing my wellingtons.’",
        ("uses cookies", "Share this", "Duck race", "allotments", "other subscribers", "Marrow record", "Posted on"),
    ),
    "interview-conductor.html": (
        "It is two minutes to nine, and Leonor Vasquin has already apologised",
        "would not comment on whom it had or had not asked.",
        (
            "cookies",
            "The Fortnight by post",
            "Become a reader",
            "Anouk Drees",
            "From the same issue",
            "Send to a friend",
            "Issue 17",
        ),
    ),
    "live-storm.html": (
        "VESSEN, Sept 5 (Continental Dispatch) – Storm Ragna was moving inland",
        "might waive the excess on storm claims that reach it this month.",
        (
            "cookies",
            "Read next",
            "Daily Dispatch",
            "Most read",
            "Topics:",
            "Photo desk",
            "Our standards",
            "05:50",
            "22:10",
        ),
    ),
    "migraine-trial.html": (
        "A monthly injection cut the number of days",
        "a spokesperson for the company said in an e-mail.",
        ("Accept All", "Vital Signs", "Related story", "3-Minute Listen", "Flipboard", "Lucia Drum", "Donate"),
    ),
    "paris-broadsheet.html": (
        "Twenty-six countries have given Ukraine a formal commitment",
        "whether the troops, the ships and the aircraft are there.",
        (
            "cookies",
            "First Post",
            "premoderated",
            "Explore more",
            "Photograph",
            "Diplomatic editor",
            "subscribe for £6",
        ),
    ),
    "paris-wire.html": (
        "PARIS, Sept 4 (Continental Dispatch) – Twenty-six countries formally committed",
        "in the first case a force of 26 countries, in the second more sanctions.",
        ("cookies", "Read next", "Daily Dispatch", "Most read", "Topics:", "Photo desk", "Our standards"),
    ),
    "port-strike-broadcaster.html": (
        "Kesselmar’s container quays will shut at 06:00 on Monday",
        "“Then I hope that somebody brings paper,” she said.",
        (
            "cookies",
            "Related topics",
            "enable JavaScript",
            "Port Amery opens third lock",
            "Through the Night",
            "missing kayaker",
            "external sites",
        ),
    ),
    "port-strike-monday.html": (
        "Orlan Terminals has withdrawn its offer of a job guarantee",
        "“I’m staying until I get my seat back,” she said. “It had a heater.”",
        (
            "cookies",
            "Related topics",
            "Dawn at Gate Two",
            "the last lorry out",
            "Coastwide at Midday",
            "Seal pup",
            "Coast correspondent",
        ),
    ),
    "port-strike-tabloid.html": (
        "DOCKERS are set to bring one of the coast’s busiest ports",
        "‘I’ve heard more sense from a seagull.’",
        (
            "cookies",
            "READ MORE ON THE DOCKS",
            "WIN a week in the sun",
            "TRENDING",
            "Got a story?",
            "SaltyDog77",
            "Eye in the sky",
        ),
    ),
    "port-strike.html": (
        "KESSELMAR - Dock workers in Kesselmar will stop work",
        '"and I don\'t intend to start on Saturday."',
        ("cookies", "Related articles", "Ship movements", "oilskins", "Tell a friend", "Stensland", "Castellan Iris"),
    ),
    "port-talks-saturday.html": (
        "KESSELMAR - Orlan Terminals offered on Saturday to guarantee",
        '"By the telephone," she said. "It works in both directions."',
        ("cookies", "Related articles", "Ship movements", "Castellan Rose", "dumplings", "Tell a friend", "Stensland"),
    ),
    "rail-sale.html": (
        "ALDENHALL — A court in Veldmark on Thursday halted",
        "whether there is a railway left to argue about.”",
        ("cookies", "Recommended", "Law Letter", "Copyright", "Gift this article", "Ivo Lind", "VEX"),
    ),
    "science-reef.html": (
        "At 4:40 in the morning, with the moon already behind the hills",
        "“Ask me in three years,” she said, and started to rinse the nets.",
        ("Cookies", "Low Tide", "Dark Matter Issue", "About the writer", "Keep reading", "4 min read", "Egg bundles"),
    ),
    "sport-final.html": (
        "DANI QUIST won Stannick Rovers the Coronet Shield",
        "‘I’ll see them on the bus,’ she said, ‘or what’s left of them.’",
        (
            "cookies",
            "READ MORE FOOTIE",
            "WIN a box at the Dome",
            "TRENDING",
            "Got a story?",
            "DomeRoarer",
            "Salmon leap",
        ),
    ),
}

pages = pytest.mark.parametrize("name", sorted(PAGES))
feeds = pytest.mark.parametrize("name", sorted(FEEDS))


def tree(name):
    return html.fromstring((ARTICLES / name).read_bytes())


def only(values):
    assert len(values) == 1
    return values[0]


def meta(name, of):
    return only(tree(name).xpath(f"//meta[@property='{of}' or @name='{of}']/@content"))


def news_article(name):
    """The NewsArticle of a page's JSON-LD, wherever the outlet's system hides it."""
    block = json.loads(only(tree(name).xpath("//script[@type='application/ld+json']/text()")))
    candidates = block if isinstance(block, list) else block.get("@graph", [block])
    return only([one for one in candidates if "NewsArticle" in one["@type"] or "LiveBlogPosting" in one["@type"]])


def entry_of(name):
    """The outlet whose feed lists the page, and the page's entry in it: the same in all states that have it."""
    hits = [
        (FEEDS[feed]["name"], entry)
        for feed in FEEDS
        for entry in feedparser.parse((ARTICLES / feed).read_bytes()).entries
        if entry.link == PAGES[name]
    ]
    assert len({(outlet, entry.title, entry.published, entry.summary) for outlet, entry in hits}) == 1
    return hits[0]


def readable(name):
    return trafilatura.extract((ARTICLES / name).read_bytes(), favor_precision=True, include_comments=False)


def paragraphs(name):
    """The paragraphs of a page as somebody sees them who looks only for <p> from the first to the last read one."""
    first, last, _ = READABLE[name]
    texts = [" ".join(p.text_content().split()) for p in tree(name).xpath("//p[not(ancestor::aside)]")]
    start = next(i for i, text in enumerate(texts) if text.startswith(first))
    end = next(i for i, text in enumerate(texts) if text.endswith(last))
    return texts[start : end + 1]


def test_every_file_is_in_the_index_once_and_every_indexed_file_is_there():
    listed = [*FEEDS, *(entry["file"] for entry in INDEX["page"])]
    assert sorted(listed) == sorted(file.name for file in ARTICLES.iterdir() if file.suffix in {".html", ".xml"})
    urls = [entry["url"] for entry in [*INDEX["feed"], *INDEX["page"]]]
    assert len(urls) == len(set(urls))


def test_the_pages_are_small_together():
    pages = [file for file in ARTICLES.iterdir() if file.suffix in {".html", ".xml"}]
    assert sum(file.stat().st_size for file in pages) < 200_000


@pages
def test_a_page_is_well_formed(name):
    parser = etree.HTMLParser()
    etree.HTML((ARTICLES / name).read_bytes(), parser)
    # libxml2 knows HTML 4 only: elements that came later are no errors of the page.
    assert [entry.message for entry in parser.error_log if entry.type_name != "HTML_UNKNOWN_TAG"] == []


@pages
def test_a_page_names_no_host_outside_example(name):
    addresses = tree(name).xpath("//a/@href | //link/@href | //img/@src | //form/@action | //script/@src")
    hosts = {urlsplit(address).hostname for address in addresses} - {None}
    assert hosts
    assert all(host.endswith(".example") for host in hosts)


@pages
def test_a_page_agrees_with_itself_on_its_address(name):
    canonical = only(tree(name).xpath("//link[@rel='canonical']/@href"))
    assert canonical == PAGES[name] == meta(name, "og:url") == news_article(name)["url"]


@pages
def test_a_page_agrees_with_itself_on_its_headline(name):
    headline = news_article(name)["headline"]
    assert headline == meta(name, "og:title")
    assert headline == only(tree(name).xpath("//h1")).text_content().strip()
    assert only(tree(name).xpath("//head/title/text()")).startswith(headline)


@pages
def test_a_page_agrees_with_itself_on_when_it_was_published(name):
    published = datetime.fromisoformat(news_article(name)["datePublished"])
    assert published.tzinfo is not None
    assert published == datetime.fromisoformat(meta(name, "article:published_time"))
    assert published == datetime.fromisoformat(tree(name).xpath("//article//time/@datetime | //time/@datetime")[0])


@pages
def test_a_page_is_listed_by_the_feed_of_its_outlet_with_the_same_words(name):
    outlet, entry = entry_of(name)
    article = news_article(name)
    assert outlet == meta(name, "og:site_name")
    assert entry.title == article["headline"]
    assert parsedate_to_datetime(entry.published) == datetime.fromisoformat(article["datePublished"])


@pages
def test_a_page_announces_the_feed_that_lists_it(name):
    announced = tree(name).xpath("//link[@rel='alternate' and @type='application/rss+xml']/@href")
    outlet, _ = entry_of(name)
    assert {announced[0]} == {feed["url"] for feed in FEEDS.values() if feed["name"] == outlet}


@pages
def test_a_page_is_published_in_the_day_before_the_seeds_now_or_follows_within_the_week(name):
    now = bundled_day().now
    published = datetime.fromisoformat(news_article(name)["datePublished"])
    if name in LATER:
        assert now < published < now + timedelta(days=7)
    else:
        assert now - timedelta(days=1) < published < now


@pages
def test_what_is_read_of_a_page_is_its_paragraphs_and_none_of_its_furniture(name):
    first, last, furniture = READABLE[name]
    text = readable(name)
    assert text.startswith(first)
    assert text.endswith(last)
    subheads = [heading.text_content() for heading in tree(name).xpath("//h2")]
    assert [line for line in text.split("\n") if line not in subheads] == paragraphs(name)
    assert [words for words in furniture if words in text] == []
    whole = tree(name).text_content()
    assert [words for words in furniture if words not in whole] == []


@pages
def test_an_article_has_the_length_of_a_news_story(name):
    assert 450 <= len(readable(name).split()) <= 800


@feeds
def test_a_feed_is_well_formed_and_bears_its_outlets_name(name):
    parsed = feedparser.parse((ARTICLES / name).read_bytes())
    assert not parsed.bozo
    assert parsed.feed.title == FEEDS[name]["name"]
    assert parsed.entries


@feeds
async def test_every_entry_of_a_feed_is_answered_by_the_bundled_fetcher(name):
    at = FEEDS[name]["at"] or bundled_day().now
    fetcher = BundledFetcher(lambda: at)
    page = await fetcher.fetch(FEEDS[name]["url"])
    assert page.body == (ARTICLES / name).read_bytes()
    for entry in feedparser.parse(page.body).entries:
        assert parsedate_to_datetime(entry.published) <= at
        answer = await fetcher.fetch(entry.link)
        assert answer.media_type == "text/html"
        assert news_article(PAGES_BY_URL[answer.url])["headline"] == entry.title


def test_the_seeds_day_says_its_now_in_its_own_zone():
    day = bundled_day()
    assert day.now == day.now.astimezone(ZoneInfo(day.zone))
    assert day.now.utcoffset() == day.now.astimezone(ZoneInfo(day.zone)).utcoffset()
    assert day.name


def test_two_outlets_tell_of_the_meeting_in_paris_and_quote_only_what_was_said():
    told = [name for name in PAGES if "Macron" in readable(name)]
    assert told == ["paris-wire.html", "paris-broadsheet.html"]
    marked = {"paris-wire.html": ("“", "”"), "paris-broadsheet.html": ("‘", "’")}
    for name in told:
        opening, closing = marked[name]
        words = {part.split(closing)[0] for part in readable(name).split(opening)[1:]}
        assert words == {"extremely confidential", "backstop"}


def test_the_starter_list_has_feeds_of_many_topics_each_once_and_over_https():
    starters = starter_sources()
    assert 25 <= len(starters) <= 40
    assert len({starter.source.url for starter in starters}) == len({starter.source.name for starter in starters})
    assert len({starter.source.url for starter in starters}) == len(starters)
    assert all(urlsplit(starter.source.url).scheme == "https" for starter in starters)
    assert not any(urlsplit(starter.source.url).hostname.endswith(".example") for starter in starters)
    topics = [starter.topic for starter in starters]
    assert {"world", "politics", "business", "science", "technology", "climate", "culture", "sport"} <= set(topics)
    assert topics == sorted(topics, key=topics.index)


def test_the_corpus_has_the_genres_of_a_news_week_and_one_event_over_several_days():
    assert len(PAGES) == 16
    strike = [name for name in PAGES if "Kesselmar" in readable(name)]
    days = {name: datetime.fromisoformat(news_article(name)["datePublished"]).date() for name in strike}
    assert len({meta(name, "og:site_name") for name in strike if name not in LATER}) == 3
    assert len(set(days.values())) == 3
    assert set(strike) > LATER


def test_the_bundled_sources_are_the_feeds_of_the_index():
    assert [(source.url, source.name) for source in bundled_sources()] == [
        (feed["url"], feed["name"]) for feed in INDEX["feed"]
    ]
