import asyncio
import gzip
import tracemalloc
import zlib
from functools import partial

import brotli
import pytest
from aiohttp import web

from digest.errors import Fault, NoArticleError, UnreachableError, UnsafeError
from digest.sources.web import MAX_REDIRECTS, WebFetcher
from tests.digest.sources.servers import ANY_PORT, FixedResolver, drip, fetcher, html, redirect, serve, serve_bytes


async def test_a_server_that_does_not_answer_is_unreachable():
    stop = asyncio.Event()
    async with serve_bytes(lambda _: stop.wait()) as origin, fetcher(total_seconds=0.2) as client:
        with pytest.raises(UnreachableError, match=r"within 0\.2 seconds") as caught:
            await client.fetch(origin)
        stop.set()
    assert caught.value.fault is Fault.TIME


async def test_a_server_that_drips_is_unreachable():
    write = drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>")
    async with serve_bytes(write) as origin, fetcher(total_seconds=0.3) as client:
        with pytest.raises(UnreachableError, match=r"within 0\.3 seconds"):
            await client.fetch(origin)


async def test_time_runs_on_over_redirects():
    async def slow(_):
        await asyncio.sleep(0.15)
        return redirect("/")

    async with serve({"/": slow}) as (origin, asked), fetcher(total_seconds=0.4) as client:
        with pytest.raises(UnreachableError, match=r"within 0\.4 seconds"):
            await client.fetch(f"{origin}/")
    assert len(asked) < MAX_REDIRECTS


async def test_a_port_where_nobody_listens_is_unreachable():
    async with serve({}) as (origin, _):
        pass
    async with fetcher() as client:
        with pytest.raises(UnreachableError, match="takes no connection") as caught:
            await client.fetch(origin)
    assert caught.value.fault is Fault.CONNECTION


async def test_a_name_that_is_not_known_is_unreachable():
    class NoNames(FixedResolver):
        async def resolve(self, host, port=0, family=0):  # noqa: ARG002 -- aiohttp's signature
            raise OSError("Name or service not known")

    async with fetcher(resolver=NoNames([])) as client:
        with pytest.raises(UnreachableError, match="name cannot be found") as caught:
            await client.fetch("http://gone.example/")
    assert caught.value.fault is Fault.NAME


async def test_a_server_without_tls_is_unreachable_by_https():
    async with serve({"/": lambda _: html()}) as (origin, _), fetcher() as client:
        with pytest.raises(UnreachableError, match="encrypted") as caught:
            await client.fetch(origin.replace("http:", "https:"))
    assert caught.value.fault is Fault.ENCRYPTION


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n\xff\xff",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"\x00\xff\xfe" * 50,
    ],
)
async def test_an_answer_that_is_no_http_or_breaks_off_is_unreachable(answer):
    async def write(writer):
        writer.write(answer)

    async with serve_bytes(write) as origin, fetcher() as client:
        with pytest.raises(UnreachableError) as caught:
            await client.fetch(origin)
    assert caught.value.fault is Fault.ANSWER


def header_flood():
    return b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n"


def interim_flood():
    return b"", b"HTTP/1.1 100 Continue\r\n\r\n"


def trailer_flood():
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-More: and more\r\n"


def extension_flood():
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"more=more;"


def status_flood():
    return b"HTTP/1.1 200 ", b"fine "


@pytest.mark.parametrize("flood", [header_flood, interim_flood, trailer_flood, extension_flood, status_flood])
async def test_a_flood_that_never_gets_to_a_body_ends_in_bounded_time_and_memory(flood):
    start, more = flood()

    async def write(writer):
        writer.write(start)
        for _ in range(2000):
            writer.write(more * 500)
            await writer.drain()

    async with serve_bytes(write) as origin, fetcher(total_seconds=1.0) as client:
        tracemalloc.start()
        with pytest.raises(UnreachableError):
            await client.fetch(origin)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 20_000_000


