"""Train the linker: ``python -m viet_report_ie.training.linker --with train dev --out models``.

The shipped weights have learnt from `train` and `dev`. With ``--cross-validate`` the same command prints how
well linkers do on articles that they have not seen, and writes nothing.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.corpus.score import Scores, score
from viet_report_ie.corpus.standoff import join_texts
from viet_report_ie.facts.chooser import Chooser
from viet_report_ie.facts.linker import CHOOSERS, SCALE, Linker, load_groups, load_parts, pack_lines
from viet_report_ie.facts.symbols import Lexis
from viet_report_ie.training.choosers import train_choosers
from viet_report_ie.training.linker_examples import Document, predict, read_document
from viet_report_ie.training.pointers import train_pointers
from viet_report_ie.training.vectors import Vectors, learn_vectors

__all__ = ["cross_validate", "pack", "train"]

MIN_WORD = 3
FOLDS = 5


def make_lexis(documents: Iterable[Document], vectors: Vectors) -> Lexis:
    """Collect the words that are frequent enough to be weighed, here or where `vectors` come from."""
    words = Counter(word for document in documents for word in document.scene.words)
    known = sorted({*vectors, *(word for word, count in words.items() if count >= MIN_WORD)})
    return Lexis({word: at for at, word in enumerate(known, 1)}, *load_parts(), *load_groups())


def train(documents: Sequence[Document], vectors: Vectors) -> bytes:
    """Train every part on annotated articles and return the packed weights."""
    lexis = make_lexis(documents, vectors)
    trained = train_pointers(documents, lexis, vectors)
    return pack(lexis, trained.arrays, {**train_choosers(documents), **trained.choosers})


def pack(lexis: Lexis, arrays: dict[str, np.ndarray[Any, Any]], choosers: dict[str, Chooser]) -> bytes:
    """Return the weights as the bytes of an ``.npz`` file without pickled objects."""
    arrays = {"words": pack_lines(lexis.words), **arrays}
    for name in CHOOSERS:
        features = sorted(choosers[name].weights)
        arrays[f"{name}_features"] = pack_lines(features)
        arrays[f"{name}_answers"] = pack_lines(choosers[name].answers)
        stacked = np.array([choosers[name].weights[feature] for feature in features])
        arrays[f"{name}_weights"] = np.rint(stacked * SCALE).astype(np.int16)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def cross_validate(
    documents: Sequence[Document], vectors: Vectors, more: Sequence[Document] = ()
) -> dict[str, dict[str, Any]]:
    """Predict each article by a linker that has not seen it, by folds of the ids; all learn from `more`."""
    out = {}
    documents = sorted(documents, key=lambda document: str(document.gold["id"]))
    for fold in range(FOLDS):
        linker = Linker.from_bytes(
            train([*(d for at, d in enumerate(documents) if at % FOLDS != fold), *more], vectors)
        )
        for document in documents[fold::FOLDS]:
            out[document.gold["id"]] = predict(document, linker)
    return out


def _table(scores: Scores) -> str:
    lines = [f"{name:10} F1 {scores.exact[name].f1:.3f}" for name in ("quantity", "value", "pair", "full")]
    for name in ("indicator", "kind", "status", "period", "base"):
        right, of = scores.accuracy[name]
        lines.append(f"{name:10} accuracy {right / max(1, of):.3f}")
    return "\n".join(lines)


def main() -> None:
    """Train on annotated articles and write ``linker.npz``, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument(
        "--with", dest="names", nargs="+", default=["train"], help="files of the corpus to learn from"
    )
    parser.add_argument(
        "--annotations",
        type=Path,
        nargs="+",
        default=[],
        help="annotation of articles of the raw news, without their text, to learn from too",
    )
    parser.add_argument("--cross-validate", action="store_true", help="print scores and write nothing")
    options = parser.parse_args()
    documents = [
        read_document(gold) for name in options.names for gold in read_jsonl(options.corpus / f"{name}.jsonl")
    ]
    raw = list(read_jsonl(options.corpus / "raw_news.jsonl.gz"))
    vectors = learn_vectors(article["text"] for article in raw)
    stripped = [item for file in options.annotations for item in read_jsonl(file)]
    more = [read_document(gold, other_readers=True) for gold in join_texts(stripped, raw)]
    if options.cross_validate:
        print(
            _table(score([document.gold for document in documents], cross_validate(documents, vectors, more)))
        )
        return
    data = train([*documents, *more], vectors)
    (options.out / "linker.npz").write_bytes(data)
    print(f"linker.npz: {len(data):,} bytes from {len(documents) + len(more)} articles")


if __name__ == "__main__":
    main()
