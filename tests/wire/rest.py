"""The REST half of the wire: routes over the world, each request recorded, answers exactly as discord.py reads them."""

# ruff: noqa: ARG002 -- every route has the same signature

import json
from dataclasses import dataclass, field

from aiohttp import web

from tests.wire import payloads
from tests.wire.limits import check_message
from tests.wire.world import WireError

BASE = "/api/v10"


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict = field(default_factory=dict)
    body: object = None


class Rest:
    """Answers requests. `requests` has all that came, in order, the refused ones too."""

    def __init__(self, world, gateway_url, dispatch):
        self.world = world
        self.requests = []
        self._gateway_url = gateway_url
        self._dispatch = dispatch

    def add_routes(self, app):
        routes = {
            ("GET", "/users/@me"): self._me,
            ("GET", "/oauth2/applications/@me"): self._application,
            ("GET", "/gateway/bot"): self._gateway,
            ("GET", "/applications/{application}/commands"): self._get_commands,
            ("PUT", "/applications/{application}/commands"): self._put_commands,
            ("GET", "/applications/{application}/guilds/{guild}/commands"): self._get_commands,
            ("PUT", "/applications/{application}/guilds/{guild}/commands"): self._put_commands,
            ("POST", "/channels/{channel}/messages"): self._post_message,
            ("GET", "/channels/{channel}/messages"): self._history,
        }
        for (method, path), answer in routes.items():
            app.router.add_route(method, BASE + path, self._route(answer))
        app.router.add_route("*", "/{rest:.*}", self._route(self._unknown))

    def sent(self, method, ending):
        """The recorded requests with this method whose path ends so."""
        return [one for one in self.requests if one.method == method and one.path.endswith(ending)]

    def _route(self, answer):
        async def handle(request):
            body = await request.json() if request.body_exists else None
            path = request.path.removeprefix(BASE)
            self.requests.append(Request(request.method, path, dict(request.query), body))
            try:
                if request.headers.get("Authorization") != f"Bot {self.world.token}":
                    raise WireError(401, 0, "401: Unauthorized")  # noqa: TRY301 -- one way out for all refusals
                return _json(200, answer(request, body))
            except WireError as error:
                return _json(error.status, error.body)

        return handle

    def _unknown(self, request, body):
        raise WireError(404, 0, "404: Not Found")

    def _me(self, request, body):
        return payloads.user(self.world)

    def _application(self, request, body):
        return payloads.application(self.world)

    def _gateway(self, request, body):
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": 1, "session_start_limit": limit}

    def _get_commands(self, request, body):
        return list(self.world.commands.get(self._scope(request), {}).values())

    def _put_commands(self, request, body):
        return self.world.put_commands(self._scope(request), body)

    def _scope(self, request):
        guild_id = int(request.match_info["guild"]) if "guild" in request.match_info else None
        if guild_id is not None and guild_id not in self.world.guilds:
            raise WireError(403, 50001, "Missing Access")
        return guild_id

    def _post_message(self, request, body):
        check_message(body)
        message = self.world.create_message(int(request.match_info["channel"]), body)
        answer = payloads.message(self.world, message) | ({"nonce": message.nonce} if message.nonce else {})
        self._dispatch("MESSAGE_CREATE", answer)
        return answer

    def _history(self, request, body):
        bounds = {name: int(request.query[name]) for name in ("limit", "after", "before") if name in request.query}
        found = self.world.history(int(request.match_info["channel"]), **bounds)
        return [payloads.message(self.world, message) for message in found]


def _json(status, body):
    # discord.py compares the header with this very string: a charset behind it makes the body a text.
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")
