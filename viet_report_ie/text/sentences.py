"""Sentences of a shadow text."""

from __future__ import annotations

import re
from functools import cache

from viet_report_ie.lexicon import load_toml

__all__ = ["split_sentences"]

_BREAK = re.compile(r"[.!?…]+|\n+")
_AFTER = re.compile(
    r"""(?P<close>["')\]]*)(?P<gap>\ ?)(?P<bullet>[-+•*]\ )?(?P<open>["'(\[]*)(?P<word>[^\W\d_]{0,32})""",
    re.VERBOSE,
)
# What stands before a stop that numbers an item: `1.`  `2.1.`  `a.`  `IV.`  `Điều 5.`
_ITEM = re.compile(
    r"(?:[-+•*]\ ?)?[\"'(]*(?:(?:Điều|Câu|Bài|Mục|Phần|Chương|Khoản)\ (?:\d{1,3}|[IVXL]{1,6})"
    r"|\d{1,3}(?:\.\d{1,2}){0,3}|[^\W\d_]|[IVXL]{1,6})",
)
_ITEM_LENGTH = 16
_LIST_MARK = re.compile(r"[^\W\d_][.)/]|[ivx]{1,4}[.)]")
_ADDRESS = re.compile(r"@|://|www\b|/\S*\.\w", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:com|net|vn|org|gov|edu|info)\b", re.IGNORECASE)
_DIGRAPHS = frozenset(("Ch", "Gi", "Kh", "Ng", "Nh", "Ph", "Qu", "Th", "Tr"))
_LOOK_BACK = 48


@cache
def _words(family: str) -> frozenset[str]:
    return frozenset(load_toml("abbreviations")[family]["words"])


