"""Builders of what leans on the day of publication or another date: `năm ngoái`, `cùng kỳ`, `nay`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from viet_report_ie.mentions.dates_calendar import OPEN, months, parse_number, shift_months, step
from viet_report_ie.mentions.dates_reading import (
    Builder,
    Match,
    Reading,
    Scene,
    finish,
    get,
    one,
    table,
    words,
)
from viet_report_ie.mentions.mention import Interval

__all__ = ["RELATIVES"]

# `giữa năm và mười` lies between two numbers.
_AND_NUMBER = re.compile(r" và (?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b")
_SENTENCE_END = re.compile(r"[\n!?]|\. ")
_DAYS = {"ngày": 1, "hôm": 1, "tuần": 7}
_DECADES = ("thập niên", "thập kỷ")
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12, "thập niên": 120, "thập kỷ": 120}


def _last_in_sentence(match: Match, scene: Scene) -> Reading | None:
    last = scene.last
    if last is None or _SENTENCE_END.search(scene.lower, last.end, match.start()):
        return None
    return last


def _same(match: Match, scene: Scene) -> Reading | None:
    """Read `cùng kỳ năm 2019`: the days of the period named before it in the sentence, in the other year."""
    if match["m"]:
        month = int(match["m"])
        return finish(match, months(int(match["my"]), month, month), firm=False, unit="kỳ")
    last, interval = _last_in_sentence(match, scene), OPEN
    if last and last.firm and last.interval.date_from and last.interval.date_to:
        first, end = last.interval.date_from, last.interval.date_to
        stated = parse_number(match["y"]) if match["y"] else None
        back = end.year - stated if stated else 1
        start = shift_months(first, -12 * back)
        interval = Interval(start, shift_months(end + timedelta(1), -12 * back) - timedelta(1))
    return finish(match, interval, firm=False, unit="kỳ")


def _from_start(match: Match, scene: Scene) -> Reading | None:
    """Read `từ đầu năm đến nay`."""
    anchor, unit = scene.published, match["unit"]
    start = step(unit, 0, anchor).date_from if anchor and unit != "nhiệm kỳ" else None
    return finish(match, Interval(start, anchor), firm=False)


def _span(match: Match, scene: Scene) -> Reading | None:
    """Read `5 năm qua`, `2 tuần tới`, `3 ngày trước`, `hai tháng nữa`."""
    unit, anchor = match["unit"], scene.published
    halved = match["count"] == "nửa"
    count = 0 if halved else parse_number(match["count"])
    half = halved or match["half"]
    known = _MONTHS if half else _DAYS | _MONTHS
    if count is None or anchor is None or count > 400 or unit not in known:
        return finish(match, OPEN, firm=False)
    months_off, days_off = count * _MONTHS.get(unit, 0), count * _DAYS.get(unit, 0)
    if half:
        months_off, days_off = months_off + _MONTHS[unit] // 2, 15 * (_MONTHS[unit] % 2)

    def move(sign: int) -> date:
        return shift_months(anchor, sign * months_off) + timedelta(sign * days_off)

    if get(match, "past"):
        return finish(match, Interval(move(-1), anchor), firm=False)
    if get(match, "future"):
        return finish(match, Interval(anchor, move(1)), firm=False)
    return finish(match, one(move(1 if get(match, "after") else -1)), firm=False)


def _step(match: Match, scene: Scene) -> Reading | None:
    """Read `tuần sau`, `cuối năm nay`; `năm trước` steps from a year of the same sentence."""
    unit, word, anchor = match["unit"], match["steps"], scene.published
    last = _last_in_sentence(match, scene)
    if word in words("steps", "from_text") and last and last.firm and last.full and last.unit == unit:
        anchor = last.interval.date_from or anchor
    if anchor is not None and unit in _DECADES and word in words("spans", "past"):
        return finish(match, Interval(shift_months(anchor, -120), anchor), firm=False)
    if anchor is not None and unit in _DECADES and word in words("spans", "future"):
        return finish(match, Interval(anchor, shift_months(anchor, 120)), firm=False)
    # `nửa thế kỷ trước` counts back from now.
    counted = unit in (*_DECADES, "thế kỷ") and words("counts", "counters") & set(
        scene.before(match.start())[-1:]
    )
    if anchor is None or unit == "nhiệm kỳ" or counted:
        return finish(match, OPEN, firm=False)
    return finish(match, step(unit, int(table("steps", "words")[word]), anchor), firm=False, unit=unit)


def _next(match: Match, scene: Scene) -> Reading | None:
    """Read `sang năm`, where nothing follows that `sang` would lead to: `sang năm 2020`, `sang năm mới`."""
    if scene.after(match.end()) not in words("steps", "after_next"):
        return None
    anchor = scene.published
    return finish(match, step(match["unit"], 1, anchor) if anchor else OPEN, firm=False, unit=match["unit"])


def _part(match: Match, scene: Scene) -> Reading | None:
    """Read `cuối năm`, `đầu nhiệm kỳ`."""
    anchor, unit = scene.published, match["unit"]
    if match["cut"] == "đầu" and scene.before(match.start())[-1:] == ["lần"]:
        return None
    if match.group() == "giữa năm" and _AND_NUMBER.match(scene.lower, match.end()):
        return None
    known = anchor is not None and unit != "nhiệm kỳ"
    interval = step(unit, 0, anchor) if anchor is not None and known else OPEN
    return finish(match, interval, firm=False)


def _open(match: Match, scene: Scene) -> Reading | None:
    return finish(match, OPEN, firm=False)


def _now(match: Match, scene: Scene) -> Reading | None:
    word, before = match.group(), scene.before(match.start())
    if word.startswith("hiện") and words("loose", "joined_before") & set(before[-1:]):
        return None
    if word == "hiện" and scene.after(match.end()) in words("loose", "joined_after"):
        return None
    if word == "nay" and before and before[-1] not in words("loose", "before_nay"):
        return None
    until = "đến" in word or "tới" in word
    return finish(match, Interval(None, scene.published) if until else one(scene.published), firm=False)


RELATIVES: dict[str, Builder] = {
    "same": _same,
    "from_start": _from_start,
    "span": _span,
    "ago": _span,
    "relative": _step,
    "next": _next,
    "part_of": _part,
    "recurring": _open,
    "open": _open,
    "now": _now,
}
