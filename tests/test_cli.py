"""The commands, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from viet_report_ie.cli import app
from viet_report_ie.report import TABLE_COLUMNS, Report

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = SEEDS / "dai_hoi_kkt_hai_phong.txt"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def test_the_table_names_officials_documents_and_figures() -> None:
    result = run("extract", SEED)
    assert result.exit_code == 0
    for part in ("Nguyễn Xuân Bình", "45-NQ/TW", "Officials", "Measurements"):
        assert part in result.stdout


def test_json_of_one_file_is_a_report() -> None:
    report = Report.from_dict(json.loads(run("extract", SEED, "--format", "json").stdout))
    assert report.id == "dai_hoi_kkt_hai_phong"
    assert report.text == SEED.read_text(encoding="utf-8")


def test_jsonl_has_a_line_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Năm 2020, tỉnh có 12 huyện.", encoding="utf-8")
    lines = run("extract", SEED, tmp_path / "a.txt", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["dai_hoi_kkt_hai_phong", "a"]


def test_csv_has_the_documented_columns() -> None:
    rows = list(csv.DictReader(io.StringIO(run("extract", SEED, "--format", "csv").stdout)))
    assert tuple(rows[0]) == TABLE_COLUMNS
    assert any(row["unit"] == "USD" for row in rows)


def test_standard_input_and_day_of_publication() -> None:
    article = "Sáng 19-7, mưa.".encode()
    result = run("extract", "-", "--format", "json", "--published", "2020-07-20", stdin=article)
    assert json.loads(result.stdout)["published"] == "2020-07-20"


def test_a_bad_file_is_named_and_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    result = run("extract", tmp_path / "bad.txt", tmp_path / "none.txt", SEED, "--format", "jsonl")
    assert result.exit_code == 1
    assert "bad.txt" in result.stderr
    assert "none.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_evaluate_prints_scores_of_extract() -> None:
    scores = json.loads(run("evaluate", SEEDS / "seeds.jsonl", "--json").stdout)
    assert scores["exact"]["quantity"]["f1"] > 0.8
    assert scores["errors"] == []


def test_evaluate_scores_the_predictions_of_others(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    result = run("evaluate", SEEDS / "seeds.jsonl", "--predictions", empty, "--errors", "LAW")
    assert result.exit_code == 0
    assert "FN dai_hoi_kkt_hai_phong" in result.stdout


def test_evaluate_refuses_an_unknown_label() -> None:
    result = run("evaluate", SEEDS / "seeds.jsonl", "--errors", "NAME")
    assert result.exit_code == 2


@pytest.mark.parametrize("command", [["extract", "--format", "xml"], ["evaluate", "none.jsonl"]])
def test_wrong_arguments_exit_with_2(command: list[str]) -> None:
    assert run(*command).exit_code == 2


def test_schema_is_printed() -> None:
    assert json.loads(run("schema").stdout) == Report.json_schema()
