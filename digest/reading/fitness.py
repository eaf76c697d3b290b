"""Which sentences can be shown: those that are prose of the article, and those that stand without the one before."""

import re
from collections.abc import Sequence
from enum import IntEnum

from digest.reading.furniture import ENDS_IN_CREDIT, OPENS_FURNITURE

FEWEST_WORDS = 6
MOST_WORDS = 80

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WRITTEN_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")  # Thai, kana, Chinese characters
_OPENERS = "\"'“‘«„`([ "
_CLOSERS = "\"'”’»“`)] "
_LEANS = re.compile(
    r"^(?:(?:and|but|so|yet|then|or|meanwhile|still|instead|nor),? )?"
    r"(?:he|she|it|they|him|them|his|her|hers|its|their|theirs|this|that|these|those|such|here|there['’]s why"
    r"|(?:that|it|he|she)['’]s|they['’](?:re|ve)|another|the (?:former|latter|same|pair|two|trio|duo)|both|neither"
    r"|one (?:of them|such)|others?)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"^[)\],.;:%&]|^\([^()]*\)\W*$")  # what the splitter cut off, or an aside in brackets
_GERMAN = re.compile(r"„([^„“”]*)[“”]")  # closes with the mark that opens in English
_CONTRASTS = re.compile(
    r"^(?:but|so|yet|or|nor|instead|then|rather|otherwise|because|therefore|thus|hence|which|whose|(?:in|by) contrast"
    r"|on the other hand)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!…。\uff01।][\"'”’»)\]]*\s*$")


class Fitness(IntEnum):
    """How a sentence can be shown: never, only straight after the one before it, or alone."""

    NEVER = 0
    AFTER = 1
    ALONE = 2


def rate_sentences(sentences: Sequence[str], *, title: str = "") -> tuple[Fitness, ...]:
    """Return for each sentence whether it can be shown.

    Never: questions, fragments, one half of a quotation, bylines and other furniture, repetitions of the title. After
    the one before: an opening he, this, such; a contrast; somebody's words whose speaker stands elsewhere.
    """
    heading = _words(title)
    # Where sentences open with capitals, one that does not is a fragment.
    is_cased = 2 * sum(sentence.lstrip(_OPENERS)[:1].isupper() for sentence in sentences) > len(sentences)
    ratings = []
    inside = False
    for sentence in (_GERMAN.sub(r"“\1”", sentence) for sentence in sentences):
        starts_inside, inside = inside, _is_open(sentence, inside=inside)
        ratings.append(_rate(sentence, heading, is_broken=starts_inside or inside, is_cased=is_cased))
    return tuple(ratings)


def _rate(sentence: str, heading: list[str], *, is_broken: bool, is_cased: bool) -> Fitness:
    words = _words(sentence)
    bare = sentence.strip().lstrip(_OPENERS)
    length = len(words) + len(_WRITTEN_WITHOUT_SPACES.findall(sentence)) // 2
    if not FEWEST_WORDS <= length <= MOST_WORDS or words == heading or _is_furniture(sentence, bare):
        return Fitness.NEVER
    if is_broken or sentence.count('"') % 2 or _PIECE.match(sentence) or (is_cased and bare[:1].islower()):
        return Fitness.NEVER
    if _is_all_quoted(sentence) or _LEANS.match(bare) or _CONTRASTS.match(bare):
        return Fitness.AFTER
    return Fitness.ALONE


def _is_furniture(sentence: str, bare: str) -> bool:
    if not _ENDS.search(sentence):  # a question, or a line that is no sentence
        return True
    return bool(OPENS_FURNITURE.match(bare) or ENDS_IN_CREDIT.search(sentence)) or bare.isupper()


def _is_all_quoted(sentence: str) -> bool:
    bare = sentence.strip()
    return bare[:1] in '"“‘«„' and not any(mark in bare[1:-2] for mark in '"”»')


def _is_open(sentence: str, *, inside: bool) -> bool:
    last_open, last_close = sentence.rfind("“"), sentence.rfind("”")
    return inside if last_open == last_close else last_open > last_close


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
