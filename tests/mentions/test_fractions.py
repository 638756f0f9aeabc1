from __future__ import annotations

import pytest

from tests.mentions.quantity_lines import check_line
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import read


@pytest.mark.parametrize(
    "line",
    [
        "<q low=0.6667 unit=x>hai phần ba</q> dân số",
        "có <q low=0.6667 unit=x>2/3</q> tổng số đại biểu",
        "chiếm <q low=0.25 unit=x>một phần tư</q> diện tích",
        "còn <q low=50 unit=%>một nửa</q>",
        "<q low=1.5 unit=x>gấp rưỡi</q> năm ngoái",
        "mua <q low=0.5 unit=kg>1/2 kg</q>",
        "<q low=5 whole=5 unit='hạng mục'>5/5 hạng mục</q> và <q low=9 whole=11 unit=xã>9/11 xã</q>",
        "<q low=41 whole=4974 unit='đảng viên'>41/4,974 đảng viên</q>",
        "<q low=63 whole=68 unit='đảng bộ'>63 trên tổng số 68 đảng bộ</q>",
        "<q low=3 whole=4 unit='phó chủ tịch'>Ba trong bốn phó chủ tịch</q>",
        "giải ngân <q low=2000000000000 whole=3200000000000 unit=VND>2.000 trên 3.200 tỷ đồng</q>",
        "tăng <q low=12 unit=%>mười hai phần trăm</q>",
        "giải ngân <q low=1234500000 whole=2500000000 unit=VND>1.234,5/2.500 triệu đồng</q>",
        "trực 24/7, ngã ba 3/2",
    ],
)
def test_in_articles(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "<q low=0.75 unit=x>3/4</q>",
        "<q low=0.3333 unit=x>một phần ba</q>",
        "<q low=2.5 unit=x>hai và một phần hai</q>",
        "<q low=1.5 unit=kg>1 1/2 kg</q>",
        "<q low=0.75 unit=x>ba trên bốn</q>",
        "<q low=50 unit=‰>năm mươi phần nghìn</q>",
        "<q low=0.25 unit=giờ>một phần tư giờ</q>",
        "<q low=0.3333 unit=x>một trăm phần ba trăm</q>",
        "<q low=0.5 unit=x>½</q>",
        "<q low=2.5 unit=kg>2 ½ kg</q>",
        "<q low=0.6667 unit=x>⅔</q>",
        "<date>3/4</date> ông họp",
    ],
)
def test_alone(line: str) -> None:
    check_line(line, bare=True)


def test_a_day_or_year_that_stands_alone_or_before_a_unit_is_a_number() -> None:
    for text, end in (("3/4", 3), ("1/2 kg", 3), ("2020", 4), ("2000 calo", 4)):
        taken = [Mention("DATE", 0, end, "test")]
        assert len(find_quantities(read(text), taken, bare=True)) == 1
        assert find_quantities(read(text), taken) == []
