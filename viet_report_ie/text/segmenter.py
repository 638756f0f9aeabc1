"""A trained segmenter: which syllables join into one word.

Every syllable gets one score, *joined to the one before it* against *begins a word*: the sum of the integer
weights of its features. Features are hashed, so that a whole article is scored with a few array operations
and the model is two small tables without a vocabulary. Integer sums are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import regex

__all__ = ["Segmenter", "Table", "feature_hashes", "load_segmenter", "ngram_hashes", "pad_sentences"]

Codes = npt.NDArray[np.uint64]

PAD = 3
"""Empty places on both sides of a sentence: no n-gram reaches over them."""

_SHAPES = regex.compile(
    r"(?P<number>\p{N}[\p{N}.,/:%-]*+$)|(?P<digits>.*\p{N})|(?P<sign>[^\p{L}]++$)"
    r"|(?P<lower>\p{Ll}++$)|(?P<letter>\p{Lu}$)|(?P<title>\p{Lu}\p{Ll}++$)|(?P<upper>\p{Lu}++$)"
)
_VIETNAMESE = regex.compile(
    r"(?:ngh|ng|nh|kh|ch|gh|gi|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ng|nh|ch|[cmnpt])?$"
)
_FOREIGN = 8
_DIGIT = regex.compile(r"\p{N}")
_LONGEST = 32
_SIGN = 4
_NEVER = -(1 << 40)


@lru_cache(maxsize=1 << 16)
def _code(token: str) -> int:
    """A 64-bit code of a token: 56 bits for the word without its case, 8 for its shape."""
    match = _SHAPES.match(token)
    shape = (match.lastindex or 0) + 1 if match else 1
    word = token.lower()
    if shape in (2, 3):
        word = _DIGIT.sub("0", word)
    elif shape != 4 and not _VIETNAMESE.match(word):
        shape += _FOREIGN
    return int.from_bytes(blake2b(word.encode(errors="replace"), digest_size=7).digest(), "big") << 8 | shape


def _constant(name: str) -> np.uint64:
    """An odd 64-bit multiplier."""
    return np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") | 1)


# One row a feature: offsets of the words and of the shapes that it joins, and the lexicon pattern that it adds.
_TEMPLATES: tuple[tuple[tuple[int, ...], tuple[int, ...], str], ...] = (
    *(((k,), (), "") for k in range(-2, 3)),
    *(((k,), (k,), "") for k in range(-2, 3)),
    *(((), (k,), "") for k in range(-2, 3)),
    *((pair, (), "") for pair in ((-2, -1), (-1, 0), (0, 1), (1, 2), (-2, 0), (-1, 1), (0, 2))),
    *((pair, pair, "") for pair in ((-2, -1), (-1, 0), (0, 1), (1, 2), (-2, 0), (-1, 1), (0, 2))),
    ((), (0, 1), ""),
    ((), (0, 2), ""),
    ((-2, -1, 0), (), ""),
    ((-1, 0, 1), (), ""),
    ((-1,), (0,), ""),
    ((0,), (-1,), ""),
    ((), (-1, 0), ""),
    ((), (-2, -1, 0), ""),
    ((), (-1, 0, 1), ""),
    ((), (-2, -1, 0, 1), ""),
    ((), (), "inner"),
    ((), (), "pairs"),
    ((), (), "all"),
    ((), (-1, 0), "all"),
    ((-1,), (), "inner"),
    ((0,), (), "inner"),
)
_WORDS = {k: _constant(f"word {k}") for k in range(-3, 4)}
_SHAPE = {k: _constant(f"shape {k}") for k in range(-3, 4)}
_PATTERN = {name: _constant(f"pattern {name}") for name in ("all", "inner", "pairs")}
_SEEDS = tuple(_constant(f"template {t}") for t in range(len(_TEMPLATES)))
_NGRAM = tuple(_constant(f"ngram {k}") for k in range(4))


@dataclass(frozen=True)
class Table:
    """A hash table of small numbers: a slot holds 16 bits of the hash and a value; an empty slot is 0."""

    slots: npt.NDArray[np.uint32]

    @classmethod
    def build(cls, hashes: Codes, values: npt.NDArray[np.int64], bits: int) -> Table:
        """Fill a table; of two entries with one slot, the last stays."""
        slots = np.zeros(1 << bits, np.uint32)
        check = (hashes >> np.uint64(48 - bits)).astype(np.uint16).astype(np.uint32)
        slots[hashes >> np.uint64(64 - bits)] = (check << np.uint32(16)) | values.astype(np.uint16)
        return cls(slots)

    def __getitem__(self, hashes: Codes) -> npt.NDArray[np.int16]:
        """Values of the hashes, 0 where the table has none."""
        bits = len(self.slots).bit_length() - 1
        found = self.slots[hashes >> np.uint64(64 - bits)]
        check = (hashes >> np.uint64(48 - bits)).astype(np.uint16)
        return np.where(found >> np.uint32(16) == check, found.astype(np.uint16).astype(np.int16), np.int16(0))


def pad_sentences(sentences: Sequence[Sequence[str]]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Codes of all tokens with empty places around each sentence, and the places of the tokens."""
    lengths = np.fromiter(map(len, sentences), np.int64, len(sentences))
    total = int(lengths.sum())
    tokens = (token if len(token) < _LONGEST else token[:_LONGEST] for sentence in sentences for token in sentence)
    places = np.arange(total) + np.repeat(np.arange(1, len(sentences) + 1) * PAD, lengths)
    codes = np.zeros(total + PAD * (len(sentences) + 1), np.uint64)
    codes[places] = np.fromiter(map(_code, tokens), np.uint64, total)
    return codes, places


