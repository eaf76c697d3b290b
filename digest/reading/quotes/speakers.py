"""Who said the marked words: the rules in the order of their trust."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.reading.quotes.attribution import Attribution, Attributor
from digest.reading.quotes.cues import is_finite, is_unsaid, lexicon, speaker_of, verb_of
from digest.reading.quotes.regions import Layout, Region
from digest.reading.quotes.statements import Marking, read_marking, starts_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from digest.reading.names import Names

NOBODY = "no speaker found"
"""The method of a quote of which nothing says who spoke."""

_LABEL_WORDS = 10
_RELATIVES = frozenset({"WP", "WDT", "WRB"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_STOPS = frozenset(".!?")
_THOUGHTS = frozenset({"think", "believe", "hope", "fear", "know"})
_DASHES = frozenset({"—", "–", "―", "-", "--"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """A region that is a quote. `continues` says that it goes on with the statement of the region before it."""

    region: Region
    marking: Marking
    attribution: Attribution
    continues: bool = False


def attribute_regions(layout: Layout, names: "Names") -> tuple[Attributed, ...]:
    """Return the regions that are quotes, in text order, each with who said it where that is sure enough."""
    return tuple(_Rules(layout, names).run())


class _Rules:
    def __init__(self, layout: Layout, names: "Names") -> None:
        self._layout = layout
        self._names = names
        self._attributor = Attributor(layout, names)
        self._found: list[Attributed] = []

    def run(self) -> list[Attributed]:
        for region in self._layout.regions:
            marking = read_marking(self._layout, region)
            if marking is Marking.TERM:
                continue
            attributed = self._attribute(region, marking)
            if attributed is not None:
                self._found.append(attributed)
        self._look_ahead()
        return [one for one in self._found if one.region.marked.is_closed or one.attribution.method != NOBODY]

    def _look_ahead(self) -> None:
        # A quote over several paragraphs may name its speaker in the last one only.
        for place in range(len(self._found) - 2, -1, -1):
            one, following = self._found[place], self._found[place + 1]
            is_open = one.attribution.speaker is None and one.attribution.cue is None
            if is_open and _runs_on(one.region, following.region):
                self._found[place] = replace(one, attribution=following.attribution)
                self._found[place + 1] = replace(following, continues=True)

    def _attribute(self, region: Region, marking: Marking) -> Attributed | None:
        if marking is Marking.FRAGMENT:
            found = self._of_fragment(region)
        else:
            found = self._beside(region) or self._labelled(region)
            if found is None and (continued := self._continued(region)) is not None:
                return continued
            found = found or self._farther(region)
        if found is None or found.is_denied:
            return None
        return Attributed(region, marking, found)

    def _of_fragment(self, region: Region) -> Attribution | None:
        return (
            self._same_sentence(region)
            or self._beside(region)
            or self._attributor.cue_around(region)
            or self._attributor.according_to(region)
            or self._attributor.only_cue(region)
            or self._same_report(region)
        )

    def _farther(self, region: Region) -> Attribution | None:
        return (
            self._signed(region)
            or self._attributor.cue_around(region)
            or self._attributor.according_to(region)
            or self._within_sentence(region)
            or self._introduced(region)
            or self._sentence_before(region)
            or self._followed(region)
            or self._carried(region)
            or self._unattributed(region)
        )

    def _same_sentence(self, region: Region) -> Attribution | None:
        """Called the budget “timid” and the recess “long”: fragments that only plain words part."""
        last, between = self._before_in_sentence(region)
        if last is None or last.marking is not Marking.FRAGMENT:
            return None
        if any(token.pos_ in {"VERB", "AUX"} or token.tag_ in _RELATIVES for token in between):
            return None
        return last.attribution

    def _same_report(self, region: Region) -> Attribution | None:
        """Rook said it had “every chance” and that the town is “full of talent”: nobody else comes in between."""
        last, between = self._before_in_sentence(region)
        cue = None if last is None else last.attribution.cue
        if last is None or cue is None or cue[0].i > last.region.first or cue[0].dep_ == "csubj":
            return None
        reporting = lexicon().say | lexicon().utter | lexicon().judge
        is_other = any(
            verb_of(token) in reporting or (token.dep_ in _SUBJECTS and self._names.printed_at(token.i))
            for token in between
        )
        return None if is_other else last.attribution

    def _before_in_sentence(self, region: Region) -> "tuple[Attributed | None, list[Token]]":
        """Return the quote before, if it stands in the same sentence, and the words between the two."""
        last = self._found[-1] if self._found else None
        if last is None or last.region.index != region.index - 1 or last.region.paragraph != region.paragraph:
            return None, []
        between = self._layout.words(range(last.region.last + 1, region.first))
        is_over = self._layout.ends_with(last.region, ".!?") or any(token.text in _STOPS for token in between)
        return (None, []) if is_over else (last, between)

    def _within_sentence(self, region: Region) -> Attribution | None:
        """Rook said that they had “a problem” but “nobody talks about it”: a clause in marks, but no sentence."""
        if starts_sentence(self._layout.parsed.doc, region):
            return None
        return self._same_sentence(region) or self._attributor.only_cue(region) or self._same_report(region)

    def _beside(self, region: Region) -> Attribution | None:
        after = self._attributor.cue_after(region)
        before = self._attributor.cue_before(region)
        if after is None or before is None:
            return after or before
        if self._layout.ends_with(region, ","):
            return after
        # Rook told the council: “It is closed.” Ashby laughed. Behind a full stop another sentence begins.
        return before if self._layout.ends_with(region, ".") or self._attributor.stands_close(region) else after

    def _labelled(self, region: Region) -> Attribution | None:
        """NAME: “...”, or “NAME: ...” in a transcript."""
        inside = self._layout.parsed.doc[region.first + 1 : region.first + 4]
        for place, token in enumerate(inside):
            if token.text == ":" and place and all(one.text.isupper() for one in inside[:place]):
                return Attribution(inside[place - 1], None, "name in a transcript")
        words = self._layout.words_before(region)
        is_label = 0 < len(words) <= _LABEL_WORDS and words[-1].text == ":"
        if not is_label or any(token.pos_ in {"VERB", "AUX"} for token in words):
            return None
        people = self._people(words)
        nouns = [token for token in words if token.pos_ in {"PROPN", "NOUN"} and token.dep_ != "pobj"]
        if len(people) > 1 or not nouns:
            return None
        return Attribution(people[0] if people else nouns[0], None, "name and colon")

    def _signed(self, region: Region) -> Attribution | None:
        """“...” — Marit Haugen, ranger."""
        words = self._layout.words(region.right)
        # The tokenizer may leave the dash on the mark: “...”― Marit Haugen.
        after = self._layout.parsed.text[region.marked.outer.end :][:2].lstrip()
        if not words or after[:1] not in _DASHES or len(words) > _LABEL_WORDS:
            return None
        named = self._people(words) or [token for token in words if self._ends_name(token)]
        return Attribution(named[0], None, "dash and name") if named else None

    def _ends_name(self, token: "Token") -> bool:
        name = self._names.printed_at(token.i)
        return name is not None and name.last == token.i

    def _introduced(self, region: Region) -> Attribution | None:
        """Baker Osman Yildiz has a theory: “...”."""
        words = self._layout.words_before(region)
        if not words or words[-1].text != ":":
            return None
        return self._subject_of(words, "introduced by its sentence")

    def _subject_of(self, words: "list[Token]", method: str) -> Attribution | None:
        subjects = [token for token in words if token.dep_ in _SUBJECTS and token.i not in self._layout.quoted]
        people = [token for token in subjects if self._names.printed_at(token.i) or self._names.is_person(token)]
        if people:
            return Attribution(people[0], None, method)
        named = self._people(words)
        return Attribution(named[0], None, method) if len(named) == 1 else None

    def _people(self, words: "list[Token]") -> "tuple[Token, ...]":
        return self._names.people_in(words[0].i, words[-1].i)

    def _continued(self, region: Region) -> Attributed | None:
        """“...,” she said. “...”; or the next paragraph of a quote that was not closed."""
        last = self._found[-1] if self._found else None
        if last is None or last.region.index != region.index - 1:
            return None
        if _runs_on(last.region, region):
            method = "paragraph of an open quote"
        elif self._follows_attribution(region, last):
            method = "after an attributed quote"
        else:
            return None
        return Attributed(region, Marking.STATEMENT, _again(last.attribution, method), continues=True)

    def _follows_attribution(self, region: Region, last: Attributed) -> bool:
        if last.region.paragraph != region.paragraph or not starts_sentence(self._layout.parsed.doc, region):
            return False
        between = self._layout.words(range(last.region.last + 1, region.first))
        if len(between) <= 1:
            return True
        stops = sum(token.text in _STOPS for token in between)
        cue = last.attribution.cue
        return stops == 1 and between[-1].text in _STOPS and cue is not None and cue[0].i > last.region.last

    def _sentence_before(self, region: Region) -> Attribution | None:
        """Brenner shrugs. “...”."""
        if region.marked.opens_paragraph or not starts_sentence(self._layout.parsed.doc, region):
            return None
        words = self._layout.sentence_before(region)
        return self._subject_of(words, "subject of the sentence before") if words else None

    def _carried(self, region: Region) -> Attribution | None:
        """A paragraph of marked words alone: by whom the paragraph before ends."""
        if not region.marked.opens_paragraph or self._layout.words(region.right):
            return None
        before = self._layout.sentence_before(region)
        if not before or before[-1].text == ":":
            return None
        last = self._found[-1] if self._found else None
        if last is not None and region.paragraph - last.region.paragraph == 1:
            cue = last.attribution.cue
            if last.region.last >= before[0].i or (cue is not None and cue[0].i >= before[0].i):
                return self._next_turn(region, last)
        return self._reporting(before) or self._new_in(before)

    def _new_in(self, words: "list[Token]") -> Attribution | None:
        """Driver Ann Lee was waiting in the rain; the next paragraph is marked words alone."""
        people = self._people(words)
        reports = any(verb_of(token) in lexicon().say | _THOUGHTS for token in words)
        if reports or not any(is_finite(token) for token in words):
            return None  # what it reports, or denies, is another matter; without a verb it is a signature
        if len(people) != 1 or not self._names.is_introduced(words[0].i, words[-1].i, people[0]):
            return None
        return Attribution(people[0], None, "introduced in the paragraph before")

    def _next_turn(self, region: Region, last: Attributed) -> Attribution | None:
        """The same speaker goes on, unless a question was asked: then it is the other one's turn."""
        before = self._found[-2] if len(self._found) > 1 else None
        is_dialogue = before is not None and before.region.paragraph == last.region.paragraph - 1
        other = before if is_dialogue and before is not None and self._differ(before, last) else None
        if self._asks(last.region) or (other is not None and self._asks(region) and self._asks(other.region)):
            return None if other is None else _again(other.attribution, "turn in a dialogue")
        return _again(last.attribution, "carried from the paragraph before")

    def _asks(self, region: Region) -> bool:
        return self._layout.parsed.text[region.marked.span.end - 1] == "?"

    def _differ(self, one: Attributed, other: Attributed) -> bool:
        speakers = [each.attribution.speaker for each in (one, other)]
        found = [None if token is None else self._names.fullest(token) for token in speakers]
        return None not in found and found[0] != found[1]

    def _followed(self, region: Region) -> Attribution | None:
        """“...” So says Amina Juma. Those were the words of Winston Boyle."""
        if not (region.marked.opens_paragraph and region.marked.ends_paragraph):
            return None
        return self._attributor.named_in(self._layout.paragraph_after(region))

    def _reporting(self, words: "list[Token]") -> Attribution | None:
        for token in words:
            if verb_of(token) in lexicon().say and token.dep_ == "ROOT" and not is_unsaid(token):
                speaker = speaker_of(token, self._layout.quoted)
                if speaker is not None:
                    return Attribution(speaker, None, "reported in the sentence before")
        return None

    def _unattributed(self, region: Region) -> Attribution | None:
        # Words that are a sentence of their own were said by somebody.
        return Attribution(None, None, NOBODY) if starts_sentence(self._layout.parsed.doc, region) else None


def _runs_on(region: Region, following: Region) -> bool:
    # The next paragraph opens with a mark again, and the one before was never closed.
    is_next = following.index == region.index + 1 and following.paragraph == region.paragraph + 1
    return is_next and not region.marked.is_closed and following.marked.opens_paragraph


def _again(attribution: Attribution, method: str) -> Attribution:
    return Attribution(attribution.speaker, None, method)
