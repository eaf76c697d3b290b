"""Which language a text is in; the only module that knows py3langid."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LOOKED_AT = 3000
_FEWEST_BYTES = 40  # of letters in UTF-8: a handful of words, or a dozen characters of Chinese
_LEAST_PROBABILITY = 0.9
_NO_LANGUAGE = "zxx"  # ISO 639-2


def recognise_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None where it is too short or too odd to tell.

    Looks at the first 3,000 characters. By langid.py (Lui and Baldwin, ACL 2012), whose model is in the package.
    """
    shown = text[:_LOOKED_AT]
    letters = "".join(filter(str.isalpha, shown))
    if len(letters.encode(errors="ignore")) < _FEWEST_BYTES:
        return None
    code, probability = _identifier().classify(shown)
    return str(code) if probability >= _LEAST_PROBABILITY and code != _NO_LANGUAGE else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 -- only reading processes pay for it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
