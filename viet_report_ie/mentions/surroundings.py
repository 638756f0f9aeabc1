"""Weighs a number by the words around it: a quantity, a name or an ordinal, something vague, a year."""

from __future__ import annotations

from functools import cache
from itertools import islice

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.bounds import bound_syllables
from viet_report_ie.mentions.counted import read_counted
from viet_report_ie.mentions.number_words import number_words, word_at
from viet_report_ie.mentions.reading import Reading

__all__ = ["counted_before", "has_context", "is_negation", "is_vague", "lists_names", "score", "words_before"]

_WORDS = regex.compile(r"\p{L}++|[<>]=|\S")
_WORDS_BACK = regex.compile(rf"(?r){_WORDS.pattern}")
_REACH = 60
_SENTENCE_SIGNS = frozenset('.!?:;\n"(-')
_COUNT_OF = regex.compile(r"(?<!\p{L})số(?: lượng)?(?= \p{Ll})", regex.IGNORECASE)
_STOP = regex.compile(r"[.;!?\n](?=\s|$)")
_LONGEST_PLAIN = 6
"""A longer number without separators is a code."""
_NUMBER_AHEAD = regex.compile(r" \d")
_CLOSING = frozenset(".,;)\n")


@cache
def _words(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(load_toml("quantities")[table][key])


def words_before(text: str, pos: int, most: int | None = None) -> list[str]:
    """Return the words and signs before `pos` on its line, nearest first, lower case; so many at most."""
    window = text[max(0, pos - _REACH) : pos]
    line = window[window.rfind("\n") + 1 :].lower()
    return [match.group() for match in islice(_WORDS_BACK.finditer(line), most)]


def has_context(words: list[str]) -> bool:
    """Tell whether there are words before a number beyond those that bound it."""
    return any(word.isalpha() and word not in bound_syllables() for word in words)


def is_negation(text: str, reading: Reading) -> bool:
    """Tell whether `không` is no zero: a word follows it that is no unit of measure."""
    if text[reading.start : reading.numeral.end].lower() != "không":
        return False
    named = reading.measure is not None and reading.measure.base is not None
    return not named and text[reading.numeral.end : reading.numeral.end + 2].strip(" ")[:1].isalpha()


def is_vague(text: str, reading: Reading, words: list[str]) -> bool:
    """Tell whether a word before a bare number makes it vague: `vài`, and `hàng` before a scale."""
    lexicon, last = number_words(), words[:1]
    if not last or last[0] in _words("vague", "before"):
        return bool(last)
    if word_at(text, reading.start)[0] not in lexicon.leading:
        return False
    return last[0] in lexicon.before_leading or last[0] in lexicon.leading


def lists_names(words: list[str]) -> bool:
    """Tell whether all numbers of the list behind these words are names: `điều 2, 3 và 4`."""
    return words[:1] != [] and words[0] in _words("labels", "listing")


def _labelled(words: list[str], known: bool) -> bool:
    """Tell whether the words before a number make it a name or an ordinal: `quận 1`, `lần 2`."""
    pair = " ".join(reversed(words[:2]))
    if not words or pair in _words("labels", "inside"):
        return False
    label = pair if pair in _words("labels") else words[0]
    return label in _words("labels") and not (known and label in _words("labels", "weak"))


def _is_other_word(text: str, reading: Reading) -> bool:
    """Tell whether a number word begins another word or a name: `ba mẹ`, `Ba Đình`."""
    measure, numeral = reading.measure, reading.numeral
    if measure is None or not numeral.spoken or measure.end != reading.end:
        return False
    noun = text[numeral.end : measure.end].lstrip(" ")
    if text[reading.start].isupper() and noun[:1].isupper() and noun[1:].islower():
        return True
    return text[reading.start : reading.end].lower() in _words("not_counted", "not_numbers")


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in _SENTENCE_SIGNS


def _looks_like_year(text: str, reading: Reading) -> bool:
    raw = text[reading.start : reading.numeral.end]
    return len(raw) == 4 and raw.isdecimal() and "1900" < raw < "2101" and raw != "2000"


def _after_name(text: str, start: int) -> bool:
    """Tell whether the number is a part of a name, as behind one (`Mazda 6`, `Yeah1`) or behind a hyphen."""
    before = text[max(0, start - 20) : start].split(" ")
    if text[start - 1 : start].isalpha() or text[start - 1 : start] == "-":
        return True
    return len(before) > 1 and before[-2][:1].isupper()


def _score_count(text: str, reading: Reading, words: list[str]) -> float:
    """Weigh a number with a counted noun."""
    measure, numeral = reading.measure, reading.numeral
    assert measure is not None
    own = measure.known and measure.end == reading.end
    first = text[reading.start : reading.numeral.end].split(" ")[0].lower()
    if _is_other_word(text, reading):
        return 0.0
    if reading.low != reading.low.to_integral_value():
        return 0.8 if measure.known and not _after_name(text, reading.start) else 0.0
    if measure.unit in _words("labels") and _NUMBER_AHEAD.match(text, measure.end):
        return 0.0
    if numeral.spoken and not numeral.scaled:
        if not measure.known or (first == "một" and words[:2] not in (["nhất", "ít"], ["thiểu", "tối"])):
            return 0.0
        if first == "năm" and reading.low == 5 and words[:1] and words[:2] != ["trong", "một"]:
            return 0.0 if words[0] in _words("year_cues") else 0.9
    lower = text[numeral.end : numeral.end + 2].strip(" ")[:1].islower()
    counts = own and lower and measure.unit not in _words("labels", "places")
    if not numeral.scaled and _labelled(words, counts):
        return 0.0
    if _looks_like_year(text, reading) and not (own and words[:1] and words[0] in _words("values", "before")):
        return 0.0
    if measure.announcing and reading.low < 20:
        return 0.4
    return 0.9 if measure.known else 0.0 if _after_name(text, reading.start) else 0.6


def score(text: str, reading: Reading, words: list[str]) -> float:
    """Weigh a reading by the `words` before it: 0 is no quantity, below 0.5 what readers may leave out.

    Durations and counts that announce the structure of the text score below 0.5 (`Q?` in the guidelines).
    """
    measure, numeral = reading.measure, reading.numeral
    if words[:1] and words[0] in _words("vague", "before"):
        return 0.0
    if numeral.spoken and text[reading.start].isupper() and not _begins_sentence(text, reading.start):
        return 0.0
    if measure is None:
        return 0.8 if reading.unit else 0.0
    if measure.base is None:
        return _score_count(text, reading, words)
    if measure.base.is_duration and "/" not in measure.unit:
        return 0.3
    if numeral.spoken and reading.low == 1 and not measure.base.is_money:
        return 0.0
    return 0.95


def counted_before(text: str, reading: Reading, words: list[str]) -> str | None:
    """Return what a number without a unit counts, from the same sentence: `số đại biểu có mặt là 46`."""
    start, end = reading.start, reading.end
    raw = text[start:end]
    if not words or words[0] not in _words("values", "before") or _looks_like_year(text, reading):
        return None
    if raw[:1] == "0" or (raw.isdecimal() and len(raw) > _LONGEST_PLAIN):
        return None
    following = _WORDS.match(text, end + 1)
    closed = end >= len(text) or (text[end] in _CLOSING and not text[end + 1 : end + 2].isdecimal())
    if not closed and (following is None or following.group() not in _words("values", "after")):
        return None
    window = text[max(0, start - 150) : start]
    stops = [match.end() for match in _STOP.finditer(window)]
    low = stops[-1] if stops else 0
    for match in reversed(list(_COUNT_OF.finditer(window, low))):
        counted = read_counted(window, match.end())
        if counted is not None and counted.known:
            return counted.unit
    return None
