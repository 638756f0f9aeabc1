from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mentions.spelling import spell_number
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.numbers import parse_number, read_numeral

REGIONS = ("north", "south")


@pytest.mark.parametrize(("text", "value"), load_toml("numbers")["examples"].items())
def test_examples_of_the_lexicon(text: str, value: str) -> None:
    assert str(parse_number(text)) == value


@pytest.mark.parametrize("region", REGIONS)
def test_every_number_to_ten_thousand_reads_back_from_words(region: str) -> None:
    wrong = [number for number in range(10_001) if parse_number(spell_number(number, region)) != number]
    assert wrong == []


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(REGIONS))
def test_large_numbers_read_back_from_words(number: int, region: str) -> None:
    assert parse_number(spell_number(number, region)) == number


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=99))
def test_both_styles_of_digits_read_back(number: int, cents: int) -> None:
    foreign = f"{number:,}.{cents:02d}"
    native = foreign.translate(str.maketrans(",.", ".,"))
    assert parse_number(native) == parse_number(foreign) == Decimal(f"{number}.{cents:02d}")


@given(st.integers(min_value=0, max_value=999_999), st.integers(min_value=1, max_value=9_999))
def test_spoken_decimals_read_back(whole: int, fraction: int) -> None:
    spoken = " ".join(spell_number(int(digit)) for digit in f"{fraction:04d}")
    text = f"{spell_number(whole)} phẩy {spoken}"
    assert parse_number(text) == Decimal(f"{whole}.{fraction:04d}")
    assert parse_number(f"âm {text}") == -Decimal(f"{whole}.{fraction:04d}")


@given(
    st.integers(min_value=1, max_value=9), st.sampled_from((("trăm", 100), ("nghìn", 1000), ("triệu", 10**6)))
)
def test_a_digit_behind_a_scale_is_a_tenth_of_it(tenths: int, scale: tuple[str, int]) -> None:
    word = {1: "mốt", 4: "tư", 5: "lăm"}.get(tenths, spell_number(tenths))
    name, value = scale
    assert parse_number(f"ba {name} {word}") == 3 * value + tenths * value // 10
    assert parse_number(f"{name} {word}") == value + tenths * value // 10


def test_spelling_helper_knows_both_regions() -> None:
    assert spell_number(1_024_305) == "một triệu không trăm hai mươi tư nghìn ba trăm linh năm"
    assert spell_number(24_305, "south") == "hai mươi bốn ngàn ba trăm lẻ năm"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dự án",
        "5 dự án",
        "mấy chục",
        "mười mấy",
        "1.2.3",
        "9" * 60,
        "linh năm",
        "hăm",
        "trăm",
        "trăm năm",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("hai mươi năm qua", "hai mươi"),
        ("hai nghìn năm lịch sử", "hai nghìn"),
        ("3 triệu 500 nghìn đồng", "3 triệu 500 nghìn"),
        ("5 triệu 3 dự án", "5 triệu"),
        ("hai trăm lẻ hai hộ", "hai trăm lẻ hai"),
        ("192tỷđồng", "192tỷ"),
        ("ba tư lệnh", "ba"),
        ("ba triệu tư nhân", "ba triệu"),
        ("hai triệu mốt đồng", "hai triệu mốt"),
        ("hăm ba hộ", "hăm ba"),
        ("một trăm hai nghìn đồng", "một trăm hai nghìn"),
        ("bốn tỷ hai trăm triệu đồng", "bốn tỷ hai trăm triệu"),
    ],
)
def test_the_number_ends_where_its_words_end(text: str, read: str) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert text[: numeral.end] == read
