"""The article cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.view.reports import golds
from viet_report_ie import Report
from viet_report_ie.view.article import cut_article, role_spans


def joined(report: Report) -> str:
    return "".join(piece.text for line in cut_article(report) for mark in line for piece in mark.pieces)


@pytest.mark.parametrize("name", golds())
def test_nothing_but_line_ends_is_left_out(name: str) -> None:
    report = golds()[name]
    assert joined(report) == report.text.replace("\n", "")


@pytest.mark.parametrize("name", golds())
def test_the_pieces_of_a_role_are_its_words(name: str) -> None:
    report = golds()[name]
    words: dict[str, str] = {}
    for line in cut_article(report):
        for mark in line:
            for piece in mark.pieces:
                for role in piece.roles:
                    words[role] = words.get(role, "") + piece.text
    expected = {
        f"{number}{letter}": report.text[start:end].replace("\n", "")
        for number, measurement in enumerate(report.measurements)
        for letter, start, end in role_spans(measurement)
    }
    assert words == expected


def test_a_mention_keeps_its_words_together() -> None:
    report = golds()["dai_hoi_kkt_hai_phong"]
    marked = [mark for line in cut_article(report) for mark in line if mark.entity]
    assert [mark.entity.text for mark in marked if mark.entity] == [
        "".join(piece.text for piece in mark.pieces) for mark in marked
    ]
    assert len(marked) == len(report.entities)


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


@given(text=st.text(alphabet="ab \n\r<&", max_size=40), mentions=spans)
def test_any_spans_of_another_system_are_cut(text: str, mentions: list[tuple[int, int]]) -> None:
    report = Report.from_dict(
        {
            "text": text,
            "entities": [
                {"id": f"e{i}", "label": "ORG", "start": a, "end": b, "text": "", "source": "x", "score": 1}
                for i, (a, b) in enumerate(mentions)
            ],
        }
    )
    assert joined(report) == text.replace("\n", "").replace("\r", "")
