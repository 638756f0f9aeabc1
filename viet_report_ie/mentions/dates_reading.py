"""What the builders of date expressions share: the text around an expression, and the expression as read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.dates_calendar import (
    cut,
    half_open,
    nearest_year,
    parse_number,
    safe_date,
    weekend,
)
from viet_report_ie.mentions.mention import Interval

__all__ = [
    "Builder",
    "Match",
    "Reading",
    "Scene",
    "anchored",
    "finish",
    "get",
    "one",
    "stated",
    "table",
    "words",
    "year_of",
]

_PIVOT = 40
"""From here on two digits are a year of the last century: `2/9/45`."""
_LAST_WORDS = re.compile(r"\w+|[^\w ]")
_NEXT_WORD = re.compile(r" ?(\w+|[^\w ])")


@dataclass
class Reading:
    """One expression as read; `day` and `month` are what it says, `full` whether it says its year."""

    start: int
    end: int
    interval: Interval
    firm: bool = True
    unit: str = ""
    day: int | None = None
    month: int | None = None
    full: bool = False


@dataclass
class Scene:
    """The text around an expression, the anchor, and the expression read last."""

    text: str
    lower: str
    published: date | None
    last: Reading | None = None

    def before(self, start: int) -> list[str]:
        """Return the last one or two words or signs before an offset, in order."""
        return _LAST_WORDS.findall(self.lower[max(0, start - 24) : start])[-2:]

    def after(self, end: int) -> str:
        """Return the word or sign after an offset; empty at the end."""
        found = _NEXT_WORD.match(self.lower, end)
        return found.group(1) if found else ""


Match = re.Match[str]
Builder = Callable[[Match, Scene], "Reading | None"]


@cache
def table(family: str, key: str) -> dict[str, Any]:
    """Return rows of the lexicon as a mapping from their first column."""
    return {row[0]: row[1] if len(row) == 2 else tuple(row[1:]) for row in load_toml("dates")[family][key]}


@cache
def words(family: str, key: str) -> frozenset[str]:
    """Return a list of the lexicon as a set."""
    return frozenset(load_toml("dates")[family][key])


def get(match: Match, name: str) -> str | None:
    """Return a group, or None where the pattern has no such group."""
    return match.group(name) if name in match.re.groupindex else None


def stated(match: Match) -> bool:
    """Tell whether the expression writes its year."""
    return any(get(match, name) for name in ("y", "yw", "my"))


def year_of(match: Match, scene: Scene) -> int | None:
    """Return the year that the expression writes, or that its step reaches from the anchor."""
    for name in ("y", "yw", "my"):
        written = get(match, name)
        if written:
            year = parse_number(written)
            return year + (2000 if year < _PIVOT else 1900) if year is not None and year < 100 else year
    word = get(match, "year_step")
    return scene.published.year + int(table("steps", "words")[word]) if word and scene.published else None


def one(day: date | None) -> Interval:
    """Return the interval of a single day, open where there is none."""
    return Interval(day, day)


def anchored(month: int, day: int, match: Match, scene: Scene) -> date | None:
    """Return the day in the year that the text or the anchor gives."""
    year = year_of(match, scene)
    if year is None and not get(match, "year_step") and scene.published:
        year = nearest_year(month, day, scene.published)
    return safe_date(year, month, day) if year else None


def finish(match: Match, interval: Interval, firm: bool = True, **fields: Any) -> Reading:
    """Cut the interval by its cutting word (`đầu`, `hết`) and wrap it up."""
    word = get(match, "cut")
    bounds = load_toml("dates")["cuts"].get(word) if word else None
    if bounds:
        is_weekend = word == "cuối" and get(match, "unit") == "tuần"
        interval = weekend(interval) if is_weekend else cut(interval, *bounds)
    elif bounds is not None:
        interval = half_open(interval)
    firm = firm and not get(match, "year_step")
    return Reading(match.start(), match.end(), interval, firm, full=stated(match), **fields)
