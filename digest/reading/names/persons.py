"""Whether one place of an article looks like a person's name: its form, its title, what stands beside it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.reading.names.printed import Printed, plain, wordlists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_UNKNOWN = 3  # words of a person's name without a first name that we know
_AGE = re.compile(r"[1-9][0-9]?|1[01][0-9]")


def is_person_like(doc: "Doc", name: Printed) -> bool:
    """Return whether this one place looks like a person's name."""
    return person_score(doc, name) > 0


def person_score(doc: "Doc", name: Printed) -> int:
    """Return how much speaks for a person at this one place; below zero more speaks against it."""
    words = name.core
    lists = wordlists()
    score = 0
    if any(plain(token) in lists.titles for token in role_tokens(doc, name)):
        score += 3
    if len(words) > 1 and words[0] in lists.first_names:
        score += 2
    if any(word in lists.bodies for word in words[1:] or words):
        score -= 3
    score += _score_of_what_follows(doc, name)
    if any(plain(noun) in lists.titles | lists.beside for noun in appositions(doc, name)):
        score += 3
    score += _score_of_form(doc, name)
    # "The Ida Rook" is a ship, but neither "the Ida Rook tour" nor "the engineer Ida Rook" is one.
    is_alone = name.title == name.first and doc[name.last].dep_ not in {"compound", "nmod"}
    if is_alone and doc[name.first - 1 : name.first].text.lower() in {"the", "a", "an"}:
        score -= 3
    return score


def _score_of_what_follows(doc: "Doc", name: Printed) -> int:
    following = [token.lower_ for token in doc[name.last + 1 : name.last + 4]]
    relative = following[1:2] if following[:1] == [","] else following[:1]
    if relative == ["who"]:
        return 2
    if relative == ["which"]:
        return -3
    # "Olav Tarn, 77, has carried his television upstairs."
    is_aged = following[:1] == [","] and following[2:] in ([","], ["."]) and _AGE.fullmatch(following[1])
    return 3 if is_aged else 0


def appositions(doc: "Doc", name: Printed) -> "list[Token]":
    """Return the nouns in apposition to the name, after it and before it: "Ann Lee, the mayor", "its head, Ann Lee"."""
    head = doc[name.last]
    after = [child for child in head.children if child.dep_ == "appos" and child.left_edge.i == name.last + 2]
    is_close = head.dep_ == "appos" and doc[name.title - 1] in (*head.head.rights, head.head)
    before = [head.head] if is_close else []
    # One person is not "wild neighbours", whatever stands before the comma.
    return [noun for noun in (*after, *before) if noun.pos_ == "NOUN" and noun.tag_ != "NNS"]


def _score_of_form(doc: "Doc", name: Printed) -> int:
    if any(plain(token) in wordlists().particles for token in doc[name.first + 1 : name.last]):
        return 2
    return 3 if could_be_person(doc, name) and _has_office_beside(doc, name) else 0


def _has_office_beside(doc: "Doc", name: Printed) -> bool:
    # "Its senator, Kai Rother", "presidents Kai Rother and Ann Lee", "Kai Rother, coach": however they are parsed.
    before = [plain(token) for token in doc[max(name.title - 2, 0) : name.title] if token.text != ","][-1:]
    after = doc[name.last + 2 : name.last + 3].text if doc[name.last + 1 : name.last + 2].text == "," else ""
    # "Yellow Bay, officials said": several are nobody's office.
    words = {after, *before, *(word.removesuffix("s") for word in before)}
    return not words.isdisjoint(wordlists().titles | wordlists().beside)


def could_be_person(doc: "Doc", name: Printed) -> bool:
    """Return whether the name has the form of a person's, where nothing else tells: "Dahlys Hamilton"."""
    words = name.core
    lists = wordlists()
    if len(words) < 2:  # noqa: PLR2004 -- a full name has two words
        return not lists.first_names.isdisjoint(words)
    is_capitalised = all(token.text[0].isupper() for token in doc[name.first : name.last + 1])
    is_known = words[0] in lists.place_words or not lists.bodies.isdisjoint(words)
    return len(words) <= _LONGEST_UNKNOWN and is_capitalised and not is_known


def role_tokens(doc: "Doc", name: Printed) -> "Sequence[Token]":
    """Return the words that say what the named one is: its title, or the lower-case nouns right before it."""
    if name.title < name.first:
        return list(doc[name.title : name.first])
    found: list[Token] = []
    place = name.first - 1
    while not doc[place + 1].is_sent_start and _may_describe(doc[place]):
        found.insert(0, doc[place])
        place -= 1
    return found if found and any(token.pos_ == "NOUN" for token in found) else []


def _may_describe(token: "Token") -> bool:
    return token.pos_ in {"NOUN", "ADJ", "PROPN"} and token.tag_ != "NNS" and token.is_alpha and token.dep_ != "pobj"
