"""The digests of the last days as one message: each story once, and what became of commitments. Pure."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from bot import texts
from bot.render.cards import name_outlet
from bot.render.days import show_instant
from bot.render.fitting import fit_lines
from bot.render.ledger import show_due, show_entry
from bot.render.message import Embed, Message
from bot.render.text import escape, link
from bot.texts import lookups as words
from digest.model import LedgerEntry, Recap, RecapStory

_COLOR = 0x4A90D9
_DUE_COLOR = 0xE0A030
_HEADLINE = 150
_STORIES_ROOM = 3200
_LIST_ROOM = 700  # three lists, titles and the rest fit what the stories leave
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
    embeds = [Embed(title=title, description="\n\n".join(filter(None, (_head(recap), stories))), color=_COLOR)]
    embeds += _commitments(words.RECAP_STANDING, recap.standing, [show_entry(one, zone) for one in recap.standing])
    embeds += _commitments(words.RECAP_FALLEN, recap.fallen_due, [show_due(one, zone) for one in recap.fallen_due])
    embeds += _commitments(words.RECAP_WITHDRAWN, recap.withdrawn, [show_entry(one, zone) for one in recap.withdrawn])
    return Message(embeds=tuple(embeds))


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


def _commitments(title: str, entries: Sequence[LedgerEntry], shown: Sequence[str]) -> list[Embed]:
    if not entries:
        return []
    listed = fit_lines(shown, _LIST_ROOM, lambda number: words.MORE_COMMITMENTS.format(number=number), joint="\n")
    return [Embed(title=title, description=listed, color=_DUE_COLOR)]
