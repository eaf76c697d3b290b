"""What is answered under /channels: channels, messages, threads. Who listens at the gateway is told."""

from datetime import datetime

from tests.wire import messages, payloads, threads
from tests.wire.calls import Reply, Route
from tests.wire.errors import missing_access, unknown_user
from tests.wire.limits import check_edit, check_message, check_thread, invalid_form, wrong_thread
from tests.wire.nouns import FORUMS

CHANNEL = "/channels/{channel}"
MESSAGES = CHANNEL + "/messages"
MESSAGE = MESSAGES + "/{message}"
MEMBER = CHANNEL + "/thread-members/@me"


def _in_guild(call, message, **more):
    guild_id = call.world.channel(message.channel_id).guild_id
    return payloads.message(message) | ({"guild_id": str(guild_id)} if guild_id else {}) | more


def get_channel(call):
    return payloads.channel_alone(call.world.channel(call["channel"]))


def edit_channel(call):
    if wrong := [*wrong_thread(call.body, is_new=False)]:
        raise invalid_form(wrong)
    channel = threads.edit(call.world, call["channel"], call.body)
    answer = payloads.channel_alone(channel)
    call.tell("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", answer)
    return answer


def delete_channel(call):
    channel = threads.delete(call.world, call["channel"])
    answer = payloads.channel_alone(channel)
    call.tell("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", answer)
    return answer


def post_message(call):
    check_message(call.body, call.files)
    message = call.world.create_message(call["channel"], call.body, call.files)
    call.tell("MESSAGE_CREATE", _in_guild(call, message))
    return payloads.message(message)


def list_messages(call):
    query = call.request.query
    bounds = {name: int(query[name]) for name in ("limit", "after", "before", "around") if name in query}
    return [payloads.message(one) for one in call.world.history(call["channel"], **bounds)]


def get_message(call):
    return payloads.message(messages.get(call.world, call["channel"], call["message"]))


def edit_message(call):
    check_edit(call.body, call.files)
    message = messages.edit(call.world, call["channel"], call["message"], call.body)
    call.tell("MESSAGE_UPDATE", _in_guild(call, message))
    return payloads.message(message)


def delete_message(call):
    messages.delete(call.world, call["channel"], call["message"])
    guild_id = call.world.channel(call["channel"]).guild_id
    gone = {"id": str(call["message"]), "channel_id": str(call["channel"]), "guild_id": str(guild_id)}
    call.tell("MESSAGE_DELETE", gone)
    return Reply(204)


def crosspost_message(call):
    message = messages.crosspost(call.world, call["channel"], call["message"])
    call.tell("MESSAGE_UPDATE", _in_guild(call, message))
    return payloads.message(message)


def start_thread_from(call):
    check_thread(call.body)
    thread = threads.start_from(call.world, call["channel"], call["message"], call.body)
    return _started(call, thread)


def start_thread(call):
    is_forum = call.world.channel(call["channel"]).kind in FORUMS
    check_thread(call.body, call.files, has_message=is_forum)
    thread, message = threads.start(call.world, call["channel"], call.body, call.files)
    reply = _started(call, thread)
    if message is not None:
        call.tell("MESSAGE_CREATE", _in_guild(call, message))
        reply.body["message"] = payloads.message(message)
    return reply


def _started(call, thread):
    answer = payloads.thread(thread, call.world.bot_id)
    call.tell("THREAD_CREATE", answer | {"newly_created": True})
    return Reply(201, dict(answer))


def join_thread(call):
    threads.join(call.world, call["channel"], call.world.bot_id)
    return Reply(204)


def leave_thread(call):
    threads.leave(call.world, call["channel"], call.world.bot_id)
    return Reply(204)


def open_direct(call):
    wanted = int(call.body["recipient_id"])
    people = [one.user for guild in call.world.guilds.values() for one in guild.members.values()]
    user = next((one for one in people if one.id == wanted), None)
    if user is None:
        raise unknown_user()
    return payloads.direct_channel(call.world.direct_with(user))


def _listed(call, found, *, has_more=False):
    joined = [one for one in found if call.world.bot_id in one.thread.members]
    return {
        "threads": [payloads.thread(one, call.world.bot_id) for one in found],
        "members": [payloads.thread_member(one, call.world.bot_id) for one in joined],
        "has_more": has_more,
    }


def list_active_threads(call):
    if call["guild"] not in call.world.guilds:
        raise missing_access()
    return _listed(call, threads.active(call.world, call["guild"]))


def list_archived_threads(call):
    query = call.request.query
    before = datetime.fromisoformat(query["before"]) if "before" in query else None
    found, has_more = threads.archived(call.world, call["channel"], before=before, limit=int(query.get("limit", 50)))
    return _listed(call, found, has_more=has_more)


ROUTES = (
    Route("GET", CHANNEL, get_channel),
    Route("PATCH", CHANNEL, edit_channel),
    Route("DELETE", CHANNEL, delete_channel),
    Route("POST", MESSAGES, post_message),
    Route("GET", MESSAGES, list_messages),
    Route("GET", MESSAGE, get_message),
    Route("PATCH", MESSAGE, edit_message),
    Route("DELETE", MESSAGE, delete_message),
    Route("POST", MESSAGE + "/crosspost", crosspost_message),
    Route("POST", MESSAGE + "/threads", start_thread_from),
    Route("POST", CHANNEL + "/threads", start_thread),
    Route("POST", "/users/@me/channels", open_direct),
    Route("PUT", MEMBER, join_thread),
    Route("DELETE", MEMBER, leave_thread),
    Route("GET", "/guilds/{guild}/threads/active", list_active_threads),
    Route("GET", CHANNEL + "/threads/archived/public", list_archived_threads),
)
