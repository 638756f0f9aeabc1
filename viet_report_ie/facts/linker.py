"""The trained weights that tie figures to their words, and how they are stored."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from viet_report_ie.facts.chooser import Chooser
from viet_report_ie.facts.encoder import DILATIONS, Encoder
from viet_report_ie.facts.pointer import Pointer
from viet_report_ie.facts.symbols import COLUMNS, Lexis
from viet_report_ie.lexicon import load_tsv

__all__ = [
    "CHOOSERS",
    "POINTERS",
    "POINTER_PARTS",
    "SCALE",
    "Linker",
    "load_groups",
    "load_linker",
    "load_parts",
]

POINTERS = ("indicator", "base")
CHOOSERS = ("inherit", "no_base", "indicator_side", "base_side", "kind", "status", "period")
POINTER_PARTS = ("token", "query", "unit_class", "place", "out", "constant", "lengths")
"""The parts of a pointer, as they are stored; the last two are fractions of `SCALE`."""
_FIRST = ("E", "C", "T", "V")
SCALE = 256
"""Weights are stored as whole numbers of this fraction."""


@dataclass(frozen=True)
class Linker:
    """All weights: an encoder of tokens, two pointers at spans, and the choosers over named features."""

    lexis: Lexis
    encoder: Encoder
    pointers: Mapping[str, Pointer]
    choosers: Mapping[str, Chooser]

    @classmethod
    def from_bytes(cls, data: bytes) -> Linker:
        """Read what `pack` has written."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            words = _lines(arrays["words"])
            lexis = Lexis(
                {word: at for at, word in enumerate(words, 1)},
                *load_parts(),
                *load_groups(),
            )
            encoder = Encoder(
                [arrays[name] for name in COLUMNS],
                [(arrays[f"mix{at}"], arrays[f"mix{at}_constant"]) for at in range(len(DILATIONS))],
            )
            pointers = {
                name: Pointer(
                    *(arrays[f"{name}_{part}"] for part in POINTER_PARTS[:-2]),
                    *(arrays[f"{name}_{part}"] / SCALE for part in POINTER_PARTS[-2:]),
                )
                for name in POINTERS
            }
            choosers = {name: _read_chooser(name, arrays) for name in CHOOSERS}
        return cls(lexis, encoder, pointers, choosers)


@lru_cache(maxsize=1)
def load_parts() -> tuple[dict[str, int], int]:
    """Return the part of speech of each known word, as a number, and how many parts there are."""
    rows = load_tsv("parts_of_speech")
    tags = {tag: at for at, tag in enumerate([*_FIRST, *sorted({tag for _, tag in rows} - {*_FIRST})], 1)}
    return {word: tags[tag] for word, tag in rows}, len(tags)


@lru_cache(maxsize=1)
def load_groups() -> tuple[dict[str, int], int]:
    """Return the group of each known syllable, and how many groups there are."""
    groups = {word: int(group) for word, group in load_tsv("syllable_clusters")}
    return groups, max(groups.values())


@lru_cache(maxsize=1)
def load_linker() -> Linker:
    """Return the shipped weights, read once."""
    return Linker.from_bytes(files("viet_report_ie.models").joinpath("linker.npz").read_bytes())


def pack_lines(lines: Iterable[str]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return lines of text as an array of bytes."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(array: np.ndarray[Any, Any]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []


def _read_chooser(name: str, arrays: Mapping[str, np.ndarray[Any, Any]]) -> Chooser:
    features = _lines(arrays[f"{name}_features"])
    weights = arrays[f"{name}_weights"].astype(np.float64) / SCALE
    return Chooser(tuple(_lines(arrays[f"{name}_answers"])), dict(zip(features, weights, strict=True)))
