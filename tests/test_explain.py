"""Why a report says what it says of one character."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from viet_report_ie import Report, extract
from viet_report_ie.cli import app
from viet_report_ie.explain import explain

TEXT = (
    "Ông Nguyễn Văn An, Chủ tịch UBND tỉnh Nghệ An, cho biết: tỉnh thu hút 12 dự án. "
    "Theo khoản 2 Điều 5 Nghị quyết số 45-NQ/TW, KCN Nam Cấm ở huyện Nghi Lộc sẽ mở rộng. "
    "Nghị quyết này rất hay."
)


@pytest.fixture(scope="module")
def report() -> Report:
    return extract(TEXT)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Nguyễn Văn An", {"PERSON", "official"}),
        ("12 dự án", {"measurement", "speech"}),
        ("khoản 2", {"resolution"}),
        ("Nghị quyết số", {"LAW", "resolution"}),
        ("KCN Nam Cấm", {"ZONE", "zone"}),
        ("huyện Nghi Lộc", {"LOC", "place"}),
        ("Nghị quyết này", {"reference"}),
    ],
)
def test_every_object_at_an_offset(report: Report, words: str, kinds: set[str]) -> None:
    reasons = explain(report, TEXT.index(words) + 1)
    assert kinds <= {reason.kind for reason in reasons}
    assert all(reason.source and 0 <= reason.score <= 1 for reason in reasons)


def test_an_object_names_its_mentions(report: Report) -> None:
    reasons = explain(report, TEXT.index("Nghị quyết số"))
    [mention] = next(reason.mentions for reason in reasons if reason.kind == "resolution")
    assert mention.endswith("Nghị quyết số 45-NQ/TW [100, 122)")


def test_every_object_tells_its_rule(report: Report) -> None:
    objects = [*report.officials, *report.zones, *report.resolutions, *report.speeches, *report.places]
    assert {type(one).__name__ for one in objects} == {"Official", "Zone", "Resolution", "Speech", "Place"}
    assert all(one.source and 0 < one.score <= 1 for one in objects)
    assert all(position.source for official in report.officials for position in official.positions)


@pytest.mark.parametrize("offset", [-1, len(TEXT)])
def test_an_offset_outside_of_the_text(report: Report, offset: int) -> None:
    with pytest.raises(ValueError, match="offset"):
        explain(report, offset)


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "bài.txt"
    file.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["explain", str(file), "--at", str(TEXT.index("Nghị quyết số"))])
    assert result.exit_code == 0
    assert "by law-number (score 1.00)" in result.stdout
    assert CliRunner().invoke(app, ["explain", str(file), "--at", "9999"]).exit_code == 2
