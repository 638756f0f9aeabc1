from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mentions.quantity_lines import check_line
from tests.nasty import NASTY, Factory
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import read

_PIECES = (
    "5|12,5|1.200|%| |-|/|,|.| tỷ| đồng| đến | và |hai |mươi |năm |phẩy |phần |trăm | dự án| người|gấp |đôi|"
    "âm |không |$|m|2|\n|(|giảm |hơn |x"
)
PIECES = st.sampled_from(_PIECES.split("|"))


@pytest.mark.parametrize(
    "line",
    [
        "thu hút hơn <q low=9600000000 unit=USD bound='>'>9,6 tỷ USD</q>",
        "vốn thực hiện gần <q low=100000000000000 unit=VND bound=~>100.000 tỷ đồng</q>.",
        "thành lập <q low=25 unit='tổ chức'>25 tổ chức</q> Đảng trực thuộc",
        "phát triển <q low=86273 unit='đoàn viên'>86.273 đoàn viên</q>",
        "kết nạp <q low=155 whole=200 unit='đảng viên'>155/200 đảng viên</q>",
        "chuyển đổi từ <q low=1 high=2 unit=KCN>1 đến 2 KCN</q>",
        "lãi <q low=3200000000000 unit=VND>3.200 tỷ</q>, cổ tức <q low=12 unit=%>12%</q>",
        "trợ giá <q low=1800000000000 unit=VND/năm>1.800 tỷ/năm</q>",
        "bồi thường <q low=200000000 unit='VND/vụ việc'>200 triệu đồng/vụ việc</q>",
        "thu nhập <q low=9800000 unit=VND/người/tháng>9,8 triệu đồng/người/tháng</q>",
        "tội phạm <q low=5.8 unit='vụ/10.000 dân'>5,8 vụ/10.000 dân</q>",
        "đất rộng <q low=2000 unit=ha>2.000ha</q>, dài <q low=654 unit=km>654km</q>",
        "học tập;<q low=674 unit='cộng đồng'>674cộng đồng</q> học tập",
        "lợi nhuận <q low=2 unit=x>gấp đôi</q> năm trước",
        "gấp <q low=3 unit=x>3 lần</q> kế hoạch; họp <q low=3 unit=lần>3 lần</q>",
        "<q low=8 unit='tổ dân phố'>tám tổ dân phố</q> và <q low=2 unit='dự án'>hai dự án</q>",
        "<q low=2 unit='bí thư'>Hai bí thư</q> dưới 40 tuổi",
        "số cổ đông có mặt tăng lên là <q low=61 unit='cổ đông'>61</q>, đủ điều kiện",
        "<q low=2450 unit='công nhân'>2.450 công nhân</q> (<q low=1857 unit='công nhân'>1.857</q> là nữ)",
        "nhiệt độ xuống <q low=-3.5 unit=°C>âm 3,5 độ C</q>, biến động (<q low=-2 unit=%>-2%</q>)",
        "doanh thu <q low=5000000 unit=USD>$5 triệu</q>",
        "một trong <q low=5 unit='khu kinh tế'>năm khu kinh tế</q> ven biển",
        "lãi <q low=5000 unit=USD>5,000 USD</q>, vốn <q low=1250 unit=USD>$1,250</q>",
        "vé <q low=25000 unit=VND>25,000 đồng</q> cho <q low=1500 unit=người>1,500 người</q>",
        "công suất 2x<q low=600 unit=MW>600MW</q>",
        "có ít nhất <q low=1 unit='trường học' bound='>='>một trường học</q>",
    ],
)
def test_marked_lines(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ở quận 1, phòng 301, tầng 5, lớp 9 và khóa 12",
        "mã VN30, vắc xin COVID-19, máy bay A320",
        "biển số 80 B -8659, xe Mazda 6 đỏ",
        "lúc 10h30, tỷ số 2-1, lớp học 24/7",
        "Windows 10 ra mắt, trong năm doanh nghiệp khó khăn",
        "không ai, một dự án, hàng trăm người, vài chục tỷ đồng, mấy triệu hộ",
        "ông Ba Nguyễn và bà Tư",
        "số điện thoại 0912345678, phiên bản 1.2.3",
        "làm trong 5 năm, suốt 30 ngày, ba tháng liền",
        "nêu 5 nhiệm vụ trọng tâm và 4 giải pháp",
        "lần thứ ba, thứ 25, lần 2",
        "mười mấy người, hai mươi mấy hộ",
    ],
)
def test_what_is_no_quantity(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "theo <law>Nghị quyết 45</law>, <date>năm 2020</date> có <q low=3 unit='dự án'>3 dự án</q>",
        "tại <zone>KCN Giang Biên 2</zone> huyện Vĩnh Bảo",
        "<date>từ 5 đến 7 tháng 8</date> có <q low=40 unit=mm>40 mm</q> mưa",
    ],
)
def test_none_starts_inside_taken_mentions(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "<q low=33 unit=''>ba mươi ba</q>",
        "<q low=-5.2 unit=''>-5,2</q>",
        "<q low=-1200000 unit=''>- 1.200.000</q>",
        "<q low=0.77 unit=''>,77</q>",
        "<q low=3000000 unit=''>3M</q>",
        "<q low=15000 unit=''>15k</q>",
        "khoảng <q low=1200000000 unit='' bound=~>1.2 tỷ</q>",
        "<q low=15000 unit=VND>VND 15.000</q>",
        "<q low=10 unit=EUR>€10</q>",
        "<q low=10.5 unit=USD>mười đô la năm mươi xu</q>",
        "dưới <q low=10 unit=USD bound='<'>10 đô</q>",
        "<q low=30 unit=km/h>ba mươi ki lô mét trên giờ</q>",
        "<q low=-3.5 unit=°C>âm ba phẩy năm độ c</q>",
        "<q low=-10 high=5 unit=°C>-10 đến 5 độ C</q>",
        "<q low=-10 high=-5 unit=°C>âm 10 đến âm 5 độ C</q>",
        "giữa <q low=10 high=20 unit=USD>10 và 20 đô la</q>",
        "không quá <q low=90 unit=phút bound='<='>90 phút</q>",
        "<q low=2.5 unit=giờ>2 giờ rưỡi</q>",
        "<q low=1.7 unit=m>1m70</q>",
        "<q low=20000 unit=VND/kg>hai mươi nghìn đồng một ki lô gam</q>",
        "lãi <q low=5500000 unit=VND>5 triệu rưỡi</q>",
        "thứ hai mươi mốt",
        "<q low=32 unit=''>BA MƯƠI HAI</q>",
        "<q low=100 unit=%>trăm phần trăm</q>",
        "<q low=50 unit=SGD>S$50</q>",
        "<q low=50000 unit=VND/kg>năm mươi nghìn đồng trên một ki lô gam</q>",
        "<q low=5000 unit=VND>vnđ 5.000</q>",
        "<q low=12500 unit=VND>12 500 đồng</q>",
        "gấp <q low=3 unit=x>ba</q>",
        "hàng trăm nghìn tỷ đồng, vài trăm nghìn, mấy chục triệu",
        "<q low=10 unit=người/km2>mười người trên ki lô mét vuông</q>",
        "<q low=10 unit='' bound='>='>10</q> trở lên",
        "<= <q low=10 unit='' bound='<='>10</q>",
    ],
)
def test_texts_that_are_one_quantity(line: str) -> None:
    check_line(line, bare=True)


