"""The words that say by when, and the days they can mean: own rules, and no clock but the day of publication."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from digest.model import Deadline, Span
from digest.reading.commitments.periods import Days, Period, add_months, find_periods, month_of

_LOOKED_BACK = 60
_EARLY, _MIDDLE, _LATE = 1, 2, 3  # thirds
_PREPOSITIONS = (
    r"by|before|until|till|no later than|not later than|within|in|on|from|starting(?: on| in)?|beginning(?: on| in)?"
    r"|effective(?: on)?|as of|as early as|as soon as|at|during|through|throughout|over|sometime in|some time in"
)
_PARTS = r"(?:the )?(?:very )?(?P<part>end|start|beginning|middle|close) of|(?P<third>early|mid|late)(?: in)?"
_BEFORE_A_PERIOD = re.compile(
    rf"(?:\b(?P<prep>{_PREPOSITIONS})\s+)?"
    r"(?:(?:midnight|noon|midday|dawn|\d\d?(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.))(?: on)?\s+)?"
    rf"(?:\b(?:{_PARTS})[\s-]+)?$",
    re.IGNORECASE,
)
# What makes the same words a point of the past, a habit or a description.
_NO_DEADLINE_AFTER = re.compile(
    r"\b(?:since|last|past|previous|every|each|of|for|than|between|and|to|after|this|next|a|an|per)\s+$", re.IGNORECASE
)
_YEARS_END = re.compile(r"\b(?P<prep>by|before|at|until)\s+(?:the\s+)?(?P<unit>year|month|week)(?:['’]s end|[ -]end)\b")

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)} | {"a": 1, "an": 1} | _TENS
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_DURATION = re.compile(
    # "over next year" is the calendar's, "over the next year" is not
    r"\b(?P<prep>within|in|over|during|inside)\s+"
    r"(?P<next>(?:the\s+|(?!next\s+(?:week|month|year|decade)\b))(?:next|coming|following)\s+)?(?:the\s+)?"
    rf"(?:(?:(?P<number>{_NUMBER})|(?:a\s+)?(?P<vague>few|couple(?: of)?|several|matter of))[\s-]+)?"
    r"(?P<unit>hour|day|week|fortnight|month|year|decade)(?P<plural>s)?\b(?P<time>['’]s? time\b|['’](?=\s))?"
    r"(?!\s+(?:of|after|from)\b)",  # what counts from an event is a condition
    re.IGNORECASE,
)


def find_deadline(text: str, span: Span, published_on: date | None) -> Deadline | None:
    """Return the first words inside `span` that say by when, or None."""
    found = find_deadlines(text, span, published_on)
    return found[0] if found else None


def find_deadlines(text: str, span: Span, published_on: date | None) -> tuple[Deadline, ...]:
    """Return the words inside `span` that say by when, in order, and the days they can mean, both ends included.

    "By Friday" is that Friday, "before the end of March" 31 March, "in 2027" the whole year, "within ten days" the day
    of publication to ten days later, "from 1 July" that day. A day without its year is the next one from publication.
    Without a day of publication, what is relative has no days; "in the coming weeks" has a first day and no last.
    Days that have all passed by then are no deadline.
    """
    dated = _calendar(text, span, published_on)
    found = [_deadline(words, days) for words, days, _ in dated if not _has_passed(days, published_on)]
    found += _durations(text, span, published_on)
    kept: list[Deadline] = []
    for deadline in sorted(found, key=lambda deadline: (deadline.span.start, -deadline.span.end)):
        if not kept or deadline.span.start >= kept[-1].span.end:
            kept.append(deadline)
    return tuple(kept)


def is_overdue(text: str, span: Span, published_on: date | None) -> bool:
    """Return whether words inside `span` say "by" or "before" a day that had passed when it was published."""
    return any(
        is_limit and _has_passed(days, published_on) for _, days, is_limit in _calendar(text, span, published_on)
    )


def _calendar(text: str, span: Span, today: date | None) -> Iterator[tuple[Span, Days | None, bool]]:
    for period in find_periods(text, span.start, span.end, today):
        before = _BEFORE_A_PERIOD.search(text, max(span.start, period.start - _LOOKED_BACK), period.start)
        if before is None or not _is_time(text, span, period, before):
            continue
        days = _narrowed(period.days, before["prep"], before["part"] or before["third"])
        is_limit = (before["prep"] or "").lower() in {"by", "before", "no later than", "not later than"}
        yield Span(before.start(), period.end), days, is_limit
    for match in _YEARS_END.finditer(text, span.start, span.end):
        yield Span(match.start(), match.end()), _end_of(match["unit"].lower(), today), True


def _is_time(text: str, span: Span, period: Period, before: re.Match[str]) -> bool:
    if period.needs_part and not before["part"]:
        return False
    if before["prep"]:
        return True
    if _NO_DEADLINE_AFTER.search(text, max(span.start, before.start() - 12), before.start()):
        return False
    return period.is_bare


def _narrowed(days: Days | None, preposition: str | None, part: str | None) -> Days | None:
    if days is None:
        return None
    first, last = _part_of(days, part.lower()) if part else days
    match (preposition or "").lower():
        case "before" if first not in {last, date.min}:
            return first - timedelta(1), first - timedelta(1)
        case "from" | "starting" | "beginning" | "effective" | "as of":
            return first, first
    return first, last


def _part_of(days: Days, part: str) -> Days:
    first, last = days
    if part in {"end", "close"}:
        return last, last
    if part in {"start", "beginning"} or first == last:
        return first, first
    third = _EARLY if part == "early" else _LATE if part == "late" else _MIDDLE
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months // 3:  # a season, a year: thirds of whole months
        start, end = months * (third - 1) // 3, months * third // 3 - 1
        return add_months(first, start), month_of(first.year, first.month + end)[1]
    length = ((last - first).days + 1) // 3
    starts = (first, first + timedelta(length), first + timedelta(2 * length))
    return starts[third - 1], last if third == _LATE else starts[third] - timedelta(1)


def _end_of(unit: str, today: date | None) -> Days | None:
    if today is None:
        return None
    if unit == "week":
        day = today + min(timedelta(6 - today.weekday()), date.max - today)
    elif unit == "month":
        day = month_of(today.year, today.month)[1]
    else:
        day = date(today.year, 12, 31)
    return day, day


def _durations(text: str, span: Span, today: date | None) -> list[Deadline]:
    found = []
    for match in _DURATION.finditer(text, span.start, span.end):
        if _is_wait(match):
            earliest, latest = _reach(match, today)
            found.append(Deadline(Span(match.start(), match.end()), earliest, latest))
    return found


def _is_wait(match: re.Match[str]) -> bool:
    is_within = match["prep"].lower() in {"within", "inside"}
    # "over three years" and "during two weeks" tell how long; "in ten days" and "over the next three years", when.
    is_point = match["prep"].lower() == "in" and bool(match["number"] or match["vague"])
    return is_within or is_point or bool(match["next"])


def _reach(match: re.Match[str], today: date | None) -> tuple[date | None, date | None]:
    if today is None:
        return None, None
    count = _count(match)
    if count is None:
        return today, None
    try:
        latest = _later_by(today, count, match["unit"].lower())
    except (ValueError, OverflowError):  # after the year 9999
        return today, None
    is_point = match["prep"].lower() == "in" and not match["next"]
    return (latest if is_point else today), latest


def _count(match: re.Match[str]) -> int | None:
    if match["number"]:
        return int(match["number"]) if match["number"].isdigit() else _NUMBERS[match["number"].lower()]
    return None if match["plural"] or match["vague"] else 1


def _later_by(today: date, count: int, unit: str) -> date:
    days = {"hour": (count + 23) // 24, "day": count, "week": 7 * count, "fortnight": 14 * count}
    if unit in days:
        return today + timedelta(days[unit])
    return add_months(today, count * {"month": 1, "year": 12, "decade": 120}[unit])


def _has_passed(days: Days | None, today: date | None) -> bool:
    return bool(days and today and days[1] < today)


def _deadline(span: Span, days: Days | None) -> Deadline:
    return Deadline(span, *days) if days else Deadline(span)
