import asyncio
import gzip
from datetime import timedelta
from itertools import pairwise

import pytest
from aiohttp import web

from digest.errors import DisallowedError, Fault, RefusedError, UnreachableError, UnsafeError
from digest.model import Validators
from digest.sources.reservations import RESERVATIONS_PATH
from digest.sources.robots import ROBOTS_BYTES
from digest.sources.web import MAX_REDIRECTS
from tests.digest.sources.servers import FixedResolver, drip, fetcher, html, redirect, serve, serve_bytes
from tests.wire.loops import hasty

ALL_SHUT = "User-agent: *\nDisallow: /"


def polite(**changes):
    return fetcher(**({"keeps_rules": True} | changes))


def rules(text):
    return lambda _: web.Response(text=text, content_type="text/plain")


def paths(asked):
    """What was asked for, but for the reservations: they are asked for after each site's first page."""
    return [request.path for request in asked if request.path != RESERVATIONS_PATH]


async def test_robots_txt_is_asked_first_and_once():
    answers = {"/robots.txt": rules("User-agent: *\nDisallow: /desk"), "/a": lambda _: html(), "/b": lambda _: html()}
    async with serve(answers) as (origin, asked), polite() as client:
        await client.fetch(f"{origin}/a")
        await client.fetch(f"{origin}/b")
        with pytest.raises(DisallowedError, match=r"robots\.txt") as caught:
            await client.fetch(f"{origin}/desk/plans?secret=1")
    assert paths(asked) == ["/robots.txt", "/a", "/b"]
    assert asked[0].headers["User-Agent"].startswith("OnRecord/")
    assert caught.value.url == f"{origin}/desk/plans?secret=1"
    assert "secret" not in str(caught.value)


async def test_a_redirect_into_what_is_disallowed_is_not_followed():
    answers = {"/robots.txt": rules("User-agent: OnRecord\nDisallow: /desk"), "/a": lambda _: redirect("/desk/1")}
    async with serve(answers) as (origin, asked), polite() as client:
        with pytest.raises(DisallowedError) as caught:
            await client.fetch(f"{origin}/a")
    assert paths(asked) == ["/robots.txt", "/a"]
    assert caught.value.url == f"{origin}/a"


async def test_a_redirect_to_another_site_asks_that_sites_robots_txt():
    async with serve({"/robots.txt": rules(ALL_SHUT)}) as (other, asked_there):
        answers = {"/robots.txt": rules(""), "/a": lambda _: redirect(f"{other}/a")}
        async with serve(answers) as (origin, _), polite() as client:
            with pytest.raises(DisallowedError):
                await client.fetch(f"{origin}/a")
    assert paths(asked_there) == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_site_that_refuses_its_robots_txt_allows_everything(status):
    answers = {"/robots.txt": lambda _: web.Response(status=status, text=ALL_SHUT), "/a": lambda _: html()}
    async with serve(answers) as (origin, _), polite() as client:
        assert (await client.fetch(f"{origin}/a")).body


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_in_trouble_at_its_robots_txt_is_left_alone(status):
    answer = web.Response(status=status, text="", headers={"Retry-After": "90"})
    async with serve({"/robots.txt": lambda _: answer, "/a": lambda _: html()}) as (origin, asked), polite() as client:
        for _ in range(2):
            with pytest.raises(UnreachableError, match=r"robots\.txt") as caught:
                await client.fetch(f"{origin}/a")
            assert (caught.value.url, caught.value.status, caught.value.retry_after, caught.value.fault) == (
                f"{origin}/a",
                status,
                timedelta(seconds=90),
                Fault.ANSWER,
            )
    assert paths(asked) == ["/robots.txt"]


async def test_a_robots_txt_that_drips_costs_its_own_short_time():
    write = drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\n", b"#")
    async with serve_bytes(write) as origin, polite(total_seconds=0.3) as client:
        with pytest.raises(UnreachableError, match=r"robots\.txt .* within 0\.3 seconds") as caught:
            await client.fetch(origin)
    assert caught.value.fault is Fault.TIME


@pytest.mark.parametrize("location", ["/real", "http://{host}/real"])
async def test_a_robots_txt_may_be_elsewhere(location):
    def answer(request):
        return redirect(location.format(host=request.host), 301)

    async with (
        serve({"/robots.txt": answer, "/real": rules(ALL_SHUT)}) as (origin, asked),
        polite() as client,
    ):
        with pytest.raises(DisallowedError):
            await client.fetch(f"{origin}/a")
    assert paths(asked) == ["/robots.txt", "/real"]


@pytest.mark.parametrize(
    ("location", "requests"),
    [("/robots.txt", MAX_REDIRECTS + 1), ("http://169.254.169.254/robots.txt", 1), ("file:///etc/passwd", 1)],
)
async def test_a_robots_txt_that_leads_nowhere_or_astray_counts_as_none(location, requests):
    answers = {"/robots.txt": lambda _: redirect(location), "/a": lambda _: html()}
    async with serve(answers) as (origin, asked), polite() as client:
        assert (await client.fetch(f"{origin}/a")).body
    assert paths(asked) == ["/robots.txt"] * requests + ["/a"]


async def test_a_robots_txt_that_is_a_bomb_counts_as_far_as_it_is_read():
    text = b"User-agent: *\nDisallow: /a\n" + b"#" * 20_000_000 + b"\nDisallow: /b\n"
    answer = web.Response(body=gzip.compress(text), headers={"Content-Encoding": "gzip"})
    async with serve({"/robots.txt": lambda _: answer, "/b": lambda _: html()}) as (origin, _), polite() as client:
        assert (await client.fetch(f"{origin}/b")).body
        with pytest.raises(DisallowedError):
            await client.fetch(f"{origin}/a")
    assert len(text) > 30 * ROBOTS_BYTES


