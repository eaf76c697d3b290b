"""A place where the text may say that somebody commits: the cue, who does it, and what it leads to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Trigger:
    """A cue with its arguments, before it is judged.

    `verb` carries the clause of the cue; `action` is the head of what is committed to; `doers` are the heads of who
    commits. `holds_subject`: the action is a clause with a doer of its own, who belongs to it. `report` is the verb or
    noun of saying whose speaker is not known to be the doer.
    """

    kind: CommitmentKind
    cue: tuple["Token", "Token"]
    verb: "Token"
    action: "Token"
    doers: tuple["Token", ...]
    method: str
    strength: Strength = Strength.FIRM
    holds_subject: bool = False
    recipient: "Token | None" = None
    report: "Token | None" = None
