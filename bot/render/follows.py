"""What members follow: the messages that tell them of it, the list of it, and the file of what is kept. Pure."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import texts
from bot.render import limits
from bot.render.cards import card_of
from bot.render.commitments import entry_of, show_commitment, show_names
from bot.render.days import find_zone, show_instant
from bot.render.digests import show_quiet
from bot.render.fitting import fit_lines
from bot.render.ids import custom_id
from bot.render.message import Embed, Message
from bot.render.quotes import show_quote_of
from bot.render.text import escape, shorten, shorten_plain
from bot.texts import follows as words
from digest.model import Alert, AlertRecord, Brief, Card, Fit, Follow, FollowStatus, MemberRecord, Story

STOP_ACT = "follow-stop"

_COLOR = 0x4A90D9
_NAME = 100
_SERVER = 60
_BUTTON = 80
_BUTTONS_IN_A_ROW = 5
_LONGEST_UNIT = 3500  # of a card that shows nothing else
_ROOMS = (1600, 900, 500)
_ROOM_FOR_COUNT = 64
MOST_FILE_BYTES = 8_000_000


def render_alert(alert: Alert, server: str) -> dict[str, Any]:
    """Return the message that tells a member of a server, by its name, what there is of what they follow.

    In Discord's REST form; `user`, where it stands, is the one whom it may mention. Quotes and commitments stand whole
    or are counted, and so are articles that there is no room for.
    """
    together: dict[Brief, list[Fit]] = defaultdict(list)
    for fit in alert.fits:
        together[fit.brief].append(fit)
    has_several = len(alert.follows) > 1
    layouts = ([_card(fits, room, is_named=has_several) for fits in together.values()] for room in _ROOMS)
    embeds = next((cards for cards in layouts if _fits(cards)), None)
    if embeds is None:
        embeds = _first_of([_card(fits, _ROOMS[-1], is_named=has_several) for fits in together.values()])
    message = Message(_content(alert, server, len(together), len(together) - len(embeds)), tuple(embeds))
    mention = {} if alert.is_direct else {"user": alert.user_id}
    return message.to_dict() | {"components": _stop_buttons(alert.follows)} | mention


def render_follows(statuses: Sequence[FollowStatus]) -> Message:
    """Return what a member follows: since when, where it is told and when not, how often it was, why it is paused."""
    if not statuses:
        return Message(words.LIST_NOTHING)
    lines = [show_follow(one) for one in statuses]
    shown = fit_lines(lines, limits.DESCRIPTION, lambda number: texts.MORE.format(number=number), joint="\n\n")
    return Message(embeds=(Embed(title=words.LIST_TITLE, description=shown, color=_COLOR),))


def show_follow(one: FollowStatus) -> str:
    """Return one follow in a few lines."""
    follow = one.follow
    place = words.PLACE_DIRECT if follow.is_direct else words.PLACE_HERE.format(channel_id=follow.channel_id)
    line = words.LINE.format(
        words=show_words(follow), kind=words.KINDS[follow.kind], since=show_instant(one.since, "D"), place=place
    )
    quiet = show_quiet(follow)
    return "\n".join(
        [
            line,
            *([words.LINE_QUIET.format(quiet=quiet, zone=follow.zone)] if quiet else ()),
            words.LINE_TOLD.format(articles=texts.count(one.told, "article")),
            *([words.LINE_PAUSED.format(why=_pause(one))] if one.paused_because else ()),
        ]
    )


def show_added(follow: Follow, *, is_guessed: bool) -> str:
    """Return the sentences for who follows something from now on: what comes where, and when not."""
    place = words.COMES_DIRECT if follow.is_direct else words.COMES_HERE.format(channel_id=follow.channel_id)
    kind, quiet = words.KINDS[follow.kind], show_quiet(follow)
    sentences = [
        words.ADDED.format(words=show_words(follow), kind=kind, tells=words.TELLS[follow.kind].format(place=place)),
        words.GUESSED.format(kind=kind) if is_guessed else "",
        words.QUIET.format(quiet=quiet, zone=follow.zone) if quiet else "",
        words.FROM_NOW_ON,
    ]
    return "\n".join(filter(None, sentences))


def show_greeting(follow: Follow, server: str) -> str:
    """Return what is written to a member first, where they are going to be told."""
    return words.GREETING.format(words=show_words(follow), server=_server(server))


def show_words(follow: Follow) -> str:
    """Return what is followed, escaped."""
    return shorten(follow.words, _NAME)


def show_kept(record: MemberRecord) -> dict[str, str]:
    """Return how many follows and messages are kept, in words."""
    return {
        "follows": texts.count(len(record.follows), "follow"),
        "alerts": texts.count(len(record.alerts), "message"),
    }


def write_member(record: MemberRecord, *, guild_id: int, user_id: int, now: datetime) -> tuple[bytes, bool]:
    """Return all that is kept of a member as a JSON file, and whether it has all of the messages, else the newest."""
    head = {
        "member": str(user_id),
        "server": str(guild_id),
        "exported_at": now.isoformat(),
        "follows": [_follow_row(one) for one in record.follows],
    }
    room = MOST_FILE_BYTES - len(json.dumps(head))
    rows: list[dict[str, Any]] = []
    for one in reversed(record.alerts):
        row = _alert_row(one)
        room -= 2 * len(json.dumps(row)) + 2  # indented it is longer
        if room < 0:
            break
        rows.append(row)
    written = json.dumps(head | {"messages": rows[::-1]}, ensure_ascii=True, indent=1)
    return written.encode(), len(rows) == len(record.alerts)


def _follow_row(one: FollowStatus) -> dict[str, Any]:
    follow = one.follow
    return {
        "what": follow.words,
        "kind": follow.kind.value,
        "since": one.since.isoformat(),
        "channel": str(follow.channel_id),
        "is_direct": follow.is_direct,
        "zone": follow.zone,
        "quiet_from": follow.quiet_from and follow.quiet_from.isoformat("minutes"),
        "quiet_until": follow.quiet_until and follow.quiet_until.isoformat("minutes"),
        "articles_told": one.told,
        "paused_because": one.paused_because,
    }


def _alert_row(one: AlertRecord) -> dict[str, Any]:
    return {
        "due_at": one.due_at.isoformat(),
        "state": one.state.value,
        "settled_at": one.settled_at and one.settled_at.isoformat(),
        "failed_because": one.failed_because,
        "message": json.loads(one.payload),
    }


def _content(alert: Alert, server: str, articles: int, left_out: int) -> str:
    names = show_names([follow.words for follow in alert.follows])
    head = words.ALERT_HEAD.format(names=names, articles=texts.count(articles, "article"))
    lines = [
        head if alert.is_direct else words.ALERT_HEAD_MENTION.format(user_id=alert.user_id, head=head),
        words.ALERT_MORE.format(articles=texts.count(left_out, "article")) if left_out else "",
        words.ALERT_WHY.format(names=names, server=_server(server)),
    ]
    return "\n".join(filter(None, lines))


def _card(fits: Sequence[Fit], room: int, *, is_named: bool) -> Embed:
    brief = fits[0].brief
    zone = find_zone(fits[0].follow.zone)
    committed = (*brief.commitments, *brief.withdrawals)
    numbers = {
        name: sorted({number for fit in fits for number in getattr(fit, name)})
        for name in ("quotes", "commitments", "sentences")
    }
    units = [
        *(("quote", show_quote_of(brief, brief.quotes[number])) for number in numbers["quotes"]),
        *(
            ("commitment", show_commitment(entry_of(brief, committed[number]), zone))
            for number in numbers["commitments"]
        ),
        *(("sentence", escape(brief.words(brief.sentences[number].span))) for number in numbers["sentences"]),
    ]
    named = words.CARD_OF.format(names=show_names([fit.follow.words for fit in fits])) if is_named else ""
    frame = card_of(Story(brief.article.title, (replace(brief, card=Card()),)), zone).frame
    return replace(frame, description="\n\n".join(filter(None, (*_whole(units, room), named))))


def _whole(units: Sequence[tuple[str, str]], room: int) -> list[str]:
    kept: list[str] = []
    dropped: dict[str, int] = {}
    for name, text in units:
        size = limits.measure("\n\n".join([*kept, text])) + _ROOM_FOR_COUNT
        if text and size <= (room if kept else _LONGEST_UNIT):
            kept.append(text)
        elif text:
            dropped[name] = dropped.get(name, 0) + 1
    counts = ", ".join(texts.count(number, name) for name, number in dropped.items())
    return [*kept, *([texts.DROPPED.format(units=counts)] if counts else ())]


def _fits(cards: Sequence[Embed]) -> bool:
    room = limits.EMBED_TOTAL - limits.ROOM_FOR_MARK
    return len(cards) <= limits.EMBEDS and sum(map(limits.measure_embed, cards)) <= room


def _first_of(cards: Sequence[Embed]) -> list[Embed]:
    kept: list[Embed] = []
    for card in cards:
        if not _fits([*kept, card]):
            break
        kept.append(card)
    return kept


def _stop_buttons(follows: Sequence[Follow]) -> list[Mapping[str, Any]]:
    buttons = [
        {
            "type": 2,
            "style": 2,
            "label": shorten_plain(words.STOP.format(words=follow.words), _BUTTON),
            "custom_id": custom_id(STOP_ACT, follow.id),
        }
        for follow in follows
    ]
    starts = range(0, len(buttons), _BUTTONS_IN_A_ROW)
    return [{"type": 1, "components": buttons[start : start + _BUTTONS_IN_A_ROW]} for start in starts]


def _server(name: str) -> str:
    return f"**{shorten(name, _SERVER)}**" if shorten(name, _SERVER) else words.ALERT_SERVER


def _pause(one: FollowStatus) -> str:
    return words.CHANNEL_GONE if one.paused_because == texts.ERROR_CHANNEL_GONE else one.paused_because
