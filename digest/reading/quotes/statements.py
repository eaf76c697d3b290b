"""What marked words are: a full statement, a fragment of one, or no quote at all."""

from enum import Enum
from typing import TYPE_CHECKING

from digest.reading.quotes.cues import is_finite, lexicon
from digest.reading.quotes.regions import Layout, Region

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SUBORDINATE = frozenset({"relcl", "advcl", "acl", "pcomp", "csubj", "csubjpass"})
_TERM_WORDS = 5


class Marking(Enum):
    """What a marked stretch is by its own form."""

    STATEMENT = "statement"
    FRAGMENT = "fragment"
    TERM = "term"


def read_marking(layout: Layout, region: Region) -> Marking:
    """Return what the marked words are: TERM for names, nicknames, titles and words as words, said by nobody."""
    doc = layout.parsed.doc
    tokens = [token for token in doc[region.first : region.last + 1] if not token.is_punct and not token.is_space]
    if not tokens or _is_named_so(layout, region, tokens):
        return Marking.TERM
    if _holds_clause(tokens, region) or _is_command(tokens, region) or _is_utterance(layout, region, tokens):
        return Marking.STATEMENT
    return Marking.TERM if _is_title(tokens) else Marking.FRAGMENT


def _is_named_so(layout: Layout, region: Region, tokens: "list[Token]") -> bool:
    before = [token for token in layout.words(region.left) if token.text not in {",", "the", "as", "a"}][-1:]
    if not before or len(tokens) > _TERM_WORDS:
        return False
    word = before[0]
    if word.lower_ == "called":
        has_doer = any(child.dep_ == "agent" for child in word.children)  # "was called “rotten” by Tom Ashby"
        return word.tag_ == "VBN" and word.dep_ in {"acl", "ROOT", "amod"} and not has_doer
    return word.lower_ in lexicon().no_quote_after and word.text[0].islower()


def _is_title(tokens: "list[Token]") -> bool:
    long = [token for token in tokens if len(token) > 3]  # noqa: PLR2004 -- "of", "the", "and" stay small in titles
    return bool(long) and all(token.text[0].isupper() for token in (tokens[0], *long))


def _holds_clause(tokens: "list[Token]", region: Region) -> bool:
    for token in tokens:
        if not is_finite(token):
            continue
        subject = next((child for child in token.children if child.dep_ in _SUBJECTS), None)
        if subject is None or not _is_inside(subject, region) or subject.tag_ in {"WDT", "WP"}:
            continue
        if not _is_subordinate(token, region) and not _opens_with_reason(token, region):
            return True
    return False


def _is_subordinate(verb: "Token", region: Region) -> bool:
    while _is_inside(verb.head, region) and verb.head != verb:
        if verb.dep_ in _SUBORDINATE:
            return True
        verb = verb.head
    return False


def _opens_with_reason(verb: "Token", region: Region) -> bool:
    # “because the pier is rotten” is a part of the sentence around it.
    return any(child.dep_ == "mark" and child.i == region.first + 1 for child in verb.children) and not _is_inside(
        verb.head, region
    )


def _is_inside(token: "Token", region: Region) -> bool:
    return region.first <= token.i <= region.last


def _is_command(tokens: "list[Token]", region: Region) -> bool:
    first = tokens[0]
    return (
        first.tag_ == "VB" and first.text[0].isupper() and not (_is_inside(first.head, region) and first.head != first)
    )


def _is_utterance(layout: Layout, region: Region, tokens: "list[Token]") -> bool:
    text, marked = layout.parsed.text, region.marked
    inside = text[marked.span.end - 1 : marked.outer.end - 1] if marked.is_closed else "."
    if not tokens[0].text[0].isupper() or not any(mark in inside for mark in ",.!?…"):
        return False
    return not _is_title(tokens) or "!" in inside or "?" in inside


def starts_sentence(doc: "Doc", region: Region) -> bool:
    """Return whether nothing of its sentence stands before the region."""
    return not any(not token.is_space and not token.is_punct for token in doc[region.left.start : region.left.stop])
