"""Reads one quantity at a place: number, range, fraction or part of a whole, with its unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from viet_report_ie.mentions.measures import Measure, read_measure, read_rate
from viet_report_ie.mentions.numbers import Numeral, divide, read_numeral
from viet_report_ie.mentions.units import read_unit

__all__ = ["Reading", "read_quantities"]

_TO = regex.compile(
    r"(?P<dash> ?[-~] ?)(?=\d)|(?P<word>,? (?:cho đến|cho tới|đến|tới|hoặc|hay) )(?=[\p{L}\d])"
)
_SLASH = regex.compile(r" ?/ ?(?=\d)")
_OUT_OF = regex.compile(r" (?:trên|trong)(?: tổng)?(?: số)?(?: là)? (?=[\p{L}\d])")
_AND = regex.compile(r"(?P<comma>, )(?=\d)|,? và (?=\d)")
_SMALL = frozenset(
    {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 6), (5, 6), (1, 10)}
)
_MASS = regex.compile(
    r" (?:tổng|số|diện tích|thời gian|dân số|chiều|thu nhập|lượng|vốn|giá trị|toàn|khối|mức|của|trở lên)\b"
)
_TIMES = regex.compile(r"gấp (?:(đôi)|(rưỡi))(?!\p{L})", regex.IGNORECASE)
_HALF = regex.compile(r"(?:một nửa|1/2|phân nửa)(?!\p{L})", regex.IGNORECASE)
_ONE = Decimal(1)


@dataclass(frozen=True)
class Reading:
    """One quantity as read, before its surroundings are weighed."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    whole: Decimal | None
    measure: Measure | None
    numeral: Numeral
    unit: str = ""


def _value(numeral: Numeral, measure: Measure | None) -> Decimal:
    """Take the comma of `4,974 đảng viên` for thousands: counts and money in đồng have no thousandths."""
    if (
        numeral.thousands is not None
        and measure is not None
        and (measure.base is None or measure.base.symbol == "VND")
    ):
        return numeral.thousands
    return numeral.value


def _single(text: str, start: int, numeral: Numeral, measure: Measure | None, bare: bool) -> Reading:
    value = _value(numeral, measure)
    if measure is None:
        unit, end = read_rate(text, "VND", numeral.end) if numeral.scale >= 1000 else ("", numeral.end)
        return Reading(start, end, value, value, None, None, numeral, unit)
    end = measure.end
    if text.startswith(" rưỡi", end) and measure.base is not None and not text[end + 5 : end + 6].isalpha():
        value, end = value + Decimal("0.5") * numeral.scale, end + 5
    elif measure.base is not None and measure.base.factor is not None and "/" not in measure.unit:
        rest = _smaller(text, end, measure, bare)
        if rest is not None:
            value, end = value + rest[0], rest[1]
    return Reading(start, end, value, value, None, replace(measure, end=end), numeral, measure.unit)


def _smaller(text: str, end: int, measure: Measure, bare: bool) -> tuple[Decimal, int] | None:
    """Read the second part of `1 m 70 cm`, `mười đô la năm mươi xu`, in the unit of the first."""
    if (
        measure.base is None
        or measure.base.factor is None
        or text[end : end + 1] != " "
        or measure.base.dimension == "share"
    ):
        return None
    numeral = read_numeral(text, end + 1) if text[end + 1 : end + 2].isalnum() else None
    unit = read_unit(text, numeral.end) if numeral is not None else None
    if numeral is None or unit is None or unit[0].dimension != measure.base.dimension:
        return None
    factor = unit[0].factor
    if factor is None or factor >= measure.base.factor:
        return None
    ratio = factor / measure.base.factor
    return divide(numeral.value * ratio.numerator, Decimal(ratio.denominator)), unit[1]


def _fraction(text: str, start: int, numeral: Numeral, bare: bool) -> Reading | None:
    """Read `hai phần ba`; `phần trăm` is a unit and no fraction."""
    if not text[numeral.end : numeral.end + 6].lower().startswith(" phần ") or numeral.scaled:
        return None
    pos = numeral.end + 6
    under = read_numeral(text, pos)
    if under is None and text.startswith("tư", pos):
        under = Numeral(Decimal(4), pos + 2, spoken=True)
    if under is None and text.startswith(("trăm", "nghìn", "ngàn", "triệu"), pos):
        return None
    if under is None or under.value == 0:
        return None
    value = divide(numeral.value, under.value)
    measure = read_measure(text, under.end, bare=bare)
    if measure is not None and measure.base is not None and not measure.base.is_duration:
        return Reading(start, measure.end, value, value, None, measure, numeral, measure.unit)
    return Reading(start, under.end, value, value, None, None, numeral, "x")


