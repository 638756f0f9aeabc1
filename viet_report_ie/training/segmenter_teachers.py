"""What the segmenter learns from: the treebank, and public segmenters on raw news."""

from __future__ import annotations

import gzip
import json
import string
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from viet_report_ie.text.article import read
from viet_report_ie.text.shadow import make_shadow
from viet_report_ie.text.tokens import tokenize
from viet_report_ie.text.words import units_of

__all__ = [
    "Sentence",
    "Tags",
    "known_words",
    "news_sentences",
    "pyvi_labeller",
    "read_treebank",
    "underthesea_labellers",
]

Tags = Sequence[bool]
"""For each unit of a sentence: whether it is joined to the one before it."""
Labeller = Callable[[Sequence[str]], list[bool]]

_BRACKETS = {"LBKT": "(", "RBKT": ")"}
_LENGTHS = range(4, 121)


class Sentence(NamedTuple):
    """Units of one sentence and the words that they make."""

    units: tuple[str, ...]
    tags: Tags


def boundaries_to_tags(units: Sequence[str], words: Sequence[str]) -> list[bool] | None:
    """Tag units by the words over the same characters; None if the characters differ.

    Examples
    --------
    >>> boundaries_to_tags(["Hà", "Nội", "đẹp"], ["Hà Nội", "đẹp"])
    [False, True, False]
    """
    starts = set()
    place = 0
    for word in words:
        starts.add(place)
        place += len("".join(word.split()))
    if place != sum(map(len, units)):
        return None
    tags, place = [], 0
    for unit in units:
        tags.append(place not in starts)
        place += len(unit)
    return tags


def read_treebank(path: Path) -> list[list[str]]:
    """Words of each sentence, in shadow form, with brackets for the codes that stand for them."""
    sentences: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].isdigit():
            sentences[-1].append(make_shadow(_BRACKETS.get(fields[1], fields[1])).text)
        elif not line and sentences[-1]:
            sentences.append([])
    return [words for words in sentences if words]


def treebank_sentence(words: Sequence[str]) -> Sentence:
    """Units and tags of one sentence of the treebank."""
    text = " ".join(_close(word) for word in words)
    (units,) = units_of(text, [(0, len(text))], tokenize(text))
    tags = boundaries_to_tags(units, words)
    assert tags is not None
    return Sentence(tuple(units), tags)


def _close(word: str) -> str:
    """Join again a number or an abbreviation that the treebank spaced: `25 . 000`."""
    if not any(character.isdigit() or character == "." for character in word):
        return word
    pieces = word.split(" ")
    closed = pieces[0]
    for before, after in pairwise(pieces):
        signs = not before[-1].isalnum() or not after[0].isalnum()
        closed += after if signs else f" {after}"
    return closed


def news_sentences(path: Path, articles: int | None) -> Iterator[list[str]]:
    """Units of the sentences of raw news."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, articles):
            article = read(json.loads(line)["text"].replace("_", "-"))
            for units in units_of(article.text, article.sentences, article.tokens):
                if len(units) in _LENGTHS:
                    yield [sys.intern(unit) for unit in units]


def underthesea_labellers() -> tuple[Labeller, Labeller]:
    """Load the model of underthesea with its dictionary, and with an empty one."""
    import underthesea.pipeline.word_tokenize as package
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea_core import CRFFeaturizer  # type: ignore[import-untyped]

    def labeller(tagger: Any) -> Labeller:
        def label(units: Sequence[str]) -> list[bool]:
            return [tag == "I-W" for tag in tagger.predict([[unit] for unit in units])]

        return label

    folder = Path(package.__file__).parent / "models" / "ws_crf_vlsp2013_20230727"
    full, empty = FastCRFSequenceTagger(), FastCRFSequenceTagger()
    for tagger in (full, empty):
        tagger.load(str(folder))
    import joblib  # type: ignore[import-untyped]

    empty.featurizer = CRFFeaturizer(joblib.load(folder / "features.bin"), set())
    return labeller(full), labeller(empty)


def pyvi_labeller() -> Labeller:
    """Load the model of pyvi, with its rule by which words join no signs or digits."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi.ViTokenizer import ViTokenizer  # type: ignore[import-untyped]

    def apart(before: str, after: str) -> bool:
        return (
            after in string.punctuation
            or before in string.punctuation
            or after[0].isdigit()
            or before[0].isdigit()
            or (after.istitle() and not before.istitle())
        )

    def label(units: Sequence[str]) -> list[bool]:
        _, tokens = ViTokenizer.sylabelize(" ".join(units))
        tags = ViTokenizer.model.predict([ViTokenizer.sent2features(tokens, False)])[0]
        words: list[str] = []
        for i, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
            if i and tag == "I_W" and not apart(tokens[i - 1], token):
                words[-1] += token
            else:
                words.append(token)
        return boundaries_to_tags(units, words) or [False] * len(units)

    return label


def known_words() -> tuple[frozenset[str], ...]:
    """Words of three public part-of-speech taggers, learnt from treebanks, and of the dictionary of pyvi."""
    import underthesea.pipeline.pos_tag as package
    from pyvi import ViPosTagger  # type: ignore[import-untyped]

    folder = Path(package.__file__).parent
    places = [f"T[{k}].lower=" for k in range(-2, 3)]
    lists = []
    for name in ("models/pos_crf_vlsp2013_20230303/models.bin", "pos_crf_2017_10_11.bin"):
        tagger = pycrfsuite.Tagger()
        tagger.open(str(folder / name))
        lists.append(_words_behind(places, tagger.info()))
    places = [f"{k}word.lower():" for k in ("-2:", "-1:", "", "+1:", "+2:")]
    lists.append(_words_behind(places, ViPosTagger.ViPosTagger.model.tagger_.info()))
    dictionary = Path(ViPosTagger.__file__).parent / "models" / "words.txt"
    lists.append(frozenset(map(_folded, dictionary.read_text(encoding="utf-8").splitlines())))
    return tuple(lists)


def _words_behind(places: Sequence[str], model: Any) -> frozenset[str]:
    """Words of the features of a model that begin with one of some prefixes."""
    words = set()
    for feature, _ in model.state_features:
        for place in places:
            if feature.startswith(place):
                words.add(_folded(feature[len(place) :]))
    return frozenset(words)


def _folded(word: str) -> str:
    return make_shadow(word.replace("_", " ")).text.lower()
