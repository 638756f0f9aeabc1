"""Every quantity tied to what it measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from viet_report_ie.facts import period as periods
from viet_report_ie.facts.context import base_features, inherit_features, side_features
from viet_report_ie.facts.kind import is_listed_target, kind_features, signed, status_features
from viet_report_ie.facts.linker import Linker, load_linker
from viet_report_ie.facts.model import Measurement, Period
from viet_report_ie.facts.pointer import Floats, choose, spans_near
from viet_report_ie.facts.scene import Integers, QuantityView, Scene
from viet_report_ie.facts.symbols import Symbols
from viet_report_ie.facts.triggers import Triggers
from viet_report_ie.mentions.mention import Interval, Mention
from viet_report_ie.text.article import Article

__all__ = ["FIRM", "SOURCE", "find_measurements"]

SOURCE = "linker"
FIRM = 0.5
"""Durations and counts of the text's own parts score less; no figure continues them."""

TokenSpan = tuple[int, int]
"""First and last token."""


@dataclass
class Link:
    """What has been decided of one quantity."""

    quantity: QuantityView
    indicator: TokenSpan | None
    score: float
    kind: str = "level"
    status: str = "actual"
    period: periods.Candidate | None = None
    base: TokenSpan | None = None


@dataclass
class Reader:
    """Decides quantity by quantity, in the order of the text; each sees what was decided before."""

    scene: Scene
    linker: Linker
    symbols: Symbols = field(init=False)
    dates: list[periods.Candidate] = field(init=False)
    triggers: Triggers = field(init=False)
    _fields: dict[tuple[str, int], Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.symbols = Symbols(self.scene, self.linker.lexis)
        self.dates = self.scene.dates
        self.triggers = Triggers(self.scene)

    def read(self) -> list[Link]:
        """Return one link for each quantity."""
        links: list[Link] = []
        previous: Link | None = None
        for quantity in self.scene.quantities:
            links.append(self.link(quantity, previous))
            if quantity.mention.score >= FIRM:
                previous = links[-1]
        return links

    def link(self, quantity: QuantityView, previous: Link | None) -> Link:
        """Decide everything about one quantity."""
        scene, choosers = self.scene, self.linker.choosers
        indicator, score = self.indicator(quantity, previous)
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
        if link.kind != "level":
            link.base = self.base(link)
        return link

    def indicator(self, quantity: QuantityView, previous: Link | None) -> tuple[TokenSpan | None, float]:
        """Return the span of the indicator and its probability."""
        first, last, scores = self.point("indicator", quantity)
        if previous and previous.indicator:
            features = inherit_features(self.scene, quantity, previous.quantity)
            first = np.append(first, previous.indicator[0])
            last = np.append(last, previous.indicator[1])
            scores = np.append(scores, self.linker.choosers["inherit"].scores(features))
        if not len(scores):
            return None, 0.0
        chances = np.exp(scores - scores.max())
        best, sure = choose(first, last, chances / chances.sum())
        return (int(first[best]), int(last[best])), sure

    def head(self, indicator: TokenSpan | None) -> str:
        """Return the first two syllables of an indicator."""
        if indicator is None:
            return ""
        return " ".join(self.scene.words[indicator[0] : min(indicator[0] + 2, indicator[1] + 1)])

    def base(self, link: Link) -> TokenSpan | None:
        """Return the span of the base, or None."""
        first, last, scores = self.point("base", link.quantity)
        if not len(scores):
            return None
        features = base_features(self.scene, link.quantity, link.kind)
        scores = np.append(scores, self.linker.choosers["no_base"].scores(features))
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        best, sure = choose(first, last, chances[:-1])
        return (int(first[best]), int(last[best])) if sure > chances[-1] else None

    def point(self, name: str, quantity: QuantityView) -> tuple[Integers, Integers, Floats]:
        """Return the spans near a quantity with their scores by one of the pointers."""
        pointer = self.linker.pointers[name]
        key = name, quantity.unit_class
        if key not in self._fields:
            self._fields[key] = pointer.field(self.symbols, quantity.unit_class)
        spans = spans_near(self.symbols, quantity)
        sides = self.linker.choosers[f"{name}_side"].scores(side_features(self.symbols, quantity))
        scores = pointer.score(self.symbols, self._fields[key], quantity, spans)
        return spans.first, spans.last, scores + np.array(sides)[spans.side]

    def period(self, link: Link, previous: Link | None) -> periods.Candidate | None:
        """Return the date that a quantity holds for."""
        carried = previous.period if previous else None
        found = periods.candidates(self.scene, self.dates, link.quantity, carried)
        if not found:
            return None
        chooser = self.linker.choosers["period"]
        scores = [
            chooser.scores(
                periods.period_features(
                    self.scene, self.dates, link.quantity, date, carried, link.kind, link.status
                )
            )[0]
            for date in found
        ]
        none = chooser.scores(
            periods.no_period_features(
                self.scene,
                found,
                link.quantity,
                link.kind,
                link.status,
                self.head(link.indicator),
            )
        )
        best = scores.index(max(scores))
        return found[best] if scores[best] > none[0] else None


def side_of(indicator: TokenSpan | None, quantity: QuantityView) -> str:
    """Tell where an indicator stands: before the quantity, in its counted noun, or after it."""
    if indicator is None or indicator[0] < quantity.start:
        return "left"
    return "noun" if indicator[0] < quantity.end else "right"


def find_measurements(
    article: Article, mentions: Sequence[Mention], linker: Linker | None = None
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
    return [_measure(reader, link) for link in reader.read()]


def _measure(reader: Reader, link: Link) -> Measurement:
    scene = reader.scene
    date = link.period
    period = None
    if date is not None:
        value = date[2].value
        period = Period((date[2].start, date[2].end), value if isinstance(value, Interval) else Interval())
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