def test_durations_and_announced_counts_score_low() -> None:
    found = find_quantities(read("Sau 5 năm, nêu 5 nhiệm vụ và trồng 5 ha"))
    assert [mention.score >= 0.5 for mention in found] == [False, False, True]


def test_the_foreign_style_is_told_from_the_whole_text() -> None:
    foreign = find_quantities(read("Đạt 1,234,567.89 USD, tăng 1,250 USD"))
    native = find_quantities(read("Đạt 1.234.567,89 USD, tăng 1,25 USD"))
    assert [str(m.value.low) for m in foreign if isinstance(m.value, Amount)] == ["1234567.89", "1250"]
    assert [str(m.value.low) for m in native if isinstance(m.value, Amount)] == ["1234567.89", "1.25"]


def _check_spans(text: str, found: list[Mention]) -> None:
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert isinstance(mention.value, Amount)
        assert mention.value.low is not None
        assert mention.value.high is not None
        assert mention.value.low <= mention.value.high
        end = mention.end


@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_spans_are_in_order_on_any_mix_of_pieces(text: str, bare: bool) -> None:
    article = read(text)
    _check_spans(article.text, find_quantities(article, bare=bare))


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_without_error(text: str, bare: bool) -> None:
    article = read(text)
    _check_spans(article.text, find_quantities(article, bare=bare))


@pytest.mark.parametrize(("name", "make"), NASTY)
def test_nasty_strings(name: str, make: Factory) -> None:
    article = read(make(20_000))
    _check_spans(article.text, find_quantities(article))
