"""Annotated articles: one JSON object a line, plain or gzip."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["read_jsonl"]


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file.

    Parameters
    ----------
    path : pathlib.Path
        A file in UTF-8; with the ending ``.gz`` it is decompressed.

    Raises
    ------
    ValueError
        If a line is not a JSON object; the message names the file and the line.
    """
    with (
        gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    ) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            if not isinstance(item, dict):
                raise ValueError(f"{path}, line {number}: got {type(item).__name__}, want a JSON object")
            yield item
