"""Why a sentence of an article is shown or is not: what the choice of sentences computes, told for one of them."""

from digest.model import Brief, SentenceFitness, SentencePlace, SentenceReason
from digest.reading.fitness import Fitness
from digest.reading.language import parse
from digest.reading.merits import Findings
from digest.reading.ranks import content_words
from digest.reading.summary import Weighed, likeness, weigh_sentences

_PARSED_LANGUAGE = "en"
_FITNESS = {
    Fitness.NEVER: SentenceFitness.NEVER,
    Fitness.AFTER: SentenceFitness.AFTER,
    Fitness.ALONE: SentenceFitness.ALONE,
}
_ENOUGH = 0.6  # of the telling words that were asked for


def explain_sentence(brief: Brief, asked: str) -> SentenceReason | None:
    """Return why the sentence with these words is shown or not; None where no sentence of the article has most of them.

    The text must be whole: it is parsed once more.
    """
    text, language = brief.article.text, brief.article.language or _PARSED_LANGUAGE
    words = [brief.words(sentence.span) for sentence in brief.sentences]
    index = _find(words, asked, language)
    if index is None:
        return None
    found = None
    if language == _PARSED_LANGUAGE:
        found = Findings(parse(text[: brief.read_until], brief.sentences), brief.quotes, brief.commitments)
    weighed = weigh_sentences(brief.sentences, text, title=brief.article.title, language=language, found=found)
    return _reason(brief, words, index, weighed, language)


def _find(words: list[str], asked: str, language: str) -> int | None:
    plain = " ".join(asked.split()).casefold()
    for index, sentence in enumerate(words):
        if plain and plain in " ".join(sentence.split()).casefold():
            return index
    wanted = content_words(asked, language)
    shares = [len(wanted & content_words(sentence, language)) / (len(wanted) or 1) for sentence in words]
    best = max(range(len(words)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= _ENOUGH else None


def _reason(brief: Brief, words: list[str], index: int, weighed: tuple[Weighed, ...], language: str) -> SentenceReason:
    weights = {at: sum(part for _, part in one.weight) for at, one in enumerate(weighed) if one.weight}
    own = weights.get(index)
    chosen = [at for at in brief.summary.sentences if at != index]
    telling = content_words(words[index], language)
    in_summary = SentencePlace.SUMMARY if index in brief.summary.sentences else SentencePlace.OUT
    return SentenceReason(
        words=words[index],
        number=index + 1,
        sentences=len(words),
        place=SentencePlace.CARD if index in brief.card.sentences else in_summary,
        fitness=_FITNESS[weighed[index].fitness],
        rank=None if own is None else 1 + sum(other > own for other in weights.values()),
        weighed=len(weights),
        weight=weighed[index].weight,
        least_chosen=min((weights[at] for at in brief.summary.sentences if at in weights), default=None),
        said=max((likeness(telling, content_words(words[at], language)) for at in chosen), default=0.0),
        leans_shown=index - 1 in brief.card.sentences,
    )
