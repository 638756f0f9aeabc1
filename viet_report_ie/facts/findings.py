"""What an editor would query: figures that do not add up, and documents that are cited in two ways.

A false alarm is worse than a miss: a check is made only where the text itself puts its figures together, and
a figure passes when any honest rounding of it agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from viet_report_ie.facts.figures import Figure, read_figures
from viet_report_ie.facts.model import Finding, Measurement, Resolution
from viet_report_ie.facts.same_document import two_numbers
from viet_report_ie.text.article import Article

__all__ = ["find_findings"]

_WINDOW = 30
"""How many figures back a base is looked for."""


def find_findings(
    article: Article, measurements: Sequence[Measurement], resolutions: Sequence[Resolution]
) -> list[Finding]:
    """Return what does not agree among the figures and the documents of an article.

    Parameters
    ----------
    article : Article
        The article as read.
    measurements : sequence of Measurement
        Its figures, in the order of the text.
    resolutions : sequence of Resolution
        Its documents.

    Returns
    -------
    list of Finding
        Of the kinds ``change``, ``percent_change``, ``part``, ``share_over_100``, ``two_values`` and
        ``two_numbers``.

    Examples
    --------
    >>> from viet_report_ie.mentions.quantities import find_quantities
    >>> from viet_report_ie.facts.measurements import find_measurements
    >>> from viet_report_ie.text.article import read
    >>> article = read("Từ 40 hợp tác xã, đến nay toàn huyện có 95 hợp tác xã (tăng 50 hợp tác xã).")
    >>> found = find_findings(article, find_measurements(article, find_quantities(article)), [])
    >>> [(finding.kind, finding.computed, finding.tolerance) for finding in found]
    [('change', 55.0, 0.0)]
    """
    figures = read_figures(article, measurements)
    return [
        *_changes(figures),
        *_parts(figures),
        *_shares(figures),
        *_two_values(figures),
        *two_numbers(article, resolutions),
    ]


def _changes(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check `from B to L (a rise of C, or of C %)`."""
    for at, change in enumerate(figures):
        if not change.is_change or change.compared or not change.is_exact:
            continue
        level = _level_before(figures, at)
        base = _base_before(figures[max(0, at - _WINDOW) : at], level) if level else None
        if level is None or base is None:
            continue
        if change.unit == "%":
            yield from _percent(base, level, change)
        elif change.counts_like(level):
            computed = level.value - base.value
            tolerance = level.step + base.step + change.step
            stated = change.value if computed >= 0 or change.value < 0 else -change.value
            if abs(computed - stated) > tolerance:
                yield _finding("change", [base, level, change], computed, tolerance)


def _percent(base: Figure, level: Figure, change: Figure) -> Iterator[Finding]:
    if base.value <= 0:
        return
    risen = 100 * (level.value - base.value) / base.value
    wobble = 100 * (level.step + base.step) * (1 + abs(level.value / base.value)) / base.value
    # Cutting off counts as rounding, and `bằng 152%` of the base is often written as a rise.
    tolerance = 2 * change.unit_in_last_place + wobble
    stated = abs(change.value)
    if abs(abs(risen) - stated) > tolerance and abs(100 + risen - stated) > tolerance:
        yield _finding("percent_change", [base, level, change], risen, tolerance)


def _level_before(figures: Sequence[Figure], at: int) -> Figure | None:
    """Return the level that a change explains: the last before it, with little but its word between."""
    change = figures[at]
    for level in reversed(figures[max(0, at - 2) : at]):
        if level.is_change:
            if level.next_to(change):
                continue
            return None
        if not level.is_level or not level.is_exact:
            return None
        return level if level.explained_by(change) else None
    return None


def _base_before(figures: Sequence[Figure], level: Figure) -> Figure | None:
    """Return the level that another is set against: the only one of its unit before it in its sentence."""
    same = [
        figure
        for figure in figures
        if figure.sentence == level.sentence
        and figure.start < level.start
        and figure.is_level
        and figure.unit == level.unit
    ]
    if len(same) != 1 or not same[0].is_exact:
        return None
    base = same[0]
    return base if base.is_origin and level.is_outcome and base.same_thing(level) else None


def _parts(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check `155/200 (78 %)`."""
    for part, ratio in pairwise(figures):
        whole = part.whole
        if whole is None or not 0 < part.value <= whole or ratio.unit != "%" or ratio.is_change:
            continue
        if not part.explained_by(ratio) or not ratio.is_exact or ratio.compared:
            continue
        computed = 100 * part.value / whole
        tolerance = ratio.unit_in_last_place
        if abs(computed - ratio.value) > tolerance:
            yield _finding("part", [part, ratio], computed, tolerance)


def _shares(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check that no share is more than the whole."""
    for figure in figures:
        if figure.is_share and figure.unit == "%" and figure.value > 100:
            yield _finding("share_over_100", [figure], Decimal(100), Decimal(0))


def _two_values(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check that the present total of a thing has one value; only near misses are surely the same thing."""
    totals: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        if not figure.is_present_total:
            continue
        known = totals.setdefault((figure.unit, figure.thing), figure)
        near = abs(known.value - figure.value) * 10 < max(known.value, figure.value)
        if known.value != figure.value and near and known.sentence != figure.sentence:
            yield _finding("two_values", [known, figure], known.value, Decimal(0))


_MESSAGES = {
    "change": "{0} đến {1} là thay đổi {computed}, không phải {2}",
    "percent_change": "{0} đến {1} là thay đổi {computed}%, không phải {2}",
    "part": "{0} là {computed}%, không phải {1}",
    "share_over_100": "tỷ trọng {0} lớn hơn toàn bộ",
    "two_values": "cùng một chỉ tiêu có hai giá trị: {0} và {1}",
}


def _finding(kind: str, figures: Sequence[Figure], computed: Decimal, tolerance: Decimal) -> Finding:
    shown = f"{computed:.4f}".rstrip("0").rstrip(".")
    return Finding(
        kind=kind,
        message=_MESSAGES[kind].format(*(figure.text for figure in figures), computed=shown),
        measurements=tuple(figure.measurement for figure in figures),
        computed=float(computed),
        tolerance=float(tolerance),
    )
