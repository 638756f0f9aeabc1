"""Legal and party documents: a type word with a number, symbol or name, lists of them, and bare symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viet_report_ie.mentions.law_kinds import BARE_SYMBOL, NAMED_NUMBER, NUMBER, Kinds, load_kinds
from viet_report_ie.mentions.law_names import (
    amendment_end,
    congress_end,
    law_name_end,
    lexicon_words,
    name_start,
    suffix_end,
)
from viet_report_ie.mentions.mention import Citation, Mention
from viet_report_ie.text.article import Article

__all__ = ["find_laws", "read_citation"]

_NUMBER_WORD = re.compile(r",? (?:[Ss]ố(?: số)?(?: hiệu)?:? ?|mang số )|: ?số ?| ")
# What a document does may stand before its number: `Quyết định xử phạt vi phạm hành chính số 12/QĐ-XPHC`.
_DOING = re.compile(r" [^\W\d_]{1,10}(?: [^\W\d_]{1,10}){0,5}? [Ss]ố ")
# `Công ước Liên hợp quốc về Luật Biển` and `Đạo luật Đầu tư` name one document each.
_OUTER = re.compile(
    r"(?:(công ước)(?: của)?(?: [\w]{1,12}){0,4}(?: năm [0-9]{4})? về|(đạo)) $", re.IGNORECASE
)
_SHORT_JOINT = re.compile(r"[ -]?(?:số )?")
_LIST_JOINT = re.compile(r"(?:, |; |,? và |,? hoặc |,? cùng )(?:số )?")
_NAME_JOINT = re.compile(r", | và |; ")
_NEXT = re.compile(r" ?(\w{1,40}|[^\w ])")
_LAST = re.compile(r"(\w{1,40}|[^\w ]) ?\Z")
# Before a law these digits number an article, they do not count laws: `điều 206 bộ luật`.
_ARTICLE = re.compile(r"(?i:điều|khoản|điểm|chương|mục|số|và|,) [0-9]{1,3},? ?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9/])")
_DATED = re.compile(r" ngày [0-9]| tháng [0-9]| năm (?:19|20)[0-9]{2}(?![0-9])")
_NAMED_KINDS = ("luật", "bộ luật", "pháp lệnh")
_MEETING_KINDS = ("nghị quyết", "kết luận", "chỉ thị")
_PROGRAMMES = ("đề án", "chương trình")
_MAX_LIST = 30
_DIGITS = re.compile(r"[0-9]+")


def find_laws(article: Article) -> list[Mention]:
    """Return every cited document of the article in order.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> for mention in find_laws(read("Nghị quyết số 45-NQ/TW và Luật Đất đai 2013")):
    ...     print(mention.value)
    Citation(kind='nghị quyết', number='45-NQ/TW', name='')
    Citation(kind='luật', number='', name='Đất đai 2013')
    """
    text, kinds = article.text, load_kinds()
    found: list[Mention] = []
    position = 0
    # An abbreviation may be joined to its number: `NQ45`.
    anchors = {
        word
        for word in set(article.words)
        if word in kinds.firsts or word.rstrip("0123456789") in kinds.shorts
    }
    for (start, _), word in zip(article.tokens, article.words, strict=True):
        if word not in anchors or start < position:
            continue
        match = kinds.anchor.match(text, start)
        for mention in _read(text, match, kinds) if match else ():
            found.append(mention)
            position = max(position, mention.end)
    return sorted(found + _bare_symbols(text, found, kinds), key=lambda mention: mention.start)


def read_citation(text: str) -> Citation:
    """Read one citation that something else has found; without a known type word it is a name of no kind.

    Examples
    --------
    >>> read_citation("Đề án phát triển đô thị")
    Citation(kind='đề án', number='', name='phát triển đô thị')
    """
    kinds = load_kinds()
    match = kinds.anchor.match(text)
    if not match:
        return Citation("", "", text.strip())
    for mention in _read(text, match, kinds):
        if isinstance(mention.value, Citation):
            return mention.value
    kind = kinds.by_word[match.group("short") or match.group().lower()]
    return Citation(kind, "", text[name_start(text, match.end()) :].strip(' "'))


def _law(start: int, end: int, source: str, kind: str, number: str = "", name: str = "") -> Mention:
    number = re.sub(r" ?([-/&]) ?|(?<=[0-9]) (?=[0-9]|[a-zđ]/)", lambda joint: joint.group(1) or "", number)
    return Mention("LAW", start, end, source, 1.0, Citation(kind, number, name))


def _before(text: str, start: int) -> str:
    match = _LAST.search(text[max(0, start - 20) : start].lower())
    return match.group(1) if match else ""


def _after(text: str, end: int) -> str:
    match = _NEXT.match(text, end)
    return match.group(1).lower() if match else ""


def _read(text: str, match: re.Match[str], kinds: Kinds) -> Iterator[Mention]:
    """Read what follows a type word: a number, or the name of a law or of a meeting."""
    start, end = match.span()
    if match.group("acronym"):
        kind, name = kinds.acronyms[match.group()]
        stop = suffix_end(text, end)
        yield _law(start, stop, "law-acronym", kind, name=name + text[end:stop])
        return
    short = match.group("short")
    kind = kinds.by_word[short or match.group().lower()]
    joint = _SHORT_JOINT.match(text, end) if short else _NUMBER_WORD.match(text, end)
    number = NUMBER.match(text, joint.end()) if joint else None
    if number and joint and _is_number(text, match, kind, joint.group(), number, kinds):
        yield _law(start, number.end(), "law-number", kind, number.group())
        yield from _listed_numbers(text, start, number, kind)
        return
    doing = None if short else _DOING.match(text, end)
    if doing and kinds.anchor.search(text, end, doing.end()):
        doing = None
    number = NUMBER.match(text, doing.end()) if doing else None
    if number and re.split(r"[^\w]+", re.sub(r"^[0-9/ -]+", "", number.group()))[0] in kinds.symbols[kind]:
        yield _law(start, number.end(), "law-number", kind, number.group())
    elif kind in _NAMED_KINDS:
        yield from _named_laws(text, match, kind)
    elif kind == "hiến pháp":
        end = suffix_end(text, end)
        if text[start].isupper() or end > match.end():
            yield _law(start, end, "law-name", kind, name=text[match.end() : end].strip() or "Hiến pháp")
    elif kind in _MEETING_KINDS:
        begin = end + text.startswith(" ", end)
        meeting = congress_end(text, begin) if begin > end or short else None
        if meeting:
            yield _law(start, meeting, "law-meeting", kind, name=text[begin:meeting])


def _is_number(
    text: str, match: re.Match[str], kind: str, joint: str, number: re.Match[str], kinds: Kinds
) -> bool:
    """Tell the number of a document from a count after a verb: `quy định 30 ngày`, `kế hoạch 2021`."""
    written, after = number.group(), _after(text, number.end())
    if "số" in joint or "/" in written or "-" in written:
        return True
    if after in lexicon_words("numbers", "counts") and not _DATED.match(text, number.end()):
        return False
    if after == "năm" and len(written) == 1 and kind in kinds.verbs:
        return False
    if match.group("short"):
        # Of a bare abbreviation only these are always documents: `CT 3` may be a house, `HD 981` a rig.
        plain = match.group() in ("NQ", "NĐ", "QĐ", "TT", "TTLT")
        return plain or _before(text, match.start()) in lexicon_words("numbers", "before")
    if kind in _PROGRAMMES or kind in _NAMED_KINDS or kind == "hiến pháp":
        # `Chương trình 135` is a programme; a law is cited by its year or by a number that carries `số`.
        return False
    if kind not in kinds.verbs:
        return True
    if _YEAR.fullmatch(written):
        return False
    ended = after in lexicon_words("numbers", "ends")
    return (ended or len(written) > 1) if match.group()[0].isupper() else (ended and len(written) > 2)


def _listed_numbers(text: str, start: int, first: re.Match[str], kind: str) -> Iterator[Mention]:
    """Read on in `các Nghị quyết 16, 45 và 52`; without `các` a number must show that it is one."""
    plural = _before(text, start) in lexicon_words("numbers", "plurals")
    end = first.end()
    for _ in range(_MAX_LIST):
        joint = _LIST_JOINT.match(text, end)
        number = NUMBER.match(text, joint.end()) if joint else None
        if not number:
            return
        after = _after(text, number.end())
        full = "/" in number.group() and "-" in number.group() and "/" in first.group()
        counted = after in lexicon_words("numbers", "counts")
        if not full and (counted or not (plural or after in ("của", "về"))):
            return
        yield _law(number.start(), number.end(), "law-number", kind, number.group())
        end = number.end()


def _named_laws(text: str, match: re.Match[str], kind: str) -> Iterator[Mention]:
    """Read the name of a law, or the names after `hai luật`, `các Luật`."""
    start, end = match.span()
    before = _before(text, start)
    if before in lexicon_words("names", "never_before") or not text.startswith(" ", end):
        return
    numbered = before.isdecimal() and not _ARTICLE.search(text, max(0, start - 30), start)
    counted = numbered or before in lexicon_words("numbers", "plurals")
    begin = name_start(text, end)
    vouched = counted or begin > end + 1 or kind != "luật" or before in lexicon_words("names", "before")
    stop = amendment_end(text, end + 1) or law_name_end(text, begin, vouched)
    if stop is None:
        return
    stop = suffix_end(text, stop)
    name, number = text[begin:stop], NAMED_NUMBER.match(text, stop)
    stop = number.end() if number else stop
    # `hai luật Đất đai và Nhà ở` counts laws: the type word is no part of either name.
    first = begin if counted and text[start].islower() else start
    outer = _OUTER.search(text, max(0, start - 60), start)
    if outer:
        first = outer.start()
        kind = "công ước" if outer.group(1) else "đạo luật"
        name = text[outer.end(1) : stop].strip() if outer.group(1) else name
    yield _law(first, stop, "law-name", kind, number.group(1) if number else "", name)
    for _ in range(_MAX_LIST if counted else 0):
        joint = _NAME_JOINT.match(text, stop)
        following = law_name_end(text, joint.end(), False) if joint else None
        if joint is None or following is None:
            return
        stop = suffix_end(text, following)
        yield _law(joint.end(), stop, "law-name", kind, name=text[joint.end() : stop])


def _bare_symbols(text: str, found: list[Mention], kinds: Kinds) -> list[Mention]:
    """Read symbols that stand without a type word: `theo 45-NQ/TW`."""
    taken = {mention.end for mention in found}
    bare: list[Mention] = []
    position = 0
    for digits in _DIGITS.finditer(text):
        match = BARE_SYMBOL.match(text, digits.start()) if digits.start() >= position else None
        if match is None:
            continue
        position = match.end()
        if position in taken:
            continue
        parts = re.findall(r"[^\W\d_]+", match.group())
        kind = kinds.by_symbol.get(parts[0])
        if kind and (len(parts) > 1 or parts[0] in ("QH", "UBTVQH")):
            bare.append(_law(match.start(), match.end(), "law-symbol", kind, match.group()))
    return bare
