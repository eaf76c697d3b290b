"""The REST half of the wire: every request recorded, checked, counted, met by its fault if one is scripted, answered.

The answers are exactly as discord.py reads them.
"""

import json
from dataclasses import dataclass

from aiohttp import web

from tests.wire import buckets, openapi
from tests.wire.buckets import Buckets
from tests.wire.calls import Call, File, Reply, Request, Route
from tests.wire.errors import WireError, unauthorized, unknown_route
from tests.wire.faults import Faults
from tests.wire.routes import ROUTES

BASE = "/api/v10"
INVALID = frozenset({401, 403, 429})
_FORM_IS_WRONG = 50035


class Rest:
    """Answers requests. `requests` has all that came, in order, the refused ones too.

    `complaints` are sentences on what Discord would not have liked: bodies over a limit, or that its description does
    not know, and paths that are not served.
    """

    def __init__(self, world, gateway, gateway_url, dispatch):
        self.world = world
        self.requests = []
        self.complaints = []
        self.buckets = Buckets()
        self.faults = Faults()
        self._gateway_half = gateway
        self._gateway_url = gateway_url
        self._dispatch = dispatch
        self._routes = [Route("GET", "/gateway/bot", self._gateway), *ROUTES]
        self._patterns = [(route, route.pattern) for route in self._routes]

    def add_routes(self, app):
        app.router.add_route("*", "/{rest:.*}", self._handle)

    def sent(self, method, ending):
        """The recorded requests with this method whose path ends so."""
        return [one for one in self.requests if one.method == method and one.path.endswith(ending)]

    @property
    def invalid_requests(self):
        """The requests that count for Discord's ban (10,000 in 10 minutes): 401, 403, and 429 but for shared ones."""
        return [one for one in self.requests if one.status in INVALID and one.scope != "shared"]

    def take_complaints(self):
        """The complaints so far, which then no longer fail the test: for one that provokes them."""
        taken, self.complaints = self.complaints, []
        return taken

    async def _handle(self, request):
        body, files = await _read(request)
        path = request.path.removeprefix(BASE)
        record = Request(request.method, path, dict(request.query), body, files, self.world.now())
        self.requests.append(record)
        route, gaps = self._find(record)
        if described := openapi.description():
            self._complain(described.complaint(record.method, path, body))
        exchange = Exchange(self, request, record, route, gaps)
        fault = self.faults.take(record.method, path)
        answer = await (fault.meet(exchange) if fault else exchange.act())
        record.status = record.status if record.status == 499 else answer.status
        return answer

    def _find(self, record):
        for route, pattern in self._patterns:
            if route.method == record.method and (found := pattern.fullmatch(record.path)):
                return route, found.groupdict()
        self._complain(f"{record.method} {record.path}: the wire does not serve this")
        return Route(record.method, "unknown", _unknown), {}

    def _complain(self, sentence):
        if sentence:
            self.complaints.append(sentence)

    def answer(self, route, call, token):
        """What the route's function answers, or the refusal that it raises."""
        try:
            if not route.is_open and token != f"Bot {self.world.token}":
                raise unauthorized()
            answer = route.answer(call)
        except WireError as error:
            if error.body["code"] == _FORM_IS_WRONG:
                wrong = "; ".join(one["message"] for one in error.body["errors"]["_errors"])
                self._complain(f"{call.request.method} {route.template}: over Discord's limits: {wrong}")
            return Reply(error.status, error.body)
        return answer if isinstance(answer, Reply) else Reply(200, answer)

    def check_answer(self, record, reply):
        """Complain of an answer of the wire itself that Discord's description does not know."""
        if described := openapi.description():
            self._complain(described.complaint_on_answer(record.method, record.path, reply.status, reply.body))

    def _gateway(self, call):  # noqa: ARG002 -- as every route
        half = self._gateway_half
        reset_after = half.anew_in_seconds * 1000
        limit = {"total": 1000, "remaining": half.identifies_left, "reset_after": reset_after, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": half.shards, "session_start_limit": limit}

    def tell(self, event, body):
        self._dispatch(event, body)


@dataclass
class Exchange:
    """A request and its way to an answer, as a fault takes it in hand."""

    rest: Rest
    request: web.Request
    record: Request
    route: Route
    gaps: dict

    @property
    def transport(self):
        return self.request.transport

    async def act(self):
        """Do what the request asks, if its rate limits let it, and give the answer."""
        call = Call(self.rest.world, self.rest.tell, self.record, self.gaps)
        verdict = self.rest.buckets.take(self.route, call.major)
        if verdict.retry_after is not None:
            headers, body = buckets.refusal(verdict.retry_after, is_global=verdict.is_global, scope="user")
            return self.answer(429, body, verdict.headers | headers)
        reply = self.rest.answer(self.route, call, self.request.headers.get("Authorization"))
        self.rest.check_answer(self.record, reply)
        return self.answer(reply.status, reply.body, verdict.headers)

    def answer(self, status, body, headers=None):
        self.record.status = status
        self.record.scope = (headers or {}).get("X-RateLimit-Scope")
        if status == 204:
            return web.Response(status=status, headers=headers)
        # discord.py compares the header with this very string: a charset behind it makes the body a text.
        return web.Response(
            status=max(status, 200), body=json.dumps(body).encode(), headers=headers, content_type="application/json"
        )

    def answer_text(self, status, text):
        return web.Response(status=status, text=text, content_type="text/html")


def _unknown(call):  # noqa: ARG001 -- as every route
    raise unknown_route()


async def _read(request):
    """The body as JSON, and the files that came with it."""
    if not request.body_exists:
        return None, ()
    if not request.content_type.startswith("multipart/"):
        return await request.json(), ()
    body, files = {}, []
    async for part in await request.multipart():
        if part.name == "payload_json":
            body = await part.json()
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files.append(File(part.filename, kind, bytes(await part.read())))
    return body, tuple(files)
