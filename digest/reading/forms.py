"""Parts of speech and lemmas, as spaCy's attribute ruler and lemmatizer give them, asked once for each form.

Both look at a word, its tag and its relation, seldom at a neighbour, and take a quarter of the pipeline's time to do so
for every token anew. The answers are kept; they are the components' own, so nothing is read otherwise.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("attribute_ruler", "lemmatizer")
"""What of the pipeline is asked here, in this order."""

_KEPT = 50_000
# The words of the ruler's patterns of two tokens ("gon na", "let 's", "ai n't"), and after "there" the forms of "be".
_PAIRED = ("ai", "n't", "nt", "gon", "na", "got", "ta", "let", "'s", "c'm", "on", "y'", "y", "all")
_EXISTENTIAL = ("is", "are", "was", "were", "'s", "'re")

_EXPLETIVE = ("there", "EX", "expl")
_ANY = ("XX", "dep")  # the tag and relation of a word that only stands beside another
_APART = ("x", *_ANY)  # takes part in none of those patterns
_NO_WORD = (0, 0, 0, 0)
_SET = ("POS", "LEMMA", "TAG", "DEP")

_Form: TypeAlias = tuple[int, int, int, int, int, bool]  # word, tag, relation, paired words beside it, after "there"


class Forms:
    """The forms that one pipeline has met."""

    def __init__(self, pipeline: "Language", new_doc: "type[Doc]") -> None:
        """Take the pipeline, and the class of its docs."""
        self._pipeline = pipeline
        self._new_doc = new_doc
        strings = pipeline.vocab.strings
        self._paired = frozenset(map(strings.add, _PAIRED))
        self._existential = frozenset(map(strings.add, _EXISTENTIAL))
        self._expletive = strings.add("expl")
        self._known: dict[_Form, tuple[int, ...]] = {}

    def annotate(self, doc: "Doc") -> None:
        """Set parts of speech and lemmas of a doc that has tags and relations, as the components would."""
        import numpy as np  # noqa: PLC0415 -- heavy: only reading processes pay for it

        if not len(doc):
            return
        if len(self._known) > _KEPT:
            self._known.clear()
        forms = list(self._forms_of(doc))
        self._learn({form for form in forms if form not in self._known})
        found = np.array([self._known[form] for form in forms], dtype="uint64")
        doc.from_array(list(_SET), found)  # type: ignore[arg-type]

    def _forms_of(self, doc: "Doc") -> Iterator[_Form]:
        rows = doc.to_array(["ORTH", "LOWER", "TAG", "DEP"]).tolist()
        for before, here, after in zip([_NO_WORD, *rows[:-1]], rows, [*rows[1:], _NO_WORD], strict=True):
            word, lower, tag, dep = here
            left, right = (beside if {lower, beside} <= self._paired else 0 for beside in (before[1], after[1]))
            yield word, tag, dep, left, right, before[3] == self._expletive and lower in self._existential

    def _learn(self, forms: Collection[_Form]) -> None:
        strings = self._pipeline.vocab.strings
        written: list[tuple[str, str, str]] = []
        places = []
        for word, tag, dep, left, right, is_existential in forms:
            # Left and right stand beside it again; other words that have a pattern of two stand apart.
            if is_existential:
                written.append(_EXPLETIVE)
            elif self._pipeline.vocab[word].lower in self._paired | self._existential:
                written.append((strings[left], *_ANY) if left else _APART)
            places.append(len(written))
            written.append((strings[word], strings[tag], strings[dep]))
            if right:
                written.append((strings[right], *_ANY))
        words, tags, deps = ([row[column] for row in written] for column in range(3))
        doc = self._new_doc(self._pipeline.vocab, words=words, tags=tags, deps=deps)
        for name in COMPONENTS:
            doc = self._pipeline.get_pipe(name)(doc)
        found = doc.to_array(list(_SET))
        self._known.update(zip(forms, map(tuple, found[places].tolist()), strict=True))
