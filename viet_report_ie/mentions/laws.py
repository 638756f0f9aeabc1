"""Legal and party documents: a type word with a number, a symbol or a name, lists of them, and bare symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.law_names import (
    amendment_end,
    congress_end,
    law_name_end,
    name_start,
    suffix_end,
)
from viet_report_ie.mentions.mention import Citation, Mention
from viet_report_ie.text.article import Article

__all__ = ["find_laws", "read_citation"]

# A part of a symbol has two capitals (`NQ`, `TTg`, `QĐi`), or a capital and a number (`C67`), or is the session of a parliament.
_UP = "[A-ZĐƯÂÊÔĂƠ]"
_PART = (
    rf"(?:(?:QH|UBTVQH) ?[0-9]{{1,2}}|{_UP}(?:[a-zđ]{{0,3}}{_UP}[\w&]{{0,16}}|tg(?!\w)|\.?{_UP})|{_UP}{{1,2}} ?[0-9]{{1,2}}|L(?=-CTN))(?!\w)"
)
_SYMBOL = rf"[0-9]{{1,6}}[a-zđ]?(?:/[0-9]{{4}})?(?: ?[-/] ?{_PART})(?: ?[-/.] ?{_PART}){{0,5}}"
_NUMBER = re.compile(rf"{_SYMBOL}|[0-9]{{1,6}}[a-zđ]?(?:/[0-9]{{4}})?(?![\w%])(?![.,/-][0-9])")
_NUMBER_WORD = re.compile(r",? (?:số(?: hiệu)?:? ?|mang số )|: ?số ?| ")
_BARE = re.compile(rf"(?<![\w/.,-]){_SYMBOL}")
_JOINT = re.compile(r"(?:, |; |,? và |,? hoặc |,? cùng )(?:số )?")
_NEXT = re.compile(r" ?(\w+|[^\w ])")
_LAST = re.compile(r"(\w+|[^\w ]) ?$")
_ARTICLE = re.compile(r"(?i:điều|khoản|điểm|chương|mục|số|và|,) [0-9]{1,3},? ?$")
_PLURAL = frozenset("các những hai ba bốn năm sáu bảy tám chín mười loạt".split())
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9/])")


class Kinds(NamedTuple):
    """The kinds of document and the pattern that finds their type words."""

    anchor: re.Pattern[str]
    by_word: dict[str, str]
    by_symbol: dict[str, str]
    verbs: frozenset[str]
    before: frozenset[str]
    never_before: frozenset[str]
    counts: frozenset[str]
    ends: frozenset[str]


@lru_cache(maxsize=None)
def load_kinds() -> Kinds:
    """Read the kinds of document from the lexicon."""
    lexicon = load_toml("documents")
    by_word: dict[str, str] = {}
    by_symbol: dict[str, str] = {}
    for row in lexicon["kinds"]:
        by_word[row["kind"]] = row["kind"]
        by_word |= dict.fromkeys(row.get("short", ()), row["kind"])
        for symbol in row["symbols"]:
            by_symbol.setdefault(symbol, row["kind"])
    words = sorted((word for word in by_word if word.islower()), key=len, reverse=True)
    shorts = sorted((word for word in by_word if not word.islower()), key=len, reverse=True)
    anchor = rf"(?<!\w)(?:(?P<word>(?i:{'|'.join(words)}))(?!\w)|(?P<short>{'|'.join(shorts)})(?=[ -]?(?:số )?[0-9]| TW| Trung))"
    return Kinds(
        re.compile(anchor),
        by_word,
        by_symbol,
        frozenset(row["kind"] for row in lexicon["kinds"] if row.get("verb")),
        frozenset(lexicon["names"]["before"]),
        frozenset(lexicon["names"]["never_before"]),
        frozenset(lexicon["numbers"]["counts"]),
        frozenset(lexicon["numbers"]["ends"]),
    )


def find_laws(article: Article) -> list[Mention]:
    """Return every cited document of the article in order.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> [mention.value for mention in find_laws(read("Nghị quyết số 45-NQ/TW và Luật Đất đai 2013"))]
    [Citation(kind='nghị quyết', number='45-NQ/TW', name=''), Citation(kind='luật', number='', name='Đất đai 2013')]
    """
    text, kinds = article.text, load_kinds()
    found: list[Mention] = []
    position = 0
    while match := kinds.anchor.search(text, position):
        position = match.end()
        for mention in _read(text, match, kinds):
            found.append(mention)
            position = max(position, mention.end)
    return sorted(found + _bare_symbols(text, found, kinds), key=lambda mention: mention.start)


def _law(
    start: int, end: int, kind: str, number: str = "", name: str = "", source: str = "law-number"
) -> Mention:
    number = re.sub(r" ?([-/]) ?", r"\1", number)
    return Mention("LAW", start, end, source, 1.0, Citation(kind, number, name))


def _before(text: str, start: int) -> str:
    match = _LAST.search(text[max(0, start - 20) : start].lower())
    return match.group(1) if match else ""


def _after(text: str, end: int) -> str:
    match = _NEXT.match(text, end)
    return match.group(1).lower() if match else ""


def _read(text: str, match: re.Match[str], kinds: Kinds) -> Iterator[Mention]:
    """Read what follows a type word: a number, or the name of a law or of a meeting."""
    short = match.group("short")
    kind = kinds.by_word[short or match.group().lower()]
    start, end = match.span()
    joint = re.compile(r"[ -]?(?:số )?").match(text, end) if short else _NUMBER_WORD.match(text, end)
    number = _NUMBER.match(text, joint.end()) if joint else None
    if number and joint and _is_number(text, match, joint.group(), number, kinds):
        yield _law(start, number.end(), kind, number.group())
        yield from _listed_numbers(text, start, number, kind)
    elif kind in ("luật", "bộ luật", "pháp lệnh"):
        yield from _named_laws(text, match, kind, kinds)
    elif kind == "hiến pháp":
        end = suffix_end(text, end)
        if text[start].isupper() or end > match.end():
            yield _law(
                start, end, kind, name=text[match.end() : end].strip() or "Hiến pháp", source="law-name"
            )
    elif kind in ("nghị quyết", "kết luận", "chỉ thị"):
        stop = congress_end(text, end + 1) if text.startswith(" ", end) else None
        if stop:
            yield _law(start, stop, kind, name=text[end + 1 : stop], source="law-meeting")


def _is_number(text: str, match: re.Match[str], joint: str, number: re.Match[str], kinds: Kinds) -> bool:
    """Tell the number of a document from a count after a verb: `quy định 30 ngày`, `kế hoạch 2021`."""
    written, after = number.group(), _after(text, number.end())
    if "số" in joint or "/" in written or "-" in written:
        return True
    if after in kinds.counts and not (after == "năm" and _YEAR.match(text, number.end() + 5)):
        return False
    if match.group("short"):
        return joint in ("", " ") and match.group() in ("NQ", "NĐ", "QĐ") or len(written) > 1
    if kinds.by_word[match.group().lower()] in kinds.verbs:
        return (
            after in kinds.ends
            and not _YEAR.fullmatch(written)
            and (match.group()[0].isupper() or len(written) > 2)
        )
    # A law is cited by its year (`Luật 2013`) or by a number that carries `số`.
    return not match.group().lower().endswith(("luật", "hiến pháp", "lệnh"))


def _listed_numbers(text: str, start: int, first: re.Match[str], kind: str) -> Iterator[Mention]:
    """Read on in `các Nghị quyết 16, 45 và 52`; without `các` only full symbols go on."""
    plural = _before(text, start) in _PLURAL
    end = first.end()
    for _ in range(30):
        joint = _JOINT.match(text, end)
        number = _NUMBER.match(text, joint.end()) if joint else None
        if not number:
            return
        full = "/" in number.group() and "-" in number.group() and "/" in first.group()
        plural = plural or _after(text, number.end()) in ("của", "về")
        if not (full or plural) or (not full and _after(text, number.end()) in load_kinds().counts):
            return
        yield _law(number.start(), number.end(), kind, number.group())
        end = number.end()


def _named_laws(text: str, match: re.Match[str], kind: str, kinds: Kinds) -> Iterator[Mention]:
    start, end = match.span()
    before = _before(text, start)
    if before in kinds.never_before or not text.startswith(" ", end):
        return
    counted = before in _PLURAL or (before.isdecimal() and not _ARTICLE.search(text, max(0, start - 30), start))
    begin = name_start(text, end)
    vouched = (
        before in kinds.before
        or counted
        or begin > end + 1
        or kind != "luật"
        or before in ("", ".", '"', "\n", "(")
    )
    stop = amendment_end(text, end + 1)
    if stop is None:
        stop = law_name_end(text, begin, vouched)
    if stop is None:
        return
    stop = suffix_end(text, stop)
    # `hai luật Đất đai và Nhà ở` counts laws: the type word is no part of either name.
    bare = counted and text[start].islower()
    yield _law(begin if bare else start, stop, kind, name=text[begin:stop], source="law-name")
    for _ in range(20 if counted else 0):
        joint = re.compile(r", | và |; ").match(text, stop)
        following = law_name_end(text, joint.end(), False) if joint else None
        if joint is None or following is None:
            return
        stop = suffix_end(text, following)
        yield _law(joint.end(), stop, kind, name=text[joint.end() : stop], source="law-name")


def _bare_symbols(text: str, found: list[Mention], kinds: Kinds) -> list[Mention]:
    """Read symbols that stand without a type word: `theo 45-NQ/TW`."""
    taken = {mention.end for mention in found}
    bare: list[Mention] = []
    for match in _BARE.finditer(text):
        if match.end() in taken:
            continue
        parts = re.findall(r"[^\W\d_]+[0-9]*", match.group())
        kind = kinds.by_symbol.get(parts[0]) or kinds.by_symbol.get(parts[0].rstrip("0123456789"))
        if kind and (len(parts) > 1 or parts[0].startswith(("QH", "UBTVQH"))):
            bare.append(_law(match.start(), match.end(), kind, match.group(), source="law-symbol"))
    return bare


def read_citation(text: str) -> Citation:
    """Read one citation that something else has found; what carries no known type word is a name without a kind.

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
