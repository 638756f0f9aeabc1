"""Every quantity tied to what it measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, inf
from typing import TypeVar

import numpy as np

from viet_report_ie.facts.context import base_features, inherit_features, side_features
from viet_report_ie.facts.encoder import Floats
from viet_report_ie.facts.kind import is_listed_target, kind_features, signed, status_features
from viet_report_ie.facts.linker import Linker, load_linker
from viet_report_ie.facts.model import Measurement, Period
from viet_report_ie.facts.period import Candidate, Dates, no_period_features
from viet_report_ie.facts.pointer import Candidates, TokenSpan, add_odds, best_spans
from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.facts.symbols import Symbols
from viet_report_ie.facts.triggers import Triggers
from viet_report_ie.facts.windows import Windows
from viet_report_ie.mentions.mention import Interval, Mention
from viet_report_ie.text.article import Article

__all__ = ["FIRM", "SOURCE", "find_measurements"]

SOURCE = "linker"
FIRM = 0.5
"""Durations and counts of the text's own parts score less; no figure continues them."""
_BATCH = 256
"""Quantities whose spans are scored together, so that no text however long takes much memory."""

Item = TypeVar("Item")


@dataclass
class Link:
    """What has been decided of one quantity."""

    quantity: QuantityView
    indicator: TokenSpan | None
    score: float
    kind: str = "level"
    status: str = "actual"
    period: Candidate | None = None
    base: TokenSpan | None = None


@dataclass
class Reader:
    """Decides quantity by quantity, in the order of the text; each sees what was decided before."""

    scene: Scene
    linker: Linker
    symbols: Symbols = field(init=False)
    vectors: Floats = field(init=False)
    dates: Dates = field(init=False)
    triggers: Triggers = field(init=False)

    def __post_init__(self) -> None:
        self.symbols = Symbols(self.scene, self.linker.lexis)
        self.vectors = self.linker.encoder.read(self.symbols.columns)
        self.dates = Dates(self.scene)
        self.triggers = Triggers(self.scene)

    def read(self, least: float = 0.0) -> list[Link]:
        """Return one link for each quantity that scores at least so much."""
        links: list[Link] = []
        previous: Link | None = None
        for quantities in _batches([q for q in self.scene.quantities if q.mention.score >= least]):
            spans = self.point("indicator", quantities)
            for row, quantity in enumerate(quantities):
                link = self.link(quantity, previous, spans, row)
                links.append(link)
                if quantity.mention.score >= FIRM:
                    previous = link
        for compared in _batches([link for link in links if link.kind != "level"]):
            spans = self.point("base", [link.quantity for link in compared])
            for row, link in enumerate(compared):
                link.base = self.base(link, spans, row)
        return links

    def point(self, name: str, quantities: Sequence[QuantityView]) -> Candidates:
        """Return the best spans near some quantities by one of the pointers."""
        windows = Windows(self.symbols, quantities)
        chooser = self.linker.choosers[f"{name}_side"]
        sides = np.array([chooser.scores(side_features(self.symbols, quantity)) for quantity in quantities])
        scores = self.linker.pointers[name].scores(self.vectors, windows)
        return best_spans(windows, scores + sides[windows.span_owner, windows.span_side])

    def link(self, quantity: QuantityView, previous: Link | None, spans: Candidates, row: int) -> Link:
        """Decide everything about one quantity but its base."""
        scene, choosers = self.scene, self.linker.choosers
        indicator, score = self.indicator(quantity, previous, spans, row)
        link = Link(quantity, indicator, score)
        side = side_of(indicator, quantity)
        before = previous.quantity if previous else None
        link.kind, sure = choosers["kind"].choose(
            kind_features(
                scene,
                self.triggers,
                quantity,
                before,
                previous.kind if previous else "",
                side,
                self.head(indicator),
            )
        )
        link.status, _ = choosers["status"].choose(
            status_features(
                scene, self.triggers, quantity, before, previous.status if previous else "", link.kind
            )
        )
        if is_listed_target(scene, self.triggers, quantity):
            link.status = "target"
        link.score = score * sure
        link.period = self.period(link, previous)
        return link

    def indicator(
        self, quantity: QuantityView, previous: Link | None, spans: Candidates, row: int
    ) -> tuple[TokenSpan | None, float]:
        """Return the span of the indicator and its probability."""
        known, other = None, -inf
        if previous and previous.indicator:
            known = previous.indicator
            (other,) = self.linker.choosers["inherit"].scores(
                inherit_features(self.scene, quantity, previous.quantity)
            )
        if spans.mass[row] == other == -inf:
            return None, 0.0
        return spans.choose(row, other, known)

    def head(self, indicator: TokenSpan | None) -> str:
        """Return the first two syllables of an indicator."""
        if indicator is None:
            return ""
        return " ".join(self.scene.words[indicator[0] : min(indicator[0] + 2, indicator[1] + 1)])

    def base(self, link: Link, spans: Candidates, row: int) -> TokenSpan | None:
        """Return the span of the base, or None."""
        mass = spans.mass[row]
        if mass == -inf:
            return None
        (none,) = self.linker.choosers["no_base"].scores(base_features(self.scene, link.quantity, link.kind))
        span, sure = spans.choose(row, none)
        return span if sure > exp(none - add_odds(mass, none)) else None

    def period(self, link: Link, previous: Link | None) -> Candidate | None:
        """Return the date that a quantity holds for."""
        carried = previous.period if previous else None
        found = self.dates.near(link.quantity, carried)
        if not found:
            return None
        (none,) = self.linker.choosers["period"].scores(
            no_period_features(
                self.scene, found, link.quantity, link.kind, link.status, self.head(link.indicator)
            )
        )
        scores = [
            self.linker.choosers["period"].scores(
                self.dates.features(link.quantity, date, carried, link.kind, link.status)
            )[0]
            for date in found
        ]
        best = scores.index(max(scores))
        return found[best] if scores[best] > none else None


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[at : at + _BATCH] for at in range(0, len(items), _BATCH))


