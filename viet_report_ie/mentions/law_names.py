"""Where the name of a law or of a congress document ends: lists of names, capitals and boundary words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.law_kinds import CAPITAL

__all__ = [
    "amendment_end",
    "congress_end",
    "is_listed",
    "law_name_end",
    "lexicon_words",
    "name_start",
    "suffix_end",
]

_WORD = re.compile(r"(, | - |-| )?(\w{1,40})")
_MAX_WORDS = 18
# What follows a name: `(sửa đổi)`, `sửa đổi` as its last words, its year.
_NOTE = r" \((?:(?:đã )?được )?(?:sửa đổi|mới|sđ)(?:,? (?:và )?bổ sung)?(?: năm)?(?: [12][0-9]{3})?\)"
_AMENDED = (
    r" sửa đổi(?:,? bổ sung)?"
    r"(?!,? (?:và )?(?:bổ sung|một|các|luật|nghị|để|cho|theo|như|những|toàn|căn)(?!\w))"
)
_IN_YEAR = r"(?:(?: năm)? [12][0-9]{3}(?![0-9]|[/.-][0-9])| \([12][0-9]{3}\))"
_LATER = r" (?:được )?sửa đổi(?:,? (?:và )?bổ sung)? năm [12][0-9]{3}(?![0-9])"
_SUFFIX = re.compile(rf"{_IN_YEAR}(?:{_NOTE}|{_LATER})?|(?:{_NOTE}|{_AMENDED})(?:{_IN_YEAR})?", re.IGNORECASE)
# The name of an amending law, up to the laws that it amends.
_AMEND = re.compile(
    r"sửa đổi(?:,| và)?(?: bổ sung)?(?:,? thay thế| một số| các| [0-9]{1,3}){0,3}"
    r"(?: nội dung| điều(?:,? khoản)?| quy định){0,3}(?: liên quan(?: đến [\w ]{1,40}?)?)?"
    r"(?: của| tại| trong)?(?P<many> các| [0-9]{1,2})? (?P<type>bộ luật|luật|pháp lệnh) ",
    re.IGNORECASE,
)
_AMENDED_LAW = re.compile(r"(, | và |; )(?:luật |bộ luật )?", re.IGNORECASE)
_AMENDED_TYPE = re.compile(r"(, | và )(?:luật|bộ luật)(?= )", re.IGNORECASE)
_NUMERAL = (
    r"(?:[0-9]{1,2}|[IVX]{1,6}|[ivx]{1,6}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai| ba)?)"
    r"(?!\w)"
)
# `Trung ương 4, 6, 7 khóa XII`, `Hội nghị lần thứ bảy Ban Chấp hành Trung ương khóa X`.
_PLENUM = re.compile(
    rf"(?:hội nghị |kỳ họp )?(?:lần thứ {_NUMERAL} )?(?:ban chấp hành |bch )?(?:trung ương|tw|t\.ư)(?: đảng)?"
    rf"(?:,? ?(?:lần thứ |lần |số )?{_NUMERAL}(?!-)"
    rf"(?:(?:,| và) {_NUMERAL}(?=,? (?:[0-9]|và|\(?khóa))){{0,5}})?"
    rf"(?:,? \(?khóa {_NUMERAL}(?:(?:,| và|;) (?:khóa )?{_NUMERAL}){{0,3}}\)?)?",
    re.IGNORECASE,
)
_CONGRESS = re.compile(r"đại hội(?! đồng)|đhđb|đh(?!\w)", re.IGNORECASE)
_CONGRESS_WORD = re.compile(r"( - | |\. ?|, )(\w{1,40})")
_NAME = rf"{CAPITAL}[^\W\d_]{{1,20}}"
_PLACE = rf" {_NAME}(?: {_NAME}){{1,2}}(?: \([^()\n]{{1,24}}\))?"
_PLACES = re.compile(rf"{_PLACE}(?:(?:,| và){_PLACE}){{0,3}}")


@cache
def _names() -> frozenset[tuple[str, ...]]:
    rows = load_toml("documents")["laws"]["names"].replace("\n", ";").split(";")
    return frozenset(tuple(re.findall(r"\w+", row)) for row in rows if row.strip())


@cache
def lexicon_words(family: str, key: str) -> frozenset[str]:
    """Return a list of words of the documents lexicon as a set."""
    return frozenset(load_toml("documents")[family][key])


def is_listed(name: str) -> bool:
    """Tell whether a name is one of the listed names of laws."""
    return tuple(re.findall(r"\w+", name.lower())) in _names()


def name_start(text: str, position: int) -> int:
    """Skip a space and `về` before a name: `Luật về hội`."""
    position += text.startswith(" ", position)
    return position + 3 if text[position : position + 3].lower() == "về " else position


def law_name_end(text: str, start: int, vouched: bool) -> int | None:
    """Return where the name of a law that starts at `start` ends, or None.

    `vouched` tells that the words before it speak of a law; without them only a listed name counts.

    Examples
    --------
    >>> law_name_end("Phòng chống tham nhũng và các nghị định", 0, True)
    22
    """
    listed = _listed_end(text, start)
    if listed is not None:
        capital = text[start].isupper()
        # `luật giá` may be plain words; `luật đất đai` and `luật về hội` name a law.
        clear = " " in text[start:listed] or text.endswith("về ", 0, start)
        return listed if capital or (vouched and clear) else None
    return _free_end(text, start) if vouched else None


def _words_from(text: str, start: int) -> Iterator[tuple[str, str, int]]:
    """Yield what joins each word to the one before, the word and its end; the first must stand at `start`."""
    position = start
    for count in range(_MAX_WORDS):
        match = _WORD.match(text, position)
        if not match or bool(match.group(1)) != bool(count):
            return
        position = match.end()
        yield match.group(1) or "", match.group(2), position


def _listed_end(text: str, start: int) -> int | None:
    """Return the end of the longest listed name at `start`."""
    name: tuple[str, ...] = ()
    best = None
    for _, word, end in _words_from(text, start):
        name += (word.lower(),)
        if name in _names():
            best = end
    # A law on single places names them: `… đặc biệt Vân Đồn, Bắc Vân Phong, Phú Quốc`.
    places = _PLACES.match(text, best) if best and text.endswith("kinh tế đặc biệt", 0, best) else None
    return places.end() if places else _continued(text, best) if best else None


def _continued(text: str, end: int) -> int:
    """Return the end of a listed name that goes on: `Quy hoạch` in `Luật Quy hoạch Khu đô thị`."""
    following = _free_end(text, end + 1) if text.startswith(" ", end) else None
    words = text[end + 1 : following].split() if following else []
    return following if following and len(words) > 1 and words[1].islower() else end


def _free_end(text: str, start: int) -> int | None:
    """Follow a capitalised name that is not listed up to a comma or a word that cannot be in a name."""
    if not text[start : start + 1].isupper() or text.startswith("TP", start):
        return None
    if text[start : start + 12].lower().startswith(tuple(lexicon_words("names", "never_first"))):
        return None
    ends, end, joined = lexicon_words("names", "ends"), None, False
    for joint, word, stop in _words_from(text, start):
        if end and (joint not in (" ", " - ") or word in ends or word[0].isdecimal()):
            break
        # `và` joins two nouns of one name in lower case; before a capital it joins two documents.
        if joined and (not word[0].islower() or word in lexicon_words("names", "new_noun")):
            break
        joined = word == "và"
        end = end if joined else stop
    return None if text[start:end].lower() in lexicon_words("names", "never") else end


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
    end = first = suffix_end(text, end)
    joint = ""
    for _ in range(20):
        # Without `các` a second type word shows that it amends one more: `của Luật Đê điều và Luật Thú y`.
        step = (_AMENDED_LAW if match.group("many") else _AMENDED_TYPE).match(text, end)
        following = _listed_end(text, name_start(text, step.end())) if step else None
        if step is None or following is None:
            break
        joint, end = step.group(1), suffix_end(text, following)
    return end if match.group("many") or joint == " và " else first


def congress_end(text: str, start: int) -> int | None:
    """Return the end of a meeting's name: `Trung ương 4 khóa 12`, `Đại hội Đảng bộ tỉnh`."""
    plenum = _PLENUM.match(text, start)
    if plenum and re.search(r"[0-9IVX]|lần", plenum.group()):
        closed = plenum.group().count("(") <= plenum.group().count(")")
        return plenum.end() if closed else plenum.start() + plenum.group().index("(") - 1
    head = _CONGRESS.match(text, start)
    if not head:
        return None
    inner = lexicon_words("meetings", "inner")
    end = position = head.end()
    for _ in range(_MAX_WORDS):
        match = _CONGRESS_WORD.match(text, position)
        if not match:
            break
        joint, word = match.groups()
        name = word[0].isupper() or word[0].isdecimal()
        short = joint[0] == "." and text[position - 2 : position].upper() in ("TP", "TX")
        if not (joint == " " or short or (joint == " - " and name)) or not (name or word.lower() in inner):
            break
        position = end = match.end()
    # `các` and what may follow it in a name ends no name: `Nghị quyết Đại hội thành các chương trình`.
    name = re.sub(r"(?: thành)?(?: các)$", "", text[head.start() : end])
    return start + len(name) if start + len(name) > head.end() else None
