"""Reads fractions and parts of a whole: `hai phần ba`, `1/2 kg`, `155/200 đảng viên`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from unicodedata import numeric

import regex

from viet_report_ie.mentions.measures import Measure, read_measure
from viet_report_ie.mentions.number_literals import Numeral, divide
from viet_report_ie.mentions.numbers import read_numeral
from viet_report_ie.mentions.reading import Reading, value_of

__all__ = ["VULGAR", "read_fraction", "read_part", "read_times", "read_vulgar"]

VULGAR = "¼½¾⅐-⅞"
"""The signs of fractions, as a class of characters."""
_VULGAR = regex.compile(rf"(?P<whole>\d{{1,3}})?+ ?(?P<part>[{VULGAR}])")
_PARTS = regex.compile(r" phần (?=[\p{L}\d])", regex.IGNORECASE)
_SLASH = regex.compile(r" ?/ ?(?=\d)")
_PART_SIGNS = frozenset(" /")
_OUT_OF = regex.compile(r" (?:trên|trong)(?: tổng)?(?: số)?(?: là)? (?=[\p{L}\d])")
_MIXED = regex.compile(r" (?:và )?(?=[\p{L}\d])")
_MASS = regex.compile(
    r" (?:tổng|số|diện tích|thời gian|dân số|thu nhập|lượng|vốn|giá trị|toàn|khối|mức|của|trở lên)(?!\p{L})"
)
_TIMES = regex.compile(r"gấp (?:(đôi)|(rưỡi))(?!\p{L})", regex.IGNORECASE)
_TIMES_LETTERS = frozenset("gGmMpP")
_HALF = regex.compile(r"(?:một|phân) nửa(?!\p{L})", regex.IGNORECASE)
_SMALL = 12
"""Up to this denominator `2/3 tổng số` is a fraction; beyond it, counts."""


def read_times(text: str, pos: int) -> Reading | None:
    """Read `gấp đôi`, `gấp rưỡi` and `một nửa`."""
    if text[pos : pos + 1] not in _TIMES_LETTERS:
        return None
    match = _TIMES.match(text, pos)
    if match is not None:
        value, unit = Decimal(2) if match.group(1) else Decimal("1.5"), "x"
    else:
        match = _HALF.match(text, pos)
        value, unit = Decimal(50), "%"
    if match is None:
        return None
    return Reading(pos, match.end(), value, value, Numeral(value, match.end(), spoken=True), unit)


def read_vulgar(text: str, pos: int, bare: bool) -> Reading | None:
    """Read `½ kg` and `2½`."""
    match = _VULGAR.match(text, pos)
    if match is None:
        return None
    sign = Fraction(numeric(match["part"])).limit_denominator(10)
    value = divide(Decimal(sign.numerator), Decimal(sign.denominator)) + int(match["whole"] or 0)
    numeral = Numeral(value, match.end())
    return _divided(text, pos, numeral, value, match.end(), read_measure(text, match.end(), bare=bare), bare)


def _divided(
    text: str, start: int, numeral: Numeral, value: Decimal, end: int, measure: Measure | None, bare: bool
) -> Reading:
    """Make the reading of a fraction: of a physical unit if one follows, else a plain ratio."""
    if measure is not None and measure.base is not None and (bare or not measure.base.is_duration):
        return Reading(start, measure.end, value, value, numeral, measure.unit, measure=measure)
    return Reading(start, end, value, value, numeral, "x")


def read_fraction(text: str, start: int, numeral: Numeral, bare: bool) -> Reading | None:
    """Read `hai phần ba` and, in a text that is one quantity, `hai và một phần hai`, `1 1/2 kg`."""
    if text[numeral.end : numeral.end + 1] != " " or (numeral.scaled and not bare):
        return None
    link = _PARTS.match(text, numeral.end)
    if link is not None:
        under = read_numeral(text, link.end())
        if under is None and text.startswith("tư", link.end()):
            under = Numeral(Decimal(4), link.end() + 2, spoken=True)
        if under is None or under.value == 0:
            return None
        value = divide(numeral.value, under.value)
        measure = read_measure(text, under.end, bare=bare)
        return _divided(text, start, numeral, value, under.end, measure, bare)
    mixed = _MIXED.match(text, numeral.end) if bare else None
    over = read_numeral(text, mixed.end()) if mixed is not None else None
    if mixed is None or over is None:
        return None
    rest = read_fraction(text, mixed.end(), over, False) or read_part(text, mixed.end(), over, True)
    if rest is None or rest.whole is not None or not 0 < rest.low < 1:
        return None
    value = numeral.value + rest.low
    return Reading(start, rest.end, value, value, numeral, rest.unit, measure=rest.measure)


def read_part(text: str, start: int, numeral: Numeral, bare: bool) -> Reading | None:
    """Read `155/200 đảng viên`, `63 trên tổng số 68 đảng bộ`, `2/3 tổng số`, `1/2 kg`."""
    if text[numeral.end : numeral.end + 1] not in _PART_SIGNS:
        return None
    slash = _SLASH.match(text, numeral.end)
    link = slash or _OUT_OF.match(text, numeral.end)
    if link is None or numeral.scaled:
        return None
    whole = read_numeral(text, link.end())
    if whole is None or whole.value == 0:
        return None
    measure = read_measure(text, whole.end, scaled=whole.scaled, bare=bare)
    if slash is None:
        return _part_in_words(text, start, numeral, whole, measure, bare)
    if whole.spoken or text[whole.end : whole.end + 1] == "/":
        return None
    if whole.scaled:
        return _part_in_words(text, start, numeral, whole, measure, False)
    if numeral.value != numeral.value.to_integral_value():
        return None
    total = value_of(whole, measure)
    if numeral.value > total and not bare:
        return None
    ratio = divide(numeral.value, total)
    if measure is not None and measure.base is not None and not measure.base.is_duration:
        return _divided(text, start, numeral, ratio, whole.end, measure, bare)
    counted = measure is not None and measure.known
    mass = total <= _SMALL and (
        _MASS.match(text, whole.end) is not None or (measure is not None and not counted)
    )
    if mass or (measure is None and bare):
        return Reading(start, whole.end, ratio, ratio, numeral, "x")
    if measure is None or numeral.value > total:
        return None
    value = numeral.value
    return Reading(start, measure.end, value, value, numeral, measure.unit, whole=total, measure=measure)


def _part_in_words(
    text: str, start: int, numeral: Numeral, whole: Numeral, measure: Measure | None, bare: bool
) -> Reading | None:
    """Read `63 trên tổng số 68 đảng bộ`, `2.000 trên 3.200 tỷ đồng`; alone, `ba trên bốn` is a fraction."""
    if not (1 < numeral.value * whole.scale <= whole.value) and not bare:
        return None
    if measure is None:
        alone = bare and whole.end == len(text) and numeral.spoken and whole.spoken
        value = divide(numeral.value, whole.value)
        return Reading(start, whole.end, value, value, numeral, "x") if alone else None
    integral = numeral.value == numeral.value.to_integral_value()
    counted = measure.base is None and measure.known and integral and not whole.scaled
    money = measure.base is not None and measure.base.is_money and whole.scaled
    if not counted and not money:
        return None
    value = numeral.value * whole.scale
    leading = whole if whole.scaled else numeral
    total = value_of(whole, measure)
    return Reading(start, measure.end, value, value, leading, measure.unit, whole=total, measure=measure)
