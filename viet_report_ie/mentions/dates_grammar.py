"""The patterns of date expressions, built once from the words of ``lexicon/dates.toml``.

They run on the lower-cased shadow text, each only at the words that it can begin with.
Every repetition is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from viet_report_ie.lexicon import load_toml

__all__ = ["DATED_NUMBER", "Rule", "load_rules"]

_D = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
_M = r"(?:0?[1-9]|1[0-2])(?![0-9])"
_Y = r"(?:1[0-9]|20|21)[0-9]{2}(?![0-9])"
_YY = r"[0-9]{2}(?![0-9/])"
_UNIT = r"(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_DIGIT = r"(?:không|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_TENS = (
    rf"(?:mười(?: {_UNIT})?|(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín) mươi(?: {_UNIT})?"
    rf"|(?:linh|lẻ|không) {_UNIT}|{_DIGIT} (?:không|{_UNIT}))"
)
# A year in words: `hai nghìn không trăm mười chín`, `hai không hai mốt`, `một chín bảy lăm`.
_YW = (
    rf"(?:(?:một|hai) (?:nghìn|ngàn)(?: {_DIGIT} trăm)?(?: {_TENS})?"
    rf"|(?:một (?:chín|tám)|hai không|hai mươi) {_TENS})"
)
_DW = (
    rf"(?:mười(?: {_UNIT})?|(?:hai|ba) (?:mươi|mười)(?: {_UNIT})?"
    rf"|hai (?:mốt|tư|lăm|nhăm|hai|ba|sáu|bảy|bẩy|tám|chín)|hăm {_UNIT}|(?:ba|băm) mốt"
    r"|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"
)
_SEP = r" ?[/.-] ?"
_COUNT_UNIT = r"(?:một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_MANY = r"(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_COUNT = (
    rf"(?:[0-9]{{1,3}}|mười(?: {_COUNT_UNIT})?|{_MANY} mươi(?: {_COUNT_UNIT})?"
    rf"|{_MANY} (?:mốt|tư|lăm|nhăm)|một trăm"
    r"|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|vài|mấy)"
)
# The two last digits of a year in words: `năm bảy lăm`, `năm chín mươi tám`.
_YYW = (
    rf"(?:(?:sáu|bảy|bẩy|tám|chín) (?:mươi {_COUNT_UNIT}|mươi|{_COUNT_UNIT}|không)"
    rf"|(?:hai|bốn|năm) (?:mươi )?{_COUNT_UNIT}|mười {_COUNT_UNIT})"
)
_AND = r"(?:và|đến|tới|hoặc)"
_UNITS = "ngày|hôm|tuần|tháng|quý|năm|thập niên|thập kỷ|nhiệm kỳ"

DATED_NUMBER = re.compile(rf"[0-9]{{1,4}}(?: ?[/.-]|, | {_AND} | (?:{_UNITS}|tết)(?!\w))|{_Y}")
"""Digits with which an expression may begin; at others no rule is tried, as most count something."""


class Rule(NamedTuple):
    """One kind of expression and the pattern that takes it apart."""

    name: str
    pattern: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) + ")"


def _column(rows: Iterable[list[str]]) -> list[str]:
    return [row[0] for row in rows]


@cache
def load_rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules to try at a word, in order, by that word; those for digits are under ``0``."""
    lexicon = load_toml("dates")
    parts, cut_words = lexicon["day_parts"]["words"], list(lexicon["cuts"])
    day_steps, steps = _column(lexicon["days"]["steps"]), _any(_column(lexicon["steps"]["words"]))
    weekdays, month_words = _column(lexicon["weekdays"]["words"]), _any(_column(lexicon["months"]["words"]))
    quarter = _any(_column(lexicon["quarters"]["words"]))
    edge = _any(_column(lexicon["edges"]["words"]))
    feasts, spans, loose = lexicon["feasts"], lexicon["spans"], lexicon["loose"]
    feast_names = _column(feasts["fixed"])
    year_heads, term_heads = lexicon["years"]["heads"], lexicon["terms"]["heads"]
    part, weekday, day_step = _any(parts), _any(weekdays), _any(day_steps)
    short = _any(_column(lexicon["days"]["short_steps"]))
    weekday_or_short = _any([*weekdays, *_column(lexicon["weekdays"]["short"])])
    counts = ["0", *lexicon["counts"]["words"]]
    numbers = ["0", "tư", "rằm", "hăm", "băm", *lexicon["counts"]["words"]]

    cut = rf"(?:(?P<cut>{_any(cut_words)}) )?"
    # What may come before a day: the part of the day, a step, the weekday, the type word.
    lead = (
        rf"(?:(?P<part>{part})(?P<step> {short}| {day_step})?,? )?(?:(?P<today>{day_step}),? )?"
        rf"(?:(?:ngày )?(?P<weekday>{weekday}),? )?"
    )
    type_word = r"(?P<head>ngày mùng|ngày mồng|mùng|mồng|ngày|hôm)"
    listed = rf"(?:(?P<first>{_D})(?:(?:, {_D}){{0,6}}(?:,? {_AND} |(?P<comma>, ))| ?- ?))?"
    year_step = rf"năm (?P<year_step>{steps})"
    # After `tháng 8`: `/2019`, ` năm 2019`, ` năm ngoái`.
    of_year = rf"{_SEP}(?P<y>{_Y})|(?: của)?,? năm (?P<yw>{_Y}|{_YY}|{_YW}|{_YYW})|,? {year_step}"
    month_list = (
        rf"(?P<m>{_M}|{month_words})(?:(?:, (?:tháng )?{_M}){{0,6}}(?:,? {_AND} | ?- ?|, )(?P<m2>{_M})"
        rf"(?! tháng)(?!{_SEP}[0-9]{{1,2}}(?![0-9])))?"
    )
    month_side = r"(?P<unit>tháng|quý) (?P<side>đầu|cuối|còn lại)(?: của)?"
    days = [*parts, *day_steps, *weekdays, *cut_words, "ngày", "mùng", "mồng", "hôm"]
    count = rf"(?P<count>{_COUNT}|nửa) (?P<unit>{_UNITS})(?P<half> rưỡi)?"
    rows: list[tuple[str, Iterable[str], str]] = [
        ("iso", ["0"], rf"(?P<y>{_Y})(?P<sep>[/.-])(?P<m>{_M})(?P=sep)(?P<d>{_D})"),
        (
            "nth",
            ["ngày", "tuần", *weekdays],
            rf"(?P<what>ngày|tuần|{weekday}) (?:thứ (?P<nth>{_any(lexicon['nth'])})|(?P<edge>{edge}))"
            rf"(?: của| trong)? (?:tháng (?P<m>{_M}|{month_words})(?!\w)(?:{of_year})?"
            rf"|tháng (?P<month_step>{steps})|năm (?P<my>{_Y}|{_YW})|năm (?P<step>{steps}))",
        ),
        (
            "moon",
            [*feasts["lunar"], "tết", "rằm", "mùng", "mồng", "đêm", "ngày", "0"],
            rf"(?:đêm )?{_any(feasts['lunar'])}(?: (?:năm )?(?P<y>{_Y})| {year_step})?"
            r"|tết(?= (?:đến|này|tới|sắp|nhất|xong)|[.,;:!?)]|$)"
            rf"|(?:ngày )?rằm(?: tháng (?:{month_words}|{_M}))?"
            rf"|(?:(?:ngày )?(?:mùng|mồng) (?:{_D}|{_DW})|(?:đêm )?(?:29|30)) tết",
        ),
        (
            "day",
            ["0", *days],
            cut
            + lead
            + rf"(?:{type_word} )?"
            + listed
            + rf"(?P<d>{_D})(?: ?/ ?|[.-]| - )(?P<m>{_M})(?! tháng [0-9])"
            rf"(?:{_SEP}(?P<y>{_Y})|(?P<ysep>[/.-])(?P<yw>{_YY})|,? năm (?P<my>{_Y})| {year_step})?",
        ),
        (
            "spoken",
            [*numbers, *days],
            cut
            + lead
            + rf"(?:{type_word} )?"
            + listed
            + rf"(?P<d>{_D}|{_DW}|rằm) tháng (?P<m>{_M}|{month_words})"
            rf"(?P<lunar> âm lịch)?(?!\w)(?:,? (?P<my>{_Y})|{of_year})?",
        ),
        (
            "day_of_step",
            days,
            cut + lead + type_word + " " + listed + rf"(?P<d>{_D}|{_DW}) tháng (?P<month_step>{steps})",
        ),
        ("dayless", days, cut + lead + type_word + " " + listed + rf"(?P<d>{_D}|{_DW})(?: {year_step})?"),
        (
            "month",
            [*cut_words, "tháng"],
            cut + rf"tháng {month_list}(?P<lunar> âm lịch)?(?:{of_year}|,? (?P<my>{_Y})(?=[.,;)]|$)"
            rf"|(?= (?P<near>{_any(lexicon['months']['near'])})(?! ?\w)))?",
        ),
        (
            "months",
            [*counts, "những", "các"],
            rf"(?P<count>{_COUNT}|những|các) {month_side}"
            rf" năm(?: (?P<y>{_Y}|{_YW})| (?P<year_step>{steps}))?(?!(?: học)? {_D})",
        ),
        ("months_of", counts, rf"(?P<count>{_COUNT}) tháng(?:(?: của)? năm)? (?P<y>{_Y})"),
        (
            "bare_month",
            ["0"],
            rf"(?P<m>{_M})(?P<sep> ?/ ?|-)(?P<y>{_Y})(?: ?- ?(?P<m2>{_M})(?P=sep)(?P<y2>{_Y}))?(?!/[^\W_])",
        ),
        (
            "quarter",
            [*cut_words, "quý"],
            cut + rf"quý (?P<q>{quarter})(?!\w)"
            rf"(?:(?:, {quarter}(?!\w)){{0,2}}(?:, |,? (?:và|đến) | ?- ?)(?:quý )?(?P<q2>{quarter})(?!\w))?"
            rf"(?: ?[/-] ?(?P<y>{_Y})|,?(?: của)? năm (?P<yw>{_Y}|{_YW})| (?P<my>{_Y})| {year_step})?",
        ),
        ("short_quarter", ["q1", "q2", "q3", "q4"], rf"q(?P<q>[1-4])(?: ?[/-] ?| )(?P<y>{_Y})"),
        (
            "half",
            ["nửa"],
            rf"nửa (?P<side>đầu|cuối|sau)(?: của)? (?:năm(?: (?P<y>{_Y})| (?P<year_step>{steps}))?"
            rf"|tháng (?P<m>{_M})(?:{_SEP}(?P<my>{_Y}))?)",
        ),
        (
            "same",
            ["cùng"],
            rf"(?:cùng kỳ|cùng kì|cùng thời điểm)(?: của)?(?: (?:tháng (?P<m>{_M})[/-](?P<my>{_Y})"
            rf"|năm (?P<y>{_Y}|{_YW})|năm (?P<year_step>{steps})|trước))?",
        ),
        (
            "decade",
            [*cut_words, "thập", "những", "thế"],
            cut + rf"(?P<head>thập niên|thập kỷ|những năm|thế kỷ)(?: thứ)? "
            rf"(?P<n>[0-9]{{1,4}}(?![0-9])|[ivxl]{{1,6}}(?!\w)|{_TENS}|{_UNIT}(?!\w))(?:-(?P<n2>{_Y}))?"
            rf"(?:,?(?: của)? (?:thế kỷ (?P<c>[0-9]{{1,2}}|[ivxl]{{1,6}}|{_TENS})(?!\w)|thế kỷ trước))?",
        ),
        (
            "year",
            [*cut_words, *year_heads],
            cut + rf"(?P<head>{_any(year_heads)}) (?P<y>{_Y}|{_YW})(?: ?- ?(?P<y2>{_Y})(?!{_SEP}[0-9]))?",
        ),
        (
            "short_year",
            [*cut_words, "năm"],
            cut + rf"năm (?:(?P<y>[0-9]{{3}})|(?P<yw>[0-9]{{2}}|{_YYW}))(?![.,/%-]?[0-9])",
        ),
        (
            "term",
            [*cut_words, *term_heads],
            cut + rf"(?P<head>{_any(term_heads)})(?: {_COUNT} năm)?(?: từ)?,? "
            rf"(?P<y>{_Y})(?: ?- ?| đến )(?P<y2>{_Y})(?!{_SEP}[0-9])",
        ),
        ("years", ["0"], rf"(?P<y>{_Y}) ?- ?(?P<y2>{_Y})(?!{_SEP}[0-9])"),
        ("bare_year", ["0", *cut_words], cut + rf"(?P<y>{_Y})"),
        (
            "feast",
            [*feasts["heads"], *feast_names],
            rf"(?P<head>{_any(feasts['heads'])} )?(?P<name>{_any(feast_names)})"
            rf"(?:,? (?P<d>{_D})[/-](?P<m>{_M})(?:[/-](?P<y>{_Y}))?| (?:năm )?(?P<yw>{_Y})| {year_step})?",
        ),
        (
            "weekday",
            [*parts, *weekdays, *_column(lexicon["weekdays"]["short"]), "ngày", "hôm"],
            rf"(?:(?P<part>{part}) )?(?:ngày |hôm )?(?P<weekday>{weekday_or_short})"
            rf"(?: (?P<unit>tuần) (?P<steps>{steps})| (?P<near>{steps}))?",
        ),
        (
            "from_start",
            ["kể", "từ"],
            r"(?:kể )?từ đầu (?P<unit>năm|tháng|quý|tuần|nhiệm kỳ)(?: nay| này)?"
            r" (?:cho )?(?:đến|tới) (?:nay|hiện nay|hôm nay)",
        ),
        (
            "today",
            [*parts, *day_steps, "mai"],
            rf"(?:(?P<part>{part}) (?P<step>{short}|{day_step})|(?P<today>{day_step})|(?P<alone>mai))",
        ),
        (
            "span",
            [*counts, "nửa"],
            rf"{count}(?: liên tiếp)? (?:(?P<past>{_any(spans['past'])})"
            rf"|(?P<future>{_any(spans['future'])})|(?P<before>{_any(spans['before'])})"
            rf"|(?P<after>{_any(spans['after'])}))",
        ),
        (
            "ago",
            ["cách"],
            rf"cách (?:đây|nay) (?:hơn |gần |khoảng |tròn |đúng )?{count}",
        ),
        ("next", ["sang"], r"sang (?P<unit>tuần|tháng|quý|năm)"),
        (
            "relative",
            [*cut_words, "tuần", "tháng", "quý", "năm", "nhiệm", "thế", "thập"],
            cut + rf"(?P<unit>tuần|tháng|quý|năm|nhiệm kỳ|thế kỷ|thập niên|thập kỷ) (?P<steps>{steps})",
        ),
        ("part_of", cut_words, rf"(?P<cut>{_any(cut_words)}) (?P<unit>tuần|tháng|quý|năm|nhiệm kỳ)"),
        ("recurring", loose["recurring"], _any(loose["recurring"])),
        ("open", loose["open"], _any(loose["open"])),
        ("now", loose["now"], _any(loose["now"])),
    ]
    by_word: dict[str, list[Rule]] = {}
    for name, starts, body in rows:
        rule = Rule(name, re.compile(rf"(?:{body})(?!\w)"))
        for first in {start.split()[0] for start in starts}:
            by_word.setdefault(first, []).append(rule)
    return {first: tuple(rules) for first, rules in by_word.items()}
