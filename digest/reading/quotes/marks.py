"""Which words stand between quotation marks: marks paired within each paragraph, text only."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from digest.model import Span
from digest.reading.sentences import split_paragraphs

_DOUBLE = '“”„‟"'
_SINGLE = "‘’‚'"
_ANGLES = {"«": "»", "»": "«", "‹": "›", "›": "‹"}
_ALL = frozenset(_DOUBLE + _SINGLE) | set(_ANGLES)
_LINE = re.compile(r"[^\n]+")
_TYPED_DOUBLE = re.compile(r"``|‘‘|''|’’")
_STOPS = ",.;:!?…"
_NEW_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])")
_LONGEST_RESTORED = 600
_AFTER_AN_END = frozenset(_STOPS + "—–)")
_POSSESSIVE = frozenset("sSzx")  # what an apostrophe alone makes possessive: the boys’ boat
_BEFORE_WORDS = frozenset('“"[¡¿…')
# Words that lose their first letters, and years that lose their first digits, to an apostrophe.
_ELISION = re.compile(r"(?:em|n|til|tis|twas|cause|bout|round|er|im|\d\ds?)(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between marks. `span` leaves out the marks and a final comma or full stop, `outer` holds the marks.

    An unclosed one runs to the end of its paragraph, or to where the next one opens.
    """

    span: Span
    outer: Span
    paragraph: Span
    is_closed: bool

    @property
    def opens_paragraph(self) -> bool:
        """Whether nothing stands before it in its paragraph."""
        return self.outer.start == self.paragraph.start

    @property
    def ends_paragraph(self) -> bool:
        """Whether nothing but a full stop stands after it in its paragraph."""
        return self.outer.end >= self.paragraph.end - 1


class _Mark(NamedTuple):
    place: int
    family: str  # "double", "single", or the mark that closes a pair of angles
    opens: bool
    closes: bool = False


@lru_cache(maxsize=4)  # each reading of an article asks for them
def find_marked(text: str) -> tuple[Marked, ...]:
    """Return the outermost marked stretches in text order: disjoint, none across a line break, none without words.

    A stray mark costs at most its own paragraph. Marks of inches and apostrophes are no marks. Linear time.
    """
    text = _LINE.sub(_with_whole_marks, text)
    found = (marked for paragraph in split_paragraphs(text) for marked in _pair(text, paragraph))
    return tuple(marked for marked in found if any(letter.isalnum() for letter in marked.span.of(text)))


def _with_whole_marks(line: re.Match[str]) -> str:
    # Agencies type a double mark as two single ones. Beside single quotations, two may as well be the ends of two.
    words = line[0]
    return words if "‘" in words.replace("‘‘", "") else _TYPED_DOUBLE.sub(_whole_mark, words)


def _whole_mark(typed: re.Match[str]) -> str:
    # The second character is one that is trimmed off the words, so every offset stays.
    before, after = typed.string[: typed.start()][-1:], typed.string[typed.end() :][:1]
    opens = typed[0] in {"``", "‘‘"} or ((not before or _is_apart(before)) and bool(after) and not after.isspace())
    return "“-" if opens else ",”"


def _pair(text: str, paragraph: Span) -> Iterator[Marked]:
    marks = [mark for mark in _read_marks(text, paragraph) if mark.opens or mark.closes]
    doubles = [mark for mark in marks if mark.family == "double"]
    after_doubles = {mark.place: doubles[index + 1 : index + 3] for index, mark in enumerate(doubles)}
    index, before = 0, paragraph.start
    while index < len(marks):
        opening = marks[index]
        index += 1
        if not opening.opens:
            if (start := _missing_start(text, paragraph, before, opening)) is not None:
                yield _between(text, paragraph, start, opening)
            continue
        end = _find_end(text, marks, index, opening, after_doubles)
        if end is None and _runs_on(text, paragraph, opening):
            end = None, len(marks)
        if end is None:
            continue
        closing, index = end
        found = _marked(text, paragraph, opening.place, closing)
        before = found.outer.end
        yield found


def _missing_start(text: str, paragraph: Span, before: int, closing: _Mark) -> int | None:
    # “It began last year,” said Ann Lee. They told us to stop.”: the second piece has lost its first mark.
    if closing.family != "double" or text[closing.place - 1] not in ".!?…" or before == paragraph.start:
        return None
    if closing.place - before > 2 * _LONGEST_RESTORED:
        return None
    end_of_sentence = _NEW_SENTENCE.search(text, before, closing.place)
    if end_of_sentence is None or closing.place - end_of_sentence.end() > _LONGEST_RESTORED:
        return None
    return end_of_sentence.end()


def _between(text: str, paragraph: Span, start: int, closing: _Mark) -> Marked:
    return Marked(trim_statement(text, start, closing.place), Span(start, closing.place + 1), paragraph, is_closed=True)


def _runs_on(text: str, paragraph: Span, opening: _Mark) -> bool:
    # ‘I told him. / ‘I want him to know.’: the next paragraph opens with the mark again.
    return text[opening.place] == "‘" and text[paragraph.end :][:4].lstrip().startswith("‘")


