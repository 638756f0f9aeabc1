"""Whole numbers of a text: `1.234,5`, `12tr5`, `ba trăm linh năm`, `hai phẩy năm triệu`."""

from __future__ import annotations

from decimal import Decimal

from viet_report_ie.mentions.number_literals import Numeral, plain, read_literal
from viet_report_ie.mentions.number_words import (
    below_hundred,
    number_words,
    point_digits,
    read_scale,
    tenth,
    word_at,
)

__all__ = ["parse_number", "read_numeral"]

_MOST_GROUPS = 12
_BILLION = Decimal(10**9)


class _Sum:
    """The groups of one number, each with its scale, so that a later larger scale multiplies those before."""

    def __init__(self, value: Decimal) -> None:
        self.groups: list[tuple[Decimal, Decimal]] = [(value, Decimal(1))]

    def add(self, value: Decimal) -> None:
        self.groups.append((value, Decimal(1)))

    def multiply(self, scale: Decimal) -> bool:
        """Multiply the groups of smaller scale by `scale`; only `tỷ tỷ` may repeat a scale."""
        if self.groups[-1][1] > scale or (self.groups[-1][1] == scale and scale != _BILLION):
            return False
        value = self.groups.pop()[0]
        while self.groups and self.groups[-1][1] < scale:
            value += self.groups.pop()[0]
        self.groups.append((value * scale, scale))
        return True

    @property
    def last_scale(self) -> Decimal:
        return self.groups[-1][1]

    @property
    def largest_scale(self) -> Decimal:
        return max(scale for _, scale in self.groups)

    @property
    def total(self) -> Decimal:
        return sum((value for value, _ in self.groups), Decimal(0))


def _read_scales(text: str, end: int, total: _Sum, bare: bool) -> int:
    while (scale := read_scale(text, end, bare)) is not None and total.multiply(scale[0]):
        end = scale[1]
    return end


def _continue_digits(text: str, end: int, start: int, total: _Sum, foreign: bool, bare: bool) -> int:
    """Read digits behind a scale word: `3 nghìn 500`, `2 tỷ 300 triệu`, `12tr5`; their end, or `end`."""
    scale = total.last_scale
    literal = read_literal(text, start, foreign)
    if literal is None or literal.value >= scale:
        return end
    raw = text[start : literal.end]
    following = read_scale(text, literal.end, bare)
    closes = start == end or (bare and literal.end == len(text))
    if following is not None and literal.value * following[0] < scale:
        total.add(literal.value)
    elif closes and len(raw) <= 3 and raw.isdecimal():
        total.add(Decimal(f"0.{raw}") * scale)
    elif scale == 1000 and len(raw) == 3 and raw.isdecimal():
        total.add(literal.value)
    else:
        return end
    return literal.end


def _continue_words(text: str, end: int, total: _Sum, bare: bool) -> int:
    """Read words behind a scale word: `hai nghìn ba trăm`, `hai triệu rưỡi`, `hai triệu ba`."""
    lexicon, scale = number_words(), total.last_scale
    word, after = word_at(text, end)
    if word in lexicon.half:
        total.add(scale / 2)
        return after
    last_word = tenth(text, end)
    group = below_hundred(text, end, first=False) if last_word is None else (*last_word, 1)
    if group is None:
        return end
    value, after, words = group
    if words > 1 or value > 9:
        total.add(value)
        return after
    following = read_scale(text, after, bare)
    if following is not None and scale in (100, 1000) and following[0] > scale:
        # `một trăm hai nghìn` is 120 thousand.
        total.add(value * scale / 10)
        return after
    if following is not None:
        if value * following[0] >= scale:
            return end
        total.add(value)
        return after
    unit = below_hundred(text, after, first=True) if scale == 100 and value > 1 else None
    if unit is not None and unit[2] == 1 and 0 < unit[0] < 10 and not word_at(text, unit[1])[0]:
        total.add(value * 10 + unit[0])
        return unit[1]
    last = not word_at(text, after)[0]
    doubtful = word in ("năm", "một") and not (bare and last)
    if (
        not value
        or doubtful
        or not (last or scale >= 1000)
        or word_at(text, after)[0] in lexicon.point | {"phần"}
    ):
        return end
    total.add(value * scale / 10)
    return after


def _continue(text: str, end: int, total: _Sum, foreign: bool, bare: bool) -> int:
    start = end + 1 if text[end : end + 1] == " " else end
    if text[start : start + 1].isdecimal():
        return _continue_digits(text, end, start, total, foreign, bare)
    return _continue_words(text, end, total, bare)


def _goes_on(text: str, pos: int) -> bool:
    """Tell whether a number goes on behind its first scale: `trăm hai`, `nghìn tỷ`, but not `trăm năm`."""
    word, _ = word_at(text, pos)
    lexicon = number_words()
    if word in lexicon.half | lexicon.zero_link | lexicon.leading or tenth(text, pos) is not None:
        return True
    if text.startswith(" phần trăm", pos):
        return True
    group = below_hundred(text, pos, first=True)
    return group is not None and word != "không" and (group[2] > 1 or word != "năm")


