"""Named features of the text around a figure: where its indicator stands, and whether it has a base."""

from __future__ import annotations

from collections.abc import Iterator

from viet_report_ie.facts.chooser import Block
from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.facts.symbols import Symbols

__all__ = ["base_features", "inherit_features", "side_features"]

_NEAR, _SHORT = 15, 5
_REACH = range(3)


def inherit_features(scene: Scene, quantity: QuantityView, previous: QuantityView) -> Iterator[Block]:
    """Name what lies between two figures and around the second."""
    words, unit = scene.words, quantity.unit_class
    start, last = quantity.start, previous.end - 1
    gap = words[previous.end : start]
    same = quantity.unit_name == previous.unit_name != ""
    sentences = max(0, scene.sentence_of[start] - scene.sentence_of[last])
    lines = max(0, scene.line_of[start] - scene.line_of[last])
    yield _apart, min(lines, 3), min(sentences, 4), min(len(gap), _NEAR), same, previous.unit_class, unit
    if len(gap) < _NEAR:
        yield from ((_between, word, unit) for word in dict.fromkeys(gap))
        yield _gap, " ".join(gap) if len(gap) < _SHORT else None
    yield _left, tuple(words[max(0, start - 2) : start]), unit
    yield _right, tuple(words[quantity.end : quantity.end + 2]), unit


def _apart(
    lines: int, sentences: int, distance: int, same: bool, previous_class: int, unit: int
) -> Iterator[str]:
    yield "bias"
    yield f"u{previous_class} u{unit}"
    yield f"lines {lines}"
    yield f"sentences {sentences}"
    yield "same unit" if same else "other unit"
    yield f"n{distance}" if distance < _NEAR else "far"
    if lines:
        yield f"lines u{unit}"


def _between(word: str, unit: int) -> Iterator[str]:
    yield f"g {word}"
    yield f"g {word} u{unit}"


def _gap(words: str | None) -> Iterator[str]:
    yield "gap" if words is None else f"gap {words}"


def _left(words: tuple[str, ...], unit: int) -> Iterator[str]:
    last = words[-1] if words else ""
    yield f"l {' '.join(words)}"
    yield f"l1 {last}"
    yield f"l1 {last} u{unit}"


def _right(words: tuple[str, ...], unit: int) -> Iterator[str]:
    first = words[0] if words else ""
    yield f"r1 {first}"
    yield f"r1 {first} u{unit}"
    yield f"r {' '.join(words)}"


def side_features(symbols: Symbols, quantity: QuantityView) -> Iterator[Block]:
    """Name what tells whether the indicator stands before, in, or after the quantity."""
    words, parts, groups = symbols.scene.words, symbols.parts, symbols.groups
    heads, unit = symbols.scene.heads, quantity.unit_class
    yield _unit, unit, quantity.unit_name
    for distance in _REACH:
        at = quantity.start - distance - 1
        if heads[at + 1] == at + 1:
            yield _edge, "start", distance + 1, unit
            break
        yield _neighbour, "l", distance + 1, words[at], parts[at], groups[at], unit
    for distance in _REACH:
        at = quantity.end + distance
        if at >= len(words) or heads[at] == at:
            yield _edge, "end", distance, unit
            break
        yield _neighbour, "r", distance, words[at], parts[at], groups[at], unit


def _unit(unit: int, name: str) -> Iterator[str]:
    yield "bias"
    yield f"u{unit}"
    yield f"u{unit} {name}"


def _edge(side: str, distance: int, unit: int) -> Iterator[str]:
    yield f"{side}{distance} u{unit}"


def _neighbour(side: str, distance: int, word: str, part: int, group: int, unit: int) -> Iterator[str]:
    yield f"{side}{distance} {word}"
    yield f"{side}{distance} {word} u{unit}"
    yield f"{side}p{distance} {part} u{unit}"
    yield f"{side}g{distance} {group} u{unit}"


def base_features(scene: Scene, quantity: QuantityView, kind: str) -> Iterator[Block]:
    """Name what speaks for a figure without a base."""
    yield _of_kind, kind, quantity.unit_class
    yield _before, kind, scene.words[quantity.start - 1] if quantity.start else ""
    yield _after, kind, tuple(scene.words[quantity.end : quantity.end + 2])


def _of_kind(kind: str, unit: int) -> Iterator[str]:
    yield "bias"
    yield kind
    yield f"u{unit} {kind}"


def _before(kind: str, word: str) -> Iterator[str]:
    yield f"l {kind} {word}"


def _after(kind: str, words: tuple[str, ...]) -> Iterator[str]:
    first = words[0] if words else ""
    yield f"r1 {first}"
    yield f"r1 {kind} {first}"
    yield f"r {' '.join(words)}"
