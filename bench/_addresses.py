"""The address table through the real client: what may not be dialled is never dialled, what may be always is.

Every connection that the client opens is led to one server on loopback, and the address it was meant for is written
down. So a leak shows as what it is, a dialled address, and nothing leaves the machine.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bench._address_cases import Answers, Case, address_cases
from digest import WebFetcher
from digest.errors import DisallowedError, Fault, FetchError, UnreachableError, UnsafeError

_SECONDS = 5.0


def measure_addresses(only: Sequence[Case] = ()) -> dict[str, Any]:
    """Return how many cases there are, by family, the addresses that leaked, and the refusals of what was good."""
    cases = only or list(address_cases())
    with asyncio.Runner(loop_factory=_LedLoop) as runner:
        verdicts = runner.run(_judge_all(cases))
    families = dict.fromkeys(case.family for case in cases)
    return {
        "address_cases": len(cases),
        "address_controls": sum(case.is_fetched for case in cases),
        "address_families": {name: sum(case.family == name for case in cases) for name in families},
        "address_dials": sum(dials for _, _, dials in verdicts),
        "address_leaks": [why for why, _, _ in verdicts if why],
        "address_false_refusals": [why for _, why, _ in verdicts if why],
    }


class _LedLoop(asyncio.SelectorEventLoop):
    """An event loop that leads every connection to `led_to`, and writes down where it was meant to go."""

    led_to: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        self.dialled.append(_plain(str(address[0])))
        await super().sock_connect(sock, ("::1" if sock.family == socket.AF_INET6 else "127.0.0.1", self.led_to))


class _Names(AbstractResolver):
    def __init__(self, answers: Answers) -> None:
        self._answers = {host: list(answer) for host, answer in answers.items()}

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 -- aiohttp's
    ) -> list[ResolveResult]:
        answers = self._answers.get(host) or self._answers[""]
        return [_resolved(host, port, address) for address in (answers.pop(0) if len(answers) > 1 else answers[0])]

    async def close(self) -> None:
        self._answers.clear()


class _Turncoat(dict[str, Any]):
    """A resolved address that is another each time it is looked at: public once, then its last."""

    def __init__(self, resolved: Mapping[str, Any], *addresses: str) -> None:
        super().__init__(resolved)
        self._addresses = list(addresses)

    def __getitem__(self, key: str) -> Any:
        if key != "host":
            return super().__getitem__(key)
        return self._addresses.pop(0) if len(self._addresses) > 1 else self._addresses[0]


def _resolved(host: str, port: int, address: str) -> ResolveResult:
    first, *later = address.split(" then ")
    family = socket.AF_INET6 if ":" in first else socket.AF_INET
    result = ResolveResult(hostname=host, host=first, port=port, family=family, proto=6, flags=socket.AI_NUMERICHOST)
    return _Turncoat(result, first, *later) if later else result  # type: ignore[return-value]


async def _judge_all(cases: Sequence[Case]) -> list[tuple[str, str, int]]:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, _LedLoop)  # noqa: S101 -- the runner's
    redirects: dict[str, str] = {}
    async with _server(redirects) as port:
        loop.led_to = port
        verdicts = []
        for case in cases:
            redirects.clear()
            redirects.update(case.redirects)
            loop.dialled.clear()
            outcome = await _fetch(case)
            verdicts.append(_verdict(case, outcome, loop.dialled))
        return verdicts


@asynccontextmanager
async def _server(redirects: Mapping[str, str]) -> AsyncIterator[int]:
    async def answer(request: web.Request) -> web.Response:
        location = redirects.get(f"{request.host}{request.path}") or redirects.get(request.path)
        if location:
            return web.Response(status=302, headers={"Location": location})
        return web.Response(text="User-agent: *\nDisallow:" if request.path == "/robots.txt" else "<p>Hello")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = int(runner.addresses[0][1])
        await web.TCPSite(runner, "::1", port).start()
        yield port
    finally:
        await runner.cleanup()


async def _fetch(case: Case) -> FetchError | None:
    options: dict[str, Any] = {"keeps_rules": False, "spacing": 0.0, "total_seconds": _SECONDS} | dict(case.client)
    async with WebFetcher(resolver=_Names(case.names), **options) as client:
        try:
            await client.fetch(case.url)
        except FetchError as error:
            return error
        return None


def _verdict(case: Case, outcome: FetchError | None, dialled: list[str]) -> tuple[str, str, int]:
    """Return the leak and the false refusal, "" for none, and how often was dialled."""
    name = f"{case.family}: {case.url[:80]!r} {dict(case.names)} {dict(case.redirects)}"
    leaked = set(dialled) - {_plain(address) for address in case.dialled}
    if leaked:
        return f"{name} dialled {sorted(leaked)}", "", len(dialled)
    if not case.is_fetched:
        is_refused = isinstance(outcome, UnsafeError | DisallowedError)
        is_led = bool(dialled) or not case.dialled  # a redirect is refused only where it was come to
        return (
            "" if is_refused else f"{name} was not refused: {outcome}",
            "" if is_led else f"{name}: {outcome}",
            len(dialled),
        )
    # What listens speaks no TLS: of an https url it is enough that it was dialled.
    is_had = outcome is None or (isinstance(outcome, UnreachableError) and outcome.fault is Fault.ENCRYPTION)
    return "", "" if dialled and is_had else f"{name}: {outcome}", len(dialled)


def _plain(address: str) -> str:
    """Return the address in its usual notation, or as it is where it is none."""
    try:
        return str(ip_address(address.partition("%")[0]))
    except ValueError:
        return address
