"""The quotes that a story shows, and which outlets print them: the same words of several outlets are one quote."""

from collections.abc import Iterable, Iterator

from digest.model import Brief, Quote, Story, StoryQuote
from digest.reading.quotes.wording import surname_of, wording_of

_MOST = 3
_NO_CHANCE = 5  # words in a row, and more, that two speakers do not share by chance


class _Told:
    """A quote as one brief tells it."""

    def __init__(self, brief: Brief, quote: Quote) -> None:
        self.brief = brief
        self.quote = quote
        self.pieces = [wording_of([brief.words(span)]) for span in quote.spans]
        self.wording = wording_of(brief.words(span) for span in quote.spans)
        self.surname = surname_of(brief.words(quote.speaker.name)) if quote.speaker else ""
        self.is_long = len(self.wording.split()) >= _NO_CHANCE

    def is_part_of(self, other: "_Told") -> bool:
        """Return whether the other has all these words, and they are not just a few that anybody could say."""
        if self.surname and other.surname and self.surname != other.surname:
            return False
        is_same = self.wording == other.wording and self.surname == other.surname
        return is_same or (self.is_long and all(piece in other.wording for piece in self.pieces))


def story_quotes(story: Story) -> tuple[StoryQuote, ...]:
    """Return at most three: the key quotes of the first brief, then those of others by people who are not there yet.

    What is there already is not shown again under another speaker's name.
    """
    chosen: list[_Told] = []
    for number, brief in enumerate(story.briefs):
        for told in (_Told(brief, brief.quotes[index]) for index in brief.card.quotes):
            if number == 0 or _is_new(told, chosen):
                chosen.append(told)
    return tuple(_printed(story, told) for told in chosen[:_MOST])


def _is_new(told: _Told, chosen: list[_Told]) -> bool:
    is_there = any(told.wording in one.wording or one.wording in told.wording for one in chosen)
    return bool(told.surname) and not is_there and all(told.surname != one.surname for one in chosen)


def _printed(story: Story, told: _Told) -> StoryQuote:
    whole = [brief for brief in story.briefs if brief is told.brief or _prints(brief, told)]
    part = [brief for brief in story.briefs if any(one.is_part_of(told) for one in _all(brief))]
    printed_by = _outlets(whole)
    shortened_by = tuple(name for name in _outlets(part) if name not in printed_by)
    return StoryQuote(told.brief, told.quote, printed_by, shortened_by)


def _outlets(briefs: Iterable[Brief]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(brief.article.site for brief in briefs if brief.article.site))


def _prints(brief: Brief, told: _Told) -> bool:
    text = wording_of([brief.article.text])
    is_there = told.is_long and all(piece in text for piece in told.pieces)
    return is_there or any(told.is_part_of(one) for one in _all(brief))


def _all(brief: Brief) -> Iterator[_Told]:
    return (_Told(brief, quote) for quote in brief.quotes)
