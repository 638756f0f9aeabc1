from __future__ import annotations

import pytest

from tests.mentions.quantity_lines import check_line
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Amount
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import read


def _amounts(text: str) -> list[Amount]:
    return [mention.value for mention in find_quantities(read(text)) if isinstance(mention.value, Amount)]


@pytest.mark.parametrize(("text", "bound"), load_toml("bounds")["examples"].items())
def test_examples_of_the_lexicon(text: str, bound: str) -> None:
    assert [amount.bound for amount in _amounts(text)] == [bound]


WORDS = [(word, bound) for bound, words in load_toml("bounds")["before"].items() for word in words]


@pytest.mark.parametrize(("word", "bound"), WORDS)
def test_every_bound_word_bounds(word: str, bound: str) -> None:
    assert [amount.bound for amount in _amounts(f"Xã này {word} 60 ha.")] == [bound]


@pytest.mark.parametrize(
    "line",
    [
        "giảm <q low=-3.2 unit=%>3,2%</q>",
        "doanh thu giảm nhẹ khoảng <q low=-5 unit=% bound=~>5%</q>",
        "giảm từ <q low=8 unit=%>8%</q> xuống còn <q low=5 unit=%>5%</q>",
        "thấp hơn <q low=-12 unit=%>12%</q> so với cùng kỳ",
        "chỉ số giảm <q low=-6.5 unit=điểm>6,5 điểm</q> (<q low=-0.4 unit=%>0,4%</q>)",
        "tăng <q low=7 unit=%>7%</q>, còn vốn giảm",
        "cao hơn <q low=3 unit=x>3 lần</q> so với năm ngoái",
        "trong khoảng <q low=50 high=60 unit=ha>50 - 60 ha</q>",
        "đạt từ <q low=85 unit=% bound='>='>85%</q> trở lên",
        "nếu có từ <q low=50 unit=% bound='>='>50%</q> số hộ đồng ý trở lên",
        "giá từ <q low=40000 unit=VND>40.000 đồng</q> lên <q low=45000 unit=VND>45.000 đồng</q>",
        "nhà cho thuê giá từ <q low=900000 unit=VND bound='>='>900.000 đồng</q>",
        "mức cao nhất là <q low=300 unit=%>300%</q>",
        "hơn nửa năm nay, <q low=12 unit='dự án'>12 dự án</q>",
    ],
)
def test_bounds_and_falls_in_a_line(line: str) -> None:
    check_line(line)
