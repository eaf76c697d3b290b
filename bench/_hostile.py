"""Pages that are hard on a reader, by families; each says whether there is prose to be found in it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PROSE = (
    "The council of Quayside voted on Tuesday to keep the old ferry running until the new bridge is paid for in full.",
    "Mayor Edda Lorne said the town would not borrow another crown for it, whatever the ministry wrote in its letter.",
    "The ferry carries nine hundred people a day, and most of them work in the yards on the far side of the river.",
    "A decision on the fares is expected in the spring, after the auditors have looked at the books of the harbour.",
)
_BODY = "".join(f"<p>{line}</p>" for line in PROSE)
_FILLER = "A line of the minutes, number {}, was read out and nobody in the hall had anything to say to it."


@dataclass(frozen=True, slots=True)
class HostilePage:
    """A page off the wire; with `has_prose` a reader in front of a browser would see PROSE."""

    name: str
    body: bytes
    charset: str | None = None
    has_prose: bool = True


def hostile_pages() -> Iterator[HostilePage]:
    """Yield every page, the families after each other."""
    for family in _FAMILIES:
        name = family.__name__.removeprefix("_")
        for number, page in enumerate(family()):
            body, charset, has_prose = page if isinstance(page, tuple) else (page, None, True)
            yield HostilePage(
                f"{name}-{number}", body if isinstance(body, bytes) else body.encode(), charset, has_prose
            )


_Page = str | bytes | tuple[str | bytes, str | None, bool]


def _html(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Ferry stays</title>{head}</head><body>{body}</body></html>"


def _bare(page: str | bytes) -> _Page:
    return page, None, False


def _broken() -> Iterator[_Page]:
    yield _html("".join(f"<p>{line}" for line in PROSE))
    yield "".join(f"<p>{line}</p>" for line in PROSE)
    yield f"<div>{_BODY}"
    yield f"<html><body><body><html>{_BODY}</body></body></html></html>"
    yield _html(_BODY.replace("<p>", "<b><i><p></b>").replace("</p>", "</i></p>"))
    yield _html(_BODY).upper().replace(PROSE[0].upper(), PROSE[0])
    yield _html(_BODY)[:-30]
    yield _html(_BODY.replace("<p>", "<p class=a id=b onclick=alert('x')  =  \"\" <<>"))
    yield f"</div></p></body></html>{_html(_BODY)}"
    yield _html(f"<table><p>{_BODY}</table></p><td>")
    yield _html(_BODY.replace("</p>", "</p></div></section></article>"))
    yield _html("<p>" + "</p ><p >".join(PROSE) + "</p\n>")
    yield f"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><?xml version='1.0'?>{_html(_BODY)}"
    yield f"<html xmlns='http://www.w3.org/1999/xhtml'/><body>{_BODY}</body>"
    yield _html(f"<a href='x'>{_BODY}")
    yield _html(f"<h1>{_BODY}")
    yield _html(f"<select><option>{_BODY}</select>{_BODY}")


def _encodings() -> Iterator[_Page]:
    accented = _html(_BODY.replace("ferry", "ferry “Œuvre”"))
    for name in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15", "mac-roman", "cp437", "koi8-r", "iso-8859-5"):
        yield accented.encode(name, "xmlcharrefreplace"), name, True
    for name in ("shift_jis", "gb18030", "big5", "euc-kr", "iso-2022-jp", "utf-7", "utf-16-le", "utf-16-be", "utf-32"):
        yield accented.encode(name, "xmlcharrefreplace"), name, True
    for wrong in ("utf-16", "shift_jis", "nonsense", "utf-8", "\x00", "iso-2022-kr"):
        yield accented.encode("cp1252", "xmlcharrefreplace"), wrong, True
    yield _html(_BODY, "<meta charset='utf-16'>")
    yield accented.encode() + b"\xff\xfe\xfa" * 10
    yield b"\xff" * 30 + accented.encode()


def _nesting() -> Iterator[_Page]:
    for tag in (
        "div",
        "span",
        "b",
        "section",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "font",
        "article",
        "a",
        "x-box",
    ):
        for depth in (100, 260, 3000):
            yield _html(f"<{tag}>" * depth + _BODY)
    yield _html("<div>" * 50_000 + _BODY)
    yield _html("<b>" * 100_000 + _BODY)
    yield _html("<div><p>" * 20_000 + _BODY)
    yield _html("<form>" * 5000 + "<object>" * 5000 + _BODY)


def _tables() -> Iterator[_Page]:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in PROSE)
    yield _html(f"<table>{rows}</table>")
    yield _html(f"<table><tr><td><a href='/'>Home</a></td><td>{_BODY}</td></tr></table>")
    yield _html(f"<table><tr><td><table><tr><td><table><tr><td>{_BODY}</table></table></table>")
    yield _html(_BODY + "<table>" + "<tr><td>1</td><td>2</td></tr>" * 20_000 + "</table>")
    yield _html("<table>" + "<tr>" + "<td>7</td>" * 30_000 + "</tr></table>" + _BODY)
    yield _html(f"<table><caption>{_BODY}</caption></table>")
    yield _html(f"<table><tr><td colspan=99999999 rowspan=99999999>{_BODY}")
    yield _html(
        f"<center><table width=600><tbody><tr valign=top><td>{'<br><br>'.join(PROSE)}</td></tr></table></center>"
    )


def _entities() -> Iterator[_Page]:
    yield _html("".join(f"<p>{''.join(f'&#{ord(letter)};' for letter in line)}</p>" for line in PROSE))
    yield _html("".join(f"<p>{''.join(f'&#x{ord(letter):06x}' for letter in line)}</p>" for line in PROSE))
    yield _html(_BODY.replace(" ", "&nbsp;"))
    yield _html(_BODY.replace("e", "&amp;#101;"))
    yield _html(_BODY + "&#0;&#xD800;&#x110000;&#99999999999;&bogus;&" * 500)
    yield _html(_BODY.replace(" ", "&shy; &zwj;&lrm;"))
    yield _html(_BODY + "&amp;" * 300_000)
    yield f"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>{_html(_BODY + '&b;' * 50)}"
    yield _html(_BODY.replace("<p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt; "))


def _scripts() -> Iterator[_Page]:
    yield _html(f"<script>var a = '</p></div>{'x' * 100}';</script>{_BODY}<script>document.write('<p>')</script>")
    yield _html(f"<script>window.state={json.dumps({'k': ['v' * 40] * 30_000})}</script>{_BODY}")
    yield _html(f"{_BODY}<script>" + "if (a < b) {" * 20_000)
    yield _html(_BODY, f"<script type='application/ld+json'>{'[' * 50_000}</script>")
    yield _html(_BODY, f"<script type='application/ld+json'>{'{' * 9}\"@type\": </script>")
    yield _html(_BODY, '<script type=\'application/ld+json\'>{"@type":"NewsArticle"}</script>' * 5000)
    linked = json.dumps({"@type": "NewsArticle", "headline": "Ferry stays", "articleBody": "\n".join(PROSE)})
    yield _html("<div id=root></div>", f"<script type='application/ld+json'>{linked}</script>")
    yield _html(f"<style>{'p{color:red}' * 60_000}</style>{_BODY}")
    yield _html("".join(f"<p><script>1</script>{line}<script>2</script></p>" for line in PROSE))
    yield _html(f"<noscript><p>Scripts are off.</p></noscript>{_BODY}")
    yield _bare(_html("<noscript>" + _BODY + "</noscript>"))
    yield _html(f"<script><![CDATA[{_BODY}]]></script>{_BODY}")


def _attributes() -> Iterator[_Page]:
    yield _html(f"<div title='{'x' * 2_900_000}'>{_BODY}</div>")
    yield _html(f"<div class='{'a ' * 500_000}'>{_BODY}</div>")
    yield _html("<div " + " ".join(f"data-{number}=1" for number in range(30_000)) + f">{_BODY}</div>")
    yield _html(f"<img src='data:image/png;base64,{'A' * 2_000_000}'>{_BODY}")
    yield _html(f"<div style='{'a:b;' * 300_000}'>{_BODY}</div>")
    yield _html(f"<p id='x' id='y' id='z'>{PROSE[0]}</p>{_BODY}")
    yield _html(_BODY + '<div title="' + "never closed " * 2000)
    yield _html("".join(f"<p style='x' class='{'c' * 20_000}'>{line}</p>" for line in PROSE))
    yield _html(f"<a href='{'/x' * 500_000}'>on</a>{_BODY}")
    yield _html(_BODY, f"<meta name='description' content='{'d ' * 600_000}'>")
    yield _html(_BODY, "<meta name=a content=b>" * 30_000)
    yield _html(_BODY, f"<link rel=canonical href='{'h' * 900_000}'>" * 2)


def _controls() -> Iterator[_Page]:
    plain = _html(_BODY)
    yield plain.replace(" ", " \x00")
    yield plain.replace("</p>", "\x00\x01\x02\x1b[31m</p>")
    yield plain.replace("<p>", "<p\x00>")
    yield plain.replace(" ", "\u200b ").replace("e", "e\u2060")
    yield plain.replace("</p>", "\ufeff\ufffe\uffff\u202e</p>")
    yield plain.replace(">", ">\r")
    yield plain.replace(" ", "\f")
    yield plain.replace("</p>", "\x85\u2028\u2029</p>")
    yield "\x00" * 3000 + plain
    yield plain.encode().replace(b"</p>", b" \xed\xa0\x80</p>")
    yield plain + "\x1a" * 100_000


def _many() -> Iterator[_Page]:
    for count in (1000, 5000, 20_000):
        yield _html(_BODY + "".join(f"<p>{_FILLER.format(number)}</p>" for number in range(count)))
    yield _html(_BODY + "<p>" + " ".join(_FILLER.format(number) for number in range(20_000)))
    yield _html(_BODY + "<a href='/x'>elsewhere</a> " * 100_000)
    yield _html(
        "<ul>" + "".join(f"<li><a href='/{n}'>Item {n}</a></li>" for n in range(40_000)) + f"</ul><div>{_BODY}</div>"
    )
    yield _html(_BODY + "<span>w</span> " * 100_000)
    yield _html("<br>".join(PROSE) + "<br>" * 200_000)
    yield _html(_BODY + "<img src=a.png>" * 100_000)
    yield _html(_BODY + "<h2>Heading</h2>" * 50_000)
    yield _html(_BODY + "<hr><input><select>" * 20_000)
    yield _html(_BODY + "<!-- c -->" * 200_000)
    yield _html(_BODY + "<div></div>" * 200_000)


def _elements() -> Iterator[_Page]:
    yield f"<!doctype html><html ⚡><head></head><body><amp-story><article>{_BODY}</article></amp-story></body></html>"
    yield _html(f"<amp-accordion><section><h2>More</h2><div>{_BODY}</div></section></amp-accordion>")
    yield _html(f"<article-body><x-paragraphs>{_BODY}</x-paragraphs></article-body>")
    yield _bare(_html(f"<x-story><template shadowrootmode=open>{_BODY}</template></x-story>"))  # as much as a script
    yield _html(f"<svg><foreignObject>{_BODY}</foreignObject></svg>")
    yield _html(f"<svg><template>\n</svg>{_BODY}")
    yield _html(f"<template><div></div></form></template>{_BODY}")
    yield _html(f"<form action='/' method=post><input type=hidden value='{'v' * 90_000}'>{_BODY}</form>")
    yield _html(f"<details><summary>Open</summary>{_BODY}</details>")
    yield _html(f"<dialog open>{_BODY}</dialog>")
    yield _html(f"<fieldset><legend>Story</legend>{_BODY}</fieldset>")
    yield _html(f"<marquee>{_BODY}</marquee><blink>{_BODY}</blink>")
    yield _html(f"<math><mtext>{_BODY}</mtext></math>")
    yield _html(f"<main role=main itemprop=articleBody><section>{_BODY}</section></main>")
    yield _html(f"<aside>{_BODY}</aside>")
    yield _html(f"<footer>{_BODY}</footer>")
    yield _html(f"<nav><a href='/'>Home</a></nav><header>{_BODY}</header>")
    yield _html(f"<div hidden>Nothing</div><div class='comments'>{_BODY}</div>")
    yield _html(f"<div class='sidebar share social'>{_BODY}</div>")


def _shapes() -> Iterator[_Page]:
    for opening, closing in (
        ("<div>", "</div>"), ("<span>", "</span><br>"), ("", "<br>"), ("", "<br/><br/>"), ("<li>", "</li>"),
        ("<dd>", "</dd>"), ("<h3>", "</h3>"), ("<blockquote>", "</blockquote>"), ("<font>", "</font><hr>"),
        ("<section><div><div>", "</div></div></section>"), ("<td>", "</td>"), ("<figcaption>", "</figcaption>"),
        ("<p><em>", "</em></p>"), ("<p><a href='/y'>", "</a></p>"), ("<label>", "</label>"), ("<code>", "</code>"),
    ):  # fmt: skip
        yield _html("".join(f"{opening}{line}{closing}\n" for line in PROSE))
    yield _html("<pre>" + "\n\n".join(PROSE) + "</pre>")
    yield _html("\n\n".join(PROSE))
    yield _html(" ".join(PROSE))
    yield _html(f"<div><p>{'</p><p><br></p><p>&nbsp;</p><p>'.join(PROSE)}</p></div>")
    yield _html("".join(f"<div style='float:left'>{word} </div>" for word in " ".join(PROSE).split()))


def _comments_and_frames() -> Iterator[_Page]:
    yield _bare(_html(f"<!-- {_BODY} -->"))
    yield _html(f"<!--[if IE]><p>Old</p><![endif]-->{_BODY}")
    yield _html(f"{_BODY}<!-- never closed " + "x " * 50_000)
    yield _html("".join(f"<p>{line[:40]}<!-- x -->{line[40:]}</p>" for line in PROSE))
    yield _bare("<html><frameset cols='20%,*'><frame src=a.html><frame src=b.html></frameset></html>")
    yield f"<html><frameset><frame src=a></frameset><noframes><body>{_BODY}</body></noframes></html>"
    yield _bare(_html(f"<iframe srcdoc='{_BODY}'></iframe>"))
    yield _html(f"<iframe src='//ads.example'></iframe>{_BODY}<iframe>")
    yield _html(f"<!DOCTYPE html><html><body>{_BODY}</body></html>")
    yield _html(f"<object data=x><p>Fallback</p></object>{_BODY}<embed src=y>")


def _furnished() -> Iterator[_Page]:
    links = "".join(f"<li><a href='/{number}'>Another story, number {number}</a></li>" for number in range(400))
    yield _html(f"<nav><ul>{links}</ul></nav>{_BODY}<footer><ul>{links}</ul></footer>")
    yield _html(f"<div class=cookie><p>We use cookies on this site.</p><button>Accept all</button></div>{_BODY}")
    yield _html(f"<p>Share this article</p><p>By Mina Thorne</p>{_BODY}<p>Read more: A bridge at last</p>")
    yield _html("".join(f"<p>{line}</p><p>Advertisement</p><p>Story continues below</p>" for line in PROSE))
    yield _html(f"<div class=ad>{'<p>Buy now</p>' * 3000}</div><article>{_BODY}</article>")
    yield _html(
        _BODY + "<div id=comments>" + "<div class=comment><p>I do not agree at all.</p></div>" * 5000 + "</div>"
    )
    yield _html(f"<div style='display:none'>{'hidden words ' * 50_000}</div>{_BODY}")
    yield _html(f"<h1>{'Ferry stays ' * 20_000}</h1>{_BODY}")


def _scripts_of_the_world() -> Iterator[_Page]:
    for filler in (
        "w" * 900_000,
        "👩‍👩‍👧‍👦" * 40_000,
        "e\u0301\u0302\u0303" * 100_000,
        "字" * 300_000,
        "\u0627\u202b" * 100_000,
        "-" * 900_000,
    ):
        yield _html(f"{_BODY}<p>{filler}</p>")
    yield _html(f"{_BODY}<p>{'“' * 100_000}</p>")
    yield _html(f"{_BODY}<p>{'Dr. Mr. U.S. ' * 60_000}</p>")
    yield _html(f"{_BODY}<p>{'he said ' * 100_000}</p>")
    yield _html(f"{_BODY}<p>{'(' * 200_000}</p>")


def _no_pages() -> Iterator[_Page]:
    for body in (
        *(b"", b"   ", b"{}", b"null", b"Only words.", b"<html>", b"<!DOCTYPE html>", b"<html><body></body></html>"),
        *(b"%PDF-1.7\n" + b"\x00\xff" * 900, b"GIF89a" + bytes(range(256)) * 99, b"\x1f\x8b\x08" * 500),
        *(b"<" * 100_000, b"<>" * 50_000, b"</" * 50_000, b"<!--" * 50_000, b"<p" * 100_000, b"<p>" * 300_000),
        b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
    ):
        yield _bare(body)


_FAMILIES: tuple[Callable[[], Iterator[_Page]], ...] = (
    _broken, _encodings, _nesting, _tables, _entities, _scripts, _attributes, _controls, _many, _elements, _shapes,
    _comments_and_frames, _furnished, _scripts_of_the_world, _no_pages,
)  # fmt: skip
