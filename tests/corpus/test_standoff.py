"""Annotation without its text, and with it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.corpus.standoff import join_texts, strip_text

SEEDS = list(read_jsonl(Path(__file__).parents[2] / "seeds" / "seeds.jsonl"))


@pytest.mark.parametrize("gold", SEEDS, ids=[gold["id"] for gold in SEEDS])
def test_nothing_of_entities_and_measurements_is_lost(gold: dict[str, Any]) -> None:
    (joined,) = join_texts([strip_text(gold)], [{"id": "another", "text": ""}, gold])
    for entity, back in zip(gold["entities"], joined["entities"], strict=True):
        assert entity | {"id": ""} == back | {"id": ""}
    for row, back in zip(gold["measurements"], joined["measurements"], strict=True):
        assert row | {"id": ""} == back | {"id": ""}


def test_no_words_of_the_text_are_left() -> None:
    stripped = json.dumps(strip_text(SEEDS[0])["entities"], ensure_ascii=False)
    assert not any(e["text"] in stripped for e in SEEDS[0]["entities"])


def test_a_text_that_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="not the one that was annotated"):
        list(join_texts([strip_text(SEEDS[0])], [SEEDS[0] | {"text": SEEDS[0]["text"] + " "}]))


def test_a_missing_article_is_named() -> None:
    with pytest.raises(ValueError, match=SEEDS[0]["id"]):
        list(join_texts([strip_text(SEEDS[0])], SEEDS[1:]))
