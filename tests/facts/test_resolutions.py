"""Cited documents: which citations are one document, who gave it, when, about what."""

# ruff: noqa: E501

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.facts.model import Resolution
from viet_report_ie.facts.resolutions import find_resolutions
from viet_report_ie.mentions.dates import find_dates
from viet_report_ie.mentions.laws import find_laws
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article, read

LABELS = {"P": "PERSON", "T": "TITLE", "O": "ORG"}


def _read(line: str, published: date | None = None) -> tuple[Article, list[Mention]]:
    """Return the article of a line with its bodies in brackets, `[O Bộ Chính trị]`, and all its mentions."""
    text, names, position = "", [], 0
    for match in re.finditer(r"\[([PTO]) ([^\]]+)\]", line):
        text += line[position : match.start()]
        names.append(Mention(LABELS[match[1]], len(text), len(text) + len(match[2]), "gold"))
        text, position = text + match[2], match.end()
    article = read(text + line[position:])
    laws = find_laws(article)
    dates = [day for day in find_dates(article, published) if not any(day.overlaps(law) for law in laws)]
    return article, sorted([*names, *laws, *dates], key=lambda mention: mention.start)


def _resolutions(line: str, published: date | None = None) -> list[Resolution]:
    return find_resolutions(*_read(line, published))


GROUPS = [
    # A second name or number beside the first.
    ("Luật Giáo dục đại học sửa đổi (Luật số 34/2018/QH14). Theo Luật số 34.", ["34/2018/QH14 x3"]),
    ("Theo Luật số 34, Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học.", ["34 x2"]),
    ("Luật Đất đai, Luật Nhà ở.", ["Đất đai x1", "Nhà ở x1"]),
    # Full form last, first, in between; zeros; joined by number, year and symbol.
    ("NQ 45 đã rõ. Nghị quyết số 45-NQ/TW và Nghị quyết 45.", ["45-NQ/TW x3"]),
    ("Nghị định 23/2020/NĐ-CP. Nghị định 23/2020. Nghị định 23.", ["23/2020/NĐ-CP x3"]),
    ("Chỉ thị số 05-CT/TW. Chỉ thị 5.", ["05-CT/TW x2"]),
    ("Nghị quyết số 28 và Nghị quyết 28.", ["28 x2"]),
    ("Quyết định số 608/QĐ - VEC, quyết định 608/QĐ-VEC.", ["608/QĐ-VEC x2"]),
    ("Nghị định 03/2017 thay Nghị định 03/2015.", ["03/2017 x1", "03/2015 x1"]),
    # Two full forms fit: the short one stays alone, unless its issuer tells.
    (
        "Nghị quyết 19/NQ-CP, Nghị quyết 19-NQ/TW. Nghị quyết 19 đã rõ.",
        ["19/NQ-CP x1", "19-NQ/TW x1", "19 x1"],
    ),
    (
        "Nghị quyết 19/NQ-CP, Nghị quyết 19-NQ/TW. Nghị quyết 19 của [O Chính phủ].",
        ["19/NQ-CP x2", "19-NQ/TW x1"],
    ),
    # One number, two powers.
    ("Nghị quyết 28 của [O Trung ương] và Nghị quyết 28 của [O Tỉnh ủy An Giang].", ["28 x1", "28 x1"]),
    ("Nghị quyết 45 của [O Thành ủy] và Nghị quyết 45-NQ/TW.", ["45 x1", "45-NQ/TW x1"]),
    ("Nghị quyết 28 của [O Tỉnh ủy]. Nghị quyết số 28.", ["28 x2"]),
    # Another number or kind is another document.
    ("Chương trình hành động số 76 và Chương trình hành động số 7.", ["76 x1", "7 x1"]),
    ("Nghị quyết 28 và Chỉ thị 28.", ["28 x1", "28 x1"]),
    ("Quyết định 102-QĐ/TW tức Quy định 102.", ["102-QĐ/TW x2"]),
    # Names.
    ("Luật Phòng, chống tham nhũng và Luật phòng chống tham nhũng.", ["Phòng, chống tham nhũng x2"]),
    ("Luật Đất đai năm 2013. Luật Đất đai 2013. Luật Đất đai.", ["Đất đai năm 2013 x3"]),
    (
        "Luật Đất đai 1993. Luật Đất đai 2013. Luật Đất đai.",
        ["Đất đai 1993 x1", "Đất đai 2013 x1", "Đất đai x1"],
    ),
    ("Luật Đầu tư và Luật Đầu tư công.", ["Đầu tư x1", "Đầu tư công x1"]),
    ("Luật Giáo dục và dự thảo Luật Giáo dục (sửa đổi).", ["Giáo dục x1", "Giáo dục (sửa đổi) x1"]),
    ("Luật Bảo hiểm xã hội 2014, gọi là Luật BHXH.", ["Bảo hiểm xã hội 2014 x2"]),
    ("Luật Đất đai số 45/2013/QH13. Theo Luật Đất đai.", ["45/2013/QH13 x2"]),
    ("Nghị quyết Trung ương 4. Nghị quyết Trung ương 4 khóa 12.", ["Trung ương 4 khóa 12 x2"]),
    (
        "Nghị quyết Đại hội Đảng bộ Khu Kinh tế lần thứ 3. Nghị quyết Đại hội Đảng bộ lần thứ 3.",
        ["Đại hội Đảng bộ Khu Kinh tế lần thứ 3 x2"],
    ),
    (
        "Luật Đơn vị hành chính - kinh tế đặc biệt (sau đây gọi tắt là Luật Đặc khu). Theo Luật Đặc khu.",
        ["Đơn vị hành chính - kinh tế đặc biệt x3"],
    ),
]

