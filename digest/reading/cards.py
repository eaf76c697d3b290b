"""What a digest would show of one article: the few quotes and commitments that an editor would keep."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from digest.model import Actor, Card, Commitment, CommitmentKind, Quote, QuoteKind, Sentence, Span, Strength, Summary
from digest.reading.certainty import is_speaker_sure
from digest.reading.commitments.trigger import Rule
from digest.reading.fitness import Fitness, rate_sentences

MOST_SHOWN = 3
"""Of sentences, of quotes and of commitments each."""

_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})

_FEWEST_WORDS = 6
_MOST_WORDS = 60
_FEWEST_WORDS_OF_A_FRAGMENT = 8
_SHORT_WORD = 3
_SAYS_ENOUGH = 3  # words of a commitment
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LEANS = re.compile(
    r"^\W*(?:(?:and|but|so|yet|because|well|yes|no|also),? )?"
    r"(?:he|she|it|they|him|them|his|her|its|their|this|that|these|those|such|there|here)\b",
    re.IGNORECASE,
)
_BROKEN_OFF = re.compile(
    r"^\W*(?:and|or|but|nor|that|which|who|whose|because|to|of|in|as|than|with|for)\b", re.IGNORECASE
)
_CONDOLENCE = re.compile(
    r"\bcondolences?\b|\b(?:our|my) (?:thoughts|hearts?) (?:and prayers )?(?:are|is|go(?:es)?) (?:out )?(?:with|to)\b"
    r"|\brest in peace\b|\bdeeply saddened\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:I|me|my)\b")
_OWN_WILL = re.compile(r"\bI(?: will| shall| won['’]t|['’]ll| am|['’]m)\b")
_STANCE = re.compile(
    r"\b(?:will|won['’]t|must|should|shall|cannot|can['’]t|never|not|need|have to|demand|refuse|reject|accept|agree"
    r"|decid\w+|threat\w*|war|peace|crisis|responsib\w+|because|only|no longer|every|all|wrong|right|fail\w*"
    r"|respect\w*)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:do|be|have|make|take|get|go)? ?(?:so|it|this|that|them|more|better|the same|their best|what it takes"
    r"|everything|(?:whatever|everything|all) (?:it|that|is|they|he|she|we)\b.{0,30})$",
    re.IGNORECASE,
)
_KIND_WORTH = {
    CommitmentKind.THREAT: 0.5,
    CommitmentKind.REFUSAL: 0.4,
    CommitmentKind.AGREEMENT: 0.4,
    CommitmentKind.PLEDGE: 0.4,
    CommitmentKind.OFFER: 0.3,
    CommitmentKind.PLAN: 0.2,
}
_TALK = re.compile(
    r"\b(?:meet|meeting|talks?|visit|attend|discuss|speak|hold|travel|host|address|brief|convene|consult)\b",
    re.IGNORECASE,
)


def choose_card(
    text: str,
    sentences: Sequence[Sentence],
    summary: Summary,
    quotes: Sequence[Quote],
    commitments: Sequence[Commitment],
    *,
    title: str = "",
) -> Card:
    """Return what a digest would show, MOST_SHOWN of each kind at most; fewer is better than weak ones.

    Sentences stand in written order, since one may lean on the one before it; quotes and commitments best first. A
    quote is shown that is a full statement by a named speaker, understood with the name alone: different speakers
    first. A commitment is shown that says by itself what will be checked: firm ones first.
    """
    return Card(
        sentences=_fit_sentences(text, sentences, summary, title),
        quotes=_key_quotes(text, quotes),
        commitments=_key_commitments(text, commitments),
    )


def _fit_sentences(text: str, sentences: Sequence[Sentence], summary: Summary, title: str) -> tuple[int, ...]:
    ratings = rate_sentences([sentence.span.of(text) for sentence in sentences], title=title)
    kept: list[int] = []
    for index in summary.sentences:
        leans = ratings[index] is Fitness.AFTER and index - 1 not in kept
        if ratings[index] is not Fitness.NEVER and not (leans and kept):
            kept.append(index)
    return tuple(kept[:MOST_SHOWN])


def _key_quotes(text: str, quotes: Sequence[Quote]) -> tuple[int, ...]:
    worth = {index: _quote_worth(text, quote) for index, quote in enumerate(quotes) if _is_key_quote(text, quote)}
    chosen: list[int] = []
    heard: Counter[str] = Counter()
    while worth and len(chosen) < MOST_SHOWN:
        best = max(worth, key=lambda index: (worth[index] - heard[_speaker(text, quotes[index])], -index))
        chosen.append(best)
        heard[_speaker(text, quotes[best])] += 1
        del worth[best]
    return tuple(chosen)


def _speaker(text: str, quote: Quote) -> str:
    return quote.speaker.name.of(text) if quote.speaker else ""


def _is_key_quote(text: str, quote: Quote) -> bool:
    if quote.kind is QuoteKind.INDIRECT or quote.speaker is None:
        return False
    if not _is_surely_attributed(text, quote):
        return False
    words = _count(text, quote.spans)
    fewest = _FEWEST_WORDS if quote.kind is QuoteKind.DIRECT else _FEWEST_WORDS_OF_A_FRAGMENT
    opening = quote.spans[0].of(text).strip()
    if (opening[:1].islower() and _BROKEN_OFF.match(opening)) or _is_title(opening) or _is_personal(text, quote):
        return False
    return fewest <= words <= _MOST_WORDS and not _LEANS.match(opening) and "?" not in quote.spans[-1].of(text)[-2:]


def _is_personal(text: str, quote: Quote) -> bool:
    # Condolences; and "I keep it on my shelf" is an anecdote, "I will not sign, and I won't resign" a position.
    words = " ".join(span.of(text) for span in quote.spans)
    is_own_story = len(_OWN.findall(words)) > 1 and not _OWN_WILL.search(words)
    return is_own_story or _CONDOLENCE.search(words) is not None


def _is_title(words: str) -> bool:
    capitals = [word[0].isupper() for word in _WORD.findall(words) if len(word) > _SHORT_WORD]
    return len(capitals) > 1 and all(capitals)


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


def _quote_worth(text: str, quote: Quote) -> float:
    words = " ".join(span.of(text) for span in quote.spans)
    stances = len({match.lower() for match in _STANCE.findall(words)})
    return (
        (1.0 if quote.kind is QuoteKind.DIRECT else 0.4)
        + 0.15 * min(stances, 3)
        + 0.3 * min(_count(text, quote.spans) / 20, 1)
        + 0.5 * (1 - quote.spans[0].start / (len(text) or 1))
        + (0.2 if quote.speaker and quote.speaker.role else 0)
        - (0.3 if _speaker(text, quote).islower() else 0)
    )


def _key_commitments(text: str, commitments: Sequence[Commitment]) -> tuple[int, ...]:
    named = Counter(actor.name.of(text) for commitment in commitments for actor in commitment.actors)
    worth = {
        index: _commitment_worth(text, commitment, named)
        for index, commitment in enumerate(commitments)
        if _is_key_commitment(text, commitment)
    }
    chosen: list[int] = []
    for index in sorted(worth, key=lambda index: (-worth[index], index)):
        if not any(commitments[index].what.overlaps(commitments[other].what) for other in chosen):
            chosen.append(index)
    return tuple(chosen[:MOST_SHOWN])


def _is_key_commitment(text: str, commitment: Commitment) -> bool:
    what = commitment.what.of(text).strip()
    if commitment.cue.of(text).isupper() or not all(actor.name.of(text)[0].isalpha() for actor in commitment.actors):
        return False  # small print in capitals; a number taken for somebody
    if commitment.method == Rule.STATED and not all(_is_named(text, actor) for actor in commitment.actors):
        return False  # "Jam will set overnight": a bare "will" binds nobody unless somebody is named
    # "Stop work" alone says little, "stop work on Monday" enough.
    words = len(_WORD.findall(what)) + bool(commitment.deadline or commitment.condition)
    return bool(commitment.actors) and words >= _SAYS_ENOUGH and not _VAGUE.match(what)


def _is_named(text: str, actor: Actor) -> bool:
    # A capital that only begins its sentence makes no name.
    name = actor.name.of(text)
    return len(name.split()) > 1 or (name[0].isupper() and re.search(rf"[\w,;] {re.escape(name)}\b", text) is not None)


def _commitment_worth(text: str, commitment: Commitment, named: Counter[str]) -> float:
    what = commitment.what.of(text)
    return (
        (1.0 if commitment.strength is Strength.FIRM else 0.0)
        + _KIND_WORTH[commitment.kind]
        + (0.2 if commitment.deadline else 0)
        + (0.2 if commitment.condition else 0)
        + 0.1 * min(max(named[actor.name.of(text)] for actor in commitment.actors), 3)
        + 0.3 * (1 - commitment.what.start / (len(text) or 1))
        - (0.4 if _TALK.search(what) else 0)
    )


def _count(text: str, spans: Iterable[Span]) -> int:
    return sum(len(_WORD.findall(span.of(text))) for span in spans)
