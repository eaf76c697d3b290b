"""Stories over several editions: which tellings are of one event, how it went on, and what of it still stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from operator import attrgetter

from digest.editions.quotes import story_quotes
from digest.editions.stories import group_briefs
from digest.editions.updates import without_shown
from digest.model import Brief, Recap, RecapStory, Story, StoryRecord, StoryStep, Told, ToldStory


def link_stories(told: Sequence[ToldStory]) -> tuple[tuple[ToldStory, ...], ...]:
    """Return the tellings of each event together, oldest first: those that share an article, or tell of one event."""
    briefs = {article.id: article.brief for one in told for article in one.articles}
    ids = {id(brief): article_id for article_id, brief in briefs.items()}
    links = [[ids[id(brief)] for brief in story.briefs] for story in group_briefs(list(briefs.values()))]
    links += [[article.id for article in one.articles] for one in told]
    root = _joined(links)
    events: dict[int, list[ToldStory]] = defaultdict(list)
    for one in sorted(told, key=attrgetter("told_at", "id")):
        if one.articles:
            events[root[one.articles[0].id]].append(one)
    return tuple(map(tuple, events.values()))


def compose_recap(told: Sequence[ToldStory], *, since: datetime, until: datetime, editions: int, zone: tzinfo) -> Recap:
    """Return what these tellings come to: each event once, as it was told last; those of most days and outlets first.

    Articles that count no more are left out and counted. Days are those of the zone.
    """
    gone = {article.id for one in told for article in one.articles if article.trouble}
    stories = [_recap_story(event, zone) for event in link_stories(_standing(told))]
    stories.sort(key=lambda one: (one.story.day, len(one.story.outlets), one.told_at), reverse=True)
    return Recap(since, until, editions, tuple(stories), articles_gone=len(gone))


def compose_storyline(told: Sequence[ToldStory], story_id: int, *, zone: tzinfo) -> StoryRecord | None:
    """Return the whole story of which this telling is one, None where nothing is left of it. Days are the zone's."""
    event = next((one for one in link_stories(told) if story_id in {telling.id for telling in one}), ())
    if not event:
        return None
    began_at = min(one.began_at for one in event)
    steps: dict[int, StoryStep] = {}
    for one in event:
        day = _day(began_at, one.told_at, zone)
        for article in one.articles:
            steps.setdefault(article.id, StoryStep(article, one.told_at, day))
    briefs = [step.article.brief for step in steps.values() if not step.article.trouble]
    quotes = story_quotes(Story("", _best_first(briefs)))
    return StoryRecord(story_id, event[-1].headline, began_at, tuple(steps.values()), quotes)


def _standing(told: Sequence[ToldStory]) -> list[ToldStory]:
    kept = [replace(one, articles=tuple(each for each in one.articles if not each.trouble)) for one in told]
    return [one for one in kept if one.articles]


def _recap_story(event: Sequence[ToldStory], zone: tzinfo) -> RecapStory:
    *earlier, last = event
    began_at = min(one.began_at for one in event)
    briefs = _briefs(last)
    # Several digests may have told the same article: what was shown of that is no earlier news.
    before = [
        Told(one.began_at, known) for one in earlier if (known := tuple(b for b in _briefs(one) if b not in briefs))
    ]
    fresh = without_shown(briefs, before)
    shown = fresh if any(brief.card.sentences for brief in fresh) else briefs
    lead, *others = shown
    headline = last.headline if any(last.headline == brief.article.title for brief in briefs) else lead.article.title
    known_outlets = [brief for one in earlier for brief in _briefs(one)]
    day = _day(began_at, last.told_at, zone)
    story = Story(headline or last.headline, (lead, *others, *_others(known_outlets, shown)), day)
    return RecapStory(story, began_at, last.told_at, len(event))


def _others(briefs: Iterable[Brief], shown: Sequence[Brief]) -> tuple[Brief, ...]:
    urls = {brief.article.url for brief in shown}
    return tuple({brief.article.url: brief for brief in briefs if brief.article.url not in urls}.values())


def _briefs(one: ToldStory) -> tuple[Brief, ...]:
    return tuple(article.brief for article in one.articles)


def _best_first(briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    return tuple(sorted(briefs, key=lambda brief: len(brief.card.quotes), reverse=True))


def _day(began_at: datetime, told_at: datetime, zone: tzinfo) -> int:
    return max((told_at.astimezone(zone).date() - began_at.astimezone(zone).date()).days + 1, 1)


def _joined(links: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return for each number one that stands for all that it is linked to, over however many links."""
    root: dict[int, int] = {}

    def find(number: int) -> int:
        while root.setdefault(number, number) != number:
            number = root[number]
        return number

    for first, *others in filter(None, links):
        top = find(first)
        for other in others:
            root[find(other)] = top
    return {number: find(number) for number in root}