FACTS = [
    (
        "Nghị quyết số 45-NQ/TW ngày 24-1-2019 của [O Bộ Chính trị] về phát triển thành phố đến năm 2030, tầm nhìn đến năm 2045.",
        "Bộ Chính trị",
        "2019-01-24",
        "về phát triển thành phố đến năm 2030, tầm nhìn đến năm 2045",
    ),
    (
        "Quyết định số 1087-QĐ/TU, ngày 31/3/2009 của [O Thành ủy] về ban hành Quy chế.",
        "Thành ủy",
        "2009-03-31",
        "về ban hành Quy chế",
    ),
    (
        "Ngày 15/6/2016, [O Huyện ủy Ea Kar] có quyết định số 707-QĐ/HU về việc kỷ luật.",
        "Huyện ủy Ea Kar",
        "2016-06-15",
        "về việc kỷ luật",
    ),
    (
        "[T Thủ tướng] [O Chính phủ] vừa ký Quyết định 645/QĐ-TTg phê duyệt quy hoạch.",
        "Thủ tướng Chính phủ",
        None,
        "phê duyệt quy hoạch",
    ),
    ("[T Giám đốc] [O Sở Xây dựng] [P Lê Văn An] ký Quyết định số 55.", "Sở Xây dựng", None, ""),
    ("Nghị định 98/2020/NĐ-CP được [O Chính phủ] ban hành ngày 26/8.", "Chính phủ", "2020-08-26", ""),
    ("Luật Đặc xá 2018 được [O Quốc hội] thông qua ngày 19/11/2018.", "Quốc hội", "2018-11-19", ""),
    ("Luật Giáo dục 2019 được thông qua sáng 14/6.", "", "2019-06-14", ""),
    # The bodies of the lexicon need no tagger.
    ("Chính phủ đã ban hành Nghị định 161/2018/NĐ-CP.", "Chính phủ", None, ""),
    ("Theo Thông tư 15 của Bộ Tài chính, mức phí giảm.", "Bộ Tài chính", None, ""),
    ("Chỉ thị 43 của Thành ủy Đà Nẵng, về nếp sống.", "Thành ủy Đà Nẵng", None, "về nếp sống"),
    # What the text does not say stays open: a symbol alone, another clause, a law not yet passed.
    ("Vi phạm Nghị định 98/2014/NĐ-CP sẽ bị phạt.", "", None, ""),
    ("Để thi hành Luật Đặc xá năm 2018, ngày 1/2/2019, [T Thủ tướng] họp.", "", None, ""),
    ("Luật Biểu tình chưa được [O Quốc hội] thông qua.", "", None, ""),
    (
        "Nghị quyết 28 về phát triển đảng viên, tổ chức Đảng; Chỉ thị 05 của [O Bộ Chính trị].",
        "",
        None,
        "về phát triển đảng viên, tổ chức Đảng",
    ),
]


