"""Date expressions, each with the days that it covers.

A date that names its day, month, quarter, year or term is firm (source ``date``). One that leans on the day of publication
or on another date (`năm ngoái`, `hiện nay`, `cùng kỳ`, `hằng năm`) has the source ``date-relative`` and half the score.
"""

from __future__ import annotations

import re
from datetime import date

from viet_report_ie.mentions.dates_calendar import OPEN, safe_date
from viet_report_ie.mentions.dates_grammar import load_grammar
from viet_report_ie.mentions.dates_values import BUILDERS, Reading, Scene
from viet_report_ie.mentions.mention import Interval, Mention
from viet_report_ie.text.article import Article

__all__ = ["FIRM", "RELATIVE", "find_dates"]

FIRM, RELATIVE = "date", "date-relative"

_BRACKET = re.compile(r" ?\(")
_TO = re.compile(r" (?:đến|tới|-) ")


def find_dates(article: Article, published: date | None = None) -> list[Mention]:
    """Return every date expression of the article in order; `published` anchors what is not a full date.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> [mention.value for mention in find_dates(read("Sáng 19-7, đại hội khai mạc"), date(2020, 7, 19))]
    [Interval(date_from=datetime.date(2020, 7, 19), date_to=datetime.date(2020, 7, 19))]
    """
    grammar = load_grammar()
    text = article.text
    scene = Scene(text, _lower(text), published)
    readings: list[Reading] = []
    position = 0
    while match := grammar.scan.search(scene.lower, position):
        rule = str(match.lastgroup)[:-1]
        parsed = grammar.rules[rule].match(scene.lower, match.start())
        reading = BUILDERS[rule](parsed, scene) if parsed else None
        position = reading.end if reading else match.start() + 1
        if reading:
            readings.append(reading)
            scene.last = reading
    _borrow(readings, scene.lower)
    return [
        Mention("DATE", r.start, r.end, FIRM if r.firm else RELATIVE, 1.0 if r.firm else 0.5, r.interval)
        for r in readings
    ]


def _lower(text: str) -> str:
    lower = text.lower()
    # A few capitals outside Vietnamese grow when lowered; offsets must not move.
    return (
        lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    )


def _borrow(readings: list[Reading], text: str) -> None:
    """Complete a date by the one that it is joined to: `từ 6/6 đến 19/6/2018`, `hôm nay (27/4/2019)`."""
    for i in range(len(readings) - 2, -1, -1):
        left, right = readings[i], readings[i + 1]
        between = text[left.end : right.start]
        if right.interval.date_to is None:
            continue
        if not left.firm and left.unit == "ngày" and left.interval == OPEN and _BRACKET.fullmatch(between):
            left.interval = right.interval
        elif _TO.fullmatch(between) and left.day and right.interval.date_from:
            left.interval = _before(left, right.interval.date_from) or left.interval


def _before(left: Reading, limit: date) -> Interval | None:
    """Return the last day not after `limit` that fits a day with or without its month."""
    if left.day is None or left.full:
        return None
    month = left.month or limit.month
    day = safe_date(limit.year, month, left.day)
    if day and day > limit:
        day = safe_date(limit.year - 1, month, left.day) if left.month else None
    return Interval(day, day) if day else None
