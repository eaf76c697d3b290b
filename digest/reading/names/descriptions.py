"""Who is meant by "the chancellor", "the company", "the union": words that describe somebody the text has named."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from digest.reading.names.people import Known
from digest.reading.names.persons import appositions
from digest.reading.names.printed import Printed, plain, wordlists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEFINITE = frozenset({"the", "this", "that"})
_SENTENCES_BACK = 3
_MOST_HOLDERS = 40  # of one office; with more of them only who was named lately can be meant


class Descriptions:
    """The offices and kinds of those whom one article names."""

    def __init__(
        self, doc: "Doc", printed: Sequence[Printed], known: Sequence[Known], whose: Mapping[int, int]
    ) -> None:
        """Read the offices beside the names; `whose` tells for each place in `printed` who it is in `known`."""
        self._doc = doc
        self._printed = printed
        self._known = known
        self._whose = whose
        self._sentence_starts = [sentence.start for sentence in doc.sents]
        self._places = [name.first for name in printed]
        self._people: list[int] = []
        self._speaking_bodies: list[int] = []
        self._by_last_word: dict[str, list[int]] = defaultdict(list)
        self._sort()
        self._by_role = self._read_roles()

    def who(self, token: "Token") -> int | None:
        """Return who is meant by a definite noun, an index into `known`; None where it may be more than one."""
        if token.pos_ not in {"NOUN", "PROPN"} or not any(child.lower_ in _DEFINITE for child in token.children):
            return None
        if any(child.dep_ in {"prep", "relcl", "nummod", "acl"} and child.lower_ != "of" for child in token.children):
            return None
        holders = self._by_role.get(plain(token))
        if not holders or self._first_place(holders[0]) >= token.i:
            return self._stand_in(token)
        words = {plain(child) for child in token.children if child.dep_ in {"compound", "amod"}}
        return self._holder(token, holders, words)

    def _holder(self, token: "Token", holders: Sequence[int], words: set[str]) -> int | None:
        fitting = [
            who
            for who in holders[:_MOST_HOLDERS]
            if self._first_place(who) < token.i and words <= self._known[who].roles
        ]
        if len(fitting) < _MOST_HOLDERS and len(fitting) <= 1:
            return fitting[0] if fitting else None
        # Of several ministers it is the one named last, where only one of them was named lately.
        lately = {who for who in self._named_lately(token) if plain(token) in self._known[who].roles}
        lately = {who for who in lately if words <= self._known[who].roles}
        return next(iter(lately)) if len(lately) == 1 else None

    def _named_lately(self, token: "Token") -> set[int]:
        start = self._sentence_starts[max(bisect_right(self._sentence_starts, token.i) - 1 - _SENTENCES_BACK, 0)]
        first, last = bisect_left(self._places, start), bisect_left(self._places, token.i)
        return {self._whose[index] for index in range(first, last)}

    def _stand_in(self, token: "Token") -> int | None:
        word, lists = plain(token), wordlists()
        if word in lists.person_words:
            candidates = self._people
        elif word in lists.body_words:
            candidates = self._speaking_bodies
        else:
            candidates = self._by_last_word[word] if word in lists.bodies else []
        is_only = bool(candidates) and self._first_place(candidates[0]) < token.i
        is_only = is_only and (len(candidates) == 1 or self._first_place(candidates[1]) >= token.i)
        return candidates[0] if is_only else None

    def _first_place(self, who: int) -> int:
        return self._known[who].mentions[0].first

    def _sort(self) -> None:
        # In the order in which the text names them, so that who came before a word is found without a look at all.
        for who in sorted(range(len(self._known)), key=self._first_place):
            one = self._known[who]
            if one.is_person:
                self._people.append(who)
                continue
            if any(self._doc[name.last].dep_ in {"nsubj", "nsubjpass"} for name in one.mentions):
                self._speaking_bodies.append(who)
            if one.fullest.words > 1:
                self._by_last_word[plain(self._doc[one.fullest.last])].append(who)

    def _read_roles(self) -> dict[str, list[int]]:
        by_role: dict[str, set[int]] = defaultdict(set)
        for index, name in enumerate(self._printed):
            one = self._known[self._whose[index]]
            if not one.is_person:
                continue
            for noun in appositions(self._doc, name):
                one.roles.update(plain(token) for token in (noun, *noun.children) if token.is_alpha)
            for word in one.roles:
                by_role[word].add(self._whose[index])
        return {word: sorted(holders, key=self._first_place) for word, holders in by_role.items()}
