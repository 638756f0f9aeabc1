"""Reads the quantity at a place: number, range, fraction or part of a whole, with its unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import regex

from viet_report_ie.mentions.fractions import read_fraction, read_part, read_times, read_vulgar
from viet_report_ie.mentions.measures import Measure, read_measure, read_rate
from viet_report_ie.mentions.number_literals import Numeral, divide
from viet_report_ie.mentions.number_words import below_hundred, tenth, word_at
from viet_report_ie.mentions.numbers import read_numeral
from viet_report_ie.mentions.reading import Reading, value_of
from viet_report_ie.mentions.units import CODES, Unit, read_unit

__all__ = ["read_quantities"]

_TO = regex.compile(
    r"(?:(?P<dash> ?[-~] ?)|,? (?P<word>cho đến|cho tới|đến|tới|hoặc|hay) (?P<minus>- ?|âm )?)"
    rf"(?:(?P<code>{CODES}) ?(?=\d)|(?=\d)|(?<= )(?=\p{{L}}))"
)
_LINK_SIGNS = frozenset(" -~,")
_BETWEEN_AND = regex.compile(r" và (?=[\p{L}\d])")
_AND = regex.compile(r"(?P<comma>, )(?=\d)|,? và (?=\d)")
_LAST_DIGITS = regex.compile(r"\d{1,2}(?![^\W_])(?=\W{0,9}$)")
_SPLIT = frozenset({"m", "độ", "°C"})
_DIGITS = regex.compile(r"\d{1,2}(?!\d)")
_BILLION = 10**9
"""From here on a word that is no known noun is not counted: `dự án 200 tỷ khiến …` speaks of money."""
_PLAIN_AMOUNT = 10_000
"""From here on a number before `đến 50 triệu` is written out: 500.000, not 500.000 triệu."""


def _single(text: str, start: int, numeral: Numeral, measure: Measure | None, bare: bool) -> Reading:
    if measure is not None and not measure.known and numeral.scale >= _BILLION:
        measure = None
    value = value_of(numeral, measure)
    if measure is None:
        if numeral.scale < 1000:
            return Reading(start, numeral.end, value, value, numeral)
        unit, end = read_rate(text, "VND", numeral.end)
        return Reading(start, end, value, value, numeral, unit, assumed=True)
    end = measure.end
    if measure.base is not None and text.startswith(" rưỡi", end) and not text[end + 5 : end + 6].isalpha():
        value, end = value + numeral.scale / 2, end + 5
    else:
        rest, end = _smaller(text, end, measure, bare)
        if rest:
            value += divide(Decimal(rest.numerator), Decimal(rest.denominator))
    return Reading(
        start,
        end,
        value,
        value,
        numeral,
        measure.unit,
        measure=measure if end == measure.end else measure._replace(end=end),
    )


def _smaller(text: str, end: int, measure: Measure, bare: bool) -> tuple[Fraction, int]:
    """Read the second part of `1 m 70 cm`, `1m70`, `mười đô la năm mươi xu`, in the unit of the first."""
    if bare and text.startswith(" và ", end):
        joined = _smaller(text, end + 3, measure, False)
        if joined[0]:
            return joined
    base = measure.base
    if base is None or not base.factor or measure.unit != base.symbol:
        return Fraction(0), end
    if base.symbol == "m" and (digits := _DIGITS.match(text, end)) is not None:
        return Fraction(f"0.{digits.group()}"), digits.end()
    tenths = _tenths(text, end, base) if bare else None
    if tenths is not None:
        return tenths
    numeral = read_numeral(text, end + 1) if text[end : end + 1] == " " else None
    unit = read_unit(text, numeral.end) if numeral is not None else None
    if numeral is not None and numeral.spoken and base.symbol == "m" and not word_at(text, numeral.end)[0]:
        return Fraction(f"0.{numeral.value}"), numeral.end
    if numeral is None or unit is None:
        return Fraction(0), end
    part, end_of_part = unit
    ratio = part.factor / base.factor if part.dimension == base.dimension and part.factor else None
    if part.symbol == "xu" and base.is_money:
        ratio = part.factor
    if not ratio or ratio >= 1:
        return Fraction(0), end
    rest, end = _smaller(text, end_of_part, Measure(part.symbol, end_of_part, part), bare)
    return (Fraction(numeral.value) + rest) * ratio, end


def _tenths(text: str, end: int, base: Unit) -> tuple[Fraction, int] | None:
    """Read the last word of `hai mét tư`, `ba cân hai`, `37 độ 5`: tenths of the unit before it."""
    if base.is_duration or base.is_money or text[end : end + 1] != " ":
        return None
    digits = _LAST_DIGITS.match(text, end + 1) if base.symbol in _SPLIT else None
    if digits is not None:
        return Fraction(f"0.{digits.group()}"), digits.end()
    numeral = read_numeral(text, end + 1)
    spoken = numeral is not None and numeral.spoken and 0 < numeral.value < 10
    last = tenth(text, end) or ((numeral.value, numeral.end) if numeral is not None and spoken else None)
    return (Fraction(last[0]) / 10, last[1]) if last is not None and last[1] == len(text) else None


def _neighbours(text: str, start: int, first: Numeral) -> Reading | None:
    """Read `hai ba ngày`, `năm bảy trăm người`, `mười lăm hai mươi phút`: two near numbers, one unit."""
    if not first.spoken or not 1 <= first.value < 90 or text[first.end : first.end + 1] != " ":
        return None
    digit = below_hundred(text, first.end, first=True)
    second = read_numeral(text, first.end + 1)
    if digit is None or second is None:
        return None
    gap = digit[0] - first.value
    if not (gap == 5 and first.value % 5 == 0) and not (gap in (1, 2) and digit[0] < 10):
        return None
    scale = second.value / digit[0]
    if scale.normalize().as_tuple().digits != (1,):
        return None
    measure = read_measure(text, second.end, scaled=second.scaled, bare=True)
    if measure is None and not second.scaled:
        return None
    reading = _single(text, start, second, measure, True)
    return reading._replace(low=first.value * scale, ranged=True) if reading.low == second.value else None


def _range(
    text: str, start: int, first: Numeral, measure: Measure | None, foreign: bool, bare: bool
) -> Reading | None:
    """Read `15- 20%`, `85% đến 90%`, `300 đến 500 triệu đồng`, `2 hoặc 3 dự án`, `giữa 10 và 20`."""
    end = first.end if measure is None else measure.end
    if text[end : end + 1] not in _LINK_SIGNS:
        return None
    before = text[max(0, start - 5) : start].lower()
    link = _BETWEEN_AND.match(text, end) if before.endswith("giữa ") else _TO.match(text, end)
    if link is None or (measure is not None and measure.base is None and not measure.known):
        return None
    named = link.groupdict()
    if named.get("code") and not text[:start].rstrip(" ").endswith(named["code"]):
        return None
    if bare and named.get("word") and text[start : first.end].lower() == "không" and before != "từ ":
        return None
    second = read_numeral(text, link.end(), foreign=foreign, bare=bare)
    if second is None or (named.get("word") in ("hoặc", "hay") and measure is not None):
        return None
    if named.get("word") and second.spoken and not first.spoken:
        return None
    last = read_measure(text, second.end, scaled=second.scaled, bare=bare)
    if measure is not None and (last is None or last.unit.split("/")[0] != measure.unit.split("/")[0]):
        return None
    low, high = value_of(first, last), value_of(second, last)
    if measure is None and second.scale > first.scale:
        shared = low * second.scale
        low = shared if shared < high else low if low >= _PLAIN_AMOUNT or first.scaled else shared / 1000
    below_zero = before.endswith(("-", "- ", "âm "))
    if not (low < high or below_zero):
        return None
    if last is None:
        single = _single(text, start, second, None, bare)
    else:
        single = Reading(start, last.end, low, high, second, last.unit, measure=last)
    return single._replace(low=low, high=high, falling=bool(named.get("minus")), ranged=True)


def _list(text: str, start: int, first: Numeral, foreign: bool, bare: bool) -> list[Reading]:
    """Read numbers that share the unit of the last: `10, 12 và 15 tỷ đồng`."""
    members, end, measure = [(start, first)], first.end, None
    for _ in range(8):
        link = _AND.match(text, end)
        numeral = read_numeral(text, link.end(), foreign=foreign) if link is not None else None
        if link is None or numeral is None:
            return []
        members.append((link.end(), numeral))
        end = numeral.end
        measure = read_measure(text, end, scaled=numeral.scaled)
        if measure is not None or numeral.scaled:
            break
    if measure is None or link is None or link.group("comma") or not measure.known:
        return []
    if measure.base is not None and measure.base.is_duration:
        return []
    at, last = members[-1]
    readings = [_single(text, at, last, measure, bare)]
    for place, member in reversed(members[:-1]):
        value = value_of(member, measure) * last.scale
        readings.append(Reading(place, member.end, value, value, member, measure.unit, measure=measure))
    return readings[::-1]


def read_quantities(text: str, pos: int, *, foreign: bool = False, bare: bool = False) -> list[Reading]:
    """Read the quantity that starts at `pos`, or the several that share one unit; [] without a number.

    Examples
    --------
    >>> [(reading.low, reading.high, reading.unit) for reading in read_quantities("15- 20%", 0)]
    [(Decimal('15'), Decimal('20'), '%')]
    """
    times = read_times(text, pos) or (read_vulgar(text, pos, bare) if bare else None)
    if times is not None:
        return [times]
    numeral = read_numeral(text, pos, foreign=foreign, bare=bare)
    if numeral is None:
        return []
    measure = read_measure(text, numeral.end, scaled=numeral.scaled, bare=bare)
    reading = (
        (_neighbours(text, pos, numeral) if bare else None)
        or read_fraction(text, pos, numeral, bare)
        or read_part(text, pos, numeral, bare)
        or _range(text, pos, numeral, measure, foreign, bare)
    )
    if reading is not None:
        return [reading]
    if measure is None and not numeral.scaled:
        shared = _list(text, pos, numeral, foreign, bare)
        if shared:
            return shared
    return [_single(text, pos, numeral, measure, bare)]