def _digit_by_digit(text: str, pos: int) -> Numeral | None:
    """Read `hai không một chín`; two digits only where they are no range as `hai ba` may be."""
    digits, end = point_digits(text, pos)
    if len(digits) < 2 or text[pos:end].count(" ") != len(digits) - 1 or read_scale(text, end, True):
        return None
    years = "năm" in text[pos:end].lower().split()[1:]
    if len(digits) == 2 and (digits < "20" or years or int(digits[1]) - int(digits[0]) in (1, 2)):
        return None
    following, after = word_at(text, end)
    if years and following in number_words().after_year:
        return None
    if following == "phần" and word_at(text, after)[0] not in number_words().scales:
        # `ba một phần hai` is three and a half.
        return None
    return Numeral(Decimal(digits), end, spoken=True)


def _read_first(text: str, pos: int, foreign: bool, bare: bool) -> Numeral | None:
    if text[pos : pos + 1].isdecimal() or (bare and text[pos : pos + 1] in (".", ",")):
        return read_literal(text, pos, foreign, spaced=bare)
    if bare:
        digits = _digit_by_digit(text, pos)
        if digits is not None:
            return digits
        word, end = word_at(text, pos)
        if word in number_words().bare:
            return Numeral(number_words().bare[word], end, spoken=True)
        if word in number_words().leading:
            return Numeral(Decimal(1), pos, spoken=True) if _goes_on(text, end) else None
    group = below_hundred(text, pos, first=True)
    return None if group is None else Numeral(group[0], group[1], spoken=True)


def _read_point(text: str, total: _Sum, end: int, bare: bool) -> tuple[_Sum, int]:
    """Read `phẩy năm triệu` behind a spoken number."""
    word, after = word_at(text, end)
    if word not in number_words().point:
        return total, end
    digits, after = point_digits(text, after)
    if not digits:
        return total, end
    decimal = _Sum(total.total + Decimal(f"0.{digits}"))
    end = _read_scales(text, after, decimal, bare)
    word, after = word_at(text, end)
    if word in number_words().half and decimal.last_scale > 1:
        decimal.add(decimal.last_scale / 2)
        end = after
    return decimal, end


def read_numeral(text: str, pos: int, *, foreign: bool = False, bare: bool = False) -> Numeral | None:
    """Read the longest number that starts at `pos`, digits or words, with its scale words.

    `foreign` takes the comma as the sign of thousands; `bare` reads what only a text that is one number may
    say: `3M`, `,77`, `hai rưỡi`, digit by digit.

    Examples
    --------
    >>> read_numeral("2 tỷ 300 triệu đồng", 0).value
    Decimal('2300000000')
    """
    first = _read_first(text, pos, foreign, bare)
    if first is None:
        return None
    lexicon, ahead = number_words(), text[first.end : first.end + 2]
    followed = ahead[:1].isalpha() or (ahead[:1] == " " and ahead[1:].isalpha())
    if followed and word_at(text, first.end)[0] in lexicon.vague:
        return None
    if not (first.spoken or bare) and (not followed or read_scale(text, first.end, bare) is None):
        # As every other sum, to the digits that the context keeps.
        return Numeral(+first.value, first.end, thousands=first.thousands)
    total, end = _Sum(first.value), first.end
    whole = first.value == first.value.to_integral_value()
    for _ in range(_MOST_GROUPS):
        grown = _read_scales(text, end, total, bare)
        if grown == end:
            break
        end = _continue(text, grown, total, foreign, bare) if whole else grown
        if end == grown:
            break
    if first.spoken or bare:
        total, end = _read_point(text, total, end, bare)
    word, after = word_at(text, end)
    if bare and word in lexicon.half and total.largest_scale == 1:
        total.add(Decimal("0.5"))
        end = after
    if first.spoken and not bare and text[pos:end].lower() == "không":
        return None
    thousands = first.thousands if total.largest_scale == 1 else None
    return Numeral(total.total, end, total.largest_scale, first.spoken, thousands)


def parse_number(text: str) -> Decimal:
    """Read a text that is one number, written or spoken; `ValueError` if it is not.

    Examples
    --------
    >>> parse_number("ba trăm linh năm"), parse_number("1.234,5"), parse_number("12tr5")
    (Decimal('305'), Decimal('1234.5'), Decimal('12500000'))
    """
    text = text.strip()
    word, after = word_at(text, 0)
    negative = text[:1] == "-" or word in number_words().minus
    start = after if word in number_words().minus else 1 if text[:1] in ("-", "+") else 0
    numeral = read_numeral(text, start + (text[start : start + 1] == " "), bare=True)
    if numeral is None or numeral.end != len(text):
        raise ValueError(f"not a number: {text!r}")
    return plain(-numeral.value if negative else numeral.value)
