from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.text.tokens import tokenize


@pytest.mark.parametrize(
    "tokens",
    [
        "Hòa Bình , tỉnh",
        "9,6 tỷ USD",
        "100.000 đồng / người",
        "19 - 7",
        "45 - NQ / TW",
        "TP . HCM",
        "2020 - 2025",
        "98 / 2014 / NĐ - CP",
        "COVID - 19",
        "B1 m2 KCN2 QL51",
        "15 ha 5 G",
        "155 / 200",
        "140 % ; ( FDI )",
        "năm 2020 . Theo",
        "hạ tầng ...",
        "Ya ' el",
        "CPTPP 123.456",
    ],
)
def test_tokens(tokens: str) -> None:
    text = tokens.replace(" , ", ", ").replace(" . ", ".").replace(" - ", "-").replace(" / ", "/")
    text = (
        text.replace("15 ha", "15ha").replace("5 G", "5G").replace("CPTPP ", "CPTPP").replace(" ...", "...")
    )
    assert [text[start:end] for start, end in tokenize(text)] == tokens.split()


@given(st.text(max_size=200))
def test_spans_cover_all_but_white_space(text: str) -> None:
    spans = tokenize(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    assert all(start < end for start, end in spans)
    assert all(end <= start and not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
    assert all(text[start:end].split() == [text[start:end]] for start, end in spans)


@pytest.mark.parametrize(("name", "make"), NASTY, ids=[name for name, _ in NASTY])
def test_long_runs_are_cut(name: str, make: Factory) -> None:
    assert all(end - start <= 320 for start, end in tokenize(make(3000)))
