"""The parts of a commitment: what is committed to, on which condition, by when, and to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import CommitmentKind, Deadline, Span
from digest.reading.clauses import SUBJECTS
from digest.reading.commitments.deadlines import find_deadlines
from digest.reading.commitments.scene import Scene, trimmed
from digest.reading.commitments.trigger import Trigger
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_STOPS = frozenset({";", ":", "—", "–", "--", "...", "…"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM"})
_TURNS = frozenset({"as", "while", "but", "although", "though", "because", "which", "who", "whose", "whereas", "where", "so", "adding", "citing", "saying"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What a commitment says beside its actors and cue."""

    what: Span
    condition: Span | None
    deadline: Deadline | None
    recipient: Span | None


def find_parts(scene: Scene, trigger: Trigger) -> Parts | None:
    """Return the parts of the commitment, or None where no words are left that say what it is."""
    text = scene.parsed.text
    start, end = _start(trigger), _end(trigger)
    if end <= start:
        return None
    condition = _condition(scene, trigger, start, end)
    deadline = _deadline(scene, trigger, start, end, condition)
    recipient, given_at = _recipient(scene, trigger, end)
    tails = [Span(condition.start, condition.end)] if condition is not None else []
    tails += [found.span for found in find_deadlines(text, Span(start, end), scene.published_on)]
    if given_at is not None:
        tails.append(given_at)
    if trigger.kind is CommitmentKind.REFUSAL:
        tails += _makers(trigger.action, end)
    what = _without_tails(text, start, end, tails)
    if what is None:
        return None
    if condition is not None and deadline is not None and condition.overlaps(deadline.span):
        condition = _without_tails(text, condition.start, condition.end, [deadline.span])
    return Parts(what, condition, deadline, recipient)


def _start(trigger: Trigger) -> int:
    action = trigger.action
    if trigger.holds_subject:
        subject = next((child for child in action.children if child.dep_ in SUBJECTS), action)
        return int(subject.left_edge.idx)
    if action.pos_ in {"VERB", "AUX"} or action.tag_.startswith("VB"):
        return int(_first_of_verb(trigger, action).idx)
    return int(action.left_edge.idx if action.pos_ in _NOUNS or action.dep_ == "amod" else action.idx)


def _first_of_verb(trigger: Trigger, action: "Token") -> "Token":
    first = action
    after = max(trigger.cue[1].i, *(child.i for child in action.children if child.dep_ == "aux" and child.i < action.i), -1)
    for child in action.children:
        if child.i >= action.i or child.dep_ not in {"advmod", "neg", "aux", "auxpass"} or child.tag_ == "MD":
            continue
        is_no = child.dep_ == "neg" and child.i > trigger.cue[1].i
        if is_no or (child.i > after and child.i > trigger.cue[1].i):
            first = min(first, child, key=lambda token: token.i)
    while first.i > 1 and first.nbor(-1).text == "-" and not first.nbor(-1).whitespace_:
        first = first.nbor(-2)  # "re-open"
    return first


def _end(trigger: Trigger) -> int:
    """Return the offset where the clause of the action ends."""
    action = trigger.action
    last = _last(trigger)
    end = int(last.idx + len(last))
    for token in action.doc[action.i + 1 : last.i + 1]:
        if _turns_away(token, trigger):
            return int(token.idx)
    return end


def _last(trigger: Trigger) -> "Token":
    action = trigger.action
    last = action.right_edge
    # "promised a vote on the bill next week": what follows the object hangs on the cue.
    for child in trigger.verb.rights if action.head in {trigger.verb, *trigger.verb.children} else ():
        is_beside = child.dep_ in {"prep", "npadvmod", "advcl", "dative", "advmod", "xcomp"} and child.i > action.i
        if is_beside and child.left_edge.i == last.i + 1 and child.pos_ != "VERB":
            last = child.right_edge
        elif child.dep_ == "advcl" and child.i > action.i and _mark_of(child) is not None:
            last = child.right_edge
    # A comma ends the list of verbs only where the parser ends it: "mend the main, clean the filters and publish".
    for child in trigger.verb.rights:
        if action.tag_ == "VB" and child.dep_ == "conj" and child.i > last.i and _continues(child, action):
            last = child.right_edge
    return last


def _continues(child: "Token", action: "Token") -> bool:
    is_base = child.tag_ in {"VB", "JJ", "NN"} and not any(word.dep_ in SUBJECTS | {"aux"} for word in child.children)
    return is_base and child.head.i < action.i and child.pos_ != "ADV" and any(w.dep_ == "dobj" for w in child.children)


