"""Training of a pointer: the probability of all spans that agree with the gold words is raised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sparse

from viet_report_ie.corpus.score import normalize, token_f1
from viet_report_ie.facts.chooser import Chooser, named
from viet_report_ie.facts.context import base_features, inherit_features, side_features
from viet_report_ie.facts.measurements import FIRM
from viet_report_ie.facts.pointer import CONTEXTS, ROLES, Floats, span_scores
from viet_report_ie.facts.scene import UNIT_CLASSES, Integers
from viet_report_ie.facts.symbols import MAX_LENGTH, Lexis, Symbols
from viet_report_ie.facts.windows import SIDES, Windows
from viet_report_ie.training.linker_examples import Document, Row

__all__ = ["Trained", "train_pointer"]

EPOCHS, BATCH, RATE, DECAY, MIN_ROW = 40, 128, 0.05, 0.2, 2
SMALLEST = 2


@dataclass(frozen=True)
class Trained:
    """Weights of a pointer by row, the lengths, and the chooser of the answer that is no span near by."""

    rows: Integers
    weights: Floats
    lengths: Floats
    other: Chooser
    side: Chooser
    smallest: int = SMALLEST


@dataclass
class Example:
    """One quantity with the reward of each span near it, and of the other answer."""

    windows: Windows
    unit_class: int
    rows: Integers
    rewards: Floats
    features: list[str]
    other_reward: float
    sides: list[str]
    known: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    sided: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def reward(f1: Any) -> Any:
    """Return what a span earns: nothing below the half that the score asks for."""
    return np.where(np.asarray(f1) >= 0.5, 0.25 + 0.75 * np.asarray(f1) ** 2, 0.0)


def token_rows(windows: Windows) -> Integers:
    """Return the numbers of the weights of each token of the window of one quantity."""
    with_class = SIDES + windows.side * UNIT_CLASSES + windows.unit_class[0]
    columns = [windows.rows * CONTEXTS + windows.side, windows.rows * CONTEXTS + with_class]
    return np.concatenate(columns).T


def span_f1(words: list[str], windows: Windows, gold: str) -> Floats:
    """Return the token F1 of each span of the window of one quantity with the gold words."""
    wanted = Counter(re.findall(r"\w+|%", normalize(gold)))
    window = [normalize(word) for word in words[windows.low[0] : windows.high[0]]]
    counted = np.array([bool(re.match(r"\w|%", word)) for word in window], dtype=np.int64)
    first, last = windows.first_at, windows.last_at + 1

    def within(marks: Any) -> Any:
        sums = np.concatenate(([0], np.cumsum(marks)))
        return sums[last] - sums[first]

    shared = sum(np.minimum(within([w == word for w in window]), n) for word, n in wanted.items())
    return np.asarray(2 * shared / np.maximum(1, within(counted) + sum(wanted.values())), dtype=np.float64)


def make_examples(documents: Sequence[Document], lexis: Lexis, name: str) -> list[Example]:
    """Return the examples of one pointer."""
    examples = []
    for document in documents:
        scene = document.scene
        symbols = Symbols(scene, lexis)
        rows = document.rows
        previous: Row | None = None
        for row in rows:
            before, previous = previous, row if row.quantity.mention.score >= FIRM else previous
            if row.gold is None or (name == "base" and row.gold["kind"] == "level"):
                continue
            quantity, gold = row.quantity, row.gold[name]
            windows = Windows(symbols, [quantity])
            rewards = reward(span_f1(scene.words, windows, gold)) if gold else np.zeros(len(windows.first))
            if name == "base":
                features = list(named(base_features(scene, quantity, row.gold["kind"])))
                other = float(not gold)
            else:
                features = list(named(inherit_features(scene, quantity, before.quantity))) if before else []
                known = before.gold[name] if before and before.gold else ""
                other = float(reward(token_f1(known, gold)))
                if before and not before.gold:
                    features = []
            if len(rewards) and (rewards.max() > 0 or other > 0):
                sides = list(named(side_features(symbols, quantity)))
                unit = quantity.unit_class
                examples.append(Example(windows, unit, token_rows(windows), rewards, features, other, sides))
    return examples


def train_pointer(documents: Sequence[Document], lexis: Lexis, name: str) -> Trained:
    """Train one pointer with its other answer."""
    examples = make_examples(documents, lexis, name)
    seen = np.zeros(lexis.layout.rows * CONTEXTS, dtype=np.int64)
    for example in examples:
        seen[np.unique(example.rows)] += 1
    rows = np.flatnonzero(seen >= MIN_ROW)
    place = np.zeros(len(seen), dtype=np.int64)
    place[rows] = np.arange(1, len(rows) + 1)  # 0: never trained
    number = _numbers(example.features for example in examples)
    side_number = _numbers(example.sides for example in examples)
    for example in examples:
        example.rows = place[example.rows]
        example.known = np.array([number[f] for f in example.features if f in number], dtype=np.int64)
        example.sided = np.array([side_number[f] for f in example.sides if f in side_number], dtype=np.int64)
    weights = np.zeros((len(rows) + 1, ROLES))
    lengths = np.zeros((SIDES, UNIT_CLASSES, MAX_LENGTH))
    others, sides = np.zeros((len(number), 1)), np.zeros((len(side_number), SIDES))
    _descend(examples, [weights, lengths, others, sides])
    other = Chooser((name,), {feature: others[at] for feature, at in number.items()})
    side = Chooser(("left", "noun", "right"), {feature: sides[at] for feature, at in side_number.items()})
    return Trained(rows, weights[1:], lengths, other, side)


def _numbers(sets: Iterable[list[str]]) -> dict[str, int]:
    """Give a number to each feature that more than one example has."""
    counts = Counter(feature for features in sets for feature in set(features))
    return {f: at for at, f in enumerate(sorted(f for f, count in counts.items() if count >= 2))}


def _descend(examples: list[Example], parameters: list[Floats]) -> None:
    """Fit by Adam with weight decay; the order of the examples is fixed by a seed."""
    weights = parameters[0]
    shuffle = np.random.RandomState(0)
    means = [np.zeros_like(p) for p in parameters]
    squares = [np.zeros_like(p) for p in parameters]
    step = 0
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS) + RATE * 0.02
        order = shuffle.permutation(len(examples))
        for begin in range(0, len(order), BATCH):
            batch = [examples[i] for i in order[begin : begin + BATCH]]
            rows = np.concatenate([example.rows for example in batch])
            count, width = rows.shape
            tokens = sparse.csr_matrix(
                (np.ones(rows.size, dtype=np.float32), rows.ravel(), np.arange(0, rows.size + 1, width)),
                shape=(count, len(weights)),
            )
            slopes = [np.zeros_like(p) for p in parameters]
            slopes[0] = tokens.T @ _batch_slopes(batch, tokens @ weights, parameters, slopes)
            slopes[0][0] = 0
            step += 1
            for p, slope, mean, square in zip(parameters, slopes, means, squares, strict=True):
                slope = slope * (10 / len(batch)) + DECAY * p
                mean *= 0.9
                mean += 0.1 * slope
                square *= 0.99
                square += 0.01 * slope * slope
                p -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-3)


def _batch_slopes(
    batch: list[Example], scores: Floats, parameters: list[Floats], slopes: list[Floats]
) -> Floats:
    """Return the slope of the loss for the tokens' roles; add those of lengths and features to `slopes`."""
    _, lengths, others, sides = parameters
    out = np.zeros_like(scores)
    at = 0
    for example in batch:
        windows = example.windows
        window = slice(at, at := at + len(windows.owner))
        total = span_scores(scores[window], windows, lengths)
        total = total + sides[example.sided].sum(axis=0)[windows.span_side]
        other = others[example.known].sum() if example.features else -np.inf
        top = max(total.max(), other)
        chances, chance = np.exp(total - top), float(np.exp(other - top))
        mass = chances.sum() + chance
        chances, chance = chances / mass, chance / mass
        won = max(float((chances * example.rewards).sum()) + chance * example.other_reward, 1e-12)
        slope = chances * (1 - example.rewards / won)
        out[window] = role_slopes(slope, windows)
        np.add.at(slopes[1][:, example.unit_class], (windows.span_side, windows.length), slope)
        np.add.at(slopes[2], example.known, chance * (1 - example.other_reward / won))
        np.add.at(slopes[3], example.sided, np.bincount(windows.span_side, slope, minlength=SIDES))
    return out


def role_slopes(slope: Floats, windows: Windows) -> Floats:
    """Return the slope for each role of each token from that of each span."""
    width = len(windows.owner)
    first, last = windows.first_at, windows.last_at

    def collect(places: Integers) -> Floats:
        return np.bincount(places, slope, minlength=width + 1).astype(np.float64)

    out = np.zeros((width, ROLES))
    out[:, 0] = collect(first)[:width]
    out[:, 1] = collect(last)[:width]
    out[:, 2] = np.cumsum(collect(first) - collect(last + 1))[:width]
    out[:, 3] = np.cumsum(collect(windows.gap_from) - collect(windows.gap_to))[:width]
    return out
