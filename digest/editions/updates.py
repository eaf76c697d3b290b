"""What is new of a story since a channel was last told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from digest.editions.quotes import story_quotes
from digest.editions.stories import group_briefs
from digest.model import Brief, Card, Commitment, Story, Told
from digest.reading.quotes.wording import surname_of, wording_of
from digest.reading.ranks import content_words

SAID_BEFORE = 0.7
"""Share of a sentence's content words that one sentence shown before has too: then it tells nothing new."""

_COMMITTED_BEFORE = 0.6


@dataclass(frozen=True, slots=True)
class Continued:
    """A story of new briefs, what the channel was told of it before, and whether anything is left to show."""

    story: Story
    told: Told | None
    has_news: bool


def continue_stories(
    briefs: Sequence[Brief], told: Sequence[Told], *, today: date, zone: tzinfo
) -> tuple[Continued, ...]:
    """Return the stories that the new briefs tell, each joined to what the channel was told of it before.

    A story goes on where the new articles and those that were told are one story. Its cards hold only sentences,
    quotes and commitments that were not shown; its `day` counts from the day, in the zone, on which it began.
    """
    earlier = {_key(brief): one for one in told for brief in one.briefs}
    new = [brief for brief in briefs if _key(brief) not in earlier]
    stories = group_briefs([*new, *(brief for one in told for brief in one.briefs)])
    return tuple(found for story in stories if (found := _continued(story, earlier, today, zone)) is not None)


def without_shown(briefs: Sequence[Brief], told: Sequence[Told]) -> tuple[Brief, ...]:
    """Return the briefs with cards of what a channel was not shown before, in their order."""
    shown = _Shown(told)
    return tuple(map(shown.without, briefs))


def _key(brief: Brief) -> tuple[str, str]:
    return (brief.article.url, brief.article.title)


def _continued(story: Story, earlier: dict[tuple[str, str], Told], today: date, zone: tzinfo) -> Continued | None:
    new = [brief for brief in story.briefs if _key(brief) not in earlier]
    before = {id(one): one for brief in story.briefs if (one := earlier.get(_key(brief))) is not None}
    if not new:
        return None
    if not before:
        return Continued(story, None, has_news=True)
    first = min(before.values(), key=lambda one: one.began_at)
    shown = _Shown(before.values())
    fresh = sorted((shown.without(brief) for brief in new), key=_size, reverse=True)
    titles = [brief.article.title for brief in new if brief.article.title]
    headline = story.headline if story.headline in titles or not titles else titles[0]
    day = (today - first.began_at.astimezone(zone).date()).days + 1
    return Continued(Story(headline, tuple(fresh), max(day, 1)), first, has_news=_size(fresh[0]) > 0)


def _size(brief: Brief) -> int:
    return len(brief.card.sentences) + len(brief.card.quotes) + len(brief.card.commitments)


class _Shown:
    """What a channel was shown of a story: sentences and quotes as words, commitments with who is bound."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._sentences: list[frozenset[str]] = []
        self._quotes: set[str] = set()
        self._commitments: list[tuple[set[str], frozenset[str]]] = []
        for one in told:
            lead = one.briefs[0]
            spans = (lead.sentences[index].span for index in lead.card.sentences)
            self._sentences += [content_words(lead.words(span)) for span in spans]
            quotes = story_quotes(Story("", one.briefs))
            self._quotes |= {wording_of(map(quote.brief.words, quote.quote.spans)) for quote in quotes}
            for brief in one.briefs:
                self._commitments += [_act(brief, brief.commitments[index]) for index in brief.card.commitments]

    def without(self, brief: Brief) -> Brief:
        """Return the brief with a card of what was not shown."""
        card = Card(
            sentences=tuple(index for index in brief.card.sentences if not self._has_said(brief, index)),
            quotes=tuple(index for index in brief.card.quotes if not self._has_quoted(brief, index)),
            commitments=tuple(index for index in brief.card.commitments if not self._has_listed(brief, index)),
        )
        return replace(brief, card=card)

    def _has_said(self, brief: Brief, index: int) -> bool:
        words = content_words(brief.words(brief.sentences[index].span))
        return any(len(words & before) >= SAID_BEFORE * len(words) for before in self._sentences)

    def _has_quoted(self, brief: Brief, index: int) -> bool:
        wording = wording_of(map(brief.words, brief.quotes[index].spans))
        return any(wording in before or before in wording for before in self._quotes)

    def _has_listed(self, brief: Brief, index: int) -> bool:
        actors, what = _act(brief, brief.commitments[index])
        return any(
            actors & bound and len(what & done) >= _COMMITTED_BEFORE * min(len(what), len(done))
            for bound, done in self._commitments
        )


def _act(brief: Brief, commitment: Commitment) -> tuple[set[str], frozenset[str]]:
    bound = {surname_of(brief.words(actor.name)) for actor in commitment.actors}
    return bound, content_words(brief.words(commitment.what))
