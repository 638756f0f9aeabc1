"""Places tied to official units."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.marked import marked
from viet_report_ie.facts.gazetteer import load_gazetteer, name_key
from viet_report_ie.facts.places import link_places
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import read

# Each line: the marked-up text | name: code before; name: code before …; a `?` marks an open one.
LINES = [
    "Ở [L huyện Cát Hải] | huyện Cát Hải: 317",
    "Ở [L Hải Phòng] | Hải Phòng: 31",
    "Ở [L TP.HCM] | TP.HCM: 79",
    "Ở [L TP HCM] và [L thành phố Hồ Chí Minh] | TP HCM: 79; thành phố Hồ Chí Minh: 79",
    "Ở [L Thừa Thiên - Huế] | Thừa Thiên - Huế: 46",
    "Ở [L tỉnh Đắc Lắc] và [L Đăk Lăk] | tỉnh Đắc Lắc: 66; Đăk Lăk: 66",
    "Ở [L BR-VT] | BR-VT: 77",
    "Ở [L TP Qui Nhơn] | TP Qui Nhơn: 540",
    "[O UBND tỉnh Nghệ An] | tỉnh Nghệ An: 40",
    "[O Công an Nghệ An] | Nghệ An: 40",
    "[O Huyện ủy Phú Ninh] | Phú Ninh: 518",
    "[O Sở Xây dựng TP HCM] | TP HCM: 79",
    "Ở [L TP Thái Bình] | TP Thái Bình: 336",
    "Ở [L thị xã Kỳ Anh] | thị xã Kỳ Anh: 449",
    "Ở [L huyện Thủy Nguyên] | huyện Thủy Nguyên: 311",
    "Ở [L Thái Bình] | Thái Bình: 34",
    # The place named after it decides, then what else the article names.
    "Ở [L huyện Châu Thành], [L tỉnh An Giang] | huyện Châu Thành: 892; tỉnh An Giang: 89",
    "Ở [L huyện Châu Thành] ([L An Giang]) | huyện Châu Thành: 892; An Giang: 89",
    "[O UBND tỉnh An Giang] về [L huyện Châu Thành] | tỉnh An Giang: 89; huyện Châu Thành: 892",
    "Ở [L huyện Châu Thành] | huyện Châu Thành: ?",
    # No unit of Viet Nam, or no unit at all.
    "Ở [L Nhật Bản] và [L đường Lê Lợi] | ",
    "[O Ngân hàng Sao Mai] | ",
]


@pytest.mark.parametrize("line", LINES)
def test_units_before(line: str) -> None:
    marked_up, _, want = line.partition(" | ")
    article, mentions = marked(marked_up)
    got = "; ".join(
        f"{article.text[place.start : place.end]}: {'?' if place.ambiguous else place.before[0].code}"
        for place in link_places(article, mentions)
    )
    assert got == want.strip()


def test_an_open_place_keeps_its_candidates() -> None:
    (place,) = link_places(*marked("Ở [L huyện Châu Thành]"))
    assert place.ambiguous
    assert len(place.before) > 5
    assert {unit.name for unit in place.before} == {"Huyện Châu Thành"}


def test_a_unit_of_before_has_its_successors() -> None:
    cat_hai, binh_duong = link_places(*marked("[L huyện Cát Hải] và [L tỉnh Bình Dương]"))
    assert [unit.name for unit in cat_hai.since] == ["Đặc khu Cát Hải"]
    assert [unit.name for unit in binh_duong.since] == ["Thành phố Hồ Chí Minh"]


def test_since_the_reform_the_present_units_come_first() -> None:
    article, mentions = marked("Ở [L xã An Lão], [L thành phố Hải Phòng]")
    commune, _ = link_places(article, mentions, date(2026, 3, 1))
    assert [(unit.level, unit.name) for unit in commune.since] == [("ward", "Xã An Lão")]
    assert not commune.ambiguous


@pytest.mark.parametrize("name", ["Hà Nội", "Đà Nẵng", "Cần Thơ", "Phú Quốc"])
def test_every_name_is_found_by_its_key(name: str) -> None:
    assert name_key(name) in load_gazetteer().by_name


def test_every_successor_is_a_unit() -> None:
    gazetteer = load_gazetteer()
    successors = [
        gazetteer.successors(number) for number in range(len(gazetteer.rows)) if gazetteer.is_before(number)
    ]
    assert sum(bool(found) for found in successors) > 10_000
    assert all(not gazetteer.is_before(row) for found in successors for row in found)


@given(st.text(max_size=40), st.sampled_from(["LOC", "ORG", "ZONE"]))
def test_any_text(text: str, label: str) -> None:
    article = read("TP. " + text)
    for place in link_places(article, [Mention(label, 0, len(article.text), "any")]):
        assert 0 <= place.start < place.end <= len(article.text)
        assert place.before or place.since
