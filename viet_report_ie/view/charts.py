"""Figures that can be compared: of one indicator in one unit, a level with the base of its ratio."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from viet_report_ie.corpus.score import normalize
from viet_report_ie.notation import format_short
from viet_report_ie.report import Measurement, Report

__all__ = ["Bar", "Chart", "find_charts"]

_MOST_BARS = 10


@dataclass(frozen=True)
class Bar:
    """One line of a chart; `low` … `high` is a range, both in percent of the longest bar.

    `kind` is ``actual``, ``target``, ``base`` (computed from a ratio or a change) or ``whole``.
    """

    figure: int
    kind: str
    note: str
    value: str
    low: float
    high: float


@dataclass(frozen=True)
class Chart:
    """Bars of one indicator in one unit."""

    indicator: str
    unit: str
    bars: list[Bar]


@dataclass(frozen=True)
class _Value:
    figure: int
    kind: str
    note: str
    value: str
    low: Decimal
    high: Decimal


def find_charts(report: Report) -> list[Chart]:
    """Return a chart for each indicator with two values or more to compare.

    Examples
    --------
    >>> from viet_report_ie import Report
    >>> find_charts(Report(text=""))
    []
    """
    groups: dict[tuple[str, str], list[_Value]] = {}
    names: dict[tuple[str, str], str] = {}
    levels: dict[str, tuple[str, str]] = {}
    for number, found in enumerate(report.measurements):
        quantity = found.quantity
        low = quantity.low if quantity.low is not None else quantity.high
        high = quantity.high if quantity.high is not None else low
        if found.indicator is None or low is None or high is None:
            continue
        indicator = normalize(found.indicator.text)
        if found.kind == "level" and high >= 0:
            key = (indicator, quantity.unit)
            names.setdefault(key, found.indicator.text)
            levels[indicator] = key
            values = groups.setdefault(key, [])
            note = found.period.text if found.period else ""
            values.append(_Value(number, found.status, note, quantity.text, low, high))
            if quantity.whole is not None:
                whole = f"{format_short(quantity.whole)} {quantity.unit}"
                values.append(_Value(number, "whole", "", whole, quantity.whole, quantity.whole))
        elif (base := _base(found, groups, levels.get(indicator))) is not None:
            key = levels[indicator]
            words = f"{quantity.text} {found.base.text}" if found.base else quantity.text
            amount = f"≈ {format_short(base)} {key[1]}"
            groups[key].append(_Value(number, "base", words, amount, base, base))
    return [
        Chart(names[key], key[1], _bars(values[:_MOST_BARS]))
        for key, values in groups.items()
        if len({(value.low, value.high, value.kind, value.note) for value in values}) > 1
    ]


def _base(
    found: Measurement, groups: dict[tuple[str, str], list[_Value]], key: tuple[str, str] | None
) -> Decimal | None:
    """Return what a level was compared with, by the ratio (`bằng 140% so với …`) or change after it."""
    quantity = found.quantity
    if key is None or found.base is None or quantity.low != quantity.high or quantity.low is None:
        return None
    level = groups[key][-1]
    if level.low != level.high or level.kind in ("base", "whole"):
        return None
    if found.kind == "ratio" and quantity.unit in ("%", "x"):
        factor = quantity.low / 100 if quantity.unit == "%" else quantity.low
    elif found.kind == "change" and quantity.unit == "%":
        factor = 1 + quantity.low / 100
    elif found.kind == "change" and quantity.unit == key[1]:
        return level.low - quantity.low if level.low > quantity.low else None
    else:
        return None
    return _rounded(level.low / factor) if factor > 0 else None


def _rounded(value: Decimal) -> Decimal:
    # A computed base is no more exact than the figures that it comes from.
    return Decimal(f"{value:.3g}")


def _bars(values: list[_Value]) -> list[Bar]:
    longest = max(value.high for value in values) or Decimal(1)
    return [
        Bar(
            value.figure,
            value.kind,
            value.note,
            value.value,
            low=round(float(100 * max(value.low, Decimal(0)) / longest), 2),
            high=round(float(100 * value.high / longest), 2),
        )
        for value in values
    ]
