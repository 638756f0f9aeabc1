"""Training of the linker: what is packed is what is read, and learning is deterministic."""

from __future__ import annotations

import pytest

from viet_report_ie.facts.linker import CHOOSERS, Linker
from viet_report_ie.training import pointers
from viet_report_ie.training.linker import cross_validate, train
from viet_report_ie.training.linker_examples import Document, predict, read_document

TEXT = "Doanh thu đạt 640 tỷ đồng, tăng 8% so với cùng kỳ.\nPhấn đấu năm 2020 có 12 hợp tác xã."
ROWS = [
    ("640 tỷ đồng", "Doanh thu", "level", "actual", "", ""),
    ("8%", "Doanh thu", "change", "actual", "", "cùng kỳ"),
    ("12 hợp tác xã", "hợp tác xã", "level", "target", "năm 2020", ""),
]


def document(number: int) -> Document:
    rows = [
        {
            "start": TEXT.index(text), "end": TEXT.index(text) + len(text), "text": text,
            "indicator": indicator, "kind": kind, "status": status, "period": period, "base": base,
        }
        for text, indicator, kind, status, period, base in ROWS
    ]  # fmt: skip
    return read_document({"id": str(number), "text": TEXT, "entities": [], "measurements": rows})


def test_train(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointers, "EPOCHS", 6)
    documents = [document(number) for number in range(6)]
    data = train(documents)
    assert data == train(documents)
    linker = Linker.from_bytes(data)
    assert set(linker.choosers) == set(CHOOSERS)
    found = predict(documents[0], linker)["measurements"]
    assert [row["kind"] for row in found] == ["level", "change", "level"]
    assert [row["status"] for row in found] == ["actual", "actual", "target"]
    assert found[0]["indicator"]["text"] == "Doanh thu"
    assert found[1]["base"]["text"] == "cùng kỳ"
    assert found[2]["period"]["text"] == "năm 2020"


def test_cross_validation_predicts_every_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointers, "EPOCHS", 2)
    documents = [document(number) for number in range(5)]
    predictions = cross_validate(documents)
    assert set(predictions) == {d.gold["id"] for d in documents}
    assert all(len(p["measurements"]) == len(ROWS) for p in predictions.values())
