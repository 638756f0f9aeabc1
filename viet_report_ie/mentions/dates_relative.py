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

_SENTENCE_END = re.compile(r"[\n!?]|\. ")
_DAYS = {"ngày": 1, "hôm": 1, "tuần": 7}
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
    count, unit, anchor = parse_number(match["count"]), match["unit"], scene.published
    if count is None or anchor is None or count > 400 or unit not in _DAYS | _MONTHS:
        return finish(match, OPEN, firm=False)

    def move(sign: int) -> date:
        if unit in _DAYS:
            return anchor + timedelta(sign * count * _DAYS[unit])
        return shift_months(anchor, sign * count * _MONTHS[unit])

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
    if anchor is None or unit not in ("tuần", "tháng", "quý", "năm"):
        return finish(match, OPEN, firm=False)
    return finish(match, step(unit, int(table("steps", "words")[word]), anchor), firm=False, unit=unit)


def _part(match: Match, scene: Scene) -> Reading | None:
    """Read `cuối năm`, `đầu nhiệm kỳ`."""
    anchor, unit = scene.published, match["unit"]
    if match["cut"] == "đầu" and scene.before(match.start())[-1:] == ["lần"]:
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
    "part_of": _part,
    "recurring": _open,
    "open": _open,
    "now": _now,
}
