"""Train the word segmenter.

Run ``python -m viet_report_ie.training.segmenter --corpus ../shared/corpus --out models``.

1. Three public models (underthesea with and without its dictionary, pyvi) label raw news. A CRF that sees
   their labels, and the words that public part-of-speech taggers know, beside our features learns on the
   treebank when to trust which, and settles their differences.
2. The words of these labels, with how often their syllables are one word where they meet, and the words of
   the taggers are the lexicon.
3. A CRF on the treebank and a part of the news learns the weights of our features, on top of the weights that
   underthesea's model gives to n-grams. Both are linear, so that their sum is one table.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite

from viet_report_ie.text.segmenter import (
    LEVELS,
    Codes,
    Segmenter,
    Table,
    feature_hashes,
    ngram_hashes,
    pad_sentences,
)
from viet_report_ie.training.segmenter_prior import read_prior
from viet_report_ie.training.segmenter_teachers import (
    Sentence,
    Tags,
    known_words,
    news_sentences,
    pyvi_labeller,
    read_treebank,
    treebank_sentence,
    underthesea_labellers,
)

__all__ = ["build_lexicon", "main", "train", "word_f1"]

SCALE = 256
WEIGHT_BITS = 19
LEXICON_BITS = 19
FOLDS = 5
TREEBANK_WEIGHT = 6
"""How often the treebank is repeated beside the news."""
NEWS_STEP = 10
"""Which of the settled sentences of news are learnt from: every tenth."""
_KEPT = 48 - WEIGHT_BITS
_PARAMETERS = {"c1": 0.1, "max_iterations": 100, "feature.possible_transitions": True}
JUDGE_DECAY, DECAY = 0.05, 1.5
"""How much heavy weights cost (L2), for the judge of public labels and for the segmenter."""

Prior = tuple[Codes, npt.NDArray[np.float64]]
Words = set[tuple[int, int]]
Lists = Sequence[frozenset[str]]


def train(items: Sequence[pycrfsuite.ItemSequence], tags: Sequence[Tags], decay: float) -> pycrfsuite.Tagger:
    """Train a CRF on the items of some sentences."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**_PARAMETERS, "c2": decay})
    for sequence, joined in zip(items, tags, strict=True):
        trainer.append(sequence, ["I" if tag else "B" for tag in joined])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
    return tagger


def observe(
    units: Sequence[str],
    lexicon: Table,
    prior: Table | None = None,
    votes: Sequence[Sequence[str]] = (),
) -> pycrfsuite.ItemSequence:
    """Gather our features of one sentence, the score of the prior, and the votes of other models."""
    hashes = feature_hashes(*pad_sentences(units, [len(units)]), lexicon)
    columns = (hashes >> np.uint64(_KEPT)).T.tolist()
    items = [dict.fromkeys(map("{:x}".format, column), 1.0) for column in columns]
    if prior:
        for item, score in zip(items, prior[hashes].sum(axis=0, dtype=np.int64).tolist(), strict=True):
            item["prior"] = score / SCALE
    for item, names in zip(items, votes, strict=False):
        item.update(dict.fromkeys(names, 1.0))
    return pycrfsuite.ItemSequence(items)


def _table(hashes: Codes, weights: npt.NDArray[np.float64]) -> Table:
    """Weights as integers; where two features share a slot, the heavier one stays."""
    order = np.lexsort((hashes, np.abs(weights)))
    values = np.clip(np.rint(weights[order] * SCALE), -32768, 32767).astype(np.int64)
    used = values != 0
    return Table.build(hashes[order][used], values[used], WEIGHT_BITS)


