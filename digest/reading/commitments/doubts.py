"""Why a cue is no commitment: asked for, denied, conditional, a question, of the past, or kept already."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from digest.model import CommitmentKind
from digest.reading.clauses import is_negated, modal_of
from digest.reading.commitments.doers import is_first_person
from digest.reading.commitments.periods import MONTH
from digest.reading.commitments.reports import holds_views, report_over
from digest.reading.commitments.trigger import CUE_VERBS, THIRD_PERSON, Rule, Trigger
from digest.reading.commitments.vagueness import is_vague
from digest.reading.commitments.words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST = re.compile(rf"\b(?:last (?:week|month|year|spring|summer|autumn|winter|{MONTH})|ago)\b")
_LEADS_UP = frozenset({"xcomp", "ccomp", "conj", "acomp", "attr", "aux", "dobj", "pobj"})
_NOT_DONE = frozenset({"without", "before", "until", "of", "from", "against", "about", "for"})
_BACKDROP = frozenset({"after", "when", "since"})
_NARRATED = frozenset({"decline", "agree", "consent"})
_DONE = frozenset({"decide", "resolve"})
_LEAD = 4  # sentences, the headline among them
_THESE_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tonight overnight now again
    recently""".split()  # noqa: SIM905 -- a list of words reads as words
)
_WHOM = frozenset({"him", "her", "them", "either", "anyone"})
_UP = 12


def is_doubtful(trigger: Trigger, published_on: date | None) -> bool:
    """Return whether the sentence takes away what the cue seems to say."""
    return (
        _is_told_as_past(trigger)
        or _is_ballot(trigger)
        or _is_asked(trigger)
        or _is_denied(trigger)
        or _is_modal(trigger)
        or _is_supposed(trigger)
        or _is_governed(trigger)
        or _is_past(trigger, published_on)
        or _is_kept(trigger)
        or _is_talk_to_reader(trigger)
        or _is_of_a_kind(trigger)
        or _is_unreal(trigger)
        or _is_view(trigger)
        or _is_rumour(trigger)
        or _is_overtaken(trigger)
        or _is_long_past(trigger)
        or is_vague(trigger)
    )


def _is_told_as_past(trigger: Trigger) -> bool:
    # Further down, "he declined to" and "they agreed to" mostly tell what is over, unless it is said when: these days.
    verb = trigger.verb
    is_narrative = verb.tag_ == "VBD" and lemma(verb) in _NARRATED | _DONE and trigger.rule is Rule.INFINITIVE
    if not is_narrative or (lemma(verb) in _NARRATED and report_over(verb) is not None):
        return False
    sentence = trigger.verb.sent
    before = (token for token in sentence.doc[: sentence.start] if token.is_sent_start)
    is_lead = next(islice(before, _LEAD, None), None) is None
    return not is_lead and not any(token.lower_ in _THESE_DAYS for token in sentence)


def _is_ballot(trigger: Trigger) -> bool:
    # Whom somebody is going to vote for is nobody else's business.
    action = trigger.action
    behind = [pobj for child in action.rights if child.lower_ in {"for", "against"} for pobj in child.children]
    is_for_somebody = any(thing.pos_ == "PROPN" or thing.lower_ in _WHOM for thing in behind)
    return lemma(action) in {"vote", "caucus"} and is_for_somebody


def _is_asked(trigger: Trigger) -> bool:
    text = trigger.action.sent.text.rstrip(" \n\t”\"’'")
    return text.endswith("?")


def _is_denied(trigger: Trigger) -> bool:
    # "will not" and "is not willing to" have been read as refusals.
    is_read = trigger.kind is CommitmentKind.REFUSAL and trigger.rule not in CUE_VERBS
    has_ended = any(child.lower_ == "longer" for child in trigger.verb.lefts)
    return not is_read and (has_ended or is_negated(trigger.verb))


def _is_modal(trigger: Trigger) -> bool:
    verb = trigger.verb
    while verb.tag_ in {"VB", "VBP"} and verb.dep_ == "conj" and modal_of(verb) is None:
        verb = verb.head  # "should be grateful and agree to pay"
    modal = modal_of(verb)
    if trigger.rule is Rule.NOUN:
        return modal is not None  # "they fear that he will make a deal"
    if trigger.rule not in CUE_VERBS:
        return False
    if modal in words("modal", "future") and trigger.kind is CommitmentKind.PLEDGE and report_over(verb) is None:
        return True  # "the party will pledge to" is a guess
    if modal in words("modal", "reported") and report_over(verb) is None:
        return True  # "a draft in which Norland would pledge to"
    return modal is not None and modal not in words("modal", "future") | words("modal", "reported")


