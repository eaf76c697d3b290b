"""What the command line can be given, and what it says of what it cannot use."""

import gzip

import pytest

from bot.errors import InputError
from bot.inputs import MAX_FILE_BYTES, open_file, open_input, read_input, read_inputs
from digest.errors import NoArticleError, RefusedError
from tests.builders import brief, page
from tests.fakes import FakeFetcher, think

PAGE = b"<html><body><p>Words.</p></body></html>"


async def reads(function, *args):
    """Reads nothing: a brief of another text, without any library."""
    reads.asked.append((function.__name__, *args))
    return brief()


@pytest.fixture(autouse=True)
def _forget():
    reads.asked = []


def file_of(tmp_path, name, body):
    path = tmp_path / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("empty.html", b"", "The file is empty."),
        ("blank.txt", b" \n\t", "The file is empty."),
        ("binary.html", b"%PDF-1.7\n\x00\x01", "something else than text"),
        ("picture.txt", b"\x89PNG\r\n\x00", "something else than text"),
        ("bad.html.gz", b"no gzip", "cannot be read"),
        ("short.html.gz", gzip.compress(PAGE, mtime=0)[:-9], "cannot be read"),
        ("words.docx", b"PK", "I read .html and .txt files"),
        ("noname", b"x", "I read .html and .txt files"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_the_reason(tmp_path, name, body, why):
    with pytest.raises(InputError, match=why):
        open_file(file_of(tmp_path, name, body))


def test_a_file_that_is_not_there_is_refused_as_missing(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        open_file(tmp_path / "missing.html")


def test_a_folder_is_refused_as_one(tmp_path):
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InputError, match="folder"):
        open_file(tmp_path / "folder.html")


def test_a_file_that_the_system_will_not_open_is_refused(tmp_path):
    path = tmp_path / "loop.html"
    path.symlink_to(path)
    with pytest.raises(InputError, match="cannot be read"):
        open_file(path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        open_file(tmp_path / "nul\0.html")


@pytest.mark.parametrize("name", ["big.html", "big.html.gz"])
def test_a_file_over_the_limit_is_refused_packed_or_not(tmp_path, name):
    body = PAGE + b" " * MAX_FILE_BYTES
    with pytest.raises(InputError, match="more than 10 MB"):
        open_file(file_of(tmp_path, name, gzip.compress(body, mtime=0) if name.endswith("gz") else body))


def test_pages_may_be_packed(tmp_path):
    assert open_file(file_of(tmp_path, "page.html.gz", gzip.compress(PAGE, mtime=0))).body == PAGE


def test_a_wide_encoding_is_text(tmp_path):
    assert open_file(file_of(tmp_path, "wide.html", "<p>x</p>".encode("utf-16"))).body.startswith(b"\xff\xfe")


async def test_a_text_is_read_as_it_stands(tmp_path):
    path = file_of(tmp_path, "a.txt", "\ufeffOne.\r\nTwo “x”.\r".encode())
    await read_input(open_file(path), reads)
    assert reads.asked == [("read_text", "One.\r\nTwo “x”.\r")]


async def test_a_text_that_is_not_utf8_is_refused(tmp_path):
    with pytest.raises(InputError, match="not UTF-8"):
        await read_input(open_file(file_of(tmp_path, "a.txt", b"caf\xe9")), reads)


async def test_a_page_file_and_a_page_of_the_web_are_read_as_pages(tmp_path):
    await read_input(open_file(file_of(tmp_path, "a.htm", PAGE)), reads)
    fetched = page(PAGE)
    await read_input(await open_input("https://a.example/", FakeFetcher({"https://a.example/": fetched})), reads)
    assert reads.asked == [("read_html", PAGE, ""), ("read_page", fetched)]


async def test_each_input_gets_its_brief_or_its_error_in_order(tmp_path):
    good = str(file_of(tmp_path, "good.html", PAGE))
    refused = RefusedError("https://a.example/", "403", status=403)
    web = FakeFetcher({"https://a.example/": refused})
    names = [good, "https://a.example/", "missing.txt", good]
    readings = [reading async for reading in read_inputs(names, web, reads, at_once=2)]
    assert [name for name, _ in readings] == names
    assert readings[0][1] == readings[3][1] == brief()
    assert readings[1][1] is refused
    assert str(readings[2][1]) == "There is no such file."


async def test_what_cannot_be_read_is_the_error_of_its_input_alone(tmp_path):
    def fail(*_):
        raise NoArticleError("", "nothing")

    async def fails(_function, *args):
        return await think(fail, *args)

    path = str(file_of(tmp_path, "a.html", PAGE))
    ((_, reading),) = [one async for one in read_inputs([path], FakeFetcher(), fails, at_once=1)]
    assert isinstance(reading, NoArticleError)
