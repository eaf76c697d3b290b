"""The ways to an address, one by one: what may be dialled on each, and whether a page is had."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench._address_table import BAD_URLS, GOOD_URLS, OTHER_ADDRESSES, PUBLIC_ADDRESSES
from digest.sources.links import absolute_url

PUBLIC = "93.184.216.34"
_PAGE = "http://quay.example/"

Answers = Mapping[str, tuple[tuple[str, ...], ...]]
"""What the name server says of a host, one answer after the other; the last one stays."""

_PUBLIC_NAMES: Answers = {"": ((PUBLIC,),)}


@dataclass(frozen=True, slots=True)
class Case:
    """One way to an address. `dialled` are the addresses that may be dialled on it, and are to be."""

    family: str
    url: str
    dialled: frozenset[str] = frozenset()
    is_fetched: bool = False
    names: Answers = field(default_factory=lambda: _PUBLIC_NAMES)
    redirects: Mapping[str, str] = field(default_factory=dict)
    client: Mapping[str, Any] = field(default_factory=dict)


def address_cases() -> Iterator[Case]:
    """Yield every case, the families after each other."""
    for family in (_urls, _literals, _names, _redirects, _rebinding, _links, _robots, _switch):
        yield from family()


def _urls() -> Iterator[Case]:
    """Schemes, ports, notations, names of private networks, user names, lengths."""
    for url in BAD_URLS:
        yield Case("urls", url)
    for url, normalised in GOOD_URLS.items():
        host = normalised.split("/")[2].removesuffix(":443").strip("[]")
        is_literal = host.replace(".", "").isdigit() or ":" in host
        yield Case("urls", url, frozenset({host if is_literal else PUBLIC}), is_fetched=True)


def _literals() -> Iterator[Case]:
    """Every range, written into the url."""
    for address in OTHER_ADDRESSES:
        if address:
            yield Case("literals", f"http://{_host(address)}/")
    for address in PUBLIC_ADDRESSES:
        yield Case("literals", f"http://{_host(address)}/", frozenset({address}), is_fetched=True)


def _names() -> Iterator[Case]:
    """Every range as what a name resolves to, alone and among good ones; a name in the wrong family."""
    for address in OTHER_ADDRESSES:
        yield Case("names", _PAGE, names={"": ((address,),)})
        yield Case("mixed", _PAGE, names={"": ((PUBLIC, address),)})
        yield Case("mixed", _PAGE, names={"": ((address, "2606:4700:4700::1111", PUBLIC),)})
    for address in PUBLIC_ADDRESSES:
        yield Case("names", _PAGE, frozenset({address}), names={"": ((address,),)}, is_fetched=True)
        yield Case("mixed", _PAGE, frozenset({address, PUBLIC}), names={"": ((address, PUBLIC),)}, is_fetched=True)


_INSIDE = (
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:10.0.0.1]/",
    "http://2130706433/",
    "http://inside.example/",
    "//inside.example/",
    "http://quay.example:8080/",
    "http://user:password@quay.example/",
    "http://nas.local/",
    "file:///etc/passwd",
    "gopher://quay.example/",
    "data:text/html,hello",
    "http://[::1",
)
_LEADS_INSIDE: Answers = {"inside.example": (("10.0.0.1",),), "": ((PUBLIC,),)}
_OUT = frozenset({PUBLIC})


def _redirects() -> Iterator[Case]:
    for target in _INSIDE:
        yield Case("redirects", _PAGE, _OUT, names=_LEADS_INSIDE, redirects={"/": target})
        yield Case(
            "redirects",
            _PAGE,
            _OUT,
            names=_LEADS_INSIDE,
            redirects={"/": "/2", "/2": "http://b.example/3", "/3": target},
        )
    for target in ("/2", "//b.example/2", "http://8.8.8.8/2"):
        dialled = frozenset({PUBLIC, "8.8.8.8"}) if "8.8" in target else _OUT
        yield Case(
            "redirects", _PAGE, dialled, is_fetched=True, names=_LEADS_INSIDE, redirects={"quay.example/": target}
        )


def _rebinding() -> Iterator[Case]:
    """A name that is public when it is checked, and another address when it is asked again, or looked at again."""
    for inside in ("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "::1"):
        then = {"quay.example": ((PUBLIC,),), "": ((inside,),)}
        yield Case("rebinding", _PAGE, names={"": ((f"{PUBLIC} then {inside}",),)})
        yield Case("rebinding", _PAGE, _OUT, names=then, redirects={"/": "http://b.example/"})
        again = {"": ((PUBLIC,), (inside,))}
        yield Case("rebinding", _PAGE, _OUT, is_fetched=True, names=again, redirects={"/": "/2"})
    yield Case("rebinding", _PAGE, frozenset({"8.8.8.8"}), is_fetched=True, names={"": ((f"{PUBLIC} then 8.8.8.8",),)})


def _links() -> Iterator[Case]:
    """Images and feeds that a page names, as absolute_url gives them."""
    for family in ("images", "discovery"):
        for link in (*_INSIDE, "\thttp://127.0.0.1/", "http://127.0.0.1:80/", "//[::1]/x"):
            if url := absolute_url(f"{_PAGE}news/", link):
                yield Case(family, url, names=_LEADS_INSIDE)
        for link in ("x.png", "/feed", "//b.example/feed", "?x=1"):
            yield Case(family, absolute_url(f"{_PAGE}news/", link), _OUT, is_fetched=True, names=_LEADS_INSIDE)


def _robots() -> Iterator[Case]:
    """The way of a robots.txt: the page is had where its robots.txt leads astray, and nobody is dialled there."""
    asks, here = {"keeps_rules": True}, {"quay.example/": "http://inside.example/"}
    for target in _INSIDE:
        astray = {"/robots.txt": target}
        yield Case("robots", _PAGE, _OUT, is_fetched=True, names=_LEADS_INSIDE, redirects=astray, client=asks)
    for url in ("http://inside.example/", "http://127.0.0.1/", "http://[::1]/", "http://quay.example:8080/"):
        yield Case("robots", url, names=_LEADS_INSIDE, client=asks)
    yield Case("robots", _PAGE, _OUT, names=_LEADS_INSIDE, redirects=here, client=asks)
    yield Case("robots", _PAGE, _OUT, is_fetched=True, client=asks)


def _switch() -> Iterator[Case]:
    """The operator's switch opens private networks, and nothing else."""
    opened = {"allow_private": True}
    for address in ("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.20.0.1", "100.64.0.1", "::1", "fd12::1"):
        dialled, names = frozenset({address}), {"": ((address,),)}
        yield Case("switch", f"http://{_host(address)}/", dialled, is_fetched=True, client=opened)
        yield Case("switch", "http://nas.local/", dialled, is_fetched=True, names=names, client=opened)
    for address in ("169.254.169.254", "fe80::1", "224.0.0.1", "0.1.2.3", "::", "100.100.100.200", "fd00:ec2::254"):
        yield Case("switch", f"http://{_host(address)}/", client=opened)
        yield Case("switch", "http://nas.local/", names={"": ((address,),)}, client=opened)


def _host(address: str) -> str:
    return f"[{address}]" if ":" in address else address
