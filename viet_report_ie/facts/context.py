"""Named features of the text around a figure: where its indicator stands, and whether it has a base."""

from __future__ import annotations

from collections.abc import Iterator

from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.facts.symbols import Symbols

__all__ = ["base_features", "inherit_features", "side_features"]

_NEAR = 15


def inherit_features(scene: Scene, quantity: QuantityView, previous: QuantityView) -> Iterator[str]:
    """Name what lies between two figures and around the second."""
    words, unit = scene.words, quantity.unit_class
    gap = words[previous.end : quantity.start]
    breaks = scene.breaks[previous.end : quantity.start + 1].tolist()
    lines, sentences = breaks.count(2), breaks.count(1)
    yield "bias"
    yield f"u{previous.unit_class} u{unit}"
    yield f"lines {min(lines, 3)}"
    yield f"sentences {min(lines + sentences, 4)}"
    yield "same unit" if previous.unit_name == quantity.unit_name and quantity.unit_name else "other unit"
    yield f"n{len(gap)}" if len(gap) < _NEAR else "far"
    if lines:
        yield f"lines u{unit}"
    if len(gap) < _NEAR:
        for word in dict.fromkeys(gap):
            yield f"g {word}"
            yield f"g {word} u{unit}"
        yield f"gap {' '.join(gap)}" if len(gap) < 5 else "gap"
    last = words[quantity.start - 1] if quantity.start else ""
    yield f"l {' '.join(words[max(0, quantity.start - 2) : quantity.start])}"
    yield f"l1 {last}"
    yield f"l1 {last} u{unit}"
    after = words[quantity.end : quantity.end + 2]
    yield f"r1 {''.join(after[:1])}"
    yield f"r1 {''.join(after[:1])} u{unit}"
    yield f"r {' '.join(after)}"


def side_features(symbols: Symbols, quantity: QuantityView) -> Iterator[str]:
    """Name what tells whether the indicator stands before, in, or after the quantity."""
    words, unit = symbols.scene.words, quantity.unit_class
    parts, groups = symbols.arrays["part"], symbols.arrays["group"]
    yield "bias"
    yield f"u{unit}"
    yield f"u{unit} {quantity.unit_name}"
    for distance in (1, 2, 3):
        at = quantity.start - distance
        if at < 0 or (symbols.scene.breaks[at + 1] and distance):
            yield f"start{distance} u{unit}"
            break
        yield f"l{distance} {words[at]}"
        yield f"l{distance} {words[at]} u{unit}"
        yield f"lp{distance} {parts[at]} u{unit}"
        yield f"lg{distance} {groups[at]} u{unit}"
    for distance in (0, 1, 2):
        at = quantity.end + distance
        if at >= len(words) or symbols.scene.breaks[at]:
            yield f"end{distance} u{unit}"
            break
        yield f"r{distance} {words[at]}"
        yield f"r{distance} {words[at]} u{unit}"
        yield f"rp{distance} {parts[at]} u{unit}"
        yield f"rg{distance} {groups[at]} u{unit}"


def base_features(scene: Scene, quantity: QuantityView, kind: str) -> Iterator[str]:
    """Name what speaks for a figure without a base."""
    right = scene.words[quantity.end : quantity.end + 2]
    left = scene.words[quantity.start - 1] if quantity.start else ""
    yield "bias"
    yield kind
    yield f"u{quantity.unit_class} {kind}"
    yield f"r1 {''.join(right[:1])}"
    yield f"r1 {kind} {''.join(right[:1])}"
    yield f"r {' '.join(right)}"
    yield f"l {kind} {left}"
