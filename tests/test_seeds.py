"""The open test corpus: sources and compiled form agree, and every label of the guidelines occurs."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from benchmarks.card import count
from viet_report_ie.corpus.annotated import compile_annotation
from viet_report_ie.mentions.mention import LABELS

SEEDS = Path(__file__).parent.parent / "seeds"
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (SEEDS / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
]
each_article = pytest.mark.parametrize("gold", GOLD, ids=[gold["id"] for gold in GOLD])


def test_every_source_is_compiled() -> None:
    ids = [gold["id"] for gold in GOLD]
    assert ids == sorted(path.stem for path in SEEDS.glob("*.txt"))
    assert ids == sorted(path.stem for path in (SEEDS / "annotated").glob("*.ann"))


@each_article
def test_compiled_form_is_that_of_the_source(gold: dict[str, Any]) -> None:
    raw = (SEEDS / f"{gold['id']}.txt").read_text(encoding="utf-8")
    annotated = (SEEDS / "annotated" / f"{gold['id']}.ann").read_text(encoding="utf-8")
    assert compile_annotation(raw, annotated, gold["id"]) == gold


@each_article
def test_spans_are_ordered_and_equal_their_text(gold: dict[str, Any]) -> None:
    end = 0
    for entity in gold["entities"]:
        assert end <= entity["start"] < entity["end"]
        assert gold["text"][entity["start"] : entity["end"]] == entity["text"]
        end = entity["end"]


@each_article
def test_text_is_composed_unicode(gold: dict[str, Any]) -> None:
    assert unicodedata.is_normalized("NFC", gold["text"])


@each_article
def test_rows_agree_with_the_mentions(gold: dict[str, Any]) -> None:
    firm = [e["id"] for e in gold["entities"] if e["label"] == "QUANTITY" and not e["optional"]]
    assert [row["id"] for row in gold["measurements"]] == firm
    assert all(row["low"] <= row["high"] for row in gold["measurements"])
    persons = {e["text"] for e in gold["entities"] if e["label"] == "PERSON"}
    assert {official["name"] for official in gold["officials"]} <= persons
    cited = [e["text"] for e in gold["entities"] if e["label"] == "LAW" and not e["optional"]]
    assert set(cited) == {mention for law in gold["laws"] for mention in law["mentions"]}


@pytest.mark.parametrize("label", LABELS)
def test_every_label_occurs(label: str) -> None:
    assert any(e["label"] == label and not e["optional"] for gold in GOLD for e in gold["entities"])


@pytest.mark.parametrize("kind", ["level", "change", "ratio", "share", "rank"])
def test_every_kind_occurs(kind: str) -> None:
    assert any(row["kind"] == kind for gold in GOLD for row in gold["measurements"])


@pytest.mark.parametrize("bound", ["=", "~", ">", ">=", "<", "<="])
def test_every_bound_occurs(bound: str) -> None:
    assert any(row["bound"] == bound for gold in GOLD for row in gold["measurements"])


def test_five_articles_have_numbers_but_no_measurement() -> None:
    negatives = [gold["id"] for gold in GOLD if not gold["measurements"]]
    assert negatives == [
        "ket_qua_xo_so",
        "lich_cat_dien",
        "lich_thi_tuyen_sinh",
        "the_thao_lien_he",
        "van_ban_moi",
    ]
    assert all(any(c.isdigit() for c in gold["text"]) for gold in GOLD)


def test_the_data_card_has_the_counts_of_the_corpus() -> None:
    assert "\n".join(count(GOLD)) in (SEEDS / "README.md").read_text(encoding="utf-8")


def test_the_data_card_names_every_article() -> None:
    card = (SEEDS / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\|[^|]*\| `(\w+)` \|", card, re.MULTILINE)
    assert sorted(named) == [gold["id"] for gold in GOLD]
