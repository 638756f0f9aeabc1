"""LAW mentions: their spans, and the kind, number and name that they give."""

# ruff: noqa: E501

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.laws import find_laws, read_citation
from viet_report_ie.mentions.mention import Citation
from viet_report_ie.text.article import read

LINES = [
    "Thực hiện [Nghị quyết số 45-NQ/TW] ngày 24-1-2019 của Bộ Chính trị.",
    "Theo [NQ 28], [NQ45], [NĐ100] và [QĐ 1627].",
    "[Nghị quyết 28] của Ban Thường vụ Thành ủy về phát triển đảng viên.",
    "Doanh nghiệp vi phạm [Nghị định 98/2014/NĐ-CP] hoặc [nghị định 15].",
    "[Quyết định số 1627/QĐ - TTg] và [Quyết định 86/2010/QĐ-Ttg].",
    "[Công văn số 840/VEC - TCKT], [văn bản số 5581/C 67 - P 9] ngày 28/12.",
    "[Nghị quyết 70/2018/QH 14] về dự toán ngân sách.",
    "Các [Nghị quyết 16], [45] và [52] của tỉnh.",
    "[Nghị quyết 01], [02] của Chính phủ.",
    "Các [nghị định 34/2016/NĐ-CP], [154/2016/NĐ-CP] và [65/2017/NĐ-CP].",
    "Làm theo [45-NQ/TW] và [01/KL-UBND].",
    "Theo khoản 2 Điều 5 [Nghị định 15/2020/NĐ-CP].",
    "[Nghị định 173] năm 2013 quy định mức phạt.",
    "Thực hiện [Nghị quyết Trung ương 4 khóa 12], [Nghị quyết Trung ương 3 (khóa XI)] về cán bộ.",
    "[NQ Trung ương 4 khóa XI], [NQTW 5 khóa IX], [Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương khóa X].",
    "[Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI], nhiệm kỳ 2015-2020.",
    "[Nghị quyết Đại hội 4 Đảng bộ KKT], chi bộ đã họp.",
    "Đưa [nghị quyết Đại hội Đảng bộ TP. HCM] vào cuộc sống.",
    "Thực hiện [Luật Đất đai 2013], [Luật Đặc xá năm 2018] và [Hiến pháp năm 2013].",
    "Dự án [Luật Giáo dục (sửa đổi)], dự thảo [Luật Dược sửa đổi] được trình.",
    "Vi phạm [luật Xử lý vi phạm hành chính], [Luật phòng chống tham nhũng] và các quy định khác.",
    "Theo [luật xây dựng], nhà phải có phép.",
    "[Luật Phòng, chống tác hại của rượu, bia] có hiệu lực.",
    "[Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học]; [Luật Chăn nuôi].",
    "[Luật sửa đổi, bổ sung một số điều của các Luật Xây dựng, Nhà ở, Quy hoạch đô thị].",
    "Sửa hai luật [Tổ chức Chính phủ] và [Tổ chức chính quyền địa phương].",
    "Theo khoản 4 điều 206 [bộ luật Hình sự năm 2015], sửa đổi năm 2017.",
    "Theo [Luật Đất đai số 45/2013/QH13] ngày 29/11/2013.",
    "Theo Điều 128 [BLHS 2015].",
    "Dự thảo [Luật Chuyển giới] được góp ý.",
    "[Luật BHXH] và [Luật về hội].",
    "[Luật Đơn vị hành chính - kinh tế đặc biệt Vân Đồn, Bắc Vân Phong, Phú Quốc] được trình.",
    "Theo [Luật Công chức] hay không?",
    "[Nghị quyết 18] ngày 25/10/2017, [Quyết định 367] ngày 4/6 và [Quyết định 557] xử phạt.",
    "Thăng hàm.\n[Luật sĩ quan Quân đội nhân dân Việt Nam sửa đổi 2014] có hiệu lực.",
    "[Quyết định 55] của Sở Xây dựng, [kết luận 2852] về đất đai.",
    # Symbols with the spaces of tokens, and with words before the number.
    "Theo [Nghị định số 1 20/2 018/NĐ - CP], [Quyết định 36 a/QĐ - BCT] và [công văn số 18/CAT - PC 46] của tỉnh.",
    "[Công văn số 32/SNN & PTNT - VP], [kết luận số 19 KL/TW] và [Nghị quyết số 19-2018/NQ - CP] đều nêu.",
    "[Quyết định xử phạt vi phạm hành chính số 22/QĐ - XPVPHC] và [qui định số 42/QĐ-TW].",
    "Dự thảo quyết định thay thế [Quyết định số 645/QĐ-TTg].",
    # Names that go on, amending laws, a treaty, codes as amended.
    "Theo [Luật Quy hoạch Khu đô thị] và [luật bầu cử] Cuba.",
    "Dự án [Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Thú y] được trình.",
    "Theo [Luật sửa đổi, bổ sung một số điều của Luật Dược], Luật này và các văn bản khác.",
    "Thực hiện [Công ước Liên hợp quốc về Luật Biển năm 1982] và [Đạo luật Đầu tư].",
    "Theo [Bộ luật Hình sự năm 2015 (được sửa đổi, bổ sung năm 2017)].",
    "Theo [Bộ luật Hình sự 2015 sửa đổi, bổ sung năm 2017].",
    "Nhà ở CT11 và giàn khoan HD 981, nhưng làm theo [KH 437].",
    "Kế hoạch 5 năm 2016-2020 và Luật Sư Nguyễn An, dự án luật Chính phủ trình, luật Mỹ.",
    "Nghị quyết Đại hội thành các chương trình.",
    # No document: plain words, counts, callings, schools, firms.
    "Các nghị quyết, nghị quyết này và Nghị quyết của Trung ương.",
    "Luật quy định 15 năm; quy định 30 ngày; kế hoạch 2021; báo cáo 9 tháng.",
    "Quyết định 3 năm tù; kết luận 5 người; thông báo 2 nội dung.",
    "Luật sư An, Đại học Luật Hà Nội, Công ty Luật Basico, Hội Luật gia Việt Nam.",
    "Kỷ luật đảng, pháp luật đất đai, quy luật cung cầu.",
    "Chương trình 135, đề án 922, nghị quyết đại hội đồng cổ đông.",
]

