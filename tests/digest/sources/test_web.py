import gzip

import pytest
from aiohttp import web

from digest.errors import RefusedError, UnreachableError, UnsafeError
from digest.model import Validators
from digest.sources.web import MAX_REDIRECTS, WebFetcher, name_agent
from tests.digest.sources.servers import ANY_PORT, FixedResolver, fetcher, html, redirect, serve, serve_bytes


async def test_a_page_comes_with_its_type_charset_and_validators():
    headers = {
        "Content-Type": 'Text/HTML; Charset="UTF-8"',
        "ETag": 'W/"a"',
        "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT",
    }
    async with (
        serve({"/": lambda _: web.Response(body="é".encode(), headers=headers)}) as (origin, _),
        fetcher() as client,
    ):
        page = await client.fetch(f"{origin}/#part")
    assert (page.url, page.body, page.media_type, page.charset) == (f"{origin}/", "é".encode(), "text/html", "utf-8")
    assert page.validators == Validators('W/"a"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert not page.is_unchanged


async def test_the_request_names_the_bot_and_keeps_no_cookies():
    answer = html(headers={"Set-Cookie": "a=b"})
    named = fetcher(user_agent=name_agent("https://op.example/bot"))
    async with serve({"/": lambda _: answer, "/2": lambda _: html()}) as (origin, asked), named as client:
        await client.fetch(f"{origin}/")
        await client.fetch(f"{origin}/2")
    assert asked[1].headers["User-Agent"].startswith("OnRecord/")
    assert "+https://op.example/bot" in asked[1].headers["User-Agent"]
    assert "Cookie" not in asked[1].headers
    assert "Authorization" not in asked[1].headers


def test_a_contact_with_line_breaks_cannot_add_a_header():
    assert "\n" not in name_agent("https://op.example/\r\nX-Evil: 1")


async def test_a_proxy_in_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with serve({"/": lambda _: html()}) as (origin, _), fetcher() as client:
        assert (await client.fetch(f"{origin}/")).body == b"<p>Hello</p>"


async def test_validators_are_sent_back_verbatim_and_304_is_an_unchanged_page():
    def answer(request):
        return web.Response(
            status=304 if request.headers.get("If-None-Match") == '"ü-1"' else 200, headers={"ETag": '"ü-1"'}
        )

    async with serve({"/": answer}) as (origin, asked), fetcher() as client:
        first = await client.fetch(f"{origin}/")
        second = await client.fetch(f"{origin}/", validators=Validators('"ü-1"', "verbatim, not a date"))
    assert not first.is_unchanged
    assert second.is_unchanged
    assert second.body == b""
    assert second.validators == first.validators
    assert asked[1].headers["If-Modified-Since"] == "verbatim, not a date"


async def test_an_unchanged_page_without_validators_keeps_those_it_was_asked_with():
    kept = Validators('"1"')
    async with serve({"/": lambda _: web.Response(status=304)}) as (origin, _), fetcher() as client:
        assert (await client.fetch(f"{origin}/", validators=kept)).validators == kept


async def test_a_304_that_nobody_asked_for_is_a_failure():
    async with serve({"/": lambda _: web.Response(status=304)}) as (origin, _), fetcher() as client:
        with pytest.raises(UnreachableError):
            await client.fetch(f"{origin}/")


async def test_a_validator_that_no_header_can_hold_is_left_out():
    async with serve({"/": lambda _: html()}) as (origin, asked), fetcher() as client:
        await client.fetch(f"{origin}/", validators=Validators("a\r\nX-Evil: 1", "\udcff"))
    assert not {"If-None-Match", "If-Modified-Since", "X-Evil"} & set(asked[0].headers)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 451])
async def test_a_refusal_carries_its_status_and_nothing_of_the_body(status):
    async with serve({"/": lambda _: html("secret words", status=status)}) as (origin, _), fetcher() as client:
        with pytest.raises(RefusedError) as caught:
            await client.fetch(f"{origin}/")
    assert caught.value.status == status
    assert caught.value.url == f"{origin}/"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
async def test_a_server_in_trouble_is_unreachable_for_now(status):
    async with serve({"/": lambda _: html("secret words", status=status)}) as (origin, _), fetcher() as client:
        with pytest.raises(UnreachableError) as caught:
            await client.fetch(f"{origin}/")
    assert caught.value.status == status
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_to_where_it_ends(status):
    answers = {"/a/": lambda _: redirect("../b?x=1#part", status), "/b": lambda _: html()}
    async with serve(answers) as (origin, _), fetcher() as client:
        assert (await client.fetch(f"{origin}/a/")).url == f"{origin}/b?x=1"


async def test_five_redirects_are_followed_and_a_loop_ends():
    answers = {f"/{n}": lambda _, n=n: redirect(f"/{n + 1}") for n in range(MAX_REDIRECTS)}
    answers |= {f"/{MAX_REDIRECTS}": lambda _: html(), "/loop": lambda _: redirect("/loop")}
    async with serve(answers) as (origin, asked), fetcher() as client:
        assert (await client.fetch(f"{origin}/0")).url == f"{origin}/{MAX_REDIRECTS}"
        asked.clear()
        with pytest.raises(UnsafeError, match="redirects more than 5 times"):
            await client.fetch(f"{origin}/loop")
    assert len(asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "//0.0.0.0/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "http://user:password@127.0.0.1/",
        "http://2130706433/",
        "http://[::1",
        "http://127.0.0.1:0/",
        "data:text/html,hello",
    ],
)
async def test_a_redirect_to_what_may_not_be_fetched_is_refused(location):
    async with serve({"/": lambda _: redirect(location)}) as (origin, asked), fetcher() as client:
        with pytest.raises(UnsafeError) as caught:
            await client.fetch(f"{origin}/")
    assert caught.value.url == f"{origin}/"
    assert len(asked) == 1


