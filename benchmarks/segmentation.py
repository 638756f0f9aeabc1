"""Word F1 and speed of the segmenters: ``python -m benchmarks.segmentation FILE.conllu``.

The sentences are given. A sentence is its FORM fields joined by spaces, in shadow form, and the codes that
stand for brackets in the treebank (`LBKT`, `RBKT`) are written as brackets; every segmenter reads the same
text. Words are compared as spans over the characters that are no spaces, so that no tokenizer is favoured.
"""

from __future__ import annotations

import sys
import timeit
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

from viet_report_ie.text.shadow import make_shadow
from viet_report_ie.text.words import segment_words

__all__ = ["compare", "read_words", "word_spans"]

ROUNDS = 3
_BRACKETS = {"LBKT": "(", "RBKT": ")"}

Engine = Callable[[str], Sequence[str]]


def read_words(path: Path) -> list[list[str]]:
    """FORM fields of each sentence of a CoNLL-U file, in shadow form."""
    sentences: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].isdigit():
            sentences[-1].append(make_shadow(_BRACKETS.get(fields[1], fields[1])).text)
        elif not line:
            sentences.append([])
    return [words for words in sentences if words]


def word_spans(words: Sequence[str]) -> set[tuple[int, int]]:
    """Spans of words over the characters that are no spaces.

    Examples
    --------
    >>> sorted(word_spans(["Hà Nội", "đẹp"]))
    [(0, 5), (5, 8)]
    """
    ends = list(accumulate(len("".join(word.split())) for word in words))
    return set(zip([0, *ends], ends, strict=False))


def ours(text: str) -> list[str]:
    """Words by the segmenter of this project."""
    return [text[start:end] for words in segment_words(text, [(0, len(text))]) for start, end in words]


def engines() -> dict[str, Engine]:
    """Segmenters that are installed."""
    from underthesea import word_tokenize

    found: dict[str, Engine] = {
        "viet_report_ie": ours,
        "underthesea": lambda text: word_tokenize(text, use_token_normalize=False),
    }
    warnings.simplefilter("ignore")
    try:
        from pyvi import ViTokenizer
    except ImportError:
        print("pyvi          not installed, left out")
    else:
        found["pyvi"] = lambda text: [word.replace("_", " ") for word in ViTokenizer.tokenize(text).split()]
    return found


def compare(path: Path) -> None:
    """Print precision, recall and F1 of words, and the time of a word, article by article."""
    gold = read_words(path)
    texts = [" ".join(words) for words in gold]
    # Whole articles are what the segmenters get in practice: join 25 sentences.
    articles = [" ".join(texts[i : i + 25]) for i in range(0, len(texts), 25)]
    count = sum(map(len, gold))
    found = engines()
    seconds = dict.fromkeys(found, 0.0)
    for engine in found.values():
        engine(texts[0])
    for article in articles:
        for name, engine in found.items():
            seconds[name] += min(timeit.repeat(partial(engine, article), number=1, repeat=ROUNDS))
    print(f"{'segmenter':<14} {'P':>6} {'R':>6} {'F1':>6} {'µs a word':>10} {'speed':>6}")
    for name, engine in found.items():
        right = wanted = given = 0
        for words, text in zip(gold, texts, strict=True):
            expected, answer = word_spans(words), word_spans(engine(text))
            right += len(expected & answer)
            wanted += len(expected)
            given += len(answer)
        scores = (100 * right / given, 100 * right / wanted, 200 * right / (given + wanted))
        cost, speed = seconds[name] / count * 1e6, seconds["underthesea"] / seconds[name]
        print(f"{name:<14} " + " ".join(f"{score:6.2f}" for score in scores) + f" {cost:10.2f} {speed:5.1f}x")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.segmentation FILE.conllu")
    compare(Path(sys.argv[1]))
