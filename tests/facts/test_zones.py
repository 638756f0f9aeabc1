"""Zones behind their mentions."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.facts.marked import marked
from viet_report_ie.facts.zones import find_zones

LINES = [
    "[Z KCN Tân Phú] lấp đầy. | industrial_park: Tân Phú @ ",
    "Tại [Z Khu kinh tế Vũng Áng] ([L thị xã Kỳ Anh]). | economic_zone: Vũng Áng @ thị xã Kỳ Anh",
    "[Z CCN Tân Tiến] [L huyện Văn Giang] | industrial_cluster: Tân Tiến @ huyện Văn Giang",
    "[Z KCX Linh Trung] thuộc địa bàn [L quận Thủ Đức] | export_processing_zone: Linh Trung @ quận Thủ Đức",
    "[Z khu công nghệ cao Hòa Lạc] ở [L Hà Nội] | hi_tech_park: Hòa Lạc @ Hà Nội",
    "[Z Công viên phần mềm Quang Trung] | it_park: Quang Trung @ ",
    "[Z khu kinh tế mở Chu Lai] | economic_zone: Chu Lai @ ",
    "[Z khu kinh tế cửa khẩu Lào Cai] | economic_zone: cửa khẩu Lào Cai @ ",
    "thành lập KCN và [Z khu phi thuế quan Xuân Cầu] [L huyện Cát Hải] "
    "| industrial_park: Xuân Cầu @ huyện Cát Hải; non_tariff_zone: Xuân Cầu @ huyện Cát Hải",
    "các KCN: [Z Giang Biên 2] [L huyện Vĩnh Bảo], [Z Vinh Quang] [L huyện Vĩnh Bảo], [Z Vinh Quang] [L huyện Tiên Lãng] "
    "| industrial_park: Giang Biên 2 @ huyện Vĩnh Bảo; industrial_park: Vinh Quang @ huyện Vĩnh Bảo; "
    "industrial_park: Vinh Quang @ huyện Tiên Lãng",
    "Hai KCN [Z Phước Hiệp] và [Z Bàu Đưng] ở [L Củ Chi] "
    "| industrial_park: Phước Hiệp @ Củ Chi; industrial_park: Bàu Đưng @ Củ Chi",
    "[Z KCN Đồng Văn II] và [Z KCN Đồng Văn] | industrial_park: Đồng Văn II @ ; industrial_park: Đồng Văn @ ",
    "[Z KCN Đức Hòa III - Hồng Đạt] mở rộng. [Z KCN Hồng Đạt] đầy. | industrial_park: Đức Hòa III - Hồng Đạt @ ",
    "[Z Khu công nghệ cao Hòa Lạc] và [Z khu công nghệ cao] này | hi_tech_park: Hòa Lạc @ ",
    "[Z khu công nghiệp] này | ",
    "[Z KCN Tân Phú], [L quốc lộ 5] | industrial_park: Tân Phú @ ",
]


@pytest.mark.parametrize("line", LINES)
def test_zones(line: str) -> None:
    marked_up, _, want = line.partition(" | ")
    got = "; ".join(f"{zone.kind}: {zone.name} @ {zone.place}" for zone in find_zones(*marked(marked_up)))
    assert got.strip() == want.strip()


def test_a_bare_type_word_is_a_mention_of_the_only_zone_of_its_kind() -> None:
    (zone,) = find_zones(*marked("[Z KCN Tân Phú] rộng. Trong [Z KCN] có 5 nhà máy."))
    assert len(zone.mentions) == 2


def test_a_short_name_has_the_kind_of_the_zone_named_before() -> None:
    (zone,) = find_zones(
        *marked("[Z khu công nghệ cao Hòa Lạc] rộng 1.500 ha.\nNgày nay [Z Hòa Lạc] đã khác.")
    )
    assert (zone.kind, len(zone.mentions)) == ("hi_tech_park", 2)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("gắn với mở rộng [Z KCN Tràng Duệ] giai đoạn 3", "expanding"),
        ("Đề án thành lập [Z KCN Cầu Cựu] trình Thủ tướng", "planned"),
        ("thủ tục thành lập mới các KCN: [Z Tiên Thanh] [L huyện Tiên Lãng]", "planned"),
        ("phê duyệt quy hoạch [Z KCN Tân Phú]", "planned"),
        ("[Z KCN Tân Phú] đã đi vào hoạt động", "operating"),
        ("[Z KCN Tân Phú] được phê duyệt năm 2019", "approved"),
        ("[Z KCN Tân Phú] rộng 100 ha", ""),
    ],
)
def test_status(line: str, status: str) -> None:
    (zone,) = find_zones(*marked(line))
    assert zone.status == status


def test_the_names_of_a_list_share_the_status_of_its_head() -> None:
    zones = find_zones(
        *marked("thành lập mới các KCN: [Z Tiên Thanh] [L huyện Tiên Lãng], [Z Tân Phú] [L huyện An Lão]")
    )
    assert [zone.status for zone in zones] == ["planned", "planned"]


def test_phase_and_manager() -> None:
    (zone,) = find_zones(
        *marked("[O Ban quản lý Khu kinh tế Dung Quất] mở rộng [Z KKT Dung Quất] giai đoạn 3.")
    )
    assert (zone.phase, zone.manager) == ("giai đoạn 3", "Ban quản lý Khu kinh tế Dung Quất")
