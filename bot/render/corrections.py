"""A posted message whose article was corrected: its cards as they were, with the new words, and what was there before.

What a message shows is looked up in its own payload, so that nothing else is ever called corrected in it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import ne

from bot import texts
from bot.render import limits
from bot.render.cards import INDEX_HEADLINE
from bot.render.corrected import CorrectedCard, Layout, correct_list
from bot.render.days import find_zone
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message, StoryLabel
from bot.render.text import safe_url, shorten, shorten_plain
from bot.texts import corrections as words, posts
from digest.model import Correction, Part, Post, Shown

_IN_INDEX = re.compile(r"\*\*\d+\*\* · ")
_LISTS = (posts.HEADLINES_TITLE, posts.HEADLINES_CONTINUED)


_LAYOUTS = (Layout(), Layout(is_on_card=False), Layout(has_new_words=False, is_on_card=False))


def render_correction(post: Post, corrections: Sequence[Correction]) -> Part | None:
    """Return what takes the place of a message after an article was corrected; None where it shows nothing of that.

    On the article's card, words that vanished give way to those that took their place, or go; below stand the old ones
    and the sentence that has the new ones. Where the cards have no room for that it stands above them.
    """
    parts = (_render(post, corrections, layout) for layout in _LAYOUTS)
    return next((part for part in parts if part is None or _fits(part)), None)


def _fits(part: Part) -> bool:
    message = Message.from_json(part.payload)
    room = limits.EMBED_TOTAL - limits.ROOM_FOR_MARK
    return limits.fits(message) and sum(map(limits.measure_embed, message.embeds)) <= room


def _render(post: Post, corrections: Sequence[Correction], layout: Layout) -> Part | None:
    message, zone = Message.from_json(post.payload), find_zone(post.zone)
    addresses = {safe_url(url) for url in post.urls} - {""}
    own = [one for one in corrections if _leads(post, one)]
    embeds: list[Embed] = []
    above: list[str] = []
    shown: list[Shown] = []
    for embed in message.embeds:
        if embed.title == texts.INDEX_TITLE and not embed.url:
            embeds.append(_index(embed, own, layout))
            continue
        if embed.title in _LISTS and not embed.url:
            listed, said = correct_list(embed, own, zone, layout)
            embeds.append(listed)
            above += said
            continue
        card = CorrectedCard(embed, zone, layout)
        for correction in corrections if embed.url in addresses else ():
            if correction in own:
                card.take_own(correction)
            card.take(correction)
        embeds.append(card.embed())
        above += card.lines_above()
        shown += card.shown
    if embeds == list(message.embeds) and not above:
        return None
    labels = _labels(message.stories, own)
    # An edit pings nobody.
    edited = Message(_under(message.content, above), tuple(embeds), labels)
    return Part(edited.to_json(), tuple(shown))


def _leads(post: Post, correction: Correction) -> bool:
    """Return whether the story stands under this article's headline. Its page tells: copies may name one original."""
    return bool({brief.article.url for brief in (correction.before, correction.after)}.intersection(post.urls) - {""})


def _labels(labels: Sequence[StoryLabel], corrections: Sequence[Correction]) -> tuple[StoryLabel, ...]:
    renamed = {
        shorten_plain(one.before.article.title, limits.OPTION): shorten_plain(one.after.article.title, limits.OPTION)
        for one in corrections
        if one.is_retitled
    }
    return tuple(replace(label, headline=renamed.get(label.headline) or label.headline) for label in labels)


def _under(content: str, lines: Sequence[str]) -> str:
    if not lines:
        return content
    room = limits.CONTENT - limits.measure(content) - 1
    return f"{content}\n{fit_lines(lines, room, lambda number: words.MORE_ABOVE.format(number=number))}"


def _index(embed: Embed, corrections: Sequence[Correction], layout: Layout) -> Embed:
    """Return the list of what is in the digest with the headlines of today, as far as there is room."""
    lines = embed.description.split("\n")
    for one in corrections if layout.has_new_words else ():
        before, after = (shorten(brief.article.title, INDEX_HEADLINE) for brief in (one.before, one.after))
        if one.is_retitled and before and after:
            renamed = [_renamed(line, before, after) for line in lines]
            # Of two stories with one headline, nothing here tells which is the article's.
            lines = renamed if sum(map(ne, lines, renamed)) == 1 else lines
    return replace(embed, description="\n".join(lines))


def _renamed(line: str, before: str, after: str) -> str:
    found = _IN_INDEX.match(line)
    is_it = found is not None and line[found.end() :].startswith(f"{before} ·")
    return f"{found[0]}{after}{line[found.end() + len(before) :]}" if found and is_it else line
