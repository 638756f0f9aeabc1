"""The encoder and the pointers as they are trained: forward, backward, and a step of descent.

`facts.encoder` and `facts.pointer` read the same weights as whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from viet_report_ie.facts.encoder import DILATIONS, beside
from viet_report_ie.facts.pointer import ROLES
from viet_report_ie.facts.scene import UNIT_CLASSES, Integers
from viet_report_ie.facts.symbols import MAX_LENGTH
from viet_report_ie.facts.windows import DISTANCES, LANDMARKS, SIDES

__all__ = [
    "HIDDEN",
    "VECTOR",
    "Adam",
    "Floats",
    "Near",
    "Noise",
    "Parameters",
    "Pointed",
    "encode",
    "encode_back",
    "point",
    "point_back",
]

Floats = NDArray[np.floating[Any]]
Parameters = dict[str, Floats]

VECTOR, HIDDEN = 48, 32
DROPPED = 0.4
_DECAY, _FIRST, _SECOND = 0.3, 0.9, 0.999
_LONGEST_STEP = 1.0


class Noise:
    """Drops a part of the numbers while training, and nothing when there is no generator."""

    def __init__(self, random: np.random.RandomState | None) -> None:
        self.random = random

    def mask(self, shape: tuple[int, ...]) -> Floats | float:
        """Return what to multiply with."""
        if self.random is None:
            return 1.0
        kept = self.random.random_sample(shape) >= DROPPED
        return np.asarray(kept / (1 - DROPPED), dtype=np.float32)


def first_weights(sizes: tuple[int, ...], dimensions: int, pointers: tuple[str, ...]) -> Parameters:
    """Return the weights that training begins with.

    Parameters
    ----------
    sizes
        How many values each column of symbols has; the first is that of words.
    dimensions
        The length of the vectors of words that are given, see `training.vectors`.
    pointers
        The names of the pointers.
    """
    random = np.random.RandomState(0)

    def normal(rows: int, columns: int, scale: float) -> Floats:
        return (random.standard_normal((rows, columns)) * scale).astype(np.float32)

    def uniform(rows: int, columns: int) -> Floats:
        return np.asarray((random.random_sample((rows, columns)) * 2 - 1) / np.sqrt(rows), dtype=np.float32)

    out = {f"table{at}": normal(size, VECTOR, 0.02 if at == 0 else 0.1) for at, size in enumerate(sizes)}
    out["given"] = uniform(dimensions, VECTOR)
    for at in range(len(DILATIONS)):
        out[f"mix{at}"] = uniform(3 * VECTOR, VECTOR)
        out[f"mix{at}_constant"] = np.zeros(VECTOR, dtype=np.float32)
    for name in pointers:
        out[f"{name}_token"] = uniform(VECTOR, HIDDEN)
        out[f"{name}_query"] = uniform(LANDMARKS * VECTOR, HIDDEN)
        out[f"{name}_unit_class"] = normal(UNIT_CLASSES, HIDDEN, 0.5)
        out[f"{name}_place"] = normal(SIDES * DISTANCES, HIDDEN, 0.5)
        out[f"{name}_out"] = uniform(HIDDEN, ROLES)
        out[f"{name}_constant"] = np.zeros(ROLES, dtype=np.float32)
        out[f"{name}_lengths"] = np.zeros((SIDES, UNIT_CLASSES, MAX_LENGTH), dtype=np.float32)
    return out


def gather(rows: Integers, size: int) -> sparse.csr_matrix:
    """Return the matrix that takes rows from a table; its transpose adds them back."""
    ones, ends = np.ones(len(rows), dtype=np.float32), np.arange(len(rows) + 1)
    return sparse.csr_matrix((ones, rows, ends), shape=(len(rows), size))


@dataclass
class Encoded:
    """The vectors of some tokens, and what the way back needs."""

    columns: Integers
    given: Floats
    inside: Floats
    vectors: Floats
    dropped: Floats | float
    layers: list[tuple[Floats, Floats]] = field(default_factory=list)


def encode(weights: Parameters, columns: Integers, given: Floats, inside: Floats, noise: Noise) -> Encoded:
    """Return the vectors of tokens.

    Parameters
    ----------
    columns : array of shape (columns, tokens)
        The symbols of tokens.
    given : array of shape (tokens, dimensions)
        The vectors given of their words.
    inside : array of shape (tokens, 1)
        0 for what stands between two articles, else 1.
    """
    vectors = given @ weights["given"]
    for at, column in enumerate(columns):
        vectors += weights[f"table{at}"][column]
    dropped = noise.mask(vectors.shape)
    out = Encoded(columns, given, inside, vectors * dropped * inside, dropped)
    for at, dilation in enumerate(DILATIONS):
        wide = beside(out.vectors, dilation)
        mixed = wide @ weights[f"mix{at}"] + weights[f"mix{at}_constant"]
        passed = (mixed > 0) * noise.mask(mixed.shape) * inside
        out.layers.append((wide, passed))
        out.vectors = out.vectors + mixed * passed
    return out


def encode_back(weights: Parameters, encoded: Encoded, slope: Floats, slopes: Parameters) -> None:
    """Add the slopes of the weights, given that of the vectors."""
    for at, dilation in reversed(list(enumerate(DILATIONS))):
        wide, passed = encoded.layers[at]
        mixed = slope * passed
        slopes[f"mix{at}"] += wide.T @ mixed
        slopes[f"mix{at}_constant"] += mixed.sum(axis=0)
        back = mixed @ weights[f"mix{at}"].T
        slope = slope + back[:, VECTOR : 2 * VECTOR]
        slope[:-dilation] += back[dilation:, :VECTOR]
        slope[dilation:] += back[:-dilation, 2 * VECTOR :]
    slope = slope * encoded.dropped * encoded.inside
    slopes["given"] += encoded.given.T @ slope
    for at, column in enumerate(encoded.columns):
        slopes[f"table{at}"] += gather(column, len(weights[f"table{at}"])).T @ slope


@dataclass(frozen=True)
class Near:
    """The positions near some quantities, by token, quantity and place, and the quantities."""

    tokens: Integers
    owner: Integers
    place: Integers
    landmarks: Integers
    unit_class: Integers


@dataclass
class Pointed:
    """The roles of positions, and what the way back needs."""

    near: Near
    roles: Floats
    hidden: Floats
    passed: Floats
    queries: Floats
    dropped: Floats | float


def point(weights: Parameters, name: str, vectors: Floats, near: Near, noise: Noise) -> Pointed:
    """Return the four scores of each position."""
    dropped = noise.mask((len(near.landmarks), LANDMARKS * VECTOR))
    queries = vectors[near.landmarks].reshape(len(near.landmarks), -1) * dropped
    asked = queries @ weights[f"{name}_query"] + weights[f"{name}_unit_class"][near.unit_class]
    hidden = (vectors @ weights[f"{name}_token"])[near.tokens] + asked[near.owner]
    hidden += weights[f"{name}_place"][near.place]
    passed = (hidden > 0) * noise.mask(hidden.shape)
    hidden = hidden * passed
    roles = hidden @ weights[f"{name}_out"] + weights[f"{name}_constant"]
    return Pointed(near, roles, hidden, passed, queries, dropped)


def point_back(
    weights: Parameters, name: str, vectors: Floats, pointed: Pointed, slope: Floats, slopes: Parameters
) -> Floats:
    """Add the slopes of the weights, given that of the roles; return that of the vectors."""
    near = pointed.near
    slopes[f"{name}_out"] += pointed.hidden.T @ slope
    slopes[f"{name}_constant"] += slope.sum(axis=0)
    hidden = slope @ weights[f"{name}_out"].T * pointed.passed
    slopes[f"{name}_place"] += gather(near.place, SIDES * DISTANCES).T @ hidden
    asked = gather(near.owner, len(near.landmarks)).T @ hidden
    slopes[f"{name}_unit_class"] += gather(near.unit_class, UNIT_CLASSES).T @ asked
    slopes[f"{name}_query"] += pointed.queries.T @ asked
    landmarks = (asked @ weights[f"{name}_query"].T * pointed.dropped).reshape(-1, VECTOR)
    tokens = gather(near.tokens, len(vectors)).T @ hidden
    slopes[f"{name}_token"] += vectors.T @ tokens
    back: Floats = tokens @ weights[f"{name}_token"].T
    back += gather(near.landmarks.ravel(), len(vectors)).T @ landmarks
    return back


class Adam:
    """Descent with momentum and decay; the rate rises over the first tenth and falls to nothing.

    Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.
    """

    def __init__(self, weights: Parameters, rate: float, steps: int) -> None:
        self._weights, self._rate, self._steps, self._step = weights, rate, steps, 0
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}

    def step(self, slopes: Parameters) -> None:
        """Change the weights in place."""
        self._step += 1
        done = self._step / self._steps
        rate = self._rate * (done / 0.1 if done < 0.1 else (1 + np.cos(np.pi * (done - 0.1) / 0.9)) / 2)
        length = np.sqrt(sum(float((slope**2).sum()) for slope in slopes.values()))
        scale = min(1.0, _LONGEST_STEP / (length + 1e-6))
        for name, weight in self._weights.items():
            slope, mean, square = slopes[name] * scale, self._mean[name], self._square[name]
            mean += (1 - _FIRST) * (slope - mean)
            square += (1 - _SECOND) * (slope * slope - square)
            move = mean / (1 - _FIRST**self._step)
            move /= np.sqrt(square / (1 - _SECOND**self._step)) + 1e-8
            weight -= (rate * (move + _DECAY * weight)).astype(weight.dtype)
