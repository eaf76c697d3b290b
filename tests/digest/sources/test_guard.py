import socket
from ipaddress import ip_address

import aiohttp
import pytest
from aiohttp import web

from bench._address_table import BAD_URLS, GOOD_URLS, OTHER_ADDRESSES, PUBLIC_ADDRESSES
from digest.errors import UnsafeError
from digest.sources.guard import BadAddressError, GuardedResolver, check_url, is_public, may_dial, socket_factory
from tests.digest.sources.servers import FixedResolver, serve


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_a_public_address_is_public_as_words_and_as_a_value(address):
    assert is_public(address)
    assert is_public(ip_address(address))
    assert may_dial(address)


@pytest.mark.parametrize("address", OTHER_ADDRESSES)
def test_every_other_address_is_not_public(address):
    assert not is_public(address)
    assert not may_dial(address)


def test_a_small_ipv6_value_is_not_taken_for_an_ipv4_one():
    assert not is_public(ip_address("::808:808"))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.20.0.1", "100.64.0.1", "::1", "fd12::1"]
)
def test_the_operators_switch_opens_private_networks(address):
    assert may_dial(address, allow_private=True)
    assert may_dial(f"::ffff:{address}" if "." in address else address, allow_private=True)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::", "100.100.100.200", "fd00:ec2::254", "255.255.255.255"],
)
def test_the_operators_switch_opens_nothing_else(address):
    assert not may_dial(address, allow_private=True)


@pytest.mark.parametrize(("url", "normalised"), GOOD_URLS.items())
def test_a_good_url_comes_back_normalised_and_stays_so(url, normalised):
    assert check_url(url) == normalised
    assert check_url(normalised) == normalised


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_bad_url_is_refused(url):
    with pytest.raises(UnsafeError) as caught:
        check_url(url)
    assert caught.value.url == url
    assert caught.value.why


@pytest.mark.parametrize("url", ["http://localhost/", "http://nas.local/", "http://intranet/", "http://192.168.0.1/"])
def test_the_operators_switch_opens_names_inside(url):
    assert check_url(url, allow_private=True) == url


def test_the_operators_switch_does_not_open_metadata_addresses():
    with pytest.raises(UnsafeError):
        check_url("http://169.254.169.254/", allow_private=True)


def test_other_ports_open_by_configuration():
    assert check_url("http://example.com:8080/x", ports={80, 443, 8080}) == "http://example.com:8080/x"
    with pytest.raises(UnsafeError, match="port 80"):
        check_url("http://example.com/", ports={8080})


def addr_info(address, port=80):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    where = (address, port, 0, 0) if ":" in address else (address, port)
    return (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", where)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "169.254.169.254"]
)
def test_no_socket_is_opened_for_an_address_that_is_not_public(address):
    with pytest.raises(BadAddressError):
        socket_factory()(addr_info(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_a_socket_is_opened_for_a_public_address(address):
    with socket_factory()(addr_info(address)) as opened:
        assert opened.type == socket.SOCK_STREAM


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1", "8.8.8.8"], ["8.8.8.8", "1.1.1.1", "::ffff:10.0.0.1"]],
)
async def test_a_name_with_any_bad_address_is_refused(addresses):
    with pytest.raises(BadAddressError):
        await GuardedResolver(FixedResolver(addresses)).resolve("news.example", 80)


async def test_a_name_with_public_addresses_gives_all_of_them():
    results = await GuardedResolver(FixedResolver(["8.8.8.8", "2606:4700:4700::1111"])).resolve("news.example", 80)
    assert [result["host"] for result in results] == ["8.8.8.8", "2606:4700:4700::1111"]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "::1"], ["::1", "127.0.0.1", "::ffff:127.0.0.1"]])
async def test_what_passes_the_resolver_is_still_stopped_at_the_socket(addresses):
    async with serve({"/": lambda _: web.Response(text="secret")}) as (origin, asked):
        port = origin.rpartition(":")[2]
        connector = aiohttp.TCPConnector(resolver=FixedResolver(addresses), socket_factory=socket_factory())
        async with aiohttp.ClientSession(connector=connector) as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(f"http://news.example:{port}/")
        assert asked == []