def ngram_hashes(codes: Codes, size: int) -> Codes:
    """Hash of the `size` words that begin at each place."""
    words = codes >> np.uint64(8)
    end = len(words) - size + 1
    hashes = words[:end] * _NGRAM[0]
    for k in range(1, size):
        hashes = hashes + words[k : end + k] * _NGRAM[k]
    return hashes + _SEEDS[size]


def feature_hashes(codes: Codes, places: npt.NDArray[np.int64], lexicon: Table) -> Codes:
    """One row a feature, one column a token."""
    words = {k: codes[places + k] >> np.uint64(8) for k in range(-2, 3)}
    shapes = {k: codes[places + k] & np.uint64(0xFF) for k in range(-2, 3)}
    known = {n: lexicon[ngram_hashes(codes, n)].astype(np.uint64) for n in (2, 3, 4)}
    pairs = known[2][places - 1]
    inner = pairs
    for n, k in ((3, -2), (3, -1), (4, -3), (4, -2), (4, -1)):
        inner = inner * np.uint64(4) + known[n][places + k]
    around = known[2][places - 2] * np.uint64(4) + known[2][places]
    patterns = {
        "inner": inner + np.uint64(1),
        "pairs": pairs * np.uint64(16) + around + np.uint64(1),
        "all": (inner * np.uint64(16) + around) * np.uint64(4) + known[3][places] + np.uint64(1),
    }
    rows = np.empty((len(_TEMPLATES), len(places)), np.uint64)
    for row, seed, (word_offsets, shape_offsets, pattern) in zip(rows, _SEEDS, _TEMPLATES, strict=True):
        row[:] = seed
        for k in word_offsets:
            row += words[k] * _WORDS[k]
        for k in shape_offsets:
            row += shapes[k] * _SHAPE[k]
        if pattern:
            row += patterns[pattern] * _PATTERN[pattern]
    # The sum of products leaves its best bits on top; one more product spreads the small numbers of shapes.
    rows ^= rows >> np.uint64(29)
    rows *= _NGRAM[3]
    return rows


@dataclass(frozen=True)
class Segmenter:
    """The trained tables."""

    lexicon: Table
    weights: Table
    transitions: tuple[int, int, int, int]
    """Scores of: begin after begin, join after begin, begin after join, join after join."""

    def joined(self, sentences: Sequence[Sequence[str]]) -> list[bool]:
        """Tell of each token of the sentences, one after another, whether it goes on the word before it."""
        codes, places = pad_sentences(sentences)
        hashes = feature_hashes(codes, places, self.lexicon)
        total = self.weights[hashes].sum(axis=0, dtype=np.int64)
        shapes = codes & np.uint64(0xFF)
        total[(shapes[places] == _SIGN) | (shapes[places - 1] == _SIGN)] = _NEVER
        scores = total.tolist()
        tags: list[bool] = []
        first = 0
        for sentence in sentences:
            end = first + len(sentence)
            tags += self._decode(scores[first:end])
            first = end
        return tags

    def _decode(self, scores: list[int]) -> list[bool]:
        """Find the best path over the two tags; the first token begins a word."""
        begin_begin, begin_join, join_begin, join_join = self.transitions
        begin, join = 0, _NEVER
        back: list[tuple[bool, bool]] = []
        for score in scores[1:]:
            from_join_begin = join + join_begin > begin + begin_begin
            from_join_join = join + join_join > begin + begin_join
            back.append((from_join_begin, from_join_join))
            begin, join = (
                join + join_begin if from_join_begin else begin + begin_begin,
                (join + join_join if from_join_join else begin + begin_join) + score,
            )
        tag = join > begin
        tags = [tag] if scores else []
        for choice in reversed(back):
            tag = choice[tag]
            tags.append(tag)
        tags.reverse()
        return tags

    def save(self, path: Path) -> None:
        """Write the tables as compressed arrays without pickle."""
        np.savez_compressed(
            path,
            lexicon=self.lexicon.slots,
            weights=self.weights.slots,
            transitions=np.array(self.transitions, np.int64),
        )

    @classmethod
    def read(cls, path: Path) -> Segmenter:
        """Read what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            begin_begin, begin_join, join_begin, join_join = arrays["transitions"].tolist()
            return cls(
                Table(arrays["lexicon"]),
                Table(arrays["weights"]),
                (begin_begin, begin_join, join_begin, join_join),
            )


@lru_cache(maxsize=1)
def load_segmenter() -> Segmenter:
    """Load the segmenter that is shipped."""
    with as_file(files("viet_report_ie.models") / "segmenter.npz") as path:
        return Segmenter.read(path)
