"""How often a feed asks to be asked: RSS `ttl`, and the syndication module's period and frequency."""

from datetime import timedelta

_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(days=7)
_ABSURD = timedelta(days=366)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def asked_every(ttl: object, period: object = None, frequency: object = None) -> timedelta | None:
    """Return the longer of both hints, between five minutes and seven days; None where there is none that makes sense.

    `ttl` counts minutes (RSS 2.0); `frequency` says how many times in a period, once where it is silent
    (web.resource.org/rss/1.0/modules/syndication).
    """
    minutes = _number(ttl)
    hints = [timedelta(minutes=minutes)] if minutes else []
    a_period, times = _PERIODS.get(str(period or "").strip().lower()), _number(1 if frequency is None else frequency)
    if a_period and times:
        hints.append(a_period / times)
    sensible = [hint for hint in hints if hint <= _ABSURD]
    return min(max(sensible[0], *sensible, _SHORTEST), _LONGEST) if sensible else None


def _number(value: object) -> int:
    written = str(value or "").strip()
    is_number = written.isascii() and written.isdigit() and len(written) <= 7  # noqa: PLR2004 -- a year has 525,600 minutes
    return int(written) if is_number else 0
