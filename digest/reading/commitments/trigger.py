"""A place where the text may say that somebody commits: the cue, who does it, and what it leads to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Strength

if TYPE_CHECKING:
    from spacy.tokens import Token


class Rule(StrEnum):
    """The rule that found a commitment; `Commitment.method` prints it."""

    INFINITIVE = "cue verb, infinitive"
    NO_PLAN = "no plan to"
    CLAUSE = "cue verb, clause"
    OBJECT = "cue verb, object"
    PREPOSITION = "cue verb, preposition"
    GERUND = "cue verb, gerund"
    DATED = "date set"
    WEIGHING = "cue verb of weighing"
    NOUN = "noun of committing"
    READINESS = "predicate of readiness"
    IN_PERSON = "first person in a quotation"
    SAID_OWN = "said it would"
    SAID_FOR = "said of whom the speaker speaks for"
    STATED = "will, of a subject that can"
    PASSIVE = "will, passive with its doer"
    IS_TO = "is to"
    HEADLINE = "headline"
    WITHDRAWAL = "noun of committing, taken back"


CUE_VERBS = frozenset({Rule.INFINITIVE, Rule.CLAUSE, Rule.OBJECT, Rule.PREPOSITION, Rule.GERUND, Rule.WITHDRAWAL})
THIRD_PERSON = frozenset({Rule.SAID_OWN, Rule.SAID_FOR, Rule.STATED, Rule.IS_TO, Rule.PASSIVE})


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
    rule: Rule
    strength: Strength = Strength.FIRM
    holds_subject: bool = False
    recipient: "Token | None" = None
    report: "Token | None" = None
