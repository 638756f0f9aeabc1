"""Training of the linker: what is packed is what is read, learning is deterministic, slopes are right."""

from __future__ import annotations

import numpy as np
import pytest

from viet_report_ie.facts.linker import CHOOSERS, POINTERS, Linker
from viet_report_ie.facts.pointer import span_scores
from viet_report_ie.training import network, pointers
from viet_report_ie.training.lessons import make_study
from viet_report_ie.training.linker import cross_validate, make_lexis, train
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
    monkeypatch.setattr(pointers, "EPOCHS", 60)
    documents = [document(number) for number in range(6)]
    data = train(documents, {})
    assert data == train(documents, {})
    linker = Linker.from_bytes(data)
    assert set(linker.choosers) == set(CHOOSERS)
    found = predict(documents[0], linker)["measurements"]
    assert [row["kind"] for row in found] == ["level", "change", "level"]
    assert [row["status"] for row in found] == ["actual", "actual", "target"]
    assert found[0]["indicator"]["text"] == "Doanh thu"
    assert found[1]["base"]["text"].endswith("cùng kỳ")
    assert found[2]["period"]["text"] == "năm 2020"


def test_cross_validation_predicts_every_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointers, "EPOCHS", 2)
    documents = [document(number) for number in range(5)]
    predictions = cross_validate(documents, {})
    assert set(predictions) == {d.gold["id"] for d in documents}
    assert all(len(p["measurements"]) == len(ROWS) for p in predictions.values())


def test_slopes_are_those_of_the_loss() -> None:
    """Compare with differences of the loss, computed here from its definition."""
    vectors = {"doanh": np.array([0.5, -1.0]), "thu": np.array([1.0, 0.25])}
    documents = [document(number) for number in range(2)]
    lexis = make_lexis(documents, vectors)
    studies = [make_study(document, lexis, vectors) for document in documents]
    numbers = pointers.number_features(studies)
    random = np.random.RandomState(1)
    weights = {
        name: value.astype(np.float64) + random.standard_normal(value.shape) * 0.05
        for name, value in pointers.start_weights(studies, lexis, numbers).items()
    }

    def loss() -> float:
        columns, given, inside, starts = pointers.side_by_side(studies, None)
        noise, losses = network.Noise(None), []
        encoded = network.encode(weights, columns, given, inside, noise)
        for name in POINTERS:
            for study, start in zip(studies, starts, strict=True):
                lesson = study.lessons[name]
                near = pointers.near_all([(lesson, start)])
                roles = network.point(weights, name, encoded.vectors, near, noise).roles
                windows = lesson.windows
                scores = span_scores(roles, windows, weights[f"{name}_lengths"])
                for at in range(len(lesson.other_rewards)):
                    own = windows.span_owner == at
                    sides = sum(
                        weights[f"{name}_sides"][numbers[f"{name}_sides"][f]]
                        for f in lesson.sides[at]
                        if f in numbers[f"{name}_sides"]
                    )
                    odds = np.exp(scores[own] + np.broadcast_to(sides, 3)[windows.span_side[own]])
                    known = [f for f in lesson.others[at] if f in numbers[f"{name}_others"]]
                    other = sum(weights[f"{name}_others"][numbers[f"{name}_others"][f], 0] for f in known)
                    instead = np.exp(other) if lesson.others[at] else 0.0
                    won = (odds * lesson.rewards[own]).sum() + instead * lesson.other_rewards[at]
                    losses.append(np.log(odds.sum() + instead) - np.log(won) if won else 0.0)
        return float(np.mean(losses))

    slopes = pointers.slopes_of(weights, studies, numbers, None)
    for name, weight in weights.items():
        cells, slope = weight.reshape(-1), slopes[name].reshape(-1)
        for at in np.argsort(-abs(slope))[:3]:
            before = cells[at]
            ends = []
            for step in (1e-5, -1e-5):
                cells[at] = before + step
                ends.append(loss())
            cells[at] = before
            assert slope[at] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=0.01, abs=1e-5), name
