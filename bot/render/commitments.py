"""A commitment in a few lines: kind, who, the words, condition and days, who reports it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, tzinfo

from bot import texts
from bot.render.days import show_day
from bot.render.text import escape, quoted, shorten
from bot.texts.ledger import WITHDRAWN_KIND, WITHDRAWN_SIGN
from digest.model import Brief, Commitment, CommitmentKind, Span, Strength, Telling

_NAME = 100
_MOST_NAMES = 4
# Between a cue and what is committed: "promised on Monday that it would pay".
_FARTHEST_CUE = 40
_MID_WORD = re.compile(r"\w[\w'’]")
_EXPLICIT_THREAT = re.compile(r"threat|warn|ultimat", re.IGNORECASE)
_BREAK = re.compile('[\n"“”„«»]')


def entry_of(brief: Brief, commitment: Commitment) -> Telling:
    """Return the commitment with its words in place of spans; `what` begins at the cue where that stands before it."""
    deadline = commitment.deadline
    return Telling(
        actors=tuple(brief.words(actor.name) for actor in commitment.actors),
        kind=commitment.kind,
        what=brief.words(_from_cue(brief, commitment)),
        sentence=brief.words(commitment.sentence),
        condition=_words(brief, commitment.condition),
        deadline=_words(brief, deadline.span if deadline else None),
        earliest=deadline.earliest if deadline else None,
        latest=deadline.latest if deadline else None,
        strength=commitment.strength,
        reported_by=_words(brief, commitment.reported_by),
        title=brief.article.title,
        url=brief.article.canonical_url or brief.article.url,
        site=brief.article.site,
        published_at=brief.article.published_at,
        cue=brief.words(commitment.cue) if commitment.sentence.covers(commitment.cue) else "",
        is_withdrawal=commitment.is_withdrawal,
    )


def _words(brief: Brief, span: Span | None) -> str | None:
    return None if span is None else brief.words(span)


def begin_at_cue(telling: Telling) -> Telling:
    """Return a telling whose `what` begins at the cue, as `entry_of` gives it, where that stands close before it."""
    sentence, cue, what = telling.sentence, telling.cue, telling.what
    start = sentence.find(what)
    before = sentence.rfind(cue, 0, max(start, 0)) if cue else -1
    if before < 0 or not what:
        return telling
    words = _joined(sentence, Span(before, before + len(cue)), Span(start, start + len(what)))
    return replace(telling, what=words.of(sentence))


def _from_cue(brief: Brief, commitment: Commitment) -> Span:
    cue, what, sentence = commitment.cue, commitment.what, commitment.sentence
    is_one_statement = sentence.covers(cue) and sentence.covers(what)
    return _joined(brief.article.text, cue, what) if is_one_statement else what


def _joined(text: str, cue: Span, what: Span) -> Span:
    gap = text[cue.end : what.start]
    is_near = cue.end <= what.start and len(gap) <= _FARTHEST_CUE
    # Half of "I'm" reads badly, and half of a pair of marks misleads.
    is_whole = not _MID_WORD.search(text[max(cue.start - 1, 0) : cue.start + 1]) and not _BREAK.search(gap)
    return Span(cue.start, what.end) if is_near and is_whole else what


def show_commitment(entry: Telling, zone: tzinfo = UTC) -> str:
    """Return a line with kind, actors and words, and a second one with condition, days and reporter, if any."""
    sign, kind = _sign_and_kind(entry)
    kind = texts.KIND.format(sign=sign, kind=kind)
    if entry.strength is Strength.HEDGED:
        kind = texts.HEDGED.format(kind=kind)
    who = show_names(entry.actors)
    line = texts.COMMITMENT.format(kind=kind, who=f"**{who}**: " if who else "", what=quoted(entry.what))
    details = [part for part in (show_condition(entry), show_deadline(entry, zone), _reporter(entry)) if part]
    return "\n".join([line, texts.DETAILS.format(details=" · ".join(details))] if details else [line])


def name_kind(entry: Telling) -> str:
    """Return in a word or two of what kind it is: a threat only where the article calls it one."""
    return _sign_and_kind(entry)[1]


def _sign_and_kind(entry: Telling) -> tuple[str, str]:
    if entry.is_withdrawal:
        return WITHDRAWN_SIGN, WITHDRAWN_KIND.format(kind=entry.kind.value)
    # "Stop work unless the plan is withdrawn" is meant to press somebody, but nobody said "threat".
    if entry.kind is CommitmentKind.THREAT and entry.cue and _EXPLICIT_THREAT.search(entry.cue) is None:
        return texts.KIND_SIGNS[CommitmentKind.PLAN], texts.KIND_UNNAMED_THREAT
    return texts.KIND_SIGNS[entry.kind], entry.kind.value


def show_names(names: Sequence[str]) -> str:
    """Return the names as one would say them: "A, B and C"; of more than four, three and how many others."""
    shown = [name for name in (shorten(name, _NAME) for name in names) if name]
    if len(shown) > _MOST_NAMES:
        return texts.AND_MORE.format(shown=", ".join(shown[: _MOST_NAMES - 1]), number=len(shown) - _MOST_NAMES + 1)
    return texts.AND.join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def show_day_range(earliest: date | None, latest: date | None, zone: tzinfo = UTC) -> str:
    """Return the day or the range of days, as far as they are known."""
    return " – ".join(dict.fromkeys(show_day(day, zone) for day in (earliest, latest) if day))


def show_deadline(entry: Telling, zone: tzinfo = UTC) -> str:
    """Return the words that say by when, unless `what` has them, and the days that they mean; nothing if none do."""
    days = show_day_range(entry.earliest, entry.latest, zone)
    words = entry.deadline if entry.deadline and entry.deadline not in entry.what else None
    if words and escape(words):
        return (texts.DEADLINE if days else texts.DEADLINE_WORDS).format(words=quoted(words), days=days)
    return texts.DEADLINE_DAYS.format(days=days) if days else ""


def show_condition(entry: Telling) -> str:
    """Return the condition, nothing if there is none or `what` has its words."""
    if not entry.condition or entry.condition in entry.what or not escape(entry.condition):
        return ""
    return texts.CONDITION.format(words=quoted(entry.condition))


def _reporter(entry: Telling) -> str:
    name = shorten(entry.reported_by or "", _NAME)
    return texts.REPORTED_BY.format(name=name) if name else ""
