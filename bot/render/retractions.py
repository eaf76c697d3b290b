"""A posted message of which something was taken back: without it, and with a small line that says who did.

What goes is looked up in the message's own payload. Whole units go; what is left stands as it was.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from bot import texts
from bot.render import limits
from bot.render.commitments import entry_of, show_commitment
from bot.render.message import Embed, Field, Message
from bot.render.quotes import show_quote_of
from bot.render.text import clean, escape
from bot.texts import hiding as words
from digest import Curtain
from digest.model import Extract, Hidden, Post, StatementKind

_NUMBERED = re.compile(r"\*\*\d+\*\* · ")
# Lines that belong to the one before them: details of a commitment, its place, a quote's signature.
_GOES_ON = re.compile(re.escape(texts.DETAILS.format(details="")) + r"|-# (?!\+)|> — ")


def render_retraction(gone: Sequence[Extract], names: Sequence[str]) -> Callable[[Post], str | None]:
    """Return what gives a message's payload without these statements and all units that have one of the names.

    None where it has none of that. What has a name in its headline goes as a whole. Discord will take it.
    """
    return partial(_without, _Eraser(gone, names), bool(names))


def _without(eraser: "_Eraser", has_names: bool, post: Post) -> str | None:  # noqa: FBT001 -- of the partial above
    if not has_names and not eraser.may_be_in(post.payload):
        return None
    message = Message.from_json(post.payload)
    embeds = tuple(eraser.erase(embed) for embed in message.embeds)
    first, *rest = message.content.split("\n")
    content = "\n".join([first, *(line for line in rest if not eraser.has_name(line))])
    if embeds == message.embeds and content == message.content:
        return None
    changed = [place for place, embed in enumerate(embeds) if embed != message.embeds[place]]
    noted = tuple(_noted(embed) if place in changed else embed for place, embed in enumerate(embeds))
    stories = tuple(one for one in message.stories if not eraser.has_name(f"{one.headline}\n{one.outlets}"))
    told = replace(message, content=content, embeds=noted, stories=stories)
    if not _fits(told):  # by a few letters: then it is said where there is room
        above = content if words.TAKEN_BACK_ABOVE in content else f"{content}\n{words.TAKEN_BACK_ABOVE}"
        told = replace(told, content=above if limits.measure(above) <= limits.CONTENT else content, embeds=embeds)
    payload: dict[str, object] = json.loads(post.payload)
    kept = {name: value for name, value in payload.items() if name != "stories"} | told.to_dict()
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def find_shown(payload: str, extracts: Iterable[Extract]) -> tuple[Extract, ...]:
    """Return what of the extracts the message shows, each statement once, in the order of the message."""
    described = "\n\n".join(embed.description for embed in Message.from_json(payload).embeds)
    places: dict[Extract, int] = {}
    for extract in extracts:
        text = show_extract(extract)
        is_sentence = extract.statement.kind is StatementKind.SENTENCE
        found = _sentence(text).search(described) if text and is_sentence else None
        place = found.start() if found else -1 if is_sentence or not text else described.find(text)
        if place >= 0:
            places[extract] = place
    once = {extract.statement: extract for extract in sorted(places, key=places.__getitem__, reverse=True)}
    return tuple(reversed(once.values()))


def show_extract(extract: Extract) -> str:
    """Return the first lines of the statement as messages show it."""
    brief, index = extract.brief, extract.index
    if extract.statement.kind is StatementKind.SENTENCE:
        return escape(extract.statement.words)
    if extract.statement.kind is StatementKind.QUOTE:
        return show_quote_of(brief, brief.quotes[index])
    told = entry_of(brief, (*brief.commitments, *brief.withdrawals)[index])
    return show_commitment(told).partition("\n")[0] if clean(told.what) else ""


class _Eraser:
    def __init__(self, gone: Sequence[Extract], names: Sequence[str]) -> None:
        shown = [(one.statement.kind, show_extract(one)) for one in gone]
        self._sentences = [_sentence(text) for kind, text in shown if text and kind is StatementKind.SENTENCE]
        self._units = [text for kind, text in shown if text and kind is not StatementKind.SENTENCE]
        self._written = [json.dumps(text, ensure_ascii=False)[1:-1] for _, text in shown if text]
        self._curtain = Curtain(Hidden(tuple(names)))

    def may_be_in(self, payload: str) -> bool:
        """Return whether any of what goes stands in the payload: of a year's messages most have none of it."""
        return any(text in payload for text in self._written)

    def has_name(self, text: str) -> bool:
        """Return whether the text, as Discord shows it, has a hidden name."""
        return self._curtain.has_name_written(text)

    def erase(self, embed: Embed) -> Embed:
        """Return the embed without what goes."""
        if self.has_name(f"{embed.title}\n{embed.author}"):
            return Embed(title=words.HIDDEN_STORY, description=words.NOTHING_LEFT, color=embed.color)
        described = embed.description
        for sentence in self._sentences:
            described = sentence.sub("", described)
        if embed.title == texts.INDEX_TITLE and not embed.url:
            described = "\n".join(self._index_line(line) for line in described.split("\n"))
        described = "\n\n".join(filter(None, (self._paragraph(one) for one in described.split("\n\n"))))
        fields = tuple(field for field in map(self._field, embed.fields) if field.value)
        footer = "" if self.has_name(embed.footer) else embed.footer
        if (described, fields, footer) == (embed.description, embed.fields, embed.footer):
            return embed
        left = _tidy(described)
        if embed.description and all(line.startswith("-# ") for line in left.split("\n") if line):
            left = words.NOTHING_LEFT
        return replace(embed, description=left, fields=fields, footer=footer)

    def _index_line(self, line: str) -> str:
        number = _NUMBERED.match(line)
        return f"{number[0]}{words.HIDDEN_STORY}" if number and self.has_name(line) else line

    def _paragraph(self, paragraph: str) -> str:
        return "\n".join(unit for unit in _units(paragraph) if not self._goes(unit))

    def _goes(self, unit: str) -> bool:
        return any(one in unit for one in self._units) or self.has_name(unit)

    def _field(self, field: Field) -> Field:
        lines = [line for line in field.value.split("\n") if not self.has_name(line)]
        return replace(field, value="\n".join(lines))


def _units(paragraph: str) -> list[str]:
    """Return the paragraph's lines, each with those that belong to it."""
    units: list[str] = []
    for line in paragraph.split("\n"):
        if units and _GOES_ON.match(line):
            units[-1] += f"\n{line}"
        else:
            units.append(line)
    return units


def _sentence(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\s)){re.escape(text)}(?=\s|$)")


def _noted(embed: Embed) -> Embed:
    if words.TAKEN_BACK in embed.description:
        return embed
    return replace(embed, description=f"{embed.description}\n{words.TAKEN_BACK}".strip())


def _fits(message: Message) -> bool:
    room = limits.EMBED_TOTAL - limits.ROOM_FOR_MARK
    return limits.fits(message) and sum(map(limits.measure_embed, message.embeds)) <= room


def _tidy(description: str) -> str:
    lines = "\n".join(line.strip() for line in description.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(" {2,}", " ", lines)).strip()
