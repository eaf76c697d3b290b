"""What a correction changes on a story's card, or on its entry in a list, and what is to be said of that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from bot import texts
from bot.render import limits
from bot.render.commitments import entry_of, show_commitment, show_names
from bot.render.headlines import JOINT, link_headline
from bot.render.message import Embed, Field
from bot.render.quotes import show_quote_of
from bot.render.text import clean, escape, quoted, shorten
from bot.texts import corrections as words
from digest.model import Brief, Correction, Shown, Vanished

_DETAILS = rf"(?:\n{re.escape(texts.DETAILS.format(details=''))}[^\n]*)?"
_NUMBER = re.compile(r"\*\*\d+\*\* · ")
_MARK = re.compile('["“”„«»]')
_HEADLINE = 100


@dataclass(frozen=True, slots=True)
class Layout:
    """How much of a correction is shown where: less of it and elsewhere, where a message has no room."""

    has_new_words: bool = True
    is_on_card: bool = True


def correct_list(
    embed: Embed, corrections: Sequence[Correction], zone: tzinfo, layout: Layout
) -> tuple[Embed, list[str]]:
    """Return a list of headlines as it is now, and what is to be said above it of the articles that lead there."""
    entries, above = embed.description.split(JOINT), list[str]()
    for one in corrections:
        head = link_headline(one.before.article.title, one.before.article)
        places = [place for place, entry in enumerate(entries) if _NUMBER.sub("", entry.split("\n")[0], 1) == head]
        # Of two stories with one headline and one address, nothing here tells which is the article's.
        for place in places if len(places) == 1 else ():
            entries[place], said = _correct_entry(entries[place], one, zone, layout)
            above += said
    return replace(embed, description=JOINT.join(entries)), above


def _correct_entry(entry: str, one: Correction, zone: tzinfo, layout: Layout) -> tuple[str, list[str]]:
    first, _, rest = entry.partition("\n")
    title = shorten(one.before.article.title, limits.TITLE)
    card = CorrectedCard(Embed(title=title, description=rest), zone, replace(layout, is_on_card=False))
    card.take_own(one)
    now = card.embed()
    if now.title != title and layout.has_new_words:
        number = _NUMBER.match(first)
        first = (number[0] if number else "") + link_headline(one.after.article.title, one.before.article)
    return f"{first}\n{now.description}", card.lines_above()


class CorrectedCard:
    """A story's card, changed by one correction after the other, and what is to be said of that."""

    def __init__(self, embed: Embed, zone: tzinfo, layout: Layout) -> None:
        self._embed = embed
        self._zone = zone
        self._layout = layout
        self._notes: list[str] = []
        self._noted: list[str] = []
        self._retracted_by = ""
        self.shown: list[Shown] = []

    def take_own(self, correction: Correction) -> None:
        """Change what only the article that leads the story has there: its headline and its sentences."""
        before, after = correction.before, correction.after
        if correction.is_retitled:
            self._retitle(correction)
        for one in correction.sentences:
            old = escape(before.words(before.sentences[one.index].span))
            new = "" if one.instead is None else escape(after.words(after.sentences[one.instead].span))
            self._change(old, new, correction, one)
        if correction.is_retracted:
            self._retracted_by = shorten(after.article.site, _HEADLINE) or texts.UNKNOWN_OUTLET

    def take(self, correction: Correction) -> None:
        """Change what any article may have brought: quotes that no other outlet is said to print, and commitments."""
        before, after = correction.before, correction.after
        for one in correction.quotes:
            old = show_quote_of(before, before.quotes[one.index])
            new = "" if one.instead is None else show_quote_of(after, after.quotes[one.instead])
            self._change(old, new, correction, one, tail=_printed_by_only(correction))
        for one in correction.commitments:
            old = self._commitment(before, one.index).partition("\n")[0]
            new = "" if one.instead is None else self._commitment(after, one.instead)
            if self._change(old, new, correction, one, tail=_DETAILS) and one.instead is not None:
                self.shown.append(Shown(after.article.url, one.instead))

    def embed(self) -> Embed:
        """Return the card as it is now."""
        fields = [*self._embed.fields, *(self._fields() if self._layout.is_on_card else ())]
        return replace(self._embed, fields=tuple(dict.fromkeys(fields)))

    def lines_above(self) -> list[str]:
        """Return what is to be said of it where that has no room on the card."""
        if self._layout.is_on_card:
            return []
        headline = shorten(self._embed.title, _HEADLINE)
        return [
            words.ABOVE.format(title=field.name, headline=headline, note=note)
            for field in self._fields()
            for note in field.value.split("\n")
        ]

    def _fields(self) -> Iterator[Field]:
        if self._retracted_by:
            yield Field(words.RETRACTED, words.RETRACTED_BY.format(outlet=self._retracted_by))
        value = ""
        for note in map(words.NOTE.format, self._notes):
            if value and limits.measure(f"{value}\n{note}") > limits.FIELD_VALUE:
                yield Field(words.CORRECTED, value)
                value = ""
            value = f"{value}\n{note}" if value else note
        if value:
            yield Field(words.CORRECTED, value)

    def _commitment(self, brief: Brief, index: int) -> str:
        return show_commitment(entry_of(brief, brief.commitments[index]), self._zone)

    def _retitle(self, correction: Correction) -> None:
        before = shorten(correction.before.article.title, limits.TITLE)
        after = shorten(correction.after.article.title, limits.TITLE)
        if not after or self._embed.title != before:
            return
        limit = limits.TITLE if self._layout.has_new_words else limits.measure(before)
        self._embed = replace(self._embed, title=shorten(correction.after.article.title, limit))
        note = words.REPLACED.format(
            old=_said(correction.before.article.title), new=_said(correction.after.article.title)
        )
        self._notes.append(words.HEADLINE.format(note=note))

    def _change(self, old: str, new: str, correction: Correction, one: Vanished, *, tail: str = "") -> bool:
        if not old or old == new:
            return False
        # Only a whole unit of the card: what stands in the midst of a longer one is that one's.
        unit = re.compile(rf"(?:^|(?<=\s)){re.escape(old)}{tail}(?=\s|$)")
        found = unit.search(self._embed.description)
        if found is None or found[0] == new:
            return False
        kept = new if self._layout.has_new_words else ""
        described = self._embed.description[: found.start()] + kept + self._embed.description[found.end() :]
        self._embed = replace(self._embed, description=_tidy(described))
        self._note(correction, one)
        return bool(kept)

    def _note(self, correction: Correction, one: Vanished) -> None:
        gone = [_said(said) for said in map(correction.before.words, one.words) if clean(said)]
        place = correction.after.words(one.sentence) if one.sentence else ""
        new = _said(place) if clean(place) else ""
        old = ", ".join(said for said in dict.fromkeys(gone) if not self._has_said(said))
        self._noted += gone
        if old:
            self._notes.append(words.REPLACED.format(old=old, new=new) if new else words.GONE.format(old=old))

    def _has_said(self, said: str) -> bool:
        return any(said[1:-1] in noted for noted in self._noted)


def _printed_by_only(correction: Correction) -> str:
    """Return what may stand behind the signature of a quote that no other outlet prints."""
    names = {show_names([brief.article.site]) for brief in (correction.before, correction.after)} - {""}
    return f"(?: · (?:{'|'.join(map(re.escape, sorted(names)))}))?(?=\n|$)" if names else r"(?=\n|$)"


def _said(said: str) -> str:
    """Return the words in quotation marks, in single ones where they have some of their own."""
    return f"‘{escape(said)}’" if _MARK.search(said) else quoted(said)


def _tidy(description: str) -> str:
    """Return the lines without the gaps that something left which went."""
    lines = "\n".join(line.strip() for line in description.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(" {2,}", " ", lines)).strip()
