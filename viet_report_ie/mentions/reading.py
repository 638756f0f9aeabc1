"""One quantity as read, before its surroundings are weighed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from viet_report_ie.mentions.measures import Measure
from viet_report_ie.mentions.number_literals import Numeral

__all__ = ["Reading", "value_of"]


class Reading(NamedTuple):
    """A quantity at `start` … `end`; `measure` is what the text says behind the number, if it says it there.

    `assumed` marks a unit that the text does not name: đồng behind `3 tỷ`. `falling` marks a range
    whose second number has a minus sign of its own, `ranged` any range.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    numeral: Numeral
    unit: str = ""
    whole: Decimal | None = None
    measure: Measure | None = None
    assumed: bool = False
    falling: bool = False
    ranged: bool = False


def value_of(numeral: Numeral, measure: Measure | None) -> Decimal:
    """Take the comma of `4,974 đảng viên` for thousands: counts and money in đồng have no thousandths."""
    if numeral.thousands is None or measure is None:
        return numeral.value
    countable = measure.base is None or measure.base.symbol == "VND"
    return numeral.thousands if countable else numeral.value
