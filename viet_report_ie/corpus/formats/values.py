"""The value of a quantity as annotators write it: ``9600000000``, ``15..20``, ``155/200``."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["format_value", "parse_value"]

Value = tuple[float | None, float | None, float | None]


def format_value(low: float | None, high: float | None, whole: float | None) -> str:
    """Write the ends of a quantity, and its whole, in the notation of the guidelines.

    Examples
    --------
    >>> format_value(9.6e9, 9.6e9, None), format_value(15.0, 20.5, None), format_value(155, 155, 200)
    ('9600000000', '15..20.5', '155/200')
    >>> format_value(None, 5.0, None)
    '..5'
    """
    value = _plain(low) if low == high and low is not None else f"{_plain(low)}..{_plain(high)}"
    return value if whole is None else f"{value}/{_plain(whole)}"


def parse_value(value: str) -> Value:
    """Read what `format_value` writes.

    Raises
    ------
    ValueError
        If a part is not a number.

    Examples
    --------
    >>> parse_value("15..20.5"), parse_value("155/200")
    ((15.0, 20.5, None), (155.0, 155.0, 200.0))
    """
    ends, slash, whole = value.partition("/")
    low, dots, high = ends.partition("..")
    return _number(low), _number(high if dots else low), _number(whole) if slash else None


def _plain(number: float | None) -> str:
    if number is None:
        return ""
    # repr() gives the shortest decimal that reads back as the same float.
    text = f"{Decimal(repr(float(number))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None
