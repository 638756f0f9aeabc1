"""Numbers as they are written and spoken: `1.234,5`, `12tr5`, `ba trăm linh năm`, `hai phẩy năm triệu`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, getcontext
from functools import cache
from typing import Any

import regex

from viet_report_ie.lexicon import load_toml

__all__ = ["Numeral", "divide", "parse_number", "plain", "read_numeral"]

_LITERAL = regex.compile(r"\d++(?:[.,]\d++)*+")
_WORD = regex.compile(r" ?([^\W\d_]{1,8}+)")
_LONGEST = 40
"""A longer run of digits is no quantity; it also keeps the cost of one number bounded."""


@dataclass(frozen=True)
class Numeral:
    """A number read from the text; `scale` is its last scale word (`tỷ` = 10^9), 1 without one."""

    value: Decimal
    end: int
    scale: Decimal = Decimal(1)
    spoken: bool = False
    thousands: Decimal | None = None
    """The other reading of `4,974`: a number whose comma groups thousands."""

    @property
    def scaled(self) -> bool:
        """Tell whether a scale word was read."""
        return self.scale > 1


@cache
def _data() -> dict[str, Any]:
    data = load_toml("numbers")
    return {
        "digits": {word: Decimal(value) for word, value in data["digits"].items()},
        "after_ten": {word: Decimal(value) for word, value in data["after_ten"].items()},
        "scales": {word: Decimal(value) for word, value in data["scales"].items()},
        "short": {word: Decimal(value) for word, value in data["short_scales"].items()},
        **{name: frozenset(words) for name, words in data["words"].items()},
    }


def plain(value: Decimal) -> Decimal:
    """Drop zeros without meaning and exponents: 12500000.0 is 12500000."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Divide exactly, or to four places where the quotient does not end (GUIDELINES: 2/3 is 0.6667)."""
    quotient = numerator / denominator
    if quotient * denominator == numerator and len(quotient.as_tuple().digits) < getcontext().prec:
        return plain(quotient)
    return plain(round(quotient, 4))


def read_literal(text: str, pos: int, foreign: bool = False) -> Numeral | None:
    """Read digits with separators at `pos`; `foreign` takes the comma as the sign of thousands."""
    match = _LITERAL.match(text, pos)
    if match is None or match.end() - pos > _LONGEST:
        return None
    raw, end = match.group(), match.end()
    groups = regex.split("[.,]", raw)
    signs = [sign for sign in raw if sign in ".,"]
    if not signs:
        return Numeral(Decimal(raw), end)
    grouped = len(groups[0]) <= 3 and groups[0] != "0"
    if len(signs) > 1 and signs[-1] not in signs[:-1]:
        whole, fraction = groups[:-1], groups[-1]
        if len(set(signs[:-1])) > 1 or not grouped or any(len(part) != 3 for part in whole[1:]):
            return None
        return Numeral(Decimal("".join(whole) + "." + fraction), end)
    as_thousands = (
        Decimal("".join(groups)) if grouped and all(len(part) == 3 for part in groups[1:]) else None
    )
    if len(signs) > 1:
        return Numeral(as_thousands, end) if as_thousands is not None else None
    as_decimal = Decimal(groups[0] + "." + groups[1])
    if as_thousands is not None and (signs[0] == ",") == foreign:
        return Numeral(as_thousands, end)
    return Numeral(as_decimal, end, thousands=as_thousands if signs[0] == "," else None)


def _word(text: str, pos: int) -> tuple[str, int]:
    match = _WORD.match(text, pos)
    if match is None or (match.end() < len(text) and text[match.end()].isalpha()):
        return "", pos
    return match.group(1).lower(), match.end()


def _scale(text: str, pos: int, bare: bool) -> tuple[Decimal, int] | None:
    data = _data()
    match = _WORD.match(text, pos)
    if match is None:
        return None
    word, end = match.group(1), match.end()
    if bare and word in data["short"] and end == len(text):
        return data["short"][word], end
    lower = word.lower()
    if lower == "k" and (word == "K" or match.start(1) > pos) and not bare:
        return None
    if lower not in data["scales"] and lower[:2] in ("tỷ", "tỉ", "tr") and lower[2:] == "đồng":
        lower, end = lower[:2], end - 4
    if lower not in data["scales"]:
        if lower.endswith("đồng") and lower[:-4] in data["scales"]:
            return data["scales"][lower[:-4]], end - 4
        return None
    if end < len(text) and text[end].isalpha() and not text.startswith("đồng", end):
        return None
    return data["scales"][lower], end


def _below_hundred(text: str, pos: int, first: bool) -> tuple[Decimal, int, int] | None:
    """Read a spoken number below 100 at `pos`: its value, its end and its count of words."""
    data = _data()
    word, end = _word(text, pos)
    if word in data["zero_link"]:
        digit, after = _word(text, end)
        value = data["digits"].get(digit, data["after_ten"].get(digit))
        return (value, after, 2) if not first and value else None
    if word in data["ten"]:
        tens = Decimal(10)
    elif word in data["digits"]:
        digit = data["digits"][word]
        nxt, after = _word(text, end)
        if nxt in data["tens"] and digit:
            tens, end = digit * 10, after
        elif nxt in data["after_ten"] and digit > 1 and (nxt != "tư" or not _word(text, after)[0]):
            return digit * 10 + data["after_ten"][nxt], after, 2
        else:
            return digit, end, 1
    else:
        return None
    unit, after = _word(text, end)
    value = data["after_ten"].get(unit, data["digits"].get(unit))
    if value and unit != "năm" and _word(text, after)[0] not in data["tens"]:
        return tens + value, after, 2
    return tens, end, 2 if tens > 10 else 1


