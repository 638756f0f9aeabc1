"""Where the name of a law or of a congress document ends: lists of names, capitals and boundary words."""

from __future__ import annotations

import re
from functools import lru_cache

from viet_report_ie.lexicon import load_toml

__all__ = ["amendment_end", "congress_end", "law_name_end", "name_start", "suffix_end"]

_WORD = re.compile(r"(, | - |-| ?; | )?(\w+)")
_MAX_WORDS = 18
_NOTE = r" \((?:sửa đổi|mới|sđ)(?:, bổ sung| bổ sung)?(?: năm)?(?: [12][0-9]{3})?\)"
_AMENDED = r" sửa đổi(?:,? bổ sung)?(?!,? (?:và )?(?:bổ sung|một|các|luật|nghị|để|cho|theo|như|những|toàn|căn)(?!\w))"
_IN_YEAR = r"(?:(?: năm)? [12][0-9]{3}(?![0-9]|[/.-][0-9])| \([12][0-9]{3}\))"
_SUFFIX = re.compile(rf"{_IN_YEAR}(?:{_NOTE})?|(?:{_NOTE}|{_AMENDED})(?:{_IN_YEAR})?", re.IGNORECASE)
_AMEND = re.compile(
    r"sửa đổi(?:,| và)?(?: bổ sung)?(?:,? thay thế| một số| các| [0-9]{1,3})*(?: nội dung| điều(?:,? khoản)?| quy định)*"
    r"(?: liên quan(?: đến [\w ]{1,40}?)?)?(?: của| tại| trong)?(?P<many> các| [0-9]{1,2})? (?P<type>bộ luật|luật|pháp lệnh) ",
    re.IGNORECASE,
)
_NUMERAL = r"(?:[0-9]{1,2}|[IVX]{1,6}|[ivx]{1,6}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai| ba)?)(?!\w)"
_PLENUM = re.compile(
    rf"(?:hội nghị |kỳ họp )?(?:lần thứ {_NUMERAL} )?(?:ban chấp hành |bch )?(?:trung ương|tw|t\.ư)(?: đảng)?"
    rf"(?:,? (?:lần thứ |lần |số )?{_NUMERAL}(?:(?:,| và) {_NUMERAL}(?=,? (?:[0-9]|và|\(?khóa))){{0,5}})?(?:,? \(?khóa {_NUMERAL}(?:(?:,| và|;) (?:khóa )?{_NUMERAL}){{0,3}}\)?)?",
    re.IGNORECASE,
)
_CONGRESS = re.compile(r"đại hội|đhđb|đhđcđ|đh(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=None)
def _names() -> frozenset[tuple[str, ...]]:
    rows = load_toml("documents")["laws"]["names"].replace("\n", ";").split(";")
    return frozenset(tuple(re.findall(r"\w+", row)) for row in rows if row.strip())


@lru_cache(maxsize=None)
def _words(family: str, key: str) -> frozenset[str]:
    return frozenset(load_toml("documents")[family][key])


def name_start(text: str, position: int) -> int:
    """Skip a space and `về` before a name: `Luật về hội`."""
    position += text.startswith(" ", position)
    return position + 3 if text[position : position + 3].lower() == "về " else position


def law_name_end(text: str, start: int, vouched: bool) -> int | None:
    """Return where the name of a law that starts at `start` ends, or None.

    `vouched` tells that the words before it speak of a law; without them only a listed or capitalised name counts.

    Examples
    --------
    >>> law_name_end("Phòng chống tham nhũng và các nghị định", 0, True)
    22
    """
    listed = _listed_end(text, start)
    if listed is not None:
        capital = text[start].isupper()
        if capital or (vouched and " " in text[start:listed]):
            return listed
        return None
    return _free_end(text, start) if vouched else None


def _listed_end(text: str, start: int) -> int | None:
    """Return the end of the longest listed name at `start`."""
    words: list[str] = []
    best, position = None, start
    names = _names()
    while len(words) < _MAX_WORDS:
        match = _WORD.match(text, position)
        if (
            not match
            or (not words and match.group(1))
            or (words and not match.group(1))
            or ";" in (match.group(1) or "")
        ):
            break
        words.append(match.group(2).lower())
        position = match.end()
        if tuple(words) in names:
            best = position
    return best


def _free_end(text: str, start: int) -> int | None:
    """Follow a capitalised name that is not listed up to a comma or a word that cannot be in a name."""
    if not text[start : start + 1].isupper():
        return None
    ends, position, end = _words("names", "ends"), start, None
    for count in range(_MAX_WORDS):
        match = _WORD.match(text, position)
        if (
            not match
            or (count and match.group(1) != " " and match.group(1) != " - ")
            or (not count and match.group(1))
        ):
            break
        word = match.group(2)
        if count and (word in ends or word[0].isdecimal()):
            break
        if word in ("và", "hay"):
            after = _WORD.match(text, match.end())
            # `và` joins two nouns of one name in lower case; before a capital it joins two documents.
            if (
                not after
                or not after.group(2)[0].islower()
                or after.group(2) in ends | {"các", "những", "việc", "một", "cả", "pháp"}
            ):
                break
        else:
            end = match.end()
        position = match.end()
    if (
        end is None
        or text[start:end].lower() in ("gia", "sư", "học", "tnhh", "tp")
        or text[start : start + 2] == "TP"
    ):
        return None
    return end


def suffix_end(text: str, end: int) -> int:
    """Extend a name by its year and by `(sửa đổi)`."""
    match = _SUFFIX.match(text, end)
    return match.end() if match else end


def amendment_end(text: str, start: int) -> int | None:
    """Return the end of `sửa đổi, bổ sung một số điều của Luật X, Luật Y`, the name of an amending law."""
    match = _AMEND.match(text, start)
    if not match:
        return None
    end = law_name_end(text, name_start(text, match.end()), True)
    if end is None:
        return None
    end = suffix_end(text, end)
    for _ in range(20 if match.group("many") else 0):
        step = re.compile(r"(?:, | và |; )(?:luật |bộ luật )?", re.IGNORECASE).match(text, end)
        following = _listed_end(text, step.end()) if step else None
        if following is None:
            break
        end = suffix_end(text, following)
    return end


def congress_end(text: str, start: int) -> int | None:
    """Return the end of the meeting that gives a resolution its name: `Trung ương 4 khóa 12`, `Đại hội Đảng bộ tỉnh`."""
    plenum = _PLENUM.match(text, start)
    if plenum and re.search(r"[0-9IVX]|lần", plenum.group()):
        closed = plenum.group().count("(") <= plenum.group().count(")")
        return plenum.end() if closed else plenum.start() + plenum.group().index("(") - 1
    head = _CONGRESS.match(text, start)
    if not head:
        return None
    inner = _words("meetings", "inner")
    end = position = head.end()
    for _ in range(_MAX_WORDS):
        match = re.compile(r"( - | |\. ?|, )(\w+)").match(text, position)
        if not match:
            break
        joint, word = match.groups()
        name = word[0].isupper() or word[0].isdecimal()
        if (
            joint != " "
            and not (joint[0] == "." and text[position - 2 : position].upper() in ("TP", "TX"))
            and not (joint == " - " and name)
        ):
            break
        if not (name or word.lower() in inner):
            break
        position = end = match.end()
    return end if end > head.end() else None
