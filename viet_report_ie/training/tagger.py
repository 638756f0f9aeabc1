"""Train the tagger: ``python -m viet_report_ie.training.tagger --corpus ../shared/corpus --out models``."""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.tagger import find_names
from viet_report_ie.mentions.tagger_decoder import FORBIDDEN, SCALE, Decoder, Weights
from viet_report_ie.mentions.tagger_features import (
    KINDS,
    LOOSE,
    REACH,
    Background,
    Observer,
    Sights,
    attributes,
    reach,
)
from viet_report_ie.text.article import Article, read

__all__ = ["LABELS", "Example", "cross_validate", "read_examples", "train"]

LABELS = ("PERSON", "TITLE", "ORG", "ZONE", "LOC", "LAW", "DATE", "EVENT")
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
FOLDS = 5

Gold = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """An annotated article, ready to learn from."""

    gold: Gold
    article: Article
    taken: tuple[Mention, ...]
    tags: tuple[str, ...]


def make_example(gold: Gold) -> Example:
    """Read an annotated article and put its gold labels on its tokens."""
    article = read(gold["text"])
    tags = ["O"] * len(article.tokens)
    places = [article.shadow.to_original(start, end) for start, end in article.tokens]
    at = 0
    for entity in sorted(gold["entities"], key=lambda e: e["start"]):
        if entity["label"] not in LABELS:
            continue
        while at < len(places) and places[at][1] <= entity["start"]:
            at += 1
        place = "B"
        while at < len(places) and places[at][0] < entity["end"]:
            tags[at] = f"{place}-{entity['label']}"
            place = "I"
            at += 1
    return Example(gold, article, (), tuple(tags))


def read_examples(*paths: Path) -> list[Example]:
    """Read annotated files, in the order of the articles' ids."""
    golds = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [make_example(gold) for gold in sorted(golds, key=lambda gold: str(gold["id"]))]


def features(sights: Sights, background: Background) -> list[list[str]]:
    """Return the features of every token, as the trainer takes them."""
    rows: list[list[str]] = [[] for _ in sights.keys["word"]]
    seen = [
        (kind, at, a)
        for kind in KINDS
        for at, key in enumerate(sights.keys[kind])
        for a in attributes(kind, key, background)
    ]
    seen += [(LOOSE, at, attribute) for attribute, at in zip(sights.loose, sights.places, strict=True)]
    sentence = [span for span in sights.sentences for _ in range(*span)]
    for kind, at, attribute in seen:
        start, stop = sentence[at]
        for distance in reach(kind, attribute):
            if start <= at - distance < stop:
                rows[at - distance].append(f"{kind}\t{attribute}\t{distance}")
    return rows


def train(examples: Iterable[Example], background: Background, **parameters: float) -> Decoder:
    """Train a model on examples."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    settings = {"c1": 0.05, "c2": 0.02, "max_iterations": 100, "feature.possible_transitions": False}
    trainer.set_params(settings | parameters)
    for example in examples:
        sights = Observer(example.article, example.taken, background).sights()
        rows = features(sights, background)
        for start, stop in sights.sentences:
            trainer.append(pycrfsuite.ItemSequence(rows[start:stop]), example.tags[start:stop])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return quantize(info.state_features, info.transitions, background)


def quantize(
    states: Mapping[tuple[str, str], float],
    transitions: Mapping[tuple[str, str], float],
    background: Background,
) -> Decoder:
    """Turn the weights of the trainer into a decoder's integers."""
    number = {tag: at for at, tag in enumerate(TAGS)}
    steps = np.zeros((len(TAGS), len(TAGS)), dtype=np.int32)
    for (left, right), weight in transitions.items():
        steps[number[left], number[right]] = round(weight * SCALE)
    for right in TAGS:
        for left in TAGS:
            if right[0] == "I" and left[1:] != right[1:]:
                steps[number[left], number[right]] = FORBIDDEN
    table: dict[str, dict[str, list[tuple[int, int]]]] = {kind: defaultdict(list) for kind in (*KINDS, LOOSE)}
    for (feature, tag), weight in states.items():
        kind, attribute, distance = feature.split("\t")
        value = max(-32767, min(32767, round(weight * SCALE)))
        if value:
            column = (int(distance) - REACH[kind][0]) * len(TAGS) + number[tag]
            table[kind][attribute].append((column, value))
    weights = {}
    for kind in table:
        names = sorted(table[kind])
        cells = [cell for name in names for cell in sorted(table[kind][name])]
        starts = np.cumsum([0] + [len(table[kind][name]) for name in names])
        columns = np.array([column for column, _ in cells], dtype=np.uint8)
        values = np.array([value for _, value in cells], dtype=np.int16)
        weights[kind] = Weights(names, starts, columns, values)
    return Decoder(TAGS, steps, weights, background)


