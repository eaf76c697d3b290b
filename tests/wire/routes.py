"""What is answered at which path: the account, the registered commands, and the routes of the other modules."""

from tests.wire import payloads
from tests.wire.calls import Reply, Route
from tests.wire.errors import missing_access, unknown_guild
from tests.wire.limits_commands import check_commands
from tests.wire.routes_channels import ROUTES as CHANNELS
from tests.wire.routes_interactions import ROUTES as INTERACTIONS

COMMANDS = "/applications/{application}/commands"
GUILD_COMMANDS = "/applications/{application}/guilds/{guild}/commands"


def me(call):
    return payloads.me(call.world)


def application(call):
    return payloads.application(call.world)


def guild(call):
    if call["guild"] not in call.world.guilds:
        raise unknown_guild()
    whole = payloads.guild(call.world, call.world.guilds[call["guild"]])
    events = ("channels", "threads", "members", "presences", "voice_states", "stage_instances", "joined_at", "large")
    return {name: value for name, value in whole.items() if name not in (*events, "unavailable", "member_count")}


def list_channels(call):
    if call["guild"] not in call.world.guilds:
        raise unknown_guild()
    return payloads.guild(call.world, call.world.guilds[call["guild"]])["channels"]


def get_member(call):
    members = call.world.guilds[call["guild"]].members if call["guild"] in call.world.guilds else {}
    if call["member"] not in members:
        raise missing_access()
    return payloads.member(members[call["member"]])


def _scope(call):
    guild_id = call["guild"] if "guild" in call.gaps else None
    if call["application"] != call.world.application_id:
        raise missing_access()
    if guild_id is not None and guild_id not in call.world.guilds:
        raise missing_access()
    return guild_id


def list_commands(call):
    return list(call.world.commands.get(_scope(call), {}).values())


def put_commands(call):
    scope = _scope(call)
    check_commands(call.request.body)
    return call.world.put_commands(scope, call.request.body)


def add_command(call):
    scope = _scope(call)
    there = {name: one for name, one in call.world.commands.get(scope, {}).items() if one["name"] != call.body["name"]}
    check_commands([*there.values(), call.body])
    before = len(call.world.commands.get(scope, {}))
    command = call.world.registry.put(scope, call.body)
    return Reply(201 if len(call.world.commands[scope]) > before else 200, command)


def get_command(call):
    return call.world.registry.get(_scope(call), call["command"])


def delete_command(call):
    call.world.registry.delete(_scope(call), call["command"])
    return Reply(204)


def _of_commands(path):
    return (
        Route("GET", path, list_commands),
        Route("PUT", path, put_commands),
        Route("POST", path, add_command),
        Route("GET", path + "/{command}", get_command),
        Route("DELETE", path + "/{command}", delete_command),
    )


ROUTES = (
    Route("GET", "/users/@me", me),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/guilds/{guild}", guild),
    Route("GET", "/guilds/{guild}/channels", list_channels),
    Route("GET", "/guilds/{guild}/members/{member}", get_member),
    *_of_commands(COMMANDS),
    *_of_commands(GUILD_COMMANDS),
    *CHANNELS,
    *INTERACTIONS,
)