def _fraction_digits(text: str, pos: int) -> tuple[str, int]:
    """Read the spoken digits after `phẩy`: `không năm` is 05, `mười bốn` is 14."""
    digits, end = "", pos
    while len(digits) < _LONGEST:
        group = _below_hundred(text, end, first=True)
        if group is None:
            break
        value, after, _ = group
        if digits and text[end:after].strip().lower() == "năm" and _word(text, after)[0]:
            break
        digits, end = digits + str(value), after
        if value > 9:
            break
    return digits, end


class _Sum:
    """The groups of one number, each with its scale, so that a later larger scale multiplies those before."""

    def __init__(self) -> None:
        self.groups: list[tuple[Decimal, Decimal]] = []

    def add(self, value: Decimal) -> None:
        self.groups.append((value, Decimal(1)))

    def multiply(self, scale: Decimal) -> bool:
        value, count = Decimal(0), 0
        while self.groups and self.groups[-1][1] < scale:
            value += self.groups.pop()[0]
            count += 1
        if count:
            self.groups.append((value * scale, scale))
        return count > 0

    @property
    def last_scale(self) -> Decimal:
        return self.groups[-1][1]

    @property
    def total(self) -> Decimal:
        return sum((value for value, _ in self.groups), Decimal(0))


def _read_scales(text: str, end: int, total: _Sum, bare: bool) -> int:
    while True:
        scale = _scale(text, end, bare)
        if scale is None or not total.multiply(scale[0]):
            return end
        end = scale[1]


def _continue(text: str, end: int, total: _Sum, foreign: bool, bare: bool) -> int:
    """Read one more group after a scale word (`3 nghìn 500`, `12tr5`, `hai triệu ba`); its end, or `end`."""
    data = _data()
    scale = total.last_scale
    attached = end < len(text) and text[end].isdigit()
    start = end if attached else end + 1
    if (attached or text[end : end + 1] == " ") and text[start : start + 1].isdigit():
        literal = read_literal(text, start, foreign)
        if literal is None or literal.value >= scale:
            return end
        following = _scale(text, literal.end, bare)
        raw = text[start : literal.end]
        if following is not None and literal.value * following[0] < scale:
            total.add(literal.value)
        elif (attached or (bare and literal.end == len(text))) and len(raw) <= 3 and raw.isdigit():
            total.add(Decimal("0." + raw) * scale)
        elif scale == 1000 and len(raw) == 3 and raw.isdigit():
            total.add(literal.value)
        else:
            return end
        return literal.end
    word, after = _word(text, end)
    if word in data["half"]:
        total.add(scale / 2)
        return after
    group = _below_hundred(text, end, first=False)
    if group is None:
        return end
    value, after, words = group
    if words == 1 and value < 10:
        nxt = _scale(text, after, bare)
        if nxt is not None and value * nxt[0] < scale:
            total.add(value)
            return after
        if nxt is not None or _word(text, after)[0] in (*data["point"], "phần"):
            return end
        at_end = not _word(text, after)[0]
        if not value or (word in ("năm", "một") and not (bare and at_end)) or not (at_end or scale >= 1000):
            return end
        total.add(value * scale / 10)
        return after
    total.add(value)
    return after


def read_numeral(text: str, pos: int, *, foreign: bool = False, bare: bool = False) -> Numeral | None:
    """Read the longest number that starts at `pos`, digits or words, with its scale words."""
    data = _data()
    total = _Sum()
    literal = read_literal(text, pos, foreign) if text[pos : pos + 1].isdigit() else None
    thousands = None
    if literal is not None:
        total.add(literal.value)
        end, thousands = literal.end, literal.thousands
        whole = literal.value == literal.value.to_integral_value()
    else:
        group = _below_hundred(text, pos, first=True)
        if group is None:
            return None
        total.add(group[0])
        end, whole = group[1], True
    word, after = _word(text, end)
    if word in data["vague"]:
        return None
    if literal is None or bare:
        for _ in range(12):
            grown = _read_scales(text, end, total, bare)
            if grown == end or total.last_scale == 1:
                break
            further = _continue(text, grown, total, foreign, bare)
            end = grown if further == grown else further
            if further == grown:
                break
    else:
        for _ in range(6):
            grown = _read_scales(text, end, total, bare)
            further = _continue(text, grown, total, foreign, bare) if grown > end and whole else grown
            if further == end:
                break
            end = further
            if further == grown:
                break
    scale = max(scale for _, scale in total.groups)
    value = total.total
    word, after = _word(text, end)
    if word in data["point"] and literal is None:
        digits, after = _fraction_digits(text, after)
        if digits:
            decimal = _Sum()
            decimal.add(value + Decimal("0." + digits))
            end = _read_scales(text, after, decimal, bare)
            value, scale = decimal.total, decimal.last_scale
            word, after = _word(text, end)
            if word in data["half"] and scale > 1:
                value, end = value + scale / 2, after
    if scale > 1:
        thousands = None
    if value == 0 and literal is None and text[pos:end].strip().lower() == "không" and not bare:
        return None
    return Numeral(value, end, scale, literal is None, thousands)


def parse_number(text: str) -> Decimal:
    """Read a text that is one number, written or spoken; `ValueError` if it is not.

    Examples
    --------
    >>> parse_number("ba trăm linh năm"), parse_number("1.234,5"), parse_number("12tr5")
    (Decimal('305'), Decimal('1234.5'), Decimal('12500000'))
    """
    text = text.strip()
    word, after = _word(text, 0)
    negative = word in _data()["minus"]
    start = after + 1 if negative else 0
    if text[:1] in ("-", "+"):
        negative, start = text[0] == "-", 1
    numeral = read_numeral(text, start, bare=True)
    if numeral is None or numeral.end != len(text):
        raise ValueError(f"not a number: {text!r}")
    return plain(-numeral.value if negative else numeral.value)
