"""Which names and titles somebody may mean who is still typing."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of the text without what makes no difference to who types: case, accents, signs."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return tuple(_WORD.findall(plain))


def may_mean(typed: str, text: str) -> bool:
    """Return whether each word that is typed begins a word of the text; nothing typed may mean anything."""
    wanted, words = fold_words(typed), fold_words(text)
    return all(any(word.startswith(one) for word in words) for one in wanted) and (bool(wanted) or not typed.strip())
