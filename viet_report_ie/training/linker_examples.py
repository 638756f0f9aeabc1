"""Annotated articles as the linker learns from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from viet_report_ie.corpus.score import token_f1
from viet_report_ie.facts.linker import Linker
from viet_report_ie.facts.measurements import find_measurements
from viet_report_ie.facts.period import Candidate
from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.mentions.dates import find_dates
from viet_report_ie.mentions.laws import find_laws
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.mentions.settle import settle
from viet_report_ie.text.article import Article, read

__all__ = ["Document", "Row", "predict", "read_document"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A quantity that was found, with its gold measurement if there is one."""

    quantity: QuantityView
    gold: Json | None


@dataclass(frozen=True)
class Document:
    """An annotated article, read, with the mentions that the rules find.

    `other_readers` tells that its readers are not those of the articles that scores are taken on.
    """

    gold: Json
    article: Article
    mentions: tuple[Mention, ...]
    other_readers: bool = False

    @cached_property
    def scene(self) -> Scene:
        """The tokens of the article."""
        return Scene(self.article, self.mentions)

    @cached_property
    def rows(self) -> list[Row]:
        """The quantities found, in order, each with the gold row that begins with it or overlaps it."""
        places = [
            self.article.shadow.to_original(q.mention.start, q.mention.end) for q in self.scene.quantities
        ]
        matched: dict[int, Json] = {}
        for gold in self.gold["measurements"]:
            at = next((i for i, (start, _) in enumerate(places) if start == gold["start"]), None)
            if at is None:
                overlapping = (i for i, (s, e) in enumerate(places) if s < gold["end"] and gold["start"] < e)
                at = next((i for i in overlapping if i not in matched), None)
            if at is not None:
                matched.setdefault(at, gold)
        return [Row(quantity, matched.get(i)) for i, quantity in enumerate(self.scene.quantities)]

    def period_of(self, row: Row, dates: list[Candidate]) -> Candidate | None:
        """Return the candidate that the gold row means: the nearest of those with its words."""
        if not row.gold or not row.gold["period"]:
            return None
        text = self.article.text
        good = [
            d for d in dates if token_f1(text[d.mention.start : d.mention.end], row.gold["period"]) >= 0.5
        ]
        return min(good, key=lambda d: abs(d.start - row.quantity.start), default=None)


def read_document(gold: Json, *, other_readers: bool = False) -> Document:
    """Read an annotated article and find the mentions that the linker needs."""
    article = read(gold["text"])
    named = settle(find_laws(article), find_dates(article))
    return Document(gold, article, tuple(settle(named, find_quantities(article, named))), other_readers)


def predict(document: Document, linker: Linker | None = None) -> Json:
    """Return the measurements of an article in the form that the scorer reads."""
    shadow, text = document.article.shadow, document.article.text

    def span(place: tuple[int, int] | None) -> Json | None:
        return {"text": text[slice(*place)]} if place else None

    rows = []
    for found in find_measurements(document.article, document.mentions, linker):
        amount = found.quantity.value
        assert isinstance(amount, Amount)
        start, end = shadow.to_original(found.quantity.start, found.quantity.end)
        rows.append(
            {
                "quantity": {
                    "start": start, "end": end, "text": shadow.original[start:end], "low": amount.low,
                    "high": amount.high, "whole": amount.whole, "unit": amount.unit, "bound": amount.bound,
                },
                "indicator": span(found.indicator),
                "kind": found.kind,
                "status": found.status,
                "period": span(found.period.span if found.period else None),
                "base": span(found.base),
            }
        )  # fmt: skip
    return {"id": document.gold["id"], "measurements": rows}
