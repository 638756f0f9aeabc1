"""Calendar arithmetic of the date grammar: words to numbers, and steps from the day of publication."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from viet_report_ie.mentions.mention import Interval

__all__ = [
    "OPEN",
    "cut",
    "days_of_month",
    "half_open",
    "months",
    "nearest_month",
    "nearest_year",
    "parse_number",
    "safe_date",
    "shift_months",
    "step",
    "week",
    "weekend",
    "years",
]

OPEN = Interval()
"""Days that the text does not fix."""

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = {"mười": 10, "hăm": 20, "băm": 30}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_NEAR, _FAR = 75, 180
_MONTH_NEAR = 20
_FIRST_YEAR, _LAST_YEAR = 100, 2200


def parse_number(text: str) -> int | None:
    """Return the number that digits, number words or a roman numeral write; years may be read digit by digit.

    Examples
    --------
    >>> [parse_number(words) for words in ("hai mươi mốt", "hai nghìn lẻ năm", "một chín bảy lăm", "xix")]
    [21, 2005, 1975, 19]
    """
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    if all(letter in _ROMAN for letter in text):
        values = [_ROMAN[letter] for letter in text]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    total, chunks = 0, list[int]()
    for word in text.split():
        if word in _UNITS:
            # After `mươi` a unit joins its ten; elsewhere it is a digit of its own.
            if chunks and chunks[-1] >= 10 and chunks[-1] % 10 == 0 and _UNITS[word]:
                chunks[-1] += _UNITS[word]
            else:
                chunks.append(_UNITS[word])
        elif word in _TENS:
            chunks.append(_TENS[word])
        elif word == "mươi" and chunks:
            chunks[-1] *= 10
        elif word in ("trăm", "nghìn", "ngàn") and chunks:
            total += chunks.pop() * (100 if word == "trăm" else 1000)
        elif word not in ("linh", "lẻ", "mươi"):
            return None
    digits = "".join(map(str, chunks))
    if total:
        return total + int(digits or 0) if len(digits) <= 2 else None
    return int(digits) if 0 < len(digits) <= 4 else None


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has no such day.

    Examples
    --------
    >>> safe_date(2019, 2, 29)
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_of_month(year: int, month: int) -> int:
    """Return how many days the month has."""
    return calendar.monthrange(year, month)[1]


def months(year: int, first: int, last: int) -> Interval:
    """Return the days from the first day of one month to the last day of another of the same year.

    Examples
    --------
    >>> months(2019, 1, 6)
    Interval(date_from=datetime.date(2019, 1, 1), date_to=datetime.date(2019, 6, 30))
    """
    return Interval(date(year, first, 1), date(year, last, days_of_month(year, last)))


def years(first: int, last: int) -> Interval:
    """Return the days of a span of years; open when the years are no years or run backwards."""
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        return OPEN
    return Interval(date(first, 1, 1), date(last, 12, 31))


def half_open(interval: Interval) -> Interval:
    """Keep only the end: `hết năm 2020` says when it ends, not when it starts."""
    return Interval(None, interval.date_to)


def cut(interval: Interval, low: int, high: int) -> Interval:
    """Return the part of an interval between two hundredths of its length, in whole months where it is long.

    Examples
    --------
    >>> cut(months(2019, 1, 12), 67, 100).date_from
    datetime.date(2019, 9, 1)
    """
    first, last = interval.date_from, interval.date_to
    if first is None or last is None:
        return OPEN
    length = (last - first).days + 1
    if length >= 89:
        span = round(length / 30.44)
        start = shift_months(first, round(span * low / 100))
        return Interval(start, shift_months(first, round(span * high / 100)) - timedelta(1))
    return Interval(first + timedelta(length * low // 100), first + timedelta(length * high // 100 - 1))


def shift_months(day: date, count: int) -> date:
    """Return the same day some months on, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, days_of_month(year, month + 1)))


def week(day: date) -> Interval:
    """Return the week, Monday to Sunday, that the day lies in."""
    monday = day - timedelta(day.weekday())
    return Interval(monday, monday + timedelta(6))


def weekend(interval: Interval) -> Interval:
    """Return the Saturday and Sunday of a week."""
    sunday = interval.date_to
    return Interval(sunday - timedelta(1), sunday) if sunday else OPEN


def step(unit: str, count: int, anchor: date) -> Interval:
    """Return the day, week, month, quarter, year, decade or century that lies so many steps from the anchor.

    Examples
    --------
    >>> step("quý", -1, date(2020, 2, 3))
    Interval(date_from=datetime.date(2019, 10, 1), date_to=datetime.date(2019, 12, 31))
    """
    if unit in ("ngày", "hôm"):
        day = anchor + timedelta(count)
        return Interval(day, day)
    if unit == "tuần":
        return week(anchor + timedelta(7 * count))
    if unit == "năm":
        return years(anchor.year + count, anchor.year + count)
    if unit in ("thập niên", "thập kỷ"):
        first_year = (anchor.year // 10 + count) * 10
        return years(first_year, first_year + 9)
    if unit == "thế kỷ":
        first_year = ((anchor.year - 1) // 100 + count) * 100 + 1
        return years(first_year, first_year + 99)
    first = anchor.replace(day=1)
    if unit == "quý":
        first = shift_months(first.replace(month=(first.month - 1) // 3 * 3 + 1), 3 * count)
        return months(first.year, first.month, first.month + 2)
    first = shift_months(first, count)
    return months(first.year, first.month, first.month)


def nearest_month(day: int, anchor: date) -> date | None:
    """Return the day of a month that is not named: of the anchor's, but at the turn of the month.

    Examples
    --------
    >>> nearest_month(15, date(2021, 3, 10)), nearest_month(28, date(2021, 3, 2))
    (datetime.date(2021, 3, 15), datetime.date(2021, 2, 28))
    """
    own = safe_date(anchor.year, anchor.month, day)
    if own is not None and abs((own - anchor).days) <= _MONTH_NEAR:
        return own
    other = shift_months(anchor.replace(day=1), -1 if day > anchor.day else 1)
    near = safe_date(other.year, other.month, day)
    return near if near is not None and abs((near - anchor).days) <= _MONTH_NEAR else own


def nearest_year(month: int, day: int, anchor: date) -> int | None:
    """Return the year that a day and month without one are in: the anchor's, but at the turn of the year.

    A day of last year that has just passed, or of next year that comes soon, is nearer than one far off in
    the anchor's own year.

    Examples
    --------
    >>> nearest_year(12, 30, date(2021, 1, 4)), nearest_year(11, 20, date(2021, 3, 10))
    (2020, 2021)
    """
    gaps = {
        year: abs((when - anchor).days)
        for year in (anchor.year + k for k in (-1, 0, 1))
        if (when := safe_date(year, month, day))
    }
    own = gaps.get(anchor.year)
    near = [year for year, gap in gaps.items() if gap <= _NEAR]
    if own is not None and (own <= _FAR or not near):
        return anchor.year
    return near[0] if near else min(gaps, key=lambda year: gaps[year], default=None)
