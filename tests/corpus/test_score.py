"""Scores follow the rules of the annotated corpus."""

from __future__ import annotations

from typing import Any

import pytest

from viet_report_ie.corpus.score import normalize, score, token_f1

TEXT = "Bí thư Tỉnh ủy Lê Văn An: thu ngân sách đạt 9,6 tỷ đồng, tăng 5%."


def span(text: str, label: str, optional: bool = False) -> dict[str, Any]:
    start = TEXT.index(text)
    return {"label": label, "start": start, "end": start + len(text), "text": text, "optional": optional}


def gold_measurement(text: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    row = {
        "low": 9.6e9, "high": 9.6e9, "whole": None, "unit": "VND", "bound": "=", "indicator": "thu ngân sách",
        "kind": "level", "status": "actual", "period": "", "base": "",
    }  # fmt: skip
    return {"start": start, "end": start + len(text), "text": text, **row, **fields}


def predicted(text: str, **fields: Any) -> dict[str, Any]:
    gold = gold_measurement(text, **fields)
    quantity = {key: gold[key] for key in ("start", "end", "text", "low", "high", "whole", "unit", "bound")}
    return {
        "quantity": quantity,
        "indicator": {"text": gold["indicator"]} if gold["indicator"] else None,
        "kind": gold["kind"],
        "status": gold["status"],
        "period": {"text": gold["period"]} if gold["period"] else None,
        "base": {"text": gold["base"]} if gold["base"] else None,
    }


def article(**parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"entities": [], "measurements": [], "officials": [], "zones": [], "laws": []}
    return {"id": "a", "text": TEXT, **empty, **parts}


def counts(gold: dict[str, Any], prediction: dict[str, Any], name: str) -> tuple[int, int, int]:
    result = score([gold], {"a": prediction}).exact[name]
    return result.tp, result.fp, result.fn


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], (0, 0, 1)),
        ([span("Lê Văn An", "PERSON")], (1, 0, 0)),
        ([span("Văn An", "PERSON")], (0, 1, 1)),
        ([span("Lê Văn An", "ORG")], (0, 0, 1)),
        ([span("Lê Văn An", "PERSON"), span("Tỉnh ủy", "PERSON")], (1, 0, 0)),
        ([span("Lê Văn An", "PERSON"), span("ngân sách", "PERSON")], (1, 1, 0)),
    ],
)
def test_mentions_are_exact_and_optional_ones_do_not_count(
    found: list[dict[str, Any]], expected: tuple[int, int, int]
) -> None:
    gold = article(entities=[span("Lê Văn An", "PERSON"), span("Tỉnh ủy", "ORG", optional=True)])
    assert counts(gold, {"entities": found}, "PERSON") == expected


def test_overlap_counts_a_wrong_edge() -> None:
    result = score(
        [article(entities=[span("Lê Văn An", "PERSON")])], {"a": {"entities": [span("Văn An", "PERSON")]}}
    )
    assert result.overlap["PERSON"].f1 == 1.0
    assert result.exact["PERSON"].f1 == 0.0


def test_micro_leaves_out_events() -> None:
    gold = article(entities=[span("Lê Văn An", "PERSON"), span("thu ngân sách", "EVENT")])
    assert counts(gold, {}, "entities micro") == (0, 0, 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "quantity value pair full"),
        ({"low": 9.6e9 + 1}, "quantity value pair full"),
        ({"low": 9.5e9}, "quantity"),
        ({"unit": "USD"}, "quantity"),
        ({"indicator": "ngân sách"}, "quantity value pair full"),
        ({"indicator": "chi"}, "quantity value"),
        ({"indicator": ""}, "quantity value"),
        ({"kind": "change"}, "quantity value pair"),
        ({"status": "target"}, "quantity value pair"),
        ({"bound": ">"}, "quantity value pair"),
        ({"period": "năm 2020"}, "quantity value pair full"),
    ],
)
def test_each_level_asks_for_more(change: dict[str, Any], expected: str) -> None:
    gold = article(measurements=[gold_measurement("9,6 tỷ đồng")])
    result = score([gold], {"a": {"measurements": [predicted("9,6 tỷ đồng", **change)]}})
    right = [name for name in ("quantity", "value", "pair", "full") if result.exact[name].tp]
    assert " ".join(right) == expected


def test_an_extra_quantity_counts_unless_it_is_optional() -> None:
    prediction = {"measurements": [predicted("5%")]}
    assert counts(article(), prediction, "quantity") == (0, 1, 0)
    assert counts(article(entities=[span("5%", "QUANTITY", optional=True)]), prediction, "quantity") == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("title", "organization", "right"),
    [
        ("Bí thư", "Tỉnh ủy", True),
        ("bí thư", "Tỉnh uỷ", True),
        ("Bí thư", "Tỉnh ủy Nghệ An", True),
        ("Phó Bí thư", "Tỉnh ủy", True),
        ("Phó Bí thư Thường trực", "Tỉnh ủy", False),
        ("Bí thư", "", False),
    ],
)
def test_positions_match_by_their_words(title: str, organization: str, right: bool) -> None:
    gold = article(officials=[{"name": "Lê Văn An", "positions": [{"title": "Bí thư", "org": "Tỉnh ủy"}]}])
    position = {"title": title, "organization": organization}
    prediction = {"officials": [{"name": "Lê Văn An", "positions": [position]}]}
    assert counts(gold, prediction, "official") == ((1, 0, 0) if right else (0, 1, 1))


def test_documents_match_by_kind_and_number_and_then_give_issuer_and_date() -> None:
    law = {"kind": "nghị quyết", "number": "45-NQ/TW", "issuer": "Bộ Chính trị", "date": "2019-01-24"}
    found = {"kind": "Nghị quyết", "number": "số 45-NQ/TW", "issuer": "Bộ Chính trị", "date": None}
    result = score([article(laws=[law])], {"a": {"resolutions": [found]}})
    assert result.exact["resolution"].tp == 1
    assert result.accuracy["issuer"] == [1, 1]
    assert result.accuracy["law date"] == [0, 1]


def test_zones_match_by_kind_and_name() -> None:
    zone = {"kind": "industrial_park", "name": "Tràng Duệ"}
    assert counts(article(zones=[zone]), {"zones": [zone, {"kind": "it_park", "name": "A"}]}, "zone") == (
        1,
        1,
        0,
    )


def test_errors_are_listed_in_context() -> None:
    gold = article(entities=[span("Lê Văn An", "PERSON")])
    (line,) = score([gold], {}, errors="PERSON").errors
    assert line.startswith("FN a ")
    assert "[[ Lê Văn An ]]" in line


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(ValueError, match="errors: got 'NAME', want one of PERSON"):
        score([], {}, errors="NAME")


@pytest.mark.parametrize(
    ("one", "other"),
    [("uỷ ban", "Ủy ban"), ("TP.HCM", "thành phố HCM"), ("15- 20%", "15–20%"), ("“Đất”", "đất")],
)
def test_normalize_ignores_form(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


def test_token_f1_counts_repeated_words_once_each() -> None:
    assert token_f1("đất đất nước", "đất") == pytest.approx(0.5)
    assert token_f1("", "") == 0.0
