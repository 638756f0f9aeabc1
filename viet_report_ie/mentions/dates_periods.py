"""Builders of months, quarters, parts of a year, years, terms, decades and centuries."""

from __future__ import annotations

import re
from datetime import timedelta

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.dates_calendar import (
    OPEN,
    cut,
    months,
    nearest_year,
    parse_number,
    safe_date,
    step,
    years,
)
from viet_report_ie.mentions.dates_reading import (
    Builder,
    Match,
    Reading,
    Scene,
    finish,
    get,
    one,
    stated,
    table,
    words,
    year_of,
)
from viet_report_ie.mentions.mention import Interval

__all__ = ["PERIODS"]

_CLOSED = frozenset({"", ".", ",", ";", ")", "!", "?", "\n", "-"})
_GROUPED = re.compile(r"[.,:]?[0-9]| [0-9]{3}(?![0-9])|[-/][^\W_]")


def _counted(before: list[str]) -> bool:
    return bool(before) and (before[-1].isdecimal() or before[-1] in words("counts", "counters"))


def _guess(month: int, match: Match, scene: Scene) -> int | None:
    """Return the year that is written, stepped to, or nearest to the anchor."""
    year = year_of(match, scene)
    anchor, near = scene.published, get(match, "near")
    if year is None and near and anchor:
        ahead = int(table("steps", "words")[near]) > 0
        return anchor.year + (ahead and month <= anchor.month) - (not ahead and month > anchor.month)
    if year is None and not get(match, "year_step") and anchor:
        return nearest_year(month, 15, anchor)
    return year


def _month(match: Match, scene: Scene) -> Reading | None:
    month = int(match["m"]) if match["m"].isdecimal() else table("months", "words").get(match["m"])
    before = scene.before(match.start())
    if month is None or (not match["cut"] and (_counted(before) or before[-1:] == ["mạng"])):
        return None
    if not match["m"].isdecimal() and scene.after(match.end()) in (
        "lần",
        "tuần",
        "kỳ",
        "ngày",
        "năm",
        "tháng",
    ):
        return None
    if match["lunar"] or match["m"] in words("months", "lunar"):
        return finish(match, OPEN, unit="tháng")
    last = int(match["m2"]) if match["m2"] else month
    year = _guess(month, match, scene)
    interval = months(year, month, last) if year and month <= last else OPEN
    return finish(match, interval, unit="tháng", month=None if match["m2"] else month)


def _months(match: Match, scene: Scene) -> Reading | None:
    """Read `6 tháng đầu năm 2019`, `các tháng còn lại của năm`."""
    year = year_of(match, scene)
    if year is None and not match["year_step"] and scene.published:
        year = scene.published.year
    count = parse_number(match["count"])
    if count is None or match["side"] == "còn lại":
        return finish(match, OPEN, firm=False, unit="tháng")
    count *= 3 if match["unit"] == "quý" else 1
    if not 1 <= count <= 12:
        return None
    if year is None:
        return finish(match, OPEN, unit="tháng")
    first, last = (1, count) if match["side"] == "đầu" else (13 - count, 12)
    return finish(match, months(year, first, last), unit="tháng")


def _months_of(match: Match, scene: Scene) -> Reading | None:
    count = parse_number(match["count"])
    if not count or count > 12:
        return None
    return finish(match, months(int(match["y"]), 1, count), unit="tháng")


def _bare_month(match: Match, scene: Scene) -> Reading | None:
    before = scene.before(match.start())
    if not 1900 <= int(match["y"]) <= 2199 or (before and before[-1].isdecimal()):
        return None
    if words("bare_month", "never_before") & set(before[-1:]):
        return None
    first, last = int(match["m"]), int(match["m2"] or match["m"])
    start = months(int(match["y"]), first, first)
    end = months(int(match["y2"] or match["y"]), last, last)
    return finish(match, Interval(start.date_from, end.date_to), unit="tháng", month=first)


def _quarter(match: Match, scene: Scene) -> Reading | None:
    names = table("quarters", "words")
    first = int(names[match["q"]])
    second = get(match, "q2")
    last = int(names[second]) if second else first
    year = _guess(first * 3 - 1, match, scene)
    return finish(
        match, months(year, first * 3 - 2, last * 3) if year and first <= last else OPEN, unit="quý"
    )


def _half(match: Match, scene: Scene) -> Reading | None:
    firm = stated(match) or bool(match["m"])
    month = int(match["m"] or 0)
    year = _guess(month, match, scene) if month else year_of(match, scene)
    if year is None and not month and not match["year_step"] and scene.published:
        year = scene.published.year
    if year is None:
        return finish(match, OPEN, firm=firm, unit="tháng")
    whole = months(year, month, month) if month else years(year, year)
    return finish(
        match, cut(whole, *((0, 50) if match["side"] == "đầu" else (50, 100))), firm=firm, unit="tháng"
    )


