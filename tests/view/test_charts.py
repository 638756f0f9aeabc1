"""Figures that can be compared: one line each, ``indicator | value | kind | status | base``."""

from __future__ import annotations

from typing import Any

import pytest

from viet_report_ie import Report
from viet_report_ie.view.charts import Bar, find_charts


def figure(line: str) -> dict[str, Any]:
    indicator, value, kind, status, base = (part.strip() for part in line.split("|"))
    number, _, unit = value.partition(" ")
    low, _, whole = number.partition("/")
    low, _, high = low.partition("..")
    return {
        "quantity": {
            "start": 0, "end": 0, "text": value, "low": float(low), "high": float(high or low),
            "whole": float(whole) if whole else None, "unit": unit, "bound": "=",
        },
        "indicator": {"start": 0, "end": 0, "text": indicator},
        "kind": kind,
        "status": status,
        "period": None,
        "base": {"start": 0, "end": 0, "text": base} if base else None,
        "source": "test",
        "score": 1,
    }  # fmt: skip


def bars(*lines: str) -> list[list[Bar]]:
    report = Report.from_dict({"text": "", "measurements": [figure(line) for line in lines]})
    return [chart.bars for chart in find_charts(report)]


def test_target_and_actual_of_one_indicator_stand_together() -> None:
    [(actual, target)] = bars(
        "thu ngân sách | 80 VND | level | actual |", "Thu ngân sách | 100 VND | level | target |"
    )
    assert (actual.kind, actual.high, target.kind, target.high) == ("actual", 80.0, "target", 100.0)


@pytest.mark.parametrize(
    ("compared", "base", "width"),
    [
        ("thu | 125 % | ratio | actual | năm 2019", "≈ 80 VND", 80.0),
        ("thu | 2 x | ratio | actual | năm 2019", "≈ 50 VND", 50.0),
        ("thu | 25 % | change | actual | năm 2019", "≈ 80 VND", 80.0),
        ("thu | -20 % | change | actual | năm 2019", "≈ 125 VND", 100.0),
        ("thu | 40 VND | change | actual | năm 2019", "≈ 60 VND", 60.0),
    ],
)
def test_the_base_follows_from_a_level_and_its_comparison(compared: str, base: str, width: float) -> None:
    [(level, computed)] = bars("thu | 100 VND | level | actual |", compared)
    assert (computed.kind, computed.value, computed.high) == ("base", base, width)
    assert computed.figure == 1
    assert level.figure == 0


@pytest.mark.parametrize(
    "lines",
    [
        ["thu | 100 VND | level | actual |"],
        ["thu | 100 VND | level | actual |", "chi | 90 VND | level | actual |"],
        ["thu | 100 VND | level | actual |", "thu | 30 USD | level | actual |"],
        ["thu | 100 VND | level | actual |", "thu | 25 % | change | actual |"],
        ["thu | 100 VND | level | actual |", "thu | 25 % | share | actual | tổng thu"],
        ["thu | 100 VND | level | actual |", "thu | -100 % | change | actual | năm 2019"],
        ["thu | 100 VND | level | actual |", "thu | 100 VND | level | actual |"],
    ],
)
def test_what_cannot_be_compared_makes_no_chart(lines: list[str]) -> None:
    assert bars(*lines) == []


def test_a_part_is_drawn_with_its_whole() -> None:
    [(part, whole)] = bars("đảng viên | 150/200 người | level | actual |")
    assert (part.high, whole.kind, whole.high) == (75.0, "whole", 100.0)


def test_a_range_keeps_both_ends() -> None:
    [(one, _)] = bars("KCN | 5..10 KCN | level | target |", "KCN | 20 KCN | level | actual |")
    assert (one.low, one.high) == (25.0, 50.0)
