"""What is answered at which path: the account, the registered commands, and the routes of the other modules."""

from tests.wire import payloads
from tests.wire.calls import Reply, Route
from tests.wire.errors import missing_access, unknown_guild
from tests.wire.limits_commands import check_commands
from tests.wire.routes_channels import ROUTES as CHANNELS
from tests.wire.routes_interactions import ROUTES as INTERACTIONS

COMMANDS = "/applications/{application}/commands"
GUILD_COMMANDS = "/applications/{application}/guilds/{guild}/commands"


# What Discord's description wants of a server that is asked for by REST, and no client of ours reads.
_NOTHING = (
    *("description", "home_header", "splash", "discovery_splash", "banner", "application_id", "widget_channel_id"),
    *("max_presences", "vanity_url_code", "rules_channel_id", "safety_alerts_channel_id", "incidents_data"),
)
_LIMITS = {
    "max_members": 500_000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "premium_subscription_count": 0,
}
_SWITCHES = dict.fromkeys(("widget_enabled", "premium_progress_bar_enabled", "nsfw"), False)


def me(call):
    return payloads.me(call.world)


def application(call):
    return payloads.application(call.world)


def guild(call):
    if call["guild"] not in call.world.guilds:
        raise unknown_guild()
    whole = payloads.guild(call.world, call.world.guilds[call["guild"]])
    events = ("channels", "threads", "members", "presences", "voice_states", "stage_instances", "joined_at", "large")
    kept = {name: value for name, value in whole.items() if name not in (*events, "unavailable", "member_count")}
    roles = [role | {"icon": None, "unicode_emoji": None} for role in whole["roles"]]
    return dict.fromkeys(_NOTHING) | _LIMITS | _SWITCHES | kept | {"roles": roles}


def list_channels(call):
    if call["guild"] not in call.world.guilds:
        raise unknown_guild()
    channels = payloads.guild(call.world, call.world.guilds[call["guild"]])["channels"]
    return [one | {"guild_id": str(call["guild"])} for one in channels]


def get_member(call):
    members = call.world.guilds[call["guild"]].members if call["guild"] in call.world.guilds else {}
    if call["member"] not in members:
        raise missing_access()
    return payloads.member(members[call["member"]]) | {"banner": None}


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
