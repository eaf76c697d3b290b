"""Whatever a server says in its headers and its robots.txt: bounded, and no error of ours."""

import re
from datetime import timedelta

from hypothesis import example, given, strategies as st
from multidict import CIMultiDict, CIMultiDictProxy

from digest.errors import redact_url
from digest.sources.answers import MAX_WAIT, fresh_for, retry_after, terms_of
from digest.sources.robots import parse_robots

DATES = st.sampled_from(
    ["Mon, 23 Nov 2026 08:00:00 GMT", "Mon, 23 Nov 2026 09:00:00 -2400", "Mon, 23 Nov 0 0:0:0", "23 Nov 9999999", "0"]
)
DIRECTIVES = st.lists(
    st.sampled_from(["max-age=", "no-cache", "no-store", "private", ",", '"', "=", " ", "-1", "60", "9" * 30]),
    max_size=8,
).map("".join)
VALUES = DATES | DIRECTIVES | st.integers().map(str) | st.text(max_size=30)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Cache-Control", "Age", "Expires", "Date", "Retry-After", "X-Robots-Tag", "TDM-Reservation", "X"]
        ),
        VALUES,
    ),
    max_size=8,
).map(lambda pairs: CIMultiDictProxy(CIMultiDict(pairs)))


@given(HEADERS)
@example(CIMultiDictProxy(CIMultiDict({"Cache-Control": "max-age=" + "9" * 4000, "Age": "-"})))
def test_any_headers_ask_for_a_wait_within_bounds_or_for_none(headers):
    for wait in (retry_after(headers), fresh_for(headers)):
        assert wait is None or timedelta() < wait <= MAX_WAIT
    assert set(terms_of(headers)) <= {*headers.getall("X-Robots-Tag", []), "tdm-reservation: 0", "tdm-reservation: 1"}


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "User-agent: ",
                "user agent ",
                "Disallow: ",
                "Disalow:",
                "Allow:",
                "Crawl-delay: ",
                "Sitemap: ",
                "Host: ",
            ),
            *(
                "*",
                "OnRecord",
                "other",
                "/",
                "/a",
                "$",
                "%",
                "%e",
                "%zz",
                "é",
                "#",
                ":",
                " ",
                "\n",
                "\r",
                "\0",
                "\u2028",
            ),
            *("Host: ", "\u2028", "1e999", "-1", "nan", "http://", "http://["),
        ]
    ),
    max_size=60,
).map(lambda pieces: "".join(pieces).encode())
PATHS = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=30)


@given(LINES | st.binary(max_size=300), PATHS)
def test_any_bytes_are_a_robots_txt_that_answers(body, path):
    robots = parse_robots(body)
    assert robots.may_fetch(f"https://quay.example/{path}") in {True, False}
    assert robots.may_fetch("https://quay.example/robots.txt")
    assert (robots.crawl_delay() or 0) >= 0


@given(PATHS)
def test_a_site_that_shuts_everything_shuts_every_path(path):
    assert not parse_robots(b"User-agent: *\nDisallow: /").may_fetch(f"https://quay.example/x{path}")


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_after_the_host_is_ever_shown(user, path):
    shown = redact_url(f"https://{user}@quay.example/{path}")
    assert shown == "…" or re.fullmatch(r"https://[^/]+/…", shown)
    if not set(user) & set("/?#\\[]") and "\n" not in user:
        assert shown in {"https://quay.example/…", "…"}
