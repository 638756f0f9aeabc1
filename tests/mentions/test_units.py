from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Amount
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.mentions.units import convert, read_unit
from viet_report_ie.text.article import read

FAMILIES: dict[str, Any] = {name: table for name, table in load_toml("units").items() if "units" in table}
EXAMPLES = [tuple(example) for table in FAMILIES.values() for example in table["examples"]]


def test_every_family_has_examples() -> None:
    assert [name for name, table in FAMILIES.items() if not table["examples"]] == []


@pytest.mark.parametrize(("text", "value", "unit"), EXAMPLES)
def test_examples_of_the_lexicon(text: str, value: str, unit: str) -> None:
    (mention,) = find_quantities(read(text), bare=True)
    assert isinstance(mention.value, Amount)
    assert (mention.value.low, mention.value.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "symbol", "rest"),
    [
        (" đồng/lượng", "VND", "/lượng"),
        ("ha rừng", "ha", " rừng"),
        (" ki lô mét vuông.", "km2", "."),
        (" MW điện", "MW", " điện"),
        (" mW", "mW", ""),
        ("°C", "°C", ""),
        (" đô la Mỹ một thùng", "USD", " một thùng"),
        (" công nhân", "", " công nhân"),
    ],
)
def test_the_longest_name_is_the_unit(text: str, symbol: str, rest: str) -> None:
    found = read_unit(text, 0)
    assert ("" if found is None else found[0].symbol) == symbol
    assert text[0 if found is None else found[1] :] == rest


@pytest.mark.parametrize(
    ("value", "unit", "to_unit", "result"),
    [
        ("2.5", "km2", "ha", "250"),
        ("0.1", "ha", "m2", "1000"),
        ("3", "tấn", "kg", "3000"),
        ("1.5", "giờ", "phút", "90"),
        ("36", "km/h", "m/s", "10"),
        ("98.6", "°F", "°C", "37"),
        ("10", "lượng", "chỉ", "100"),
        ("60", "tạ/ha", "tấn/ha", "6"),
        ("5", "VND/m2", "VND/ha", "50000"),
        ("24", "VND/năm", "VND/tháng", "2"),
        ("1200", "kWh", "MWh", "1.2"),
        ("7", "dự án", "dự án", "7"),
    ],
)
def test_conversion_is_exact(value: str, unit: str, to_unit: str, result: str) -> None:
    assert str(convert(Decimal(value), unit, to_unit)) == result


@pytest.mark.parametrize(
    ("unit", "to_unit"),
    [
        ("ha", "kg"),
        ("VND", "USD"),
        ("VND/ha", "VND"),
        ("năm", "ngày"),
        ("đảng viên", "người"),
        ("AUD", "CAD"),
    ],
)
def test_no_conversion_across_dimensions(unit: str, to_unit: str) -> None:
    with pytest.raises(ValueError, match="cannot convert"):
        convert(Decimal(1), unit, to_unit)
