import pytest
from lxml import etree

from digest.errors import InvalidFeedError
from digest.sources.opml import MAX_OPML_BYTES, MAX_OUTLINES, Outline, parse_opml, render_opml

A, B, C = (f"https://{name}.example/feed" for name in "abc")


def opml(body, *, declared="UTF-8"):
    return f'<?xml version="1.0" encoding="{declared}"?><opml version="2.0"><head/><body>{body}</body></opml>'


def test_a_list_gives_its_feeds_with_titles_and_nested_folders():
    text = opml(
        f"""<outline text="Top &amp; é" type="rss" xmlUrl="{A}?a=1&amp;b=2" htmlUrl="https://a.example/"/>
        <outline text="News" title="News"><outline title="Ports" xmlUrl="{B}" type="rss"/>
          <outline text="Deep"><outline text="Sea" xmlUrl="{C}" category="/x/y,z"></outline></outline></outline>"""
    )
    assert parse_opml(text.encode()) == (
        Outline(f"{A}?a=1&b=2", "Top & é", ""),
        Outline(B, "Ports", "News"),
        Outline(C, "Sea", "News / Deep"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_declared_encoding_is_understood(encoding):
    text = opml(f'<outline text="é" xmlUrl="{A}"/>', declared=encoding.removesuffix("-sig"))
    assert parse_opml(text.encode(encoding)) == (Outline(A, "é"),)


@pytest.mark.parametrize("declared", ["punycode", "base64", "no-such", "utf-16"])
def test_a_declaration_that_is_wrong_costs_no_feed(declared):
    assert parse_opml(opml(f'<outline text="é" xmlUrl="{A}"/>', declared=declared).encode()) == (Outline(A, "é"),)


def test_a_feed_comes_once_and_what_is_no_feed_on_the_web_not_at_all():
    text = opml(
        f"""<outline text="A" xmlUrl="{A}"/><outline text="again" xmlUrl="{A}"/><outline text="x" xmlUrl="file:///etc/passwd"/>
        <outline text="list" type="include" url="https://lists.example/x.opml"/><outline text="page" type="link"
        url="https://pages.example/"/><outline text="empty" xmlUrl=""/><outline text="js" xmlUrl="javascript:x()"/>"""
    )
    assert parse_opml(text.encode()) == (Outline(A, "A"),)


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<rss/>", b"<html><body>Log in</body></html>", b"{}", b"\xff\xfe\0", b"<opml", b"\0" * 99]
)
def test_what_is_no_list_is_said_to_be_none(body):
    with pytest.raises(InvalidFeedError):
        parse_opml(body)


def test_a_list_that_breaks_off_gives_what_was_whole():
    text = opml(f'<outline text="News"><outline text="A" xmlUrl="{A}"/><outline text="B" xmlUrl="htt')
    assert parse_opml(text[: text.index("htt", text.index('"B"'))].encode()) == (Outline(A, "A", "News"),)


@pytest.mark.parametrize(
    "body",
    [
        b"<opml>" + b" " * MAX_OPML_BYTES,
        b"<opml>" + b"".join(b'<outline xmlUrl="https://a.example/%d"/>' % n for n in range(MAX_OUTLINES + 1)),
        b"<opml>" + b'<outline text="x">' * 10_000,
        b"<opml>" + b"<a/>" * 200_000,
    ],
)
def test_a_list_that_is_too_large_is_refused(body):
    with pytest.raises(InvalidFeedError):
        parse_opml(body)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        (f"{A}?category=world&x=1", "World"),
        (f"{A}?a=1&CATEGORY = ports", "World: category=ports"),
        (f"{A}?q=it's&category=world", "Ann's category = 'ports' & \"more\""),
    ],
)
def test_a_word_of_the_format_inside_of_an_address_or_a_title_stays(url, title):
    outline = Outline(url, title, "category=news")
    assert parse_opml(render_opml([outline], title="Ann's category='all'")) == (outline,)


@pytest.mark.parametrize("before", ["", "<title>Ann's</title>", "<title>a='</title>", '<!-- <outline text=" -->'])
def test_categories_are_no_folders_whatever_stands_before_them(before):
    text = f'<opml>{before}<outline text="News"><outline text="A" category="/x/y,z" xmlUrl="{A}"/></outline></opml>'
    assert parse_opml(text.encode()) == (Outline(A, "A", "News"),)


@pytest.mark.parametrize("attribute", ["category={}", "category = '{}'", 'CATEGORY="{}"', 'text="{}"', "xmlns:x='{}'"])
def test_a_vast_attribute_takes_no_time(attribute):
    values = ",".join(str(number) for number in range(200_000))
    body = f'<opml><outline xmlUrl="{A}" {attribute.format(values)}/></opml>'.encode()
    assert [outline.url for outline in parse_opml(body)] == [A]


def test_deep_and_repeated_folders_take_no_time():
    deep = '<outline text="x">' * 1_999 + f'<outline text="A" xmlUrl="{A}"/>'
    (outline,) = parse_opml(f"<opml>{deep}</opml>".encode())
    assert outline.folder == " / ".join("x" * 10)


def test_entities_neither_expand_nor_load(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE opml [<!ENTITY e0 "boom">{entities}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    (outline,) = parse_opml((doctype + opml(f'<outline text="a &e9; &x;" xmlUrl="{A}"/>')).encode())
    assert len(outline.title) < 100
    assert "secret words" not in outline.title


def test_a_rendered_list_is_opml_as_readers_read_it():
    outlines = [Outline(A, 'A & "B"'), Outline(B, "", "News / Deep"), Outline(C, "C", "News")]
    root = etree.fromstring(render_opml(outlines, title="Gazette <1>"))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Gazette <1>")
    assert [dict(outline.attrib) for outline in root.iter("outline")] == [
        {"type": "rss", "text": 'A & "B"', "title": 'A & "B"', "xmlUrl": A},
        {"text": "News", "title": "News"},
        {"type": "rss", "text": "C", "title": "C", "xmlUrl": C},
        {"text": "Deep", "title": "Deep"},
        {"type": "rss", "text": B, "title": B, "xmlUrl": B},
    ]


def test_an_empty_list_is_a_list():
    assert parse_opml(render_opml([], title="")) == ()
