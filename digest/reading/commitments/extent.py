"""Where the words begin and end that say what is committed to."""

from typing import TYPE_CHECKING

from digest.reading.clauses import SUBJECTS, modal_of
from digest.reading.commitments.sorts import is_time
from digest.reading.commitments.trigger import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_STOPS = frozenset({";", ":", "—", "–", "--", "...", "…"})
_TURNS = frozenset(
    {
        "as", "while", "but", "although", "though", "because", "which", "who", "whose", "whereas", "where", "so",
        "adding", "citing", "saying", "“", "”", '"',
    }
)  # fmt: skip
_SHORT_NO = frozenset({"n't", "n’t"})
_NO = _SHORT_NO | {"not"}
_NOT_AT_ALL = frozenset({"never", "no", "neither", "hardly"})
_MAYBE = frozenset({"may", "might", "could"})
_LINKING = frozenset({"also", "still", "then", "now", "therefore"})
_BESIDE = frozenset({"prep", "npadvmod", "advcl", "dative", "advmod", "xcomp"})
_PRESENT_OR_PAST = frozenset({"VBZ", "VBP", "VBD"})
_LONGEST_TITLE = 16  # tokens between the comma and the cue of an attribution


def start_of(trigger: Trigger) -> int:
    """Return the offset where the words of the action begin, its doer included where it has one of its own."""
    action = trigger.action
    if trigger.holds_subject:
        subject = next((child for child in action.children if child.dep_ in SUBJECTS), action)
        return int(subject.left_edge.idx)
    if action.pos_ in {"VERB", "AUX"}:
        return int(_first_of_verb(trigger, action).idx)
    return int(action.left_edge.idx)


def end_of(trigger: Trigger) -> int:
    """Return the offset where the clause of the action ends."""
    action = trigger.action
    last = _last(trigger)
    end = int(last.idx + len(last))
    for token in action.doc[action.i + 1 : last.i + 1]:
        if _turns_away(token, trigger) and not _goes_on_after(token, trigger, last):
            return int(token.idx)
    return end


def _goes_on_after(comma: "Token", trigger: Trigger, last: "Token") -> bool:
    # "put Norland, which has not voted for her in years, in play"
    aside = next((token for token in comma.doc[comma.i : last.i + 1] if token.dep_ == "relcl"), None)
    if comma.text != "," or aside is None or aside.left_edge.i != comma.i + 1:
        return False
    after = aside.right_edge.i + 1
    is_closed = after < last.i and comma.doc[after].text == ","
    following = [child for child in trigger.action.rights if child.left_edge.i == after + 1 and child.dep_ == "prep"]
    return is_closed and any(not is_time(pobj) for child in following for pobj in child.children)


def _first_of_verb(trigger: Trigger, action: "Token") -> "Token":
    first, cue = action, trigger.cue[1]
    for child in action.lefts:
        if child.dep_ not in {"advmod", "neg", "auxpass"} or child.lower_ in _LINKING:
            continue
        if child > cue:
            first = min(first, child)
    first = min(first, _no_between(cue, action) or first)
    while first.i > 1 and first.nbor(-1).text == "-" and not first.nbor(-1).whitespace_:
        first = first.nbor(-2)  # "re-open"
    return first


def _no_between(cue: "Token", action: "Token") -> "Token | None":
    # "pledged never again to sell", "vowed no longer to sell": without the no it would be the opposite.
    if cue.i > action.i:
        return None
    no = next((token for token in cue.doc[cue.i + 1 : action.i] if _says_no(token)), None)
    if no is not None and any(_tells(token, action) for token in cue.doc[no.i : action.i]):
        return None  # "said that he was not alone and that he might sell"
    # "will under no circumstances sell", "won’t ever sell"
    is_inside = no is not None and no.i > cue.i + 1 and (no.lower_ == "no" and no.nbor(-1).pos_ == "ADP")
    return no if no is None or not (is_inside or no.lower_ in _SHORT_NO) else no.nbor(-1)


def _tells(token: "Token", action: "Token") -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.head != action


def _says_no(token: "Token") -> bool:
    return token.lower_ in _NO | _NOT_AT_ALL and token.nbor(1).lower_ not in {"only", "just"}


