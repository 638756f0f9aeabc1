from __future__ import annotations

from decimal import Decimal

import pytest

from viet_report_ie.mentions.number_literals import divide, plain, read_literal


@pytest.mark.parametrize(
    ("text", "foreign", "value"),
    [
        ("1.234", False, "1234"),
        ("1.234", True, "1.234"),
        ("1,234", False, "1.234"),
        ("1,234", True, "1234"),
        ("0.123", False, "0.123"),
        ("15,09%", False, "15.09"),
        ("390.442.358 cổ phần", False, "390442358"),
        ("1.2 tỷ", False, "1.2"),
        ("2 500 000 đồng", False, "2500000"),
    ],
)
def test_signs_of_thousands_and_decimals(text: str, foreign: bool, value: str) -> None:
    literal = read_literal(text, 0, foreign)
    assert literal is not None
    assert literal.value == Decimal(value)


def test_one_space_is_a_sign_of_thousands_only_where_asked_for() -> None:
    spaced, plain_digits = read_literal("12 500 đồng", 0, spaced=True), read_literal("12 500 đồng", 0)
    assert spaced is not None
    assert plain_digits is not None
    assert (spaced.value, plain_digits.value) == (Decimal(12500), Decimal(12))


def test_a_comma_before_three_digits_keeps_its_other_reading() -> None:
    literal = read_literal("4,974 đảng viên", 0)
    assert literal is not None
    assert (literal.value, literal.thousands) == (Decimal("4.974"), Decimal(4974))


@pytest.mark.parametrize("text", ["1.2.3", "192.168.1.10", "1,2,3", "8" * 41])
def test_codes_are_no_numbers(text: str) -> None:
    assert read_literal(text, 0) is None


def test_division_is_exact_or_rounded_to_four_places() -> None:
    assert divide(Decimal(1), Decimal(8)) == Decimal("0.125")
    assert divide(Decimal(2), Decimal(3)) == Decimal("0.6667")
    assert str(plain(Decimal("12500000.0"))) == "12500000"
