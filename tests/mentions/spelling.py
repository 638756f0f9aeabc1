"""Spells whole numbers in Vietnamese words, the northern or the southern way: the reverse of the reader."""

from __future__ import annotations

__all__ = ["spell_number"]

_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _below_thousand(number: int, *, leading: bool, south: bool) -> list[str]:
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = [_DIGITS[hundreds], "trăm"] if leading or hundreds else []
    if tens == 0:
        link = ["lẻ" if south else "linh"] if words else []
        return words + ([*link, _DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    special = {5: "lăm"}
    if tens > 1:
        special |= {1: "mốt", 4: "bốn" if south else "tư"}
    return words + ([special.get(units, _DIGITS[units])] if units else [])


def _below_billion(number: int, *, leading: bool, south: bool) -> list[str]:
    words: list[str] = []
    for power, scale in ((2, ["triệu"]), (1, ["ngàn" if south else "nghìn"]), (0, [])):
        group = number // 1000**power % 1000
        if group:
            words += _below_thousand(group, leading=leading or bool(words), south=south) + scale
    return words


def spell_number(number: int, region: str = "north") -> str:
    """Spell a number from 0 to 10^18 - 1."""
    if number == 0:
        return _DIGITS[0]
    south = region == "south"
    billions, rest = divmod(number, 10**9)
    words = [*_below_billion(billions, leading=False, south=south), "tỷ"] if billions else []
    return " ".join(words + _below_billion(rest, leading=bool(words), south=south))
