"""From annotated text to a model."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from viet_report_ie.mentions.tagger import find_names
from viet_report_ie.mentions.tagger_features import Background
from viet_report_ie.text.article import read
from viet_report_ie.training.background import learn_background, read_raw
from viet_report_ie.training.scores import LABELS, count_spans, f1, table
from viet_report_ie.training.tagger import (
    OPEN,
    cross_validate,
    known_pieces,
    make_example,
    own_sentences,
    read_background,
    train,
)


def entity(label: str, text: str, words: str, optional: bool = False) -> dict[str, object]:
    start = text.index(words)
    return {"label": label, "start": start, "end": start + len(words), "optional": optional}


def test_gold_labels_fall_on_tokens_whatever_the_spelling() -> None:
    text = "Ông Lê Hoà – Bí thư Huyện uỷ"
    gold = {
        "id": "a",
        "text": text,
        "entities": [entity("PERSON", text, "Lê Hoà"), entity("ORG", text, "Huyện uỷ")],
    }
    assert make_example(gold).tags == ("O", "B-PERSON", "I-PERSON", "O", "O", "O", "B-ORG", "I-ORG")


def test_nothing_is_learnt_from_an_optional_mention() -> None:
    text = "Ban quản lý đã họp"
    gold = {"id": "a", "text": text, "entities": [entity("ORG", text, "Ban quản lý", optional=True)]}
    tags = make_example(gold).tags
    assert tags == (OPEN, OPEN, OPEN, "O", "O")
    assert list(known_pieces(tags, 0, 5)) == [(3, 5)]
    assert list(known_pieces(("O", OPEN, "O"), 0, 3)) == [(0, 1), (2, 3)]


def test_own_sentences_are_tagged_without_leftovers() -> None:
    examples = own_sentences()
    assert len(examples) > 50
    for example in examples:
        assert not set("[]") & set(example.gold["text"])
        assert any(tag != "O" for tag in example.tags)


def test_counts_leave_optional_mentions_out() -> None:
    text = "UBND tỉnh, Sở Y tế, Hà Nội"
    gold = {"entities": [entity("ORG", text, "UBND tỉnh", optional=True), entity("ORG", text, "Sở Y tế")]}
    counts = count_spans(gold, [("ORG", 0, 4), ("ORG", 11, 18), ("LOC", 20, 26)])
    assert (counts["ORG"], counts["LOC"]) == ((1, 0, 0), (0, 1, 0))
    assert f1([counts], LABELS) == pytest.approx(2 / 3)
    assert "0.667" in table([counts], samples=40).splitlines()[-1]


@pytest.fixture
def raw_news(tmp_path: Path) -> Path:
    path = tmp_path / "raw.jsonl.gz"
    texts = [f"Chủ tịch UBND tỉnh Nghệ An nói về vụ việc số {number} ở thị xã. " * 3 for number in range(8)]
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": str(at), "text": text}) + "\n" for at, text in enumerate(texts))
    return path


def test_raw_news_comes_without_annotated_articles(raw_news: Path) -> None:
    texts = list(read_raw(raw_news, []))
    assert len(texts) == 8
    assert list(read_raw(raw_news, [texts[2]])) == texts[:2] + texts[3:]
    assert len(list(read_raw(raw_news, [], share=0.5))) == 4


def test_a_model_learns_from_a_few_sentences(raw_news: Path) -> None:
    examples = own_sentences()
    decoder = train(examples, read_background([], examples, raw_news, 1.0))
    assert decoder.background.names["ubnd tỉnh nghệ an"][0] == "O"
    article = read("Tổng thống Joe Biden gặp Moon Jae In")
    assert [m.label for m in find_names(article, (), decoder)] == ["TITLE", "PERSON", "PERSON"]


def test_folds_are_tagged_by_models_that_have_not_seen_them() -> None:
    text = "Ông Quách Vĩ Tùng"
    examples = [
        make_example({"id": str(at), "text": text, "entities": [entity("PERSON", text, "Quách Vĩ Tùng")]})
        for at in range(5)
    ]
    counts = cross_validate(examples, own_sentences(), Background(), jobs=2)
    assert [count["PERSON"] for count in counts] == [(1, 0, 0)] * 5


def test_training_twice_gives_the_same_bytes() -> None:
    examples = own_sentences()[:12]
    first = train(examples, Background())
    assert first.to_bytes() == train(examples, Background()).to_bytes()


def test_rare_readings_are_left_out() -> None:
    decoder = train(own_sentences(), Background())
    texts = ["Tổng thống Joe Biden phát biểu"] * 6 + ["Ông Moon Jae In phát biểu"]
    background = learn_background(texts, decoder)
    assert "joe biden" in background.names
    assert "moon jae in" not in background.names
