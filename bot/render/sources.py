"""Sources as messages: what can be followed, what is, how it does and what to do. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from bot import texts
from bot.render import limits
from bot.render.commitments import show_names
from bot.render.days import show_instant
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import escape, shorten
from bot.texts import sources as words
from digest import Outline, render_opml
from digest.model import (
    Entry,
    Failure,
    FailureKind,
    Filters,
    Imported,
    Offer,
    Source,
    SourceKind,
    SourceStatus,
    Subscription,
)

_COLOR = 0x4A90D9
_NAME = 60
_TITLE = 120
_WORD = 40
_SHOWN = 10
_WORDS = 5


def render_sources(statuses: Sequence[SourceStatus]) -> Message:
    """Return what a server follows, each with when it was read and what is wrong with it."""
    if not statuses:
        return Message(content=words.NO_SOURCES)
    return _list(words.SOURCES_TITLE, [show_source(status) for status in statuses])


def render_health(statuses: Sequence[SourceStatus]) -> Message:
    """Return the sources that fail, are paused or have fallen silent, each with what can be done."""
    if not statuses:
        return Message(content=words.NO_SOURCES)
    unwell = [status for status in statuses if status.failure or status.silent_since]
    if not unwell:
        return Message(content=words.HEALTH_GOOD.format(sources=texts.count(len(statuses), "source")))
    return _list(words.HEALTH_TITLE, [show_unwell(status) for status in unwell])


def render_notice(statuses: Sequence[SourceStatus]) -> str:
    """Return the payload of the message that tells a server which of its sources are paused or gone."""
    foot = f"\n\n{words.NOTICE_FOOT}"
    lines = fit_lines(
        [show_unwell(status) for status in statuses],
        limits.DESCRIPTION - len(foot),
        lambda number: texts.MORE.format(number=number),
        joint="\n\n",
    )
    return Message(embeds=(Embed(title=words.NOTICE_TITLE, description=lines + foot, color=_COLOR),)).to_json()


def render_offers(offers: Sequence[Offer]) -> Message:
    """Return what can be followed at an address, each with the newest of what it lists."""
    title = words.OFFERS_TITLE.format(host=shorten(host_of(offers[0].source.url), _TITLE))
    return _list(title, [show_offer(number, offer) for number, offer in enumerate(offers, 1)])


def render_tried(name: str, tried: Sequence[tuple[Entry, bool]]) -> Message:
    """Return what a source listed last, each with whether its filters let it through."""
    title = words.TRIED_TITLE.format(name=shorten(name, _NAME))
    if not tried:
        return Message(embeds=(Embed(title=title, description=words.TRIED_NOTHING, color=_COLOR),))
    passing = sum(passes for _, passes in tried)
    lines = [words.TRIED_COUNT.format(passing=passing, listed=len(tried))]
    for entry, passes in tried:
        line = words.TRIED_PASSES if passes else words.TRIED_FAILS
        lines.append(line.format(title=_title(entry)))
    return _list(title, lines, joint="\n")


def render_list(statuses: Sequence[SourceStatus]) -> tuple[str, bytes]:
    """Return a sentence about the list of these sources, and the list as feed readers take it (OPML)."""
    outlines = [Outline(status.source.url, status.source.name) for status in statuses]
    sentence = words.EXPORTED.format(sources=texts.count(len(outlines), "source"))
    return sentence, render_opml(outlines, title=words.OPML_TITLE)


def show_imported(outcome: Imported) -> str:
    """Return what became of a list, in lines."""
    if not any((outcome.added, outcome.known, outcome.failures, outcome.left)):
        return words.IMPORT_EMPTY
    lines = [words.IMPORTED.format(added=texts.count(outcome.added, "source"))]
    if outcome.known:
        lines.append(words.IMPORTED_KNOWN.format(number=outcome.known))
    if outcome.failures:
        lines.append(words.IMPORTED_FAILED.format(number=len(outcome.failures)))
        failed = [replace(failure, since=None) for failure in outcome.failures[:_SHOWN]]
        lines += [words.IMPORT_LINE.format(failure=show_failure(failure)) for failure in failed]
    if outcome.left:
        lines.append(words.IMPORT_LEFT.format(left=outcome.left))
    return "\n".join(lines)


def show_offer(number: int, offer: Offer) -> str:
    """Return one offer in lines: name, kind, how much it lists, its newest entries."""
    head = words.OFFER.format(number=number, name=name_source(offer.source), kind=words.KINDS[offer.source.kind])
    if offer.source.kind is SourceKind.PAGE:
        return head
    head = words.OFFER_LISTS.format(offer=head, entries=texts.count(offer.listed, "entry", "entries"))
    return "\n".join([head, *(map(_show_entry, offer.newest) if offer.newest else [words.OFFER_EMPTY])])


def show_source(status: SourceStatus) -> str:
    """Return one source in lines: name, host, when it was read, what is wrong, what is let through."""
    # Only the host: the rest of a feed's address can be a secret.
    host = shorten(host_of(status.source.url), _TITLE)
    when = words.SOURCE_READ.format(when=show_instant(status.read_at, "R")) if status.read_at else ""
    line = words.SOURCE.format(name=name_source(status.source), host=host, when=when or words.SOURCE_NEVER_READ)
    filters = show_filters(status.filters)
    return "\n".join(filter(None, [line, _trouble(status), filters and words.SOURCE_FILTERED.format(filters=filters)]))


def show_unwell(status: SourceStatus) -> str:
    """Return one source that fails or is silent, with what can be done."""
    advice = words.FAILURE_ADVICE[status.failure.kind] if status.failure else words.SILENT_ADVICE
    return f"{_named_trouble(status)}\n{words.ADVICE.format(advice=escape(advice))}"


def show_filters(filters: Filters) -> str:
    """Return what filters let through, in one line; nothing where that is everything."""
    named = {
        "keywords": filters.keywords,
        "without": filters.without,
        "authors": filters.authors,
        "sections": filters.sections,
        "languages": filters.languages,
    }
    parts = [words.FILTER_NAMES[name].format(words=_any_of(some)) for name, some in named.items() if some]
    return words.FILTER_AND.join(parts)


def show_failure(failure: Failure) -> str:
    """Return what failed, why, and since when, in one line."""
    reason = words.FAILURE_REASONS[failure.kind]
    if failure.status:
        reason = words.FAILURE_STATUS.format(reason=reason, status=failure.status)
    name = shorten(failure.name, _WORD) or texts.UNTITLED
    if not failure.since:
        return texts.FAILED.format(name=name, reason=reason)
    return texts.FAILED_SINCE.format(name=name, reason=reason, day=show_instant(failure.since, "D"))


def host_of(url: str) -> str:
    """Return the host of an address, nothing where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def show_removed(source: Source, left: Sequence[SourceStatus], digests: Sequence[Subscription]) -> str:
    """Return the sentences for a source that is followed no more, and which digests have none left thereby."""
    ids = {one.source.id for one in left}
    emptied = [one for one in digests if source.id in one.source_ids and ids.isdisjoint(one.source_ids)]
    said = words.SOURCE_REMOVED.format(name=name_source(source))
    if not emptied:
        return said
    return f"{said}\n{words.SOURCE_WAS_ALL.format(digests=show_names([one.name for one in emptied]))}"


