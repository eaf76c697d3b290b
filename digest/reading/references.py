"""Which sentences speak of what another one has named: he, that deal, until then, a similar plan."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_POINTING = frozenset({"this", "that", "these", "those", "such"})
_TIMES = frozenset(
    """second minute hour day night morning afternoon evening week weekend fortnight month quarter season spring summer
    autumn fall winter year decade century time monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december""".split()  # noqa: SIM905 -- reads as words
)
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "csubj"})
_SINGULAR, _PLURAL = frozenset({"NN", "NNP"}), frozenset({"NNS", "NNPS"})
_PERSON = frozenset({"PERSON", "MAYBE_PERSON"})
_TOLD_APART = re.compile(
    r"^\W*(?:(?:until|since|by|before|after|from) then\b"
    r"|(?:after|before|despite|since|until|because of|as a result of|instead of|in addition to|on top of|besides) "
    r"(?:this|that|these|those)\b(?! (?:week|month|year|day|time|morning|summer|winter|spring|autumn|season)\b)"
    r"|in (?:return|response|reply|turn)\b(?! (?:for|to)\b)|asked (?:about|whether|why|if|how|what)\b"
    r"|(?:there|here),? \w+"
    r"|the (?:first|second|third|fourth|last|other|others|rest)(?:,| (?:is|are|was|were|will|would|has|had|said|to)\b)"
    r"|(?:a|an)(?:other)? (?:second|third|further|other) \w+|(?:some|none|one|two|all) of (?:the|them)\b"
    r"|the \d+-year-old\b|the (?:next|following|same|previous) (?:day|night|morning|week|month|year)\b"
    r"|(?:\w+ ){0,3}(?:minutes?|hours?|days?|weeks?|months?|years?) (?:later|earlier|after(?:wards)?|before)\b"
    r"|within (?:a |an )?(?:few |\w+ )?(?:minutes|hours?|days?)\b(?! of\b))"
    r"|\b(?:similar(?! to\b)(?! in\b)|similarly|likewise)\b",
    re.IGNORECASE,
)
_THERE_IS = re.compile(
    r"^\W*(?:there|here) (?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should)\b", re.IGNORECASE
)


def leans_on_another(sentence: "Tokens", quoted: frozenset[int]) -> bool:
    """Return whether the subject of a sentence, or what opens it, is named only in another sentence.

    Looks at subjects and at whose they are: an object that stands for something is a small slip. `quoted` are the
    places of the tokens between marks; nobody there is spoken of by the article.
    """
    words = [token for token in sentence if token.i not in quoted and not token.is_space]
    if _TOLD_APART.search(sentence.text) and not _THERE_IS.match(sentence.text):
        return True
    return any(_is_unresolved(token, words) for token in words)


def _is_unresolved(token: "Token", words: "list[Token]") -> bool:
    word, is_subject = token.lower_, token.dep_ in _SUBJECTS
    if is_subject and word in _PRONOUNS:
        return _is_nobody_here(token, words)
    if is_subject and word in _POINTING and token.tag_ == "DT":
        return token == words[0] or token.head.dep_ in {"advcl", "ccomp"}
    if word in _OWNERS and token.dep_ == "poss" and _is_of_subject(token):
        return not any(_agrees(_OWNERS[word], noun) for noun in _before(token, words))
    if word in _POINTING and token.dep_ in {"det", "predet", "amod"} and token.head.dep_ in _SUBJECTS:
        return _is_main(token.head) and not _is_told_before(token.head, token, words)
    return False


def _is_nobody_here(pronoun: "Token", words: "list[Token]") -> bool:
    if pronoun.lower_ == "it" and _is_empty(pronoun):
        return False
    before = _before(pronoun, words)
    if _is_aside(pronoun.head):  # who said the rest is somebody else than what the rest speaks of, unless a person
        return not any(noun.ent_type_ in _PERSON and noun.dep_ in _SUBJECTS for noun in before)
    return not any(_agrees(pronoun.lower_, noun) for noun in (*before, *_subject(pronoun, words)))


def _is_told_before(noun: "Token", token: "Token", words: "list[Token]") -> bool:
    lemma = noun.lemma_.lower()
    return lemma in _TIMES or any(other.lemma_.lower() == lemma for other in _before(token, words))


def _before(token: "Token", words: "list[Token]") -> "list[Token]":
    return [word for word in words if word.i < token.i]


def _is_main(subject: "Token") -> bool:
    return bool(subject.head.head == subject.head)


def _is_aside(verb: "Token") -> bool:
    """Whether the verb only says who said the rest: ", she added"."""
    return verb.dep_ == "parataxis" or any(child.dep_ == "ccomp" and child.i < verb.i for child in verb.children)


def _subject(pronoun: "Token", words: "list[Token]") -> "list[Token]":
    """Return the subject of the main clause where it follows: as she left, the minister said."""
    follows = (word for word in words if word.i > pronoun.i and word.dep_ in _SUBJECTS)
    return [word for word in follows if _is_main(word)][:1]


def _is_of_subject(token: "Token") -> bool:
    """Whether the word stands in the subject of the main clause."""
    head = token.head
    while head.head != head:
        if head.dep_ in _SUBJECTS:
            return _is_main(head) or head.head.dep_ in {"ccomp", "conj"}
        if head.dep_ in _CLAUSES:
            return False
        head = head.head
    return False


def _is_empty(it: "Token") -> bool:
    """Whether "it" stands for nothing: it is likely that."""
    verb = it.head
    return verb.lemma_ in {"be", "seem", "appear", "take", "emerge"} and any(
        child.dep_ in {"ccomp", "xcomp", "advcl", "acl", "csubj"} and child.i > verb.i for child in verb.subtree
    )


def _agrees(pronoun: str, noun: "Token") -> bool:
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.lemma_.lower() in _TIMES or noun.dep_ in {"npadvmod", "compound"}:
        return False
    if pronoun in {"he", "she"}:
        is_person = noun.ent_type_ in _PERSON
        return is_person or (noun.tag_ == "NN" and noun.dep_ in _SUBJECTS)
    if pronoun == "it":
        return noun.tag_ in _SINGULAR and noun.ent_type_ not in _PERSON
    return (
        noun.tag_ in _PLURAL or noun.ent_type_ in _PERSON or any(True for _ in noun.conjuncts) or noun.dep_ in _SUBJECTS
    )
