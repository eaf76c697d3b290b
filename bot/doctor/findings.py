"""What an examination finds: a check, how it is, and what to do about it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.redaction import Redaction
from bot.render.text import clean


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


def without_secrets(finding: Finding, redaction: Redaction) -> Finding:
    """Return the finding in one line, without what is or may be a secret."""
    return replace(finding, says=clean(redaction.text(finding.says)))