def _last(trigger: Trigger) -> "Token":
    action = trigger.action
    last = action.right_edge
    # "promised a vote on the bill next week": what follows the object hangs on the cue.
    for child in trigger.verb.rights if action.head in {trigger.verb, *trigger.verb.children} else ():
        if child.i > action.i and _is_beside(child, last):
            last = child.right_edge
    # A comma ends the list of verbs only where the parser ends it: "mend the main, clean the filters and publish".
    for child in trigger.verb.rights:
        if action.tag_ == "VB" and child.dep_ == "conj" and child.i > last.i and _continues(child):
            last = child.right_edge
    return last


def _is_beside(child: "Token", last: "Token") -> bool:
    return child.dep_ in _BESIDE and child.left_edge.i == last.i + 1 and child.pos_ != "VERB"


def _continues(child: "Token") -> bool:
    is_base = child.tag_ in {"VB", "JJ"} and not any(word.dep_ in SUBJECTS | {"aux"} for word in child.children)
    return is_base and any(w.dep_ == "dobj" for w in child.children)


def _turns_away(token: "Token", trigger: Trigger) -> bool:
    is_dash = token.text == "-" and bool(token.nbor(-1).whitespace_) and bool(token.whitespace_)
    if is_dash or token.text in _STOPS or any(child in trigger.doers for child in token.children):
        return True  # "were promised a harbour by the governor"
    if token.dep_ == "cc" and (_joins_a_clause(token, trigger) or _joins_another_of_theirs(token, trigger)):
        return True
    if token.text != "," or token.i + 1 >= len(token.doc):
        return token.lower_ == "but" and token.dep_ == "cc" and not _is_correlated(token, trigger)
    following = token.nbor(1)
    if following.lower_ in _TURNS:
        return not _is_correlated(following, trigger)
    return _opens_aside(following) or _opens_attribution(token, trigger)


def _is_correlated(but: "Token", trigger: Trigger) -> bool:
    # "not only to the north but to the south"
    before = but.doc[min(trigger.cue[1].i, trigger.action.i) : but.i]
    return but.lower_ == "but" and any(
        one.lower_ in _NO and one.nbor(1).lower_ in {"only", "just"} for one in before[:-1]
    )


def _joins_a_clause(cc: "Token", trigger: Trigger) -> bool:
    # "will brand you a liar, and the network will accuse you": another one does another thing.
    if cc.head not in {trigger.action, trigger.verb, *trigger.action.conjuncts}:
        return False
    joined = next((child for child in cc.head.children if child.dep_ == "conj"), None)
    return joined is not None and _is_apart(joined, trigger)


def _joins_another_of_theirs(cc: "Token", trigger: Trigger) -> bool:
    # "his plan to mend the dam and his vote against the levy"
    following = cc.nbor(1) if cc.i + 1 < len(cc.doc) else cc
    owners = {doer.lower_ for doer in trigger.doers if doer.dep_ == "poss"}
    return following.dep_ == "poss" and following.lower_ in owners


def _is_apart(verb: "Token", trigger: Trigger) -> bool:
    is_infinitive = trigger.action.tag_ == "VB"
    if _says_otherwise(verb, trigger):
        return True
    if is_infinitive and verb.tag_ in {"VBD", "VBZ"} and verb.lower_ != verb.lemma_:
        return True  # "said it would try and insisted"
    return any(
        child.dep_ in SUBJECTS
        or (is_infinitive and child.dep_ in {"aux", "auxpass"} and child.tag_ in _finite(trigger))
        for child in verb.lefts
    )


def _says_otherwise(verb: "Token", trigger: Trigger) -> bool:
    # "won’t vote for him and could end up voting for her"
    own, other = modal_of(trigger.action), modal_of(verb)
    return own is not None and other is not None and (other in _MAYBE) != (own in _MAYBE)


def _finite(trigger: Trigger) -> frozenset[str]:
    # "will freeze hiring and will cut pay" is one; "plans to stay and would have joined" is not.
    return _PRESENT_OR_PAST if trigger.action == trigger.verb else _PRESENT_OR_PAST | {"MD"}


def _opens_aside(token: "Token") -> bool:
    for word in token.doc[token.i : token.i + 4]:
        if (
            word.dep_ in {"advcl", "relcl"}
            and word.tag_ in {"VBG", "VBN", "VBD", "VBZ"}
            and word.left_edge.i >= token.i
        ):
            return word.head.i <= token.i
    return False


def _opens_attribution(comma: "Token", trigger: Trigger) -> bool:
    report = trigger.report
    if report is None or report.i < comma.i:
        return False
    between = comma.doc[comma.i + 1 : report.i]
    return not any(token.pos_ in {"VERB", "AUX"} for token in between) and len(between) < _LONGEST_TITLE
