"""What each token is in its neighbourhood: a vector from tables of symbols, and two layers that mix.

All numbers are whole, and so small that every sum is exact in single precision: whatever the machine adds
first, the vectors are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.scene import Integers

__all__ = ["DILATIONS", "STEP", "WEIGHT", "Encoder", "Floats", "beside", "times"]

Floats = NDArray[np.floating[Any]]

STEP, WEIGHT = 32, 64
"""How many of the stored units make one, in vectors and in the weights that they are multiplied with."""
DILATIONS = (1, 2)
"""How far apart the tokens are that each layer mixes."""
_MARGIN = sum(DILATIONS)
_LIMIT = 255
_ONE_THREAD = 200_000  # products above some 262,144 multiplications are shared among threads by OpenBLAS
_PART = 4096  # tokens that are read together, so that no text however long takes much memory


class Encoder:
    """Turns the symbols of tokens into vectors.

    Parameters
    ----------
    tables : sequence of arrays of shape (values, size)
        A vector for each value of each column of `Symbols`.
    mixes : sequence of pairs of arrays of shape (3 * size, size) and (size,)
        For each layer the weights of the token before, the token and the token after, and a constant.
    """

    def __init__(self, tables: Sequence[Floats], mixes: Sequence[tuple[Floats, Floats]]) -> None:
        self._tables = [np.ascontiguousarray(table, dtype=np.float32) for table in tables]
        self._mixes = [(w.astype(np.float32), b.astype(np.float32)) for w, b in mixes]

    def read(self, columns: Integers) -> Floats:
        """Return a vector for each token of an article, whose symbols are the columns."""
        size = columns.shape[1]
        parts = [self._part(columns, at, min(at + _PART, size)) for at in range(0, size, _PART)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _part(self, columns: Integers, low: int, high: int) -> Floats:
        """Return the vectors of some tokens, which see their neighbours outside of the part, too."""
        first = max(0, low - _MARGIN)
        part = columns[:, first : high + _MARGIN]
        vectors: Floats = self._tables[0].take(part[0], axis=0)
        for table, column in zip(self._tables[1:], part[1:], strict=True):
            vectors += table.take(column, axis=0)
        np.clip(vectors, -_LIMIT, _LIMIT, out=vectors)
        for dilation, (weights, constant) in zip(DILATIONS, self._mixes, strict=True):
            mixed = times(beside(vectors, dilation), weights)
            mixed += constant
            np.maximum(mixed, 0, out=mixed)
            mixed /= WEIGHT
            vectors += np.rint(mixed, out=mixed)
            np.minimum(vectors, _LIMIT, out=vectors)
        return np.asarray(vectors[low - first : high - first])


def beside(vectors: Floats, dilation: int) -> Floats:
    """Return for each token the vectors of the token before, its own, and of the token after, in one row.

    Examples
    --------
    >>> beside(np.array([[1], [2], [3]]), 2).tolist()
    [[0, 1, 3], [0, 2, 0], [1, 3, 0]]
    """
    size = vectors.shape[1]
    out = np.zeros((len(vectors), 3 * size), dtype=vectors.dtype)
    out[dilation:, :size] = vectors[:-dilation]
    out[:, size : 2 * size] = vectors
    out[:-dilation, 2 * size :] = vectors[dilation:]
    return out


def times(rows: Floats, weights: Floats) -> Floats:
    """Return the product of two matrices, in blocks so small that they keep to one thread.

    Threads cost more than they bring here, and take the cores from other processes.
    """
    block = max(1, _ONE_THREAD // weights.size)
    whole = len(rows) // block * block
    out = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    if whole:
        np.matmul(
            rows[:whole].reshape(-1, block, len(weights)),
            weights,
            out=out[:whole].reshape(-1, block, weights.shape[1]),
        )
    np.matmul(rows[whole:], weights, out=out[whole:])
    return out
