"""Numbers as Vietnamese readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from viet_report_ie.report import Quantity

__all__ = ["Shown", "format_number", "format_short", "format_value", "show_quantity"]

_BOUNDS = {"=": "", "~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}


def format_number(number: Decimal) -> str:
    """Group with a full stop, and write a decimal comma.

    Examples
    --------
    >>> format_number(Decimal("1234567.50"))
    '1.234.567,5'
    """
    return f"{number.normalize():,f}".translate(str.maketrans(".,", ",."))


def format_short(number: Decimal) -> str:
    """Write a large number with `tỷ` or `triệu`.

    Examples
    --------
    >>> format_short(Decimal("6860000000")), format_short(Decimal("320"))
    ('6,86 tỷ', '320')
    """
    for word, size in (("tỷ", Decimal(10**9)), ("triệu", Decimal(10**6))):
        if abs(number) >= size:
            return f"{format_number(number / size)} {word}"
    return format_number(number)


@dataclass(frozen=True)
class Shown:
    """A quantity as the table shows it: `sign` before its words, `number` where that says more than they."""

    sign: str
    number: str


def show_quantity(quantity: Quantity) -> Shown:
    """Return the sign of a bound, and the number in full where the text abbreviates it.

    Examples
    --------
    >>> from viet_report_ie import parse_quantities
    >>> show_quantity(parse_quantities("hơn 9,6 tỷ USD")[0])
    Shown(sign='> ', number='9.600.000.000 USD')
    >>> show_quantity(parse_quantities("140 %")[0])
    Shown(sign='', number='')
    """
    value = format_value(quantity)
    same = value.replace(" ", "").lower() == quantity.text.replace(" ", "").lower()
    return Shown(_BOUNDS.get(quantity.bound, ""), "" if same else value)


def format_value(quantity: Quantity) -> str:
    """Write value and unit of a quantity, without its bound.

    Examples
    --------
    >>> from viet_report_ie import parse_quantities
    >>> format_value(parse_quantities("155/200 đảng viên")[0])
    '155/200 đảng viên'
    """
    numbers = [format_number(number) for number in (quantity.low, quantity.high) if number is not None]
    value = numbers[0] if len(set(numbers)) == 1 else " … ".join(numbers)
    if quantity.whole is not None:
        value += f"/{format_number(quantity.whole)}"
    return f"{value} {quantity.unit}".strip()
