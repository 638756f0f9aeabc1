"""From a matched date expression to the days that it covers: one builder for each rule of the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.dates_calendar import (
    OPEN,
    cut,
    half_open,
    months,
    nearest_year,
    parse_number,
    safe_date,
    shift_months,
    step,
    years,
)
from viet_report_ie.mentions.mention import Interval

__all__ = ["BUILDERS", "Reading", "Scene"]


@dataclass
class Reading:
    """One expression as read; `day` and `month` are what it says, `full` tells whether its year is in the text."""

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
        """Return the one or two words before an offset, the last two last."""
        return re.findall(r"\w+|[^\w ]", self.lower[max(0, start - 24) : start])[-2:]

    def after(self, end: int) -> str:
        """Return the word or the sign after an offset; empty at the end."""
        found = re.compile(r" ?(\w+|[^\w ])").match(self.lower, end)
        return found.group(1) if found else ""


Match = re.Match[str]
Builder = Callable[[Match, Scene], "Reading | None"]


@cache
def _table(family: str, key: str) -> dict[str, Any]:
    return {row[0]: row[1] if len(row) == 2 else tuple(row[1:]) for row in load_toml("dates")[family][key]}


@cache
def _words(family: str, key: str) -> frozenset[str]:
    return frozenset(load_toml("dates")[family][key])


def _get(match: Match, name: str) -> str | None:
    return match.group(name) if name in match.re.groupindex else None


def _year(match: Match, scene: Scene) -> int | None:
    """Return the year that the expression writes, or that its step reaches from the anchor."""
    for name in ("y", "yw", "my"):
        written = _get(match, name)
        if written:
            year = parse_number(written)
            if year is not None and year < 100:
                year += 2000 if year < 50 else 1900
            return year
    word = _get(match, "year_step")
    if word and scene.published:
        return scene.published.year + int(_table("steps", "words")[word])
    return None


def _stated(match: Match) -> bool:
    return any(_get(match, name) for name in ("y", "yw", "my"))


def _finish(match: Match, interval: Interval, firm: bool = True, **fields: Any) -> Reading:
    """Cut the interval by its cutting word and wrap it up."""
    word = _get(match, "cut")
    if word is not None:
        bounds = load_toml("dates")["cuts"].get(word)
        if bounds is not None:
            interval = cut(interval, *bounds) if bounds else half_open(interval)
    firm = firm and not _get(match, "year_step")
    return Reading(match.start(), match.end(), interval, firm, full=_stated(match), **fields)


def _one(day: date | None) -> Interval:
    return Interval(day, day)


def _anchored(month: int, day: int, match: Match, scene: Scene) -> date | None:
    year = _year(match, scene)
    if year is None and not _get(match, "year_step") and scene.published:
        year = nearest_year(month, day, scene.published)
    return safe_date(year, month, day) if year else None


def _iso(match: Match, scene: Scene) -> Reading | None:
    day = safe_date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Reading(match.start(), match.end(), _one(day), unit="ngày", full=True) if day else None


def _led(match: Match) -> bool:
    return any(_get(match, name) for name in ("cut", "part", "step", "today", "weekday", "head"))


def _day(match: Match, scene: Scene) -> Reading | None:
    month, day = int(match["m"]), int(match["d"])
    if safe_date(2000, month, day) is None:
        return None
    if not _led(match) and not _stated(match) and not _bare_day(match, scene):
        return None
    return _day_span(match, scene, month, day)


def _day_span(match: Match, scene: Scene, month: int, day: int) -> Reading | None:
    last = _anchored(month, day, match, scene)
    if last is None and _stated(match):
        return None
    first = last
    if match["first"] and last:
        start = int(match["first"])
        base = last if start <= day else shift_months(last, -1)
        first = safe_date(base.year, base.month, start) or last
    fields = {} if match["first"] else {"day": day, "month": month}
    return _finish(match, Interval(first, last), unit="ngày", **fields)


def _bare_day(match: Match, scene: Scene) -> bool:
    """Tell a bare `1/10` that is a day from a fraction, a score, a street or a ratio."""
    sign = scene.lower[match.end("d") : match.start("m")].strip()
    context = load_toml("dates")["bare_day"]
    before, after = scene.before(match.start()), scene.after(match.end())
    if sign != "/" or set(before[-1:]) & set(context["never_before"]) or after in context["never_after"]:
        return False
    alone = not before or before[-1] in ("(", "\n", "[") or before[-1] in context["before"]
    return alone or (before[-1] in (",", ".", ":", ";") and int(match["d"]) > int(match["m"]))


def _spoken(match: Match, scene: Scene) -> Reading | None:
    month = _month_number(match["m"])
    day = 15 if match["d"] == "rằm" else parse_number(match["d"])
    if not day or not month or day > 31 or safe_date(2000, month, day) is None:
        return None
    if not match["d"][0].isdecimal() and not _led(match) and not _stated(match) and match["d"] != "rằm":
        # `hai tháng ba lần` counts months; a bare spoken day stands alone or before a stop.
        if scene.before(match.start()) or scene.after(match.end()):
            return None
    if _lunar(match) or match["d"] == "rằm":
        return _finish(match, OPEN, unit="ngày")
    return _day_span(match, scene, month, day)


def _lunar(match: Match) -> bool:
    return bool(_get(match, "lunar")) or match["m"] in _words("months", "lunar")


def _month_number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _table("months", "words").get(word)


_STOPS = frozenset(
    [".", ",", ";", ":", "!", "?", ")", "(", "-", "và", "đến", "tới", "của", "tại", "đã", "sẽ", "ở", "này", "hằng", "hàng", "tháng", "mỗi", "thì", "là", "khi", "do", "trở", "trong,", "với", "vừa", "sắp"]
)


def _dayless(match: Match, scene: Scene) -> Reading | None:
    day = parse_number(match["d"])
    before, after = scene.before(match.start()), scene.after(match.end())
    if not day or day > 31:
        return None
    lunar_head = "m" in match["head"]
    if not match["d"].isdecimal() and not lunar_head and day <= 10 and (before or after):
        return None
    if after and after not in _STOPS and not lunar_head and not after.startswith("\n"):
        return None
    if before and (
        before[-1].isdecimal() or before[-1] in ("mỗi", "một", "nhiều", "các", "hàng", "hằng", "vài", "mấy")
    ):
        return None
    return _finish(match, OPEN, unit="ngày", day=None if match["first"] else day)


_COUNTERS = frozenset(
    ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mỗi", "hàng", "hằng", "cả", "nhiều", "vài", "mấy", "từng", "các", "những", "nửa"]
)


def _month(match: Match, scene: Scene) -> Reading | None:
    month = _month_number(match["m"])
    before = scene.before(match.start())
    if month is None or (before and (before[-1].isdecimal() or before[-1] in _COUNTERS) and not match["cut"]):
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
    if _lunar(match):
        return _finish(match, OPEN, unit="tháng")
    last = int(match["m2"]) if match["m2"] else month
    year = _year(match, scene)
    if year is None and not match["year_step"] and scene.published:
        year = nearest_year(month, 15, scene.published)
    interval = months(year, month, last) if year and month <= last else OPEN
    return _finish(match, interval, unit="tháng", month=month)


def _months(match: Match, scene: Scene) -> Reading | None:
    """Read `6 tháng đầu năm 2019`, `các tháng còn lại của năm`."""
    year = _year(match, scene)
    if year is None and not match["year_step"] and scene.published:
        year = scene.published.year
    count = parse_number(match["count"])
    firm = count is not None
    if count is None or match["side"] == "còn lại":
        return _finish(match, OPEN, firm=False, unit="tháng")
    count *= 3 if match["unit"] == "quý" else 1
    if not 1 <= count <= 12:
        return None
    if year is None:
        interval = OPEN
    else:
        interval = months(year, 1, count) if match["side"] == "đầu" else months(year, 13 - count, 12)
    return _finish(match, interval, firm=firm, unit="tháng")


def _months_of(match: Match, scene: Scene) -> Reading | None:
    count = parse_number(match["count"])
    if not count or count > 12:
        return None
    return _finish(match, months(int(match["y"]), 1, count), unit="tháng")


def _bare_month(match: Match, scene: Scene) -> Reading | None:
    before = scene.before(match.start())
    if before and (
        before[-1] in ("số", "/", "-", "định", "quyết", "tư", "luật", "điều") or before[-1].isdecimal()
    ):
        return None
    if not 1900 <= int(match["y"]) <= 2199:
        return None
    first, last = int(match["m"]), int(match["m2"] or match["m"])
    start = months(int(match["y"]), first, first)
    end = months(int(match["y2"] or match["y"]), last, last)
    return _finish(match, Interval(start.date_from, end.date_to), unit="tháng", month=first)


def _quarter(match: Match, scene: Scene) -> Reading | None:
    first = int(_table("quarters", "words")[match["q"]])
    last = int(_table("quarters", "words")[match["q2"]]) if match["q2"] else first
    year = _year(match, scene)
    if year is None and not match["year_step"] and scene.published:
        year = nearest_year(first * 3 - 1, 15, scene.published)
    interval = months(year, first * 3 - 2, last * 3) if year and first <= last else OPEN
    return _finish(match, interval, unit="quý")


def _half(match: Match, scene: Scene) -> Reading | None:
    year = _year(match, scene)
    firm = _stated(match) or bool(match["m"])
    if year is None and not match["year_step"] and scene.published:
        month = int(match["m"] or 0)
        year = nearest_year(month, 15, scene.published) if month else scene.published.year
    if year is None:
        return _finish(match, OPEN, firm=firm, unit="tháng")
    whole = months(year, int(match["m"]), int(match["m"])) if match["m"] else years(year, year)
    low, high = (0, 50) if match["side"] == "đầu" else (50, 100)
    return _finish(match, cut(whole, low, high), firm=firm, unit="tháng")


def _same(match: Match, scene: Scene) -> Reading | None:
    """Read `cùng kỳ năm 2019`: the days of the period named last, in the other year."""
    last = scene.last.interval if scene.last and scene.last.firm else OPEN
    near = scene.last is not None and "\n" not in scene.lower[scene.last.end : match.start()]
    interval = OPEN
    if match["m"]:
        interval = months(int(match["my"]), int(match["m"]), int(match["m"]))
    elif near and last.date_from and last.date_to:
        stated = parse_number(match["y"]) if match["y"] else None
        back = last.date_to.year - stated if stated else 1
        start = shift_months(last.date_from, -12 * back)
        interval = Interval(start, shift_months(last.date_to + timedelta(1), -12 * back) - timedelta(1))
    return _finish(match, interval, firm=False, unit="kỳ")


def _year_rule(match: Match, scene: Scene) -> Reading | None:
    first = parse_number(match["y"])
    last = parse_number(match["y2"]) if match["y2"] else first
    if first is None or last is None or not 1000 <= first <= last <= 2199:
        return None
    return _finish(match, years(first, last), unit="năm")


def _bare_years(match: Match, scene: Scene) -> Reading | None:
    first, last = int(match["y"]), int(match["y2"])
    if (
        not 1800 <= first < last <= 2150
        or last - first > 60
        or scene.after(match.end()) in _words("bare_year", "units")
    ):
        return None
    return _finish(match, years(first, last), unit="năm")


def _bare_year(match: Match, scene: Scene) -> Reading | None:
    year = int(match["y"])
    before, after = scene.before(match.start()), scene.after(match.end())
    if not 1900 <= year <= 2100 or after in _words("bare_year", "units") or after in ("%", "/", "-", "°"):
        return None
    if before and (
        before[-1] in _words("bare_year", "never_before") or before[-1] in ("/", "-", "+", "$", "#")
    ):
        return None
    if (
        (before
        and before[-1].isdecimal())
        or re.compile(r"[.,:]?[0-9]| [0-9]{3}").match(scene.lower, match.end())
    ):
        return None
    return _finish(match, years(year, year), unit="năm")


def _decade(match: Match, scene: Scene) -> Reading | None:
    number = parse_number(match["n"])
    if number is None:
        return None
    if match["head"] == "thế kỷ":
        return _finish(match, _century(number), unit="năm") if 1 <= number <= 21 else None
    century = parse_number(match["c"]) if match["c"] else None
    if number < 100:
        if number % 10:
            return None
        base = (century - 1) * 100 if century else (2000 if number in (0, 10) else 1900)
        number += base
    if number % 10 or not 1000 <= number <= 2190:
        return None
    return _finish(match, years(number, number + 9), unit="năm")


def _century(number: int) -> Interval:
    return Interval(safe_date(number * 100 - 99, 1, 1), safe_date(number * 100, 12, 31))


def _feast(match: Match, scene: Scene) -> Reading | None:
    month, day = _table("feasts", "fixed")[match["name"]]
    firm = bool(match["d"])
    if not match["head"] and not firm and match["name"] not in _words("feasts", "alone"):
        return None
    if match["d"]:
        month, day = int(match["m"]), int(match["d"])
    return _finish(match, _one(_anchored(month, day, match, scene)), firm=firm, unit="ngày")


def _moon(match: Match, scene: Scene) -> Reading | None:
    return _finish(match, OPEN, firm=False)


def _weekday_of(match: Match, scene: Scene) -> Reading | None:
    """Read `thứ hai tuần sau`; a bare weekday is the next one, or the last one after `hôm`."""
    number = int(_table("weekdays", "words")[match["weekday"]])
    phrase, before = match.group(), scene.before(match.start())
    capital = scene.text[match.start("weekday")].isupper() or match["weekday"][0] == "c"
    marked = match["part"] or match["unit"] or match["near"] or phrase.startswith(("ngày", "hôm"))
    alone = not before and not scene.after(match.end())
    named = capital and scene.text[match.start("weekday") + 4].isupper() and before
    if not (marked or alone or named or match["weekday"][0] == "c"):
        return None
    if before and before[-1] in ("lần", "kỳ", "họp", "người", "khóa", "đợt", "hạng"):
        return None
    day: date | None = None
    if scene.published:
        steps = _table("steps", "words")
        monday = scene.published - timedelta(scene.published.weekday())
        if match["unit"]:
            day = monday + timedelta(7 * int(steps[match["steps"]]) + number)
        else:
            ahead = (number - scene.published.weekday()) % 7
            past = phrase.startswith("hôm") or (match["near"] and int(steps[match["near"]]) < 0)
            day = scene.published + timedelta(ahead - 7 if past and ahead else ahead)
    return _finish(match, _one(day), firm=False, unit="ngày")


def _from_start(match: Match, scene: Scene) -> Reading | None:
    anchor, unit = scene.published, match["unit"]
    start = step(unit, 0, anchor).date_from if anchor and unit != "nhiệm kỳ" else None
    if match["y"] and unit == "năm":
        start = date(int(match["y"]), 1, 1)
    return _finish(match, Interval(start, anchor), firm=False)


def _today(match: Match, scene: Scene) -> Reading | None:
    word = (match["step"] or match["today"]).strip()
    steps = _table("days", "steps") | _table("days", "short_steps")
    day = scene.published + timedelta(int(steps[word])) if scene.published else None
    return _finish(match, _one(day), firm=False, unit="ngày")


def _span(match: Match, scene: Scene) -> Reading | None:
    """Read `5 năm qua`, `2 tuần tới`, `3 ngày trước`, `hai tháng nữa`."""
    count, unit, anchor = parse_number(match["count"]), match["unit"], scene.published
    if count is None or anchor is None or unit in ("nhiệm kỳ",) or count > 999:
        return _finish(match, OPEN, firm=False)
    size = {"ngày": 1, "tuần": 7}.get(unit)
    many = count * {"tháng": 1, "quý": 3, "năm": 12}.get(unit, 120)

    def move(sign: int) -> date:
        return anchor + timedelta(sign * count * size) if size else shift_months(anchor, sign * many)

    if match["past"]:
        interval = Interval(move(-1), anchor)
    elif match["future"]:
        interval = Interval(anchor, move(1))
    else:
        interval = _one(move(-1 if match["before"] else 1))
    return _finish(match, interval, firm=False)


def _relative(match: Match, scene: Scene) -> Reading | None:
    """Read `tuần sau`, `cuối năm nay`; `năm trước` after a year in the same sentence is the year before it."""
    unit, word = match["unit"], match["steps"]
    anchor = scene.published
    last = scene.last
    if (
        word in ("trước", "sau", "liền trước", "tiếp theo", "trước đó")
        and last
        and last.firm
        and last.unit == unit
        and last.full
    ):
        if not re.search(r"[\n.!?]", scene.lower[last.end : match.start()]):
            anchor = last.interval.date_from or anchor
    known = unit in ("tuần", "tháng", "quý", "năm")
    interval = step(unit, int(_table("steps", "words")[word]), anchor) if anchor and known else OPEN
    return _finish(match, interval, firm=False, unit=unit)


def _part_of(match: Match, scene: Scene) -> Reading | None:
    known = scene.published and match["unit"] != "nhiệm kỳ"
    interval = step(match["unit"], 0, scene.published) if known and scene.published else OPEN
    return _finish(match, interval, firm=False, unit=match["unit"])


def _open(match: Match, scene: Scene) -> Reading | None:
    return _finish(match, OPEN, firm=False)


_NOT_AFTER_NOW = frozenset(
    ["đại", "trường", "trạng", "vật", "tượng", "thực", "hành", "hữu", "diện", "ra", "lên", "kim", "thân", "hình", "nguyên", "có"]
)


def _now(match: Match, scene: Scene) -> Reading | None:
    word, before = match.group(), scene.before(match.start())
    if word == "hiện":
        joined = before and before[-1] in (
            "thực",
            "phát",
            "thể",
            "xuất",
            "biểu",
            "tái",
            "ẩn",
            "hội",
            "bộc",
            "cải",
            "tự",
        )
        if joined or scene.after(match.end()) in _NOT_AFTER_NOW - {"có"}:
            return None
    if (
        word == "nay"
        and before
        and before[-1] not in ("từ", "đến", "tới", ",", ".", "\n", "(", "và", ";", "-")
    ):
        return None
    return _finish(
        match,
        Interval(None, scene.published) if "đến" in word or "tới" in word else _one(scene.published),
        firm=False,
    )


BUILDERS: dict[str, Builder] = {
    "iso": _iso,
    "day": _day,
    "spoken": _spoken,
    "dayless": _dayless,
    "month": _month,
    "months": _months,
    "months_of": _months_of,
    "bare_month": _bare_month,
    "quarter": _quarter,
    "half": _half,
    "same": _same,
    "year": _year_rule,
    "term": _year_rule,
    "decade": _decade,
    "years": _bare_years,
    "bare_year": _bare_year,
    "feast": _feast,
    "moon": _moon,
    "weekday_of": _weekday_of,
    "from_start": _from_start,
    "today": _today,
    "span": _span,
    "relative": _relative,
    "part_of": _part_of,
    "recurring": _open,
    "open": _open,
    "now": _now,
}
