"""The shadow of a text: one normal form for all rules and models, with a map back to the original offsets."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5

import regex

__all__ = ["Shadow", "make_shadow"]

# One character for one, so that no offset moves. C1 controls are read as windows-1252.
_FOLDS = {
    "-": "\u02d7\u058a\u1806\u2010-\u2015\u2043\u2212\u2500\u2501\u2e3a\u2e3b\u301c\u3030\ufe31\ufe32\ufe58"
    "\ufe63\x96\x97",
    '"': "\u00ab\u00bb\u02ba\u02dd\u201c-\u201f\u2033\u2036\u275d\u275e\u301d-\u301f\x93\x94",
    "'": "\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\u2039\u203a\u275b\u275c\u1ffd\x91\x92",
    " ": "\x00-\x09\x0e-\x1f\x7f-\x84\x86-\x90\x95\x98-\xa0\u1680\u2000-\u200a\u202f\u205f\u3000",
    "\n": "\r\x0b\x0c\x85\u2028\u2029",
    "\u0110": "\u00d0\u0189",  # Đ: Icelandic eth, African D
    "\u0111": "\u00f0\u0256",
    "\ufffd": "\ud800-\udfff",
}
_FULLWIDTH = range(0xFF01, 0xFF5F)
_FOLDED = re.compile(f"[{''.join(_FOLDS.values())}{chr(_FULLWIDTH[0])}-{chr(_FULLWIDTH[-1])}]")
# Soft hyphen, zero-width and bidi controls, byte order mark, variation selectors, tags; CR before LF.
_REMOVED = re.compile(
    "[{0}\r](?<!\r(?!\n))[{0}]*".format(
        "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
        "\U000e0000-\U000e0fff"
    )
)
# Scraped pages often leave these five without their semicolon.
_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|(?:nbsp|amp|quot|lt|gt)(?![A-Za-z0-9=;#](?![\u0300-\u036f]))|[A-Za-z][A-Za-z0-9]{1,30};)"
)
_MAX_ENTITY_PASSES = 4
_MARK = regex.compile(r"\p{M}")
_MAX_MARKS = 16
# What NFC may change: marks with their base, Hangul letters, characters with a canonical singleton.
_COMPOSED = regex.compile(
    r"\P{M}?\p{M}+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]"
    r"|[\u0340-\u0400\u0900-\u10ff\u1f00-\u2fff\uf900-\ufb4f\U00010000-\U0002ffff]"
)
# The tone sits on the first vowel of an open `oa`, `oe`, `uy`; after `q` the `u` is no vowel.
_NEW_TONE = re.compile(
    "[oOuU](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])(?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ])(?![^\\W\\d_]|[\u0300-\u036f])",
    re.DOTALL,
)
_SPACE_RUN = re.compile("[ \n]{2,}")

_Edit = tuple[int, int, str]
"""Start and end in the input of a stage, and what stands there in its output."""


@dataclass(frozen=True)
class _Stage:
    """The offset map of one rewriting: parallel lists of edits that change the length, in order."""

    starts: list[int]
    ends: list[int]
    old_starts: list[int]
    old_ends: list[int]

    def start(self, offset: int) -> int:
        """Map the start of the output character at `offset` to the input."""
        edit = bisect_right(self.starts, offset) - 1
        if edit < 0:
            return offset
        if offset < self.ends[edit]:
            return self.old_starts[edit]
        return offset - self.ends[edit] + self.old_ends[edit]

    def end(self, offset: int) -> int:
        """Map the end of the output character before `offset` to the input."""
        edit = bisect_right(self.starts, offset - 1) - 1
        if edit < 0:
            return offset
        if offset <= self.ends[edit]:
            return self.old_ends[edit]
        return offset - self.ends[edit] + self.old_ends[edit]


@dataclass(frozen=True)
class Shadow:
    r"""A text in normal form and the way back to the text as given.

    Attributes
    ----------
    original
        The text as given.
    text
        Its shadow: NFC, tone marks placed as in `hòa`, `thúy`, every dash ``-``, straight quotes, single
        spaces, ``\n`` for a line end and ``\n\n`` for a paragraph end; nothing invisible, entities decoded.

    Examples
    --------
    >>> shadow = make_shadow("KCN  Hoà\u00a0Phú – 2020")
    >>> shadow.text
    'KCN Hòa Phú - 2020'
    >>> shadow.to_original(4, 11)
    (5, 12)
    """

    original: str
    text: str
    _stages: tuple[_Stage, ...] = field(default=(), repr=False, compare=False)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in :attr:`original` of what ``text[start:end]`` came from.

        Characters that the shadow leaves out belong to no span at whose edge they stand. An empty span gives
        an empty span.
        """
        if start >= end:
            for stage in reversed(self._stages):
                start = stage.start(start)
            return start, start
        for stage in reversed(self._stages):
            start, end = stage.start(start), stage.end(end)
        return start, end

    def to_originals(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return what :meth:`to_original` returns of each span."""
        return [self.to_original(*span) for span in spans] if self._stages else list(spans)


def make_shadow(original: str) -> Shadow:
    r"""Return the shadow of a text.

    The shadow of a shadow's text is the same text, and NFC and NFD forms of one text have the same shadow.

    Examples
    --------
    >>> make_shadow("Uỷ ban&nbsp;nhân dân\ttỉnh Hoà Bình").text
    'Ủy ban nhân dân tỉnh Hòa Bình'
    """
    stages: list[_Stage] = []
    text = _fold(_rewrite(original, _REMOVED, _remove, stages))
    for _ in range(_MAX_ENTITY_PASSES):
        decoded = _rewrite(text, _ENTITY, _decode, stages) if "&" in text else text
        if decoded == text:
            break
        text = _fold(_rewrite(decoded, _REMOVED, _remove, stages))
    if not text.isascii() and (_MARK.search(text) or not unicodedata.is_normalized("NFC", text)):
        text = _rewrite(text, _COMPOSED, _compose, stages)
    text = _NEW_TONE.sub(_move_tone, text)
    text = _rewrite(text, _SPACE_RUN, _squeeze, stages)
    return Shadow(original, text, tuple(stages))


def _rewrite(
    text: str,
    pattern: re.Pattern[str] | regex.Pattern[str],
    replace: Callable[[str], str],
    stages: list[_Stage],
) -> str:
    """Replace every match and, if offsets moved, append their map to `stages`."""
    pieces: list[str] = []
    stage = _Stage([], [], [], [])
    done = shift = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        old = text[start:end]
        new = replace(old)
        if new == old:
            continue
        pieces += text[done:start], new
        done = end
        if len(new) != end - start:
            stage.starts.append(start + shift)
            stage.ends.append(start + shift + len(new))
            stage.old_starts.append(start)
            stage.old_ends.append(end)
            shift += len(new) - (end - start)
    if not pieces:
        return text
    if stage.starts:
        stages.append(stage)
    pieces.append(text[done:])
    return "".join(pieces)


@lru_cache(maxsize=1)
def _fold_table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in _FULLWIDTH}
    for target, sources in _FOLDS.items():
        for first, last in re.findall("(.)(?:-(.))?", sources, re.DOTALL):
            table.update((chr(code), target) for code in range(ord(first), ord(last or first) + 1))
    return table


def _fold(text: str) -> str:
    table = _fold_table()
    return _FOLDED.sub(lambda match: table[match[0]], text)


def _remove(_: str) -> str:
    return ""


def _decode(entity: str) -> str:
    body = entity[entity.rfind("&") + 1 :]
    while body.startswith("amp;") and body != "amp;":
        body = body[4:]
    return html.unescape(f"&{body}") if body[0] == "#" or body[-1] != ";" else html5.get(body, f"&{body}")


def _compose(sequence: str) -> str:
    """Compose one combining sequence; of a run of marks without end, the first ones are kept.

    Canonical reordering is quadratic in the length of a run, and no script needs that many.
    """
    if len(sequence) > _MAX_MARKS:
        sequence = unicodedata.normalize("NFD", sequence[: 4 * _MAX_MARKS])[: _MAX_MARKS + 1]
    return unicodedata.normalize("NFC", sequence)


@lru_cache(maxsize=512)
def _old_placement(vowels: str) -> str:
    """Move the tone of the second vowel to the first."""
    second = unicodedata.normalize("NFD", vowels[1])
    return unicodedata.normalize("NFC", vowels[0] + second[1:]) + second[0]


def _move_tone(match: re.Match[str]) -> str:
    return _old_placement(match[0])


def _squeeze(run: str) -> str:
    return "\n" * min(run.count("\n"), 2) or " "