def _turns_away(token: "Token", trigger: Trigger) -> bool:
    if token.text in _STOPS or (token.is_space and "\n" in token.text) or _is_passives_doer(token, trigger):
        return True
    if token.text != "," or token.i + 1 >= len(token.doc):
        return token.lower_ == "but" and token.dep_ == "cc"
    following = token.nbor(1)
    if following.lower_ in _TURNS or following.text in "“”\"":
        return True
    return _opens_aside(following, trigger) or _opens_attribution(token, trigger)


def _is_passives_doer(token: "Token", trigger: Trigger) -> bool:
    # "were promised a harbour by the governor"
    if token.lower_ != "by" or trigger.action == trigger.verb or trigger.recipient is None:
        return False
    return any(child in trigger.doers for child in token.children)


def _opens_aside(token: "Token", trigger: Trigger) -> bool:
    for word in token.doc[token.i : token.i + 4]:
        if word.dep_ in {"advcl", "relcl"} and word.tag_ in {"VBG", "VBN", "VBD", "VBZ"} and word.left_edge.i >= token.i - 1:
            return word.head.i <= token.i
        if word.dep_ in {"cc", "conj"} and word.head.i <= trigger.action.i and word.tag_ in {"VBD", "VBZ", "CC"}:
            return any(child.tag_ in {"VBD", "VBZ"} for child in word.head.children if child.dep_ == "conj" and child.i > word.i)
    return False


def _opens_attribution(comma: "Token", trigger: Trigger) -> bool:
    report = trigger.report
    if report is None or report.i < comma.i:
        return False
    between = comma.doc[comma.i + 1 : report.i]
    return not any(token.pos_ in {"VERB", "AUX"} for token in between) and len(between) < 16  # noqa: PLR2004 -- words of a title


def _mark_of(clause: "Token") -> "Token | None":
    for child in clause.children:
        if child.lower_ in words("condition", "marks") and child.dep_ in {"mark", "advmod", "prep"} and child.i < clause.i:
            return child
    return None


def _condition(scene: Scene, trigger: Trigger, start: int, end: int) -> Span | None:
    for clause, mark in _conditional(trigger):
        first = mark.i
        if mark.i > mark.sent.start and mark.nbor(-1).lower_ in {"only", "even"}:
            first -= 1
        last = min((token.idx for token in clause.subtree if token.i > mark.i and token.text in _STOPS), default=None)
        stop = last if last is not None else clause.right_edge.idx + len(clause.right_edge)
        if start <= mark.idx < end:
            stop = min(stop, end)
        return trimmed(scene.parsed.text, mark.doc[first].idx, stop)
    return _bound_to_event(scene, trigger, start, end)


def _conditional(trigger: Trigger) -> Iterator[tuple["Token", "Token"]]:
    heads = {trigger.action, trigger.verb, *trigger.action.conjuncts}
    for token in trigger.verb.sent:
        if token.lower_ not in words("condition", "marks") or token.dep_ not in {"mark", "advmod", "prep"}:
            continue
        clause = token.head if token.head.dep_ not in {"aux", "auxpass"} else token.head.head
        if clause.i <= token.i or clause in heads or not (clause.head in heads or _hangs_below(clause, heads)):
            continue
        if token.lower_ in {"when", "after", "before"} and not _is_ahead(token, clause):
            continue
        if token.i in range(trigger.cue[0].i, trigger.cue[1].i + 1):
            continue
        yield clause, token


def _hangs_below(clause: "Token", heads: set["Token"]) -> bool:
    return clause.dep_ in {"advcl", "ccomp"} and any(ancestor in heads for ancestor in list(clause.ancestors)[:4])


def _is_ahead(mark: "Token", clause: "Token") -> bool:
    # "after losing money", "after it was criticised" tell why, not when.
    if mark.lower_ == "before" or clause.tag_ == "VBG":
        return False
    helpers = [child.tag_ for child in clause.children if child.dep_ in {"aux", "auxpass"}]
    tags = helpers or [clause.tag_]
    return tags[0] in {"VBZ", "VBP"}


def _bound_to_event(scene: Scene, trigger: Trigger, start: int, end: int) -> Span | None:
    for token in trigger.action.subtree:
        if token.lower_ not in {"after", "until", "pending"} or token.dep_ != "prep" or not start < token.idx < end:
            continue
        noun = next((child for child in token.children if child.dep_ == "pobj" and child.pos_ == "NOUN"), None)
        if noun is not None and not noun.ent_type_ and token.head in {trigger.action, *trigger.action.children}:
            return trimmed(scene.parsed.text, token.idx, min(end, noun.right_edge.idx + len(noun.right_edge)))
    return None


def _deadline(scene: Scene, trigger: Trigger, start: int, end: int, condition: Span | None) -> Deadline | None:
    text, day = scene.parsed.text, scene.published_on
    for found in find_deadlines(text, Span(start, end), day):
        if not (condition and condition.covers(found.span)) and _is_of_action(scene, trigger, found.span):
            return found
    before = _fronted(scene, trigger)
    for found in find_deadlines(text, before, day) if before is not None else ():
        return found
    if condition is not None and trigger.kind is CommitmentKind.THREAT:
        for found in find_deadlines(text, condition, day):
            return found
    return _of_ultimatum(scene, trigger)