def predict(example: Example, decoder: Decoder) -> list[tuple[str, int, int]]:
    """Tag an example; return labels with places in the text as given."""
    to_original = example.article.shadow.to_original
    found = find_names(example.article, example.taken, decoder)
    return [(mention.label, *to_original(mention.start, mention.end)) for mention in found]


def count(example: Example, predicted: Sequence[tuple[str, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Count hits, false alarms and misses by label; optional mentions neither reward nor punish."""
    entities = example.gold["entities"]
    optional = [(entity["start"], entity["end"]) for entity in entities if entity["optional"]]
    counts = {}
    for label in LABELS:
        gold = {(e["start"], e["end"]) for e in entities if e["label"] == label and not e["optional"]}
        mine = {(start, end) for name, start, end in predicted if name == label}
        mine = {s for s in mine if s in gold or not any(s[0] < o[1] and o[0] < s[1] for o in optional)}
        counts[label] = (len(gold & mine), len(mine - gold), len(gold - mine))
    return counts


Counts = list[dict[str, tuple[int, int, int]]]


def f1(counts: Counts, labels: Iterable[str]) -> float:
    """Return the F1 of some labels over articles."""
    hits, alarms, misses = (sum(c[label][i] for c in counts for label in labels) for i in range(3))
    return 2 * hits / (2 * hits + alarms + misses) if hits else 0.0


def report(counts: Counts, samples: int = 1000) -> str:
    """Return a table of F1 by label, with 95 % bootstrap intervals over articles."""
    chance = random.Random(0)
    drawn = [chance.choices(counts, k=len(counts)) for _ in range(samples)]
    lines = []
    rows = {label: (label,) for label in LABELS} | {"micro": tuple(x for x in LABELS if x != "EVENT")}
    for name, labels in rows.items():
        spread = sorted(f1(sample, labels) for sample in drawn)
        low, high = spread[int(0.025 * samples)], spread[int(0.975 * samples)]
        hits, alarms, misses = (sum(c[label][i] for c in counts for label in labels) for i in range(3))
        precision, recall = hits / max(1, hits + alarms), hits / max(1, hits + misses)
        lines.append(
            f"{name:8} P {precision:.3f} R {recall:.3f} F {f1(counts, labels):.3f} [{low:.3f}, {high:.3f}]"
        )
    return "\n".join(lines)


def cross_validate(examples: Sequence[Example], background: Background, share: float = 1.0) -> Counts:
    """Tag every article by a model that learnt from the other folds, or from a share of them."""
    counts = []
    for fold in range(FOLDS):
        rest = [example for at, example in enumerate(examples) if at % FOLDS != fold]
        random.Random(fold).shuffle(rest)
        decoder = train(rest[: round(share * len(rest))], background)
        held_out = [example for at, example in enumerate(examples) if at % FOLDS == fold]
        counts += [count(example, predict(example, decoder)) for example in held_out]
    return counts


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, default=Path("../shared/corpus"), help="folder of the annotated files"
    )
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write the model to")
    parser.add_argument(
        "--cross-validate", action="store_true", help="print scores of five-fold cross-validation"
    )
    parser.add_argument("--curve", action="store_true", help="print the learning curve")
    options = parser.parse_args(arguments)
    examples = read_examples(options.corpus / "train.jsonl", options.corpus / "dev.jsonl")
    background = Background()
    if options.cross_validate:
        print(report(cross_validate(examples, background)))
    elif options.curve:
        for share in (0.25, 0.5, 1.0):
            counts = cross_validate(examples, background, share)
            print(f"{share:.0%} of the articles\n{report(counts)}")
    else:
        decoder = train(examples, background)
        check = read_examples(options.corpus / "check.jsonl")
        print(report([count(example, predict(example, decoder)) for example in check]))
        (options.out / "tagger.npz").write_bytes(decoder.to_bytes())


if __name__ == "__main__":
    main()
