from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest

from digest.errors import InvalidFeedError
from digest.sources.feeds import MAX_ENTRIES, MAX_SUMMARY, MAX_TITLE, parse_feed
from tests.builders import page

FEED_URL = "https://gazette.example/d/feed.xml"

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" xml:base="https://other.example/base/">
  <title type="html">Harbour &amp;amp; &lt;b&gt;Gazette&lt;/b&gt;</title>
  <entry>
    <id>tag:gazette.example,2026:1</id>
    <title type="text">Fish &amp; <![CDATA[<chips>]]></title>
    <link rel="self" href="self.atom"/><link href="ports"/>
    <published>2026-11-23T08:00:00+01:00</published>
    <updated>2026-11-24T08:00:00+01:00</updated>
    <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></summary>
  </entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://gazette.example/"><title>Gazette</title></channel>
  <item rdf:about="https://gazette.example/1"><title>Ports</title><link>https://gazette.example/1</link>
    <dc:date>2026-11-23T08:00:00+01:00</dc:date></item>
</rdf:RDF>"""


def rss(*items, head="", version="2.0"):
    return f'<rss version="{version}"><channel><title>Gazette</title>{head}{"".join(items)}</channel></rss>'


def rss_item(title="Ports", link="/1", more=""):
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def feed(body, **changes):
    return parse_feed(page(body, url=FEED_URL, **changes))


def only_entry(body, **changes):
    (entry,) = feed(body, **changes).entries
    return entry


def test_an_rss_feed_gives_its_entries_with_absolute_urls_and_instants_in_utc():
    more = "<guid isPermaLink='false'>ports-1</guid><pubDate>Mon, 23 Nov 2026 09:00:00 +0100</pubDate>"
    parsed = feed(
        rss(rss_item(more=more + "<description>&lt;p&gt;Five ports.</description>"), head="<language>en-us</language>")
    )
    (entry,) = parsed.entries
    assert (parsed.title, parsed.language) == ("Gazette", "en-us")
    assert (entry.identity, entry.url) == ("ports-1", "https://gazette.example/1")
    assert (entry.title, entry.summary) == ("Ports", "Five ports.")
    assert entry.published_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert entry.published_at.tzinfo is UTC


def test_an_atom_feed_gives_plain_text_of_every_type_and_links_from_its_base():
    parsed = feed(ATOM)
    (entry,) = parsed.entries
    assert (parsed.title, parsed.language) == ("Harbour & Gazette", "en-gb")
    assert (entry.identity, entry.url) == ("tag:gazette.example,2026:1", "https://other.example/base/ports")
    assert (entry.title, entry.summary) == ("Fish & <chips>", "One. Two.")
    assert entry.published_at == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_an_rdf_feed_is_read():
    entry = only_entry(RDF)
    assert (entry.url, entry.published_at) == ("https://gazette.example/1", datetime(2026, 11, 23, 7, 0, tzinfo=UTC))


@pytest.mark.parametrize("version", ["0.90", "0.91", "0.92", "0.93", "0.94", "2.0", "3.5", ""])
def test_every_version_of_rss_is_read(version):
    assert only_entry(rss(rss_item(), version=version)).title == "Ports"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-11-23T08:00:00Z", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("Mon, 23 Nov 2026 08:00:00 EST", datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("0000-00-00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("99999999999999", None),
    ],
)
def test_a_date_is_an_instant_in_utc_or_nothing(published, expected):
    assert only_entry(rss(rss_item(more=f"<pubDate>{published}</pubDate>"))).published_at == expected


def test_an_update_stands_in_for_a_missing_date():
    body = ATOM.replace("<published>2026-11-23T08:00:00+01:00</published>", "")
    assert only_entry(body).published_at == datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("un&lt;b&gt;believ&lt;/b&gt;able", "unbelievable"),
        ("5 &lt; 6", "5 < 6"),
        ("<![CDATA[R&D <i>now</i>]]>", "R&D now"),
        ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", "one two"),
        ("How to nest &lt;script&gt;", "How to nest <script>"),
        ("  two \n lines ", "two lines"),
        ("a &#8220;quote&#8221; — é", "a “quote” — é"),
        ("caf&eacute; raw & loose", "café raw & loose"),
        ("a&#1;b\x02c", "abc"),
        ("", ""),
    ],
)
def test_a_title_is_plain_text(written, shown):
    assert only_entry(rss(rss_item(title=written))).title == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&lt;p&gt;x&lt;/p&gt;&lt;script&gt;evil()&lt;/script&gt;&lt;style&gt;p{}&lt;/style&gt;", "x"),
        ("&lt;!-- note --&gt;x &lt; y", "x < y"),
        ("one&lt;br/&gt;two &lt;img src=x onerror=evil()&gt;", "one two"),
        ("&lt;a href='", ""),
    ],
)
def test_a_summary_is_plain_text(written, shown):
    assert only_entry(rss(rss_item(more=f"<description>{written}</description>"))).summary == shown


@pytest.mark.parametrize("reference", ["&#xD800;", "&#x110000;", "&#99999999999;", "&#xFFFFFFFFFFFFFFFFFFFF;"])
def test_an_impossible_character_costs_no_entry(reference):
    parsed = feed(rss(rss_item(title=f"a{reference}b &#233;"), rss_item(title="Second", link="/2")))
    assert [entry.title for entry in parsed.entries] == ["a\ufffdb é", "Second"]


def test_long_titles_and_summaries_are_cut_at_a_word():
    entry = only_entry(rss(rss_item(title="word " * 5000, more=f"<description>{'word ' * 5000}</description>")))
    assert len(entry.title) <= MAX_TITLE
    assert len(entry.summary) <= MAX_SUMMARY
    assert entry.title.endswith(" word")
    assert len(only_entry(rss(rss_item(title="x" * 9000))).title) == MAX_TITLE


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "mailto:desk@gazette.example", "ftp://gazette.example/1", "http://[::1", "", "data:,x"],
)
def test_an_entry_without_a_link_to_the_web_is_left_out(link):
    assert [entry.url for entry in feed(rss(rss_item(link=link), rss_item(link="/2"))).entries] == [
        "https://gazette.example/2"
    ]


def test_an_entry_without_an_id_is_known_by_its_url():
    assert only_entry(rss(rss_item())).identity == "https://gazette.example/1"


def test_a_permanent_link_serves_as_the_link():
    assert (
        only_entry(rss("<item><title>x</title><guid>https://gazette.example/1</guid></item>")).url
        == "https://gazette.example/1"
    )


def test_an_id_does_not_change_with_the_address_of_the_feed():
    body = rss(rss_item(more="<guid>ports-1</guid>"))
    assert (
        only_entry(body).identity
        == parse_feed(page(body, url="https://moved.example/")).entries[0].identity
        == "ports-1"
    )


def test_an_identity_that_comes_twice_counts_once():
    items = (rss_item(title=title, more="<guid isPermaLink='false'>same</guid>") for title in ("First", "Second"))
    assert [entry.title for entry in feed(rss(*items)).entries] == ["First"]


def test_a_feed_without_entries_is_a_feed():
    assert feed(rss()).entries == ()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "cp1252", "cp500"]
)
def test_a_declared_encoding_is_understood(encoding):
    declaration = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>"
    assert only_entry((declaration + rss(rss_item(title="é"))).encode(encoding)).title == "é"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("iso-8859-1", "iso-8859-1"), ("utf-8", "utf-8"), ("iso-8859-1", None), ("utf-8", "no-such")],
)
def test_the_charset_of_the_header_is_understood(encoding, charset):
    assert only_entry(rss(rss_item(title="é")).encode(encoding), charset=charset).title == "é"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n ",
        b"hello",
        b"{}",
        b"\0" * 2000,
        b"%PDF-1.7",
        b"<rss",
        b"<",
        "<!DOCTYPE html><html><head><title>Gazette</title></head><body><p>Hello</p></body></html>",
        "<html><body><item><link>https://gazette.example/1</link></item></body></html>",
        "<html><body><p>An example:</p><pre><rss version='2.0'></rss></pre></body></html>",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/</loc></url></urlset>",
        "<opml version='2.0'><body><outline xmlUrl='https://a.example/'/></body></opml>",
        "<?xml version='1.0'?><note><title>x</title></note>",
        b"/etc/passwd",
        b"https://gazette.example/feed.xml",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body):
    with pytest.raises(InvalidFeedError) as caught:
        feed(body)
    assert caught.value.url == FEED_URL


def test_a_name_of_a_file_in_place_of_a_feed_is_not_opened(tmp_path):
    path = Path(tmp_path, "feed.xml")
    path.write_text(rss(rss_item()))
    with pytest.raises(InvalidFeedError):
        feed(str(path))


@pytest.mark.parametrize(
    "end", ["<item><title>Half", "<item><title>Half</title><link>https://gazette.example/ha", "<item>", "<it", ""]
)
def test_a_feed_that_breaks_off_gives_what_was_whole(end):
    body = rss(rss_item(), rss_item(link="/2")).removesuffix("</channel></rss>") + end
    assert [entry.url for entry in feed(body).entries] == ["https://gazette.example/1", "https://gazette.example/2"]


def test_an_entry_broken_off_behind_its_link_is_left_for_the_next_time():
    whole = rss(rss_item(), rss_item(link="/2", more="<guid isPermaLink='false'>two</guid>"))
    assert [entry.url for entry in feed(whole[: whole.rindex("<guid")]).entries] == ["https://gazette.example/1"]


def test_an_open_last_entry_in_a_whole_feed_is_kept():
    body = rss(rss_item(), rss_item(link="/2").removesuffix("</item>"))
    assert len(feed(body).entries) == 2


@pytest.mark.parametrize("end", ["</item>", ""])
def test_of_50000_entries_the_first_and_the_last_are_taken(end):
    items = (f"<item><title>t</title><link>/{number}</link>{end}" for number in range(50_000))
    urls = [entry.url for entry in feed(rss(*items)).entries]
    assert len(urls) == MAX_ENTRIES
    assert urls[0] == "https://gazette.example/0"
    assert urls[-1] == "https://gazette.example/49999"


def test_an_entity_bomb_does_not_go_off():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{entities}]>' + rss(rss_item(title="&e9;"))
    assert len(only_entry(bomb).title) <= MAX_TITLE


def test_an_external_entity_is_not_read(tmp_path):
    secret = Path(tmp_path, "secret")
    secret.write_text("secret words")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + rss(rss_item(title="a &x; b"))
    assert "secret" not in str(feed(body))


def test_a_page_of_html_is_told_from_a_feed_at_once():
    body = "<html><body>" + "<p>Hello <a href='/x'>there</a>" * 90_000
    with pytest.raises(InvalidFeedError, match="is not a feed"):  # feedparser alone takes half a minute
        feed(body)


NAMESPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def named(more):
    return only_entry(rss(rss_item(more=more)).replace("<rss ", f"<rss {NAMESPACES} "))


@pytest.mark.parametrize(
    ("more", "author"),
    [
        ("<dc:creator>Ada Quill</dc:creator>", "Ada Quill"),
        ("<dc:creator>Ada Quill</dc:creator><dc:creator> Bo  Reed </dc:creator>", "Ada Quill, Bo Reed"),
        ("<author>desk@gazette.example (Ada Quill)</author>", "Ada Quill"),
        ("<author>Ada Quill &lt;ada@gazette.example&gt;</author>", "Ada Quill"),
        ("<author>desk@gazette.example</author>", ""),
        ("<dc:creator><![CDATA[<a href='/x'>Ada &amp; Bo</a>]]></dc:creator>", "Ada & Bo"),
        ("<author>" + "Ada " * 999 + "</author>", "Ada " * 49 + "Ada"),
        ("", ""),
    ],
)
def test_an_author_is_named_without_an_address(more, author):
    assert named(more).author == author


def test_the_author_of_an_atom_entry_is_named():
    author = "<author><name>Ada Quill</name><email>ada@gazette.example</email></author></entry>"
    assert only_entry(ATOM.replace("</entry>", author)).author == "Ada Quill"


def test_sections_are_what_it_is_filed_under_each_once_and_no_addresses():
    categories = ("Sea", "Trade", "Sea", " ", "http://engine.example/kind#post", "Sea &amp; sun")
    more = "".join(f"<category>{name}</category>" for name in categories) + "<dc:subject>Ports</dc:subject>"
    assert named(more).sections == ("Sea", "Trade", "Sea & sun", "Ports")
    atom = ATOM.replace("</entry>", '<category term="s1" label="Sports"/><category term="s2"/></entry>')
    assert only_entry(atom).sections == ("Sports", "s2")


def test_of_many_and_long_sections_twenty_short_ones_are_kept():
    sections = named("".join(f"<category>{'x' * 999}{number}</category>" for number in range(999))).sections
    assert sections == ("x" * 100,)
    assert len(named("".join(f"<category>{number}</category>" for number in range(999))).sections) == 20


def test_an_entry_says_its_language_or_none():
    assert named("<dc:language>fr_CA</dc:language>").language == "fr-ca"
    assert named("").language is None
    assert only_entry(ATOM).language == "en-gb"


def test_a_feed_says_how_often_it_wants_to_be_asked():
    head = "<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
    assert feed(rss(head="<ttl>30</ttl>")).asked_every == timedelta(minutes=30)
    assert feed(rss(head=head).replace("<rss ", f"<rss {NAMESPACES} ")).asked_every == timedelta(hours=1)
    assert feed(rss()).asked_every is None


def test_an_entry_without_an_id_is_the_same_with_other_tracking():
    items = (rss_item(link=f"/1?id=7&amp;utm_source={name}#{name}") for name in ("rss", "mail"))
    assert [entry.identity for entry in feed(rss(*items)).entries] == ["https://gazette.example/1?id=7"]


@pytest.mark.parametrize("media_type", ["text/html", "application/json", "application/octet-stream", "text/plain"])
def test_a_feed_is_known_by_its_bytes_whatever_it_is_said_to_be(media_type):
    assert only_entry(rss(rss_item()), media_type=media_type).title == "Ports"


def test_a_comment_about_pages_before_a_feed_makes_no_page_of_it():
    assert only_entry("<!-- for readers, not for <html> ones -->" + rss(rss_item())).title == "Ports"


def test_a_login_page_in_place_of_a_feed_is_said_to_be_none():
    body = "<!doctype html><html><body><form action='/login'><input name='user'></form></body></html>"
    with pytest.raises(InvalidFeedError, match="is not a feed"):
        feed(body, media_type="application/rss+xml")


@pytest.mark.parametrize(
    "body",
    [
        "<!-- " * 500_000 + "<rss>",
        "<html>" + "<!-- x -->" * 100_000,
        "<urlset>" + "<url>" * 500_000,
        "<urlset><url><news>" + "<title>x</title>" * 100_000,
        rss("<item>" * 100_000),
        rss(rss_item(more="<author>" + "a@" * 500_000 + "</author>")),
        rss(rss_item(more="<author>" + "( " * 500_000 + "</author>")),
        rss(rss_item(title="&lt;b&gt;" * 100_000)),
    ],
)
def test_hostile_bytes_are_answered_in_seconds(body):
    start = process_time()
    with suppress(InvalidFeedError):
        feed(body)
    assert process_time() - start < 5
