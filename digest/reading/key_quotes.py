"""Which of an article's quotes an editor would keep: full statements, understood with the speaker's name alone."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.model import Quote, QuoteKind
from digest.reading.certainty import is_speaker_sure
from digest.reading.ranks import content_words

_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
_FEWEST_WORDS = 6
_MOST_WORDS = 60
_FEWEST_WORDS_OF_A_FRAGMENT = 8
_SHORT_WORD = 3
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LEANS = re.compile(
    r"^\W*(?:(?:and|but|so|yet|because|well|yes|no|also|if|when|once|unless|the fact that),? "
    r"|(?:I|we) (?:think|believe|know|hope) (?:that )?+)?"
    r"(?:he|she|it|they|him|them|his|her|its|their|this|that|these|those|such|here"
    r"|there(?! (?:is|are|was|were|will|would|has|have|can|must|should|may)\b))\b",
    re.IGNORECASE,
)
_BROKEN_OFF = re.compile(
    r"^\W*(?:and|or|but|nor|that|which|who|whose|because|to|of|in|as|than|with|for)\b", re.IGNORECASE
)
_SOMEBODY = re.compile(r"\b(?:he|she|they|him|her|them|his|their)\b", re.IGNORECASE)
_CONDOLENCE = re.compile(
    r"\bcondolences?\b|\b(?:our|my) (?:thoughts|hearts?) (?:and prayers )?(?:are|is|go(?:es)?) (?:out )?(?:with|to)\b"
    r"|\brest in peace\b|\bdeeply saddened\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:I|me|my)\b")
_OWN_WILL = re.compile(r"\bI(?: will| shall| won['’]t|['’]ll| am|['’]m)\b")


def choose_quotes(text: str, quotes: Sequence[Quote], news: frozenset[str], most: int) -> tuple[int, ...]:
    """Return the indexes of the quotes to show, best first, `most` at most; fewer where the others are weak.

    Different speakers go first. Then what has to do with the news, whose content words are `news`; whole statements,
    long ones and early ones.
    """
    worth = {index: _worth(text, quote, news) for index, quote in enumerate(quotes) if _is_key_quote(text, quote)}
    chosen: list[int] = []
    heard: Counter[str] = Counter()
    while worth and len(chosen) < most:
        best = max(worth, key=lambda index: (worth[index] - heard[_speaker(text, quotes[index])], -index))
        chosen.append(best)
        heard[_speaker(text, quotes[best])] += 1
        del worth[best]
    return tuple(chosen)


def _is_key_quote(text: str, quote: Quote) -> bool:
    if quote.kind is QuoteKind.INDIRECT or quote.speaker is None or not _is_surely_attributed(text, quote):
        return False
    is_whole = quote.kind is QuoteKind.DIRECT
    fewest = _FEWEST_WORDS if is_whole else _FEWEST_WORDS_OF_A_FRAGMENT
    words = _words(text, quote)
    is_fit = fewest <= _count(words) <= _MOST_WORDS and not _is_title(words) and not _is_personal(words)
    return is_fit and not _is_unresolved(words) and (is_whole or not _SOMEBODY.search(words))


def _is_surely_attributed(text: str, quote: Quote) -> bool:
    return is_speaker_sure(quote.kind, quote.method) and _is_named_nearby(text, quote)


def _is_named_nearby(text: str, quote: Quote) -> bool:
    # A pronoun may mean another person of the paragraphs before; in its own paragraph the name stands beside it.
    speaker = quote.speaker
    if speaker is None or speaker.mention is None or speaker.mention.of(text).lower() not in _PRONOUNS:
        return True
    surname = speaker.name.of(text).rpartition(" ")[2]
    first, last = text.rfind("\n", 0, quote.spans[0].start) + 1, text.find("\n", speaker.mention.end)
    return surname in text[first : last if last >= 0 else len(text)]


def _is_unresolved(words: str) -> bool:
    is_broken_off = words[:1].islower() and _BROKEN_OFF.match(words)
    return bool(is_broken_off or _LEANS.match(words)) or "?" in words[-2:]


def _is_title(words: str) -> bool:
    capitals = [word[0].isupper() for word in _WORD.findall(words) if len(word) > _SHORT_WORD]
    return len(capitals) > 1 and all(capitals)


def _is_personal(words: str) -> bool:
    # Condolences; and "I keep it on my shelf" is an anecdote, "I will not sign, and I won't resign" a position.
    is_own_story = len(_OWN.findall(words)) > 1 and not _OWN_WILL.search(words)
    return is_own_story or _CONDOLENCE.search(words) is not None


def _worth(text: str, quote: Quote, news: frozenset[str]) -> float:
    # What counts how much was weighed on labelled cards: `make gold` and `make eval` score them.
    words = _words(text, quote)
    return (
        (1.0 if quote.kind is QuoteKind.DIRECT else 0.4)
        + 0.1 * min(len(content_words(words) & news), 4)
        + 0.3 * min(_count(words) / 20, 1)
        + 0.5 * (1 - quote.spans[0].start / (len(text) or 1))
        + (0.2 if quote.speaker and quote.speaker.role else 0)
        - (0.3 if _speaker(text, quote).islower() else 0)
    )


def _speaker(text: str, quote: Quote) -> str:
    return quote.speaker.name.of(text) if quote.speaker else ""


def _words(text: str, quote: Quote) -> str:
    return " ".join(span.of(text).strip() for span in quote.spans)


def _count(words: str) -> int:
    return len(_WORD.findall(words))
