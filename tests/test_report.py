"""The data model and its JSON form."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from viet_report_ie import Report, extract
from viet_report_ie.report import TABLE_COLUMNS, Quantity

SEED = Path(__file__).parent.parent / "seeds" / "dai_hoi_kkt_hai_phong.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    return extract(SEED.read_text(encoding="utf-8"), published=date(2020, 7, 19), id="seed")


def quantity(unit: str, low: str, high: str | None = None) -> Quantity:
    values = {"low": Decimal(low), "high": Decimal(high or low)}
    return Quantity(start=0, end=1, text="x", **values, unit=unit, bound="=")


def test_round_trip_through_dict_and_json(report: Report) -> None:
    assert Report.from_dict(report.to_dict()) == report
    assert Report.from_dict(json.loads(report.to_json())) == report


def test_the_dict_is_valid_by_the_published_schema(report: Report) -> None:
    jsonschema.validate(report.to_dict(), Report.json_schema())


def test_the_published_schema_is_current() -> None:
    published = Path(__file__).parent.parent / "viet_report_ie" / "report.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == Report.json_schema()


def test_decimals_survive_json() -> None:
    exact = quantity("%", "0.1", "33.75")
    assert Quantity.model_validate(json.loads(exact.model_dump_json())) == exact
    assert json.loads(exact.model_dump_json())["high"] == 33.75


def test_a_whole_number_is_an_integer_in_json() -> None:
    assert '"low":9600000000,' in quantity("USD", "9.6E+9").model_dump_json()


def test_quantities_convert_within_a_dimension() -> None:
    assert quantity("km2", "33.75").to("ha").low == Decimal("3375")
    with pytest.raises(ValueError, match=r"km2.*kg"):
        quantity("km2", "1").to("kg")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(ValidationError, match="text"):
        Report.from_dict({"schema_version": "1.0"})


def test_unknown_keys_are_ignored(report: Report) -> None:
    assert Report.from_dict({**report.to_dict(), "more": 1}) == report


def test_table_has_one_plain_row_a_measurement(report: Report) -> None:
    rows = report.to_table()
    assert len(rows) == len(report.measurements) > 0
    assert all(tuple(row) == TABLE_COLUMNS for row in rows)
    for row in rows:
        assert report.text[row["start"] : row["end"]] == row["quantity"]
        assert row["quantity"] in row["sentence"]
        assert row["article"] == "seed"
