"""What text without annotation tells the tagger: how a first model reads it, counted by word, pair and name.

A first model reads many thousand articles. It errs in this or that place, but a word, a pair of words or a
name that comes back often is mostly read right; what it is read as becomes an attribute of the second model.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from viet_report_ie.mentions.tagger import find_by_rule
from viet_report_ie.mentions.tagger_decoder import Decoder
from viet_report_ie.mentions.tagger_features import Background
from viet_report_ie.mentions.tagger_observer import Observer, token_sentences
from viet_report_ie.text.article import read

__all__ = ["learn_background", "read_raw"]

LETTERS = {
    "PERSON": "P",
    "TITLE": "T",
    "ORG": "O",
    "ZONE": "Z",
    "LOC": "L",
    "LAW": "W",
    "DATE": "D",
    "EVENT": "E",
}

_SHINGLE = 8
_SHARED_SHINGLES = 8
_LONGEST_NAME = 12

Readings = Counter[tuple[str, str]]
"""How often something was read as something."""


def read_raw(path: Path, annotated: Iterable[str], share: float = 1.0) -> Iterator[str]:
    """Yield the texts of a file, without those that overlap an annotated text, or an even share of them."""
    known = {shingle for text in annotated for shingle in _shingles(text)}
    due = 0.0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            due += share
            if due < 1:
                continue
            due -= 1
            text = json.loads(line)["text"]
            if sum(shingle in known for shingle in _shingles(text)) < _SHARED_SHINGLES:
                yield text


def _shingles(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE)}


def learn_background(texts: Iterable[str], decoder: Decoder, floor: int = 5) -> Background:
    """Read texts with a model; keep what came up at least `floor` times."""
    words, pairs, names, runs = Readings(), Readings(), Readings(), Readings()
    for text in texts:
        _count(text, decoder, words, pairs, names, runs)
    return Background(
        words=dict(_words(words, floor)),
        pairs=dict(_pairs(pairs, floor)),
        names=dict(_names(names, max(2, floor // 2))),
        runs=dict(_runs(runs, max(2, floor // 2))),
    )


def _count(
    text: str,
    decoder: Decoder,
    words: Readings,
    pairs: Readings,
    names: Readings,
    runs: Readings,
) -> None:
    article = read(text)
    if not article.tokens:
        return
    observer = Observer(article, find_by_rule(article), decoder.background, token_sentences(article))
    emissions = decoder.emissions(observer.sights())
    best, margin = np.zeros(len(emissions), dtype=np.int8), np.zeros(len(emissions), dtype=np.int32)
    decoder.search(emissions, observer.sentences, best, margin)
    tags = [decoder.labels[number] for number in best.tolist()]
    letters = [LETTERS[tag[2:]] if tag != "O" else "-" for tag in tags]
    forms, lowered = observer.words, observer.plain
    for form, tag, letter in zip(forms, tags, letters, strict=True):
        words[form, letter.lower() if tag[0] == "I" else letter] += 1
    for first, stop in observer.sentences:
        for at in range(first, stop - 1):
            joint = "=" if tags[at + 1][0] == "I" else "|"
            pairs[f"{forms[at]} {forms[at + 1]}", letters[at] + joint + letters[at + 1]] += 1
        at = first
        while at < stop:
            end = at + 1
            while end < stop and tags[end][0] == "I":
                end += 1
            if tags[at] != "O" and end - at <= _LONGEST_NAME:
                names[" ".join(lowered[at:end]), letters[at]] += 1
            at = end
    firsts = {first for first, _ in observer.sentences}
    for start, end in observer.runs:
        if end - start <= 6 and (start not in firsts or end - start > 1):
            runs[" ".join(lowered[start:end]), letters[end - 1]] += 1


def _degree(share: float) -> str:
    """Say how often, in one digit."""
    return "4" if share >= 0.95 else "3" if share >= 0.8 else "2" if share >= 0.55 else "1"


def _grouped(readings: Readings, floor: int) -> Iterator[tuple[str, int, list[tuple[str, int]]]]:
    """Yield what came up often, how often, and its readings, the most common first."""
    totals: Counter[str] = Counter()
    for (key, _), count in readings.items():
        totals[key] += count
    groups: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (key, reading), count in readings.items():
        if totals[key] >= floor:
            groups[key].append((reading, count))
    for key in sorted(groups):
        yield (
            key,
            totals[key],
            sorted(groups[key], key=lambda pair: (-pair[1], pair[0])),
        )


def _words(readings: Readings, floor: int) -> Iterator[tuple[str, str]]:
    for word, total, ((top, count), *rest) in _grouped(readings, floor):
        if word[0].isalpha() and len(word) <= 20 and not (top == "-" and count >= 0.98 * total):
            yield word, top + _degree(count / total) + _second(rest, total)


def _pairs(readings: Readings, floor: int) -> Iterator[tuple[str, str]]:
    for pair, total, ((top, count), *_) in _grouped(readings, floor):
        if not (top == "-|-" and count >= 0.97 * total):
            yield pair, top + _degree(count / total)


def _names(readings: Readings, floor: int) -> Iterator[tuple[str, str]]:
    for name, total, ((top, count), *_) in _grouped(readings, floor):
        if top != "D" and len(name) <= 90:
            size = "3" if total >= 50 else "2" if total >= 10 else "1"
            yield name, top + size + ("" if count > 0.8 * total else "?")


def _runs(readings: Readings, floor: int) -> Iterator[tuple[str, str]]:
    for run, total, ((top, count), *rest) in _grouped(readings, floor):
        yield run, top + _degree(count / total) + _second(rest, total)


def _second(rest: list[tuple[str, int]], total: int) -> str:
    return rest[0][0] if rest and rest[0][1] >= 0.15 * total else ""