def _is_of_action(scene: Scene, trigger: Trigger, span: Span) -> bool:
    tokens = scene.parsed.tokens_of(span)
    if tokens is None:
        return False
    top = min(tokens, key=lambda token: sum(1 for _ in token.ancestors))
    if top.dep_ == "agent" or top.head.dep_ == "agent":
        return True  # "lead shot by the end of 2027": a day does nothing
    if top.head == trigger.verb and trigger.verb != trigger.action and tokens[0].lower_ in {"on", "at", "today"}:
        return trigger.action.pos_ == "VERB"  # "promised a ship on Tuesday" tells when it was promised
    for ancestor in (top, *top.ancestors):
        if ancestor == trigger.action:
            return True
        if ancestor.dep_ in {"relcl", "acl"} and ancestor.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
            return False
    return True


def _fronted(scene: Scene, trigger: Trigger) -> Span | None:
    if trigger.action != trigger.verb:
        return None
    subject = next((child for child in trigger.verb.children if child.dep_ in SUBJECTS), None)
    first = next((child for child in trigger.verb.lefts if child.dep_ in {"prep", "npadvmod", "advmod"}), None)
    if subject is None or first is None or first.i > subject.i or first.lower_ in {"after", "since"}:
        return None
    return Span(first.left_edge.idx, subject.left_edge.idx) if first.left_edge.idx < subject.left_edge.idx else None


def _of_ultimatum(scene: Scene, trigger: Trigger) -> Deadline | None:
    above = trigger.verb.head
    if trigger.kind is not CommitmentKind.THREAT or trigger.report is None and trigger.cue[0].dep_ != "advcl":
        return None
    above = trigger.cue[0].head
    for child in above.children:
        if child.lower_ == "until" and child.dep_ == "prep":
            end = child.right_edge
            found = find_deadlines(scene.parsed.text, Span(child.idx, end.idx + len(end)), scene.published_on)
            return found[0] if found else None
    return None


def _recipient(scene: Scene, trigger: Trigger, end: int) -> tuple[Span | None, Span | None]:
    """Return to whom something is given, and the whole phrase where it is no part of what is given."""
    text = scene.parsed.text
    if trigger.recipient is not None:
        return _phrase(text, trigger.recipient, end), None
    action = trigger.action
    is_noun = action.pos_ in _NOUNS
    giver = trigger.verb if is_noun else action
    if lemma(giver) not in words("verbs", "giving"):
        return None, None
    dative = next((c for c in giver.children if c.dep_ == "dative" and c.pos_ in _NOUNS and c.i > giver.i), None)
    if dative is not None:
        return _phrase(text, dative, end), None
    for child in _to_phrases(giver, action if is_noun else None):
        noun = next((pobj for pobj in child.children if pobj.dep_ == "pobj"), None)
        if noun is not None and child.i > giver.i and not noun.ent_type_ == "DATE":
            whole = Span(child.idx, max(child.idx, min(end, noun.right_edge.idx + len(noun.right_edge))))
            return _phrase(text, noun, end), whole if is_noun else None
    return None, None


def _makers(thing: "Token", end: int) -> list[Span]:
    # "a contract from Ajdon United": who made the offer is no part of what is refused.
    return [
        Span(child.idx, min(end, child.right_edge.idx + len(child.right_edge)))
        for child in thing.children
        if child.dep_ == "prep" and child.lower_ in {"from", "by"} and thing.pos_ == "NOUN" and child.idx < end
    ]


def _to_phrases(giver: "Token", thing: "Token | None") -> Iterator["Token"]:
    things = [thing] if thing is not None else [child for child in giver.children if child.dep_ == "dobj"]
    for head in (giver, *things):
        for child in head.children:
            if child.lower_ == "to" and child.dep_ in {"prep", "dative"}:
                yield child


def _phrase(text: str, noun: "Token", end: int) -> Span | None:
    late = next((child for child in noun.children if child.i > noun.i and child.dep_ in {"amod", "relcl", "advcl", "appos"}), None)
    last = noun.right_edge if late is None else late.left_edge.nbor(-1)
    return trimmed(text, noun.left_edge.idx, max(min(end, last.idx + len(last)), noun.idx + len(noun)))


def _without_tails(text: str, start: int, end: int, tails: list[Span]) -> Span | None:
    what = trimmed(text, start, end)
    while what is not None:
        tail = next((tail for tail in tails if tail.start <= what.end <= tail.end + 1 and tail.start < what.end), None)
        if tail is None:
            return what
        what = trimmed(text, start, tail.start) if tail.start > start else None
    return None
