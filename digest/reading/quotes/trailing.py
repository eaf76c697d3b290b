"""Who says it at the end of a sentence, by place: as in "The wall will be ready, the mayor, Ann Lee, said".

After a long clause the parser often loses its way; the commas around the speaker are surer than its tree.
"""

from typing import TYPE_CHECKING

from digest.reading.quotes.cues import is_finite, lexicon, verb_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NO_START = frozenset(
    """and but as when while who which that then so or because if in after before on at by for with since although
    though where until unless despite during""".split()  # noqa: SIM905 -- a list of words reads as words
)
_RELATIVES = frozenset({"WP", "WDT", "WRB"})
_LONGEST_PHRASE = 14
_LONGEST_ADJUNCT = 8
_CONDITIONS = frozenset({"if", "unless", "provided", "once", "until"})
_JOINTS = frozenset({"and", "but", "or"})
_UNFINISHED = frozenset({"AUX", "ADP", "DET", "CCONJ", "SCONJ", "PART"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def subject_before(words: "Sequence[Token]") -> "tuple[Token, Token] | None":
    """Return the comma after what is said, and the head of the phrase that follows it; None where there is none.

    `words` are those before the verb of saying. An apposition may stand between: ", the mayor, Ann Lee, said".
    """
    before = list(words)
    while before and before[-1].pos_ == "ADV":
        before.pop()
    has_apposition = bool(before) and before[-1].text == ","
    commas = [place for place, token in enumerate(before) if token.text == ","]
    wanted = 3 if has_apposition else 1
    if len(commas) < wanted:
        return None
    comma = commas[-wanted]
    parts = [before[comma + 1 : commas[-2]], before[commas[-2] + 1 : -1]] if has_apposition else [before[comma + 1 :]]
    if not all(_is_phrase(part) for part in parts):
        return None
    return before[comma], _head(parts[0])


def holds_statement(words: "Sequence[Token]") -> bool:
    """Return whether the words hold a main clause: a verb in a tense, with its subject, that nothing subordinates."""
    if not words or words[-1].pos_ in _UNFINISHED:
        return False  # "The failure to stop them had, he warned, increased ...": it goes on behind
    places = {token.i for token in words}
    for token in words:
        if not is_finite(token) or token.dep_ == "relcl":
            continue
        children = list(token.children)
        is_subordinate = any(child.dep_ == "mark" or child.tag_ == "WRB" for child in children)
        if not is_subordinate and any(child.dep_ in _SUBJECTS and child.i in places for child in children):
            return True
    return False


def reports_what_stands_before(verb: "Token") -> bool:
    """Return whether the verb of saying has nothing of its own behind it that it could report."""
    if verb_of(verb) not in lexicon().say or not is_finite(verb) or verb.dep_ in {"relcl", "advcl"}:
        return False
    told = {"ccomp", "xcomp"} if verb_of(verb) in {"tell", "inform", "assure", "remind"} else {"ccomp", "xcomp", "dobj"}
    return all(child.dep_ == "ccomp" and _is_relative(child) for child in verb.rights if child.dep_ in told)


def goes_on(words: "list[Token]") -> "list[Token] | None":
    """Return what of the words behind the verb goes on with the statement; None where the verb is a parenthesis.

    "It will open in May, she said, if the money comes" goes on; "she said, and left" does not.
    """
    comma = next((place for place, token in enumerate(words) if token.text == ","), None)
    if comma is None or comma > _LONGEST_ADJUNCT:
        return []
    following = words[comma + 1 :]
    first = following[0] if following else None
    if first is not None and first.tag_ in {"VB", "VBD", "VBN", "VBP", "VBZ", "MD"}:
        return None  # "had, he warned, increased"
    if first is not None and (first.lower_ in _CONDITIONS or _joins_statement(following)):
        return following
    is_apart = first is not None and (first.tag_ in _RELATIVES or first.lower_ in _JOINTS)
    return None if comma == 0 and not is_apart else []


def _joins_statement(words: "list[Token]") -> bool:
    rest = [token for token in words[1:] if token.pos_ != "ADV"]
    return words[0].lower_ in _JOINTS and bool(rest) and (rest[0].tag_ == "VB" or _has_other_subject(rest))


def _has_other_subject(words: "list[Token]") -> bool:
    for place, token in enumerate(words):
        if is_finite(token) and token.dep_ not in {"relcl", "aux", "auxpass"}:
            subjects = [child for child in token.children if child.dep_ in _SUBJECTS and child in words[:place]]
            return bool(subjects) and subjects[0].tag_ != "PRP"
    return False


def _is_relative(clause: "Token") -> bool:
    # "its operator says, which is not expected before dawn": the parser hangs it on the wrong verb.
    return clause.left_edge.tag_ in _RELATIVES and clause.left_edge.nbor(-1).text == ","


def _is_phrase(words: "list[Token]") -> bool:
    if not words or len(words) > _LONGEST_PHRASE or words[0].lower_ in _NO_START or words[-1].pos_ == "ADP":
        return False
    if any(token.tag_ in _RELATIVES | {"MD", "VBD", "VBZ", "VBP", "VB"} for token in words):
        return False
    return _head(words).pos_ in _NOUNS


def _head(words: "list[Token]") -> "Token":
    # The first noun that no other word before a preposition hangs over: "the leader of Vale Council".
    end = next((place for place, token in enumerate(words) if token.pos_ == "ADP" and place), len(words))
    nouns = [token for token in words[:end] if token.pos_ in _NOUNS]
    return nouns[-1] if nouns else words[0]
