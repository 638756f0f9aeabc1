"""Annotated articles through the formats of other tools and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viet_report_ie import extract
from viet_report_ie.corpus.document import Document, Mention, number
from viet_report_ie.corpus.formats import Format, guess_format, read_documents, write_documents
from viet_report_ie.corpus.gold import read_jsonl

SEEDS = Path(__file__).parent.parent.parent / "seeds" / "seeds.jsonl"
LOSSLESS = {"jsonl": "gold.jsonl", "brat": "folder", "docbin": "gold.spacy", "label-studio": "gold.json"}
GOLD: dict[str, Any] = {
    "id": "a/b",
    "text": "Năm 2020, thu 5..7 đạt 15- 20% kế hoạch;\nthu của tỉnh 155/200 hộ [🏠].",
    "entities": [
        {"id": "m1", "label": "DATE", "start": 0, "end": 8, "text": "Năm 2020", "optional": False},
        {"id": "Q1", "label": "QUANTITY", "start": 23, "end": 30, "text": "15- 20%", "optional": False},
        {"id": "m3", "label": "LOC", "start": 49, "end": 53, "text": "tỉnh", "optional": True},
        {"id": "Q2", "label": "QUANTITY", "start": 54, "end": 64, "text": "155/200 hộ", "optional": False},
    ],
    "measurements": [
        {
            "id": "Q1", "start": 23, "end": 30, "text": "15- 20%", "low": 15.0, "high": 20.5, "whole": None,
            "unit": "%", "bound": ">=", "indicator": "thu", "kind": "ratio", "status": "target",
            "period": "Năm 2020", "base": "kế hoạch",
        },
        {
            "id": "Q2", "start": 54, "end": 64, "text": "155/200 hộ", "low": -155.25, "high": -155.25,
            "whole": 200.0, "unit": "hộ | nghèo", "bound": "=",
            "indicator": "thu của tỉnh", "kind": "level", "status": "actual",
            "period": "", "base": "lời mà bài không có",
        },
    ],
    "officials": [{"name": "Lê | An", "positions": [{"title": "Bí thư @", "org": ""}]}],
    "zones": [{"kind": "other", "name": "X\ty", "place": ""}],
    "laws": [{"kind": "luật", "number": "Đất đai", "issuer": "", "date": "2013", "mentions": ["a; b", "c"]}],
}  # fmt: skip


def through(
    documents: list[Document], path: Path, format: Format | None = None, **options: bool
) -> list[Document]:
    write_documents(documents, path, format, **options)
    return list(read_documents(path, format))


@pytest.fixture(scope="module")
def seeds() -> list[dict[str, Any]]:
    return list(read_jsonl(SEEDS))


@pytest.mark.parametrize("name", LOSSLESS.values(), ids=LOSSLESS)
def test_the_seeds_come_back_the_same(name: str, seeds: list[dict[str, Any]], tmp_path: Path) -> None:
    back = {d.id: d.to_gold() for d in through(list(read_documents(SEEDS)), tmp_path / name)}
    assert list(back.values()) == [back[gold["id"]] for gold in seeds]
    for gold in seeds:
        # As text, so that 1 and 1.0 or another order of the keys would show.
        assert json.dumps(back[gold["id"]]) == json.dumps(gold)


@pytest.mark.parametrize("name", LOSSLESS.values(), ids=LOSSLESS)
def test_odd_values_come_back_the_same(name: str, tmp_path: Path) -> None:
    [back] = through([Document.from_gold(GOLD)], tmp_path / name)
    assert back.to_gold() == GOLD


@pytest.mark.parametrize("format", [Format.conll, Format.conll_syllables])
def test_conll_keeps_text_and_mentions(format: Format, seeds: list[dict[str, Any]], tmp_path: Path) -> None:
    back = through(list(read_documents(SEEDS)), tmp_path / "gold.conll", format)
    for document, gold in zip(back, seeds, strict=True):
        assert (document.id, document.text) == (gold["id"], gold["text"])
        assert [(m.label, m.start, m.end) for m in document.mentions] == [
            (e["label"], e["start"], e["end"]) for e in gold["entities"]
        ]


def test_a_report_becomes_a_proposal_and_comes_back(tmp_path: Path) -> None:
    document = Document.from_report(extract(GOLD["text"], id="x"))
    assert document.mentions
    [back] = through([document], tmp_path / "tasks.json", proposals=True)
    assert back == document
    [task] = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert "annotations" not in task
    assert "<Label " in (tmp_path / "tasks.xml").read_text(encoding="utf-8")


def test_brat_writes_standoff_that_brat_knows(tmp_path: Path) -> None:
    write_documents([Document.from_gold(GOLD)], tmp_path)
    lines = (tmp_path / "a%2fb.ann").read_text(encoding="utf-8").splitlines()
    assert "T2\tQUANTITY 23 30\t15- 20%" in lines
    assert "T5\tINDICATOR 10 13\tthu" in lines
    assert "R1\tIndicator Arg1:T2 Arg2:T5\t" in lines
    assert "R2\tPeriod Arg1:T2 Arg2:T1\t" in lines
    assert "A1\tOptional T3" in lines
    assert "A2\tBound T2 at_least" in lines
    assert "#1\tAnnotatorNotes T2\t15..20.5 %" in lines
    assert "Kind Arg:QUANTITY, Value:level|" in (tmp_path / "annotation.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line", ["T1\tORG 0", "T1 ORG 0 3 abc", "R1\tBase Arg1", "hello", "T1\tORG 0 3;5 8\tab"]
)
def test_brat_names_a_line_that_is_not_standoff(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("abcdefgh", encoding="utf-8")
    (tmp_path / "x.ann").write_text(f"T2\tLOC 0 2\tab\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.ann, line 2"):
        list(read_documents(tmp_path))


def test_brat_takes_what_an_annotator_added(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Thu 5 tỷ ở Huế", encoding="utf-8")
    ann = (
        "T7\tLOC 11 14\tHuế\nT3\tQUANTITY 4 8\t5 tỷ\nT9\tINDICATOR 0 3\tThu\nR1\tIndicator Arg1:T3 Arg2:T9\n"
    )
    (tmp_path / "x.ann").write_text(ann + "#1\tAnnotatorNotes T3\t5000000000 VND\n", encoding="utf-8")
    [document] = read_documents(tmp_path)
    assert document.mentions == (Mention("Q1", "QUANTITY", 4, 8), Mention("m2", "LOC", 11, 14))
    [figure] = document.figures
    assert (figure.id, figure.low, figure.unit, figure.bound) == ("Q1", 5e9, "VND", "=")
    assert figure.indicator is not None
    assert figure.indicator.text == "Thu"


CONLL = "-DOCSTART- -X- O\n\nHà_Nội NNP B-LOC\nvà C O\nHuế NNP I-LOC\n. CH O\n\nĐà_Nẵng NNP B-LOC\n"


def test_conll_of_another_tool_is_found_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.conll").write_text(CONLL, encoding="utf-8")
    text = "Hà  Nội và Huế.\nĐà Nẵng"
    [document] = read_documents(tmp_path / "x.conll", texts={"a": text})
    assert document.id == "a"
    assert [text[m.start : m.end] for m in document.mentions] == ["Hà  Nội", "Huế", "Đà Nẵng"]


def test_conll_without_a_text_is_joined_by_spaces(tmp_path: Path) -> None:
    (tmp_path / "x.conll").write_text(CONLL, encoding="utf-8")
    [document] = read_documents(tmp_path / "x.conll")
    assert document.text == "Hà Nội và Huế . Đà Nẵng"


def test_conll_names_a_token_that_is_not_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.conll").write_text(CONLL, encoding="utf-8")
    with pytest.raises(ValueError, match="'Huế'"):
        list(read_documents(tmp_path / "x.conll", texts={"a": "Hà Nội và Vinh"}))


def test_conll_by_word_joins_syllables_and_by_syllable_does_not(tmp_path: Path) -> None:
    document = Document("x", "Thành phố Hà Nội", (Mention("m1", "LOC", 10, 16),))
    write_documents([document], tmp_path / "w.conll")
    write_documents([document], tmp_path / "s.conll", Format.conll_syllables)
    rows = [
        [line for line in (tmp_path / name).read_text(encoding="utf-8").splitlines() if "\t" in line]
        for name in ("w.conll", "s.conll")
    ]
    assert rows[0][-1] == "Hà_Nội\tB-LOC"
    assert rows[1] == ["Thành\tO", "phố\tO", "Hà\tB-LOC", "Nội\tI-LOC"]


def test_docbin_is_read_from_any_pipeline(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    doc = nlp("Visit Hà Nội today")
    doc.set_ents([doc.char_span(6, 12, label="GPE")])
    DocBin(docs=[doc]).to_disk(tmp_path / "x.spacy")
    [document] = read_documents(tmp_path / "x.spacy")
    assert (document.text, document.mentions) == ("Visit Hà Nội today", (Mention("m1", "GPE", 6, 12),))


def test_docbin_holds_words_and_sentences(tmp_path: Path) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    write_documents([Document.from_gold(GOLD)], tmp_path / "x.spacy")
    [doc] = DocBin().from_disk(tmp_path / "x.spacy").get_docs(Vocab())
    assert doc.text == GOLD["text"]
    assert [ent.label_ for ent in doc.ents] == ["DATE", "QUANTITY", "LOC", "QUANTITY"]
    assert [span.text for span in doc.spans["optional"]] == ["tỉnh"]
    assert len(list(doc.sents)) == 2


def task(region: dict[str, Any], text: str = "🏠 Huế") -> str:
    item = {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": region}
    cancelled = {"was_cancelled": True, "result": []}
    return json.dumps([{"id": 7, "data": {"text": text}, "annotations": [cancelled, {"result": [item]}]}])


def test_label_studio_counts_as_a_browser_does(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(
        task({"start": 3, "end": 6, "text": "Huế", "labels": ["LOC"]}), encoding="utf-8"
    )
    [document] = read_documents(tmp_path / "x.json")
    assert (document.id, document.mentions) == ("7", (Mention("m1", "LOC", 2, 5),))


def test_label_studio_names_a_region_of_other_words(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(
        task({"start": 0, "end": 1, "text": "Huế", "labels": ["LOC"]}), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="7: region 0-1"):
        list(read_documents(tmp_path / "x.json"))


def test_langextract_and_w3c_point_at_their_words(tmp_path: Path) -> None:
    document = Document.from_gold(GOLD)
    write_documents([document], tmp_path / "l.jsonl", Format.langextract)
    [item] = read_jsonl(tmp_path / "l.jsonl")
    for extraction in item["extractions"]:
        interval = extraction["char_interval"]
        assert item["text"][interval["start_pos"] : interval["end_pos"]] == extraction["extraction_text"]
    assert item["extractions"][1]["attributes"]["base"] == "kế hoạch"
    write_documents([document], tmp_path / "w.jsonl", Format.w3c)
    annotations = list(read_jsonl(tmp_path / "w.jsonl"))
    assert [a["motivation"] for a in annotations].count("linking") == len(document.figures)
    assert len({a["id"] for a in annotations}) == len(annotations)
    for annotation in annotations:
        if annotation["motivation"] == "tagging":
            position, quote = annotation["target"]["selector"]
            assert GOLD["text"][position["start"] : position["end"]] == quote["exact"]


@pytest.mark.parametrize("name", ["gold.xml", "gold.txt"])
def test_an_unknown_ending_is_named(name: str) -> None:
    with pytest.raises(ValueError, match=r"\.jsonl"):
        guess_format(Path(name))


def test_what_is_written_only_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="w3c"):
        read_documents(tmp_path / "x", Format.w3c)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(alphabet='aăớ1. \n\t\u00a0_#\u0301🏠"', min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip() == text[a:b]]
    labels = st.sampled_from(["ORG", "LOC", "QUANTITY"])
    return Document("x", text, number([(draw(labels), a, b, draw(st.booleans())) for a, b in spans]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_text_comes_back(document: Document, tmp_path: Path) -> None:
    for name in LOSSLESS.values():
        [back] = through([document], tmp_path / name)
        assert back == document
    for format in (Format.conll, Format.conll_syllables):
        [back] = through([document], tmp_path / "x.conll", format)
        assert back.text == document.text
        assert [(m.label, m.start, m.end) for m in back.mentions] == [
            (m.label, m.start, m.end) for m in document.mentions
        ]
