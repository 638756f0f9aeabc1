from __future__ import annotations

import pytest

from tests.mentions.quantity_lines import check_line


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
    ],
)
def test_alone(line: str) -> None:
    check_line(line, bare=True)
