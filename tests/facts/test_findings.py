"""Figures that do not add up, and documents that are cited in two ways."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.test_measurements import measure
from viet_report_ie.facts.findings import find_findings
from viet_report_ie.facts.model import Finding
from viet_report_ie.facts.resolutions import find_resolutions
from viet_report_ie.mentions.laws import find_laws

WRONG = [
    "Từ 42 hợp tác xã, đến nay toàn huyện có 202 hợp tác xã (tăng 155 hợp tác xã). | change 160 0",
    "Từ 42 công đoàn cơ sở với 17.673 đoàn viên, đến nay toàn khu có 202 công đoàn cơ sở (tăng 155 đơn vị). | change 160 0",
    "Số hội viên tăng nhanh: đầu nhiệm kỳ có 200 hội viên, đến nay là 300 hội viên (tăng 80%). | percent_change 50 2",
    "Kết nạp 120/200 đảng viên (đạt 75%). | part 60 1",
    "Sáng 19-7, 112 đại biểu đại diện 462 đảng viên toàn Đảng bộ dự đại hội. Đại hội bầu cấp ủy mới. Số đảng viên thuộc Đảng bộ tăng nhanh: năm 2015 có 191 đảng viên, hiện nay là 482 đảng viên (tăng 291 đảng viên, tương đương 152%). | two_values 462 0",
    "Sáng 19-7, 112 đại biểu thay mặt 462 đảng viên toàn Đảng bộ dự đại hội. Đại hội bầu cấp ủy mới. Số đảng viên thuộc Đảng bộ hiện nay là 482 đảng viên. | two_values 462 0",
    "Ngành dệt may chiếm 130% tổng kim ngạch xuất khẩu. | share_over_100 100 0",
]  # fmt: skip

RIGHT = [
    "Từ 42 hợp tác xã, đến nay toàn huyện có 202 hợp tác xã (tăng 160 hợp tác xã).",
    "Số đảng viên thuộc Đảng bộ tăng nhanh: năm 2015 có 191 đảng viên, hiện nay là 482 đảng viên (tăng 291 đảng viên, tương đương 152%).",
    "Từ 42 công đoàn cơ sở với 17.673 đoàn viên, đến nay toàn khu có 123.641 đoàn viên (tăng 105.968 người).",
    "Kết nạp mới 155/200 đảng viên (đạt 78% chỉ tiêu và tăng 75 đảng viên so với kết quả nhiệm kỳ 2010-2015).",
    "Kết nạp 155/200 đảng viên (đạt 77,5%).",
    "Từ 40 hợp tác xã, đến nay có 60 hợp tác xã (tăng hơn 15 hợp tác xã).",
    "Từ 40 hợp tác xã, đến nay có 60 hợp tác xã (tăng 5 hợp tác xã so với năm 2018).",
    "Doanh thu đạt 9,6 tỷ USD, bằng 140% so với nhiệm kỳ trước.",
    "Khu công nghiệp đóng góp 60% giá trị sản xuất và chiếm 70% kim ngạch xuất khẩu.",
    "Năm 2018 có 120 dự án. Năm 2019 có 125 dự án.",
    "Sáng 19-7, 462 đảng viên toàn Đảng bộ dự đại hội. Số đảng viên thuộc Đảng bộ đầu nhiệm kỳ là 450 đảng viên.",
]  # fmt: skip

SUBJECT = "của Ban Thường vụ Thành ủy về xây dựng và phát triển thành phố đến năm 2030, tầm nhìn đến năm 2045 theo hướng hiện đại"


def findings(text: str) -> list[Finding]:
    article, measurements = measure(text)
    laws = find_laws(article)
    return find_findings(article, measurements, find_resolutions(article, laws))


@pytest.mark.parametrize("line", WRONG)
def test_wrong(line: str) -> None:
    text, wanted = line.split(" | ")
    kind, computed, tolerance = wanted.split(" ")
    (found,) = findings(text)
    assert found.kind == kind
    assert found.computed == pytest.approx(float(computed))
    assert found.tolerance == pytest.approx(float(tolerance))
    assert found.measurements
    assert found.message


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    assert findings(text) == []


@given(st.integers(10, 400), st.integers(10, 400))
@settings(max_examples=40, deadline=None)
def test_a_true_sum_never_alarms(base: int, rise: int) -> None:
    text = f"Từ {base} hợp tác xã, đến nay toàn huyện có {base + rise} hợp tác xã (tăng {rise} hợp tác xã)."
    assert findings(text) == []


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from((0, 1, 2)), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_rounded_part_never_alarms(one: int, other: int, places: int, cut: bool) -> None:
    part, whole = sorted((one, other))
    scaled = 100 * 10**places * part / whole
    number = (int(scaled) if cut else round(scaled)) / 10**places
    shown = f"{number:.{places}f}".replace(".", ",")
    assert findings(f"Kết nạp {part}/{whole} đảng viên (đạt {shown}%).") == []


def test_document_of_two_numbers() -> None:
    text = f"Chương trình hành động số 76 {SUBJECT}.\nThực hiện Chương trình hành động số 7 {SUBJECT}."
    (found,) = findings(text)
    assert found.kind == "two_numbers"
    assert len(found.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"Chương trình hành động số 76 {SUBJECT}.\nTheo Chương trình hành động số 76 {SUBJECT}.",
        f"Chương trình hành động số 76 {SUBJECT}.\nKế hoạch số 7 {SUBJECT}.",
        "Nghị quyết số 45 của Bộ Chính trị về kinh tế biển.\nNghị quyết số 46 của Bộ Chính trị về y tế.",
    ],
)
def test_documents_apart(text: str) -> None:
    assert findings(text) == []
