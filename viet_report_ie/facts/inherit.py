"""When a figure speaks of the same thing as the figure before it."""

from __future__ import annotations

from collections.abc import Iterator

from viet_report_ie.facts.scene import QuantityView, Scene

__all__ = ["inherit_features"]

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
        for word in set(gap):
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
