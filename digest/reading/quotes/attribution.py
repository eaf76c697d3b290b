"""The cue beside marked words, and its subject: by place where they stand together, else by the parse."""

from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from typing import TYPE_CHECKING

from digest.reading.quotes.cues import (
    cue_words,
    is_according,
    is_finite,
    is_unsaid,
    lexicon,
    may_be_said,
    object_of_according,
    rule_before,
    speaker_of,
    verb_of,
)
from digest.reading.quotes.regions import Layout, Region
from digest.reading.quotes.trailing import reports_what_stands_before, subject_before

if TYPE_CHECKING:
    from spacy.tokens import Token

    from digest.reading.names import Names

_PHRASE_PARTS = frozenset({"compound", "amod", "poss", "det", "nmod", "nummod", "case", "quantmod", "predet"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_SKIPPED = frozenset({",", "—", "–", "―", "-", "--", "…", ".", "*"})
_ENDS = frozenset({".", ",", "!", "?"})
_NO_START = frozenset(
    {"and", "but", "as", "when", "while", "who", "which", "that", "then", "so", "or", "because", "if", "in"}
)
_RELATIVES = frozenset({"WP", "WDT", "WRB"})
_ASPECTUAL = frozenset({"continue", "begin"})
_LONGEST_SUBJECT = 12
_FAR = 60  # tokens: no sentence that reads well keeps a cue further from its words


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it (the head of the words beside the quote, None where unsure), with which cue, by which rule."""

    speaker: "Token | None"
    cue: "tuple[Token, Token] | None"
    method: str
    is_denied: bool = False


class Attributor:
    """Finds the cue that belongs to a region of one article."""

    def __init__(self, layout: Layout, names: "Names") -> None:
        """Take the article's regions and its names."""
        self._layout = layout
        self._names = names

    def cue_after(self, region: Region) -> Attribution | None:
        """Return the cue that follows the closing mark at once: “...,” said Ann Lee; “...,” she told the court."""
        words = self._layout.words(region.right)
        if not any(token.text not in _SKIPPED for token in words):
            return self._own_sentence(region)
        if self._layout.runs_on(region) and (found := self._trailing(words)) is not None:
            return found
        return self._beginning(words) or self._any_verb(region, words)

    def _trailing(self, words: "list[Token]") -> Attribution | None:
        # It “undervalues” the company, the chairman wrote: the clause goes on behind the mark.
        for verb in words[1:_FAR]:
            if not reports_what_stands_before(verb):
                continue
            found = subject_before([token for token in words if token.i < verb.i])
            if found is not None and verb.sent[0].pos_ not in {"ADP", "SCONJ"}:
                return Attribution(found[1], (verb, verb), "clause, then its subject and verb", is_unsaid(verb))
        return None

    def _any_verb(self, region: Region, words: "list[Token]") -> Attribution | None:
        # After a comma inside the marks whatever somebody does is a way to say it: “...,” she bristled.
        text = self._layout.parsed.text
        if "," not in text[region.marked.span.end : region.marked.outer.end]:
            return None
        words = _without_opening(words)
        places = {token.i for token in words}
        for verb in words[1:_FAR]:
            if verb.tag_ in {"VBD", "VBZ"} and verb.dep_ not in {"relcl", "aux", "auxpass"}:
                subject = self._subject_between(words, verb, places)
                if subject is None:
                    return None
                return Attribution(subject, (verb, verb), "subject and any verb after a comma", is_unsaid(verb))
        return None

    def _own_sentence(self, region: Region) -> Attribution | None:
        # “Really?” Ann Lee asked on Monday. Only where it is all that the sentence says.
        words = self._layout.words(self._layout.sentence_after(region))
        found = self._beginning(words)
        if found is None or found.cue is None or not self._ends(words[-1]):
            return None
        verb = found.cue[0]
        content = {child.dep_ for child in verb.children if verb.i < child.i < words[-1].i and child != found.speaker}
        # Who is told or asked is no part of what is said.
        told = content & ({"ccomp", "xcomp"} if verb.lemma_ in {"tell", "ask"} else {"ccomp", "dobj", "xcomp"})
        return None if told else found

    def _ends(self, word: "Token") -> bool:
        # ... or goes on in marks that this verb does not bring in: “Really?” Ann Lee asked as the band played “Home”.
        is_cut = word.i + 1 in self._layout.quoted
        return word.text in _ENDS or (is_cut and not word.is_punct and not self._can_say(word))

    def _beginning(self, words: "list[Token]") -> Attribution | None:
        words = _without_opening(words)
        if not words:
            return None
        if is_according(words[0]):
            return self._according(words[0])
        if self._can_say(words[0]) and words[0].tag_ not in {"VBG", "VBN"}:
            return self._inverted(words)
        return self._subject_first(words)

    def _inverted(self, words: "list[Token]") -> Attribution | None:
        verb = words[0]
        right = [child for child in verb.children if child.dep_ == "nsubj" and child.i > verb.i]
        own = right[0] if right and right[0].i in {token.i for token in words} else None
        own = own if own is not None and own.pos_ in _NOUNS else _first_noun(words[1:])
        if own is None:
            return None
        return Attribution(own, (verb, verb), "verb after the marks, then its subject", is_unsaid(verb))

    def _subject_first(self, words: "list[Token]") -> Attribution | None:
        places = {token.i for token in words}
        for verb in words[1:_FAR]:
            if not self._can_say(verb) or verb.tag_ in {"VBG", "VB"}:
                continue
            subject = self._subject_between(words, verb, places)
            if subject is not None:
                return Attribution(subject, (verb, verb), "subject after the marks, then its verb", is_unsaid(verb))
        return None

    def _subject_between(self, words: "list[Token]", verb: "Token", places: set[int]) -> "Token | None":
        own = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
        subject = next((child for child in own if child.i in places), None)
        if subject is None or subject.tag_ in {"WP", "WDT"} or not subject.left_edge.i <= words[0].i <= subject.i:
            return self._phrase_between(words, verb)
        return subject

    def _phrase_between(self, words: "list[Token]", verb: "Token") -> "Token | None":
        # The parser loses its way after a long quotation: what stands between the mark and "said" is the subject.
        before = [token for token in words if token.i < verb.i]
        while before and before[-1].pos_ == "ADV":
            before.pop()
        comma = next((place for place, token in enumerate(before) if token.text in {",", "("}), len(before))
        lead = before[:comma]
        if not lead or (comma < len(before) and before[-1].text not in {",", ")"}) or len(lead) > _LONGEST_SUBJECT:
            return None
        if (
            lead[0].lower_ in _NO_START
            or lead[0].pos_ in {"ADP", "SCONJ"}
            or any(token.is_punct or token.tag_ in _RELATIVES for token in lead)
        ):
            return None
        people = self._names.people_in(lead[0].i, lead[-1].i)
        named = [token for token in people if token.i == lead[-1].i]
        if named:
            return named[0]
        is_clause = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in lead)
        is_noun = lead[-1].pos_ in _NOUNS or lead[-1].lower_ in lexicon().documents
        return lead[-1] if is_noun and not is_clause else None

    def cue_before(self, region: Region) -> Attribution | None:
        """Return the nearest cue before the opening mark with nothing but its own words between the two."""
        words = self._layout.words_before(region)
        if not words:
            return None
        for verb in reversed(words[-_FAR:]):
            if is_according(verb):
                return self._according(verb)
            if self._can_bring_in(verb) and not (is_unsaid(verb) and self._is_reported(verb)):
                if verb == words[0] and verb.tag_ == "VBD" and (found := self._inverted(words)) is not None:
                    return found  # Said Ann Lee: “...”
                speaker = speaker_of(verb, self._layout.quoted)
                return Attribution(speaker, cue_words(verb), rule_before(verb), is_unsaid(verb))
            if verb.pos_ == "VERB" and is_finite(verb) and not self._hangs_on_cue(verb, region) and not is_unsaid(verb):
                return None
        return None

    def stands_close(self, region: Region) -> bool:
        """Return whether the word before the opening mark is a cue, or "that", a colon or a comma after one."""
        words = [token for token in self._layout.words_before(region) if token.text not in {"that", ":", ","}]
        return bool(words) and self._can_say(words[-1])

    def cue_around(self, region: Region) -> Attribution | None:
        """Return the cue in whose reported clause the region stands, by the parse: She said the ladder was “rotten”."""
        doc = self._layout.parsed.doc
        token = doc[region.first : region.last + 1].root
        for _ in range(_FAR):
            if token.head == token:
                return None
            child, token = token, token.head
            if token.i not in self._layout.quoted and self._is_content(child, token):
                speaker = speaker_of(token, self._layout.quoted)
                return Attribution(speaker, cue_words(token), "in the clause of the verb", is_unsaid(token))
        return None

    def named_in(self, words: "list[Token]") -> Attribution | None:
        """Return whom a sentence after the marks names: So says Amina Juma; Those were the words of Ann Lee."""
        if not words:
            return None
        opening, rest = words[0].lower_, words[1:]
        if opening in {"so", "thus"} and rest and self._can_say(rest[0]):
            found = self._inverted(rest)
            return found and replace(found, method="named by the next paragraph")
        if opening not in {"those", "these", "such"}:
            return None
        for token in rest[:_LONGEST_SUBJECT]:
            if token.lower_ == "of" and token.head.lower_ == "words":
                noun = next((child for child in token.children if child.dep_ == "pobj"), None)
                return Attribution(noun, None, "named by the next paragraph") if noun is not None else None
        return None

    def only_cue(self, region: Region) -> Attribution | None:
        """Return the one verb of saying in the sentence before the marks, where what it reports runs on to them."""
        words = self._layout.words(region.left)
        cues = [token for token in words if verb_of(token) in lexicon().say and token.dep_ not in {"relcl", "amod"}]
        if len(cues) != 1 or not any(child.dep_ == "ccomp" for child in cues[0].children):
            return None
        if cues[0].tag_ == "VB" or is_unsaid(cues[0]):
            return None
        speaker = speaker_of(cues[0], self._layout.quoted)
        return Attribution(speaker, cue_words(cues[0]), "only verb of saying before the marks")

    def _is_content(self, child: "Token", verb: "Token") -> bool:
        is_part = child.dep_ in {"ccomp", "xcomp", "dobj", "prep", "oprd"}
        return is_part and verb_of(verb) in lexicon().say | lexicon().judge

    def according_to(self, region: Region) -> Attribution | None:
        """Return "according to X" anywhere in the sentence outside the marks, the region's own side first."""
        for places in (region.right, region.left):
            for token in self._layout.words(places):
                if is_according(token):
                    return self._according(token)
        return None

    def _according(self, token: "Token") -> Attribution | None:
        noun = object_of_according(token)
        if noun is None or noun.i in self._layout.quoted:
            return None
        return Attribution(noun, (token, token.nbor(1)), "according to")

    def _can_say(self, token: "Token") -> bool:
        base = may_be_said(token)
        return base in lexicon().say or base in lexicon().utter

    def _can_bring_in(self, verb: "Token") -> bool:
        base = verb_of(verb)
        if verb.dep_ == "amod" or (base in _ASPECTUAL and any(child.dep_ == "xcomp" for child in verb.children)):
            return False  # "the reported loss", "will continue to be"
        # "Some people who feel that way, “but not most”": how they feel brings nothing in.
        judging = frozenset() if verb.dep_ == "relcl" else lexicon().judge
        return any(base in kind for kind in (lexicon().say, lexicon().utter, lexicon().show, judging))

    def _is_reported(self, verb: "Token") -> bool:
        # "warned that it would respond “swiftly”": the warning was said.
        return any(
            child.dep_ == "ccomp" and verb_of(head) in lexicon().say and not is_unsaid(head)
            for child, head in pairwise([verb, *verb.ancestors])
        )

    def _hangs_on_cue(self, verb: "Token", region: Region) -> bool:
        # "said the rules that he wrote were “bad”": look on for the verb above.
        return verb.dep_ in {"relcl", "advcl", "ccomp"} and verb.head.i < region.first


def _without_opening(words: "list[Token]") -> "list[Token]":
    words = list(dropwhile(lambda word: word.text in _SKIPPED, words))
    return list(dropwhile(lambda word: word.pos_ == "ADV" and not may_be_said(word), words))


def _first_noun(words: "list[Token]") -> "Token | None":
    for token in words:
        if token.pos_ in _NOUNS:
            return _head_of_phrase(token, words[-1].i)
        # "said trapper Anton Belyakin": a trade may be taken for a verb, before a name only.
        is_trade = token.pos_ == "VERB" and token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"
        if token.is_punct or token.pos_ == "ADP" or (token.pos_ == "VERB" and not is_trade):
            return None
    return None


def _head_of_phrase(token: "Token", last: int) -> "Token":
    while token.dep_ in _PHRASE_PARTS and token.i < token.head.i <= last:
        token = token.head
    return token
