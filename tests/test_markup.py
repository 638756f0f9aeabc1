from __future__ import annotations

import pytest

from tests.markup import Marked, parse


def test_tags_become_spans() -> None:
    text, spans = parse('ông <person>Lê An</person> thu <q low=5 unit=% bound=">=">5%</q>, tức 2 < 3')
    assert text == "ông Lê An thu 5%, tức 2 < 3"
    assert spans == [
        Marked("PERSON", 4, 9),
        Marked("QUANTITY", 14, 16, {"low": "5", "unit": "%", "bound": ">="}),
    ]


@pytest.mark.parametrize("markup", ["<q>5%", "<q>5%</zone>"])
def test_unbalanced_tags_are_refused(markup: str) -> None:
    with pytest.raises(ValueError, match="closed"):
        parse(markup)
