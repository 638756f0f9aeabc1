"""Train the tagger: ``python -m viet_report_ie.training.tagger --corpus ../shared/corpus --out models``.

A first model, the reader, learns from annotated articles of the raw news and reads more of the raw news; what
it makes of common words and names is the background of the second model, which is the one that is shipped.
The reader never sees `train`, `dev` or `check`, so that one background serves every fold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.corpus.standoff import join_texts
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.settle import settle
from viet_report_ie.mentions.tagger import find_by_rule, find_names
from viet_report_ie.mentions.tagger_decoder import FORBIDDEN, SCALE, Decoder, Weights
from viet_report_ie.mentions.tagger_features import (
    KINDS,
    LOOSE,
    REACH,
    Background,
    attributes,
    reach,
)
from viet_report_ie.mentions.tagger_observer import Observer, Sights, token_sentences
from viet_report_ie.mentions.tagger_pairs import pair_attributes
from viet_report_ie.text.article import Article, read
from viet_report_ie.training.background import learn_background, read_raw
from viet_report_ie.training.scores import LABELS, Counts, count_spans, table

__all__ = ["Example", "cross_validate", "read_examples", "train"]

TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
OPEN = "?"
"""What a token of an optional mention is: nothing is learnt from it."""

FOLDS = 5
# What rules find is hidden from the trainer now and then, so that the model can do without.
_HIDDEN_RULES = 0.25

SETTINGS = {
    "c1": 0.0,
    "c2": 0.5,
    "feature.minfreq": 2,
    "feature.possible_transitions": False,
}

PASSES = 120
"""How often the trainer reads all examples."""

Gold = dict[str, Any]

_TAGGED = re.compile(r"([^\[]*)(?:\[([A-Z]+) ([^\]]+)\])?")


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
        first = at
        while at < len(places) and places[at][0] < entity["end"]:
            tags[at] = OPEN if entity["optional"] else f"{'B' if at == first else 'I'}-{entity['label']}"
            at += 1
    return Example(gold, article, tuple(find_by_rule(article)), tuple(tags))


def read_examples(*paths: Path) -> list[Example]:
    """Read annotated files, in the order of the articles' ids."""
    golds = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [make_example(gold) for gold in sorted(golds, key=lambda gold: str(gold["id"]))]


def read_annotations(annotations: Path, raw: Path) -> list[Example]:
    """Read annotation without its text, and the text from the raw news."""
    golds = join_texts(read_jsonl(annotations), read_jsonl(raw))
    return [make_example(gold) for gold in sorted(golds, key=lambda gold: str(gold["id"]))]


def own_sentences() -> list[Example]:
    """Read the sentences that were written for training."""
    lines = (
        files("viet_report_ie.training").joinpath("sentences.txt").read_text(encoding="utf-8").splitlines()
    )
    examples = []
    for number, line in enumerate(lines):
        if line.startswith("#"):
            continue
        text, entities = "", []
        for before, label, words in _TAGGED.findall(line):
            text += before
            if label:
                span = {"label": label, "start": len(text), "end": len(text) + len(words), "optional": False}
                entities.append(span)
                text += words
        examples.append(make_example({"id": f"own {number}", "text": text, "entities": entities}))
    return examples


