"""The spaCy pipeline gives the same reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from viet_report_ie import extract, load

ARTICLE = (
    "Sáng 19-7, Bí thư Tỉnh ủy Lê Văn An thăm KCN Tràng Duệ, huyện An Dương.\r\n\r\n"
    "Năm 2020, khu công nghiệp thu hút 9,6 tỷ USD,  bằng\u00a0140% so với năm 2019."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def same(doc: Doc) -> bool:
    return bool(doc._.report == extract(ARTICLE))


def test_the_doc_keeps_the_text_and_the_entities(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    report = extract(ARTICLE)
    assert doc.text == ARTICLE
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [
        (e.start, e.end, e.label) for e in report.entities
    ]
    assert [sentence.start_char for sentence in doc.sents] == [s.start for s in report.sentences]
    assert same(doc)


def test_tokens_are_words(nlp: Language) -> None:
    assert "Tỉnh ủy" in [token.text for token in nlp(ARTICLE)]


def test_a_day_of_publication_anchors_dates(nlp: Language) -> None:
    doc = nlp.make_doc(ARTICLE)
    doc._.published = date(2020, 7, 20)
    assert nlp(doc)._.report == extract(ARTICLE, published=date(2020, 7, 20))


def test_the_report_survives_docbin_and_bytes(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (unpacked,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    assert same(unpacked)
    assert same(Doc(nlp.vocab).from_bytes(doc.to_bytes()))


def test_two_processes_give_the_same(nlp: Language) -> None:
    docs = list(nlp.pipe([ARTICLE] * 4, n_process=2, batch_size=2))
    assert len(docs) == 4
    assert all(map(same, docs))


def test_the_pipeline_is_saved_and_loaded_by_spacy(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert same(spacy.load(tmp_path)(ARTICLE))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "  a", "a  ", "\ufeffa\u200bb", "a\u0301\u0323 b"])
def test_any_spacing_is_kept(nlp: Language, text: str) -> None:
    assert nlp(text).text == text