def _is_supposed(trigger: Trigger) -> bool:
    clause = trigger.verb
    for _ in range(_UP):
        if any(_supposes(child, clause) for child in clause.lefts):
            return True
        if clause.dep_ == "pcomp" and trigger.rule is not Rule.NOUN and _is_only_thought(clause.head):
            return True
        if clause.dep_ not in _LEADS_UP or clause.head == clause:
            return False
        clause = clause.head
    return False


def _supposes(word: "Token", clause: "Token") -> bool:
    if word.lower_ == "as" and word.dep_ == "mark":
        return any(child.lower_ == "had" for child in clause.children)  # "as she had pledged before"
    is_backdrop = word.lower_ in _BACKDROP and clause.tag_ == "VBD"
    return word.dep_ in {"mark", "advmod"} and (is_backdrop or word.lower_ in words("doubt", "subordinators"))


def _is_only_thought(preposition: "Token") -> bool:
    # "without promising"; "he could do this by promising"
    above = preposition.head
    is_asked = above.dep_ == "xcomp" and lemma(above.head) in words("doubt", "asking")
    return preposition.lower_ in _NOT_DONE or is_asked or modal_of(above) not in {None, *words("modal", "future")}


def _is_governed(trigger: Trigger) -> bool:
    """Return whether the cue itself is only wanted, refused, denied or supposed by the verb over it."""
    cue = trigger.verb
    for _ in range(_UP):
        above = cue.head
        if cue.dep_ not in {"xcomp", "ccomp", "advcl", "conj"} or above == cue:
            return False
        if cue.dep_ in {"xcomp", "advcl", "ccomp"} and _takes_back(cue, above):
            return True
        cue = above
    return False


def _takes_back(cue: "Token", above: "Token") -> bool:
    is_to = any(child.dep_ == "aux" and child.lower_ == "to" for child in cue.children)
    if is_to:
        return lemma(above) not in words("doubt", "achieving") or is_negated(above)
    if lemma(above) in {"seem", "appear", "look", "feel"} and cue.i > above.i:
        return True  # "it seemed like they have decided"
    if cue.dep_ == "ccomp" and cue.i > above.i:
        # "suggested that Norland had set a day" tells what was done, "that it set one" what should be.
        is_told = lemma(above) == "suggest" and any(child.lower_ == "had" for child in cue.children)
        is_asking = lemma(above) in words("doubt", "asking") - words("reporting", "own_plan")
        return is_negated(above) or (is_asking and not is_told)
    return False


def _is_past(trigger: Trigger, published_on: date | None) -> bool:
    if trigger.rule is Rule.NOUN and _LAST.search(
        trigger.action.doc[trigger.action.i : trigger.action.right_edge.i + 1].text
    ):
        return True
    if trigger.verb.tag_ not in {"VBD", "VBN"} or trigger.rule in THIRD_PERSON | {Rule.IN_PERSON}:
        return _is_old_noun(trigger, published_on)
    before = (child for child in trigger.verb.lefts if child.dep_ == "npadvmod")
    if any(_LAST.search(" ".join(word.lower_ for word in child.subtree)) for child in before):
        return True  # "who last year threatened to"
    inside = range(trigger.action.left_edge.i, trigger.action.right_edge.i + 1)
    for token in trigger.verb.sent:
        if token.i in inside and trigger.verb not in {token.head, token.head.head}:
            continue
        if token.lower_ == "ago" and trigger.verb in token.ancestors:
            return True
        is_year = _YEAR.fullmatch(token.text) and token.head.lower_ in _of_old(trigger.verb) and token.i not in inside
        if is_year and (published_on is None or int(token.text) < published_on.year):
            return any(verb in token.ancestors for verb in _joined(trigger.verb)) or (
                token.head.head in trigger.verb.ancestors
            )
    return False


def _joined(verb: "Token") -> "Iterator[Token]":
    yield verb
    while verb.dep_ == "conj":
        verb = verb.head
        yield verb


def _is_old_noun(trigger: Trigger, published_on: date | None) -> bool:
    # "her pledge in 2009 to leave the board"
    if trigger.rule is not Rule.NOUN:
        return False
    times = (time for child in trigger.cue[1].rights if child.lower_ == "in" for time in child.children)
    years = [int(time.text) for time in times if _YEAR.fullmatch(time.text)]
    return any(published_on is None or year < published_on.year for year in years)


