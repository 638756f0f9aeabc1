"""What sort of figure a quantity is: its kind, its status, and the sign that follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Amount

__all__ = ["KINDS", "STATUSES", "kind_features", "signed", "status_features"]

KINDS = ("level", "change", "ratio", "share", "rank")
STATUSES = ("actual", "target")

_NEAR, _FAR, _RIGHT = 4, 12, 6


@lru_cache(maxsize=1)
def _triggers() -> tuple[frozenset[str], frozenset[str], int]:
    table = load_toml("triggers")
    falls = frozenset(table["fall"]["words"])
    goals = frozenset(table["target"]["words"])
    return falls, goals, max(word.count(" ") for word in falls | goals) + 1


def kind_features(
    scene: Scene, quantity: QuantityView, previous: QuantityView | None, previous_kind: str, side: str
) -> Iterator[str]:
    """Name what the text around a quantity says of its kind; `side` is where its indicator stands."""
    unit = quantity.unit_class
    words = scene.words
    yield "bias"
    yield f"u{unit}"
    yield f"u{unit} {side}"
    yield f"u{unit} {quantity.unit_name}" if unit else "count"
    start = max(0, quantity.start - _FAR, previous.end if previous else 0)
    left = words[_clause_start(scene, start, quantity.start) : quantity.start]
    right = words[quantity.end : quantity.end + _RIGHT]
    for distance, word in enumerate(reversed(left[-_NEAR:]), 1):
        yield f"l{distance} {word}"
        yield f"l{distance} {word} u{unit}"
    for word, after in pairwise(left[-_NEAR:]):
        yield f"ll {word} {after}"
    for word in set(left):
        yield f"l {word} u{unit}"
    for distance, word in enumerate(right[:3], 1):
        yield f"r{distance} {word}"
        yield f"r{distance} {word} u{unit}"
    yield f"rr {' '.join(right[:2])}"
    for word, after in pairwise(right):
        yield f"r {word} {after} u{unit}"
    if previous:
        gap = words[previous.end : quantity.start]
        near = "near" if len(gap) < _NEAR else "far" if len(gap) < _FAR else "apart"
        yield f"p {previous_kind} {near} u{unit}"
        yield f"p {previous_kind} u{previous.unit_class} u{unit} {' '.join(gap) if near == 'near' else near}"


def status_features(
    scene: Scene, quantity: QuantityView, previous: QuantityView | None, previous_status: str, kind: str
) -> Iterator[str]:
    """Name what the text around a quantity, its sentence and its heading says of its status."""
    words = scene.words
    yield "bias"
    yield f"k {kind} u{quantity.unit_class}"
    sentences = scene.sentence_of
    here = sentences[quantity.start]
    start = max(0, quantity.start - 40)
    while start < quantity.start and sentences[start] != here:
        start += 1
    left = words[start : quantity.start]
    for word in set(left[-8:]):
        yield f"l {word}"
    for word, after in pairwise(left[-8:]):
        yield f"ll {word} {after}"
    yield from (f"g left {goal}" for goal in set(_goals(left)))
    yield from (f"g right {goal}" for goal in set(_goals(words[quantity.end : quantity.end + 10])))
    before = words[max(0, start - 40) : start]
    yield from (f"g before {goal}" for goal in set(_goals(before)))
    for distance, word in enumerate(words[quantity.end : quantity.end + 3], 1):
        yield f"r{distance} {word}"
    if previous:
        apart = here - sentences[previous.start]
        yield f"p {previous_status} {min(apart, 3)}"
    else:
        yield "first"


def _goals(words: list[str]) -> Iterator[str]:
    _, goals, longest = _triggers()
    for start in range(len(words)):
        for length in range(1, longest + 1):
            phrase = " ".join(words[start : start + length])
            if phrase in goals:
                yield phrase


def _clause_start(scene: Scene, start: int, end: int) -> int:
    """Return where the sentence of the token before `end` begins, not before `start`."""
    for at in range(end, start, -1):
        if at < len(scene.breaks) and scene.breaks[at]:
            return at
    return start


def signed(scene: Scene, quantity: QuantityView, kind: str) -> QuantityView:
    """Give a change its sign: a fall is below zero."""
    amount = quantity.mention.value
    if kind != "change" or not isinstance(amount, Amount) or not _falls(scene, quantity):
        return quantity
    if amount.low is None or amount.high is None or min(amount.low, amount.high) < 0:
        return quantity
    value = replace(amount, low=-amount.low, high=-amount.high)
    return replace(quantity, mention=replace(quantity.mention, value=value))


def _falls(scene: Scene, quantity: QuantityView) -> bool:
    """Tell whether the nearest word of movement before the quantity, in its clause, is one of a fall."""
    falls, _, longest = _triggers()
    rises = load_toml("triggers")["rise"]["words"]
    start = _clause_start(scene, max(0, quantity.start - _FAR), quantity.start)
    words = scene.words[start : quantity.start]
    for end in range(len(words), 0, -1):
        for length in range(min(longest, end), 0, -1):
            phrase = " ".join(words[end - length : end])
            if phrase in falls:
                return True
            if phrase in rises:
                return False
    return False
