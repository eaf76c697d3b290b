import asyncio
from datetime import timedelta
from time import process_time

import pytest

from digest.errors import Fault, UnreachableError, UnsafeError
from digest.sources.robots import ROBOTS_BYTES, Robots, parse_robots, read_robots
from digest.sources.site_cache import SiteCache

SITE = "https://quay.example"


def allowed(text, path):
    body = text if isinstance(text, bytes) else text.encode()
    return parse_robots(body).may_fetch(SITE + path)


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /desk/", "/desk/a", False),
        ("User-agent: *\nDisallow: /desk/", "/news", True),
        ("User-agent: *\nDisallow: /desk/\nAllow: /desk/open", "/desk/open/1", True),
        ("User-agent: *\nAllow: /desk/open\nDisallow: /desk/", "/desk/open/1", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /%e6%bc%a2", "/%E6%BC%A2/1", False),
        ("User-agent: *\nDisallow: /漢", "/%E6%BC%A2/1", False),
        ("User-agent: onrecord\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: onrecord\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nDisallow:\n", "/a", True),
        ("User-agent: OnRecord\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: OnRecord/1.0\nDisallow: /", "/a", False),
        ("User-agent: ONRECORD\nDisallow: /", "/a", False),
        ("User-agent: On\nDisallow: /", "/a", True),
        ("User-agent: Recorder\nDisallow: /", "/a", True),
        ("User-agent: OnRecorder\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nUser-agent: other\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /\nUser-agent: *\nDisallow: /b", "/a", True),
        ("User-agent: *\nDisallow: /b\nUser-agent: other\nDisallow: /", "/a", True),
        (
            "User-agent: OnRecord\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: OnRecord\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: *\nSitemap: https://quay.example/s.xml\nUser-agent: other\nDisallow: /", "/a", False),
        ("Disallow: /\nUser-agent: other\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: / # all of it\r\n", "/a", False),
        ("User-agent: *\rDisallow: /desk/\r\rUser-agent: other\rDisallow: /", "/desk/a", False),
        ("User-agent: *\rDisallow: /desk/\r\rUser-agent: other\rDisallow: /", "/a", True),
        ("User-agent: other # and\rUser-agent: OnRecord\rDisallow: /a", "/a", False),
        ("user-agent:*\ndisallow:/a", "/a", False),
        ("User agent: *\nDisalow: /a", "/a", False),
        ("User-agent: * # everybody\n# a word\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\vDisallow: /b\u2028Disallow: /c", "/b", True),
        ("<!DOCTYPE html><html><body>User-agent: * Disallow: /</body></html>", "/a", True),
        (b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /a", "/a", False),
        (b"\0\1\2" * 100, "/a", True),
    ],
)
def test_a_robots_txt_says_what_may_be_fetched(text, path, is_allowed):
    assert allowed(text, path) is is_allowed


def test_every_beginning_of_a_long_path_is_held_against_the_rules():
    assert not allowed("User-agent: *\nDisallow: /a", "/a" + "b" * 2000)


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7\nDisallow:", 7.0),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: nan", None),
        ("User-agent: *\nCrawl-delay: a while", None),
        ("User-agent: other\nCrawl-delay: 7", None),
        ("User-agent: *\nCrawl-delay: 7\nUser-agent: onrecord\nCrawl-delay: 2", 2.0),
    ],
)
def test_a_robots_txt_says_how_long_to_wait_between_two_requests(text, delay):
    assert parse_robots(text.encode()).crawl_delay() == delay


def test_what_comes_after_512_kb_is_not_read():
    text = b"#" * (ROBOTS_BYTES - 10) + b"\nUser-agent: *\nDisallow: /"
    assert parse_robots(text).may_fetch(f"{SITE}/a")


def test_a_file_of_thousands_of_robots_and_rules_is_cut_down_to_ours():
    names = "".join(f"User-agent: a{number}\n" for number in range(10_000))
    text = f"{names}{'Disallow: /a' * 10_000}\nUser-agent: *\nDisallow: /b\n"
    robots = parse_robots(text.encode())
    assert robots.weight < 10
    assert not robots.may_fetch(f"{SITE}/b")


def rules_of_length(count, rule="Disallow: /{}"):
    return "\n".join(rule.format(f"x{number}") for number in range(count))


def test_rules_without_end_stop_somewhere_and_the_first_hold():
    robots = parse_robots(f"User-agent: *\n{rules_of_length(30_000, 'Disallow: /*{}')}".encode())
    assert 3_000 < robots.weight < 6_000
    assert not robots.may_fetch(f"{SITE}/x0")


@pytest.mark.parametrize("rule", ["Disallow: /{}", "Disallow: /*{}"])
@pytest.mark.parametrize("names", ["OnRecord", "other\nUser-agent: OnRecord"])
def test_a_group_that_names_us_is_read_however_long_that_for_all_is(rule, names):
    text = f"User-agent: *\n{rules_of_length(25_000, rule)}\n\nUser-agent: {names}\nDisallow: /desk\n"
    assert len(text) < ROBOTS_BYTES
    assert not allowed(text, "/desk")
    assert allowed(text, "/x1")
    assert parse_robots(text.encode()).weight < 10


