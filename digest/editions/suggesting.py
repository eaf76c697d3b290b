"""Words by which more or less of a story's kind can be asked for: names and phrases that stand in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from digest.editions.phrases import OPENING, find_phrases, fold
from digest.model import Brief, Story
from digest.reading.ranks import content_words

MOST_SUGGESTED = 25

_LEAD = 500
_LONGEST, _MOST_WORDS = 60, 5
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?")
_SHOUTED = 0.6  # a headline with so many capitals is written in them, and they tell no names


def suggest_phrases(story: Story, sections: Sequence[str] = (), *, limit: int = MOST_SUGGESTED) -> tuple[str, ...]:
    """Return words and phrases that stand in the story's headlines and openings, the most telling first.

    Names of people and bodies, the words of the headline, and those of the outlets' `sections` that the story has. As
    a keyword each of them finds the story again. None has a comma.
    """
    texts = [f"{brief.article.title}\n{brief.article.text[:OPENING]}" for brief in story.briefs]
    spellings: dict[str, str] = {}
    for phrase in (" ".join(one.split()).rstrip(".") for one in _candidates(story, sections)):
        if 1 < len(phrase) <= _LONGEST and "," not in phrase:
            spellings.setdefault(fold(phrase), phrase)
    found = [(_telling(phrase, story, texts), phrase) for phrase in spellings.values()]
    ranked = sorted((one for one in found if one[0] > 0), key=lambda one: -one[0])  # stable: as they were found
    return tuple(phrase for _, phrase in ranked[:limit])


def _candidates(story: Story, sections: Sequence[str]) -> Iterator[str]:
    for brief in story.briefs:
        yield from _people(brief)
        yield from _names(brief.article.title, is_headline=True)
        yield from _names(brief.article.text[:_LEAD])
    yield from sections
    for headline in (story.headline, *(brief.article.title for brief in story.briefs)):
        yield from _topics(headline, story.briefs[0].article.language or "en")


def _people(brief: Brief) -> Iterator[str]:
    for quote in brief.quotes:
        if quote.speaker:
            yield brief.words(quote.speaker.name)
    for commitment in brief.commitments:
        yield from (brief.words(actor.name) for actor in commitment.actors)


def _names(text: str, *, is_headline: bool = False) -> Iterator[str]:
    """Return runs of words with capitals, but for single words that begin a sentence, whose capital says nothing."""
    words = list(_WORD.finditer(text))
    capital = [found[0][0].isupper() for found in words]
    if is_headline and words and sum(capital) > _SHOUTED * len(words):
        return
    run: list[re.Match[str]] = []
    for word, is_capital in (*zip(words, capital, strict=True), (None, False)):
        if word and is_capital and (not run or text[run[-1].end() : word.start()] == " "):
            run.append(word)
            continue
        if run and len(run) <= _MOST_WORDS and (len(run) > 1 or not _begins(text, run[0].start())):
            yield text[run[0].start() : run[-1].end()]
        run = [word] if word and is_capital else []


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" “‘\"'")
    return not before or before[-1] in ".!?:\n"


def _topics(headline: str, language: str) -> Iterator[str]:
    """Return the words of a headline that carry meaning, and pairs of these that stand side by side."""
    words = [found for found in _WORD.finditer(headline) if content_words(found[0], language)]
    for one, other in pairwise(words):
        if headline[one.end() : other.start()] == " ":
            yield headline[one.start() : other.end()]
    yield from (found[0] for found in words if len(found[0]) > 2)  # noqa: PLR2004 -- shorter ones mean anything


def _telling(phrase: str, story: Story, texts: Iterable[str]) -> float:
    """Return how much a phrase tells of the story: in how many of its texts and titles it is; nothing if in none."""
    number = sum(bool(find_phrases(text, (phrase,))) for text in texts)
    if not number:
        return 0.0
    titles = sum(bool(find_phrases(brief.article.title, (phrase,))) for brief in story.briefs)
    return number + 2 * titles + 0.5 * (" " in phrase)