def _year(match: Match, scene: Scene) -> Reading | None:
    first = parse_number(match["y"])
    last = parse_number(match["y2"]) if match["y2"] else first
    before = scene.before(match.start())
    if first is None or last is None or not 1000 <= first <= last <= 2199:
        return None
    if match["cut"] == "đầu" and before[-1:] == ["lần"]:
        return None
    reading = finish(match, years(first, last), unit="năm")
    if match["head"] == "năm" and match["y2"] and _counted(before):
        # `trong 3 năm 2014-2016`: the word belongs to the count.
        reading.start = match.start("y")
    return reading


def _short_year(match: Match, scene: Scene) -> Reading | None:
    """Read `năm 75`, `năm 938`: only where nothing goes on, for `năm 75 hộ` counts."""
    before, after = scene.before(match.start()), scene.after(match.end())
    if after not in _CLOSED or (before and before[-1] not in words("years", "short_before")):
        return None
    year = year_of(match, scene)
    return finish(match, years(year, year), unit="năm") if year is not None else None


def _nth(match: Match, scene: Scene) -> Reading | None:
    """Read `ngày đầu tiên của tháng 10`, `chủ nhật thứ hai của tháng 5`, `tuần cuối cùng của năm 2020`."""
    whole = _whole(match, scene)
    words_of_place = load_toml("dates")["nth"] | table("edges", "words")
    count = int(words_of_place[match["nth"] or match["edge"]])
    first, last = whole.date_from, whole.date_to
    if first is None or last is None:
        return finish(match, OPEN, firm=stated(match), unit="ngày")
    length = 1 if match["what"] == "ngày" else 7
    if match["what"] in ("ngày", "tuần"):
        start = first + timedelta(length * (count - 1)) if count > 0 else last - timedelta(length - 1)
        days = Interval(start, start + timedelta(length - 1))
    else:
        weekday = int(table("weekdays", "words")[match["what"]])
        ahead, back = (weekday - first.weekday()) % 7, (last.weekday() - weekday) % 7
        days = one(first + timedelta(ahead + 7 * (count - 1)) if count > 0 else last - timedelta(back))
    return finish(match, days, firm=stated(match), unit="ngày")


def _whole(match: Match, scene: Scene) -> Interval:
    """Return the month or year that an ordinal day or week is counted in."""
    steps, anchor = table("steps", "words"), scene.published
    if match["m"]:
        month = int(match["m"]) if match["m"].isdecimal() else int(table("months", "words")[match["m"]])
        year = _guess(month, match, scene)
        return months(year, month, month) if year else OPEN
    if match["my"]:
        year = parse_number(match["my"])
        return years(year, year) if year else OPEN
    unit, word = ("tháng", match["month_step"]) if match["month_step"] else ("năm", match["step"])
    return step(unit, int(steps[word]), anchor) if anchor else OPEN


def _bare_years(match: Match, scene: Scene) -> Reading | None:
    first, last = int(match["y"]), int(match["y2"])
    if not 1800 <= first < last <= 2150 or last - first > 130:
        return None
    if scene.after(match.end()) in words("bare_year", "units"):
        return None
    return finish(match, years(first, last), unit="năm")


def _bare_year(match: Match, scene: Scene) -> Reading | None:
    year = int(match["y"])
    before, after = scene.before(match.start()), scene.after(match.end())
    if (
        not 1900 <= year <= 2100
        or after in words("bare_year", "units")
        or _GROUPED.match(scene.lower, match.end())
    ):
        return None
    if before and (before[-1] in words("bare_year", "never_before") or before[-1].isdecimal()):
        return None
    return finish(match, years(year, year), unit="năm")


def _decade(match: Match, scene: Scene) -> Reading | None:
    number, century = parse_number(match["n"]), parse_number(match["c"]) if match["c"] else None
    if number is None:
        return None
    if match["head"] == "thế kỷ":
        past = scene.lower.startswith((" trước công nguyên", " tcn"), match.end())
        whole = Interval(safe_date(number * 100 - 99, 1, 1), safe_date(number * 100, 12, 31))
        return finish(match, OPEN if past else whole, unit="năm") if 1 <= number <= 30 else None
    if number < 100:
        number += (century - 1) * 100 if century else (1900 if number > 10 else 2000)
    last = int(match["n2"]) if match["n2"] else number
    if number % 10 or last % 10 or not 1000 <= number <= last <= 2190:
        return None
    return finish(match, years(number, last + 9), unit="năm")


PERIODS: dict[str, Builder] = {
    "month": _month,
    "months": _months,
    "months_of": _months_of,
    "bare_month": _bare_month,
    "quarter": _quarter,
    "short_quarter": _quarter,
    "half": _half,
    "year": _year,
    "short_year": _short_year,
    "nth": _nth,
    "term": _year,
    "years": _bare_years,
    "bare_year": _bare_year,
    "decade": _decade,
}