def merge(tagger: pycrfsuite.Tagger, lexicon: Table, prior: Prior) -> Segmenter:
    """Add the learnt weights to those of the prior."""
    info = tagger.info()
    learnt: defaultdict[str, float] = defaultdict(float)
    for (attribute, tag), weight in info.state_features.items():
        learnt[attribute] += weight if tag == "I" else -weight
    share = learnt.pop("prior", 0.0)
    weights: defaultdict[int, float] = defaultdict(float)
    for attribute, weight in learnt.items():
        weights[int(attribute, 16)] += weight
    for key, weight in zip((prior[0] >> np.uint64(_KEPT)).tolist(), prior[1].tolist(), strict=True):
        weights[key] += share * weight
    keys = sorted(weights)
    hashes = np.array(keys, np.uint64) << np.uint64(_KEPT)
    begin_begin, begin_join, join_begin, join_join = (
        round(info.transitions.get((a, b), 0.0) * SCALE) for a in "BI" for b in "BI"
    )
    table = _table(hashes, np.array([weights[key] for key in keys]))
    return Segmenter(lexicon, table, (begin_begin, begin_join, join_begin, join_join))


def name_votes(labels: Sequence[Tags]) -> list[list[str]]:
    """Name what the public models say of each unit and its neighbours, alone and together."""
    near = [["".join("-01"[1 + tags[k]] if 0 <= k < len(tags) else "-" for k in range(i - 1, i + 2))
             for i in range(len(tags))] for tags in labels]  # fmt: skip
    named = []
    for views in zip(*near, strict=True):
        names = [f"{k}{view[1]}" for k, view in enumerate(views)] + [
            f"{k}:{view}" for k, view in enumerate(views)
        ]
        named.append([*names, "all" + "".join(view[1] for view in views), "all:" + "".join(views)])
    return named


def build_lexicon(settled: Iterable[Sentence], other: Iterable[Sentence] = (), lists: Lists = ()) -> Table:
    """Words of two to four units seen twice, by how often their units are one word where they meet.

    Values 1 to 3 are words of the settled labels; 4 and 5 those that only one model labelled. A list that
    has a word sets a bit above these.
    """
    values: dict[tuple[str, ...], int] = {}
    for sentences, levels in ((other, (0, 4, 5)), (settled, (1, 2, 3))):
        sentences = list(sentences)
        words: Counter[tuple[str, ...]] = Counter()
        for units, tags in sentences:
            words.update(word for word in _words(_lower(units), tags) if 2 <= len(word) <= 4)
        met: Counter[tuple[str, ...]] = Counter()
        for units, _ in sentences:
            lower = _lower(units)
            for size in (2, 3, 4):
                met.update(g for g in zip(*(lower[k:] for k in range(size)), strict=False) if words[g] > 1)
        for word, count in words.items():
            if count > 1:
                share = count / met[word]
                values[word] = levels[0 if share < 0.5 else 1 if share < 0.9 else 2]
    for k, listed in enumerate(lists):
        for entry in listed:
            word = tuple(entry.split(" "))
            values[word] = values.get(word, 0) + (LEVELS << k)
    hashes, numbers = [], []
    for size in (1, 2, 3, 4):
        chosen = sorted((value, word) for word, value in values.items() if value and len(word) == size)
        if chosen:
            codes, places = pad_sentences([unit for _, word in chosen for unit in word], [size] * len(chosen))
            hashes.append(ngram_hashes(codes, size)[places[::size]])
            numbers += [value for value, _ in chosen]
    return Table.build(np.concatenate(hashes), np.array(numbers, np.int64), LEXICON_BITS)


def _lower(units: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str.lower, units))


def _words(units: tuple[str, ...], tags: Tags) -> Iterator[tuple[str, ...]]:
    firsts = [i for i, tag in enumerate(tags) if not tag or not i]
    for first, end in zip(firsts, [*firsts[1:], len(units)], strict=True):
        yield units[first:end]


def word_f1(gold: Sequence[Sentence], segmenter: Segmenter) -> float:
    """F1 of exact words, in percent."""
    right = found = wanted = 0
    for units, tags in gold:
        ours = _spans(segmenter.joined(units, [len(units)]))
        theirs = _spans(tags)
        right += len(ours & theirs)
        found += len(ours)
        wanted += len(theirs)
    return 200 * right / (found + wanted)


def _spans(tags: Tags) -> Words:
    firsts = [i for i, tag in enumerate(tags) if not tag or not i]
    return set(zip(firsts, [*firsts[1:], len(tags)], strict=True))


