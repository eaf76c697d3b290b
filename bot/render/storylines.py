"""A story over time: its days, outlets, articles in order, strongest quotes, commitments and how they stand. Pure."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from bot import texts
from bot.render import limits
from bot.render.days import show_instant
from bot.render.fitting import fit_lines
from bot.render.ledger import show_entry
from bot.render.message import Embed, Message
from bot.render.places import show_site
from bot.render.quotes import show_quote_of
from bot.render.text import link, shorten
from bot.texts import lookups as words
from digest.model import StoryRecord, StoryStep

_COLOR = 0x4A90D9
_HEADLINE = 150
_ROOM = 1750  # of articles, quotes and commitments each: three of them, and titles, fit one message


def render_story(story: StoryRecord, *, zone: tzinfo = UTC, offset: int = 0, limit: int = 10) -> Message:
    """Return one story with its articles from `offset` on, in the order in which they were told.

    The first page has its quotes and commitments too. Whole units; what does not fit is counted. Days are `zone`'s.
    """
    steps = story.steps[offset : offset + limit]
    footer = texts.RESULTS.format(first=offset + 1, last=offset + len(steps))
    embeds = [
        Embed(
            title=shorten(story.headline, limits.TITLE) or texts.UNTITLED,
            description="\n\n".join((_facts(story), _fit([_step(step) for step in steps]))),
            color=_COLOR,
            footer=footer if len(steps) < len(story.steps) else texts.FOOTER,
        )
    ]
    if offset == 0:
        quotes = [show_quote_of(one.brief, one.quote, _outlet(one.printed_by)) for one in story.quotes]
        embeds += _block(words.STORY_QUOTES, [quote for quote in quotes if quote], texts.MORE)
        embeds += _block(
            words.STORY_COMMITMENTS, [show_entry(entry, zone) for entry in story.entries], words.MORE_COMMITMENTS
        )
    return Message(embeds=tuple(embeds))


def _facts(story: StoryRecord) -> str:
    return words.STORY_FACTS.format(
        since=show_instant(story.began_at, "D"),
        days=texts.count(max(step.day for step in story.steps), "day"),
        articles=texts.count(len(story.steps), "article"),
        outlets=texts.count(len(story.outlets), "outlet") if story.outlets else texts.UNKNOWN_OUTLET,
    )


def _step(step: StoryStep) -> str:
    article = step.article.brief.article
    title = link(article.title or article.url, article.url, _HEADLINE) or texts.UNTITLED
    headline = " · ".join(filter(None, (title, show_site(article.site))))
    shown = words.STORY_STEP.format(day=step.day, when=show_instant(step.told_at, "D"), headline=headline)
    if step.article.trouble:
        return words.STORY_STEP_GONE.format(step=shown, trouble=words.TROUBLES[step.article.trouble])
    return shown


def _outlet(names: Sequence[str]) -> str:
    return show_site(names[0]) if names else ""


def _block(title: str, units: Sequence[str], more: str) -> list[Embed]:
    return [Embed(title=title, description=_fit(units, more, "\n\n"), color=_COLOR)] if units else []


def _fit(units: Sequence[str], more: str = texts.MORE, joint: str = "\n") -> str:
    return fit_lines(units, _ROOM, lambda number: more.format(number=number), joint=joint)
