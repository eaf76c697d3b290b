"""What an examination finds: a check, how it is, and what to do about it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

from bot.render.text import clean
from bot.settings import Settings


class State(StrEnum):
    """How something is; `UNSEEN` where it could not be looked at."""

    OK = "ok"
    UNSEEN = "not looked at"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, in words, and the remedy, empty where none is needed."""

    check: str
    state: State
    says: str
    remedy: str = ""


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Return what of the settings may be shown nowhere, also as it stands in an address."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    password = urlsplit(settings.database_url).password or ""
    found = {token, password, unquote(password), quote(password, safe="")}
    return tuple(sorted(found - {""}, key=len, reverse=True))


def without_secrets(finding: Finding, secrets: tuple[str, ...]) -> Finding:
    """Return the finding in one line, with three asterisks in the place of each secret."""
    says = finding.says
    for secret in secrets:
        says = says.replace(secret, "***")
    return replace(finding, says=clean(says))
