"""The area of a figure: the place of its indicator, of its clause, or the province of the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.marked import marked
from viet_report_ie.facts.areas import find_areas
from viet_report_ie.facts.model import Measurement
from viet_report_ie.facts.places import link_places
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import Article


def _areas(line: str) -> list[str]:
    article, mentions = marked(line)
    return _read(article, mentions)


def _read(article: Article, mentions: list[Mention], indicator: tuple[int, int] | None = None) -> list[str]:
    figures = [
        Measurement(quantity, indicator, "level", "actual", None, None, "x", 1.0)
        for quantity in find_quantities(article, mentions)
    ]
    places = link_places(article, mentions)
    return [
        "" if index is None else article.text[places[index].start : places[index].end]
        for index in find_areas(article, figures, places)
    ]


LINES = [
    ("[L Hải Phòng] trồng 12 ha rừng.", ["Hải Phòng"]),
    ("Trồng 12 ha rừng ở [L huyện Cát Hải].", ["huyện Cát Hải"]),
    ("[L Hà Nội] có 15 dự án, [L Hải Phòng] có 20 dự án.", ["Hà Nội", "Hải Phòng"]),
    ("Giữa [L Hà Nội] và [L Hải Phòng] có 15 dự án.", [""]),
    ("[L Hà Nội] có 15 dự án; 20 dự án khác chậm.", ["Hà Nội", ""]),
    ("Cả nước có 15 dự án, trong đó [L Hà Nội] có 7 dự án.", ["", "Hà Nội"]),
    # The province of the article, named twice, unless the clause is about something wider.
    ("[L Hà Nội] họp. [O UBND TP Hà Nội] nghe. Có 15 dự án.", ["Hà Nội"]),
    ("[L Hà Nội] họp. [O UBND TP Hà Nội] nghe. Cả nước có 15 dự án.", [""]),
    ("[L Hà Nội] họp. [L Hải Phòng] nghe. [L Hà Nội] ghi. Có 15 dự án.", [""]),
    ("[L Hà Nội] họp. Có 15 dự án.", [""]),
]


@pytest.mark.parametrize(("line", "want"), LINES)
def test_areas(line: str, want: list[str]) -> None:
    assert _areas(line) == want


def test_the_indicator_comes_first() -> None:
    article, mentions = marked("Tại [L Hà Nội], dân số [L Hải Phòng] là 2 triệu người.")
    start = article.text.index("dân số")
    assert _read(article, mentions, (start, start + len("dân số Hải Phòng"))) == ["Hải Phòng"]


@pytest.mark.parametrize("words", load_toml("places")["wide"]["words"])
def test_every_wider_area_leaves_the_province_out(words: str) -> None:
    assert _areas(f"[L Hà Nội] họp. [L Hà Nội] nghe. Tính cho {words} có 15 dự án.") == [""]


PIECES = st.sampled_from(["[L Hà Nội]", "[L Hải Phòng]", "12 ha", ",", ".", ";", "cả nước"])


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_line_has_an_area_or_none_for_each_figure(line: str) -> None:
    assert set(_areas(line)) <= {"", "Hà Nội", "Hải Phòng"}
