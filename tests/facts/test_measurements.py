"""Figures tied to what they measure."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nasty import NASTY, Factory
from viet_report_ie.corpus.score import token_f1
from viet_report_ie.facts.kind import KINDS, STATUSES
from viet_report_ie.facts.measurements import find_measurements
from viet_report_ie.facts.model import Measurement
from viet_report_ie.mentions.dates import find_dates
from viet_report_ie.mentions.mention import Amount, Interval, Mention
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import Article, read

# Each line: the text | the quantity -> what is true of it | the next quantity …
LINES = [
    # A count names its own indicator, with what restricts it.
    "Toàn huyện có 215 hợp tác xã nông nghiệp. | 215 hợp tác xã -> indicator=hợp tác xã nông nghiệp kind=level",
    "Đại hội có 180 đại biểu tham dự. | 180 đại biểu -> indicator=đại biểu tham dự status=actual",
    "Tỉnh thành lập 12 tổ chức Đảng trực thuộc. | 12 tổ chức -> indicator=tổ chức Đảng trực thuộc",
    # Before the verb.
    "Kim ngạch xuất khẩu đạt 3,5 tỷ USD. | 3,5 tỷ USD -> indicator=Kim ngạch xuất khẩu kind=level",
    "Tổng thu ngân sách năm 2019 đạt 12.300 tỷ đồng. | 12.300 tỷ đồng -> indicator=Tổng thu ngân sách period=năm 2019",
    "Doanh thu là 1.250 tỷ đồng, lợi nhuận trước thuế là 96 tỷ đồng. | 1.250 tỷ đồng -> indicator=Doanh thu | 96 tỷ đồng -> indicator=lợi nhuận trước thuế",
    "Dự án có tổng mức đầu tư 820 tỷ đồng. | 820 tỷ đồng -> indicator=tổng mức đầu tư status=actual",
    # A change and a ratio speak of the same thing as the figure before.
    "Kim ngạch xuất khẩu đạt 3,5 tỷ USD, tăng 12% so với năm 2018. | 12% -> indicator=Kim ngạch xuất khẩu kind=change base=năm 2018",
    "Doanh thu đạt 640 tỷ đồng, giảm 8% so với cùng kỳ. | 8% -> indicator=Doanh thu kind=change low=-8 base=cùng kỳ",
    "Thu ngân sách đạt 5.100 tỷ đồng, bằng 87% dự toán. | 87% -> indicator=Thu ngân sách kind=ratio base=dự toán",
    # A share has its whole.
    "Công nghiệp chế biến chiếm 42% tổng sản phẩm của tỉnh. | 42% -> kind=share base=tổng sản phẩm của tỉnh",
    # Targets, by a word of the sentence or by the line that announces the list.
    "Phấn đấu đến năm 2025, thu nhập bình quân đạt 75 triệu đồng/người/năm. | 75 triệu đồng/người/năm -> indicator=thu nhập bình quân status=target period=năm 2025",
    "Dự kiến năm 2026, tổng doanh thu sẽ đạt 900 tỷ đồng. | 900 tỷ đồng -> indicator=tổng doanh thu status=target",
    "Các chỉ tiêu chủ yếu được đại hội xác định là:\n- Thành lập 8 hợp tác xã.\n- Kết nạp 120 đảng viên. | 8 hợp tác xã -> status=target | 120 đảng viên -> indicator=đảng viên status=target",
    # Periods.
    "Năm 2019, cả tỉnh có 340 doanh nghiệp thành lập mới. | 340 doanh nghiệp -> period=Năm 2019",
    "Đến nay, toàn huyện có 64 trường học. | 64 trường học -> period=Đến nay",
]  # fmt: skip

PIECES = st.sampled_from(
    ["12", "3,5 tỷ USD", "8%", "25 tổ chức", "năm 2019", "tăng ", "giảm ", " đạt ", " so với ", ", ", ". ", "\n", "- ", "(", ")", "chiếm ", "phấn đấu ", "xuất khẩu ", "các chỉ tiêu:"]
)  # fmt: skip


def measure(text: str) -> tuple[Article, list[Measurement]]:
    article = read(text)
    dates = find_dates(article)
    return article, find_measurements(article, [*dates, *find_quantities(article, dates)])


@pytest.mark.parametrize("line", LINES)
def test_line(line: str) -> None:
    text, *wanted = line.split(" | ")
    article, found = measure(text)
    by_text = {article.text[m.quantity.start : m.quantity.end]: m for m in found}
    for row in wanted:
        quantity, facts = row.split(" -> ")
        check(article, by_text[quantity], facts)


def check(article: Article, found: Measurement, facts: str) -> None:
    amount = found.quantity.value
    assert isinstance(amount, Amount)
    words = {
        "indicator": found.indicator,
        "base": found.base,
        "period": found.period.span if found.period else None,
    }
    for name, value in (fact.split("=") for fact in split_facts(facts)):
        if name in words:
            place = words[name]
            text = article.text[slice(*place)] if place else ""
            assert token_f1(text, value) >= 0.6, (name, text)
        else:
            assert str({"kind": found.kind, "status": found.status, "low": amount.low}[name]) == value, name


def split_facts(facts: str) -> list[str]:
    out: list[str] = []
    for word in facts.split(" "):
        if "=" in word:
            out.append(word)
        else:
            out[-1] += f" {word}"
    return out


def test_no_quantity() -> None:
    assert measure("Hội nghị khai mạc sáng nay.")[1] == []


def test_quantity_alone() -> None:
    (found,) = measure("12%")[1]
    assert found.indicator is None


def test_order_and_number() -> None:
    article, found = measure("Có 12 xã, 5 phường; thu 8 tỷ đồng, tăng 4% trong 5 năm.")
    assert [article.text[m.quantity.start : m.quantity.end] for m in found] == [
        "12 xã", "5 phường", "8 tỷ đồng", "4%", "5 năm",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_properties(text: str) -> None:
    article, found = measure(text)
    quantities = find_quantities(article, find_dates(article))
    assert [(m.quantity.start, m.quantity.end) for m in found] == [(q.start, q.end) for q in quantities]
    for measurement in found:
        spans = [measurement.indicator, measurement.base, measurement.period and measurement.period.span]
        for start, end in (span for span in spans if span):
            assert 0 <= start < end <= len(article.text)
        assert measurement.kind in KINDS
        assert measurement.status in STATUSES
        assert 0 <= measurement.score <= 1


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    measure(text)


@pytest.mark.parametrize(("name", "make"), NASTY)
def test_nasty_text(name: str, make: Factory) -> None:
    measure(f"Thu 8 tỷ đồng {make(3000)} tăng 4%")


def test_mentions_of_any_span() -> None:
    article = read("Thu 8 tỷ đồng năm 2019")
    mentions = [
        Mention("QUANTITY", 0, 3, "test", 1.0, Amount(None, None)),
        Mention("QUANTITY", 4, 5, "test", 1.0, None),
        Mention("DATE", 14, 22, "test", 1.0, Interval()),
    ]
    assert len(find_measurements(article, mentions)) == 2