def side_of(indicator: TokenSpan | None, quantity: QuantityView) -> str:
    """Tell where an indicator stands: before the quantity, in its counted noun, or after it."""
    if indicator is None or indicator[0] < quantity.start:
        return "left"
    return "noun" if indicator[0] < quantity.end else "right"


def find_measurements(
    article: Article, mentions: Sequence[Mention], linker: Linker | None = None, *, least: float = 0.0
) -> list[Measurement]:
    """Tie every quantity to what it measures.

    Parameters
    ----------
    article : Article
        The article as read.
    mentions : sequence of Mention
        Its quantities, and its dates, which serve as periods.
    linker : Linker, optional
        Other weights than the shipped ones.
    least : float, optional
        Quantities that score less are left out; no other depends on those below `FIRM`.

    Returns
    -------
    list of Measurement
        One for each quantity, in the order of the text.

    Examples
    --------
    >>> from viet_report_ie.mentions.quantities import find_quantities
    >>> from viet_report_ie.text.article import read
    >>> article = read("Kim ngạch xuất khẩu đạt 3,5 tỷ USD, tăng 12% so với năm 2019.")
    >>> found = find_measurements(article, find_quantities(article, []))
    >>> [(article.text[slice(*m.indicator)], m.kind) for m in found if m.indicator]
    [('Kim ngạch xuất khẩu', 'level'), ('Kim ngạch xuất khẩu', 'change')]
    """
    if not any(mention.label == "QUANTITY" for mention in mentions):
        return []
    scene = Scene(article, mentions)
    reader = Reader(scene, linker or load_linker())
    return [_measure(reader, link) for link in reader.read(least)]


def _measure(reader: Reader, link: Link) -> Measurement:
    scene = reader.scene
    date = link.period
    period = None
    if date is not None:
        mention = date.mention
        value = mention.value if isinstance(mention.value, Interval) else Interval()
        period = Period((mention.start, mention.end), value)
    return Measurement(
        quantity=signed(scene, reader.triggers, link.quantity, link.kind).mention,
        indicator=scene.span(*link.indicator) if link.indicator else None,
        kind=link.kind,
        status=link.status,
        period=period,
        base=scene.span(*link.base) if link.base else None,
        source=SOURCE,
        score=link.score,
    )
