"""Builders of single days: with and without a year, spoken, weekdays, feasts, `hôm qua`."""

from __future__ import annotations

import re
from datetime import timedelta

from viet_report_ie.mentions.dates_calendar import (
    OPEN,
    nearest_month,
    parse_number,
    safe_date,
    shift_months,
    step,
)
from viet_report_ie.mentions.dates_reading import (
    Builder,
    Match,
    Reading,
    Scene,
    anchored,
    finish,
    get,
    one,
    stated,
    table,
    words,
)
from viet_report_ie.mentions.mention import Interval

__all__ = ["DAYS"]

_TO_DAY = re.compile(r" (?:đến|tới) (?:ngày|mùng|mồng) ")
_TO_WEEKDAY = re.compile(r" (?:đến|tới) (?:thứ (?:ba|tư|năm|sáu|bảy|bẩy|[3-7])|chủ nhật|chúa nhật)\b")
_LEADS = ("cut", "part", "step", "today", "weekday", "head")


def _led(match: Match) -> bool:
    return any(get(match, name) for name in _LEADS)


def _numbered(match: Match, scene: Scene) -> bool:
    """Tell whether what looks like a lead belongs to an ordinal: `lần đầu ngày …`, `lần thứ 2 ngày …`."""
    first = get(match, "cut") == "đầu" or (get(match, "weekday") and match.start() == match.start("weekday"))
    return bool(first) and scene.before(match.start())[-1:] == ["lần"]


def _iso(match: Match, scene: Scene) -> Reading | None:
    day = safe_date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Reading(match.start(), match.end(), one(day), unit="ngày", full=True) if day else None


def _day(match: Match, scene: Scene) -> Reading | None:
    month, day = int(match["m"]), int(match["d"])
    if safe_date(2000, month, day) is None or _numbered(match, scene):
        return None
    if match["ysep"] not in (None, "/") and not (_led(match) or _alone(match, scene)):
        return None
    if not _led(match) and (match["comma"] or not (stated(match) or _bare(match, scene))):
        return None
    return _span(match, scene, month, day)


def _span(match: Match, scene: Scene, month: int, day: int) -> Reading | None:
    """Return the day, or the days from the first of a list: `12 và 20/11`."""
    last = anchored(month, day, match, scene)
    if last is None and stated(match):
        return None
    first = last
    if match["first"] and last:
        start = int(match["first"])
        base = last if start <= day else shift_months(last, -1)
        first = safe_date(base.year, base.month, start) or last
    said = None if match["first"] else day
    return finish(match, Interval(first, last), unit="ngày", day=said, month=month)


def _bare(match: Match, scene: Scene) -> bool:
    """Tell a bare `1/10` that is a day from a fraction, a score, a street or a ratio."""
    sign = scene.lower[match.end("d") : match.start("m")].strip()
    before, after = scene.before(match.start()), scene.after(match.end())
    if not before and not after:
        return sign != "."
    if sign != "." and _follows_a_day(match, scene) and after not in words("bare_year", "units"):
        return True
    enclosed = before[-1:] == ["("] and after == ")" and not match["first"]
    dashed = before[-1:] and before[-1] in words("bare_day", "before_dash")
    if sign == "." or (sign == "-" and not (enclosed or dashed)):
        return False
    if words("bare_day", "never_before") & set(before[-1:]) or after in words("bare_day", "never_after"):
        return False
    if not before or before[-1] in ("(", "\n", "[") or before[-1] in words("bare_day", "before"):
        return True
    return before[-1] in (",", ".", ":", ";") and int(match["d"]) > int(match["m"])


def _follows_a_day(match: Match, scene: Scene) -> bool:
    """Tell whether the day before it is joined to it: `lễ 30/4 - 1/5`, `30-4, 1-5`."""
    last = scene.last
    if last is None or last.day is None or last.month is None or match.start() - last.end > 4:
        return False
    return scene.lower[last.end : match.start()] in (", ", " - ", " và ", "-", "; ")


def _alone(match: Match, scene: Scene) -> bool:
    return not scene.before(match.start()) and not scene.after(match.end())


def _spoken(match: Match, scene: Scene) -> Reading | None:
    month = int(match["m"]) if match["m"].isdecimal() else table("months", "words").get(match["m"])
    day = 15 if match["d"] == "rằm" else parse_number(match["d"])
    if not day or not month or safe_date(2000, month, day) is None or _numbered(match, scene):
        return None
    before, after = scene.before(match.start()), scene.after(match.end())
    if not _led(match) and not stated(match) and match["d"] != "rằm":
        # `hai tháng ba lần`, `8 tháng 1 ngày` count; only longer words for a day stand without a type word.
        if after in ("ngày", "tuần", "lần") or match["comma"]:
            return None
        if not match["d"].isdecimal() and day <= 10 and (before or after):
            return None
    if match["d"] == "rằm" or match["lunar"] or match["m"] in words("months", "lunar"):
        return finish(match, OPEN, unit="ngày")
    return _span(match, scene, month, day)


