"""Date expressions, each with the days that it covers.

A date that names its day, month, quarter, year or term is firm (source ``date``). One that leans on the
day of publication or on another date (`năm ngoái`, `hiện nay`, `cùng kỳ`, `hằng năm`) has the source
``date-relative`` and half the score.
"""

from __future__ import annotations

import re
from datetime import date

from viet_report_ie.mentions.dates_calendar import OPEN, months, safe_date
from viet_report_ie.mentions.dates_days import DAYS
from viet_report_ie.mentions.dates_grammar import DATED_NUMBER, load_rules
from viet_report_ie.mentions.dates_periods import PERIODS
from viet_report_ie.mentions.dates_reading import Reading, Scene
from viet_report_ie.mentions.dates_relative import RELATIVES
from viet_report_ie.mentions.mention import Interval, Mention
from viet_report_ie.text.article import Article

__all__ = ["FIRM", "RELATIVE", "find_dates"]

FIRM, RELATIVE = "date", "date-relative"

_BUILDERS = DAYS | PERIODS | RELATIVES
_BRACKET = re.compile(r" ?\(")
_TO = re.compile(r" ?(?:đến|tới|-) ")
_JOINED = re.compile(r"[0-9][.,/-]")


def find_dates(article: Article, published: date | None = None) -> list[Mention]:
    """Return every date expression of the article in order; `published` anchors what is not a full date.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> [mention.value for mention in find_dates(read("Sáng 19-7, đại hội khai mạc"), date(2020, 7, 19))]
    [Interval(date_from=datetime.date(2020, 7, 19), date_to=datetime.date(2020, 7, 19))]
    """
    rules = load_rules()
    scene = Scene(article.text, _lower(article.text), published)
    lower = scene.lower
    readings: list[Reading] = []
    position = 0
    for start, end in article.tokens:
        if start < position or (start and lower[start - 1].isalnum()):
            continue
        word = lower[start:end]
        tried = rules.get("0" if word[0].isdecimal() else word)
        if tried is None or (start > 1 and _JOINED.match(lower, start - 2)):
            continue
        if word[0].isdecimal() and not DATED_NUMBER.match(lower, start):
            continue
        for rule in tried:
            match = rule.pattern.match(lower, start)
            reading = _BUILDERS[rule.name](match, scene) if match else None
            if reading:
                readings.append(reading)
                scene.last = reading
                position = reading.end
                break
    _borrow(readings, lower)
    return [
        Mention("DATE", r.start, r.end, FIRM if r.firm else RELATIVE, 1.0 if r.firm else 0.5, r.interval)
        for r in readings
    ]


def _lower(text: str) -> str:
    lower = text.lower()
    # A few capitals outside Vietnamese grow when lowered; offsets must not move.
    return (
        lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def _borrow(readings: list[Reading], text: str) -> None:
    """Complete a date by the one that it is joined to: `từ 6/6 đến 19/6/2018`, `hôm nay (27/4/2019)`."""
    for left, right in zip(readings[-2::-1], readings[:0:-1], strict=True):
        between = text[left.end : right.start]
        if right.interval.date_from is None or len(between) > 8:
            continue
        if not left.firm and left.unit == "ngày" and left.interval == OPEN and _BRACKET.fullmatch(between):
            left.interval = right.interval
        elif not left.full and _TO.fullmatch(between):
            left.interval = _before(left, right.interval.date_from) or left.interval


def _before(left: Reading, limit: date) -> Interval | None:
    """Return the last day or month that a date without its year, or its month, can name up to `limit`."""
    if left.day is None and left.month is None:
        return None
    for year in (limit.year, limit.year - 1):
        month = left.month or limit.month
        if left.day is None:
            interval = months(year, month, month)
        else:
            day = safe_date(year, month, left.day)
            interval = Interval(day, day) if day else OPEN
        if interval.date_from and interval.date_from <= limit:
            return interval
        if left.month is None:
            return None
    return None