@pytest.mark.parametrize(("line", "documents"), GROUPS)
def test_one_object_per_document(line: str, documents: list[str]) -> None:
    found = _resolutions(line)
    assert [f"{r.number or r.name} x{len(r.mentions)}" for r in found] == documents


@pytest.mark.parametrize(("line", "issuer", "given", "subject"), FACTS)
def test_issuer_date_and_subject(line: str, issuer: str, given: str | None, subject: str) -> None:
    first = _resolutions(line)[0]
    assert (first.issuer, first.date and first.date.isoformat(), first.subject) == (issuer, given, subject)


@pytest.mark.parametrize(
    ("line", "kind", "short"),
    [
        ("Nghị quyết số 45-NQ/TW", "nghị quyết", "NQ 45"),
        ("Nghị định 15/2020/NĐ-CP", "nghị định", "NĐ 15"),
        ("văn bản số 1359/CV-VEC", "văn bản", "Văn bản 1359"),
        ("Luật Đất đai năm 2013. Luật Đất đai.", "luật", "Luật Đất đai"),
    ],
)
def test_kind_and_short_form(line: str, kind: str, short: str) -> None:
    [found] = _resolutions(line)
    assert (found.kind, found.short) == (kind, short)


def test_the_facts_of_all_citations_come_together() -> None:
    line = "NQ 45 là gốc. Nghị quyết 45 của [O Bộ Chính trị]. Nghị quyết số 45-NQ/TW ngày 24/1/2019 về xây dựng thành phố."
    [found] = _resolutions(line)
    assert (found.issuer, found.date, found.subject) == (
        "Bộ Chính trị",
        date(2019, 1, 24),
        "về xây dựng thành phố",
    )


def test_a_mention_of_a_tagger_is_read_from_its_text() -> None:
    article = read("Triển khai Đề án phát triển đô thị.")
    [found] = find_resolutions(article, [Mention("LAW", 11, 34, "crf", 0.8)])
    assert (found.kind, found.number, found.name) == ("đề án", "", "phát triển đô thị")


def test_other_labels_are_no_documents() -> None:
    article = read("Bộ Chính trị họp.")
    assert find_resolutions(article, [Mention("ORG", 0, 12, "crf")]) == []


PIECES = st.sampled_from(
    [
        "Nghị quyết 4",
        "Nghị quyết 4-NQ/TW ",
        "Luật Đất đai ",
        "2013 ",
        ", ",
        " của Chính phủ ",
        " ngày 1/2/2019 ",
        "(gọi tắt là ",
        ")",
        "về ",
        ". ",
        "\n",
        "được Quốc hội thông qua ",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_document_mention_is_in_one_object(text: str) -> None:
    article = read(text)
    laws = find_laws(article)
    found = find_resolutions(article, [*laws, *find_dates(article)])
    assert sorted(m.start for r in found for m in r.mentions) == [law.start for law in laws]


@pytest.mark.parametrize(("name", "make"), NASTY, ids=[name for name, _ in NASTY])
def test_nasty_strings(name: str, make: Factory) -> None:
    article = read(make(5_000))
    laws = find_laws(article)
    assert sum(len(r.mentions) for r in find_resolutions(article, laws)) == len(laws)
