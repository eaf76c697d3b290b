"""What happened to a commitment: each telling as a dated event, with the words that are new in it."""

from dataclasses import replace
from datetime import tzinfo

from bot import texts
from bot.render import limits
from bot.render.commitments import show_condition, show_deadline
from bot.render.days import show_instant
from bot.render.places import link_article, show_site
from bot.render.text import clean, quoted
from bot.texts import ledger as words
from digest.model import Change, LedgerEntry, Telling

_EVENT = 1200


def show_events(entry: LedgerEntry, zone: tzinfo) -> list[str]:
    """Return what happened to a commitment, oldest first: day, change, outlet, article, trouble, and the words changed.

    All words are the articles' own. An event whose words are too long to show says so.
    """
    befores = (None, *entry.tellings)
    return [_event(told, before, zone) for told, before in zip(entry.tellings, befores, strict=False)]


def day_of(told: Telling) -> str:
    """Return the day of a telling, nothing where it is not known."""
    at = told.told_at or told.published_at
    return show_instant(at, "D") if at else ""


def _event(told: Telling, before: Telling | None, zone: tzinfo) -> str:
    plain = words.TOLD if before else words.FIRST_TOLD
    change = words.CHANGES[told.change] if told.change else plain
    parts = [
        f"**{day_of(told)}**" if day_of(told) else "",
        change,
        show_site(told.site),
        link_article(told.title, told.url),
    ]
    trouble = words.TROUBLE.format(trouble=words.TROUBLES[told.trouble]) if told.trouble else ""
    head = "\n".join(filter(None, (" · ".join(filter(None, parts)), trouble)))
    changed = _changed(told, before, zone)
    event = "\n".join(filter(None, (head, words.CHANGED.format(words=changed) if changed else "")))
    return event if limits.measure(event) <= _EVENT else f"{head}\n{texts.TOO_LONG}"


def _changed(told: Telling, before: Telling | None, zone: tzinfo) -> str:
    """Return what of its words is new, verbatim; all that it says where it is the first, nothing where nothing is."""
    alone = replace(told, what="")  # so that what stands in the words themselves is shown too
    if before is None:
        return " · ".join(filter(None, (_words(told.what), show_condition(told), show_deadline(told, zone))))
    if told.change is Change.REPEATED:
        return ""
    if told.change in (Change.WITHDRAWN, Change.CONTRADICTED):
        return _words(told.sentence) or _words(told.what)
    if told.change is Change.CONDITIONED:
        return show_condition(alone)
    days = [(one.deadline, one.earliest, one.latest) for one in (told, before)]
    is_of_days = told.change in (Change.SHARPENED, Change.SOFTENED) and days[0] != days[1]
    return (show_deadline(alone, zone) if is_of_days else "") or _words(told.what)


def _words(text: str) -> str:
    return quoted(text) if clean(text) else ""
