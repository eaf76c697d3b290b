"""The digests of the last days as one message: each story once, and what became of commitments. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo

from bot import texts
from bot.render import limits
from bot.render.cards import name_outlet
from bot.render.days import show_instant
from bot.render.fitting import fit_lines
from bot.render.ledger import show_due, show_entry
from bot.render.message import Embed, Message
from bot.render.text import escape, link
from bot.texts import lookups as words
from digest.model import Recap, RecapStory

_COLOR = 0x4A90D9
_DUE_COLOR = 0xE0A030
_HEADLINE = 150
_STORIES_ROOM = 3200
_LIST_ROOM = 1500  # of commitments, where the stories leave so much
_SENTENCES = 2
_MOST_WORDS = 600  # of a story's sentences


def render_recap(recap: Recap, days: int, *, zone: tzinfo = UTC) -> Message:
    """Return what the digests of so many days come to. Whole units; what does not fit is counted. Days are `zone`'s."""
    if not recap.editions:
        return Message(content=words.RECAP_NOTHING.format(days=texts.count(days, "day")))
    title = words.RECAP_TITLE.format(days=texts.count(days, "day")) if days > 1 else words.RECAP_TITLE_ONE
    stories = fit_lines(
        [_story(one) for one in recap.stories],
        _STORIES_ROOM,
        lambda number: words.MORE_STORIES.format(number=number),
        joint="\n\n",
    )
    told = Embed(title=title, description="\n\n".join(filter(None, (_head(recap), stories))), color=_COLOR)
    lists = [
        (words.RECAP_STANDING, [show_entry(one, zone) for one in recap.standing]),
        (words.RECAP_FALLEN, [show_due(one, zone) for one in recap.fallen_due]),
        (words.RECAP_WITHDRAWN, [show_entry(one, zone) for one in recap.withdrawn]),
    ]
    room = limits.EMBED_TOTAL - limits.measure_embed(told) - sum(limits.measure(name) for name, _ in lists)
    return Message(embeds=(told, *_share_room([(name, shown) for name, shown in lists if shown], room)))


def _share_room(lists: Sequence[tuple[str, list[str]]], room: int) -> Iterator[Embed]:
    """Yield each list in its share of the room; what one leaves is for those after it."""
    for number, (title, shown) in enumerate(lists):
        share = min(room // (len(lists) - number), _LIST_ROOM)
        listed = fit_lines(shown, share, lambda more: words.MORE_COMMITMENTS.format(number=more), joint="\n")
        room -= limits.measure(listed)
        yield Embed(title=title, description=listed, color=_DUE_COLOR)


def _head(recap: Recap) -> str:
    head = words.RECAP_HEAD.format(
        editions=texts.count(recap.editions, "digest"),
        stories=texts.count(len(recap.stories), "story", "stories"),
        since=show_instant(recap.since, "D"),
    )
    gone = words.RECAP_GONE.format(articles=texts.count(recap.articles_gone, "article")) if recap.articles_gone else ""
    return texts.SMALL.format(text=" · ".join(filter(None, (head, gone))))


def _story(one: RecapStory) -> str:
    lead = one.story.briefs[0]
    url = lead.article.canonical_url or lead.article.url
    headline = link(one.story.headline or lead.article.title, url, _HEADLINE) or texts.UNTITLED
    several = len(one.story.outlets) > 1
    outlets = texts.count(len(one.story.outlets), "outlet") if several else escape(name_outlet(lead.article))
    when = (
        words.RECAP_DAY.format(day=one.story.day, since=show_instant(one.began_at, "D"))
        if one.story.day > 1
        else words.RECAP_TOLD.format(when=show_instant(one.told_at, "D"))
    )
    head = words.RECAP_STORY.format(headline=headline, facts=f"{outlets} · {when}")
    return "\n".join(filter(None, (head, _sentences(one))))


def _sentences(one: RecapStory) -> str:
    """Return the best sentences of what is new, in the order of the article; the second only where both have room."""
    lead = one.story.briefs[0]
    best = lead.card.sentences[:_SENTENCES]
    for number in range(len(best), 0, -1):
        shown = " ".join(escape(lead.words(lead.sentences[index].span)) for index in sorted(best[:number]))
        if len(shown) <= _MOST_WORDS:
            return shown
    return ""