async def test_a_redirect_in_undecodable_bytes_is_refused():
    async def write(writer):
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /\xff\r\nContent-Length: 0\r\n\r\n")

    async with serve_bytes(write) as origin, fetcher() as client:
        with pytest.raises(UnsafeError):
            await client.fetch(origin)


async def test_a_redirect_that_leads_nowhere_is_a_failure():
    async with serve({"/": lambda _: web.Response(status=302)}) as (origin, _), fetcher() as client:
        with pytest.raises(UnreachableError, match="302"):
            await client.fetch(f"{origin}/")


async def test_loopback_is_refused_unless_the_operator_opens_it():
    async with serve({"/": lambda _: html()}) as (origin, asked), WebFetcher(ports=ANY_PORT) as client:
        for url in (
            f"{origin}/",
            origin.replace("127.0.0.1", "localhost"),
            origin.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
        ):
            with pytest.raises(UnsafeError):
                await client.fetch(url)
    assert asked == []


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1", "127.0.0.1"]])
async def test_a_name_that_leads_to_loopback_is_refused(addresses):
    guarded = WebFetcher(ports=ANY_PORT, resolver=FixedResolver(addresses))
    async with serve({"/": lambda _: html()}) as (origin, asked), guarded as client:
        with pytest.raises(UnsafeError, match="not public"):
            await client.fetch(origin.replace("127.0.0.1", "news.example"))
    assert asked == []


async def test_a_name_that_leads_to_loopback_is_fetched_where_the_operator_opens_it():
    async with (
        serve({"/": lambda _: html()}) as (origin, asked),
        fetcher(resolver=FixedResolver(["127.0.0.1"])) as client,
    ):
        assert (await client.fetch(origin.replace("127.0.0.1", "news.example"))).body == b"<p>Hello</p>"
    assert asked[0].host.startswith("news.example")


async def test_a_name_that_moves_to_a_metadata_address_between_two_requests_is_refused():
    resolver = FixedResolver(["127.0.0.1"], ["169.254.169.254"])
    answers = {"/": lambda request: redirect(f"http://b.example:{request.url.port}/")}
    async with serve(answers) as (origin, asked), fetcher(resolver=resolver) as client:
        with pytest.raises(UnsafeError, match="not public"):
            await client.fetch(origin.replace("127.0.0.1", "a.example"))
    assert len(asked) == 1


async def test_long_headers_of_honest_sites_are_taken():
    async with (
        serve({"/": lambda _: html(headers={"Content-Security-Policy": "x" * 20_000})}) as (origin, _),
        fetcher() as client,
    ):
        assert (await client.fetch(origin)).body


@pytest.mark.parametrize(
    ("media_type", "max_bytes", "is_taken"),
    [
        ("text/html", None, False),
        ("application/rss+xml", None, True),
        ("text/xml", None, True),
        ("text/html", 2000, True),
        ("application/rss+xml", 100, False),
    ],
)
async def test_feeds_may_be_larger_than_pages_and_the_caller_may_say_how_large(media_type, max_bytes, is_taken):
    answer = {"/": lambda _: web.Response(body=b"a" * 1000, content_type=media_type)}
    async with serve(answer) as (origin, _), fetcher(page_bytes=500, feed_bytes=1000) as client:
        if is_taken:
            assert len((await client.fetch(origin, max_bytes=max_bytes)).body) == 1000
        else:
            with pytest.raises(UnsafeError, match="larger"):
                await client.fetch(origin, max_bytes=max_bytes)


async def test_honest_compression_is_undone():
    answer = web.Response(
        body=gzip.compress(b"<p>Hello"), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}
    )
    async with serve({"/": lambda _: answer}) as (origin, _), fetcher() as client:
        assert (await client.fetch(origin)).body == b"<p>Hello"


@pytest.mark.parametrize(
    ("content_type", "body", "media_type", "charset"),
    [
        ("text/plain", b"Hello", "text/plain", None),
        ("application/octet-stream", b"<rss/>", "application/octet-stream", None),
        ("application/atom+xml; charset=ISO-8859-1", b"<feed/>", "application/atom+xml", "iso-8859-1"),
        ("text/html; charset=base64", b"<p>", "text/html", None),
        ("text/html; charset=no-such", b"<p>", "text/html", None),
        ("text/html; charset=utf-16", "<p>".encode("utf-16-le"), "text/html", "utf-16"),
        ("text/html", "<p>".encode("utf-16"), "text/html", None),
        ("text/html; charset=", b"<p>", "text/html", None),
        ("application/json", b"{}", "application/json", None),
        ("text/html", b"", "text/html", None),
    ],
)
async def test_what_may_be_a_page_or_a_feed_is_taken(content_type, body, media_type, charset):
    answer = {"/": lambda _: web.Response(body=body, headers={"Content-Type": content_type})}
    async with serve(answer) as (origin, _), fetcher() as client:
        page = await client.fetch(origin)
    assert (page.body, page.media_type, page.charset) == (body, media_type, charset)


async def test_a_fetcher_fetches_only_while_it_is_open():
    with pytest.raises(RuntimeError):
        await fetcher().fetch("http://127.0.0.1/")
