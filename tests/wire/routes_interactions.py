"""What is answered to the bot's answers: first ones, edits of them, follow-ups."""

from tests.wire import interactions, payloads, payloads_interactions
from tests.wire.calls import Reply, Route

WEBHOOK = "/webhooks/{webhook}/{token}"
MESSAGE = WEBHOOK + "/messages/{message}"


def respond(call):
    interaction = interactions.respond(call.world, call["interaction"], call["token"], call.body, call.files)
    if interaction.answer is interactions.Answer.MESSAGE:
        _tell(call, "MESSAGE_CREATE", interaction.original)
    if call.request.query.get("with_response") not in ("1", "true"):
        return Reply(204)
    return payloads_interactions.callback(interaction)


def _interaction(call):
    return interactions.of_token(call.world, call["webhook"], call["token"])


def follow_up(call):
    message = interactions.follow_up(call.world, _interaction(call), call.body, call.files)
    _tell(call, "MESSAGE_CREATE", message)
    return payloads.message(message)


def get_message(call):
    return payloads.message(interactions.message_of(_interaction(call), call.gaps["message"]))


def edit_message(call):
    interaction = _interaction(call)
    message = interactions.message_of(interaction, call.gaps["message"])
    interactions.fill(call.world, interaction, message, call.body, call.files)
    _tell(call, "MESSAGE_UPDATE", message)
    return payloads.message(message)


def delete_message(call):
    interaction = _interaction(call)
    interactions.remove(interaction, interactions.message_of(interaction, call.gaps["message"]))
    return Reply(204)


def _tell(call, event, message):
    if not message.is_ephemeral:
        call.tell(event, payloads.message(message))


ROUTES = (
    Route("POST", "/interactions/{interaction}/{token}/callback", respond, is_open=True),
    Route("POST", WEBHOOK, follow_up, is_open=True),
    Route("GET", MESSAGE, get_message, is_open=True),
    Route("PATCH", MESSAGE, edit_message, is_open=True),
    Route("DELETE", MESSAGE, delete_message, is_open=True),
)
