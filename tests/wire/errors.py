"""Refusals with Discord's own status, code and words (its documentation's "JSON Error Codes")."""


class WireError(Exception):
    """An answer that is a refusal, with Discord's own code."""

    def __init__(self, status, code, message, **more):
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "code": code, **more}


class NotOfferedError(AssertionError):
    """A member tried what Discord's own client does not let anybody do: the test or the registration is wrong."""


class NobodyAnsweredError(AssertionError):
    """The bot did not answer an interaction as it was waited for."""


def invalid_form(wrong):
    """The 400 for a body that is over limits, naming everything that is."""
    return WireError(400, 50035, "Invalid Form Body", errors={"_errors": [{"message": one} for one in wrong]})


def unauthorized():
    return WireError(401, 0, "401: Unauthorized")


def unknown_route():
    return WireError(404, 0, "404: Not Found")


def unknown_channel():
    return WireError(404, 10003, "Unknown Channel")


def unknown_guild():
    return WireError(404, 10004, "Unknown Guild")


def unknown_message():
    return WireError(404, 10008, "Unknown Message")


def unknown_user():
    return WireError(404, 10013, "Unknown User")


def unknown_webhook():
    """The token of an interaction that has no answer yet, or that never was."""
    return WireError(404, 10015, "Unknown Webhook")


def unknown_interaction():
    return WireError(404, 10062, "Unknown interaction")


def unknown_command():
    return WireError(404, 10063, "Unknown application command")


def too_many_creates():
    return WireError(400, 30034, "Max number of daily application command creates has been reached (200)")


def already_crossposted():
    return WireError(400, 40033, "This message has already been crossposted.")


def tag_required():
    return WireError(400, 40067, "A tag is required to create a forum post in this channel")


def already_acknowledged():
    return WireError(400, 40060, "Interaction has already been acknowledged.")


def missing_access():
    return WireError(403, 50001, "Missing Access")


def not_the_author():
    return WireError(403, 50005, "Cannot edit a message authored by another user")


def empty_message():
    return WireError(400, 50006, "Cannot send an empty message")


def not_a_text_channel():
    return WireError(400, 50008, "Cannot send messages in a non-text channel")


def unwanted_message():
    return WireError(403, 50007, "Cannot send messages to this user")


def missing_permissions():
    return WireError(403, 50013, "Missing Permissions")


def wrong_channel_type():
    return WireError(400, 50024, "Cannot execute action on this channel type")


def expired_token():
    """An interaction's token after its 15 minutes: a 401, as discord/discord-api-docs#6851 shows; 10015 is a 404."""
    return WireError(401, 50027, "Invalid Webhook Token")


def archived_thread():
    return WireError(400, 50083, "Thread is archived")


def no_history_to_reply_to():
    return WireError(400, 160002, "Cannot reply without permission to read message history")


def thread_exists():
    return WireError(400, 160004, "A thread has already been created for this message")
