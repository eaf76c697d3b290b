"""A digest that is being set up, as sentences, and the last seven days as it would have been. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.render.days import short_day
from bot.render.digests import show_settings, show_times
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.text import escape, shorten
from bot.texts import ledger, setup as words
from digest.model import EVERY_DAY, PastDay, Story, Subscription, Week

_COLOR = 0x4A90D9
_NAME = 60
_HEADLINE = 120
_HEADLINES = 3
_MOST_NAMED = 10
_RULES = 800  # of each list: both stand in a message of 2000
_ROOM = 3900  # of the description; title and content take little beside


class Step(StrEnum):
    """What of a digest is chosen at a time, in the order of the walk."""

    CHANNEL = "channel"
    TIMES = "times"
    LOOK = "look"
    SOURCES = "sources"
    MORE = "more"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Panel:
    """A set-up as somebody sees it: the digest as it stands, where `channel_id` 0, no times, no zone are not chosen.

    `source_names` are those of its sources that are followed, none where it takes all `followed` ones; `warnings` are
    sentences about what would not work, and `note` is what was just done.
    """

    order: Subscription
    step: Step
    source_names: tuple[str, ...] = ()
    followed: int = 0
    warnings: tuple[str, ...] = ()
    note: str = ""


def render_panel(panel: Panel) -> Message:
    """Return the set-up: every decision as a sentence, what would not work, and what to do in this step."""
    steps = list(Step)
    title = words.TITLE.format(number=steps.index(panel.step) + 1, steps=len(steps), step=words.STEPS[panel.step.value])
    lines = [
        *show_order(panel),
        *(words.WARNING.format(warning=warning) for warning in panel.warnings),
        words.HINT.format(hint=words.HINTS[panel.step.value]),
        words.HINT.format(hint=words.SAVED_BEFORE if panel.order.id else words.SAVED_NOT),
    ]
    shown = fit_lines(lines, _ROOM, lambda number: texts.MORE.format(number=number))
    return Message(panel.note, (Embed(title=title, description=shown, color=_COLOR),))


def show_order(panel: Panel) -> list[str]:
    """Return what a digest being set up is to be, a sentence each."""
    one, name = panel.order, shorten(panel.order.name, _NAME)
    where = words.GOES_TO if one.channel_id else words.GOES_NOWHERE
    return [
        where.format(name=name, channel_id=one.channel_id),
        _show_when(one),
        _show_sources(panel),
        words.LOOKS[one.style].format(stories=texts.count(one.max_stories, "story", "stories")),
        words.PINGS.format(role_id=one.role_id) if one.role_id else words.PINGS_NOBODY,
        *show_settings(one),
        ledger.SETUP_ANSWERS if one.answers_due else ledger.SETUP_NO_ANSWERS,
        show_rules(one),
    ]


def show_rules(one: Subscription) -> str:
    """Return of what there is to be more and less: "More: port strike. Less: football."; of very many some."""
    lists = ((words.MORE_OF, one.keywords), (words.LESS_OF, one.less))
    shown = [text.format(words=_fit_words(rules)) for text, rules in lists if rules]
    return " ".join(shown) or words.NO_RULES


def show_weekdays(weekdays: Sequence[int]) -> str:
    """Return the days on which a digest comes: "every day", "on Monday, Friday"."""
    if set(weekdays) == set(EVERY_DAY):
        return words.EVERY_DAY
    return words.ON_DAYS.format(days=", ".join(texts.DAYS[day] for day in sorted(set(weekdays))))


def render_week(name: str, week: Week, *, more: int = _HEADLINES) -> Message:
    """Return the days, newest first, each with how many stories it would have had and its first headlines.

    Under it how many of the pages of these days are read.
    """
    title = words.WEEK_TITLE.format(name=shorten(name, _NAME))
    blocks = ["\n".join(_show_day(day, more)) for day in week.days]
    shown = fit_lines([*blocks, show_progress(week)], _ROOM, lambda number: texts.MORE.format(number=number))
    if len(week.days) and show_progress(week) not in shown and more:
        return render_week(name, week, more=more - 1)
    return Message(embeds=(Embed(title=title, description=shown, color=_COLOR),))


def show_progress(week: Week) -> str:
    """Return how many of the pages of these days are read, and what to do where some are not yet."""
    pages = texts.count(week.pages_read + week.pages_waiting, "page")
    if week.pages_waiting:
        return words.WEEK_READING.format(read=week.pages_read, pages=pages, again=words.WEEK_AGAIN)
    return words.WEEK_ALL_READ.format(pages=pages) if week.pages_read else words.WEEK_NO_PAGES


def stories_of(day: PastDay) -> tuple[Story, ...]:
    """Return the stories of all digests of a day, in their order."""
    return tuple(story for digest in day.digests for story in digest.stories)


def count_stories(day: PastDay) -> str:
    """Return how many stories a day would have had, "4 stories"."""
    return texts.count(len(stories_of(day)), "story", "stories")


def _fit_words(rules: Sequence[str]) -> str:
    listed = [escape(rule) for rule in rules]
    return fit_lines(listed, _RULES, lambda number: words.MORE_WORDS.format(number=number), joint=", ")


def _show_when(one: Subscription) -> str:
    if not one.times:
        return words.COMES_NEVER
    text = words.COMES_AT if one.zone else words.COMES_AT_NO_ZONE
    return text.format(times=show_times(one.times), zone=escape(one.zone), days=show_weekdays(one.weekdays))


def _show_sources(panel: Panel) -> str:
    if not panel.order.source_ids:
        return words.FROM_ALL.format(sources=panel.followed)
    if not panel.source_names:
        return words.FROM_GONE
    shown = [shorten(name, _NAME) for name in panel.source_names[:_MOST_NAMED]]
    names = ", ".join(shown)
    if rest := len(panel.source_names) - len(shown):
        names = words.FROM_SOME_MORE.format(names=names, number=rest)
    return words.FROM_SOME.format(sources=texts.count(len(panel.source_names), "source"), names=names)


def _show_day(day: PastDay, most: int) -> list[str]:
    name, stories = short_day(day.day), stories_of(day)
    if not day.digests:
        return [words.WEEK_DAY_NONE.format(day=name)]
    if not stories:
        return [words.WEEK_DAY_EMPTY.format(day=name)]
    headlines = [shorten(story.headline, _HEADLINE) or texts.UNTITLED for story in stories[:most]]
    lines = [words.WEEK_DAY.format(day=name, stories=count_stories(day))]
    lines += [words.WEEK_HEADLINE.format(headline=headline) for headline in headlines]
    return [*lines, *([words.WEEK_MORE.format(number=len(stories) - most)] if len(stories) > most else [])]
