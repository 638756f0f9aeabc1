"""The time words that a figure holds for: a date of its clause, its sentence, the text before, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from viet_report_ie.facts.chooser import Block
from viet_report_ie.facts.scene import SIGNS, QuantityView, Scene
from viet_report_ie.mentions.mention import Interval, Mention

__all__ = ["Candidate", "Dates", "no_period_features"]

_BEFORE, _AFTER, _REACH, _IN_HEADING = 4, 2, 45, 2
_CLAUSE_SIGNS = frozenset((",", ";", ":", "(", ")"))
_CLAUSE_SHAPES = [SIGNS[sign] for sign in _CLAUSE_SIGNS]
_LEADS = frozenset(("trong", "đến", "từ", "vào", "tính", "cuối", "đầu", "riêng", "hết", "theo"))


@dataclass(frozen=True, eq=False)
class Candidate:
    """A date of an article, by token, with what is seen of it from any quantity.

    Attributes
    ----------
    sort : str
        Its length, its source and its first word.
    look : tuple of str
        Its source, and the words before, in and after it that count.
    adverbial : str
        Whether it begins like an adverbial, and whether it ends like one.
    head : int
        What it begins: nothing, a sentence or a line.
    leads : bool
        Whether it is the first date of the article.
    """

    start: int
    end: int
    mention: Mention
    sort: str
    look: tuple[str, ...]
    adverbial: tuple[bool, bool]
    head: int
    leads: bool


class Dates:
    """The dates of a scene as periods of its quantities."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._all = [_candidate(scene, *date) for date in scene.dates]

    @cached_property
    def _signs_before(self) -> list[int]:
        signs = np.isin(self.scene.shapes, _CLAUSE_SHAPES)
        return [0, *np.cumsum(signs).tolist()]

    @cached_property
    def _figures_before(self) -> list[int]:
        return _before(self.scene.quantity_starts, len(self.scene.words))

    @cached_property
    def _dates_before(self) -> list[int]:
        return _before(self.scene.date_starts, len(self.scene.words))

    def near(self, quantity: QuantityView, previous: Candidate | None) -> list[Candidate]:
        """Return the dates that a quantity may hold for: some around it, and that of the figure before."""
        at = bisect_left(self.scene.date_starts, quantity.start)
        sentence = self.scene.sentence_of[quantity.start]
        found = self._all[max(0, at - _BEFORE) : at]
        found += [
            date
            for date in self._all[at : at + _AFTER]
            if date.start - quantity.end < _REACH and self.scene.sentence_of[date.start] == sentence
        ]
        known = [*self._heading(quantity), *self._all[:1]]
        if previous is not None:
            known.insert(0, previous)
        return [*(date for date in dict.fromkeys(known) if date not in found), *found]

    def _heading(self, quantity: QuantityView) -> list[Candidate]:
        """Return the dates of the line that announces the list in which a quantity stands."""
        heading = self.scene.heading_of(quantity.start)
        if heading is None:
            return []
        low, high = (bisect_left(self.scene.date_starts, edge) for edge in heading)
        return self._all[max(low, high - _IN_HEADING) : high]

    def features(
        self,
        quantity: QuantityView,
        date: Candidate,
        previous: Candidate | None,
        kind: str,
        status: str,
    ) -> Iterator[Block]:
        """Name what speaks for or against a date as the period of a quantity."""
        scene, unit = self.scene, quantity.unit_class
        apart = scene.sentence_of[quantity.start] - scene.sentence_of[date.start]
        after = date.start >= quantity.end
        side = "after" if after else "before" if not apart else f"back{min(apart, 4)}"
        low, high = (quantity.end, date.start) if after else (date.end, quantity.start)
        high = max(low, high)
        distance, near = high - low, min(high, low + _REACH)
        figures = min(self._figures_before[high] - self._figures_before[low], 3)
        others = min(self._dates_before[high] - self._dates_before[low], 3)
        signs = min(self._signs_before[near] - self._signs_before[low], 4)
        lines = min(max(scene.line_of[quantity.start] - scene.line_of[date.start], 0), 3)
        bucket = distance if distance < 5 else 5 + min(distance // 8, 5)
        yield _between, side, bucket, signs, figures, others, date.adverbial
        yield _look, date.look, side, kind
        yield _side_and_sort, side, unit, kind, status, date.sort, lines
        same = None if previous is None else date is previous
        yield _role, side, same, min(figures, 2), date.head, date.leads
        heading = scene.heading_of(quantity.start)
        if heading:
            yield _in_heading, heading[0] <= date.start < heading[1], side


def _between(
    side: str, distance: int, signs: int, figures: int, others: int, adverbial: tuple[bool, bool]
) -> Iterator[str]:
    opens, closes = adverbial
    yield f"d {side} {distance}"
    yield f"c {side} {signs}"
    yield f"q {side} {figures}"
    yield f"o {side} {others}"
    yield f"o {side} {others} {figures}"
    yield f"adverbial {opens} {closes} {side}"
    yield f"adverbial {opens} {closes} {min(figures, 2)} {side}"
    if others == 0 and side != "after":
        yield f"latest {side} {opens}"


def _look(look: tuple[str, ...], side: str, kind: str) -> Iterator[str]:
    source, two_before, before, first, first_two, behind = look
    yield f"t {source} {side}"
    yield f"w {before}"
    yield f"w {before} {side}"
    yield f"ww {two_before}"
    yield f"ww {two_before} {kind}"
    yield f"x {first} {side}"
    yield f"x {first_two}"
    yield f"a {behind} {side}"


def _side_and_sort(side: str, unit: int, kind: str, status: str, sort: str, lines: int) -> Iterator[str]:
    yield f"s {side}"
    yield f"s {side} {kind}"
    yield f"s {side} u{unit}"
    yield f"s {side} {status}"
    yield f"sort {sort}"
    yield f"sort {sort} {side}"
    yield f"sort {sort} u{unit}"
    yield f"sort {sort} {kind} {status}"
    yield f"lines {lines}"
    yield f"lines {lines} {sort}"


def _role(side: str, same: bool | None, figures: int, head: int, leads: bool) -> Iterator[str]:
    if same is None:
        yield f"fresh {side}"
    else:
        yield f"same {same} {side}"
        yield f"same {same} {figures}"
    if head:
        yield f"head {head} {side}"
    if leads:
        yield f"first {side}"


def _in_heading(inside: bool, side: str) -> Iterator[str]:
    yield f"heading {inside}"
    yield f"heading {inside} {side}"


def _candidate(scene: Scene, start: int, end: int, mention: Mention) -> Candidate:
    words, breaks = scene.words, scene.breaks
    before = words[start - 1] if start else ""
    behind = words[end] if end < len(words) else ""
    opens = bool(breaks[start]) or before in _CLAUSE_SIGNS or before in _LEADS
    closes = end < len(words) and (behind in _CLAUSE_SIGNS or bool(breaks[end]))
    return Candidate(
        start,
        end,
        mention,
        sort=f"{_length(mention)} {mention.source} {words[start] if words[start][0].isalpha() else 'figure'}",
        look=(
            mention.source,
            " ".join(words[max(0, start - 2) : start]),
            before,
            words[start],
            " ".join(words[start:end][:2]),
            behind,
        ),
        adverbial=(opens, closes),
        head=int(breaks[start]),
        leads=start == scene.dates[0][0],
    )


def _length(mention: Mention) -> str:
    """Tell days, months, years and longer periods apart."""
    interval = mention.value
    if not isinstance(interval, Interval) or not interval.date_from or not interval.date_to:
        return "open"
    days = (interval.date_to - interval.date_from).days
    return "day" if days < 2 else "month" if days < 40 else "year" if days < 370 else "years"


def _before(places: Sequence[int], size: int) -> list[int]:
    """Return for each of `size` tokens, and for their end, how many places stand before it."""
    return np.searchsorted(places, np.arange(size + 1)).tolist()  # type: ignore[no-any-return]


def no_period_features(
    scene: Scene,
    found: Sequence[Candidate],
    quantity: QuantityView,
    kind: str,
    status: str,
    head: str,
) -> Iterator[Block]:
    """Name what speaks for a quantity without a period; `head` is that of its indicator."""
    here = scene.sentence_of[quantity.start]
    inside = sum(1 for date in found if scene.sentence_of[date.start] == here)
    yield _none, kind, status, quantity.unit_class, min(len(found), 3), min(inside, 2)
    yield _none_head, head
    yield _none_words, quantity.unit_name, scene.words[quantity.start - 1] if quantity.start else ""


def _none(kind: str, status: str, unit: int, found: int, inside: int) -> Iterator[str]:
    yield "none"
    yield f"none {kind}"
    yield f"none {status}"
    yield f"none u{unit}"
    yield f"none {kind} {status} u{unit}"
    yield f"none {found}"
    yield f"none in {inside}"


def _none_head(head: str) -> Iterator[str]:
    yield f"none head {head}"
    yield f"none head {head.split(' ')[0]}"


def _none_words(unit_name: str, before: str) -> Iterator[str]:
    yield f"none unit {unit_name}"
    yield f"none l {before}"
