"""What sort of figure a quantity is: its kind, its status, and the sign that follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.facts.triggers import Triggers
from viet_report_ie.mentions.mention import Amount

__all__ = ["KINDS", "STATUSES", "is_listed_target", "kind_features", "signed", "status_features"]

KINDS = ("level", "change", "ratio", "share", "rank")
STATUSES = ("actual", "target")

_NEAR, _FAR, _RIGHT, _SENTENCE = 4, 12, 6, 40


def kind_features(
    scene: Scene,
    triggers: Triggers,
    quantity: QuantityView,
    previous: QuantityView | None,
    previous_kind: str,
    side: str,
    head: str,
) -> Iterator[str]:
    """Name what the text around a quantity says of its kind; `side` and `head` are those of its indicator."""
    unit = quantity.unit_class
    words = scene.words
    yield "bias"
    yield f"u{unit}"
    yield f"u{unit} {side}"
    yield f"u{unit} {quantity.unit_name}" if unit else "count"
    yield f"head {head} u{unit}"
    start = max(0, quantity.start - _FAR, previous.end if previous else 0)
    start = scene.sentence_start(start, quantity.start)
    left = words[start : quantity.start]
    right = words[quantity.end : quantity.end + _RIGHT]
    for distance, word in enumerate(reversed(left[-_NEAR:]), 1):
        yield f"l{distance} {word}"
        yield f"l{distance} {word} u{unit}"
    for word, after in pairwise(left[-_NEAR:]):
        yield f"ll {word} {after}"
    for distance, word in enumerate(right[:3], 1):
        yield f"r{distance} {word}"
        yield f"r{distance} {word} u{unit}"
    yield f"rr {' '.join(right[:2])}"
    for word, after in pairwise(right):
        yield f"r {word} {after} u{unit}"
    hits = triggers.within(start, quantity.start)
    for _, end, group, _ in hits:
        distance = quantity.start - end
        yield f"t {group} {'near' if distance < 3 else 'far'} u{unit}"
        yield f"t {group} u{unit}"
    moved = [group for _, _, group, _ in hits if group in ("rise", "fall", "reach", "share", "ratio")]
    yield f"last {moved[-1] if moved else ''} u{unit}"
    for first, _, group, _ in triggers.within(quantity.end, quantity.end + _RIGHT):
        yield f"after {group} {min(first - quantity.end, 2)} u{unit}"
    if previous:
        gap = words[previous.end : quantity.start]
        near = "near" if len(gap) < _NEAR else "far" if len(gap) < _FAR else "apart"
        yield f"p {previous_kind} {near} u{unit}"
        yield f"p {previous_kind} u{previous.unit_class} u{unit} {' '.join(gap) if near == 'near' else near}"


def status_features(
    scene: Scene,
    triggers: Triggers,
    quantity: QuantityView,
    previous: QuantityView | None,
    previous_status: str,
    kind: str,
) -> Iterator[str]:
    """Name what the text around a quantity, its sentence and its heading says of its status."""
    words = scene.words
    yield "bias"
    yield f"k {kind}"
    yield f"u{quantity.unit_class}"
    start = scene.sentence_start(max(0, quantity.start - _SENTENCE), quantity.start)
    for distance, word in enumerate(reversed(words[start : quantity.start][-3:]), 1):
        yield f"l{distance} {word}"
    if previous:
        apart = min(scene.sentence_of[quantity.start] - scene.sentence_of[previous.start], 2)
        lines = min(scene.line_of[quantity.start] - scene.line_of[previous.start], 1)
        yield f"p {previous_status} {apart} {lines}"
    yield from (f"date {sort}" for sort in sorted(scene.dates_around(quantity)))
    for _, end, group, phrase in triggers.within(start, quantity.start):
        if group in STATUSES:
            near = "near" if quantity.start - end < _NEAR else "far"
            yield f"left {group}"
            yield f"left {group} {near}"
            yield f"left {phrase}"
            yield f"left {phrase} {near}"
    announced = {"left" for _, _, group, _ in triggers.within(start, quantity.start) if group == "goal"}
    for _, _, group, phrase in triggers.within(quantity.end, quantity.end + 12):
        if group in STATUSES:
            yield f"right {group}"
            yield f"right {phrase}"
    before = scene.sentence_start(max(0, start - _SENTENCE), start - 1) if start else 0
    for _, _, group, phrase in triggers.within(before, start):
        if group == "target":
            yield "before target"
            yield f"before {phrase}"
        if group == "goal" and scene.line_of[before] == scene.line_of[quantity.start]:
            announced.add("before")
    heading = scene.heading_of(quantity.start)
    if heading:
        goals = {phrase for _, _, group, phrase in triggers.within(*heading) if group in ("target", "goal")}
        yield f"heading {bool(goals)}"
        yield from (f"heading {goal}" for goal in sorted(goals))
        if any(hit[2] == "announcing" for hit in triggers.within(*heading)):
            announced.add("heading")
    yield f"announced {bool(announced)}"
    yield from (f"announced {place}" for place in sorted(announced))
    title = {phrase for _, _, group, phrase in triggers.within(0, scene.title_end) if group == "target"}
    yield from (f"title {goal}" for goal in sorted(title))


def is_listed_target(scene: Scene, triggers: Triggers, quantity: QuantityView) -> bool:
    """Tell whether a quantity stands in a list that is announced as one of goals, and not as done."""
    heading = scene.heading_of(quantity.start)
    if heading is None or not any(hit[2] == "announcing" for hit in triggers.within(*heading)):
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
