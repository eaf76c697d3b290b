"""What a digest would show of one article: the few quotes and commitments that an editor would keep."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.model import Actor, Card, Commitment, CommitmentKind, Quote, Sentence, Strength, Summary
from digest.reading.commitments.trigger import Rule
from digest.reading.fitness import Fitness, quotings_of, rate_sentences
from digest.reading.key_quotes import choose_quotes
from digest.reading.ranks import content_words

MOST_SHOWN = 3
"""Of sentences, of quotes and of commitments each."""

_SAYS_ENOUGH = 3  # words of a commitment
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
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
    language: str = "en",
) -> Card:
    """Return what a digest would show, MOST_SHOWN of each kind at most; fewer is better than weak ones.

    Sentences stand in written order, since one may lean on the one before it; quotes and commitments best first. A
    commitment is shown that says by itself what will be checked: firm ones first.
    """
    return Card(
        sentences=_fit_sentences(text, sentences, summary, title, language),
        quotes=choose_quotes(text, quotes, _news(text, sentences, summary, title), MOST_SHOWN),
        commitments=_key_commitments(text, commitments),
    )


def _news(text: str, sentences: Sequence[Sentence], summary: Summary, title: str) -> frozenset[str]:
    return content_words(" ".join([title, *(sentences[index].span.of(text) for index in summary.sentences)]))


def _fit_sentences(
    text: str, sentences: Sequence[Sentence], summary: Summary, title: str, language: str
) -> tuple[int, ...]:
    words = [sentence.span.of(text) for sentence in sentences]
    ratings = rate_sentences(words, title=title, language=language, quotings=quotings_of(text, sentences))
    kept: list[int] = []
    for index in summary.sentences:
        leans = ratings[index] is Fitness.AFTER and index - 1 not in kept
        if ratings[index] is not Fitness.NEVER and not (leans and kept):
            kept.append(index)
    return tuple(kept[:MOST_SHOWN])


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