def split_sentences(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of the sentences of a shadow text, in order; only white space lies between them.

    A sentence ends at a full stop, question or exclamation mark or ellipsis, with the quotes and brackets
    that close after it, when an upper-case letter, a digit, an opening quote or a bullet follows, also
    without a space between (``đồng.Trong đó``). It ends at a line end too, except where the line was clearly
    wrapped: it has no closing punctuation and the next line starts with a lower-case letter, or it stops at
    a word such as `của`. A blank line always ends it. Abbreviations, initials, list numbers, decimals and
    addresses keep their stops; a semicolon ends nothing.

    Examples
    --------
    >>> text = "UBND TP. Hải Phòng chi 9,6 tỷ đồng.Trong đó, Q. 1 chi 30%... \"Làm được.\" Ông nói vậy."
    >>> for start, end in split_sentences(text):
    ...     print(text[start:end])
    UBND TP. Hải Phòng chi 9,6 tỷ đồng.
    Trong đó, Q. 1 chi 30%...
    "Làm được."
    Ông nói vậy.
    """
    spans: list[tuple[int, int]] = []
    start = quotes = counted = 0
    for match in _BREAK.finditer(text):
        at, end = match.span()
        if text[at] == "\n":
            if _line_goes_on(text, start, at, end):
                continue
            cut: int | None = at
        elif text[end : end + 1].islower() or text[end : end + 1].isdigit():
            continue  # a decimal, a number in groups, an address
        else:
            quotes += text.count('"', counted, at)
            counted = at
            cut = _stop_cut(text, start, at, end, quotes)
        if cut is not None:
            _append(spans, text, start, cut)
            start = cut
            if text[at] == "\n":
                quotes, counted = 0, end
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(stripped)))


def _line_goes_on(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether the line end at `at` only wraps a sentence."""
    if end - at > 1 or end >= len(text):
        return False
    line = text[max(start, at - _LOOK_BACK) : at].rstrip()
    if line[-1:] == ".":
        return _line_ends_in_abbreviation(text, line, end)
    if not line or line[-1] in "?!…:;\"')":
        return False
    if text[end].islower():
        return not _LIST_MARK.match(text, end)
    return text[end].isalnum() and line.rpartition(" ")[2] in _words("open_words")


def _line_ends_in_abbreviation(text: str, line: str, end: int) -> bool:
    """Tell whether a line was broken after `TP.` or an initial; a photographer's initials do end a line."""
    token = line[:-1].rpartition(" ")[2]
    if token.rpartition(".")[2] in _words("prefixes"):
        after = _AFTER.match(text, end)
        assert after is not None
        return _belongs_to_abbreviation(text, after, line[:-1], text[end])
    return _is_initial(token) and (text[end] == "(" or text[end].islower())


def _stop_cut(text: str, start: int, at: int, end: int, quotes: int) -> int | None:
    """Return where the sentence from `start` ends if the stop ``text[at:end]`` ends it."""
    after = _AFTER.match(text, end)
    assert after is not None
    stop = text[at:end]
    cut = after.end("close")
    if after["gap"] and after["open"] and quotes % 2 and after.end() == after.end("open") < len(text):
        # A lone quote between two spaces closes an open quotation.
        if text[after.end()] != " ":
            return None
        cut = after.end("open")
        after = _AFTER.match(text, cut)
        assert after is not None
    first = text[after.end("open") : after.end("open") + 1]
    quoted = (
        after["open"][:1] == '"' and after["gap"] and quotes % 2 == 0 and "…" not in stop and ".." not in stop
    )
    if not (first.isupper() or first.isdigit() or quoted or (after["bullet"] and after["bullet"][0] != "-")):
        return None
    if not after["gap"] and after["close"][-1:] == '"' and quotes % 2 == 0:
        cut = end  # in `đồng."Theo` the quote opens
    before = text[max(start, at - _LOOK_BACK) : at]
    ellipsis = "…" in stop or ".." in stop
    if ellipsis and (first.isdigit() or after["bullet"] or "(" in after["open"] or not _has_word(before)):
        return None
    if after["bullet"] and after["close"]:
        return None  # `"..." - Ông Nam nói`
    if at - start <= _ITEM_LENGTH and _ITEM.fullmatch(before.strip()):
        return None
    if (
        not after["gap"]
        and cut == end
        and not _glued(before, first, after["word"], text[after.end() : after.end() + 2])
    ):
        return None
    if stop == "." and cut == end and _belongs_to_abbreviation(text, after, before, first):
        return None
    return cut


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _glued(before: str, first: str, word: str, following: str) -> bool:
    """Tell whether a sentence may start right after the stop, without a space."""
    token = before.rpartition(" ")[2]
    if (
        first.isdigit()
        or not token
        or following[:1] == "@"
        or (_DOMAIN.match(word) and following[:1] in " .,)")
    ):
        return False
    if word.isascii() and _ADDRESS.search(token):
        return False
    last = token.rpartition(".")[2].lstrip("\"'(")
    if word in _words("starters"):
        return not _is_initial(token)
    if not last or not last[-1].isalpha():
        return True
    if last.islower():
        return len(last) > 1 and (len(word) > 1 or following[:1] == " ")
    # After a name only a Vietnamese syllable that another one follows is safe: `Sport.Vn`, `Co.op`.
    return len(last) > 1 and not word.isascii() and word[1:].islower() and following[1:].islower()


def _is_initial(token: str) -> bool:
    """Tell whether a token is or ends in a lone capital or a digraph (`Th.`) that is not a word itself."""
    last = token.rpartition(".")[2].lstrip("\"'([")
    return last[:1].isupper() and last not in ("Á", "Ý", "À") and (len(last) == 1 or last in _DIGRAPHS)


def _belongs_to_abbreviation(text: str, after: re.Match[str], before: str, first: str) -> bool:
    head, _, token = before.rpartition(" ")
    last = token.rpartition(".")[2].lstrip("\"'([")
    if after["open"].startswith("("):
        return _is_initial(token)  # `anh N.V.T. (34 tuổi)`
    if first.isdigit():
        grouped = last.isdigit() and len(last) < 4 and text.startswith("000", after.end("open"))
        return last in _words("numbered") or token in _words("numbered") or grouped
    initial = _is_initial(token)
    if initial and "." not in token and head.rpartition(" ")[2] in _words("labels"):
        return False
    if not initial and last not in _words("prefixes"):
        return False
    word = after["word"]
    if word in _words("starters"):
        return False
    follower = text[after.end() : after.end() + 2]
    return not (word in _words("weak_starters") and follower[:1] == " " and follower[1:].islower())
