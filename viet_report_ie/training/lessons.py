"""What the pointers learn from one article: its tokens as numbers, and the reward of each span."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from viet_report_ie.corpus.score import normalize, token_f1
from viet_report_ie.facts.chooser import named
from viet_report_ie.facts.context import base_features, inherit_features, side_features
from viet_report_ie.facts.linker import POINTERS
from viet_report_ie.facts.measurements import FIRM
from viet_report_ie.facts.scene import Integers
from viet_report_ie.facts.symbols import Lexis, Symbols
from viet_report_ie.facts.windows import Windows
from viet_report_ie.training.linker_examples import Document, Row
from viet_report_ie.training.network import Floats
from viet_report_ie.training.vectors import Vectors

__all__ = ["Lesson", "Study", "make_study"]


@dataclass
class Lesson:
    """What one pointer learns from one article: some quantities, with the reward of each span near them.

    `others` and `sides` are the features of the answer that is no span, and of the side.
    """

    windows: Windows
    rewards: Floats
    other_rewards: Floats
    others: list[list[str]]
    sides: list[list[str]]


@dataclass
class Study:
    """An article as numbers, with the lessons of its pointers."""

    columns: Integers
    given: Floats
    lessons: dict[str, Lesson]


def reward(f1: Any) -> Any:
    """Return what a span earns: nothing below the half that the score asks for."""
    return np.where(np.asarray(f1) >= 0.5, 0.25 + 0.75 * np.asarray(f1) ** 2, 0.0)


def span_f1(words: list[str], windows: Windows, row: int, gold: str) -> Floats:
    """Return the token F1 of each span near one quantity with the gold words."""
    wanted = Counter(re.findall(r"\w+|%", normalize(gold)))
    low = windows.low[row]
    window = [normalize(word) for word in words[low : windows.high[row]]]
    counted = np.array([bool(re.match(r"\w|%", word)) for word in window], dtype=np.int64)
    own = windows.span_owner == row
    first, last = windows.first[own] - low, windows.last[own] + 1 - low

    def within(marks: Any) -> Any:
        sums = np.concatenate(([0], np.cumsum(marks)))
        return sums[last] - sums[first]

    shared = sum(np.minimum(within([w == word for w in window]), n) for word, n in wanted.items())
    return np.asarray(2 * shared / np.maximum(1, within(counted) + sum(wanted.values())), dtype=np.float64)


def make_study(document: Document, lexis: Lexis, vectors: Vectors) -> Study:
    """Return an article as numbers, with what its pointers learn from it."""
    scene = document.scene
    symbols = Symbols(scene, lexis)
    nothing = np.zeros_like(next(iter(vectors.values()), np.zeros(1, dtype=np.float32)))
    given = np.stack([vectors.get(word, nothing) for word in scene.words] or [nothing])
    rows: list[tuple[Row, Row | None]] = []
    before: Row | None = None
    for row in document.rows:
        if row.gold is not None:
            rows.append((row, before))
        before = row if row.quantity.mention.score >= FIRM else before
    compared = [(row, previous) for row, previous in rows if row.gold and row.gold["kind"] != "level"]
    lessons = {
        name: _lesson(scene.words, symbols, chosen, name)
        for name, chosen in zip(POINTERS, (rows, compared), strict=True)
        if chosen
    }
    return Study(symbols.columns, given, lessons)


def _lesson(words: list[str], symbols: Symbols, rows: Sequence[tuple[Row, Row | None]], name: str) -> Lesson:
    quantities = [row.quantity for row, _ in rows]
    windows = Windows(symbols, quantities)
    rewards, other_rewards, others = np.zeros(len(windows.first)), np.zeros(len(rows)), []
    for at, (row, before) in enumerate(rows):
        assert row.gold is not None
        gold, features = row.gold[name], []
        if gold:
            rewards[windows.span_owner == at] = reward(span_f1(words, windows, at, gold))
        if name == "base":
            features = list(named(base_features(symbols.scene, row.quantity, row.gold["kind"])))
            other_rewards[at] = float(not gold)
        elif before and before.gold:
            features = list(named(inherit_features(symbols.scene, row.quantity, before.quantity)))
            other_rewards[at] = float(reward(token_f1(before.gold[name], gold)))
        others.append(features)
    sides = [list(named(side_features(symbols, quantity))) for quantity in quantities]
    return Lesson(windows, rewards, other_rewards, others, sides)
