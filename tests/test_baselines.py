"""The baselines: what they read, and that they stand beside our pipeline on the same articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.baselines import align, by_ner, by_regex, compare, main

SENTENCE = "Ông Lê Văn Tám cho biết huyện Hòa Vang thu ngân sách 1.250,5 tỷ đồng."


def named(text: str, prediction: dict[str, Any]) -> list[tuple[str, str]]:
    return [(e["label"], text[e["start"] : e["end"]]) for e in prediction["entities"]]


@pytest.mark.parametrize(
    ("text", "words", "spans"),
    [
        ("Hà Nội  mưa", ["Hà Nội", "mưa"], [(0, 6), (8, 11)]),
        ("Hà\u00a0Nội", ["Hà Nội"], [(0, 6)]),
        ("mưa to", ["nắng", "to"], [None, (4, 6)]),
        ("a b a", ["a", "a"], [(0, 1), (4, 5)]),
        ("(a+b)", ["(", "a+b", ")"], [(0, 1), (1, 4), (4, 5)]),
        ("mưa" + " nắng" * 9 + " to", ["to", "nắng"], [None, (4, 8)]),
    ],
)
def test_words_are_found_again(text: str, words: list[str], spans: list[tuple[int, int] | None]) -> None:
    assert list(align(text, words)) == spans


def test_names_of_the_model_keep_their_place() -> None:
    text = "\n\n" + SENTENCE + "\n" + SENTENCE
    assert named(text, by_ner(text)).count(("PERSON", "Lê Văn Tám")) == 2


def test_runs_of_capitals_are_names() -> None:
    found = named(SENTENCE, by_regex(SENTENCE))
    assert ("PERSON", "Ông Lê Văn Tám") in found
    assert ("LOC", "huyện Hòa Vang") in found


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "indicator"),
    [
        (SENTENCE, 1_250.5e9, 1_250.5e9, "VND", "thu ngân sách"),
        ("Sản lượng đạt 15-20 tấn.", 15, 20, "tấn", "Sản lượng"),
        ("Tỷ lệ lấp đầy là 87,5%", 87.5, 87.5, "%", "Tỷ lệ lấp đầy"),
        ("Toàn tỉnh có 12 dự án", 12, 12, "dự", "dự"),
        ("vốn 3 triệu USD", 3e6, 3e6, "USD", "vốn"),
    ],
)
def test_figures(text: str, low: float, high: float, unit: str, indicator: str) -> None:
    (figure,) = by_regex(text)["measurements"]
    quantity = figure["quantity"]
    assert (quantity["low"], quantity["high"], quantity["unit"]) == (low, high, unit)
    assert figure["indicator"]["text"].endswith(indicator)


def test_dates_and_documents_are_no_figures() -> None:
    found = by_regex("Ngày 5/6/2020, Nghị định số 35/2022/NĐ-CP")
    assert found["measurements"] == []
    assert found["resolutions"] == [{"kind": "nghị định", "number": "35/2022/NĐ-CP"}]


def test_systems_are_printed_side_by_side(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lists = {name: [] for name in ("entities", "measurements", "officials", "zones", "laws")}
    gold = json.dumps({"id": "a", "text": "ngày 5/6", **lists})
    path = tmp_path / "gold.jsonl"
    path.write_text(gold + "\n", encoding="utf-8")
    main([str(path)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["viet_report_ie", "underthesea.ner", "regex"]
    assert [line.split()[0] for line in lines[2:4]] == ["PERSON", "TITLE"]
    assert all(len(line) <= 70 for line in lines)


def test_each_system_is_scored_and_timed() -> None:
    gold = {
        "id": "a",
        "text": SENTENCE,
        "entities": [
            {"id": "m1", "label": "PERSON", "start": 4, "end": 14, "text": "Lê Văn Tám", "optional": False}
        ],
        "measurements": [],
        "officials": [],
        "zones": [],
        "laws": [],
    }
    results = compare([gold])
    assert [results[name][0].exact["PERSON"].tp for name in results] == [1, 1, 0]
    assert all(seconds >= 0 for _, seconds in results.values())
