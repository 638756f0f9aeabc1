"""Numbers in digits, with the signs of thousands and decimals, and the arithmetic that keeps them exact."""

from __future__ import annotations

from decimal import Decimal, getcontext
from typing import NamedTuple

import regex

__all__ = ["Numeral", "divide", "plain", "read_literal"]

_LITERAL = regex.compile(
    r"\d{1,3}+(?: \d{3}(?!\d)){2,5}+(?:,\d++)?+(?![.,]?\d)|(?:\d++|(?<!\w)(?=[.,]\d))(?:[.,]\d++)*+"
)
_SPACED = regex.compile(r"\d{1,3}+(?: \d{3}(?!\d)){1,5}+(?:,\d++)?+(?![.,]?\d)")
_SEPARATOR = regex.compile("[.,]")
_LONGEST = 40
"""A longer run of digits is no quantity; it also keeps the cost of one number bounded."""


class Numeral(NamedTuple):
    """A number read from the text; `scale` is its last scale word (`tỷ` = 10^9), 1 without one.

    `thousands` is the other reading of `4,974`: a number whose comma groups thousands.
    """

    value: Decimal
    end: int
    scale: Decimal = Decimal(1)
    spoken: bool = False
    thousands: Decimal | None = None

    @property
    def scaled(self) -> bool:
        """Tell whether a scale word was read."""
        return self.scale > 1


def plain(value: Decimal) -> Decimal:
    """Drop zeros without meaning and exponents: 12500000.0 is 12500000."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Divide exactly, or to four places where the quotient does not end (two thirds are 0.6667)."""
    quotient = numerator / denominator
    if quotient * denominator == numerator and len(quotient.as_tuple().digits) < getcontext().prec:
        return plain(quotient)
    return plain(round(quotient, 4))


def read_literal(text: str, pos: int, foreign: bool = False, spaced: bool = False) -> Numeral | None:
    """Read digits with separators at `pos`; `foreign` takes the comma as the sign of thousands.

    `spaced` takes one space for such a sign, too: `12 500`.

    Examples
    --------
    >>> read_literal("1.234,5 ha", 0).value, read_literal("1,234.5 ha", 0).value
    (Decimal('1234.5'), Decimal('1234.5'))
    """
    match = (_SPACED.match(text, pos) if spaced else None) or _LITERAL.match(text, pos)
    if match is None or match.end() - pos > _LONGEST:
        return None
    raw, end = match.group(), match.end()
    if raw.isdecimal():
        return Numeral(Decimal(raw), end)
    raw = raw.replace(" ", "")
    groups = _SEPARATOR.split(raw)
    signs = _SEPARATOR.findall(raw)
    if not signs:
        return Numeral(Decimal(raw), end)
    grouped = 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    thousands = grouped and all(len(group) == 3 for group in groups[1:])
    joined = Decimal("".join(groups)) if thousands else None
    if len(signs) > 1:
        if len(set(signs)) == 1:
            return Numeral(joined, end) if joined is not None else None
        whole = groups[:-1]
        if not grouped or len(set(signs[:-1])) > 1 or any(len(group) != 3 for group in whole[1:]):
            return None
        return Numeral(Decimal("".join(whole) + "." + groups[-1]), end)
    # `5,000` is no decimal in either style: nobody writes its three zeros.
    if joined is not None and ((signs[0] == ",") == foreign or groups[1] == "000"):
        return Numeral(joined, end)
    decimal = Decimal(f"{groups[0] or '0'}.{groups[1]}")
    return Numeral(decimal, end, thousands=joined if signs[0] == "," else None)
