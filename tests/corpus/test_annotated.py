"""Compilation of inline-tagged articles: what is read, and every problem that is reported."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.corpus.annotated import compile_annotation

RAW = "Ông Trần Văn Bình, Giám đốc Sở Y tế, nói [theo Luật Dược]: 155/200 trạm ở KCN Hòa Khánh đạt chuẩn."
TAGGED = (
    "Ông [PERSON Trần Văn Bình], [TITLE Giám đốc] [ORG? Sở Y tế], nói \\[theo [LAW Luật Dược]]: "
    "[Q1 155/200 trạm] ở [ZONE KCN Hòa Khánh] đạt chuẩn."
)
ROWS = """
=====
# a remark, then a blank line

Q1 | 155/200 | trạm | = | trạm | level | actual | |
OFFICIAL | Trần Văn Bình | giám đốc @ Sở Y tế
ZONE | industrial_park | Hòa Khánh |
LAW | Luật | Dược | | 2016 | Luật Dược
"""


def compile_row(row: str, text: str = "[Q1 5 xã] đạt chuẩn", article_id: str = "a") -> dict[str, object]:
    raw = text.replace("[Q1 ", "").replace("]", "")
    return compile_annotation(raw, f"{text}\n=====\n{row}", article_id)


def test_reads_mentions_and_rows() -> None:
    gold = compile_annotation(RAW + "\n", TAGGED + "\n" + ROWS, "y_te")
    assert gold["text"] == RAW
    assert [(e["id"], e["label"], e["text"], e["optional"]) for e in gold["entities"]] == [
        ("m1", "PERSON", "Trần Văn Bình", False),
        ("m2", "TITLE", "Giám đốc", False),
        ("m3", "ORG", "Sở Y tế", True),
        ("m4", "LAW", "Luật Dược", False),
        ("Q1", "QUANTITY", "155/200 trạm", False),
        ("m6", "ZONE", "KCN Hòa Khánh", False),
    ]
    assert all(RAW[e["start"] : e["end"]] == e["text"] for e in gold["entities"])
    (row,) = gold["measurements"]
    assert (row["low"], row["high"], row["whole"], row["period"], row["base"]) == (155, 155, 200, "", "")
    assert gold["officials"] == [
        {"name": "Trần Văn Bình", "positions": [{"title": "giám đốc", "org": "Sở Y tế"}]}
    ]
    assert gold["zones"] == [{"kind": "industrial_park", "name": "Hòa Khánh", "place": ""}]
    assert gold["laws"] == [
        {"kind": "luật", "number": "Dược", "issuer": "", "date": "2016", "mentions": ["Luật Dược"]}
    ]
    assert json.loads(json.dumps(gold)) == gold


@pytest.mark.parametrize(
    ("value", "low", "high", "whole"),
    [("5", 5, 5, None), ("-3.2", -3.2, -3.2, None), ("15..20", 15, 20, None), ("1/4", 1, 1, 4)],
)
def test_values(value: str, low: float, high: float, whole: float | None) -> None:
    (row,) = compile_row(f"Q1 | {value} | xã | = | xã | level | actual")["measurements"]
    assert (row["low"], row["high"], row["whole"]) == (low, high, whole)


def test_optional_quantity_needs_no_row() -> None:
    assert compile_annotation("5 năm qua", "[Q1? 5 năm] qua", "a")["measurements"] == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("", "Q1 '5 xã' has no row"),
        ("Q1 | năm | xã | = | xã | level | actual", "could not convert string to float"),
        ("Q1 | 1..2..3 | xã | = | xã | level | actual", "too many values"),
        ("Q1 | 5 | xã | = | phường | level | actual", "Q1 indicator is not in the text: 'phường'"),
        ("Q1 | 5 | xã | = | xã | level | actual | năm 2020", "Q1 period is not in the text: 'năm 2020'"),
        ("Q1 | 5 | xã | = | xã | level | actual | | kế hoạch", "Q1 base is not in the text: 'kế hoạch'"),
        ("Q1 | 5 | xã | ≥ | xã | level | actual", "Q1 bound '≥' is none of"),
        ("Q1 | 5 | xã | = | xã | sum | actual", "Q1 kind 'sum' is none of"),
        ("Q1 | 5 | xã | = | xã | level | plan", "Q1 status 'plan' is none of"),
        ("Q1 | 5 | xã | = | | level | actual", "Q1 has no indicator"),
        ("Q2 | 5 | xã | = | xã | level | actual", "Q2 has a row but no tag"),
        ("Q1|5|xã|=|xã|level|actual\nQ1|5|xã|=|xã|level|actual", "Q1 has more than one row"),
        ("NOTE | 5", "unknown row 'NOTE | 5'"),
        ("OFFICIAL | Lê Văn Tám | Bí thư", "official is not in the text: 'Lê Văn Tám'"),
        ("OFFICIAL | xã | Bí thư @ Huyện ủy", "official xã is not in the text: 'huyện ủy'"),
        ("ZONE | park | xã |", "zone 'xã' kind 'park' is none of"),
        ("ZONE | other | Chu Lai |", "zone is not in the text: 'Chu Lai'"),
        ("LAW | luật | Đất đai | | | Luật Đất đai", "law mention 'Luật Đất đai' is not tagged"),
        ("LAW | luật | Đất đai | | 2020-13-01 |", "month must be in 1..12"),
    ],
)
def test_problem_of_a_row_is_reported(row: str, problem: str) -> None:
    with pytest.raises(ValueError, match="a: ") as raised:
        compile_row(row)
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    ("raw", "tagged", "problem"),
    [
        ("Hà Nội mưa", "[LOC Hà Nội] nắng", "text differs at character 7"),
        ("Hà Nội mưa", "[LOC Hà Nội]", "text differs at character 6"),
        ("Hà Nội mưa", "[CITY Hà Nội] mưa", "unknown label 'CITY' of 'Hà Nội'"),
        ("Hà Nội mưa", "[LOC2 Hà Nội] mưa", "unknown label 'LOC2'"),
        ("Hà Nội mưa", "[Q Hà Nội] mưa", "unknown label 'Q'"),
        ("Hà Nội mưa", "[LOC Hà Nội ]mưa", "LOC 'Hà Nội ' is empty or has outer space"),
        ("Hà Nội mưa", "[LOC Hà Nội mưa", "broken tag at '[LOC Hà Nội mưa'"),
        ("5 xã", "[Q2? 5 xã]", "Q2 '5 xã' is quantity number 1 of the text"),
    ],
)
def test_problem_of_the_tags_is_reported(raw: str, tagged: str, problem: str) -> None:
    with pytest.raises(ValueError, match="a: ") as raised:
        compile_annotation(raw, tagged, "a")
    assert problem in str(raised.value)


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(ValueError, match="a: ") as raised:
        compile_row("Q1 | 5 | xã | ? | phường | sum | actual\nNOTE")
    assert len(str(raised.value).splitlines()) == 4


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\[]")))
def test_untagged_text_is_left_as_it_is(text: str) -> None:
    if "\n=====" not in text:
        gold = compile_annotation(text, text, "a")
        assert gold["text"] == text.rstrip("\n")
        assert gold["entities"] == []