async def test_chunks_of_one_byte_are_a_body_like_any_other():
    async def write(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(b"1\r\na\r\n" * 20_000 + b"0\r\n\r\n")

    async with serve_bytes(write) as origin, fetcher() as client:
        assert (await client.fetch(origin)).body == b"a" * 20_000


async def test_a_login_page_in_place_of_a_feed_comes_as_the_page_that_it_is():
    answers = {"/feed": lambda _: redirect("/login"), "/login": lambda _: html("<form><input type=password></form>")}
    async with serve(answers) as (origin, _), fetcher() as client:
        page = await client.fetch(f"{origin}/feed")
    assert (page.url, page.media_type, page.moved_to) == (f"{origin}/login", "text/html", "")


async def test_latin_1_in_what_is_declared_as_utf_8_comes_verbatim():
    answer = web.Response(body="<p>Öresund".encode("latin-1"), headers={"Content-Type": "text/html; charset=utf-8"})
    async with serve({"/": lambda _: answer}) as (origin, _), fetcher() as client:
        page = await client.fetch(origin)
    assert (page.body, page.charset) == ("<p>Öresund".encode("latin-1"), "utf-8")


async def test_20_mb_are_refused_after_3():
    sent = 0

    async def stream(request):
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(200):
            await response.write(b"a" * 100_000)
            sent += 100_000
        return response

    async with serve({"/": stream}) as (origin, _), fetcher() as client:
        with pytest.raises(UnsafeError, match="larger than 3 MB"):
            await client.fetch(origin)
    assert sent < 15_000_000


async def test_a_declared_length_over_the_cap_is_refused_before_the_body():
    async def write(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20000000\r\n\r\n")
        await asyncio.sleep(1)

    async with serve_bytes(write) as origin, fetcher() as client:
        with pytest.raises(UnsafeError, match="larger than 3 MB"):
            await client.fetch(origin)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_a_bomb_is_refused_at_the_cap_in_bounded_memory(encoding):
    plain = b"<p>a" * 16_000_000
    pack = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": partial(brotli.compress, quality=1),
    }
    body = pack[encoding](plain)
    del plain
    answer = web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": encoding})
    async with serve({"/": lambda _: answer}) as (origin, _), fetcher() as client:
        tracemalloc.start()
        with pytest.raises(UnsafeError, match="larger than 3 MB"):
            await client.fetch(origin)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        ({"Content-Type": "application/pdf"}, b"%PDF-1.7", "is a PDF"),
        ({"Content-Type": "text/html"}, b"%PDF-1.7 \x00", "is a PDF"),
        ({"Content-Type": "application/octet-stream"}, b"%PDF-1.7", "is a PDF"),
        ({"Content-Type": "image/png"}, b"\x89PNG", "kind image"),
        ({"Content-Type": "image/svg+xml"}, b"<svg/>", "kind image"),
        ({"Content-Type": "video/mp4"}, b"", "kind video"),
        ({"Content-Type": "application/zip"}, b"PK", "type application/zip"),
        ({"Content-Type": "application/<script>"}, b"", "type unknown"),
        ({"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ({}, b"\x7fELF\0\0\0", "binary"),
    ],
)
async def test_what_is_no_page_and_no_feed_ends_in_one_clear_sentence(headers, body, why):
    async def write(writer):
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 200 OK\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    async with serve_bytes(write) as origin, fetcher() as client:
        with pytest.raises(NoArticleError, match=why):
            await client.fetch(origin)


async def test_a_failed_page_leaves_the_fetcher_fit_for_the_next():
    answers = {"/bad": lambda _: html("a" * 4_000_000), "/good": lambda _: html()}
    async with serve(answers) as (origin, _), fetcher() as client:
        results = await asyncio.gather(
            *(client.fetch(origin + path) for path in ["/bad", "/good"] * 10), return_exceptions=True
        )
    assert [type(result).__name__ for result in results] == ["UnsafeError", "Page"] * 10


async def test_an_answer_of_the_name_server_that_changes_after_its_check_dials_nothing():
    class Turncoat(dict):
        def __getitem__(self, key):
            value = super().__getitem__(key)
            return value.pop() if key == "host" and len(value) > 1 else value[0] if key == "host" else value

    class TurncoatResolver(FixedResolver):
        async def resolve(self, host, port=0, family=0):
            (result,) = await super().resolve(host, port, family)
            return [Turncoat(result | {"host": ["127.0.0.1", "8.8.8.8"]})]

    guarded = WebFetcher(ports=ANY_PORT, resolver=TurncoatResolver(["127.0.0.1"]))
    async with serve({"/": lambda _: html()}) as (origin, asked), guarded as client:
        with pytest.raises(UnsafeError, match="not public"):
            await client.fetch(origin.replace("127.0.0.1", "news.example"))
    assert asked == []
