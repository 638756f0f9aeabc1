"""Vectors of syllables from raw text: which others stand near them, by a singular value decomposition.

Source: O. Levy, Y. Goldberg, I. Dagan, "Improving Distributional Similarity with Lessons Learned from Word
Embeddings", TACL 2015 (shifted counts, positive pointwise mutual information, context smoothing 0.75).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

__all__ = ["SIZE", "Vectors", "learn_vectors"]

Vectors = dict[str, NDArray[np.floating[Any]]]

SIZE = 64
_LEAST, _MOST, _REACH, _SMOOTH = 30, 9_000, 3, 0.75
_TOKEN = re.compile(r"\w+|[^\w\s]")


def learn_vectors(texts: Iterable[str]) -> Vectors:
    """Return a vector of length one on average for each frequent syllable or sign.

    Parameters
    ----------
    texts
        Raw articles; too few of them give no vectors.
    """
    articles = [_TOKEN.findall(text.lower()) for text in texts]
    counts = Counter(chain.from_iterable(articles))
    words = [word for word, n in counts.most_common(_MOST) if n >= _LEAST and not word[0].isdigit()]
    if len(words) <= SIZE:
        return {}
    numbers = {word: at for at, word in enumerate(words)}
    unknown = len(words)
    tokens = np.array(
        [
            at
            for article in articles
            for at in (*(numbers.get(w, unknown) for w in article), *[unknown] * _REACH)
        ]
    )
    near = sparse.csr_matrix((unknown + 1, unknown + 1))
    for distance in range(1, _REACH + 1):
        pair = (tokens[:-distance], tokens[distance:])
        weights = np.full(len(pair[0]), 1 - (distance - 1) / _REACH)
        for ends in (pair, pair[::-1]):
            near = near + sparse.csr_matrix((weights, ends), shape=near.shape)
    near = near[:unknown, :unknown].tocoo()
    rows = np.asarray(near.sum(axis=1)).ravel()
    contexts = np.asarray(near.sum(axis=0)).ravel() ** _SMOOTH
    information = np.log(near.data * contexts.sum() / (rows[near.row] * contexts[near.col]))
    kept = information > 0
    positive = sparse.csr_matrix((information[kept], (near.row[kept], near.col[kept])), shape=near.shape)
    left, scale, _ = svds(positive, k=SIZE, v0=np.ones(unknown))
    vectors = left * np.sqrt(scale)
    vectors /= np.linalg.norm(vectors, axis=1).mean()
    return dict(zip(words, vectors.astype(np.float32), strict=True))
