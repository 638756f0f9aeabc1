"""The weights that underthesea's word segmenter (Apache-2.0) gives to n-grams, as features of our own."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite
import regex

from viet_report_ie.text.segmenter import TEMPLATES, Codes, template_hash, token_code
from viet_report_ie.text.shadow import make_shadow

__all__ = ["read_prior"]

_ATTRIBUTE = regex.compile(r"T\[(-?\d)(?:,(-?\d))?\](\.\w+)?=(.*)", regex.DOTALL)
_TITLE = (6, 7, 14, 15)
_NUMBER = (2,)
_ANY = (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16)
_PLACES = {(words, shapes): i for i, (words, shapes, pattern) in enumerate(TEMPLATES) if not pattern}


def read_prior() -> tuple[Codes, npt.NDArray[np.float64]]:
    """Read the feature hashes of the public model and their weights for *joined*."""
    import underthesea.pipeline.word_tokenize as package

    tagger = pycrfsuite.Tagger()
    tagger.open(str(Path(package.__file__).parent / "models" / "ws_crf_vlsp2013_20230727" / "models.bin"))
    weights: defaultdict[int, float] = defaultdict(float)
    for (attribute, tag), weight in sorted(tagger.info().state_features.items()):
        match = _ATTRIBUTE.match(attribute)
        if not match:
            continue
        offsets = tuple(int(offset) for offset in match.group(1, 2) if offset)
        for key in _hashes(offsets, match[3] or "", match[4]):
            weights[key] += weight if tag == "I-W" else -weight
    keys = sorted(weights)
    return np.array(keys, np.uint64), np.array([weights[key] for key in keys])


def _hashes(offsets: tuple[int, ...], kind: str, value: str) -> list[int]:
    """Our features for one of theirs: none for what its dictionary or digits would say."""
    if value in ("BOS", "EOS"):
        outer = min(offsets) if value == "BOS" else max(offsets)
        return [_shape_hash((outer,), (0,))] if kind != ".is_in_dict" else []
    if kind == ".is_in_dict":
        return [_shape_hash((0,), (shape,)) for shape in _ANY] if value in ("0", "False") else []
    if kind in (".istitle", ".isdigit"):
        chosen = _TITLE if kind == ".istitle" else _NUMBER
        wanted = value in ("1", "True")
        if len(offsets) == 1:
            return [_shape_hash(offsets, (shape,)) for shape in _ANY if (shape in chosen) == wanted]
        pairs = ((a, b) for a in _ANY for b in _ANY)
        return [_shape_hash(offsets, pair) for pair in pairs if all(s in chosen for s in pair) == wanted]
    tokens = value.split(" ")
    if len(tokens) != len(offsets) or any(character.isdigit() for character in value):
        return []
    codes = [token_code(make_shadow(token).text) for token in tokens]
    words, shapes = [code >> 8 for code in codes], [code & 0xFF for code in codes]
    if kind == ".lower":
        return [template_hash(_PLACES[offsets, ()], words, ())]
    return [template_hash(_PLACES[offsets, offsets], words, shapes)]


def _shape_hash(offsets: tuple[int, ...], shapes: tuple[int, ...]) -> int:
    return template_hash(_PLACES[(), offsets], (), shapes)
