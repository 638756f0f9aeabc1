"""What ties documents to the text and to each other: pin cites, `nghị quyết này`, what carries out what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from viet_report_ie.facts.model import PinCite, Reference, Resolution
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.law_kinds import load_kinds
from viet_report_ie.text.article import Article

__all__ = ["find_pin_cites", "find_references", "with_implements"]

_REACH = 120
_MOST_OPEN = 20
_ITEM = r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})?[a-zđ]?|[a-zđ]|[IVX]{1,5})(?!\w)"
_STEP = rf"(?:điểm|khoản|điều|mục|chương|phụ lục) {_ITEM}(?:(?:, | và ){_ITEM}){{0,9}}"
_PIN = re.compile(
    rf"(?<!\w)(?P<pin>{_STEP}(?:(?:,? | - | và |, của ){_STEP}){{0,5}})"
    r"(?:,? (?:của |tại |dự thảo |dự án )?| - )$",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"(?:dự thảo|dự án|các|những) $", re.IGNORECASE)


def find_pin_cites(text: str, document: Resolution) -> tuple[PinCite, ...]:
    """Return the articles and clauses that stand before the mentions of a document.

    Examples
    --------
    >>> from viet_report_ie.mentions.laws import find_laws
    >>> from viet_report_ie.text.article import read
    >>> from viet_report_ie.facts.resolutions import find_resolutions
    >>> article = read("Theo khoản 2 Điều 5 Nghị định 15/2020/NĐ-CP")
    >>> [pin] = find_resolutions(article, find_laws(article))[0].pin_cites
    >>> article.text[pin.start : pin.end]
    'khoản 2 Điều 5'
    """
    pins = []
    for mention in document.mentions:
        match = _PIN.search(text, max(0, mention.start - _REACH), mention.start)
        if match:
            pins.append(PinCite(match.start("pin"), match.end("pin"), mention))
    return tuple(pins)


@cache
def _pointing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a word for a document, up to a demonstrative, and of the demonstrative."""
    words = sorted((word for word in load_kinds().by_word if word.islower()), key=len, reverse=True)
    links = load_toml("documents")["links"]
    demonstrative = re.compile(
        rf" (?:{'|'.join(links['demonstratives'])})(?!\w)"
        r"(?! (?:[0-9]|cơ sở|địa bàn|tinh thần|thế giới|toàn|cả))"
    )
    # The demonstrative is looked for first: it is rarer than the words for documents, and quick to find.
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})$", re.IGNORECASE), demonstrative


def find_references(article: Article, documents: Sequence[Resolution]) -> list[Reference]:
    """Return words such as `nghị quyết này` with the document that they mean.

    That is the only one of its kind named so far, else the only one in the sentence and the one before; where
    neither is one, the reference stays open and lists its candidates. Without a candidate it is left out.

    Examples
    --------
    >>> from viet_report_ie.mentions.laws import find_laws
    >>> from viet_report_ie.text.article import read
    >>> from viet_report_ie.facts.resolutions import find_resolutions
    >>> article = read("Nghị quyết 45 đã ban hành. Nghị quyết này nêu rõ mục tiêu.")
    >>> find_references(article, find_resolutions(article, find_laws(article)))[0].resolution
    0
    """
    text = article.text
    named = sorted((m.end, number) for number, document in enumerate(documents) for m in document.mentions)
    ends = [end for end, _ in named]
    taken = sorted((m.start, m.end) for document in documents for m in document.mentions)
    sentences = [start for start, _ in article.sentences]
    by_word = load_kinds().by_word
    found = []
    kinds, demonstrative = _pointing()
    for match in demonstrative.finditer(text) if named else ():
        word = kinds.search(text, max(0, match.start() - 30), match.start())
        if not word:
            continue
        start, end = word.start(), match.end()
        at = bisect_right(taken, (start, len(text))) - 1
        if (at >= 0 and taken[at][1] > start) or _DRAFT.search(text, max(0, start - 10), start):
            continue
        kind = by_word[word.group().lower()]
        before = [
            (stop, number)
            for stop, number in named[max(0, bisect_left(ends, start) - _REACH) : bisect_left(ends, start)]
            if documents[number].kind == kind
        ]
        fitting = {number for _, number in before}
        if len(fitting) > 1:
            sentence = bisect_right(sentences, start) - 1
            near = {number for stop, number in before if stop > sentences[max(0, sentence - 1)]}
            fitting = near if len(near) == 1 else fitting
        if fitting:
            only = next(iter(fitting)) if len(fitting) == 1 else None
            open_ones = () if only is not None else tuple(sorted(fitting))[-_MOST_OPEN:]
            found.append(Reference(start, end, only, open_ones))
    return found


@cache
def _implementing() -> re.Pattern[str]:
    links = load_toml("documents")["links"]
    verbs = "|".join(sorted(links["implementing"], key=len, reverse=True))
    more = "|".join(sorted(links["after_implementing"], key=len, reverse=True))
    return re.compile(
        r",?(?: ngày [0-9/.\- ]{3,12}(?:tháng [0-9]{1,2} )?(?:năm [0-9]{4})?)?,?"
        r"(?: của(?: (?!(?:gắn|trong|với|đã|được|có|cũng|sẽ|để)(?!\w))[^\s,.;:]{1,20}){1,10}?)?,?(?: \()?"
        rf"(?: (?:về việc|về|nhằm|để|quy định))?(?: tổng thể)?(?: (?:{verbs}))(?: (?:{more}))*"
        rf"(?: {_STEP}(?:,? {_STEP}){{0,3}})?(?: của)? ",
        re.IGNORECASE,
    )


_JOINED = re.compile(r"(?: của [^,.;:\n]{2,40})?(?:,| và|, và) ")


def with_implements(text: str, documents: Sequence[Resolution]) -> list[Resolution]:
    """Return the documents, each with the indices of those that it is said to carry out.

    Examples
    --------
    >>> from viet_report_ie.mentions.laws import find_laws
    >>> from viet_report_ie.text.article import read
    >>> from viet_report_ie.facts.resolutions import find_resolutions
    >>> article = read("Kế hoạch số 76 của Tỉnh ủy về thực hiện Nghị quyết 45")
    >>> [document.implements for document in find_resolutions(article, find_laws(article))]
    [(1,), ()]
    """
    cited = sorted(
        ((m.start, m.end, number) for number, document in enumerate(documents) for m in document.mentions)
    )
    found: dict[int, set[int]] = {}
    for index, (_, end, number) in enumerate(cited):
        position, joint = end, _implementing()
        for start, stop, other in cited[index + 1 : index + 6]:
            if start - position > 2 * _REACH or not joint.fullmatch(text, position, start):
                break
            if other != number:
                found.setdefault(number, set()).add(other)
            # What is carried out may be several: `thực hiện Nghị quyết 29 và Kết luận 51`.
            position, joint = stop, _JOINED
    return [
        replace(document, implements=tuple(sorted(found[number]))) if number in found else document
        for number, document in enumerate(documents)
    ]