VALUES = [
    ("Nghị quyết số 45-NQ/TW", Citation("nghị quyết", "45-NQ/TW")),
    ("NQ 28", Citation("nghị quyết", "28")),
    ("Quyết định số 608/QĐ - VEC", Citation("quyết định", "608/QĐ-VEC")),
    ("08-QĐi/TW", Citation("quy định", "08-QĐi/TW")),
    ("35/2022/QH15", Citation("bộ luật", "35/2022/QH15")),
    ("Luật Đất đai năm 2013", Citation("luật", "", "Đất đai năm 2013")),
    ("Luật số 34/2018/QH14", Citation("luật", "34/2018/QH14")),
    ("Luật Đất đai số 45/2013/QH13", Citation("luật", "45/2013/QH13", "Đất đai")),
    ("Luật về hội", Citation("luật", "", "hội")),
    ("BLTTHS 2015", Citation("bộ luật", "", "Tố tụng hình sự 2015")),
    ("Hiến pháp", Citation("hiến pháp", "", "Hiến pháp")),
    ("Nghị quyết Trung ương 4 khóa 12", Citation("nghị quyết", "", "Trung ương 4 khóa 12")),
]


@pytest.mark.parametrize("line", LINES)
def test_spans(line: str) -> None:
    text = line.replace("[", "").replace("]", "")
    got, position = "", 0
    for mention in find_laws(read(text)):
        got += text[position : mention.start] + "[" + text[mention.start : mention.end] + "]"
        position = mention.end
    assert got + text[position:] == line


@pytest.mark.parametrize(("text", "citation"), VALUES)
def test_values(text: str, citation: Citation) -> None:
    [mention] = find_laws(read(text))
    assert (mention.label, mention.value) == ("LAW", citation)


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("Nghị quyết số 45-NQ/TW", Citation("nghị quyết", "45-NQ/TW")),
        ("Đề án phát triển đô thị", Citation("đề án", "", "phát triển đô thị")),
        ("Quy hoạch chung", Citation("", "", "Quy hoạch chung")),
        ("BLHS", Citation("bộ luật", "", "Hình sự")),
    ],
)
def test_read_citation(text: str, citation: Citation) -> None:
    assert read_citation(text) == citation


KIND_EXAMPLES = [
    (kind["kind"], example) for kind in load_toml("documents")["kinds"] for example in kind["examples"]
]
EXAMPLES = [
    example
    for family in load_toml("documents").values()
    if isinstance(family, dict)
    for example in family.get("examples", ())
]
NAMES = [
    name.strip()
    for name in load_toml("documents")["laws"]["names"].replace("\n", ";").split(";")
    if name.strip()
]


@pytest.mark.parametrize(("kind", "example"), KIND_EXAMPLES)
def test_kind_examples(kind: str, example: str) -> None:
    [mention] = find_laws(read(example))
    assert (mention.start, mention.end) == (0, len(example))
    assert isinstance(mention.value, Citation)
    assert mention.value.kind == kind


@pytest.mark.parametrize("example", EXAMPLES)
def test_lexicon_examples(example: str) -> None:
    assert [(m.start, m.end) for m in find_laws(read(example))] == [(0, len(example))]


@pytest.mark.parametrize("name", NAMES)
def test_listed_names_end_where_they_end(name: str) -> None:
    law = "Luật " + name[0].upper() + name[1:]
    text = f"Theo {law}, {law} quy định rõ."
    assert [text[m.start : m.end] for m in find_laws(read(text))] == [law, law]


PIECES = st.sampled_from(
    [
        "Nghị quyết ",
        "Luật ",
        "NQ ",
        "số ",
        "45",
        "/2019",
        "-NQ/TW",
        ", ",
        " và ",
        "Đại hội ",
        "Trung ương ",
        "khóa XII",
        "(sửa đổi)",
        "Đất đai ",
        "của ",
        "các ",
        ".",
        "\n",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_spans_are_in_order_and_in_range(text: str) -> None:
    article = read(text)
    mentions = find_laws(article)
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    assert all(a <= b for a, b in pairwise(edges))
    assert all(0 <= m.start < m.end <= len(article.text) for m in mentions)


@pytest.mark.parametrize(("name", "make"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty_strings(name: str, make: Factory) -> None:
    article = read(make(20_000))
    assert all(mention.end <= len(article.text) for mention in find_laws(article))
