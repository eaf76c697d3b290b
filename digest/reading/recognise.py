"""Which language a text is in, by its script and its commonest words; no model."""

import re
import unicodedata
from collections import Counter
from functools import cache

_LETTERS_LOOKED_AT = 3000
_FEWEST_WORDS = 12
_LEAST_SHARE = 0.15
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "THAI": "th",
    "HEBREW": "he",
    "ARABIC": "ar",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "CYRILLIC": "ru",
}
_UKRAINIAN = frozenset("їєґ\u0456")  # \u0456 is the Cyrillic i
# The commonest short words of each language, those that it shares with a neighbour included.
_COMMON = {
    "en": "the of and to in a is that for it was on with as he be at by i this had not are but from or have an "
    "they his her said will",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden "
    "aus er hat dass sie nach bei",
    "fr": "de la le et les des en un du une que est pour qui a dans par plus pas au sur ne se ce il sont avec "
    "son ses aux cette mais",
    "es": "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí "
    "porque esta entre",
    "it": "di che e la il un a per in una non è con si da come le dei nel alla più del della sono al gli anche "
    "ha lo delle ma i",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem "
    "à seu sua ou",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door naar "
    "over ze hij wordt nog werd",
    "sv": "och att det i en som är på för av med till den har de inte om ett han men var jag sig från vi så kan "
    "när hon ska",
    "pl": "w i na z się do nie że to jest o jak po od za przez co ale dla przy jego tym są oraz tego ich być "
    "może już tylko",
    "id": "yang dan di ini dari untuk dengan itu tidak dalam pada akan ke juga adalah oleh ada mereka sudah "
    "bisa karena kami saya atau telah",
    "cs": "a se v na je že o s z do i to k ve pro za by ale si po jsou jako byl od který jeho už jen jak bude",
    "tr": "ve bir bu da de için ile çok daha olarak olan gibi ne var kadar sonra ama en o olduğu ise her değil mi ya",
}


def recognise_language(text: str) -> str | None:
    """Return the ISO 639 code of the language of `text`, or None where it is too short or too odd to tell."""
    shown = text[:_LETTERS_LOOKED_AT]
    by_script = _by_script(shown)
    if by_script is not None:
        return by_script
    words = [word.lower() for word in _WORD.findall(shown)]
    if len(words) < _FEWEST_WORDS:
        return None
    shares = {code: sum(word in common for word in words) / len(words) for code, common in _common().items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _LEAST_SHARE else None


def _by_script(text: str) -> str | None:
    scripts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    found = Counter(dict.fromkeys(_SCRIPTS.values(), 0))
    for script, count in scripts.items():
        if script in _SCRIPTS:
            found[_SCRIPTS[script]] += count
    # Japanese is half Chinese characters; kana decide.
    if found["ja"] > found["zh"] / 4:
        found["ja"] += found.pop("zh")
    code, count = found.most_common(1)[0]
    if count <= scripts.total() / 2:
        return None
    return "uk" if code == "ru" and _UKRAINIAN & set(text.lower()) else code


@cache
def _common() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _COMMON.items()}
