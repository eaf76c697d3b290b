"""Which addresses may be dialled: users hand us urls, and no url may lead into somebody's own network.

Urls are checked before every request, redirects included; names are checked when they resolve; and the socket factory
checks the very address that is dialled, so that nothing which came in between can change it.
"""

import re
import socket
from collections.abc import Container
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import AddrInfoType, SocketFactoryType
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from digest.errors import UnsafeError

WEB_PORTS = frozenset({80, 443})
MAX_URL_LENGTH = 2048

Address = IPv4Address | IPv6Address

# IANA's registries of special-purpose addresses (RFC 6890 and later), written out because `ipaddress.is_global` differs
# between Python versions and takes relays, AS112 and documentation of later years for public.
_NEVER_PUBLIC_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's platform address: public by number, answers only inside
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NEVER_PUBLIC_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",
        "2001:db8::/32",
        "2620:4f:8000::/48",
        "3ffe::/16",
        "3fff::/20",
    )
)

# What an operator's switch opens: loopback and the networks that are private by intent. Link-local addresses,
# multicast and the addresses where clouds keep credentials stay shut.
_PRIVATE_V4 = tuple(
    IPv4Network(block) for block in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_PRIVATE_V6 = (IPv6Network("::1/128"), IPv6Network("fc00::/7"))
_METADATA: frozenset[Address] = frozenset(
    {IPv4Address("100.100.100.200"), IPv6Address("fd00:ec2::254"), IPv6Address("fd20:ce::254")}
)

_MAPPED = IPv6Network("::ffff:0:0/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")

_FORBIDDEN_CHARACTERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_START = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"""[^\s@%\\<>^`{|}"']+""")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMERIC_LABEL = re.compile(r"0x[0-9a-f]*|[0-9]+")
_INSIDE_NAMES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
    "in-addr.arpa",
    "ip6.arpa",
    "onion",
)


class BadAddressError(OSError):
    """An address that may not be dialled; an OSError, so that it passes through aiohttp's dialling as a failure."""


def is_public(address: str | Address) -> bool:
    """Return whether anybody on the internet may be reached there; what is no address is not public.

    IPv4 addresses inside IPv6 ones (mapped, translated, NAT64, 6to4, Teredo) count as what they lead to.
    """
    parsed = _parse_address(address)
    if parsed is None:
        return False
    inner = _unwrap(parsed)
    return all(_is_public_itself(each) for each in inner)


def may_dial(address: str | Address, *, allow_private: bool = False) -> bool:
    """Return whether a connection may be opened to this address.

    With `allow_private` also loopback and private networks; never link-local, multicast or metadata addresses.
    """
    parsed = _parse_address(address)
    if parsed is None:
        return False
    return all(_is_public_itself(each) or (allow_private and _is_private(each)) for each in _unwrap(parsed))


def check_url(url: str, *, allow_private: bool = False, ports: Container[int] = WEB_PORTS) -> str:
    """Return the url as it will be asked for: ASCII, host in lower case, no fragment.

    Checking the result again gives the same. Raises UnsafeError for another scheme or port, a name or password, a host
    that is not public by its spelling, an address not written as four plain numbers, and over 2,048 characters.
    """
    parsed = _parse_url(url)
    host = parsed.raw_host or ""
    why = _why_not_host(host, allow_private=allow_private)
    if why:
        raise UnsafeError(url, why)
    if parsed.port not in ports:
        raise UnsafeError(url, f"port {parsed.port} is not one for web pages")
    normalised = str(parsed)
    if len(normalised) > MAX_URL_LENGTH:
        raise UnsafeError(url, "is too long")
    return normalised


def socket_factory(*, allow_private: bool = False) -> SocketFactoryType:
    """Return a factory for aiohttp's TCPConnector that opens no socket for an address that may not be dialled."""

    def open_socket(addr_info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = addr_info
        if not may_dial(str(address[0]), allow_private=allow_private):
            raise BadAddressError("the address is not public")
        return socket.socket(family=family, type=kind, proto=protocol)

    return open_socket


class GuardedResolver(AbstractResolver):
    """A resolver that refuses a name if any one of its addresses may not be dialled."""

    def __init__(self, resolver: AbstractResolver, *, allow_private: bool = False) -> None:
        self._resolver = resolver
        self._allow_private = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return all addresses of the name; raise BadAddressError where one of them is not public."""
        results = await self._resolver.resolve(host, port, family)
        if not all(may_dial(result["host"], allow_private=self._allow_private) for result in results):
            raise BadAddressError("the name leads to an address that is not public")
        return results

    async def close(self) -> None:
        """Close the resolver underneath."""
        await self._resolver.close()


def _parse_address(address: str | Address) -> Address | None:
    try:
        return ip_address(str(address).partition("%")[0])
    except ValueError:
        return None


def _unwrap(address: Address) -> tuple[Address, ...]:
    if isinstance(address, IPv4Address):
        return (address,)
    if address in _MAPPED or address in _TRANSLATED or address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    return (address,)


def _is_public_itself(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in block for block in _NEVER_PUBLIC_V4)
    return address.is_global and address in _GLOBAL_UNICAST and not any(address in block for block in _NEVER_PUBLIC_V6)


def _is_private(address: Address) -> bool:
    if address in _METADATA:
        return False
    blocks = _PRIVATE_V4 if isinstance(address, IPv4Address) else _PRIVATE_V6
    return any(address in block for block in blocks)


def _parse_url(url: str) -> URL:
    text = url.strip(" \t\r\n")
    if len(text) > MAX_URL_LENGTH:
        raise UnsafeError(url, "is too long")
    if _FORBIDDEN_CHARACTERS.search(text):
        raise UnsafeError(url, "contains control characters")
    start = _START.match(text)
    if not start:
        raise UnsafeError(url, "only addresses that begin with http:// or https:// are fetched")
    if "@" in start[1]:
        raise UnsafeError(url, "contains a user name or password")
    if not _AUTHORITY.fullmatch(start[1]):
        raise UnsafeError(url, "is not an address of the web")
    try:
        return _normalise(URL(text), is_bracketed=start[1].startswith("["))
    except ValueError as error:
        raise UnsafeError(url, "is not an address of the web") from error


def _normalise(url: URL, *, is_bracketed: bool) -> URL:
    host = url.raw_host or ""
    if is_bracketed != (":" in host):
        raise ValueError("brackets are for IPv6 addresses")
    if not url.host or url.port is None:  # asked for here, because a bad name or port raises only when it is asked for
        raise ValueError("no host or port")
    if host.endswith(".") and host != ".":
        url = url.with_host(host[:-1])
    return url.with_path(url.raw_path, encoded=True, keep_query=True)


def _why_not_host(host: str, *, allow_private: bool) -> str:
    if ":" in host or _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        if _parse_address(host) is None:
            return "writes a numeric address in an unusual way"
        return "" if may_dial(host, allow_private=allow_private) else "its address is not public"
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004 -- RFC 1035
        return "is not an address of the web"
    if not allow_private and (len(labels) == 1 or _is_inside(host)):
        return "is a name inside a private network"
    return ""


def _is_inside(host: str) -> bool:
    return any(f".{host}".endswith(f".{name}") for name in _INSIDE_NAMES)
