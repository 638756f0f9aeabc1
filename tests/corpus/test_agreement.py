"""Agreement of two annotators."""

from __future__ import annotations

from pathlib import Path

import pytest

from viet_report_ie.corpus.agreement import agree, cohen_kappa
from viet_report_ie.corpus.annotated import compile_annotation
from viet_report_ie.corpus.document import Document
from viet_report_ie.corpus.formats import read_documents

SEEDS = Path(__file__).parent.parent.parent / "seeds" / "seeds.jsonl"
TEXT = "Huế thu 5 tỷ đồng, tăng 7% so với năm 2019, chi 3 tỷ đồng."
TAGGED = "[LOC Huế] thu [Q1 5 tỷ đồng], tăng [Q2 7%] so với [DATE năm 2019], chi [Q3 3 tỷ đồng]."
ROWS = """
=====
Q1 | 5000000000 | VND | = | thu | level | actual | |
Q2 | 7 | % | = | thu | change | actual | | năm 2019
Q3 | 3000000000 | VND | = | chi | level | actual | |
"""


def annotated(tagged: str = TAGGED, rows: str = ROWS) -> list[Document]:
    return [Document.from_gold(compile_annotation(TEXT, tagged + rows, "a"))]


def test_an_annotator_agrees_with_himself() -> None:
    agreement = agree(read_documents(SEEDS), read_documents(SEEDS))
    assert agreement.differences == []
    assert all(counts.fp == counts.fn == 0 for counts in agreement.scores.exact.values())
    assert all(right == of for right, of in agreement.scores.accuracy.values())
    assert all(kappa == 1 for kappa in agreement.kappa.values())


def test_every_difference_is_listed() -> None:
    other = annotated(
        TAGGED.replace("[LOC Huế]", "[ORG Huế]").replace("[DATE năm 2019]", "năm 2019"),
        ROWS.replace("thu | change", "thu | ratio"),
    )
    assert [line.split(" a ")[0] for line in agree(annotated(), other).differences] == [
        "ORG only B", "LOC only A", "DATE only A", "full differ",
    ]  # fmt: skip


def test_agreement_is_the_same_from_either_side() -> None:
    other = annotated(TAGGED.replace("[LOC Huế]", "Huế"), ROWS.replace("chi | level", "chi | share"))
    one, two = agree(annotated(), other), agree(other, annotated())
    assert {name: counts.f1 for name, counts in one.scores.exact.items()} == {
        name: counts.f1 for name, counts in two.scores.exact.items()
    }
    assert one.kappa == two.kappa


@pytest.mark.parametrize("swap", [False, True])
def test_what_either_leaves_open_does_not_count(swap: bool) -> None:
    pair = [
        annotated(TAGGED.replace("[LOC Huế]", "[LOC? Huế]")),
        annotated(TAGGED.replace("[LOC Huế]", "Huế")),
    ]
    assert agree(*(pair[::-1] if swap else pair)).differences == []
    pair = [annotated(TAGGED.replace("[LOC Huế]", "[LOC? Huế]")), annotated()]
    assert agree(*(pair[::-1] if swap else pair)).differences == []


@pytest.mark.parametrize("swap", [False, True])
def test_a_figure_that_either_leaves_open_does_not_count(swap: bool) -> None:
    fewer = "\n".join(line for line in ROWS.split("\n") if not line.startswith("Q3"))
    pair = [annotated(), annotated(TAGGED.replace("[Q3 ", "[Q3? "), fewer)]
    assert agree(*(pair[::-1] if swap else pair)).differences == []


def test_articles_of_one_annotator_are_named() -> None:
    [document] = annotated()
    more = Document("b", "Huế")
    assert agree([document], [document, more]).alone == ["b"]
    with pytest.raises(ValueError, match="share no article"):
        agree([document], [more])
    with pytest.raises(ValueError, match="different texts"):
        agree([document], [Document("a", "Huế")])


def test_kappa_takes_chance_off() -> None:
    pairs = [("level", "level")] * 45 + [("change", "change")] * 15
    pairs += [("level", "change")] * 25 + [("change", "level")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.1304, abs=1e-4)
    assert cohen_kappa([]) is None