def _of_old(verb: "Token") -> frozenset[str]:
    # "Since 2001 he has made promises": they stand.
    is_perfect = any(child.dep_ == "aux" and child.lower_ in {"has", "have"} for child in verb.children)
    return frozenset({"in"}) if is_perfect else frozenset({"in", "since"})


def _is_long_past(trigger: Trigger) -> bool:
    # "had previously pledged"
    said = {child.lower_ for child in trigger.verb.children if child.dep_ in {"aux", "advmod"}}
    is_told = report_over(trigger.verb) is not None
    is_of_then = bool(said & {"previously", "earlier", "once", "originally"}) or trigger.kind is CommitmentKind.THREAT
    return "had" in said and (not is_told or is_of_then)


def _is_talk_to_reader(trigger: Trigger) -> bool:
    """Return whether the author speaks of himself or to the reader: "refused to give me", "will call you a liar"."""
    if is_first_person(trigger.doers):
        return False
    return any(
        token.pos_ == "PRON" and token.lower_ in {"me", "you", "us", "your", "my"} for token in trigger.action.subtree
    )


def _is_of_a_kind(trigger: Trigger) -> bool:
    # "a candidate who hopes to compete" is nobody in particular.
    verb = trigger.verb
    is_restrictive = verb.dep_ == "relcl" and verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text != ","
    return is_restrictive and any(map(_is_any_of_them, trigger.doers))


def _is_any_of_them(doer: "Token") -> bool:
    # "a candidate who", "candidates who", "one of the few members who"
    if doer.dep_ == "pobj" and doer.head.lower_ == "of" and doer.head.head.lower_ == "one":
        return True
    is_bare = doer.tag_ == "NNS" and not any(True for _ in doer.lefts)
    return is_bare or any(child.lower_ in {"a", "an"} for child in doer.lefts)


def _is_unreal(trigger: Trigger) -> bool:
    # "if Iran were a stock, he would advise buying it"
    if modal_of(trigger.action) not in words("modal", "reported"):
        return False
    for token in trigger.verb.sent:
        if token.lower_ == "if" and token.dep_ == "mark":
            subject = next((child for child in token.head.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
            helpers = {
                token.head.lower_,
                *(child.lower_ for child in token.head.children if child.dep_ in {"aux", "auxpass"}),
            }
            is_one = (
                subject is not None and subject.tag_ in {"NN", "NNP", "PRP"} and subject.lower_ not in {"they", "we"}
            )
            if "had" in helpers - {token.head.lower_} or ("were" in helpers and is_one):
                return True
    return False


def _is_rumour(trigger: Trigger) -> bool:
    # "dismissed a report that he was considering"
    return any(
        above.pos_ == "NOUN" and lemma(above) in words("doubt", "rumours") and above.i < trigger.verb.i
        for above in islice(trigger.verb.ancestors, _UP)
    )


def _is_overtaken(trigger: Trigger) -> bool:
    # "Rook, who said he would march, did not come"
    clause = trigger.report or trigger.verb
    while clause.dep_ in {"conj", "ccomp", "xcomp"} and clause.head != clause:
        clause = clause.head
    main = next((above for above in clause.ancestors if above.pos_ in {"VERB", "AUX"}), None)
    return clause.dep_ == "relcl" and main is not None and is_negated(main) and modal_of(main) is None and _is_did(main)


def _is_did(verb: "Token") -> bool:
    return any(child.lower_ == "did" for child in verb.children)


def _is_view(trigger: Trigger) -> bool:
    if any(child.lower_ == "hopefully" for child in trigger.action.children):
        return True
    if any(child.lower_ in {"originally", "initially"} for child in trigger.verb.children):
        return True
    report = report_over(trigger.verb)
    if report is None:
        return False
    if any(child.lower_ in words("doubt", "wrongly") for child in report.cue.children):
        return True  # or "originally said": something else holds now
    return trigger.kind is CommitmentKind.PLAN and any(map(holds_views, report.speakers))


def _is_kept(trigger: Trigger) -> bool:
    return any(
        child.dep_ == "conj"
        and lemma(child) in words("doubt", "kept")
        and any(word.dep_ == "dobj" and word.lower_ in {"it", "them", "that"} for word in child.children)
        for child in trigger.verb.children
    )
