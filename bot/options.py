"""What people type into options, as values: times, zones, sources, digests, commitments. Pure but for one list."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot import texts
from bot.errors import InputError
from bot.render.commitments import name_kind
from bot.render.digests import show_quiet, show_times
from bot.render.text import clean, shorten, shorten_plain
from bot.texts import digests, ledger, setup, sources as source_words
from digest import quiet_times
from digest.model import Filters, LedgerEntry, SourceStatus, Subscription

MOST_TIMES = 6
MOST_KEYWORDS = 20
LONGEST_KEYWORD = 100
MOST_STORIES = 25
MOST_NAME = 60
MOST_CHOICES = 25
CHOICE_LENGTH = 100
ALL = "all"

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
_TO = re.compile(r"\s*[-–—]\s*|\s+to\s+|\s+until\s+")
_OFFSET = re.compile(r"(?:etc/)?(?:utc|gmt)?_?[-+–\u2212]?\d{1,2}(?::?\d{2})?")
_NUMBER = re.compile(r"(?:no\.?\s*|#)?(\d{1,15})")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SHOWN = 60
_MOST_NUMBERED = 10
_NOON = 12


def parse_times(text: str) -> tuple[time, ...]:
    """Return the times of day in `text`, sorted, each once: "8:00, 18.30", "8", "8 am"."""
    times = sorted({_parse_time(part) for part in re.split(r"[,;]", text)})
    if len(times) > MOST_TIMES:
        raise InputError(texts.TOO_MANY_TIMES.format(most=MOST_TIMES))
    return tuple(times)


def _parse_time(text: str) -> time:
    found = _TIME.fullmatch(text.strip().casefold())
    if not found:
        raise InputError(texts.WRONG_TIME.format(value=_shown(text)))
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % _NOON + _NOON * (half == "pm") if 0 < hour <= _NOON else -1
    try:
        return time(hour, minute)
    except ValueError as error:
        raise InputError(texts.WRONG_TIME.format(value=_shown(text))) from error


def parse_quiet(text: str) -> tuple[time, time] | None:
    """Return when quiet hours begin and end: "22:00-7:00", "10 pm to 7 am"; None where nothing is written."""
    if not text.strip():
        return None
    begin, _, end = _TO.sub("-", text.strip().casefold()).partition("-")
    if begin and end:
        begins, ends = _parse_time(begin), _parse_time(end)
        if begins != ends:
            return begins, ends
    raise InputError(digests.WRONG_QUIET.format(value=_shown(text)))


def check_quiet(wanted: Subscription) -> None:
    """Raise InputError where a digest would come in its own quiet hours."""
    if inside := quiet_times(wanted):
        raise InputError(digests.QUIET_TIME.format(times=show_times(inside), quiet=show_quiet(wanted)))


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all time zones but bare offsets, sorted. The first call reads the disk, others do not.

    Etc/GMT+2 is two hours behind Greenwich, the opposite of what people mean by GMT+2.
    """
    named = (name for name in available_timezones() if "/" in name or name == "UTC")
    return tuple(sorted(name for name in named if not _OFFSET.fullmatch(_folded(name))))


def parse_zone(text: str) -> str:
    """Return the zone of this name, whatever its case, or the only one whose city is called so.

    It may be written as lists show it, with what its clocks show.
    """
    wanted = _folded(text.partition(" · ")[0])
    if _OFFSET.fullmatch(wanted):
        raise InputError(texts.OFFSET_ZONE.format(value=_shown(text)))
    named = [zone for zone in zones() if _folded(zone) == wanted]
    named = named or [zone for zone in zones() if _folded(zone).rpartition("/")[2] == wanted]
    if not named:
        raise InputError(texts.WRONG_ZONE.format(value=_shown(text)))
    if len({_offsets(zone) for zone in named}) > 1:
        raise InputError(texts.WHICH_ZONE.format(value=_shown(text), zones=", ".join(named)))
    return named[0]


def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    # Many a place has two names (Asia/Istanbul, Europe/Istanbul): their clocks have always shown the same.
    place = ZoneInfo(zone)
    months = (datetime(year, month, 1, tzinfo=UTC) for year in range(1970, 2038) for month in range(1, 13))
    return tuple(month.astimezone(place).utcoffset() for month in months)


