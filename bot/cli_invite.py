"""`onrecord invite`: the link by which a server's managers let the bot in."""

import argparse
import base64
import binascii
import sys

from bot.channels.places import invitation
from bot.errors import SettingsError
from bot.settings import Settings
from bot.texts import housekeeping as words


def run_invite_command(options: argparse.Namespace) -> int:
    """Print the link, and return the exit status; SettingsError where nothing tells whom it is to invite."""
    token = Settings.from_env().discord_token if options.client_id is None else None
    application_id = options.client_id or application_of(token.get_secret_value() if token else "")
    if not application_id:
        raise SettingsError([("DISCORD_TOKEN", words.NO_CLIENT_ID)])
    sys.stdout.write(f"{invitation(application_id)}\n")
    return 0


def application_of(token: str) -> int | None:
    """Return the id of the bot whose token this is, which stands in its first part; None where there is none."""
    first = token.partition(".")[0]
    try:
        written = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(written) if written.isdecimal() else None
