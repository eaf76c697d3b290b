"""Who is meant by "the chancellor", "the company", "the union": words that describe somebody the text has named."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from digest.reading.names.people import Known, appositions
from digest.reading.names.printed import Printed, plain, wordlists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEFINITE = frozenset({"the", "this", "that"})
_SENTENCES_BACK = 3


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
        self._by_role = self._read_roles(doc)

    def who(self, token: "Token") -> int | None:
        """Return who is meant by a definite noun, an index into `known`; None where it may be more than one."""
        if token.pos_ not in {"NOUN", "PROPN"} or not any(child.lower_ in _DEFINITE for child in token.children):
            return None
        words = {plain(child) for child in token.children if child.dep_ in {"compound", "amod"}}
        if any(
            child.dep_ in {"prep", "relcl", "poss", "nummod", "acl"} and child.lower_ != "of"
            for child in token.children
        ):
            return None
        before = [who for who in self._by_role.get(plain(token), ()) if self._first_place(who) < token.i]
        fitting = [who for who in before if words <= self._known[who].roles]
        if len(fitting) > 1:
            return self._latest(token, fitting)
        if fitting:
            return fitting[0]
        return self._stand_in(token) if not before else None

    def _latest(self, token: "Token", candidates: list[int]) -> int | None:
        # Of several ministers it is the one named last, where only one of them was named lately.
        start = self._sentence_starts[max(bisect_right(self._sentence_starts, token.i) - 1 - _SENTENCES_BACK, 0)]
        lately = [who for who in candidates if any(start <= name.first < token.i for name in self._known[who].mentions)]
        return lately[0] if len(lately) == 1 else None

    def _stand_in(self, token: "Token") -> int | None:
        lists = wordlists()
        if plain(token) in lists.person_words:
            candidates = [who for who, one in enumerate(self._known) if one.is_person]
        elif plain(token) in lists.body_words:
            candidates = [who for who, one in enumerate(self._known) if self._speaks_as_body(one)]
        elif plain(token) in lists.bodies:
            candidates = [who for who, one in enumerate(self._known) if self._is_called(one, plain(token))]
        else:
            return None
        candidates = [who for who in candidates if self._first_place(who) < token.i]
        return candidates[0] if len(candidates) == 1 else None

    def _speaks_as_body(self, one: Known) -> bool:
        doc = self._doc
        return not one.is_person and any(doc[name.last].dep_ in {"nsubj", "nsubjpass"} for name in one.mentions)

    def _first_place(self, who: int) -> int:
        return self._known[who].mentions[0].first

    def _is_called(self, one: Known, word: str) -> bool:
        # "The union": the Harbour Union.
        return not one.is_person and one.fullest.words > 1 and plain(self._doc[one.fullest.last]) == word

    def _read_roles(self, doc: "Doc") -> dict[str, dict[int, None]]:
        by_role: dict[str, dict[int, None]] = defaultdict(dict)
        for index, name in enumerate(self._printed):
            one = self._known[self._whose[index]]
            if not one.is_person:
                continue
            for noun in appositions(doc, name):
                one.roles.update(plain(token) for token in (noun, *noun.children) if token.is_alpha)
            for word in one.roles:
                by_role[word][self._whose[index]] = None
        return by_role
