"""Compares the quantities found in a marked-up line with its marks."""

from __future__ import annotations

from decimal import Decimal

from tests.markup import Marked, parse
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.text.article import read

__all__ = ["check_line"]


def _shown(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _said(found: Mention, marked: Marked) -> dict[str, str | None]:
    amount = found.value
    assert isinstance(amount, Amount)
    said = {
        "low": _shown(amount.low),
        "high": _shown(amount.high),
        "whole": _shown(amount.whole),
        "unit": amount.unit,
        "bound": amount.bound,
    }
    defaults = {"high": said["low"], "bound": "=", "whole": None} | marked.attributes
    return {key: said[key] for key in said if key in defaults}


def check_line(markup: str, *, bare: bool = False) -> None:
    """Assert that exactly the marked quantities are found, outside the spans with other labels.

    Attributes that a mark leaves out are not compared, but `high` is then `low`, `whole` None and `bound` =.
    """
    text, spans = parse(markup)
    article = read(text)
    assert article.text == text, "write the line in the normal form of the shadow"
    taken = [Mention(span.label, span.start, span.end, "test") for span in spans if span.label != "QUANTITY"]
    marked = [span for span in spans if span.label == "QUANTITY"]
    found = [mention for mention in find_quantities(article, taken, bare=bare) if mention.score >= 0.5]
    assert [text[span.start : span.end] for span in found] == [text[span.start : span.end] for span in marked]
    for mention, span in zip(found, marked, strict=True):
        wanted = {"high": span.attributes.get("low"), "bound": "=", "whole": None} | span.attributes
        assert (mention.start, _said(mention, span)) == (span.start, wanted)
