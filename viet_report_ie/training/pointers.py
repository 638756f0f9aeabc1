"""Training of the pointers: the probability of all spans that agree with the gold words is raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse

from viet_report_ie.facts.chooser import Chooser
from viet_report_ie.facts.encoder import DILATIONS, STEP, WEIGHT
from viet_report_ie.facts.linker import POINTER_PARTS, POINTERS, SCALE
from viet_report_ie.facts.pointer import ROLES, span_scores
from viet_report_ie.facts.scene import Integers
from viet_report_ie.facts.symbols import COLUMNS, Lexis
from viet_report_ie.facts.windows import SIDES, Windows
from viet_report_ie.training.lessons import Lesson, Study, make_study
from viet_report_ie.training.linker_examples import Document
from viet_report_ie.training.network import (
    Adam,
    Floats,
    Near,
    Noise,
    Parameters,
    encode,
    encode_back,
    first_weights,
    point,
    point_back,
)

__all__ = [
    "EPOCHS",
    "Trained",
    "near_all",
    "number_features",
    "side_by_side",
    "slopes_of",
    "start_weights",
    "train_pointers",
]

EPOCHS, BATCH, RATE = 12, 6, 2e-3
FORGOTTEN = 0.3
"""How many words are hidden from the network, so that it learns from the others around them."""
_GAP = 2 * max(DILATIONS)


@dataclass(frozen=True)
class Trained:
    """The weights of encoder and pointers as whole numbers, and the choosers beside them."""

    arrays: dict[str, np.ndarray[Any, Any]]
    choosers: dict[str, Chooser]


def train_pointers(documents: Sequence[Document], lexis: Lexis, vectors: dict[str, Floats]) -> Trained:
    """Train the encoder and all pointers together.

    Parameters
    ----------
    documents
        Annotated articles.
    lexis
        The words that have a vector of their own.
    vectors
        What `learn_vectors` returned, or nothing.
    """
    studies = [study for d in documents if (study := make_study(d, lexis, vectors)).lessons]
    numbers = number_features(studies)
    weights = start_weights(studies, lexis, numbers)
    random = np.random.RandomState(0)
    adam = Adam(weights, RATE, EPOCHS * -(-len(studies) // BATCH))
    for _ in range(EPOCHS):
        order = random.permutation(len(studies))
        for begin in range(0, len(order), BATCH):
            adam.step(slopes_of(weights, [studies[i] for i in order[begin : begin + BATCH]], numbers, random))
    return Trained(_whole(weights, lexis, vectors), _choosers(weights, numbers))


def number_features(studies: Sequence[Study]) -> dict[str, dict[str, int]]:
    """Give a number to each feature beside the network that more than one quantity has."""
    return {
        f"{name}_{part}": _numbers(
            features for s in studies if name in s.lessons for features in getattr(s.lessons[name], part)
        )
        for name in POINTERS
        for part in ("others", "sides")
    }


def start_weights(studies: Sequence[Study], lexis: Lexis, numbers: dict[str, dict[str, int]]) -> Parameters:
    """Return the weights that training begins with."""
    weights = first_weights(lexis.sizes, max((s.given.shape[1] for s in studies), default=1), POINTERS)
    for name, known in numbers.items():
        columns = SIDES if name.endswith("sides") else 1
        weights[name] = np.zeros((len(known) + 1, columns), dtype=np.float32)
    return weights


def _numbers(sets: Iterable[list[str]]) -> dict[str, int]:
    """Give a number to each feature that more than one example has."""
    counts = Counter(feature for features in sets for feature in set(features))
    return {f: at for at, f in enumerate(sorted(f for f, count in counts.items() if count >= 2))}


def slopes_of(
    weights: Parameters,
    studies: Sequence[Study],
    numbers: dict[str, dict[str, int]],
    random: np.random.RandomState | None,
) -> Parameters:
    """Return the slope of the mean loss of some articles; without a generator nothing is dropped."""
    slopes = {name: np.zeros_like(value) for name, value in weights.items()}
    columns, given, inside, starts = side_by_side(studies, random)
    noise = Noise(random)
    encoded = encode(weights, columns, given, inside, noise)
    back = np.zeros_like(encoded.vectors)
    for name in POINTERS:
        lessons = [
            (study.lessons[name], start)
            for study, start in zip(studies, starts, strict=True)
            if name in study.lessons
        ]
        if not lessons:
            continue
        near = near_all(lessons)
        pointed = point(weights, name, encoded.vectors, near, noise)
        roles = np.zeros_like(pointed.roles)
        at = 0
        for lesson, _ in lessons:
            part = slice(at, at := at + len(lesson.windows.owner))
            roles[part] = _lesson_slopes(weights, name, lesson, pointed.roles[part], numbers, slopes)
        back += point_back(weights, name, encoded.vectors, pointed, roles, slopes)
    encode_back(weights, encoded, back, slopes)
    count = sum(len(lesson.other_rewards) for study in studies for lesson in study.lessons.values())
    return {name: slope / count for name, slope in slopes.items()}


def side_by_side(
    studies: Sequence[Study], random: np.random.RandomState | None
) -> tuple[Integers, Floats, Floats, list[int]]:
    """Lay articles one after the other, so far apart that none sees the next; hide some words."""
    lengths = [study.columns.shape[1] for study in studies]
    starts = np.cumsum([0, *(length + _GAP for length in lengths)]).tolist()
    columns = np.zeros((len(COLUMNS), starts[-1]), dtype=np.int64)
    given = np.zeros((starts[-1], max(study.given.shape[1] for study in studies)), dtype=np.float32)
    inside = np.zeros((starts[-1], 1), dtype=np.float32)
    for study, start, length in zip(studies, starts, lengths, strict=False):
        place = slice(start, start + length)
        columns[:, place], given[place], inside[place] = study.columns, study.given, 1
    if random is not None:
        columns[0, random.random_sample(len(inside)) < FORGOTTEN] = 0
        given[random.random_sample(len(inside)) < FORGOTTEN / 3] = 0
    return columns, given, inside, starts[:-1]


def near_all(lessons: Sequence[tuple[Lesson, int]]) -> Near:
    """Join what some pointers see; each lesson comes with the first token of its article."""
    windows = [(lesson.windows, start) for lesson, start in lessons]
    counts = np.cumsum([0, *(len(window.unit_class) for window, _ in windows)]).tolist()
    return Near(
        tokens=np.concatenate([window.tokens + start for window, start in windows]),
        owner=np.concatenate([w.owner + count for (w, _), count in zip(windows, counts, strict=False)]),
        place=np.concatenate([window.place for window, _ in windows]),
        landmarks=np.concatenate([window.landmarks + start for window, start in windows]),
        unit_class=np.concatenate([window.unit_class for window, _ in windows]),
    )


def _lesson_slopes(
    weights: Parameters,
    name: str,
    lesson: Lesson,
    roles: Floats,
    numbers: dict[str, dict[str, int]],
    slopes: Parameters,
) -> Floats:
    """Return the slope of the loss for the roles of positions; add those of the rest to `slopes`."""
    windows, owner, size = lesson.windows, lesson.windows.span_owner, len(lesson.other_rewards)
    others = _matrix(lesson.others, numbers[f"{name}_others"])
    sides = _matrix(lesson.sides, numbers[f"{name}_sides"])
    scores = span_scores(roles.astype(np.float64), windows, weights[f"{name}_lengths"])
    scores += (sides @ weights[f"{name}_sides"])[owner, windows.span_side]
    other = np.where([bool(f) for f in lesson.others], (others @ weights[f"{name}_others"])[:, 0], -np.inf)
    top = other.copy()
    np.maximum.at(top, owner, scores)
    known = np.isfinite(top)
    top = np.where(known, top, 0.0)
    odds, other_odds = np.exp(scores - top[owner]), np.exp(other - top)
    mass = np.bincount(owner, odds, minlength=size) + other_odds
    won = np.bincount(owner, odds * lesson.rewards, minlength=size) + other_odds * lesson.other_rewards
    # What no answer is right for teaches nothing.
    taught = np.bincount(owner, lesson.rewards, minlength=size) + lesson.other_rewards > 0
    mass, won = np.where(mass > 0, mass, 1.0), np.maximum(won, 1e-12)
    slope = odds * (1 / mass[owner] - lesson.rewards / won[owner]) * taught[owner]
    other_slope = other_odds * (1 / mass - lesson.other_rewards / won) * taught
    classes = windows.unit_class[owner]
    np.add.at(slopes[f"{name}_lengths"], (windows.span_side, classes, windows.length), slope)
    slopes[f"{name}_others"] += others.T @ other_slope[:, None].astype(np.float32)
    by_side = np.zeros((size, SIDES), dtype=np.float32)
    np.add.at(by_side, (owner, windows.span_side), slope)
    slopes[f"{name}_sides"] += sides.T @ by_side
    return role_slopes(slope, windows)


def _matrix(sets: Sequence[list[str]], numbers: dict[str, int]) -> sparse.csr_matrix:
    rows = [[numbers[f] for f in features if f in numbers] for features in sets]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    flat = np.array([at for row in rows for at in row], dtype=np.int64)
    ones = np.ones(len(flat), dtype=np.float32)
    return sparse.csr_matrix((ones, flat, ends), shape=(len(sets), len(numbers) + 1))


def role_slopes(slope: Floats, windows: Windows) -> Floats:
    """Return the slope for each role of each position from that of each span."""
    width = len(windows.owner)
    first, last = windows.first_at, windows.last_at

    def collect(places: Integers) -> Floats:
        return np.bincount(places, slope, minlength=width + 1).astype(np.float64)

    out = np.zeros((width, ROLES), dtype=np.float32)
    out[:, 0] = collect(first)[:width]
    out[:, 1] = collect(last)[:width]
    out[:, 2] = np.cumsum(collect(first) - collect(last + 1))[:width]
    out[:, 3] = np.cumsum(collect(windows.gap_from) - collect(windows.gap_to))[:width]
    return out


def _whole(weights: Parameters, lexis: Lexis, vectors: dict[str, Floats]) -> dict[str, np.ndarray[Any, Any]]:
    """Return the weights of encoder and pointers as they are stored; given vectors go into those of words."""
    words = weights["table0"].copy()
    for word, at in lexis.words.items():
        if word in vectors:
            words[at] += vectors[word] @ weights["given"]
    tables = [words, *(weights[f"table{at}"] for at in range(1, len(COLUMNS)))]
    arrays = {name: _rounded(table, STEP) for name, table in zip(COLUMNS, tables, strict=True)}
    for at in range(len(DILATIONS)):
        arrays[f"mix{at}"] = _rounded(weights[f"mix{at}"], WEIGHT)
        arrays[f"mix{at}_constant"] = _rounded(weights[f"mix{at}_constant"], STEP * WEIGHT, np.int32)
    for name in POINTERS:
        for part, unit in zip(POINTER_PARTS, (WEIGHT, WEIGHT, STEP, STEP, WEIGHT, SCALE, SCALE), strict=True):
            kind = np.int32 if unit == SCALE else np.int8
            arrays[f"{name}_{part}"] = _rounded(weights[f"{name}_{part}"], unit, kind)
    return arrays


def _rounded(values: Floats, unit: int, kind: Any = np.int8) -> np.ndarray[Any, Any]:
    limits = np.iinfo(kind)
    return np.clip(np.rint(values * unit), limits.min, limits.max).astype(kind)


def _choosers(weights: Parameters, numbers: dict[str, dict[str, int]]) -> dict[str, Chooser]:
    choosers = {}
    for name, other in zip(POINTERS, ("inherit", "no_base"), strict=True):
        for chooser, part, answers in (
            (other, "others", (name,)),
            (f"{name}_side", "sides", ("left", "noun", "right")),
        ):
            table = weights[f"{name}_{part}"].astype(np.float64)
            known = {feature: table[at] for feature, at in numbers[f"{name}_{part}"].items()}
            choosers[chooser] = Chooser(answers, known)
    return choosers
