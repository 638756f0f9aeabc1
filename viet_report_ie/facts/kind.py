"""What sort of figure a quantity is: its kind, its status, and the sign that follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, repeat

from viet_report_ie.facts.chooser import Block
from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.facts.triggers import Hit, Triggers
from viet_report_ie.mentions.mention import Amount

__all__ = ["KINDS", "STATUSES", "is_listed_target", "kind_features", "signed", "status_features"]

KINDS = ("level", "change", "ratio", "share", "rank")
STATUSES = ("actual", "target")

_CLOSE, _NEAR, _FAR, _RIGHT, _SENTENCE = 3, 4, 12, 6, 40
_MOVES = frozenset(("rise", "fall", "reach", "share", "ratio"))


def kind_features(
    scene: Scene,
    triggers: Triggers,
    quantity: QuantityView,
    previous: QuantityView | None,
    previous_kind: str,
    side: str,
    head: str,
) -> Iterator[Block]:
    """Name what the text around a quantity says of its kind; `side` and `head` are those of its indicator."""
    unit = quantity.unit_class
    words = scene.words
    yield _unit, unit, quantity.unit_name if unit else "", side
    yield _head, head, unit
    start = max(0, quantity.start - _FAR, previous.end if previous else 0)
    start = scene.sentence_start(start, quantity.start)
    left = words[max(start, quantity.start - _NEAR) : quantity.start][::-1]
    right = words[quantity.end : quantity.end + _RIGHT]
    # The word before which the left words begin is not seen, nor the one after the right words.
    yield from zip(repeat(_left), count(1), left, chain(left[1:], (None,)), repeat(unit))
    yield from zip(repeat(_right), count(1), right, chain(right[1:], (None,)), repeat(unit))
    yield _first_two, tuple(right[:2])
    moved = ""
    for _, end, group, _ in triggers.within(start, quantity.start):
        yield _trigger, group, quantity.start - end < _CLOSE, unit
        if group in _MOVES:
            moved = group
    yield _last_move, moved, unit
    for first, _, group, _ in triggers.within(quantity.end, quantity.end + _RIGHT):
        yield _trigger_after, group, min(first - quantity.end, 2), unit
    if previous:
        gap = words[previous.end : quantity.start]
        near = " ".join(gap) if len(gap) < _NEAR else "far" if len(gap) < _FAR else "apart"
        yield _previous, previous_kind, previous.unit_class, len(gap) < _NEAR, near, unit


def _unit(unit: int, name: str, side: str) -> Iterator[str]:
    yield "bias"
    yield f"u{unit}"
    yield f"u{unit} {side}"
    yield f"u{unit} {name}" if unit else "count"


def _head(head: str, unit: int) -> Iterator[str]:
    yield f"head {head} u{unit}"


def _left(distance: int, word: str, before: str | None, unit: int) -> Iterator[str]:
    yield f"l{distance} {word}"
    yield f"l{distance} {word} u{unit}"
    if before is not None:
        yield f"ll {before} {word}"


def _right(distance: int, word: str, after: str | None, unit: int) -> Iterator[str]:
    if distance <= _CLOSE:
        yield f"r{distance} {word}"
        yield f"r{distance} {word} u{unit}"
    if after is not None:
        yield f"r {word} {after} u{unit}"


def _first_two(words: tuple[str, ...]) -> Iterator[str]:
    yield f"rr {' '.join(words)}"


def _trigger(group: str, near: bool, unit: int) -> Iterator[str]:
    yield f"t {group} {'near' if near else 'far'} u{unit}"
    yield f"t {group} u{unit}"


def _last_move(group: str, unit: int) -> Iterator[str]:
    yield f"last {group} u{unit}"


def _trigger_after(group: str, distance: int, unit: int) -> Iterator[str]:
    yield f"after {group} {distance} u{unit}"


def _previous(kind: str, unit_class: int, near: bool, gap: str, unit: int) -> Iterator[str]:
    yield f"p {kind} {'near' if near else gap} u{unit}"
    yield f"p {kind} u{unit_class} u{unit} {gap}"


def status_features(
    scene: Scene,
    triggers: Triggers,
    quantity: QuantityView,
    previous: QuantityView | None,
    previous_status: str,
    kind: str,
) -> Iterator[Block]:
    """Name what the text around a quantity, its sentence and its heading says of its status."""
    at = quantity.start
    yield _status_kind, kind, quantity.unit_class
    start = scene.sentence_start(max(0, at - _SENTENCE), at)
    yield from zip(repeat(_word), count(1), scene.words[max(start, at - _CLOSE) : at][::-1])
    if previous:
        sentences = scene.sentence_of[at] - scene.sentence_of[previous.start]
        lines = scene.line_of[at] - scene.line_of[previous.start]
        yield _previous_status, previous_status, min(sentences, 2), min(lines, 1)
    yield _dates, tuple(sorted(scene.dates_around(quantity)))
    announced: dict[str, None] = {}
    for _, end, group, phrase in triggers.within(start, at):
        if group in STATUSES:
            yield _said_before, group, phrase, at - end < _NEAR
        elif group == "goal":
            announced["left"] = None
    for _, _, group, phrase in triggers.within(quantity.end, quantity.end + _FAR):
        if group in STATUSES:
            yield _said_after, group, phrase
    before = scene.sentence_start(max(0, start - _SENTENCE), start - 1) if start else 0
    for _, _, group, phrase in triggers.within(before, start):
        if group == "target":
            yield _sentence_before, phrase
        elif group == "goal" and scene.line_of[before] == scene.line_of[at]:
            announced["before"] = None
    heading = scene.heading_of(at)
    if heading:
        hits = triggers.within(*heading)
        yield _heading, tuple(sorted({phrase for *_, group, phrase in hits if group in ("target", "goal")}))
        if _announces(hits):
            announced["heading"] = None
    yield _announced, tuple(announced)
    yield _title, triggers.title_targets


def _status_kind(kind: str, unit: int) -> Iterator[str]:
    yield "bias"
    yield f"k {kind}"
    yield f"u{unit}"


def _word(distance: int, word: str) -> Iterator[str]:
    yield f"l{distance} {word}"


def _previous_status(status: str, sentences: int, lines: int) -> Iterator[str]:
    yield f"p {status} {sentences} {lines}"


def _dates(sorts: tuple[str, ...]) -> Iterator[str]:
    return (f"date {sort}" for sort in sorts)


def _said_before(group: str, phrase: str, near: bool) -> Iterator[str]:
    for said in (group, phrase):
        yield f"left {said}"
        yield f"left {said} {'near' if near else 'far'}"


def _said_after(group: str, phrase: str) -> Iterator[str]:
    yield f"right {group}"
    yield f"right {phrase}"


def _sentence_before(phrase: str) -> Iterator[str]:
    yield "before target"
    yield f"before {phrase}"


def _heading(goals: tuple[str, ...]) -> Iterator[str]:
    yield f"heading {bool(goals)}"
    yield from (f"heading {goal}" for goal in goals)


def _announced(places: tuple[str, ...]) -> Iterator[str]:
    yield f"announced {bool(places)}"
    yield from (f"announced {place}" for place in places)


def _title(goals: tuple[str, ...]) -> Iterator[str]:
    return (f"title {goal}" for goal in goals)


def _announces(hits: Sequence[Hit]) -> bool:
    """Tell whether some words announce that a list follows."""
    return any(group == "announcing" for _, _, group, _ in hits)


def is_listed_target(scene: Scene, triggers: Triggers, quantity: QuantityView) -> bool:
    """Tell whether a quantity stands in a list that is announced as one of goals, and not as done."""
    heading = scene.heading_of(quantity.start)
    if heading is None or not _announces(triggers.within(*heading)):
        return False
    start = scene.sentence_start(max(0, quantity.start - _SENTENCE), quantity.start)
    return all(hit[3] != "đã" for hit in triggers.within(start, quantity.start))


def signed(scene: Scene, triggers: Triggers, quantity: QuantityView, kind: str) -> QuantityView:
    """Give a change its sign: a fall is below zero."""
    amount = quantity.mention.value
    if kind != "change" or not isinstance(amount, Amount) or amount.low is None or amount.high is None:
        return quantity
    if amount.low < 0 or amount.high < 0 or not _falls(scene, triggers, quantity):
        return quantity
    value = replace(amount, low=-amount.high, high=-amount.low)
    return replace(quantity, mention=replace(quantity.mention, value=value))


def _falls(scene: Scene, triggers: Triggers, quantity: QuantityView) -> bool:
    """Tell whether the nearest word of movement before the quantity, in its sentence, is one of a fall."""
    start = scene.sentence_start(max(0, quantity.start - _FAR), quantity.start)
    moved = [group for _, _, group, _ in triggers.within(start, quantity.start) if group in ("rise", "fall")]
    return bool(moved) and moved[-1] == "fall"