def test_plain_rules_are_obeyed_to_the_end_of_512_kb():
    text = f"User-agent: *\n{rules_of_length(21_000, 'Disallow: /news/{}')}\nDisallow: /desk\n"
    assert 450_000 < len(text) < ROBOTS_BYTES
    assert not allowed(text, "/desk")
    assert ROBOTS_BYTES >= 500 * 1024


HOSTILE = {
    "plain": "Disallow: /{}",
    "escaped": "Allow:/%41{}",
    "anchored": "Allow:/{}$",
    "dollars": f"Allow:/{{}}{'$' * 1000}",
    "wild": "Allow:/*aab",
    "short": "Allow:*ab$",
    "long": f"Allow:/*{'a' * 30}b{'a' * 8}",
    "longer": f"Allow:/*{'a' * 200}b{'a' * 200}",
    "many": f"Allow:/{'*a' * 1000}*b",
}


@pytest.mark.parametrize("rule", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("agent", ["*", "OnRecord"])
def test_hostile_rules_take_bounded_time(rule, agent):
    text = f"User-agent: {agent}\n{rules_of_length(ROBOTS_BYTES // len(rule), rule)}".encode()
    start = process_time()
    robots = parse_robots(text)
    parsed = process_time()
    for path in ("a" * 2020, "ab" * 1000):
        robots.may_fetch(f"{SITE}/{path}")
    assert parsed - start < 3  # ten times what it takes
    assert process_time() - parsed < 1


async def test_a_large_file_is_read_like_a_small_one():
    for padding in (b"", b"# nothing\n" * 10_000):
        robots = await read_robots(padding + b"User-agent: *\nDisallow: /a")
        assert not robots.may_fetch(f"{SITE}/a")
        assert robots.may_fetch(f"{SITE}/b")


class Site:
    """Gives its answers one after the other, the last one for ever, and counts."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self):
        self.asked += 1
        await asyncio.sleep(0)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def outage():
    return UnreachableError(SITE, "answered 503", status=503, fault=Fault.ANSWER, retry_after=timedelta(seconds=9))


async def test_a_site_is_asked_once_for_all_who_want_to_know():
    cache, site, rules = SiteCache(), Site(Robots()), Robots()
    site.answers = [rules]
    found = await asyncio.gather(*(cache.get(SITE, site) for _ in range(20)))
    assert found == [rules] * 20
    assert await cache.get(SITE, site) is rules
    assert site.asked == 1


async def test_a_site_that_cannot_be_asked_is_left_alone_for_a_while():
    cache, site = SiteCache(), Site(outage())
    for _ in range(3):
        with pytest.raises(UnreachableError) as caught:
            await cache.get(SITE, site)
        assert (caught.value.status, caught.value.retry_after) == (503, timedelta(seconds=9))
    assert site.asked == 1


async def test_a_site_that_we_may_not_dial_is_not_remembered():
    cache, site = SiteCache(), Site(UnsafeError(SITE, "not public"), Robots())
    with pytest.raises(UnsafeError):
        await cache.get(SITE, site)
    assert await cache.get(SITE, site)


async def test_a_site_that_cannot_be_asked_keeps_the_rules_it_had():
    rules = Robots()
    cache, site = SiteCache(kept_seconds=0.0), Site(rules, outage())
    assert await cache.get(SITE, site) is rules
    assert await cache.get(SITE, site) is rules
    assert await cache.get(SITE, site) is rules
    assert site.asked == 2


async def test_rules_are_asked_for_again_when_their_time_is_over():
    cache, site = SiteCache(kept_seconds=0.0), Site(Robots())
    await cache.get(SITE, site)
    await cache.get(SITE, site)
    assert site.asked == 2


async def test_who_stops_waiting_takes_the_answer_from_nobody():
    go, rules = asyncio.Event(), Robots()

    async def ask():
        await go.wait()
        return rules

    cache = SiteCache()
    first, second = (asyncio.create_task(cache.get(SITE, ask)) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    go.set()
    assert await second is rules
    assert first.cancelled()


async def test_a_cache_that_closes_stops_asking():
    cache = SiteCache()
    waiting = asyncio.create_task(cache.get(SITE, asyncio.Event().wait))
    await asyncio.sleep(0.01)
    await cache.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_sites_not_used_for_longest_are_forgotten():
    cache = SiteCache(max_origins=2)
    sites = {name: Site(Robots()) for name in "abc"}
    for name in "abac":
        await cache.get(name, sites[name])
    for name in "ab":
        await cache.get(name, sites[name])
    assert {name: site.asked for name, site in sites.items()} == {"a": 1, "b": 2, "c": 1}


async def test_sites_with_many_rules_take_the_room_of_many():
    cache = SiteCache(max_weight=100)
    large = parse_robots(b"User-agent: *\n" + b"Disallow: /a\n" * 60)
    for number in range(5):
        await cache.get(f"{number}", Site(large))
    assert len(cache) == 1
    for number in range(5, 50):
        await cache.get(f"{number}", Site(Robots()))
    assert len(cache) > 30
