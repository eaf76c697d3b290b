"""Whether a text has a word or phrase, as somebody means it who typed that."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from unicodedata import category, name, normalize

OPENING = 2000
"""Characters of a text in which the words of a subscription's rules count."""

_SIGNS = str.maketrans(dict.fromkeys("’‘‛ʼʻʹ′`´", "'") | dict.fromkeys("‐‑", "-"))  # noqa: RUF001 -- what people type
# No spaces between words, or as in Korean, with what belongs to a word written onto it.
_UNSPACED = ("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


def fold(text: str) -> str:
    """Return the text without what makes no difference: case, how marks are composed, kinds of apostrophe and hyphen.

    Unicode's compatibility caseless matching (The Unicode Standard, 3.13, D146).
    """
    # Signs twice: an accent that stands alone would become a space, and some letters hold an apostrophe.
    folded = normalize("NFKD", normalize("NFD", text).translate(_SIGNS).casefold()).casefold()
    return normalize("NFKC", folded).translate(_SIGNS)


def find_phrases(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Return those of the phrases that stand in the text by themselves, not as a part of a longer word."""
    folded = fold(text)
    return tuple(phrase for phrase in phrases if stands_in(folded, fold(phrase)))


class PhraseFinder:
    """Finds those of very many phrases that stand in a text, as `find_phrases` does: few are looked for one by one."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for phrase in dict.fromkeys(phrases):
            folded = fold(phrase)
            # A phrase begins and ends at the edges of words: each of its words is one of the text's.
            self._by_word[max(_words_of(folded), key=len, default="")].append((phrase, folded))

    def find(self, text: str) -> tuple[str, ...]:
        """Return the phrases that stand in the text by themselves."""
        folded = fold(text)
        candidates = (pair for word in ("", *_words_of(folded)) for pair in self._by_word.get(word, ()))
        return tuple(phrase for phrase, wanted in candidates if stands_in(folded, wanted))


def _words_of(folded: str) -> tuple[str, ...]:
    runs = ("".join(run) for is_word, run in groupby(folded, _is_of_word) if is_word)
    return tuple(dict.fromkeys(runs))


def stands_in(text: str, phrase: str) -> bool:
    """Return whether the phrase stands in the text by itself; both are folded already."""
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        if _is_edge(text, at) and _is_edge(text, at + len(phrase)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _is_edge(text: str, at: int) -> bool:
    return not (0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at]))


def _is_of_word(sign: str) -> bool:
    is_letter = sign.isalnum() or category(sign).startswith("M")
    return is_letter and not name(sign, "").startswith(_UNSPACED)
