"""Offices as the text writes them: a title, the body that follows it, and runs of several offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from viet_report_ie.facts.names import fold
from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.patterns import alternatives
from viet_report_ie.mentions.mention import Mention

__all__ = ["Office", "chained", "find_offices", "is_bodiless", "is_rank", "lead_in", "share_bodies"]

# A bare office may be written apart from its body: `Phó Chánh Thanh tra, Cơ quan Thanh tra`.
_BODY_GAP = regex.compile(r" ?(?:(?:của|thuộc|tại|ở) )?")
_LOOSE_BODY_GAP = regex.compile(r" ?, ?")
# `Bí thư thứ nhất Trung ương Đoàn`: the words belong to the title, also where the mention leaves them out.
_RANK_OF_TITLE = regex.compile(
    r" (?:thứ nhất|thường trực|chuyên trách|phụ trách|danh dự|điều hành)(?!\w)", regex.IGNORECASE
)
_TAIL_GAP = regex.compile(r" ?(?:,|\(|-|của|thuộc|tại|ở)? ?")
_CHAIN_LINK = r" ?(?:(?:[,\-/]|và|kiêm(?: nhiệm)?|đồng thời(?: cũng)?(?: là)?|cùng là|cũng là)(?: |$))+"
_TERM = r"(?: khóa [IVXLC\d]+| ?\([^()\n]{0,40}\))?"
_COMPANY = regex.compile(r"hđqt|hội đồng quản trị|hđtv|hội đồng thành viên|giám đốc|tgđ|ceo")


@dataclass
class Office:
    """A title with its body; `end` is where what belongs to the body ends (`…, tỉnh Thanh Hóa`).

    `source` names the rule that found its holder.
    """

    title: Mention
    title_end: int
    body: Mention | None
    end: int
    status: str = ""
    chain: list[Office] = field(default_factory=list)
    source: str = ""


@cache
def _words(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(fold(word) for word in load_toml("titles")[table][key])


@cache
def _status_pattern() -> regex.Pattern[str]:
    table = load_toml("titles")["status"]
    groups = "|".join(f"(?P<{key}>{alternatives(table[key])})" for key in ("former", "appointed", "acting"))
    return regex.compile(rf"(?<!\w)(?:{groups}) ?$", regex.IGNORECASE)


@cache
def lead_in() -> str:
    """Return the pattern of the words that lead from a name or an office to the next office."""
    table = load_toml("titles")["status"]
    words = alternatives(table["former"] + table["appointed"] + table["acting"])
    return rf"(?:(?:(?:hiện|nay|hiện nay|đang|cũng|vừa|đã|là|làm|lên|về|tiếp tục|{words})(?: |$))*)"


@cache
def _chain() -> regex.Pattern[str]:
    ranks = alternatives(load_toml("titles")["ranks"]["words"])
    return regex.compile(rf"{_TERM}{_CHAIN_LINK}(?:(?:{ranks}) ?, ?)?{lead_in()}", regex.IGNORECASE)


def is_rank(text: str, title: Mention) -> bool:
    """Tell whether the mention is a rank or a calling (`Đại tá`, `Luật sư`), not an office."""
    words = fold(text[title.start : title.end])
    return (
        words in _words("ranks")
        or words.strip(".") in _words("honorifics")
        or words.startswith(("bác sĩ ", "đại diện "))
    )


def is_bodiless(title: str) -> bool:
    """Tell whether the office needs no body (`Thủ tướng`)."""
    return fold(title) in _words("bodiless")


def status_before(text: str, start: int) -> str:
    """Return what the words before an office say of it: `former`, `appointed`, `acting` or nothing."""
    match = _status_pattern().search(text, max(0, start - 40), start)
    return match.lastgroup or "" if match else ""


def find_offices(text: str, mentions: Sequence[Mention]) -> list[Office]:
    """Join each TITLE mention with the body that follows it."""
    offices = []
    for index, title in enumerate(mentions):
        if title.label != "TITLE" or is_rank(text, title):
            continue
        rank = _RANK_OF_TITLE.match(text, title.end)
        title_end = rank.end() if rank else title.end
        body, position = _body_after(text, mentions, index, title_end)
        end = title_end
        if body is not None:
            end = body.end
            for tail in mentions[position + 1 : position + 4]:
                if tail.label not in ("ORG", "LOC") or not _TAIL_GAP.fullmatch(text, end, tail.start):
                    break
                opened = "(" in text[end : tail.start]
                end = tail.end
                if opened and text[end : end + 1] == ")":
                    end += 1
        offices.append(Office(title, title_end, body, end, status_before(text, title.start)))
    return offices


def _body_after(
    text: str, mentions: Sequence[Mention], index: int, title_end: int
) -> tuple[Mention | None, int]:
    title = mentions[index]
    if index + 1 == len(mentions):
        return None, index
    following = mentions[index + 1]
    if following.label in ("ORG", "LOC", "ZONE") and _BODY_GAP.fullmatch(text, title_end, following.start):
        return following, index + 1
    if (
        following.label == "ORG"
        and not is_bodiless(text[title.start : title.end])
        and _LOOSE_BODY_GAP.fullmatch(text, title_end, following.start)
    ):
        return following, index + 1
    return None, index


def chained(text: str, before: Office, after: Office) -> bool:
    """Tell whether two offices stand in one enumeration (`Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh`)."""
    if is_bodiless(text[before.title.start : before.title_end]) and fold(
        text[after.title.start : after.title_end]
    ) in ("đại biểu", "đbqh"):
        return False  # `theo kết luận của Thủ tướng, đại biểu A nói`
    return (
        after.title.start - before.end <= 80
        and _chain().fullmatch(text, before.end, after.title.start) is not None
    )


def share_bodies(text: str, run: Sequence[Office]) -> None:
    """Give the offices of a run the body that they share with the next (`Chủ tịch kiêm Giám đốc X`)."""
    for before, after in zip(reversed(run[:-1]), reversed(run[1:]), strict=True):
        if before.body is not None or after.body is None:
            continue
        first = fold(text[before.title.start : before.title_end])
        second = fold(text[after.title.start : after.title_end])
        if is_bodiless(first):
            continue
        joined = "kiêm" in text[before.end : after.title.start]
        companies = _COMPANY.search(first) is not None and _COMPANY.search(second) is not None
        if companies or joined or after.body.label == "LOC":
            before.body = after.body
