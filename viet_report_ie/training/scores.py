"""Exact-span scores of mentions, as the corpus defines them, with intervals over articles."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["LABELS", "Counts", "count_spans", "f1", "table"]

LABELS = ("PERSON", "TITLE", "ORG", "ZONE", "LOC", "LAW", "DATE", "EVENT")

Counts = Sequence[dict[str, tuple[int, int, int]]]
"""Hits, false alarms and misses by label, for every article."""


def count_spans(
    gold: dict[str, Any], predicted: Iterable[tuple[str, int, int]]
) -> dict[str, tuple[int, int, int]]:
    """Count hits, false alarms and misses by label; optional mentions neither reward nor punish.

    Examples
    --------
    >>> gold = {"entities": [{"label": "LOC", "start": 0, "end": 6, "optional": False}]}
    >>> count_spans(gold, [("LOC", 0, 6), ("LOC", 8, 9)])["LOC"]
    (1, 1, 0)
    """
    entities, predicted = gold["entities"], list(predicted)
    optional = [(entity["start"], entity["end"]) for entity in entities if entity["optional"]]
    counts = {}
    for label in LABELS:
        wanted = {(e["start"], e["end"]) for e in entities if e["label"] == label and not e["optional"]}
        found = {(start, end) for name, start, end in predicted if name == label}
        found = {s for s in found if s in wanted or not any(s[0] < o[1] and o[0] < s[1] for o in optional)}
        counts[label] = (len(wanted & found), len(found - wanted), len(wanted - found))
    return counts


def f1(counts: Counts, labels: Iterable[str]) -> float:
    """Return the F1 of some labels together, over articles."""
    hits, alarms, misses = _sums(counts, tuple(labels))
    return 2 * hits / (2 * hits + alarms + misses) if hits else 0.0


def _sums(counts: Counts, labels: Sequence[str]) -> tuple[int, int, int]:
    hits, alarms, misses = (sum(c[label][i] for c in counts for label in labels) for i in range(3))
    return hits, alarms, misses


def table(counts: Counts, samples: int = 1000) -> str:
    """Return precision, recall and F1 by label, with 95 % bootstrap intervals over articles."""
    chance = random.Random(0)
    drawn = [chance.choices(counts, k=len(counts)) for _ in range(samples)]
    lines = [f"{'label':8} {'gold':>5}      P      R     F1  95 % interval"]
    for name, labels in [(x, (x,)) for x in LABELS] + [("micro", tuple(x for x in LABELS if x != "EVENT"))]:
        spread = sorted(f1(sample, labels) for sample in drawn)
        low, high = spread[int(0.025 * samples)], spread[int(0.975 * samples)]
        hits, alarms, misses = _sums(counts, labels)
        precision, recall = hits / max(1, hits + alarms), hits / max(1, hits + misses)
        middle = f"{precision:.3f}  {recall:.3f}  {f1(counts, labels):.3f}"
        lines.append(f"{name:8} {hits + misses:5}  {middle}  {low:.3f}-{high:.3f}")
    return "\n".join(lines)
