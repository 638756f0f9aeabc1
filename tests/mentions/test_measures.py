from __future__ import annotations

import pytest

from viet_report_ie.mentions.measures import read_measure


@pytest.mark.parametrize(
    ("text", "unit", "rest"),
    [
        (" đồng/người/năm, tăng", "VND/người/năm", ", tăng"),
        (" đồng / m2", "VND/m2", ""),
        (" tạ/ha.", "tạ/ha", "."),
        (" km/giờ", "km/h", ""),
        (" đồng một người một năm", "VND/người/năm", ""),
        (" đồng mỗi ha đất", "VND/ha", " đất"),
        (" vụ/10.000 dân", "vụ/10.000 dân", ""),
        (" khách/ngày đêm", "khách/ngày đêm", ""),
        (" đồng/CP", "VND/CP", ""),
        (" km trên 20 CV", "km", " trên 20 CV"),
        (" lít/100km.", "lít/100 km", "."),
        (" ki-lô-mét/giờ", "km/h", ""),
        (" đồng chí", "đồng chí", ""),
        (" công nhân", "công nhân", ""),
        (" tổ chức công đoàn", "tổ chức", " công đoàn"),
    ],
)
def test_units_and_their_denominators(text: str, unit: str, rest: str) -> None:
    measure = read_measure(text, 0)
    assert measure is not None
    assert (measure.unit, text[measure.end :]) == (unit, rest)


def test_names_that_are_also_words_need_a_scale_or_a_text_of_their_own() -> None:
    assert read_measure(" bảng đấu", 0, scaled=True) is not None
    plain = read_measure(" bảng", 0)
    assert plain is None or plain.unit != "GBP"
    for named in (read_measure(" bảng", 0, scaled=True), read_measure(" bảng", 0, bare=True)):
        assert named is not None
        assert named.unit == "GBP"


def test_a_denominator_behind_trên_needs_a_duration_or_a_text_of_its_own() -> None:
    within, alone = (read_measure(" kg trên ha", 0, bare=bare) for bare in (False, True))
    assert within is not None
    assert alone is not None
    assert (within.unit, alone.unit) == ("kg", "kg/ha")
