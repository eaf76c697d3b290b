"""A digest in brief: its headlines as links, each with its first sentence and who tells it."""

from collections.abc import Sequence

from bot import texts
from bot.render import limits
from bot.render.cards import INDEX_HEADLINE, label_of, show_day, show_outlets
from bot.render.message import Embed, StoryLabel
from bot.render.text import escape, link
from bot.texts import posts as words
from digest.model import Article, Story

_COLOR = 0x4A90D9
_ROOM = 3800  # of a list
_MOST = 1500  # of an entry
JOINT = "\n\n"


def list_headlines(stories: Sequence[Story]) -> list[tuple[Embed, tuple[StoryLabel, ...]]]:
    """Return the stories as lists, each as long as there is room, with the stories that stand in it.

    A first sentence that is too long for a list is left out and counted.
    """
    lists: list[tuple[list[str], list[StoryLabel]]] = []
    used = 0
    for number, story in enumerate(stories, 1):
        entry = _entry(number, story)
        used += limits.measure(entry) + len(JOINT)
        if not lists or used > _ROOM:
            lists.append(([], []))
            used = limits.measure(entry) + len(JOINT)
        entries, labels = lists[-1]
        entries.append(entry)
        labels.append(label_of(story, number))
    return [
        (
            Embed(
                title=words.HEADLINES_CONTINUED if at else words.HEADLINES_TITLE,
                description=JOINT.join(entries),
                color=_COLOR,
            ),
            tuple(labels),
        )
        for at, (entries, labels) in enumerate(lists)
    ]


def link_headline(headline: str, article: Article) -> str:
    """Return the headline as a list has it: a link to its article, as far as that has an address to go to."""
    url = article.canonical_url or article.url
    return link(headline, url, INDEX_HEADLINE) or texts.UNTITLED


def _entry(number: int, story: Story) -> str:
    lead = story.briefs[0] if story.briefs else None
    article = lead.article if lead else Article("")
    head = words.HEADLINE.format(number=number, headline=link_headline(story.headline or article.title, article))
    first = escape(lead.words(lead.sentences[lead.card.sentences[0]].span)) if lead and lead.card.sentences else ""
    where = texts.SMALL.format(text=" · ".join(filter(None, (show_outlets(story), show_day(story.day)))))
    if limits.measure(first) > _MOST:
        first = texts.DROPPED.format(units=texts.count(1, "sentence"))
    return "\n".join(filter(None, (head, first, where)))
