"""The digest of whatever somebody names."""

import io
from dataclasses import replace
from functools import partial

from rich.console import Console

from bot.channels_local import LocalChannel
from bot.preview import Gathering, show_inputs
from digest.errors import RefusedError
from digest.model import Entry, Feed
from tests.builders import NOW, brief, page
from tests.fakes import FakeFetcher

PAGE = b"<p>Words.</p>"
FEED = page(b"<rss></rss>", url="https://gazette.example/feed", media_type="application/rss+xml")


async def reads(function, *_):
    if isinstance(function, partial):  # the digest is composed in earnest
        return function()
    if function.__name__ == "parse_feed":
        entries = [Entry(str(n), f"https://gazette.example/{n}", f"Entry {n}", published_at=NOW) for n in range(20)]
        return Feed("The Gazette", "en", tuple(entries))
    one = brief(site="", published_at=None)
    return replace(one, article=replace(one.article, title="" if function.__name__ == "read_text" else "A headline"))


async def preview(tmp_path, names, web=None):
    out = io.StringIO()
    channel = LocalChannel(Console(file=out, width=120), tmp_path / "preview.html")
    gathering = Gathering(web or FakeFetcher(), reads, NOW)
    await show_inputs(names, gathering, channel)
    return gathering, channel.output_path


async def test_files_become_stories_of_one_digest(tmp_path):
    (tmp_path / "a report.txt").write_text("Words.")
    (tmp_path / "b.html").write_bytes(PAGE)
    gathering, path = await preview(tmp_path, [str(tmp_path / "a report.txt"), str(tmp_path / "b.html")])
    assert gathering.failed == []
    shown = path.read_text("utf-8")
    assert "a report" in shown or "A headline" in shown
    assert "looked at 2 sources and 2 articles" in shown


async def test_of_a_feed_the_first_entries_are_read_and_failures_are_told(tmp_path):
    pages = {f"https://gazette.example/{n}": page(PAGE, url=f"https://gazette.example/{n}") for n in range(20)}
    refused = RefusedError("https://gazette.example/3", "403", status=403)
    web = FakeFetcher({FEED.url: FEED} | pages | {"https://gazette.example/3": refused})
    gathering, path = await preview(tmp_path, [FEED.url], web)
    assert len(gathering.briefs) == 7
    assert {one.article.site for one in gathering.briefs} == {"The Gazette"}
    assert {one.article.published_at for one in gathering.briefs} == {NOW}
    assert [(one.name, one.status) for one in gathering.failures] == [("Entry 3", 403)]
    assert "Not read: Entry 3: refused to answer (HTTP 403)" in path.read_text("utf-8")


async def test_where_nothing_can_be_read_there_is_no_page(tmp_path):
    gathering, path = await preview(tmp_path, ["missing.html", "https://nowhere.example/"])
    assert [name for name, _ in gathering.failed] == ["missing.html", "https://nowhere.example/"]
    assert not path.exists()
