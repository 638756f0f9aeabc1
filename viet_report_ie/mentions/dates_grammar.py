"""The patterns of date expressions, built once from the words of ``lexicon/dates.toml``.

They run on the lower-cased shadow text. Every repetition is bounded, so a scan stays linear.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from viet_report_ie.lexicon import load_toml

__all__ = ["Grammar", "load_grammar"]

_D = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
_M = r"(?:0?[1-9]|1[0-2])(?![0-9])"
_Y = r"(?:1[0-9]|20|21)[0-9]{2}(?![0-9])"
_UNIT = r"(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_DIGIT = r"(?:không|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:mười(?: {_UNIT})?|(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín) mươi(?: {_UNIT})?|(?:linh|lẻ|không) {_UNIT}|{_DIGIT} {_UNIT})"
_YW = rf"(?:(?:một|hai) (?:nghìn|ngàn)(?: {_DIGIT} trăm)?(?: {_TENS})?|(?:một chín|một tám|hai không|hai mươi) {_TENS})"
_DW = rf"(?:mười(?: {_UNIT})?|(?:hai|ba) (?:mươi|mười)(?: {_UNIT})?|hai (?:mốt|tư|lăm|nhăm|hai|ba|sáu|bảy|bẩy|tám|chín)|ba mốt|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"
_SEP = r" ?[/.-] ?"
_COUNT = r"(?:[0-9]{1,3}|mười(?: (?:một|hai|ba|lăm))?|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|vài|mấy)"


class Grammar(NamedTuple):
    """One pattern that finds every expression, and for each rule the pattern that takes it apart."""

    scan: re.Pattern[str]
    rules: dict[str, re.Pattern[str]]


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) + ")"


@cache
def load_grammar() -> Grammar:
    """Compile the patterns; the first rule of the table wins where two start together."""
    lexicon = load_toml("dates")
    part = _any(lexicon["day_parts"]["words"])
    cuts = _any(list(lexicon["cuts"]))
    short = _any([word for word, _ in lexicon["days"]["short_steps"]])
    day_step = _any([word for word, _ in lexicon["days"]["steps"]])
    steps = _any([word for word, _ in lexicon["steps"]["words"]])
    month_word = _any([word for word, _ in lexicon["months"]["words"]])
    quarter = _any([word for word, _ in lexicon["quarters"]["words"]])
    weekday = _any([word for word, _ in lexicon["weekdays"]["words"]])
    year_head = _any(lexicon["years"]["heads"])
    term_head = _any(lexicon["terms"]["heads"])
    feasts = lexicon["feasts"]
    feast = _any([name for name, _, _ in feasts["fixed"]])
    feast_head = _any(feasts["heads"])
    spans = lexicon["spans"]
    loose = lexicon["loose"]

    cut = rf"(?:(?P<cut>{cuts}) )?"
    # What may come before a day: part of the day, a step, the weekday, the type word.
    lead = (
        rf"(?:(?P<part>{part})(?P<step> {short}| {day_step})?,? )?(?:(?P<today>{day_step}),? )?"
        rf"(?:(?P<weekday>{weekday}),? )?"
    )
    head = r"(?:(?P<head>ngày mùng|ngày mồng|mùng|mồng|ngày|hôm) )?"
    listed = rf"(?:(?P<first>{_D})(?:(?:, {_D}){{0,6}},? (?:và|đến|tới|hoặc) | ?- ?))?"
    year_step = rf"năm (?P<year_step>{steps})"
    after_month = rf"(?:{_SEP}(?P<y>{_Y})|(?:,? của)?,? năm (?P<yw>{_Y}|{_YW})|,? {year_step})?"
    numeric_months = rf"(?P<m>{_M}|{month_word})(?:(?:, (?:tháng )?{_M}){{0,6}}(?:,? (?:và|đến|tới|hoặc) | ?- ?|, )(?P<m2>{_M})(?!{_SEP}[0-9]{{1,2}}(?![0-9])))?"
    rules = {
        "iso": rf"(?P<y>{_Y})(?P<sep>[/.-])(?P<m>{_M})(?P=sep)(?P<d>{_D})",
        "day": cut + lead + head + listed + rf"(?P<d>{_D})(?: ?/ ?|[.-]| - )(?P<m>{_M})(?:{_SEP}(?P<y>{_Y}|[0-9]{{2}}(?![0-9]))|,? năm (?P<yw>{_Y})| {year_step})?",
        "spoken": cut + lead + head + listed + rf"(?P<d>{_D}|{_DW}|rằm) tháng (?P<m>{_M}|{month_word})(?P<lunar> âm lịch)?" + after_month,
        "dayless": cut + lead + rf"(?P<head>ngày mùng|ngày mồng|mùng|mồng|ngày|hôm) {listed}(?P<d>{_D}|{_DW})(?: {year_step})?",
        "month": cut + rf"tháng {numeric_months}(?P<lunar> âm lịch)?" + after_month,
        "months": rf"(?P<count>{_COUNT}|những|các) (?P<unit>tháng|quý) (?P<side>đầu|cuối|còn lại)(?: của)?(?: năm(?: (?P<y>{_Y}|{_YW})| (?P<year_step>{steps}))?)(?!(?: học)? {_D})",
        "months_of": rf"(?P<count>{_COUNT}) tháng(?: của)? năm (?P<y>{_Y})",
        "bare_month": rf"(?P<m>{_M})(?P<sep> ?/ ?|-)(?P<y>{_Y})(?: ?- ?(?P<m2>{_M})(?P=sep)(?P<y2>{_Y}))?",
        "quarter": cut + rf"quý (?P<q>{quarter})(?:(?:, |,? (?:và|đến) |-)(?:quý )?(?P<q2>{quarter})(?![\w]))?(?:(?: ?[/-] ?| năm )(?P<y>{_Y})| năm (?P<yw>{_YW})| {year_step})?",
        "half": rf"nửa (?P<side>đầu|cuối|sau)(?: của)? (?:năm(?: (?P<y>{_Y})| (?P<year_step>{steps}))?|tháng (?P<m>{_M})(?:{_SEP}(?P<my>{_Y}))?)",
        "same": rf"(?P<cut>cùng kỳ|cùng kì|cùng thời điểm)(?: của)?(?: (?:tháng (?P<m>{_M})[/-](?P<my>{_Y})|năm (?P<y>{_Y}|{_YW})|năm (?P<year_step>{steps})|(?P<steps>trước)))?",
        "year": cut + rf"(?P<head>{year_head}) (?P<y>{_Y}|{_YW})(?: ?- ?(?P<y2>{_Y})(?!{_SEP}[0-9]))?",
        "term": cut + rf"(?P<head>{term_head})(?: {_COUNT} năm)?(?: từ)?,? \(?(?P<y>{_Y})(?: ?- ?| đến | đến năm )(?P<y2>{_Y})(?!{_SEP}[0-9])",
        "decade": rf"(?P<head>thập niên|thập kỷ|những năm|thế kỷ)(?: thứ)? (?P<n>[0-9]{{1,4}}(?![0-9])|[ivxl]{{1,6}}(?!\w)|{_TENS}|{_UNIT}(?!\w))(?:,?(?: của)? (?:thế kỷ (?P<c>[0-9]{{1,2}}|[ivxl]{{1,6}}|{_TENS})(?!\w)|thế kỷ trước))?",
        "years": rf"(?P<y>{_Y}) ?- ?(?P<y2>{_Y})(?!{_SEP}[0-9])",
        "bare_year": rf"(?P<y>{_Y})",
        "feast": rf"(?P<head>{feast_head} )?(?P<name>{feast})(?: ?\(?(?P<d>{_D})[/-](?P<m>{_M})(?:[/-](?P<y>{_Y}))?\)?| (?:năm )?(?P<yw>{_Y})| {year_step})?",
        "moon": rf"{_any(feasts['lunar'])}(?: (?:năm )?{_Y}| {year_step})?|tết(?= (?:đến|này|tới|sắp|nhất|xong)|[.,;:!?)]|$)|rằm(?: tháng (?:{month_word}|{_M}))?",
        "weekday_of": rf"(?:(?P<part>{part}) )?(?:ngày |hôm )?(?P<weekday>{weekday})(?: (?P<unit>tuần) (?P<steps>{steps})| (?P<near>{steps}))?",
        "from_start": rf"(?:kể )?từ (?:đầu|cuối) (?P<unit>năm|tháng|quý|tuần|nhiệm kỳ)(?: (?P<y>{_Y})| nay| này)? (?:cho )?(?:đến|tới) (?:nay|hiện nay|hôm nay)",
        "today": rf"(?:đầu giờ )?(?:(?P<part>{part}) (?P<step>{short}|{day_step})|(?P<today>{day_step}))",
        "span": rf"(?P<count>{_COUNT}) (?P<unit>ngày|tuần|tháng|quý|năm|thập niên|thập kỷ|nhiệm kỳ)(?: liên tiếp)? (?:(?P<past>{_any(spans['past'])})|(?P<future>{_any(spans['future'])})|(?P<before>{_any(spans['before'])})|(?P<after>{_any(spans['after'])}))",
        "relative": cut + rf"(?P<unit>tuần|tháng|quý|năm|nhiệm kỳ|thế kỷ|thập niên|thập kỷ) (?P<steps>{steps})",
        "part_of": rf"(?:dịp )?(?P<cut>{cuts}) (?P<unit>tuần|tháng|quý|năm|nhiệm kỳ)",
        "recurring": _any(loose["recurring"]),
        "open": _any(loose["open"]),
        "now": _any(loose["now"]),
    }  # fmt: skip
    scan = "|".join(
        f"(?P<{name}_>{re.sub(r'[(][?]P<[a-z0-9_]+>', '(?:', body).replace('(?P=sep)', '[ /.-]{1,3}')})"
        for name, body in rules.items()
    )
    return Grammar(
        re.compile(rf"(?<![\w])(?<![0-9][.,/-])(?:{scan})(?![\w])"),
        {name: re.compile(rf"(?:{body})(?![\w])") for name, body in rules.items()},
    )
