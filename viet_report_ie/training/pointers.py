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
from viet_report_ie.facts.chooser import Chooser
from viet_report_ie.facts.context import base_features, inherit_features, side_features
from viet_report_ie.facts.measurements import FIRM
from viet_report_ie.facts.pointer import (
    CONTEXTS,
    ROLES,
    SIDES,
    TEMPLATES,
    Floats,
    Layout,
    Spans,
    distance_buckets,
    spans_near,
)
from viet_report_ie.facts.scene import OWN_NUMBER, OWN_UNIT, UNIT_CLASSES, Integers, QuantityView
from viet_report_ie.facts.symbols import MAX_LENGTH, Lexis, Symbols
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

    quantity: QuantityView
    spans: Spans
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


def token_rows(symbols: Symbols, layout: Layout, quantity: QuantityView, spans: Spans) -> Integers:
    """Return the numbers of the weights of each token of the window."""
    at = np.arange(spans.low, spans.high)
    side = (at >= quantity.start).astype(np.int64) + (at >= quantity.end)
    with_class = SIDES + side * UNIT_CLASSES + quantity.unit_class
    labels = symbols.arrays["label"].copy()
    labels[quantity.start : quantity.unit] = OWN_NUMBER
    labels[quantity.unit : quantity.end] = OWN_UNIT
    columns = []
    for (kind, shift), offset in zip(TEMPLATES, layout.offsets, strict=True):
        values = labels if kind == "label" else symbols.arrays[kind]
        place = at + shift
        seen = (place >= 0) & (place < len(values))
        value = np.where(seen, values[np.clip(place, 0, len(values) - 1)], layout.sizes[kind])
        columns += [(offset + value) * CONTEXTS + side, (offset + value) * CONTEXTS + with_class]
    distance = np.where(
        at < quantity.start, quantity.start - at, np.where(at < quantity.end, 0, at - quantity.end)
    )
    bucket = layout.distance_offset + distance_buckets()[distance]
    columns += [bucket * CONTEXTS + side, bucket * CONTEXTS + with_class]
    return np.stack(columns, axis=1)


def span_f1(words: list[str], spans: Spans, gold: str) -> Floats:
    """Return the token F1 of each span with the gold words."""
    wanted = Counter(re.findall(r"\w+|%", normalize(gold)))
    window = [normalize(word) for word in words[spans.low : spans.high]]
    counted = np.array([bool(re.match(r"\w|%", word)) for word in window], dtype=np.int64)
    first, last = spans.first - spans.low, spans.last - spans.low + 1

    def within(marks: Any) -> Any:
        sums = np.concatenate(([0], np.cumsum(marks)))
        return sums[last] - sums[first]

    shared = sum(np.minimum(within([w == word for w in window]), n) for word, n in wanted.items())
    return np.asarray(2 * shared / np.maximum(1, within(counted) + sum(wanted.values())), dtype=np.float64)


def make_examples(documents: Sequence[Document], lexis: Lexis, name: str) -> list[Example]:
    """Return the examples of one pointer."""
    layout = Layout(lexis)
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
            spans = spans_near(symbols, quantity)
            rewards = reward(span_f1(scene.words, spans, gold)) if gold else np.zeros(len(spans.first))
            if name == "base":
                features = list(base_features(scene, quantity, row.gold["kind"]))
                other = float(not gold)
            else:
                features = list(inherit_features(scene, quantity, before.quantity)) if before else []
                known = before.gold[name] if before and before.gold else ""
                other = float(reward(token_f1(known, gold)))
                if before and not before.gold:
                    features = []
            if len(rewards) and (rewards.max() > 0 or other > 0):
                ids = token_rows(symbols, layout, quantity, spans)
                sides = list(side_features(symbols, quantity))
                examples.append(Example(quantity, spans, ids, rewards, features, other, sides))
    return examples


def train_pointer(documents: Sequence[Document], lexis: Lexis, name: str) -> Trained:
    """Train one pointer with its other answer."""
    examples = make_examples(documents, lexis, name)
    seen = np.zeros(Layout(lexis).rows * CONTEXTS, dtype=np.int64)
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
        spans, quantity = example.spans, example.quantity
        window = slice(at, at := at + spans.high - spans.low)
        total = span_scores(scores[window], spans, quantity, lengths)
        total = total + sides[example.sided].sum(axis=0)[spans.side]
        other = others[example.known].sum() if example.features else -np.inf
        top = max(total.max(), other)
        chances, chance = np.exp(total - top), float(np.exp(other - top))
        mass = chances.sum() + chance
        chances, chance = chances / mass, chance / mass
        won = max(float((chances * example.rewards).sum()) + chance * example.other_reward, 1e-12)
        slope = chances * (1 - example.rewards / won)
        out[window] = role_slopes(slope, spans, quantity)
        np.add.at(slopes[1][:, quantity.unit_class], (spans.side, spans.length), slope)
        np.add.at(slopes[2], example.known, chance * (1 - example.other_reward / won))
        np.add.at(slopes[3], example.sided, np.bincount(spans.side, slope, minlength=SIDES))
    return out


def span_scores(tokens: Floats, spans: Spans, quantity: QuantityView, lengths: Floats) -> Floats:
    """Return the score of each span from the roles of the window's tokens, as `Pointer.score` does."""
    sums = np.zeros((len(tokens) + 1, 2))
    np.cumsum(tokens[:, 2:], axis=0, out=sums[1:])
    inside, gap = sums[:, 0], sums[:, 1]
    start, end = quantity.start - spans.low, quantity.end - spans.low
    first, last = spans.first - spans.low, spans.last - spans.low
    between = np.where(
        spans.side == 0,
        gap[start] - gap[np.minimum(last + 1, start)],
        np.where(spans.side == 2, gap[first] - gap[end], 0.0),
    )
    out: Floats = (
        tokens[first, 0] + tokens[last, 1] + inside[last + 1] - inside[first] + between
        + lengths[spans.side, quantity.unit_class, spans.length]
    )  # fmt: skip
    return out


def role_slopes(slope: Floats, spans: Spans, quantity: QuantityView) -> Floats:
    """Return the slope for each role of each token from that of each span."""
    width = spans.high - spans.low
    start, end = quantity.start - spans.low, quantity.end - spans.low
    first, last = spans.first - spans.low, spans.last - spans.low
    left, right = spans.side == 0, spans.side == 2

    def collect(places: Integers, values: Floats) -> Floats:
        return np.bincount(places, values, minlength=width + 1).astype(np.float64)

    out = np.zeros((width, ROLES))
    out[:, 0] = collect(first, slope)[:width]
    out[:, 1] = collect(last, slope)[:width]
    out[:, 2] = np.cumsum(collect(first, slope) - collect(last + 1, slope))[:width]
    gap = collect(np.minimum(last[left] + 1, start), slope[left]) - collect(first[right], slope[right])
    gap[start] -= slope[left].sum()
    gap[end] += slope[right].sum()
    out[:, 3] = np.cumsum(gap)[:width]
    return out
