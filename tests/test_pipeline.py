"""The whole way through the house: contract, bad input, determinism."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.nasty import NASTY
from viet_report_ie import Report, extract, parse_dates, parse_quantities

SEEDS = Path(__file__).parent.parent / "seeds"
ARTICLES = [json.loads(line) for line in (SEEDS / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]


def assert_grounded(report: Report) -> None:
    """Every object that carries a text carries exactly the article's characters."""

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            if value is not data and "start" in value:
                assert 0 <= value["start"] <= value["end"] <= len(report.text)
                if "text" in value:
                    assert report.text[value["start"] : value["end"]] == value["text"]
            for part in value.values():
                visit(part)
        elif isinstance(value, list):
            for part in value:
                visit(part)

    data = report.to_dict()
    visit(data)
    ids = {entity.id for entity in report.entities}
    for item in (*report.officials, *report.zones, *report.resolutions, *report.findings):
        assert set(item.mentions) <= ids
    for before, after in zip(report.entities, report.entities[1:], strict=False):
        assert before.end <= after.start
    edges = {edge for entity in report.entities for edge in (entity.start, entity.end)}
    for sentence in report.sentences:
        for start, end in sentence.words:
            assert sentence.start <= start < end <= sentence.end
            assert not any(inside in edges for inside in range(start + 1, end))


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_seeds_are_read_and_grounded(article: dict[str, Any]) -> None:
    report = extract(article["text"])
    assert_grounded(report)
    assert report.measurements or not article["measurements"]
    for measurement in report.measurements:
        low, high = measurement.quantity.low, measurement.quantity.high
        assert low is None or high is None or low <= high, measurement.quantity


@pytest.mark.parametrize(("name", "factory"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty_input_is_read_and_grounded(name: str, factory: Any) -> None:
    assert_grounded(extract(factory(3000).encode("utf-8", "replace").decode()))


FRAGMENTS = st.sampled_from(
    [
        "Bí thư ", "Tỉnh ủy ", "Nguyễn Văn An", ", ", "Nghị quyết số ", "45-NQ/TW", " 9,6 tỷ USD", "15- 20%",
        "155/200 đảng viên", " ngày 24-1-2019", "KCN Tràng Duệ", "năm 2020", "tăng ", "so với ", "\n", ".",
        "hoà", "a\u0301", "\u200b", "&nbsp;", "–", "“", "một nửa", "hai mươi lăm", "1.000.000", "/", "-", "(",
    ]
)  # fmt: skip


@example("45-NQ/TW1.000.000")
@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(FRAGMENTS, max_size=25).map("".join), st.text(max_size=80)))
def test_any_text_is_grounded(text: str) -> None:
    assert_grounded(extract(text.encode("utf-8", "replace").decode()))


@pytest.mark.parametrize("value", [None, b"bytes", 5, ["a"]])
@pytest.mark.parametrize("function", [extract, parse_quantities, parse_dates])
def test_what_is_not_a_string_is_named(function: Any, value: object) -> None:
    with pytest.raises(TypeError, match=f"got {type(value).__name__}, want str"):
        function(value)


def test_a_lone_surrogate_is_named() -> None:
    with pytest.raises(ValueError, match="article: got a lone surrogate at offset 3"):
        extract("abc\ud800")


def test_published_must_be_a_date() -> None:
    with pytest.raises(TypeError, match=r"published: got str, want datetime\.date or None"):
        extract("Sáng nay.", published="2020-07-19")  # type: ignore[arg-type]
    assert extract("Sáng nay.", published=datetime(2020, 7, 19, 8)).published == date(2020, 7, 19)


def test_id_must_be_a_string() -> None:
    with pytest.raises(TypeError, match="id: got int"):
        extract("Sáng nay.", id=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0"])
def test_blank_text_gives_an_empty_report(text: str) -> None:
    report = extract(text)
    assert report.text == text
    assert report.sentences == report.entities == report.measurements == []


def test_threads_from_a_cold_start_agree_with_serial_calls() -> None:
    script = (
        "import sys, json\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from viet_report_ie import extract\n"
        "texts = json.load(sys.stdin)\n"
        "with ThreadPoolExecutor(16) as pool: reports = list(pool.map(extract, texts))\n"
        "assert [r.to_json() for r in reports] == [extract(t).to_json() for t in texts]\n"
    )
    texts = [article["text"] for article in ARTICLES] * 3
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(texts), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_order_of_articles_does_not_matter() -> None:
    texts = [article["text"] for article in ARTICLES]
    forward = [extract(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        backward = list(pool.map(extract, texts[::-1]))
    assert forward == backward[::-1]