def name_known(units: Sequence[str], lists: Lists) -> list[list[str]]:
    """Name which lists have words that each unit makes with those around it."""
    lower, size = _lower(units), len(units)

    def has(known: frozenset[str], start: int, end: int) -> bool:
        return start >= 0 and end <= size and " ".join(lower[start:end]) in known

    named = []
    for at in range(size):
        names, together = [], ""
        for k, known in enumerate(lists):
            pair = has(known, at - 1, at + 1)
            three = any(has(known, at - back, at - back + 3) for back in (1, 2))
            four = any(has(known, at - back, at - back + 4) for back in (1, 2, 3))
            view = f"{pair:d}{three:d}{four:d}"
            beside = f"{has(known, at, at + 2):d}{has(known, at - 2, at):d}"
            alone = f"{has(known, at - 1, at):d}{has(known, at, at + 1):d}"
            names += [f"list{k} {view}", f"list{k} {view}{beside}", f"list{k} alone {pair:d}{alone}"]
            together += view
        named.append([*names, f"lists {together}"])
    return named


def label_news(news: Sequence[Sequence[str]], treebank: Sequence[Sentence], lists: Lists) -> list[Sentence]:
    """Label news by the public models and settle their differences by what the treebank teaches."""
    labellers = (*underthesea_labellers(), pyvi_labeller())
    empty = Table(np.zeros(2, np.uint32))

    def votes(units: Sequence[str]) -> list[list[str]]:
        voted = name_votes([label(units) for label in labellers])
        return [[*names, *known] for names, known in zip(voted, name_known(units, lists), strict=True)]

    items = [observe(units, empty, votes=votes(units)) for units, _ in treebank]
    judge = train(items, [tags for _, tags in treebank], JUDGE_DECAY)
    return [
        Sentence(tuple(units), [tag == "I" for tag in judge.tag(observe(units, empty, votes=votes(units)))])
        for units in news
    ]


class School:
    """What segmenters learn from: the treebank, news, and the weights of the public model."""

    def __init__(self, treebank: Sequence[Sentence], news: Sequence[Sentence], lexicon: Table) -> None:
        self._lexicon, self._prior = lexicon, read_prior()
        table = _table(*self._prior)
        self._treebank, self._news = (
            [(observe(units, lexicon, table), tags) for units, tags in part] for part in (treebank, news)
        )

    def segmenter(self, left_out: int | None = None) -> Segmenter:
        """Train on the news and the treebank, or on all but one of its folds."""
        part = [pair for at, pair in enumerate(self._treebank) if at % FOLDS != left_out]
        items, tags = zip(*part * TREEBANK_WEIGHT, *self._news, strict=True)
        return merge(train(items, tags, DECAY), self._lexicon, self._prior)


def main() -> None:
    """Build the segmenter and print its score, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--articles", type=int, default=3000, help="articles labelled by all three models")
    parser.add_argument(
        "--cross-validate", action="store_true", help="print scores of five folds and write nothing"
    )
    options = parser.parse_args()
    treebank = [treebank_sentence(words) for words in read_treebank(options.corpus / "ud_vtb_train.conllu")]
    raw = options.corpus / "raw_news.jsonl.gz"
    lists = known_words()
    settled = label_news(list(news_sentences(raw, options.articles)), treebank, lists)
    pyvi = pyvi_labeller()
    lexicon = build_lexicon(settled, (Sentence(tuple(u), pyvi(u)) for u in news_sentences(raw, None)), lists)
    school = School(treebank, settled[::NEWS_STEP], lexicon)
    if options.cross_validate:
        scores = [word_f1(treebank[fold::FOLDS], school.segmenter(fold)) for fold in range(FOLDS)]
        folds = " ".join(f"{score:.2f}" for score in scores)
        print(f"word F1, five folds of the treebank: {folds}, mean {np.mean(scores):.2f}")
        return
    segmenter = school.segmenter()
    segmenter.save(options.out / "segmenter.npz")
    dev = [treebank_sentence(words) for words in read_treebank(options.corpus / "ud_vtb_dev.conllu")]
    print(f"word F1, unseen part of the treebank: {word_f1(dev, segmenter):.2f}")


if __name__ == "__main__":
    main()
