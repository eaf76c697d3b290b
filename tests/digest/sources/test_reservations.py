"""What a site reserves in its tdmrep.json is heard, by the first rule that a page matches."""

import json

import pytest
from aiohttp import web

from digest.sources.reservations import parse_reservations
from tests.digest.sources.servers import fetcher, html, redirect, serve

FILE = "/.well-known/tdmrep.json"
SITE = "https://news.example"


def rule(location, value=1):
    return {"location": location, "tdm-reservation": value}


def is_reserved(path, *rules):
    return parse_reservations(json.dumps(rules).encode()).is_reserved(SITE + path)


def test_the_first_rule_that_a_page_matches_holds():
    rules = (rule("/free/", 0), rule("/*.html$"), rule("/archive", "1"))
    assert is_reserved("/free/a.html", *rules) is False
    assert is_reserved("/news/a.html", *rules) is True
    assert is_reserved("/archive/7", *rules) is True
    assert is_reserved("/news/a.html?page=2", *rules) is None
    assert is_reserved("/ARCHIVE", *rules) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        b"null",
        b"[" * 90_000,
        b"\xff\xfe",
        json.dumps([1, None, {}, rule(7), rule("/", 2), rule("/", None), rule("/" + "a" * 3000)]).encode(),
    ],
)
def test_what_breaks_the_protocol_says_nothing(body):
    assert parse_reservations(body).is_reserved(f"{SITE}/") is None


def test_of_a_long_file_the_first_five_hundred_rules_count():
    assert is_reserved("/499", *(rule(f"/{number}$") for number in range(600))) is True
    assert is_reserved("/500", *(rule(f"/{number}$") for number in range(600))) is None


def test_a_location_cannot_bring_lines_of_its_own():
    assert is_reserved("/open", rule("/x\nDisallow: /open")) is None


def no_rules(_):
    return web.Response(status=404)


async def terms_of(origin, client, path="/news"):
    return (await client.fetch(origin + path)).terms


async def test_a_page_is_reserved_by_its_site_unless_its_headers_say_otherwise():
    freed = {"TDM-Reservation": "0"}
    answers = {
        "/robots.txt": no_rules,
        FILE: lambda _: web.json_response([rule("/news")]),
        "/news": lambda _: html(),
        "/news/free": lambda _: web.Response(text="<p>", content_type="text/html", headers=freed),
        "/sport": lambda _: html(),
        "/news/feed": lambda _: web.Response(text="<rss/>", content_type="application/rss+xml"),
    }
    async with serve(answers) as (origin, asked), fetcher(keeps_rules=True) as client:
        assert await terms_of(origin, client, "/news/feed") == ()
        assert FILE not in {request.path for request in asked}
        assert await terms_of(origin, client) == ("tdm-reservation: 1",)
        assert await terms_of(origin, client, "/news/free") == ("tdm-reservation: 0",)
        assert await terms_of(origin, client, "/sport") == ()
        assert [request.path for request in asked].count(FILE) == 1


@pytest.mark.parametrize(
    "answer", [web.Response(status=404), web.Response(status=503), html(), redirect("http://169.254.169.254/")]
)
async def test_a_site_that_does_not_give_the_file_does_not_take_part(answer):
    answers = {"/robots.txt": no_rules, FILE: lambda _: answer, "/news": lambda _: html()}
    async with serve(answers) as (origin, _), fetcher(keeps_rules=True) as client:
        assert await terms_of(origin, client) == ()


async def test_the_file_is_not_asked_for_where_robots_txt_says_no():
    answers = {
        "/robots.txt": lambda _: web.Response(text="User-agent: *\nDisallow: /.well-known/"),
        FILE: lambda _: web.json_response([rule("/")]),
        "/news": lambda _: html(),
    }
    async with serve(answers) as (origin, asked), fetcher(keeps_rules=True) as client:
        assert await terms_of(origin, client) == ()
        assert FILE not in {request.path for request in asked}
