"""The commands of those who build corpora, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from viet_report_ie.cli import app
from viet_report_ie.corpus.formats import read_documents

SEEDS = Path(__file__).parent.parent.parent / "seeds"
GOLD = SEEDS / "seeds.jsonl"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_convert_there_and_back(tmp_path: Path) -> None:
    assert run("convert", GOLD, tmp_path / "brat").exit_code == 0
    assert run("convert", tmp_path / "brat", tmp_path / "gold.jsonl").exit_code == 0
    assert (tmp_path / "gold.jsonl").read_bytes() == GOLD.read_bytes()


def test_pre_annotate_proposes_for_correction(tmp_path: Path) -> None:
    out = tmp_path / "tasks.json"
    assert run("pre-annotate", SEEDS / "ngan_sach.txt", SEEDS / "du_lich.txt", "--out", out).exit_code == 0
    assert [document.id for document in read_documents(out)] == ["ngan_sach", "du_lich"]
    assert all(document.figures for document in read_documents(out))


def test_proposals_from_files_compare_with_gold_of_the_same_texts(tmp_path: Path) -> None:
    out = tmp_path / "tasks.json"
    run("pre-annotate", SEEDS / "ngan_sach.txt", "--out", out)
    assert json.loads(run("agree", GOLD, out, "--json").stdout)["exact"]["PERSON"]["f1"] > 0.5
    scores = json.loads(run("evaluate", GOLD, "--predictions", out, "--json").stdout)
    assert scores["exact"]["PERSON"]["tp"] > 0


def test_agree_prints_and_lists(tmp_path: Path) -> None:
    run("convert", GOLD, tmp_path / "other.json")
    result = run("agree", GOLD, tmp_path / "other.json")
    assert result.exit_code == 0
    assert "only A" in result.stdout
    numbers = json.loads(run("agree", GOLD, tmp_path / "other.json", "--json").stdout)
    assert numbers["exact"]["full"]["f1"] == 1
    assert numbers["differences"] == []


@pytest.mark.parametrize("name", ["folder", "gold.spacy", "gold.json", "gold.jsonl", "gold.conll"])
def test_evaluate_reads_predictions_of_any_format(name: str, tmp_path: Path) -> None:
    run("convert", GOLD, tmp_path / name)
    result = run("evaluate", GOLD, "--predictions", tmp_path / name, "--json")
    scores = json.loads(result.stdout)["exact"]
    assert scores["entities micro"]["f1"] == 1
    assert scores["full"]["f1"] == (0 if name.endswith(".conll") else 1)
    assert scores["resolution"]["f1"] == (0 if name.endswith(".conll") else 1)


def test_evaluate_refuses_predictions_on_another_text(tmp_path: Path) -> None:
    run("convert", GOLD, tmp_path / "brat")
    (tmp_path / "brat" / "ngan_sach.txt").write_text("Bài khác", encoding="utf-8")
    (tmp_path / "brat" / "ngan_sach.ann").write_text("", encoding="utf-8")
    result = run("evaluate", GOLD, "--predictions", tmp_path / "brat")
    assert result.exit_code == 2
    assert "ngan_sach" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["convert", GOLD, "out.xyz"], ["convert", "none.jsonl", "out.spacy"], ["agree", GOLD, "none.jsonl"]],
)
def test_wrong_arguments_exit_with_2(arguments: list[str | Path]) -> None:
    assert run(*arguments).exit_code == 2