def name_source(source: Source) -> str:
    """Return what a source is called, shortened and escaped: its name, else the host of its address."""
    return shorten(source.name, _NAME) or shorten(host_of(source.url), _NAME) or texts.UNTITLED


def _any_of(some: Sequence[str]) -> str:
    shown = [f"“{shorten(one, _WORD)}”" for one in some[:_WORDS]]
    if len(some) > _WORDS:
        shown.append(words.FILTER_MORE.format(number=len(some) - _WORDS))
    return words.FILTER_OR.join(shown)


def _named_trouble(status: SourceStatus) -> str:
    # A failure begins with its name.
    return _trouble(status) if status.failure else f"**{name_source(status.source)}** · {_trouble(status)}"


def _trouble(status: SourceStatus) -> str:
    if status.failure:
        is_gone = status.failure.kind is FailureKind.GONE
        paused = words.SOURCE_GONE if is_gone else words.SOURCE_PAUSED
        return (paused if status.is_paused else words.SOURCE_FAILS).format(failure=show_failure(status.failure))
    return words.SOURCE_SILENT.format(day=show_instant(status.silent_since, "D")) if status.silent_since else ""


def _title(entry: Entry) -> str:
    # Of an address only the host: where a source is one page, it is the source's own.
    return shorten(entry.title, _TITLE) or shorten(host_of(entry.url), _TITLE) or texts.UNTITLED


def _show_entry(entry: Entry) -> str:
    title = _title(entry)
    if entry.published_at is None:
        return words.OFFER_ENTRY.format(title=title)
    return words.OFFER_ENTRY_AT.format(title=title, when=show_instant(entry.published_at, "R"))


def _list(title: str, blocks: Sequence[str], joint: str = "\n\n") -> Message:
    shown = fit_lines(blocks, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number), joint=joint)
    return Message(embeds=(Embed(title=title, description=shown, color=_COLOR),))
