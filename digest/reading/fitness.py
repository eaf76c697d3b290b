"""Which sentences can be shown: those that are prose of the article, and those that stand without the one before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from digest.model import Sentence
from digest.reading.furniture import ENDS_IN_CREDIT, OPENS_FURNITURE
from digest.reading.lexicon import load_cues
from digest.reading.quotes.marks import find_marked

FEWEST_WORDS = 6
MOST_WORDS = 120

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
    r"^(?:so|or|nor|instead|then|rather|otherwise|because|therefore|thus|hence|which|whose|(?:in|by) contrast"
    r"|on the other hand)\b"
    r"|^not (?:every(?:one|body|thing)|all)\b.{0,60}$"
    r"|\b(?:is|are|was|were) (?:(?:rather|much|far|a little) )?(?:less|more) \w+\W*$",
    re.IGNORECASE,
)
_TURNS = re.compile(r"^(?:but|yet)\b", re.IGNORECASE)
_TURNS_FULLY = 12  # words of a "but" that says enough by itself
# What somebody would not say, or what is not known, is a question that goes on.
_ASKS = re.compile(
    r"^(?:what|whether|how|why|where|who)\b(?!ever)"
    r"|^[^,;:]{0,90}\b(?:(?:(?:would|could|did|do|does|has|have|had|will|can|is|are|was)(?: not|n['’]t) |cannot "
    r"|declined to |refused to |stopped short of |yet to )"
    r"(?:yet |immediately |been )*(?:say|saying|said|know|known|clear|answer|comment|explain|disclose|specify|be drawn"
    r"|decided?)\b|(?:un(?:clear|known)|tight-lipped|(?:was|were) asked)\b)"
    r"(?=.*\b(?:what|whether|how|why|where|who|whom|when|which|if|comment|drawn|saying|answer)\b)",
    re.IGNORECASE,
)
# Outside marks only an interview, or a column, speaks so.
_SPEAKS = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|me|my|myself|you|your|you['’](?:re|ve|ll|d))\b")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT_WORD = 3  # letters of a word that headlines write small
_FEWEST_OUTSIDE = 2  # words outside the marks that can name a speaker
_ENDS = re.compile(r"[.!…。\uff01।][\"'”’»)\]]*\s*$")


class Fitness(IntEnum):
    """How a sentence can be shown: never, only straight after the one before it, or alone."""

    NEVER = 0
    AFTER = 1
    ALONE = 2


@dataclass(frozen=True, slots=True)
class Quoting:
    """Of a sentence: its words outside quotation marks, and whether a quotation begins or ends beyond it."""

    outside: str
    is_broken: bool


def rate_sentences(
    sentences: Sequence[str], *, title: str = "", language: str = "en", quotings: Sequence[Quoting] | None = None
) -> tuple[Fitness, ...]:
    """Return for each sentence whether it can be shown.

    Never: questions, indirect ones too, fragments, one half of a quotation, bylines and other furniture, repetitions of
    the title. After the one before: an opening he, this, such; a mere contrast; somebody's words whose speaker stands
    elsewhere. Of other languages than English only the shape and the first word are known. Without `quotings` the
    sentences are taken to be one paragraph.
    """
    heading = _words(title)
    sentences = [_GERMAN.sub(r"“\1”", sentence) for sentence in sentences]
    quotings = quotings or quotings_of_list(sentences)
    # Where sentences open with capitals, one that does not is a fragment.
    is_cased = 2 * sum(sentence.lstrip(_OPENERS)[:1].isupper() for sentence in sentences) > len(sentences)
    ratings = []
    for sentence, quoting in zip(sentences, quotings, strict=True):
        shape = _rate_shape(sentence, heading, quoting, is_cased=is_cased)
        words = _rate_words(sentence, quoting) if language == "en" else _rate_opener(sentence, language)
        ratings.append(min(shape, words))
    return tuple(ratings)


def quotings_of(text: str, sentences: Sequence[Sentence]) -> tuple[Quoting, ...]:
    """Return what of each sentence of a text stands between quotation marks."""
    marked = [one.outer for one in find_marked(text)]
    found, first = [], 0
    for sentence in sentences:
        span = sentence.span
        while first < len(marked) and marked[first].end <= span.start:
            first += 1
        outside, at, is_broken = "", span.start, False
        for one in marked[first:]:
            if one.start >= span.end:
                break
            is_broken = is_broken or one.start < span.start or one.end > span.end
            outside += text[at : max(one.start, at)] + " "
            at = max(at, min(one.end, span.end))
        found.append(Quoting(outside + text[at : span.end], is_broken))
    return tuple(found)


def quotings_of_list(sentences: Sequence[str]) -> tuple[Quoting, ...]:
    """Return the same of sentences that are taken to be one paragraph."""
    found, inside = [], False
    for sentence in sentences:
        starts_inside, inside = inside, _is_open(sentence, inside=inside)
        outside = "".join(
            sentence[start:end]
            for start, end in _gaps([(one.outer.start, one.outer.end) for one in find_marked(sentence)], len(sentence))
        )
        found.append(Quoting(outside, starts_inside or inside or sentence.count('"') % 2 > 0))
    return tuple(found)


def _gaps(stretches: Sequence[tuple[int, int]], length: int) -> Sequence[tuple[int, int]]:
    starts = [0, *(end for _, end in stretches)]
    return list(zip(starts, [*(start for start, _ in stretches), length], strict=True))


def _rate_shape(sentence: str, heading: list[str], quoting: Quoting, *, is_cased: bool) -> Fitness:
    words = _words(sentence)
    bare = sentence.strip().lstrip(_OPENERS)
    length = len(words) + len(_WRITTEN_WITHOUT_SPACES.findall(sentence)) // 2
    if not FEWEST_WORDS <= length <= MOST_WORDS or words == heading or bare.isupper():
        return Fitness.NEVER
    if not _ENDS.search(sentence):  # a question, or a line that is no sentence
        return Fitness.NEVER
    if quoting.is_broken or _PIECE.match(sentence) or (is_cased and bare[:1].islower()):
        return Fitness.NEVER
    is_all_quoted = len(quoting.outside) < len(sentence) // 2 and len(_words(quoting.outside)) < _FEWEST_OUTSIDE
    return Fitness.AFTER if is_all_quoted else Fitness.ALONE


def _rate_words(sentence: str, quoting: Quoting) -> Fitness:
    bare = sentence.strip().lstrip(_OPENERS)
    if (
        _is_headline(sentence)
        or OPENS_FURNITURE.match(bare)
        or ENDS_IN_CREDIT.search(sentence)
        or _ASKS.search(quoting.outside.strip())
    ):
        return Fitness.NEVER
    is_turn = _TURNS.match(bare) and len(_words(sentence)) < _TURNS_FULLY
    leans = is_turn or _LEANS.match(bare) or _CONTRASTS.search(bare) or _SPEAKS.search(quoting.outside)
    return Fitness.AFTER if leans else Fitness.ALONE


def _is_headline(sentence: str) -> bool:
    long = [word for word in _WORD.findall(sentence) if len(word) > _SHORT_WORD]
    return len(long) > _SHORT_WORD and all(word[0].isupper() for word in long)


def _rate_opener(sentence: str, language: str) -> Fitness:
    opener = _FIRST_WORD.match(sentence.lstrip(_OPENERS))
    leans = opener is not None and opener[0].lower() in load_cues("leaning")["openers"].get(language, ())
    return Fitness.AFTER if leans else Fitness.ALONE


def _is_open(sentence: str, *, inside: bool) -> bool:
    last_open, last_close = sentence.rfind("“"), sentence.rfind("”")
    return inside if last_open == last_close else last_open > last_close


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