def _find_end(
    text: str, marks: Sequence[_Mark], index: int, opening: _Mark, after_doubles: dict[int, list[_Mark]]
) -> tuple[_Mark | None, int] | None:
    if opening.family == "single":
        return _end_of_single(text, marks, index)
    if opening.family != "double":
        return next(((mark, place + 1) for place, mark in _from(marks, index) if mark.family == opening.family), None)
    return _end_of_double(text, marks, index, after_doubles)


def _end_of_double(
    text: str, marks: Sequence[_Mark], index: int, after_doubles: dict[int, list[_Mark]]
) -> tuple[_Mark | None, int]:
    is_within = False
    for place, mark in _from(marks, index):
        if mark.family != "double":
            continue
        if mark.closes:
            if _is_inches(text, mark, after_doubles):
                continue
            if not is_within:
                return mark, place + 1
            is_within = False
        elif _is_nested(mark, after_doubles):
            is_within = True
        else:
            return mark._replace(closes=False), place
    return None, len(marks)


def _end_of_single(text: str, marks: Sequence[_Mark], index: int) -> tuple[_Mark | None, int] | None:
    weak: tuple[_Mark, int] | None = None
    for place, mark in _from(marks, index):
        if mark.family != "single":
            continue
        if mark.opens:
            break
        if _closes_surely(text, mark.place):
            return mark, place + 1
        weak = mark, place + 1
    return weak


def _from(marks: Sequence[_Mark], index: int) -> Iterator[tuple[int, _Mark]]:
    for place in range(index, len(marks)):
        yield place, marks[place]


def _read_marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    for place in range(paragraph.start, paragraph.end):
        letter = text[place]
        if letter not in _ALL:
            continue
        before = text[place - 1] if place > paragraph.start else " "
        after = text[place + 1] if place + 1 < paragraph.end else " "
        if letter in _ANGLES:
            yield _angle(place, letter, before, after)
        elif letter in _DOUBLE:
            yield _double(place, letter, before, after)
        else:
            yield _single(text, place, before, after)


def _double(place: int, letter: str, before: str, after: str) -> _Mark:
    apart = _is_apart(before)
    before_words = not after.isspace() and after not in ",;:)]}"
    if letter in {"„", "‟"}:
        return _Mark(place, "double", opens=True)
    if letter == "“":
        return _Mark(place, "double", opens=before_words, closes=not apart and not after.isalnum())
    if letter == "”":
        return _Mark(place, "double", opens=apart and before_words and after not in _STOPS, closes=not before.isspace())
    return _Mark(place, "double", opens=apart and before_words, closes=not before.isspace() and not _is_bracket(before))


def _single(text: str, place: int, before: str, after: str) -> _Mark:
    if text[place] == "‚":
        return _Mark(place, "single", opens=after.isalnum() and _is_apart(before))
    is_elision = _ELISION.match(text, place + 1) is not None
    starts_word = _is_apart(before) and (after.isalnum() or after in _BEFORE_WORDS) and not is_elision
    ends_word = not after.isalnum() and not before.isspace() and not _is_bracket(before)
    return _Mark(place, "single", opens=text[place] != "’" and starts_word, closes=ends_word and not starts_word)


def _angle(place: int, letter: str, before: str, after: str) -> _Mark:
    turned = letter in {"»", "›"}
    opens = _is_apart(before) and not after.isspace() if turned else not (after.isspace() and not _is_apart(before))
    return _Mark(place, min(letter, _ANGLES[letter]), opens=opens, closes=True)


def _is_apart(before: str) -> bool:
    return before.isspace() or before in "-–—/…" or _is_bracket(before) or before in _ALL


def _is_bracket(letter: str) -> bool:
    return letter in "([{"


def _is_inches(text: str, mark: _Mark, after_doubles: dict[int, list[_Mark]]) -> bool:
    if text[mark.place] != '"' or not text[mark.place - 1].isdigit():
        return False
    following = after_doubles[mark.place]
    return bool(following) and following[0].closes and not following[0].opens


def _is_nested(mark: _Mark, after_doubles: dict[int, list[_Mark]]) -> bool:
    following = after_doubles[mark.place]
    return len(following) == 2 and all(other.closes and not other.opens for other in following)  # noqa: PLR2004 -- its own end and the outer one


def _closes_surely(text: str, place: int) -> bool:
    return text[place - 1] not in _POSSESSIVE or text[place + 1 : place + 2] in _AFTER_AN_END


def _marked(text: str, paragraph: Span, opening: int, closing: _Mark | None) -> Marked:
    is_closed = closing is not None and closing.closes
    inner_end = closing.place if closing is not None else paragraph.end
    outer_end = inner_end + 1 if is_closed else inner_end
    span = trim_statement(text, opening + 1, inner_end)
    return Marked(span, Span(opening, max(outer_end, span.end)), paragraph, is_closed)


def trim_statement(text: str, start: int, end: int) -> Span:
    """Return the stretch without space and dashes around it and without a final comma, colon or full stop."""
    while start < end and (text[start].isspace() or text[start] in "-–—,;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    if end > start and text[end - 1] == "." and not text[:end].endswith("..") and not _is_abbreviation(text, end):
        end -= 1
    return Span(start, end)


def _is_abbreviation(text: str, end: int) -> bool:
    return end >= 4 and text[end - 2].isalpha() and text[end - 3] == "."  # noqa: PLR2004 -- the "S." of "U.S."