def suggest_zones(typed: str) -> tuple[str, ...]:
    """Return the zones to offer: those whose city begins so first, then those that have it anywhere."""
    wanted = _folded(typed)
    ranked = sorted(
        (not _folded(zone).rpartition("/")[2].startswith(wanted), zone) for zone in zones() if wanted in _folded(zone)
    )
    return tuple(zone for _, zone in ranked[:MOST_CHOICES])


def show_zone(zone: str, now: datetime) -> str:
    """Return a zone as the label of a choice, with what its clocks show now: "Europe/Berlin · now 14:05"."""
    return label(setup.ZONE_NOW.format(zone=zone, time=show_times([now.astimezone(ZoneInfo(zone)).time()])))


def parse_name(text: str) -> str:
    """Return what a digest is called, as it will be seen."""
    if name := clean(text)[:MOST_NAME]:
        return name
    raise InputError(setup.NO_NAME.format(value=_shown(text)))


def parse_stories(text: str) -> int:
    """Return how many stories a digest has at most."""
    number = int(text) if text.strip().isdecimal() and len(text.strip()) < _SHOWN else 0
    if not 1 <= number <= MOST_STORIES:
        raise InputError(setup.WRONG_STORIES.format(value=_shown(text)))
    return number


def parse_sources(text: str, followed: Sequence[SourceStatus]) -> tuple[int, ...]:
    """Return the ids of the sources named in `text` by id or name, with commas between; () stands for all."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or [part.casefold() for part in parts] == [ALL]:
        return ()
    return tuple(dict.fromkeys(_parse_source(part, followed) for part in parts))


def parse_keywords(text: str) -> tuple[str, ...]:
    """Return the words or phrases with commas between, each once, in their order."""
    words = _split(text)
    if len(words) > MOST_KEYWORDS:
        raise InputError(texts.TOO_MANY_KEYWORDS.format(most=MOST_KEYWORDS))
    for word in words:
        if len(word) > LONGEST_KEYWORD:
            raise InputError(setup.TOO_LONG_KEYWORD.format(value=_shown(word), most=LONGEST_KEYWORD))
    return words


def pick_source(text: str, followed: Sequence[SourceStatus]) -> SourceStatus:
    """Return the source that is named by id, address or name."""
    source_id = _parse_source(text.strip(), followed)
    return next(one for one in followed if one.source.id == source_id)


def suggest_source(typed: str, followed: Sequence[SourceStatus]) -> tuple[tuple[str, str], ...]:
    """Return the sources to offer where one is wanted, as pairs of label and value."""
    matching = [one.source for one in followed if typed.strip().casefold() in one.source.name.casefold()]
    return tuple((label(source.name), str(source.id)) for source in matching[:MOST_CHOICES])


def parse_filters(keywords: str, without: str, authors: str, sections: str, languages: str) -> Filters:
    """Return filters as they are typed, words or phrases with commas between."""
    codes = _parse_words(languages)
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise InputError(source_words.WRONG_LANGUAGE.format(value=_shown(code)))
    return Filters(
        keywords=_parse_words(keywords),
        without=_parse_words(without),
        authors=_parse_words(authors),
        sections=_parse_words(sections),
        languages=codes,
    )


def _parse_words(text: str) -> tuple[str, ...]:
    words = _split(text)
    if len(words) > MOST_KEYWORDS:
        raise InputError(source_words.TOO_MANY_FILTERS.format(most=MOST_KEYWORDS))
    return words


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(part.split()).lower() for part in text.split(",") if part.strip()))


def _parse_source(text: str, followed: Sequence[SourceStatus]) -> int:
    # Ids first: lists offer them, and a source may be called like another one's number.
    sources = [status.source for status in followed]
    meant = [source for source in sources if str(source.id) == text]
    meant = meant or [source for source in sources if source.url == text]
    meant = meant or [source for source in sources if source.name.casefold() == text.casefold()]
    if not meant:
        raise InputError(texts.WRONG_SOURCE.format(value=_shown(text)))
    if len(meant) > 1:
        numbers = [source_words.NUMBERED.format(id=one.id, kind=source_words.KINDS[one.kind]) for one in meant]
        several = ", ".join(numbers[:_MOST_NUMBERED])
        raise InputError(source_words.WHICH_SOURCE.format(value=_shown(text), numbers=several))
    return meant[0].id


def suggest_sources(typed: str, followed: Sequence[SourceStatus]) -> tuple[tuple[str, str], ...]:
    """Return the choices to offer as pairs of label and value; what stands before the last comma stays."""
    *before, last = [part.strip() for part in typed.split(",")]
    chosen = [one for part in before if (one := _find_source(part, followed))]
    ids = {one.source.id for one in chosen}
    matching = [one for one in followed if last.casefold() in one.source.name.casefold() and one.source.id not in ids]
    choices = [(texts.ALL_SOURCES_CHOICE, ALL)] if not chosen else []
    choices += [_source_choice([*chosen, one]) for one in matching]
    return tuple(choice for choice in choices if len(choice[1]) <= CHOICE_LENGTH)[:MOST_CHOICES]


def _source_choice(chosen: Iterable[SourceStatus]) -> tuple[str, str]:
    sources = [one.source for one in chosen]
    return label(", ".join(source.name for source in sources)), ",".join(str(source.id) for source in sources)


def _find_source(text: str, followed: Sequence[SourceStatus]) -> SourceStatus | None:
    return next((one for one in followed if text in (str(one.source.id), one.source.name)), None)


def pick_subscription(
    text: str | None, subscriptions: Sequence[Subscription], channel_id: int | None = None
) -> Subscription:
    """Return the digest that is meant: by id or name, else the only one; of several the only one of this channel."""
    if text:
        return _named_subscription(text, subscriptions, channel_id)
    here = [one for one in subscriptions if one.channel_id == channel_id]
    for candidates in (subscriptions, here):
        if len(candidates) == 1:
            return candidates[0]
    raise InputError(texts.WHICH_DIGEST if subscriptions else texts.NO_DIGEST)


def _named_subscription(text: str, subscriptions: Sequence[Subscription], channel_id: int | None) -> Subscription:
    # Ids first: lists offer them, and a digest may be called like another one's number.
    meant = [one for one in subscriptions if text == str(one.id)]
    meant = meant or [one for one in subscriptions if one.name.casefold() == text.casefold()]
    if not meant:
        raise InputError(texts.WRONG_DIGEST.format(value=_shown(text)))
    here = [one for one in meant if one.channel_id == channel_id]
    for candidates in (meant, here):
        if len(candidates) == 1:
            return candidates[0]
    raise InputError(texts.SAME_DIGESTS.format(value=_shown(text)))


def parse_number(text: str) -> int | None:
    """Return the number of a commitment, as lists show it or by itself; None for words."""
    found = _NUMBER.fullmatch(text.strip().casefold())
    return int(found[1]) if found else None


def pick_commitment(text: str, found: Sequence[LedgerEntry]) -> LedgerEntry:
    """Return the only commitment that was found by these words."""
    if len(found) != 1:
        raise InputError((ledger.WHICH_COMMITMENT if found else ledger.WRONG_COMMITMENT).format(value=_shown(text)))
    return found[0]


def suggest_commitments(found: Sequence[LedgerEntry]) -> tuple[tuple[str, str], ...]:
    """Return commitments as choices, pairs of label and value."""
    return tuple((label(_described(entry)), str(entry.id)) for entry in found)


def _described(entry: LedgerEntry) -> str:
    newest = entry.newest
    who = ", ".join(newest.actors)
    words = ledger.CHOICE_WHO.format(who=who, what=newest.what) if who else newest.what
    return ledger.CHOICE.format(id=entry.id, kind=name_kind(newest), words=words)


def label(text: str) -> str:
    """Return the text as the label of a choice, never empty, and shortened to what Discord takes."""
    return shorten_plain(text, CHOICE_LENGTH) or texts.UNTITLED


def _folded(text: str) -> str:
    return text.strip().casefold().replace(" ", "_")


def _shown(text: str) -> str:
    return shorten(text, _SHOWN)