def _dayless(match: Match, scene: Scene) -> Reading | None:
    """Read `ngày 15`, `mùng 7`: the month is elsewhere."""
    day = parse_number(match["d"])
    before, after = scene.before(match.start()), scene.after(match.end())
    if not day or day > 31 or _numbered(match, scene):
        return None
    if "m" not in match["head"]:
        opens = _TO_DAY.match(scene.lower, match.end())
        if not match["d"].isdecimal() and day <= 10 and (before or after) and not opens:
            return None
        if after and after not in words("dayless", "after"):
            return None
        if before and (before[-1].isdecimal() or before[-1] in words("dayless", "never_before")):
            return None
    interval = OPEN
    # `mùng 7` alone may be a day of the moon; in `ngày 06 tháng 08năm 2020` the month is misspelled.
    elsewhere = match["head"].endswith(("mùng", "mồng")) or match["year_step"] or after == "tháng"
    if scene.published and not elsewhere:
        last = nearest_month(day, scene.published)
        first = safe_date(last.year, last.month, int(match["first"])) if last and match["first"] else last
        interval = Interval(first, last) if first and last and first <= last else OPEN
    return finish(match, interval, unit="ngày", day=None if match["first"] else day)


def _day_of_step(match: Match, scene: Scene) -> Reading | None:
    """Read `ngày 15 tháng sau`."""
    day = parse_number(match["d"])
    if not day or day > 31 or _numbered(match, scene):
        return None
    if scene.published is None:
        return finish(match, OPEN, firm=False, unit="ngày")
    month = step("tháng", int(table("steps", "words")[match["month_step"]]), scene.published).date_from
    assert month is not None
    last = safe_date(month.year, month.month, day)
    first = safe_date(month.year, month.month, int(match["first"])) if match["first"] else last
    interval = Interval(first, last) if first and last and first <= last else OPEN
    return finish(match, interval, firm=False, unit="ngày")


def _feast(match: Match, scene: Scene) -> Reading | None:
    month, day = table("feasts", "fixed")[match["name"]]
    dated = bool(match["d"])
    if not (match["head"] or dated or _alone(match, scene) or match["name"] in words("feasts", "alone")):
        return None
    if dated:
        month, day = int(match["m"]), int(match["d"])
    return finish(match, one(anchored(month, day, match, scene)), firm=dated, unit="ngày")


def _moon(match: Match, scene: Scene) -> Reading | None:
    return finish(match, OPEN, firm=False)


def _weekday(match: Match, scene: Scene) -> Reading | None:
    """Read `thứ hai tuần sau`; a bare weekday is the next one, or the last one after `hôm`."""
    phrase, before = match.group(), scene.before(match.start())
    name = scene.text[match.start("weekday") : match.end("weekday")]
    marked = match["part"] or match["unit"] or match["near"] or phrase.startswith(("ngày", "hôm"))
    # `Thứ Hai`, `thứ Hai` with a capital is a name; `thứ hai` is an ordinal first.
    named = " " in name and (name[0] in "cC" or name.split()[1][0].isupper())
    marked = marked or before[-1:] == ["vào"] or _spans_week(match, scene, before)
    if not (marked or named or (" " in name and _alone(match, scene))) or before[-1:] in (
        ["lần"],
        ["kỳ"],
        ["họp"],
        ["khóa"],
        ["đợt"],
        ["hạng"],
    ):
        return None
    if scene.published is None:
        return finish(match, OPEN, firm=False, unit="ngày")
    number = int((table("weekdays", "words") | table("weekdays", "short"))[match["weekday"]])
    steps = table("steps", "words")
    ahead = (number - scene.published.weekday()) % 7
    if match["unit"]:
        ahead = number - scene.published.weekday() + 7 * int(steps[match["steps"]])
    elif (match["near"] and int(steps[match["near"]]) < 0) or (ahead and phrase.startswith("hôm")):
        ahead -= 7
    elif _spans_week(match, scene, before) and scene.last and scene.last.interval.date_from:
        # `từ thứ hai đến thứ sáu` runs forward.
        first = (scene.last.interval.date_from - scene.published).days
        ahead += 7 if before[-1] != "từ" and ahead < first else 0
    return finish(match, one(scene.published + timedelta(ahead)), firm=False, unit="ngày")


def _spans_week(match: Match, scene: Scene, before: list[str]) -> bool:
    """Tell whether the weekday opens or closes a span of them: `từ thứ hai đến thứ sáu`."""
    if before[-1:] == ["từ"]:
        return _TO_WEEKDAY.match(scene.lower, match.end()) is not None
    last = scene.last
    return before[-1:] in (["đến"], ["tới"]) and last is not None and match.start() - last.end == 5


def _today(match: Match, scene: Scene) -> Reading | None:
    if match["alone"] and not _alone(match, scene):
        return None
    word = match["step"] or match["today"] or match["alone"]
    steps = table("days", "steps") | table("days", "short_steps")
    day = scene.published + timedelta(int(steps[word.strip()])) if scene.published else None
    return finish(match, one(day), firm=False, unit="ngày")


DAYS: dict[str, Builder] = {
    "iso": _iso,
    "day": _day,
    "spoken": _spoken,
    "day_of_step": _day_of_step,
    "dayless": _dayless,
    "feast": _feast,
    "moon": _moon,
    "weekday": _weekday,
    "today": _today,
}
