"""On which day of a year a holiday falls."""

from datetime import date


def holiday_in(year: int, name: str) -> date:
    """Return the day of Christmas, New Year, Thanksgiving or Easter, by its name in lower case."""
    if name.startswith("christmas"):
        return date(year, 12, 24 if name.endswith("eve") else 25)
    if name.startswith("new year"):
        return date(year, 12, 31) if name.endswith("eve") else date(year, 1, 1)
    if name.startswith("thanksgiving"):  # the fourth Thursday of November
        return date(year, 11, 22 + (3 - date(year, 11, 1).weekday()) % 7)
    return _easter(year)


def _easter(year: int) -> date:
    # The anonymous Gregorian algorithm, as in Meeus, Astronomical Algorithms, chapter 8.
    century, rest = divmod(year, 100)
    leap, corrected = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * corrected + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
