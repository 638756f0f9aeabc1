"""ZONE mentions by rules over characters."""

# ruff: noqa: E501

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.zones import find_zone_mentions, kind_of
from viet_report_ie.text.article import read

LINES = [
    "Đầu tư vào [KCN Tràng Duệ] giai đoạn 3.",
    "Mở rộng [KCN Giang Biên 2] huyện Vĩnh Bảo.",
    "Tại [Khu công nghiệp Quế Võ III], tỉnh Bắc Ninh.",
    "[KCN Việt Nam - Singapore] và [KCN VSIP II-A].",
    "Tại [Khu kinh tế Đình Vũ - Cát Hải].",
    "Về [khu kinh tế cửa khẩu Lào Cai], tỉnh Lào Cai.",
    "Ở [đặc khu kinh tế Vân Đồn].",
    "[Khu công nghệ cao TP. HCM] thu hút vốn. [Khu công nghệ cao TP.HCM] rộng 900 ha.",
    "Công đoàn các KCN: [Việt Hương], [Đồng An] và [Mỹ Phước 3] tặng quà.",
    "Làm việc ở [Công viên phần mềm Quang Trung].",
    "Các KCN: [DEEPC 4] huyện Kiến Thụy, [Tiên Thanh] huyện Tiên Lãng, [An Hưng - Đại Bản] huyện An Dương và một số KCN khác.",
    "Quy hoạch 3 khu công nghiệp (KCN) gồm [Phước Hiệp] (200 ha), [Bàu Đưng] (175 ha) và [Xuân Thới Thượng] (300 ha).",
    "Hai KCN [Phước Hiệp] và [Bàu Đưng] ở Củ Chi.",
    "Các [khu kinh tế Định An], [khu công nghiệp Trần Đề], [Đại Ngãi] đi vào hoạt động.",
    "Ở [KCN Hiệp Phước] (huyện Nhà Bè) và [Linh Trung] (quận Thủ Đức).",
    "Hai khu kinh tế trọng điểm của miền Trung là [Chu Lai] (Quảng Nam) và [Dung Quất].",
    "[KCN Xuân Thới Thượng], Hóc Môn.",
    "[KCN Dệt may Rạng Đông] xả thải.",
    "[KCN Đình Vũ] 3 dự án mới.",
    "Đấu giá đất tại [Khu công nghiệp Tân Phú] - Long An.",
    # The KCNs of a province, a unit of the present division.
    "Bí thư Đảng ủy khối các Khu công nghiệp Đà Nẵng.",
    "Các xã, phường và đặc khu họp. Đặc khu Cát Hải đón khách.",
    # The name of a body, a plain type word, another word.
    "Trưởng Ban quản lý Khu kinh tế Hải Phòng nói.",
    "Công ty cổ phần phát triển hạ tầng KCN Hải Dương.",
    "Ban quản lý các khu chế xuất - khu công nghiệp TP. HCM.",
    "Các KCN, KKT đóng góp lớn.",
    "Khu công nghiệp này rộng 100 ha.",
    "Nhiều KCN là TP Biên Hòa có nhu cầu.",
    "Khu kinh tế.\nÔng Lê Văn An nói.",
]


@pytest.mark.parametrize("line", LINES)
def test_mentions(line: str) -> None:
    text = line.replace("[", "").replace("]", "")
    article = read(text)
    got, position = "", 0
    for mention in find_zone_mentions(article):
        got += text[position : mention.start] + "[" + text[mention.start : mention.end] + "]"
        position = mention.end
    assert got + text[position:] == line


TYPES = [(entry["kind"], example) for entry in load_toml("zones")["type"] for example in entry["examples"]]


@pytest.mark.parametrize(("kind", "example"), TYPES)
def test_examples_of_the_types(kind: str, example: str) -> None:
    (mention,) = find_zone_mentions(read(example))
    assert (mention.start, mention.end) == (0, len(example))
    words = example.split()
    assert kind in {kind_of(" ".join(words[:size])) for size in range(1, len(words))}


@given(
    st.lists(
        st.sampled_from(
            ["KCN ", "các KCN: ", "Tân Phú", ", ", " và ", "(", ") ", "khu kinh tế ", "2", "\n", "a"]
        )
    )
)
def test_mentions_are_in_order_and_apart(parts: list[str]) -> None:
    article = read("".join(parts))
    mentions = find_zone_mentions(article)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(article.text[m.start : m.end].strip() == article.text[m.start : m.end] != "" for m in mentions)
