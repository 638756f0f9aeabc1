from __future__ import annotations

import pytest

from viet_report_ie.lexicon import load_tsv
from viet_report_ie.mentions.counted import read_counted
from viet_report_ie.mentions.units import unit_named
from viet_report_ie.text.article import read

HEADS = [row[0] for row in load_tsv("counted_nouns")]


def test_the_lexicon_is_sorted_without_doubles_and_in_normal_form() -> None:
    assert sorted(set(HEADS)) == HEADS
    assert [head for head in HEADS if read(head).text != head] == []


def test_the_lexicon_holds_no_units_of_measure() -> None:
    assert [head for head in HEADS if unit_named(head) is not None] == []


def test_every_head_reads_back() -> None:
    wrong = [head for head in HEADS if (found := read_counted(f" {head}.", 0)) is None or found.unit != head]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "unit", "known"),
    [
        (" tổ chức Đảng", "tổ chức", True),
        (" Đảng bộ trực thuộc", "đảng bộ", True),
        (" người dân tham gia", "người dân", True),
        (" CLB bóng đá", "CLB", True),
        (" KCN mới", "KCN", True),
        (' "sổ đỏ" giả', "sổ đỏ", True),
        (" số cổ phần", "cổ phần", True),
        (" khinh khí cầu", "khinh", False),
        (" DPM được mua", "DPM", False),
    ],
)
def test_the_head_of_the_phrase(text: str, unit: str, known: bool) -> None:
    found = read_counted(text, 0)
    assert found is not None
    assert (found.unit, found.known) == (unit, known)


@pytest.mark.parametrize(
    "text", [" và", " đã hoàn thành", " Mai", "", " hoàn thành", ", dự án", " của tỉnh", ' "là']
)
def test_what_is_not_counted(text: str) -> None:
    assert read_counted(text, 0) is None