def _part(text: str, start: int, numeral: Numeral, bare: bool) -> Reading | None:
    """Read `155/200 đảng viên`, `63 trên tổng số 68 đảng bộ`, `2/3 tổng số`, `1/2 kg`."""
    slash = _SLASH.match(text, numeral.end)
    link = slash or _OUT_OF.match(text, numeral.end)
    if link is None or numeral.scaled or numeral.value != numeral.value.to_integral_value():
        return None
    whole = read_numeral(text, link.end())
    if (
        whole is None
        or whole.value == 0
        or (slash and (whole.spoken or text[whole.end : whole.end + 1] == "/"))
    ):
        return None
    measure = read_measure(text, whole.end, scaled=whole.scaled, bare=bare)
    total = _value(whole, measure)
    if numeral.value > total or (
        measure is not None and measure.base is not None and slash is None and not whole.scaled
    ):
        return None
    if slash is None:
        if measure is None or not measure.known or (measure.base is not None and not measure.base.is_money):
            return None
        if whole.scaled:
            return Reading(
                start,
                measure.end,
                numeral.value * whole.scale,
                numeral.value * whole.scale,
                total,
                measure,
                whole,
                measure.unit,
            )
    else:
        pair = (int(numeral.value), int(total)) if total < 100 else (0, 0)
        quotient = divide(numeral.value, total)
        if measure is not None and measure.base is not None and not measure.base.is_duration:
            return Reading(start, measure.end, quotient, quotient, None, measure, numeral, measure.unit)
        if pair in _SMALL and (measure is None or _MASS.match(text, whole.end)):
            if not bare and not _MASS.match(text, whole.end):
                return None
            return Reading(start, whole.end, quotient, quotient, None, None, numeral, "x")
        if measure is None:
            if not bare:
                return None
            return Reading(start, whole.end, quotient, quotient, None, None, numeral, "x")
    return Reading(start, measure.end, numeral.value, numeral.value, total, measure, numeral, measure.unit)


def _range(
    text: str, start: int, first: Numeral, measure: Measure | None, foreign: bool, bare: bool
) -> Reading | None:
    """Read `15- 20%`, `85% đến 90%`, `300 đến 500 triệu đồng`, `2 hoặc 3 dự án`."""
    link = _TO.match(text, measure.end if measure is not None else first.end)
    if link is None or (measure is not None and link.group().strip() in ("hoặc", "hay")):
        return None
    second = read_numeral(text, link.end(), foreign=foreign, bare=bare)
    if second is None or (measure is not None and measure.base is None and not measure.known):
        return None
    last = read_measure(text, second.end, scaled=second.scaled, bare=bare)
    if link.group("word") and second.spoken and not first.spoken:
        return None
    if measure is not None and (last is None or last.unit.split("/")[0] != measure.unit.split("/")[0]):
        return None
    low, high = _value(first, last), _value(second, last)
    if measure is None and second.scaled and not first.scaled:
        shared = low * second.scale
        if shared < high:
            low = shared
        elif low < 10000:
            low = shared / 1000
    if not low < high:
        return None
    end = last.end if last is not None else second.end
    return Reading(start, end, low, high, None, last, second, last.unit if last is not None else "")


def _list(text: str, start: int, first: Numeral, foreign: bool) -> list[Reading]:
    """Read numbers that share the unit of the last: `10, 12 và 15 tỷ đồng`."""
    members, numeral, pos = [(start, first)], first, first.end
    for _ in range(8):
        link = _AND.match(text, pos)
        if link is None:
            return []
        following = read_numeral(text, link.end(), foreign=foreign)
        if following is None:
            return []
        members.append((link.end(), following))
        numeral, pos = following, following.end
        measure = read_measure(text, pos, scaled=numeral.scaled)
        if measure is not None or numeral.scaled:
            break
    else:
        return []
    if (
        link.group("comma")
        or measure is None
        or not measure.known
        or (measure.base and measure.base.is_duration)
    ):
        return []
    readings = []
    for at, member in members[:-1]:
        value = _value(member, measure) * numeral.scale
        readings.append(Reading(at, member.end, value, value, None, measure, member, measure.unit))
    readings.append(_single(text, members[-1][0], numeral, measure, False))
    return readings


def read_quantities(text: str, pos: int, *, foreign: bool = False, bare: bool = False) -> list[Reading]:
    """Read the quantity that starts at `pos`, or the several that share one unit; [] without a number."""
    times = _TIMES.match(text, pos)
    if times is not None:
        value = Decimal(2) if times.group(1) else Decimal("1.5")
        return [
            Reading(pos, times.end(), value, value, None, None, Numeral(value, times.end(), spoken=True), "x")
        ]
    half = _HALF.match(text, pos)
    if half is not None and not text[pos].isdigit():
        value = Decimal(50)
        return [
            Reading(pos, half.end(), value, value, None, None, Numeral(value, half.end(), spoken=True), "%")
        ]
    numeral = read_numeral(text, pos, foreign=foreign, bare=bare)
    if numeral is None:
        return []
    special = _fraction(text, pos, numeral, bare) or _part(text, pos, numeral, bare)
    if special is not None:
        return [special]
    measure = read_measure(text, numeral.end, scaled=numeral.scaled, bare=bare)
    span = _range(text, pos, numeral, measure, foreign, bare)
    if span is not None:
        return [span]
    if measure is None and not numeral.scaled:
        shared = _list(text, pos, numeral, foreign)
        if shared:
            return shared
    return [_single(text, pos, numeral, measure, bare)]
