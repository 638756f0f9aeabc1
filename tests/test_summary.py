"""What a person reads on a terminal."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from tests.view.reports import gold, with_finding
from viet_report_ie import Report
from viet_report_ie.cli import app
from viet_report_ie.summary import print_report

SEED = Path(__file__).parent.parent / "seeds" / "ngan_sach.txt"


def printed(report: Report, width: int = 100, **options: bool) -> str:
    out = io.StringIO()
    print_report(report, Console(file=out, width=width, **options))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Officials (6)",
        "  Nguyễn Xuân Bình",
        "    Phó chủ tịch Thường trực, UBND thành phố",
        "  Xuân Cầu, huyện Cát Hải  non tariff zone",
        "  Nghị quyết 45-NQ/TW, Bộ Chính trị, 2019-01-24  mentions: 2",
        "! Tổng không khớp  sum",
    ],
)
def test_facts_are_lines(line: str) -> None:
    assert line in printed(with_finding(gold()))


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("tổng vốn thực hiện của Tổ hợp sản xuất ô tô VinFast", "≈ 100.000 tỷ VND"),
        ("Vốn đầu tư nước ngoài (FDI)", "9,6 tỷ USD"),
        ("đảng viên", "155/200 đảng viên"),
        ("tổ chức cơ sở Đảng", "85 - 90 %"),
    ],
)
def test_figures_are_rows(indicator: str, value: str) -> None:
    assert re.search(rf"^ {re.escape(indicator)} .* {re.escape(value)} ", printed(gold()), re.MULTILINE)


def test_period_and_base_stand_under_the_indicator() -> None:
    assert re.search(r"FDI\).*140 % .*\n   hết năm 2020; vs\. nhiệm kỳ 2010-2015 ", printed(gold()))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, printed(gold(), width).splitlines())) <= width


def test_words_of_an_article_are_no_markup() -> None:
    data = with_finding(gold()).to_dict()
    data["findings"][0]["message"] = data["officials"][0]["name"] = "[bold]A[/bold]"
    data["measurements"][0]["indicator"]["text"] = "[red]B"
    out = printed(Report.from_dict(data))
    assert out.count("[bold]A[/bold]") == 2
    assert "[red]B" in out


@pytest.mark.parametrize(("color", "coloured"), [("never", False), ("auto", False), ("always", True)])
def test_pipes_get_plain_text_unless_told_otherwise(color: str, coloured: bool) -> None:
    result = CliRunner().invoke(app, ["extract", str(SEED), "--color", color], color=True)
    assert result.exit_code == 0
    assert ("\x1b[" in result.stdout) is coloured


def test_a_terminal_gets_colours() -> None:
    assert "\x1b[1m" in printed(gold(), force_terminal=True)
