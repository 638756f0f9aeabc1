"""Words as data: TOML and TSV files of this folder, read once, on first use."""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["load_toml", "load_tsv"]


@cache
def load_toml(name: str) -> dict[str, Any]:
    """Return the content of ``lexicon/<name>.toml``; callers must not change it."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_tsv(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of ``lexicon/<name>.tsv`` without blank lines and ``#`` comments."""
    text = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and line[0] != "#")
