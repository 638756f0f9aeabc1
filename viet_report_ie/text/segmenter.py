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

__all__ = [
    "LEVELS",
    "TEMPLATES",
    "Codes",
    "Segmenter",
    "Table",
    "feature_hashes",
    "load_segmenter",
    "ngram_hashes",
    "pad_sentences",
    "template_hash",
    "token_code",
]

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
def token_code(token: str) -> int:
    """Code a token in 64 bits: 56 for the word without its case, 8 for its shape."""
    match = _SHAPES.match(token)
    shape = (match.lastindex or 0) + 1 if match else 1
    word = token.lower()
    if shape in (2, 3):
        word = _DIGIT.sub("0", word)
    elif shape != 4 and not _VIETNAMESE.match(word):
        shape += _FOREIGN
    return int.from_bytes(blake2b(word.encode(errors="replace"), digest_size=7).digest(), "big") << 8 | shape


def _constant(name: str) -> np.uint64:
    """Make an odd 64-bit multiplier."""
    return np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") | 1)


LISTS = 4
"""Word lists that the lexicon holds beside how often syllables are one word."""
LEVELS = 8
"""How often syllables are one word where they meet: a number below this, 0 if they never are."""

# One row a feature: offsets of the words and of the shapes that it joins, and the lexicon pattern it adds.
TEMPLATES: tuple[tuple[tuple[int, ...], tuple[int, ...], str], ...] = (
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
    ((), (), "known"),
    *(((), (), f"known {k}") for k in range(LISTS)),
    *(((), (), f"alone {k}") for k in range(LISTS)),
)
_WORDS = {k: _constant(f"word {k}") for k in range(-3, 4)}
_SHAPE = {k: _constant(f"shape {k}") for k in range(-3, 4)}
_PATTERN = {name: _constant(f"pattern {name}") for *_, name in TEMPLATES if name}
_SEEDS = tuple(_constant(f"template {t}") for t in range(len(TEMPLATES)))
_SPREAD = _constant("spread")
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
        found = self.slots.take((hashes >> np.uint64(64 - bits)).view(np.int64))
        values = found.astype(np.uint16).view(np.int16)
        values *= (found >> np.uint32(16)).astype(np.uint16) == (hashes >> np.uint64(48 - bits)).astype(
            np.uint16
        )
        return values