def known_pieces(tags: Sequence[str], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a sentence between its optional mentions."""
    first = start
    for at in range(start, stop + 1):
        if at == stop or tags[at] == OPEN:
            if at > first:
                yield first, at
            first = at + 1


def features(sights: Sights, background: Background) -> list[list[str]]:
    """Return the features of every token, as the trainer takes them."""
    rows: list[list[str]] = [[] for _ in sights.keys["word"]]
    seen = [
        (kind, at, a)
        for kind in KINDS
        for at, key in enumerate(sights.keys[kind])
        for a in attributes(kind, key, background)
    ]
    seen += [
        (LOOSE, at, a)
        for places, columns in sights.loose
        for column in columns
        for at, a in zip(places, column, strict=True)
    ]
    seen += [
        (LOOSE, at, a)
        for column in sights.of_runs
        for run, a in zip(sights.runs, column, strict=True)
        for at in range(*run)
        if a
    ]
    seen += [
        (LOOSE, at, a)
        for first, stop in sights.sentences
        for at in range(first, stop - 1)
        for a in pair_attributes(sights.views, at, background.pairs)
    ]
    sentence = [span for span in sights.sentences for _ in range(*span)]
    for kind, at, attribute in seen:
        start, stop = sentence[at]
        for distance in reach(kind, attribute):
            if start <= at - distance < stop:
                rows[at - distance].append(f"{kind}\t{attribute}\t{distance}")
    return rows


def train(examples: Sequence[Example], background: Background, passes: int = PASSES) -> Decoder:
    """Train a model on examples."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**SETTINGS, "max_iterations": passes})
    for example in examples:
        chance = random.Random(str(example.gold["id"]))
        shown = [mention for mention in example.taken if chance.random() >= _HIDDEN_RULES]
        sights = Observer(example.article, shown, background, token_sentences(example.article)).sights()
        rows = features(sights, background)
        for sentence in sights.sentences:
            for start, stop in known_pieces(example.tags, *sentence):
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


def read_background(
    reader: Sequence[Example], known: Sequence[Example], raw: Path, share: float
) -> Background:
    """Train the reader and let it read a share of the raw news, without what overlaps articles known."""
    first = train([*reader, *own_sentences()], Background())
    texts = read_raw(raw, (example.gold["text"] for example in known), share)
    return learn_background(texts, first)


def score(examples: Sequence[Example], decoder: Decoder) -> Counts:
    """Tag examples and count."""
    counts = []
    for example in examples:
        names = find_names(example.article, example.taken, decoder)
        found = settle([mention for mention in example.taken if mention.label != "DATE"], names)
        to_original = example.article.shadow.to_original
        counts.append(count_spans(example.gold, [(m.label, *to_original(m.start, m.end)) for m in found]))
    return counts


def cross_validate(
    examples: Sequence[Example],
    more: Sequence[Example],
    background: Background,
    passes: int = PASSES,
    jobs: int = 1,
) -> Counts:
    """Tag every article by a model that learnt from the other folds and from more."""
    with ProcessPoolExecutor(jobs) as pool:
        folds = [pool.submit(_fold, fold, examples, more, background, passes) for fold in range(FOLDS)]
        return [count for fold in folds for count in fold.result()]


def _fold(
    fold: int, examples: Sequence[Example], more: Sequence[Example], background: Background, passes: int
) -> Counts:
    rest = [example for at, example in enumerate(examples) if at % FOLDS != fold]
    return score(examples[fold::FOLDS], train([*rest, *more, *own_sentences()], background, passes))


def learn_part(examples: Sequence[Example], part: float, background: Background, passes: int) -> Decoder:
    """Train on a part of the articles, chosen by chance."""
    chosen = random.Random(0).sample(list(examples), round(part * len(examples)))
    return train([*chosen, *own_sentences()], background, passes)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpus",
        type=Path,
        default=Path("../shared/corpus"),
        help="folder of the articles",
    )
    parser.add_argument(
        "--annotations",
        type=Path,
        nargs="+",
        default=sorted(Path("annotations").glob("*.jsonl")),
        help="annotation of articles of the raw news, without text; the reader learns from the first file",
    )
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write the model to")
    parser.add_argument("--raw-share", type=float, default=0.4, help="share of the raw news to read")
    parser.add_argument(
        "--passes", type=int, default=PASSES, help="passes of the last trainer; the reader has all"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that train folds")
    parser.add_argument(
        "--cross-validate",
        action="store_true",
        help="print scores of five-fold cross-validation",
    )
    parser.add_argument("--curve", action="store_true", help="print the learning curve, scored on check")
    options = parser.parse_args(arguments)
    examples = read_examples(options.corpus / "train.jsonl", options.corpus / "dev.jsonl")
    check = read_examples(options.corpus / "check.jsonl")
    raw = options.corpus / "raw_news.jsonl.gz"
    reader = read_annotations(options.annotations[0], raw)
    background = read_background(reader, [*examples, *check, *reader], raw, options.raw_share)
    more = [
        *reader,
        *(example for path in options.annotations[1:] for example in read_annotations(path, raw)),
    ]
    if options.cross_validate:
        print(table(cross_validate(examples, more, background, options.passes, options.jobs)), flush=True)
    elif options.curve:
        for part in (0.25, 0.5):
            decoder = learn_part([*examples, *more], part, background, options.passes)
            print(f"check.jsonl, learnt from {part:.0%}\n{table(score(check, decoder))}", flush=True)
    else:
        decoder = train([*examples, *more, *own_sentences()], background, options.passes)
        print(f"check.jsonl, not learnt from\n{table(score(check, decoder))}", flush=True)
        (options.out / "tagger.npz").write_bytes(decoder.to_bytes())


if __name__ == "__main__":
    main()
