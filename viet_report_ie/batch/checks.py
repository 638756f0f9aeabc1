"""What makes a text no article, before it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["MAX_CHARACTERS", "Problem", "encodable", "read_published", "text_problem"]

MAX_CHARACTERS = 2_000_000
"""A book has about a million; what is longer is no article."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")


@dataclass(frozen=True)
class Problem:
    """Why an article cannot be read; `kind` is one of `errors.KINDS`."""

    kind: str
    reason: str


def text_problem(text: object, max_characters: int) -> Problem | None:
    r"""Return what speaks against reading `text`, None if nothing does.

    Examples
    --------
    >>> text_problem(" \n", 100)
    Problem(kind='empty', reason='nothing but white space')
    >>> text_problem("Xã có 120 hộ nghèo.", 100)
    """
    if not isinstance(text, str):
        return Problem("no_text", f"got {type(text).__name__}, want str")
    if not text or text.isspace():
        return Problem("empty", "nothing but white space")
    if len(text) > max_characters:
        return Problem("too_long", f"{len(text):,} characters, at most {max_characters:,} are read")
    # Old scans hold a stray control character; where they are one in a hundred, it is no text.
    if len(controls := _CONTROLS.findall(text)) * 100 > len(text):
        return Problem("not_text", f"{len(controls):,} control characters among {len(text):,}")
    return None


def read_published(value: object) -> tuple[date | None, str]:
    """Return the day that a column of dates gives, and a note if it gives something else.

    Examples
    --------
    >>> read_published("2020-07-19T08:30:00+07:00")
    (datetime.date(2020, 7, 19), '')
    >>> read_published("19/7/2020")
    (datetime.date(2020, 7, 19), '')
    >>> read_published("hôm qua")
    (None, "published: got 'hôm qua', want a date")
    """
    if isinstance(value, datetime):
        return value.date(), ""
    if value is None or isinstance(value, date):
        return value, ""
    text = str(value).strip()
    try:
        if found := _VIETNAMESE_DAY.match(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day), ""
        return (date.fromisoformat(text[:10]) if text else None), ""
    except ValueError:
        return None, f"published: got {text[:40]!r}, want a date"


def encodable(text: str) -> str:
    """Return `text` with what UTF-8 cannot hold written out; names of files and ids may hold anything."""
    return text.encode("utf-8", "backslashreplace").decode()
