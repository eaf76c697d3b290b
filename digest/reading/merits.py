"""What speaks for and against showing an English sentence, besides where it stands and what it shares with others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import Commitment, Quote, QuoteKind, Sentence, Strength
from digest.reading.fitness import Quoting
from digest.reading.language import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_DAY = re.compile(
    r"\b(?:today|tonight|yesterday|last (?:night|week)|this (?:week|month|morning|weekend)|next (?:week|month)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(
    r"\b(?:will|would|could|may|might|shall|is to|are to|due to|plans? to|expected|likely|poised|set to|about to"
    r"|dangers?|threat\w*|risk\w*|warn\w*|now)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_FIGURE = re.compile(r"\d")
_TURN = re.compile(r"\W*(?:but|yet|not any more|no longer)\b", re.IGNORECASE)
_SHORT, _LONG = 12, 45
_PRESENT = frozenset({"has", "have", "is", "are", "will", "would", "could", "may"})
_MANY_NAMES = 4
_LONG_OPENING = 9
_KNOWN_TO_ALL = frozenset(
    """government parliament cabinet president pope king queen senate army police public economy country world weather
    sun moon earth sea""".split()  # noqa: SIM905 -- a list of words reads as words
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NARROWS = frozenset({"compound", "amod", "prep", "poss", "relcl", "acl", "appos", "nmod", "nummod"})


@dataclass(frozen=True, slots=True)
class Findings:
    """What else was found in the article whose sentences are judged."""

    parsed: Parsed
    quotes: Sequence[Quote] = ()
    commitments: Sequence[Commitment] = ()


@dataclass(frozen=True, slots=True)
class _Weights:
    """What counts how much; a sentence's place counts up to about 0.6. Tuned like the weights of the summary."""

    day: float = 0.1
    outlook: float = 0.05
    history: float = -0.15
    turn: float = 0.1
    before_turn: float = -0.15
    short: float = -0.15
    long: float = -0.1
    quoted: float = -0.35
    told_earlier: float = -0.5
    scene: float = -0.3
    figure: float = 0.06
    present: float = 0.08
    reported: float = 0.08
    committed: float = 0.1
    names: float = -0.4


_WEIGHTS = _Weights()


def weigh_words(sentences: Sequence[str], quotings: Sequence[Quoting]) -> list[float]:
    """Return what the words of each sentence are worth.

    For it: a day of these days, what is to come, a turn of the story. Against it: a year gone by, a sentence that the
    next one turns round, few words or very many, words that are mostly quoted: quotes have a place of their own.
    """
    worth = []
    for index, sentence in enumerate(sentences):
        words, outside = len(_WORD.findall(sentence)), len(_WORD.findall(quotings[index].outside))
        is_to_come = _OUTLOOK.search(sentence) is not None
        is_turned = index + 1 < len(sentences) and _TURN.match(sentences[index + 1]) is not None
        worth.append(
            _WEIGHTS.day * (_DAY.search(sentence) is not None)
            + _WEIGHTS.outlook * is_to_come
            + _WEIGHTS.history * (_YEAR.search(sentence) is not None and not is_to_come)
            + _WEIGHTS.figure * (_FIGURE.search(sentence) is not None)
            + _WEIGHTS.turn * (_TURN.match(sentence) is not None)
            + _WEIGHTS.before_turn * is_turned
            + _WEIGHTS.short * (words < _SHORT)
            + _WEIGHTS.long * (words > _LONG)
            + _WEIGHTS.quoted * (1 - outside / words if words else 0)
        )
    return worth


def weigh_findings(sentences: Sequence[Sentence], found: Findings) -> list[float]:
    """Return what each sentence is worth by its parse and by what was found in it.

    For it: a firm commitment, a report of what somebody named says, a main verb in the present, the perfect or a modal.
    Against it: a main verb in the past perfect, which is what was before the news; a lead that sets a scene; a list of
    people.
    """
    firm = [one.sentence for one in found.commitments if one.strength is Strength.FIRM]
    told = [quote.spans[0] for quote in found.quotes if quote.kind is not QuoteKind.DIRECT and quote.speaker]
    worth: list[float] = []
    for sentence in sentences:
        words = found.parsed.tokens_of(sentence.span)
        worth.append(
            (_weigh_parse(words, is_lead=not worth) if words else 0)
            + _WEIGHTS.committed * any(span.overlaps(sentence.span) for span in firm)
            + _WEIGHTS.reported * any(span.overlaps(sentence.span) for span in told)
        )
    return worth


def _weigh_parse(words: "Tokens", *, is_lead: bool) -> float:
    verb = words.root
    before = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    is_present = verb.tag_ in {"VBZ", "VBP"} or before & _PRESENT
    return (
        _WEIGHTS.told_earlier * ("had" in before)
        + _WEIGHTS.present * bool(is_present)
        + _WEIGHTS.scene * (is_lead and _sets_a_scene(words))
        + _WEIGHTS.names * (_people_in(words) >= _MANY_NAMES)
    )


def _people_in(words: "Tokens") -> int:
    # Not by `words.ents`, which goes through the whole document.
    return sum(token.ent_type_ == "PERSON" and token.ent_iob_ == "B" for token in words)


def _sets_a_scene(words: "Tokens") -> bool:
    # News begins with who did what; a scene with when, where and in what light.
    subject = next((child for child in words.root.children if child.dep_ in _SUBJECTS), None)
    return subject is not None and subject.left_edge.i - words.start >= _LONG_OPENING


def unnamed_subject(words: "Tokens") -> str:
    """Return the bare noun that the subject is or belongs to: "board" of "The board's offer has limits"; or nothing."""
    subject = next((child for child in words.root.children if child.dep_ in _SUBJECTS), None)
    if subject is None:
        return ""
    subject = next((child for child in subject.children if child.dep_ == "poss"), subject)
    kinds = {child.dep_ for child in subject.children}
    is_bare = any(child.lower_ == "the" for child in subject.children) and not kinds & _NARROWS
    noun = subject.lemma_.lower()
    return noun if is_bare and subject.pos_ == "NOUN" and noun not in _KNOWN_TO_ALL else ""
