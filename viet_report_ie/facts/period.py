"""The time words that a figure holds for: a date of its clause, its sentence, the text before, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.mentions.mention import Interval, Mention

__all__ = ["Candidate", "candidates", "no_period_features", "period_features"]

Candidate = tuple[int, int, Mention]
"""First token, end token and mention of a date."""

_BEFORE, _AFTER, _REACH = 4, 2, 45
_CLAUSE_SIGNS = frozenset((",", ";", ":", "(", ")"))
_LEADS = frozenset(("trong", "đến", "từ", "vào", "tính", "cuối", "đầu", "riêng", "hết", "theo"))


def candidates(
    scene: Scene, dates: Sequence[Candidate], quantity: QuantityView, previous: Candidate | None
) -> list[Candidate]:
    """Return the dates that a quantity may hold for: some on either side, and that of the figure before."""
    at = bisect_left(scene.date_starts, quantity.start)
    sentence = scene.sentence_of[quantity.start]
    found = list(dates[max(0, at - _BEFORE) : at])
    found += [
        date
        for date in dates[at : at + _AFTER]
        if date[0] - quantity.end < _REACH and scene.sentence_of[date[0]] == sentence
    ]
    if previous is not None and previous not in found:
        found.insert(0, previous)
    return found


def period_features(
    scene: Scene,
    dates: Sequence[Candidate],
    quantity: QuantityView,
    date: Candidate,
    previous: Candidate | None,
    kind: str,
    status: str,
) -> Iterator[str]:
    """Name what speaks for or against a date as the period of a quantity."""
    first, end, mention = date
    sentences = scene.sentence_of
    apart = sentences[quantity.start] - sentences[first]
    after = first >= quantity.end
    side = "after" if after else "before" if not apart else f"back{min(apart, 4)}"
    low, high = (quantity.end, first) if after else (end, quantity.start)
    distance = max(0, high - low)
    between = scene.words[low : min(high, low + _REACH)]
    yield f"s {side}"
    yield f"s {side} {kind}"
    yield f"s {side} u{quantity.unit_class}"
    yield f"s {side} {status}"
    yield f"d {side} {min(distance, 4) if distance < 5 else 5 + min(distance // 8, 5)}"
    figures = _count(scene.quantity_starts, low, high)
    yield f"q {side} {min(figures, 3)}"
    others = _count(scene.date_starts, low, high)
    yield f"o {side} {min(others, 3)}"
    yield f"o {side} {min(others, 3)} {min(figures, 3)}"
    signs = sum(1 for word in between if word in _CLAUSE_SIGNS)
    yield f"c {side} {min(signs, 4)}"
    yield f"t {mention.source} {side}"
    words = scene.words
    word = words[first - 1] if first else ""
    before = " ".join(words[max(0, first - 2) : first])
    yield f"w {word}"
    yield f"w {word} {side}"
    yield f"ww {before}"
    yield f"ww {before} {kind}"
    yield f"x {words[first]} {side}"
    yield f"x {' '.join(words[first:end][:2])}"
    yield f"a {words[end] if end < len(words) else ''} {side}"
    sort = _sort(scene, date)
    lines = scene.line_of[quantity.start] - scene.line_of[first]
    yield f"sort {sort}"
    yield f"sort {sort} {side}"
    yield f"sort {sort} u{quantity.unit_class}"
    yield f"sort {sort} {kind} {status}"
    yield f"lines {min(max(lines, 0), 3)}"
    yield f"lines {min(max(lines, 0), 3)} {sort}"
    adverbial = bool(scene.breaks[first]) or word in _CLAUSE_SIGNS or word in _LEADS
    closed = end < len(words) and (words[end] in _CLAUSE_SIGNS or bool(scene.breaks[end]))
    yield f"adverbial {adverbial} {closed} {side}"
    yield f"adverbial {adverbial} {closed} {min(figures, 2)} {side}"
    if others == 0 and not after:
        yield f"latest {side} {adverbial}"
    if scene.breaks[first]:
        yield f"head {int(scene.breaks[first])} {side}"
    if previous is not None:
        yield f"same {date == previous} {side}"
        yield f"same {date == previous} {min(figures, 2)}"
    else:
        yield f"fresh {side}"
    if first == (dates[0][0] if dates else -1):
        yield f"first {side}"


def _count(starts: list[int], low: int, high: int) -> int:
    return max(0, bisect_left(starts, high) - bisect_left(starts, low))


def _sort(scene: Scene, date: Candidate) -> str:
    """Tell days, months, years and terms apart by the first word and the length of the interval."""
    first, _, mention = date
    interval = mention.value
    length = "open"
    if isinstance(interval, Interval) and interval.date_from and interval.date_to:
        days = (interval.date_to - interval.date_from).days
        length = "day" if days < 2 else "month" if days < 40 else "year" if days < 370 else "years"
    return f"{length} {mention.source} {scene.words[first] if scene.words[first][0].isalpha() else 'figure'}"


def no_period_features(
    scene: Scene,
    found: Sequence[Candidate],
    quantity: QuantityView,
    kind: str,
    status: str,
    head: str,
) -> Iterator[str]:
    """Name what speaks for a quantity without a period; `head` is that of its indicator."""
    yield f"none head {head}"
    yield f"none head {head.split(' ')[0]}"
    yield f"none unit {quantity.unit_name}"
    yield f"none {kind} {status} u{quantity.unit_class}"
    yield f"none l {scene.words[quantity.start - 1] if quantity.start else ''}"
    yield "none"
    yield f"none {kind}"
    yield f"none {status}"
    yield f"none u{quantity.unit_class}"
    yield f"none {min(len(found), 3)}"
    here = scene.sentence_of[quantity.start]
    inside = sum(1 for date in found if scene.sentence_of[date[0]] == here)
    yield f"none in {min(inside, 2)}"
