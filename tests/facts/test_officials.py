"""Persons and the offices that the text gives them."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.marked import marked
from viet_report_ie.facts.officials import find_officials
from viet_report_ie.mentions.mention import LABELS, Mention
from viet_report_ie.text.article import read

# Each line: the marked-up text | name: title @ body, title @ body; next name …
LINES = [
    # The office after the name.
    "Ông [P Lê Văn An], [T Bí thư] [O Tỉnh ủy] phát biểu. | Lê Văn An: Bí thư @ Tỉnh ủy",
    "Ông [P Lê Văn An] - [T Giám đốc] [O Sở Y tế Hà Nam] - cho biết. | Lê Văn An: Giám đốc @ Sở Y tế Hà Nam",
    "Ông [P Lê Văn An] ([T Giám đốc] [O Sở Y tế]) nói. | Lê Văn An: Giám đốc @ Sở Y tế",
    "Ông [P Lê Văn An] là [T Giám đốc] [O Sở Y tế]. | Lê Văn An: Giám đốc @ Sở Y tế",
    "Ông [P Lê Văn An] được bầu giữ chức [T Chủ tịch] [O HĐND tỉnh]. | Lê Văn An: Chủ tịch @ HĐND tỉnh",
    "Bà [P Vũ Thị Mai] được phân công làm [T Phó Bí thư] [O Huyện ủy]. | Vũ Thị Mai: Phó Bí thư @ Huyện ủy",
    "Ông [P Lê Văn An], 45 tuổi, [T Chủ tịch] [O UBND xã Lộc Tân]. | Lê Văn An: Chủ tịch @ UBND xã Lộc Tân",
    "Ông [P Lê Văn An] (SN 1972), [T Trưởng] [O Phòng Nội vụ]. | Lê Văn An: Trưởng @ Phòng Nội vụ",
    "Ông [P Lê Văn An], nguyên [T Chủ tịch] [O UBND tỉnh]. | Lê Văn An: Chủ tịch @ UBND tỉnh",
    "Ông [P Lê Văn An], [T Phó Cục trưởng], [O Cục Thuế tỉnh]. | Lê Văn An: Phó Cục trưởng @ Cục Thuế tỉnh",
    "Anh [P Lê Văn An], [T bí thư] thứ nhất [O Trung ương Đoàn], nói. | Lê Văn An: bí thư thứ nhất @ Trung ương Đoàn",
    "Ông [P Lê Văn An], [T Phó trưởng] [O Ban Thường trực Ban Dân tộc tỉnh]. | Lê Văn An: Phó trưởng Ban Thường trực @ Ban Dân tộc tỉnh",
    # The office before the name.
    "[T Chủ tịch] [O UBND tỉnh] [P Lê Văn An] nói. | Lê Văn An: Chủ tịch @ UBND tỉnh",
    "[T Chủ tịch] [O Hội Nông dân] PGS.TS [P Lê Văn An] nói. | Lê Văn An: Chủ tịch @ Hội Nông dân",
    "[T Thủ tướng] [P Lê Văn An] nói. | Lê Văn An: Thủ tướng @ ",
    "[T Phó chủ tịch] [O Câu lạc bộ Sao Mai], [P Lê Văn An], từ chức. | Lê Văn An: Phó chủ tịch @ Câu lạc bộ Sao Mai",
    "[T Bí thư] [L Đồng Nai] [P Lê Văn An] tiếp dân. | Lê Văn An: Bí thư @ Đồng Nai",
    # Several offices.
    "Ông [P Lê Văn An], [T Ủy viên Ban Thường vụ] [O Thành ủy], [T Phó chủ tịch] [O UBND thành phố]. "
    "| Lê Văn An: Ủy viên Ban Thường vụ @ Thành ủy, Phó chủ tịch @ UBND thành phố",
    "[T Bộ trưởng], [T Chủ nhiệm] [O Văn phòng Chính phủ] [P Lê Văn An]. "
    "| Lê Văn An: Bộ trưởng @ , Chủ nhiệm @ Văn phòng Chính phủ",
    "Ông [P Lê Văn An], [T Chủ tịch HĐQT] kiêm [T Tổng Giám đốc] [O Công ty Hoa Sen]. "
    "| Lê Văn An: Chủ tịch HĐQT @ Công ty Hoa Sen, Tổng Giám đốc @ Công ty Hoa Sen",
    "[T Chủ tịch] [O Hội Luật gia] [P Lê Văn An], [T Tổ trưởng] [O Tổ công tác] nói. "
    "| Lê Văn An: Chủ tịch @ Hội Luật gia, Tổ trưởng @ Tổ công tác",
    # Lists.
    "[T Thủ tướng] [P Lê Văn An], [T Bí thư] [O Trung ương Đảng], [T Trưởng] [O ban Tổ chức] [P Đỗ Hải] dự. | Lê Văn An: Thủ tướng @ ; Đỗ Hải: Bí thư @ Trung ương Đảng, Trưởng @ ban Tổ chức",
    "Tới dự có các đồng chí: [P Lê Văn An], [T Bí thư] [O Tỉnh ủy]; [P Vũ Thị Mai], [T Chủ tịch] [O HĐND tỉnh]. "
    "| Lê Văn An: Bí thư @ Tỉnh ủy; Vũ Thị Mai: Chủ tịch @ HĐND tỉnh",
    "[T Chủ tịch] [O UBND TP] [P Lê Văn An], [T Phó chủ tịch] [O UBND TP] [P Vũ Thị Mai] dự. "
    "| Lê Văn An: Chủ tịch @ UBND TP; Vũ Thị Mai: Phó chủ tịch @ UBND TP",
    "Các [T Phó Chủ tịch] [O UBND tỉnh]: [P Lê Văn An], [P Vũ Thị Mai] và [P Đỗ Hải]. "
    "| Lê Văn An: Phó Chủ tịch @ UBND tỉnh; Vũ Thị Mai: Phó Chủ tịch @ UBND tỉnh; Đỗ Hải: Phó Chủ tịch @ UBND tỉnh",
    "Dự họp có bà [P Vũ Thị Mai] - [T chủ tịch] [O HĐND TP], ông [P Đỗ Hải] - [T phó trưởng] [O Ban Tổ chức]. "
    "| Vũ Thị Mai: chủ tịch @ HĐND TP; Đỗ Hải: phó trưởng @ Ban Tổ chức",
    # An office that stands away from the name.
    "Quyết định cách chức [T chủ tịch] [O UBND xã Lộc Tân] đối với ông [P Lê Văn An]. "
    "| Lê Văn An: chủ tịch @ UBND xã Lộc Tân",
    "Trong thời gian giữ chức vụ [T Phó Chủ tịch] [O UBND huyện], ông [P Lê Văn An] ký 14 quyết định. "
    "| Lê Văn An: Phó Chủ tịch @ UBND huyện",
    # No office.
    "Chị [P Vũ Thị Mai] bán hàng ở chợ. | ",
    "Bài và ảnh: [P Đỗ Hải] | ",
    "Cầu Bạch Đằng - Ảnh: [P Đỗ Hải] [T Bộ trưởng] [O Bộ Công an] đến thăm. | ",
    "Theo kết luận của [T Thủ tướng], [T đại biểu] [O Quốc hội] [P Lê Văn An] nói. | Lê Văn An: đại biểu @ Quốc hội",
    "[T Đại tá] [P Lê Văn An] kể chuyện. | ",
    "[T Bí thư] [O Tỉnh ủy] đi cơ sở.\n[P Đỗ Hải] | ",
    "Ghi nhận ý kiến của [T Bộ trưởng Y tế] [P Lê Văn An], [T Thủ tướng] nói. | Lê Văn An: Bộ trưởng Y tế @ ",
    # One person, one object; an office once, in its fullest form.
    "[T Chủ tịch] [O UBND TP] [P Lê Văn An] đến. Ông [P An], [T Chủ tịch] [O UBND TP. HCM], nói. "
    "| Lê Văn An: Chủ tịch @ UBND TP. HCM",
    "[T Bộ trưởng Y tế] [P Lê Văn An] đến. [T Bộ trưởng] [P An] nói. | Lê Văn An: Bộ trưởng Y tế @ ",
    "Ông [P Phạm Sĩ Lý] - [T Giám đốc] [O Sở Công Thương]. [T Giám đốc] [O Sở Công Thương] [P Phạm Sỹ Lý] nói. "
    "| Phạm Sĩ Lý: Giám đốc @ Sở Công Thương",
    "[T Phó chủ tịch] [L Sơn La] bị cảnh cáo. Ông [P Lê Văn An], [T Phó chủ tịch] [L Sơn La]. "
    "[T Phó chủ tịch] [O UBND tỉnh] [P Lê Văn An] xin lỗi. | Lê Văn An: Phó chủ tịch @ UBND tỉnh",
    "Ông [P Lê Văn An], [T Bí thư] [O Tỉnh ủy]. Ông [P An], [T Bí thư] [O Đảng ủy Quân sự tỉnh], nói. "
    "| Lê Văn An: Bí thư @ Tỉnh ủy, Bí thư @ Đảng ủy Quân sự tỉnh",
    "Ông [P Lê Văn An] - [T Chủ tịch HĐQT] [O Công ty cổ phần Gỗ Đồng Phú], đồng thời là [T Chủ tịch HĐQT] "
    "[O Công ty cổ phần Cao su Đồng Phú]. | Lê Văn An: Chủ tịch HĐQT @ Công ty cổ phần Gỗ Đồng Phú, "
    "Chủ tịch HĐQT @ Công ty cổ phần Cao su Đồng Phú",
    # A body that the text leaves out.
    "[O Công ty Hoa Sen] họp đại hội. [O Công ty Hoa Sen] lãi lớn. [T Phó Tổng giám đốc] [P Lê Văn An] nói. "
    "| Lê Văn An: Phó Tổng giám đốc @ Công ty Hoa Sen",
    "[O Ban Pháp chế]: [T Trưởng ban] [P Lê Văn An], [T Phó ban] [P Đỗ Hải] và [P Vũ Thị Mai]. "
    "| Lê Văn An: Trưởng ban @ Ban Pháp chế; Đỗ Hải: Phó ban @ Ban Pháp chế; Vũ Thị Mai: Phó ban @ Ban Pháp chế",
    "[O Quốc hội] họp. [T Đại biểu] [P Lê Văn An] hỏi. | Lê Văn An: Đại biểu @ Quốc hội",
]


@pytest.mark.parametrize("line", LINES)
def test_offices(line: str) -> None:
    marked_up, _, want = line.partition(" | ")
    article, mentions = marked(marked_up)
    got = "; ".join(
        f"{one.name}: " + ", ".join(f"{p.title} @ {p.organization}" for p in one.positions)
        for one in find_officials(article, mentions)
    )
    assert got.strip() == want.strip()


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Ông [P Lê Văn An], nguyên [T Chủ tịch] [O UBND tỉnh].", "former"),
        ("Cựu [T Chủ tịch] [O UBND tỉnh] [P Lê Văn An] nói.", "former"),
        ("Ông [P Lê Văn An] thôi giữ chức [T Chủ tịch] [O UBND tỉnh].", "former"),
        ("Ông [P Lê Văn An] được bầu giữ chức [T Chủ tịch] [O UBND tỉnh].", "appointed"),
        ("Tân [T Chủ tịch] [O UBND tỉnh] [P Lê Văn An] nói.", "appointed"),
        ("Quyền [T Chủ tịch] [O UBND tỉnh] [P Lê Văn An] nói.", "acting"),
        ("[T Chủ tịch] [O UBND tỉnh] [P Lê Văn An] nói.", ""),
    ],
)
def test_status(line: str, status: str) -> None:
    (official,) = find_officials(*marked(line))
    assert [position.status for position in official.positions] == [status]


def test_an_office_named_alone_is_a_mention_of_the_only_one_who_holds_it() -> None:
    article, mentions = marked(
        "Ông [P Lê Văn An], [T Phó chủ tịch Thường trực] [O UBND thành phố] dự. "
        "Đồng chí [T Phó chủ tịch Thường trực] [O UBND thành phố] ghi nhận. Các [T Phó chủ tịch Thường trực] dự."
    )
    (official,) = find_officials(article, mentions)
    assert [article.text[m.start : m.end] for m in official.mentions] == [
        "Lê Văn An",
        "Phó chủ tịch Thường trực",
    ]


def test_an_office_named_alone_that_fits_two_stays_open() -> None:
    article, mentions = marked(
        "[T Phó chủ tịch] [O UBND tỉnh] [P Lê Văn An] và [T Phó chủ tịch] [O UBND tỉnh] [P Vũ Thị Mai] dự. "
        "[T Phó chủ tịch] [O UBND tỉnh] nói."
    )
    assert [len(official.mentions) for official in find_officials(article, mentions)] == [1, 1]


@pytest.mark.parametrize(
    ("others", "canonical"),
    [
        ("[O Thành ủy Hải Phòng] họp.", "Thành ủy Hải Phòng"),
        ("[O Thành ủy Hải Phòng] và [O Thành ủy Cần Thơ] họp.", "Thành ủy"),
        ("[O Tỉnh ủy Hải Dương] họp.", "Thành ủy"),
    ],
)
def test_the_canonical_name_of_a_body_is_the_only_fuller_one(others: str, canonical: str) -> None:
    (official,) = find_officials(*marked(f"[T Bí thư] [O Thành ủy] [P Lê Văn An] nói. {others}"))
    assert [(p.organization, p.canonical) for p in official.positions] == [("Thành ủy", canonical)]


def test_a_position_covers_its_title_and_body() -> None:
    article, mentions = marked("Ông [P Lê Văn An], [T Bí thư] [O Tỉnh ủy] nói.")
    (official,) = find_officials(article, mentions)
    position = official.positions[0]
    assert article.text[position.start : position.end] == "Bí thư Tỉnh ủy"


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 9), st.sampled_from(LABELS))), st.text(max_size=60)
)
def test_any_mentions_in_any_text(parts: list[tuple[int, int, str]], text: str) -> None:
    article = read("Ông Lê Văn An, Bí thư Tỉnh ủy, nguyên Chủ tịch. " + text)
    mentions = []
    position = 0
    for gap, length, label in parts:
        start, position = position + gap, position + gap + length
        if position > len(article.text):
            break
        mentions.append(Mention(label, start, position, "any"))
    for official in find_officials(article, mentions):
        assert official.positions
        assert all(0 <= p.start < p.end <= len(article.text) for p in official.positions)
        assert list(official.mentions) == sorted(official.mentions, key=lambda m: m.start)
