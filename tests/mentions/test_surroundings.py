from __future__ import annotations

import pytest

from tests.mentions.quantity_lines import check_line
from viet_report_ie.mentions.surroundings import words_before


def test_words_before_stop_at_the_line() -> None:
    text = "hôm qua\nĐạt gần (hơn 5 ha"
    assert words_before(text, text.index("5")) == ["hơn", "(", "gần", "đạt"]


@pytest.mark.parametrize(
    "line",
    [
        "trong tổng số <q low=68 unit=người>68 người</q>",
        "toàn bộ <q low=1068 unit=người>1.068 người</q>",
        "cấp <q low=25 unit='giấy phép'>25 giấy phép</q> cho hộ dân",
        "kỷ luật <q low=2 unit='cán bộ'>2 cán bộ</q>",
        "ở phường 7 hộ dân khiếu nại",
        "tại điều 14 luật này",
        "AFF Cup 2018 đội tuyển thắng",
        "có <q low=2016 unit=hộ>2016 hộ</q> mới",
        "<q low=2000 unit=người>2000 người</q> dự",
        "Galaxy 9 đẹp",
        "công ty bán <q low=9 unit=khinh>9 khinh</q> khí cầu",
        "gặp <q low=4 unit=người>bốn người</q>",
        "số phiếu phát ra là <q low=46 unit=phiếu>46</q>. Còn lại là 5",
        "số hộ thoát nghèo đạt <q low=120 unit=hộ>120</q> trong năm",
    ],
)
def test_labels_years_and_names(line: str) -> None:
    check_line(line)
