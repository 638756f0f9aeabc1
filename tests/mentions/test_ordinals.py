from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mentions.spelling import spell_number
from tests.nasty import NASTY, Factory
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.ordinals import find_ordinals, roman_value
from viet_report_ie.text.article import read


@pytest.mark.parametrize(("text", "value"), load_toml("ordinals")["examples"].items())
def test_examples_of_the_lexicon(text: str, value: int) -> None:
    (found,) = find_ordinals(read(text))
    assert (found.start, found.end, found.value) == (0, len(text), value)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Kỳ họp thứ 5, Quốc hội khóa XV", [("thứ 5", 5), ("khóa XV", 15)]),
        ("lần đầu tiên về đích hạng nhì", [("đầu tiên", 1), ("hạng nhì", 2)]),
        ("Thứ nhất, xây đường; thứ hai, xây cầu", [("Thứ nhất", 1), ("thứ hai", 2)]),
        ("các thứ khác, khóa học, quý Iran, quý vị", []),
    ],
)
def test_in_a_sentence(text: str, read_as: list[tuple[str, int]]) -> None:
    assert [(text[found.start : found.end], found.value) for found in find_ordinals(read(text))] == read_as


@given(st.integers(min_value=1, max_value=10**6))
def test_spoken_ordinals_read_back(number: int) -> None:
    (found,) = find_ordinals(read(f"thứ {spell_number(number)}"))
    assert found.value == number


@pytest.mark.parametrize(("numeral", "value"), [("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("XCIX", 99)])
def test_roman_numerals(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@pytest.mark.parametrize(("name", "make"), NASTY)
def test_nasty_strings(name: str, make: Factory) -> None:
    article = read(make(20_000))
    assert all(0 <= found.start < found.end <= len(article.text) for found in find_ordinals(article))