async def test_a_robots_txt_in_any_type_is_read_and_a_page_in_its_place_has_no_rules():
    for content_type, text, is_allowed in (
        ("image/png", ALL_SHUT, False),
        ("text/html", "<html><body>Not found, but we say 200</body></html>", True),
    ):
        answers = {
            "/robots.txt": lambda _, t=text, c=content_type: web.Response(body=t.encode(), content_type=c),
            "/a": lambda _: html(),
        }
        async with serve(answers) as (origin, _), polite() as client:
            results = await asyncio.gather(client.fetch(f"{origin}/a"), return_exceptions=True)
        assert isinstance(results[0], DisallowedError) is not is_allowed


async def test_a_name_that_leads_inside_is_refused_at_its_robots_txt():
    client = polite(allow_private=False, resolver=FixedResolver(["127.0.0.1"]))
    async with serve({"/robots.txt": rules(""), "/": lambda _: html()}) as (origin, asked), client:
        with pytest.raises(UnsafeError, match="not public") as caught:
            await client.fetch(origin.replace("127.0.0.1", "quay.example"))
        assert "quay.example" in caught.value.url
    assert asked == []


async def test_a_cancelled_fetch_leaves_the_robots_txt_to_the_next():
    go = asyncio.Event()

    async def slow(_):
        await go.wait()
        return web.Response(text="")

    async with serve({"/robots.txt": slow, "/": lambda _: html()}) as (origin, asked), polite() as client:
        first = asyncio.create_task(client.fetch(f"{origin}/"))
        await asyncio.sleep(0.05)
        first.cancel()
        go.set()
        assert (await client.fetch(f"{origin}/")).body
    assert paths(asked) == ["/robots.txt", "/"]


async def test_requests_to_a_host_keep_their_distance_redirects_and_robots_txt_too():
    times = []

    def note(answer):
        def take(_):
            times.append(asyncio.get_running_loop().time())
            return answer() if callable(answer) else answer

        return take

    answers = {
        "/robots.txt": note(lambda: web.Response(text="")),
        "/a": note(lambda: redirect("/b")),
        "/b": note(html),
        "/c": note(html),
    }
    async with serve(answers) as (origin, _), polite(spacing=0.1) as client:
        with hasty():
            await asyncio.gather(client.fetch(f"{origin}/a"), client.fetch(f"{origin}/c"))
    assert len(times) == 4
    assert all(later - earlier >= 0.099 for earlier, later in pairwise(times))


async def test_the_delay_that_robots_txt_asks_for_is_kept():
    answers = {"/robots.txt": rules("User-agent: *\nCrawl-delay: 0.2"), "/a": lambda _: html()}
    async with serve(answers) as (origin, _), polite() as client:
        start = asyncio.get_running_loop().time()
        for _ in range(3):
            await client.fetch(f"{origin}/a")
        assert asyncio.get_running_loop().time() - start >= 0.39


async def test_a_host_gets_two_requests_at_once_and_waiting_costs_nobody_his_time():
    running = most = 0

    async def answer(_):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.3)
        running -= 1
        return html()

    async with serve({"/": answer}) as (origin, _), fetcher(total_seconds=1.0) as client:
        with hasty():
            pages = await asyncio.gather(*(client.fetch(f"{origin}/") for _ in range(8)))
    assert (len(pages), most) == (8, 2)


async def test_a_page_says_where_it_moved_for_good():
    answers = {
        "/old": lambda _: redirect("/middle", 301),
        "/middle": lambda _: redirect("/new", 308),
        "/today": lambda _: redirect("/old", 302),
        "/new": lambda request: web.Response(status=304) if "If-None-Match" in request.headers else html(),
    }
    async with serve(answers) as (origin, _), fetcher() as client:
        moved = {path: (await client.fetch(origin + path)).moved_to for path in ("/old", "/middle", "/today", "/new")}
        unchanged = await client.fetch(f"{origin}/old", validators=Validators('"1"'))
    assert moved == {"/old": f"{origin}/new", "/middle": f"{origin}/new", "/today": "", "/new": ""}
    assert (unchanged.is_unchanged, unchanged.moved_to) == (True, f"{origin}/new")


async def test_a_page_says_how_long_it_stays_good_and_on_which_terms():
    headers = {"Cache-Control": "max-age=900", "X-Robots-Tag": "noarchive", "TDM-Reservation": "1"}
    answers = {"/": lambda r: web.Response(status=304 if "If-None-Match" in r.headers else 200, headers=headers)}
    async with serve(answers) as (origin, _), fetcher() as client:
        for validators in (None, Validators('"1"')):
            page = await client.fetch(f"{origin}/", validators=validators)
            assert page.fresh_for == timedelta(minutes=15)
            assert page.terms == ("noarchive", "tdm-reservation: 1")


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_to_wait_is_heard(status):
    answer = web.Response(status=status, headers={"Retry-After": "120"})
    async with serve({"/": lambda _: answer}) as (origin, _), fetcher() as client:
        with pytest.raises(UnreachableError) as caught:
            await client.fetch(f"{origin}/")
    assert (caught.value.retry_after, caught.value.fault) == (timedelta(minutes=2), Fault.ANSWER)


async def test_a_page_that_is_gone_says_so():
    async with serve({"/": lambda _: web.Response(status=410)}) as (origin, _), fetcher() as client:
        with pytest.raises(RefusedError) as caught:
            await client.fetch(f"{origin}/")
    assert caught.value.status == 410
