"""Reporting words: which verbs bring in what somebody said, and who their subject is."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from digest.reading.clauses import agents_of, is_negated, is_passive, modal_of, subjects_of
from digest.reading.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "sang": "sing", "spoke": "speak", "began": "begin", "went": "go",
    "swore": "swear", "thought": "think", "found": "find", "cried": "cry", "replied": "reply", "read": "read",
    "wept": "weep", "rang": "ring", "shot": "shoot", "hit": "hit", "implied": "imply", "denied": "deny",
    "quipped": "quip", "begged": "beg", "testified": "testify", "clarified": "clarify", "admitted": "admit",
}  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "csubj"})
_LONGEST_BRACKET = 6
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The speech cue list as sets of base forms."""

    say: frozenset[str]
    utter: frozenset[str]
    judge: frozenset[str]
    show: frozenset[str]
    deed: frozenset[str]
    documents: frozenset[str]
    statements: frozenset[str]
    no_quote_after: frozenset[str]
    modals: frozenset[str]
    forms: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """Return the speech cue list, read once a process."""
    cues = load_cues("speech")
    verbs = {kind: frozenset(words) for kind, words in cues["verbs"].items()}
    forms = {form: verb for verb in verbs["say"] | verbs["utter"] for form in _regular_forms(verb)} | _IRREGULAR
    return Lexicon(
        say=verbs["say"],
        utter=verbs["utter"],
        judge=verbs["judge"],
        show=verbs["show"],
        deed=verbs["deed"],
        documents=frozenset(cues["nouns"]["document"]),
        statements=frozenset(cues["nouns"]["say"]),
        no_quote_after=frozenset(cues["fragments"]["no_quote_after"]),
        modals=frozenset(cues["refusals"]["modals"]),
        forms=forms,
    )


def _regular_forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    return verb, verb + "s", verb + "es", stem + "ed", stem + "ing", verb.removesuffix("y") + "ies"


def verb_of(token: "Token") -> str:
    """Return the base form if the token is a verb, or may be one that the tagger missed; else the empty string."""
    if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
        return lexicon().forms.get(token.lower_, token.lemma_.lower())
    return ""


def may_be_said(token: "Token") -> str:
    """Return the base form of a word that is a reporting verb in form, whatever the tagger took it for."""
    return verb_of(token) or lexicon().forms.get(token.lower_, "")


def is_unsaid(verb: "Token") -> bool:
    """Return whether nothing was said: negated, or only what might be, should be or would be said."""
    if is_negated(verb) or modal_of(verb) in lexicon().modals:
        return True
    governor = verb.head
    if verb.dep_ == "xcomp" and governor != verb:
        return (
            is_negated(governor) or (modal_of(governor) in lexicon().modals) or governor.lemma_ in {"decline", "refuse"}
        )
    return verb.dep_ == "pcomp" and governor.lower_ == "without"


def speaker_of(verb: "Token", quoted: frozenset[int]) -> "Token | None":
    """Return the head of who says it, by the parse: outside quotation marks, or None."""
    found = _subject(verb)
    if verb.tag_ == "VBG" and (found is None or found.dep_ not in _SUBJECTS or found.head.dep_ != "ROOT"):
        found = _subject_of_sentence(verb, found)
    if found is None or found.i in quoted:
        return None
    return _behind_statement(_before_bracket(found))


def _subject(verb: "Token") -> "Token | None":
    if is_passive(verb):
        return next(iter(agents_of(verb)), None)
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    raised = None if own is not None else _raised_subject(verb)
    if raised is not None:
        return raised
    return next(iter(subjects_of(verb)), None)


def _subject_of_sentence(verb: "Token", found: "Token | None") -> "Token | None":
    # "..., adding that": the parser hangs it anywhere; it is said by whom the sentence is about.
    if found is not None and (found.head == verb or verb.i == 0 or verb.nbor(-1).text != ","):
        return found
    own = next((child for child in verb.sent.root.children if child.dep_ == "nsubj" and child.i < verb.i), None)
    return own or found


def _before_bracket(noun: "Token") -> "Token":
    # "Gov. Kasich (R-OH) said": not OH.
    for place in range(noun.i - 1, max(noun.i - _LONGEST_BRACKET, 0), -1):
        token = noun.doc[place]
        if token.text == ")" or token.is_sent_start:
            return noun
        if token.text == "(":
            return noun.doc[place - 1]
    return noun


def _raised_subject(verb: "Token") -> "Token | None":
    # "Brandt was quoted as saying", "Brandt was fined by the court for saying": Brandt, not the court.
    # "The fine was defended by saying": by nobody.
    if verb.dep_ not in {"pcomp", "xcomp"} or verb.head.lower_ == "by":
        return None
    governor = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return next((child for child in governor.children if child.dep_ == "nsubjpass"), None)


def _behind_statement(noun: "Token") -> "Token":
    # "Brandt issued a statement saying": Brandt; "her statement said": she is not named, the statement is.
    if noun.lemma_.lower() not in lexicon().statements or noun.dep_ not in {"dobj", "pobj", "attr"}:
        return noun
    governor = noun.head
    if governor.pos_ == "ADP":
        governor = governor.head
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    return owner or next(iter(subjects_of(governor)), noun)


def is_finite(token: "Token") -> bool:
    """Return whether the verb stands in a tense, by itself or through its auxiliary."""
    return token.tag_ in _FINITE or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in _FINITE | {"MD"} for child in token.children
    )