def pad_sentences(tokens: Sequence[str], lengths: Sequence[int]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Code the tokens of sentences, with empty places around each sentence; return their places too."""
    codes = np.zeros(len(tokens) + PAD * (len(lengths) + 1), np.uint64)
    places = np.arange(len(tokens)) + np.repeat(np.arange(1, len(lengths) + 1) * PAD, lengths)
    if max(map(len, tokens), default=0) > _LONGEST:
        tokens = [token[:_LONGEST] for token in tokens]
    codes[places] = np.fromiter(map(token_code, tokens), np.uint64, len(tokens))
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
    all_words, all_shapes = codes >> np.uint64(8), codes & np.uint64(0xFF)
    words = {k: all_words[places + k] * _WORDS[k] for k in range(-2, 3)}
    shapes = {k: all_shapes[places + k] * _SHAPE[k] for k in range(-2, 3)}
    entries = {n: lexicon[ngram_hashes(codes, n)].astype(np.uint64) for n in (1, 2, 3, 4)}
    patterns = _level_patterns({n: values % np.uint64(LEVELS) for n, values in entries.items()}, places)
    patterns |= _list_patterns({n: values // np.uint64(LEVELS) for n, values in entries.items()}, places)
    rows = np.empty((len(TEMPLATES), len(places)), np.uint64)
    for row, seed, (word_offsets, shape_offsets, pattern) in zip(rows, _SEEDS, TEMPLATES, strict=True):
        row[:] = seed
        for k in word_offsets:
            row += words[k]
        for k in shape_offsets:
            row += shapes[k]
        if pattern:
            row += patterns[pattern] * _PATTERN[pattern]
    # The sums hold their best bits on top; one more product spreads the small numbers of shapes.
    rows ^= rows >> np.uint64(29)
    rows *= _SPREAD
    return rows


def _level_patterns(levels: dict[int, Codes], places: npt.NDArray[np.int64]) -> dict[str, Codes]:
    """How often the words that a token may be in are one word where their syllables meet."""
    pairs = levels[2][places - 1]
    inner = (pairs, *(levels[n][places + k] for n, k in ((3, -2), (3, -1), (4, -3), (4, -2), (4, -1))))
    around = (levels[2][places - 2], levels[2][places])
    return {
        "inner": _packed(inner, LEVELS),
        "pairs": _packed((pairs, *around), LEVELS),
        "all": _packed((*inner, *around, levels[3][places]), LEVELS),
    }


def _list_patterns(lists: dict[int, Codes], places: npt.NDArray[np.int64]) -> dict[str, Codes]:
    """Which lists have a word of two, three or four tokens that joins a token to the one before it."""
    joined = (
        lists[2][places - 1],
        lists[3][places - 2] | lists[3][places - 1],
        lists[4][places - 3] | lists[4][places - 2] | lists[4][places - 1],
    )
    beside = (lists[2][places - 2], lists[2][places])
    alone = (lists[1][places - 1], lists[1][places])
    patterns = {"known": _packed(joined, 1 << LISTS)}
    for k in range(LISTS):
        bits = [row >> np.uint64(k) & np.uint64(1) for row in (*joined, *beside, *alone)]
        patterns[f"known {k}"] = _packed(bits[:5], 2)
        patterns[f"alone {k}"] = _packed((bits[0], *bits[5:]), 2)
    return patterns


def _packed(columns: Sequence[Codes], base: int) -> Codes:
    """Digits of one number each, and one more, so that no pattern is 0."""
    total = columns[0]
    for column in columns[1:]:
        total = total * np.uint64(base) + column
    return total + np.uint64(1)


def template_hash(template: int, words: Sequence[int], shapes: Sequence[int]) -> int:
    """Hash of one feature, as :func:`feature_hashes` makes it."""
    word_offsets, shape_offsets, _ = TEMPLATES[template]
    total = int(_SEEDS[template])
    total += sum(word * int(_WORDS[k]) for k, word in zip(word_offsets, words, strict=True))
    total += sum(shape * int(_SHAPE[k]) for k, shape in zip(shape_offsets, shapes, strict=True))
    total &= (1 << 64) - 1
    return (total ^ total >> 29) * int(_SPREAD) & (1 << 64) - 1


@dataclass(frozen=True)
class Segmenter:
    """The trained tables."""

    lexicon: Table
    weights: Table
    transitions: tuple[int, int, int, int]
    """Scores of: begin after begin, join after begin, begin after join, join after join."""

    def joined(self, tokens: Sequence[str], lengths: Sequence[int]) -> list[bool]:
        """Tell of each token whether it goes on the word before it.

        Parameters
        ----------
        tokens
            The tokens of some sentences, one sentence after another.
        lengths
            How many tokens each sentence has.
        """
        if not tokens:
            return []
        codes, places = pad_sentences(tokens, lengths)
        scores = self.weights[feature_hashes(codes, places, self.lexicon)].sum(axis=0, dtype=np.int64)
        shapes = codes & np.uint64(0xFF)
        before = shapes[places - 1]
        scores[(shapes[places] == _SIGN) | (before == _SIGN) | (before == 0)] = _NEVER
        return self.best_path(scores)

    def best_path(self, scores: npt.NDArray[np.int64]) -> list[bool]:
        """Find the best path over the two tags. The first score must rule *joined* out.

        Most scores are higher or lower than transitions can outweigh; only what lies between is searched.
        """
        begin_begin, begin_join, join_begin, join_join = self.transitions
        before = (begin_join - begin_begin, join_join - join_begin)
        after = (0, join_begin - begin_begin, join_join - begin_join)
        tags: list[bool] = (scores + min(before) + min(after) > 0).tolist()
        unclear = np.flatnonzero(
            (scores + min(before) + min(after) <= 0) & (scores + max(before) + max(after) > 0)
        )
        runs = np.split(unclear, np.flatnonzero(np.diff(unclear) > 1) + 1) if len(unclear) else []
        for run in runs:
            first, end = int(run[0]), int(run[-1]) + 1
            begin, join = (_NEVER, 0) if tags[first - 1] else (0, _NEVER)
            back: list[tuple[bool, bool]] = []
            for score in scores[first:end].tolist():
                from_begin, from_join = begin + begin_begin, join + join_begin
                to_join, on_join = begin + begin_join, join + join_join
                back.append((from_join > from_begin, on_join > to_join))
                begin = max(from_begin, from_join)
                join = max(to_join, on_join) + score
            if end < len(tags):
                begin += begin_join if tags[end] else begin_begin
                join += join_join if tags[end] else join_begin
            tag = join > begin
            for i in range(end - 1, first - 1, -1):
                tags[i] = tag
                tag = back[i - first][tag]
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
