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
_NOT_YET = frozenset(
    {"be", "decline", "refuse", "need", "want", "hope", "plan", "intend", "expect", "like", "have", "ought"}
)
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
        return _with_particle(token, lexicon().forms.get(token.lower_, token.lemma_.lower()))
    if token.lower_ in lexicon().forms and any(child.dep_ == "nsubj" for child in token.lefts):
        return lexicon().forms[token.lower_]  # "though both claim to have won": taken for a noun
    return ""


def _with_particle(verb: "Token", base: str) -> str:
    # "He went on", "she shot back": not what "go" and "shoot" say.
    phrase = f"{base} {verb.nbor().lower_}" if verb.i + 1 < len(verb.doc) else base
    return phrase if phrase in lexicon().utter else base


def may_be_said(token: "Token") -> str:
    """Return the base form of a word that is a reporting verb in form, whatever the tagger took it for."""
    return verb_of(token) or (lexicon().forms.get(token.lower_, "") if token.is_lower or token.is_sent_start else "")


def is_unsaid(verb: "Token") -> bool:
    """Return whether nothing was said: negated, or only what might be, should be or would be said."""
    if is_negated(verb) or (modal_of(verb) in lexicon().modals and not _says_only(verb)):
        return True
    governor = verb.head
    if (verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and verb.tag_ == "VB")) and governor != verb:
        return is_negated(governor) or (modal_of(governor) in lexicon().modals) or governor.lemma_ in _NOT_YET
    return verb.dep_ == "pcomp" and governor.lower_ == "without"


def _says_only(verb: "Token") -> bool:
    # "He would say only that talks go on": that much was said.
    return modal_of(verb) == "would" and verb.doc[verb.i + 1 : verb.i + 2].text == "only"


def speaker_of(verb: "Token", quoted: frozenset[int]) -> "Token | None":
    """Return the head of who says it, by the parse: outside quotation marks, or None."""
    found = _subject(verb)
    if verb.tag_ == "VBG":
        found = _subject_of_sentence(verb, found)
    if found is None or found.i in quoted:
        return None
    return _behind_statement(_before_bracket(found, verb))


def _subject(verb: "Token") -> "Token | None":
    if is_passive(verb):
        return next(iter(agents_of(verb)), None)
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    raised = None if own is not None else _raised_subject(verb)
    if raised is not None:
        return raised
    if own is None and verb.dep_ in {"conj", "dep"} and verb.tag_ == "VBD":
        # "He was asked about it and said": of a passive verb it is not the doer, but the one it is done to.
        shared = next((child for child in verb.head.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if shared is not None and shared.tag_ not in {"WDT", "WP"}:
            return shared
    return next(iter(subjects_of(verb)), None)


def _subject_of_sentence(verb: "Token", found: "Token | None") -> "Token | None":
    # "..., adding that": the parser hangs it anywhere; it is said by whom the sentence is about.
    if found is not None and (found.head == verb or verb.i == 0 or verb.nbor(-1).text != ","):
        return found
    own = next((child for child in verb.sent.root.children if child.dep_ == "nsubj" and child.i < verb.i), None)
    return own or found


def _before_bracket(noun: "Token", verb: "Token") -> "Token":
    # "House Speaker Ann Lee (D) said": not D.
    if ")" not in [token.text for token in noun.doc[noun.i : verb.i]]:
        return noun
    for token in reversed(list(noun.doc[noun.sent.start + 1 : noun.i])):
        if token.text == ")":
            return noun
        if token.text == "(":
            return token.nbor(-1)
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
    if noun.lemma_.lower() not in lexicon().statements or noun.dep_ not in {"dobj", "pobj"}:
        return noun
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    return owner or next(iter(subjects_of(noun.head)), noun)


def is_finite(token: "Token") -> bool:
    """Return whether the verb stands in a tense, by itself or through its auxiliary."""
    return token.tag_ in _FINITE or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in _FINITE | {"MD"} for child in token.children
    )


def object_of_according(token: "Token") -> "Token | None":
    """Return the head of X in "according to X"."""
    for preposition in (token, *token.children):
        for child in preposition.children:
            if child.dep_ == "pobj":
                return child
    return None


def is_according(token: "Token") -> bool:
    """Return whether "according to" begins here."""
    return token.lower_ == "according" and token.doc[token.i + 1 : token.i + 2].text == "to"


def cue_words(verb: "Token") -> "tuple[Token, Token]":
    """Return the verb with what makes it a report: "quoted as saying", "reported to have said"."""
    governor = verb.head
    if verb.dep_ == "pcomp" and governor.dep_ == "prep" and governor.lower_ == "as":
        return governor.head, verb
    auxiliary = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    if verb.dep_ == "xcomp" and auxiliary and any(child.dep_ == "nsubjpass" for child in governor.children):
        return governor, verb
    return verb, verb


def rule_before(verb: "Token") -> str:
    """Return the name of the rule by which a verb brings in the marked words behind it.

    In a tense, with its own subject before it, a verb of saying is surer than any other verb or a relative clause.
    """
    if verb.dep_ == "relcl" or verb_of(verb) not in lexicon().say:
        return "verb before the marks"
    if verb.tag_ == "VBG":
        is_main = verb.dep_ == "advcl" and _is_main(verb.head)
        return "participle of saying before the marks" if is_main else "participle in a clause before the marks"
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return "verb before the marks"
    if any(child.dep_ == "nsubj" and child.i < verb.i for child in verb.children):
        return "subject and verb of saying before the marks"
    # "Ann Lee left but said “...”"
    shares_subject = verb.dep_ == "conj" and _is_main(verb)
    return "verb of saying that shares its subject" if shares_subject else "verb before the marks"


def _is_main(verb: "Token") -> bool:
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ == "ROOT"
