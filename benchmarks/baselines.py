"""Our pipeline beside two baselines on the open test corpus: ``python -m benchmarks.baselines [GOLD.jsonl]``.

The baselines are what one has without this project: `underthesea.ner` (names alone), and regular expressions
for numbers with their units, dates, document numbers and runs of capitalised words.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import regex
from underthesea import ner

from viet_report_ie.corpus.score import FACTS, LABELS, MICRO, Counts, Scores, score
from viet_report_ie.pipeline import extract

__all__ = ["SYSTEMS", "align", "by_ner", "by_regex", "compare"]

SEEDS = Path(__file__).parent.parent / "seeds" / "seeds.jsonl"
Json = dict[str, Any]

_NER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}

_WORD = r"\p{Lu}[\p{L}'.]*+"
_RUN = rf"{_WORD}(?: {_WORD}){{0,7}}+"
_NAMES = regex.compile(
    r"(?<!\p{L})(?:"
    rf"(?P<ZONE>(?:KCN|KKT|CCN|KCX|[Kk]hu công nghiệp|[Kk]hu kinh tế|[Cc]ụm công nghiệp) {_RUN}(?: \d+)?)"
    rf"|(?P<LOC>(?:tỉnh|thành phố|TP\.?|huyện|thị xã|xã|phường|quốc lộ|đường|sông|cảng) ?{_RUN})"
    rf"|(?P<ORG>(?:UBND|HĐND|Ủy ban|Sở|Bộ|Ban|Công ty|Tập đoàn|Ngân hàng|Trường|Bệnh viện|Hội|Cục|Đảng bộ) "
    rf"[\p{{L}} ]{{0,40}}?{_RUN})"
    rf"|(?P<PERSON>{_WORD}(?: {_WORD}){{1,4}}+)"
    rf"|(?P<PLACE>{_WORD})(?=[,.;)]))"
)
_DATE = regex.compile(
    r"(?:(?:sáng|chiều|tối|ngày|tháng|quý|hết|cuối|đầu) )?(?:ngày |năm |tháng )?"
    r"(?<![\d.,/-])\d{1,2}[-/.](?:1[0-2]|0?[1-9])(?:[-/.]\d{4})?(?![\d.,/-])"
    r"|năm \d{4}|quý [IV]{1,3}(?:[-/]\d{4})?",
    flags=regex.IGNORECASE,
)
_LAW = regex.compile(
    r"(?P<kind>Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Kết luận|Quy định|Công văn|Kế hoạch)"
    r" (?:số )?(?P<number>\d++[\p{L}\d/-]*+)",
    flags=regex.IGNORECASE,
)
_NUMBER = r"\d++(?:[.,]\d++)*+"
_QUANTITY = regex.compile(
    rf"(?<![\d.,/-])(?P<low>{_NUMBER})(?: ?[-–] ?(?P<high>{_NUMBER}))?"
    r" ?(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)?+ ?(?P<unit>%|[\p{L}][\p{L}\d]*+(?:/\p{L}++)?+)"
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_UNITS = {"đồng": "VND", "USD": "USD", "lần": "x"}
_MEASURES = {"VND", "USD", "%", "x", "ha", "km", "m", "m2", "m3", "tấn", "kg", "MW", "kWh"}
# The noun phrase before a figure ends where its verb or the bound word begins.
_LEFT = regex.compile(
    r"(?P<noun>[\p{L}]++(?: [\p{L}]++){0,5}?)"
    r"(?: (?:là|đạt|ước|tăng|giảm|còn|hơn|gần|trên|dưới|khoảng|chiếm|bằng|lên|xuống|từ|đến|với|có))*+"
    r" *+\(?$"
)


def align(text: str, words: Sequence[str], start: int = 0) -> Iterator[tuple[int, int] | None]:
    """Spans of words in the text that they come from, in order; None for a word that was rewritten.

    Examples
    --------
    >>> list(align("ở  Hà Nội.", ["ở", "Hà  Nội", "!", "."]))
    [(0, 1), (3, 9), None, (9, 10)]
    """
    for word in words:
        found = regex.compile(r"\s+".join(map(regex.escape, word.split()))).search(text, start)
        # A word that stands far off is another one: the text between would be lost.
        if found is None or found.start() - start > 20:
            yield None
            continue
        start = found.end()
        yield found.span()


def by_ner(text: str) -> Json:
    """Names by `underthesea.ner`, line by line."""
    entities: list[Json] = []
    for line in regex.finditer(r"[^\n]*\S[^\n]*", text):
        tagged = ner(line[0])
        spans = align(line[0], [word for word, *_ in tagged])
        open_label = ""
        for (*_, tag), span in zip(tagged, spans, strict=True):
            sign, _, name = tag.partition("-")
            label = _NER_LABELS.get(name, "")
            if not label or span is None:
                open_label = ""
                continue
            start, end = line.start() + span[0], line.start() + span[1]
            if sign == "I" and label == open_label:
                entities[-1]["end"] = end
            else:
                entities.append({"label": label, "start": start, "end": end})
            open_label = label
    return {"entities": entities}


def by_regex(text: str) -> Json:
    """Mentions, figures and documents by regular expressions."""
    laws = list(_LAW.finditer(text))
    entities = [{"label": "LAW", "start": law.start(), "end": law.end()} for law in laws]
    entities += [{"label": "DATE", "start": date.start(), "end": date.end()} for date in _DATE.finditer(text)]
    taken = [(entity["start"], entity["end"]) for entity in entities]
    for name in _NAMES.finditer(text):
        if not _touches(name.span(), taken):
            label = name.lastgroup.replace("PLACE", "LOC") if name.lastgroup else "PERSON"
            entities.append({"label": label, "start": name.start(), "end": name.end()})
    return {
        "entities": entities,
        "measurements": [_figure(text, q) for q in _QUANTITY.finditer(text) if not _touches(q.span(), taken)],
        "zones": [
            {"kind": "industrial_park", "name": text[e["start"] : e["end"]].partition(" ")[2]}
            for e in entities
            if e["label"] == "ZONE"
        ],
        "resolutions": [{"kind": law["kind"].lower(), "number": law["number"]} for law in laws],
    }


def _touches(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _figure(text: str, match: regex.Match[str]) -> Json:
    """One figure: the unit right of the number, the nearest noun phrase left of it."""
    scale = _SCALES.get(match["scale"] or "", 1)
    low, high = (_value(match[name] or match["low"]) * scale for name in ("low", "high"))
    unit = _UNITS.get(match["unit"], match["unit"])
    left = _LEFT.search(text[max(0, match.start() - 80) : match.start()])
    # What is counted is its own indicator; a measure needs the words before it.
    indicator = left["noun"] if left and unit.partition("/")[0] in _MEASURES else match["unit"]
    return {
        "quantity": {
            "start": match.start(),
            "end": match.end(),
            "text": match[0],
            "low": low,
            "high": high,
            "whole": None,
            "unit": unit,
            "bound": "=",
        },
        "indicator": {"text": indicator},
        "kind": "level",
        "status": "actual",
    }


def _value(number: str) -> float:
    """Read `1.234,5`: points group thousands, a comma begins the decimals."""
    grouped = number.replace(".", "").split(",")
    return float(grouped[0] + "." + "".join(grouped[1:]))


SYSTEMS: dict[str, Callable[[str], Json]] = {
    "viet_report_ie": lambda text: extract(text).to_dict(),
    "underthesea.ner": by_ner,
    "regex": by_regex,
}


def compare(golds: Sequence[Json]) -> dict[str, tuple[Scores, float]]:
    """Scores and seconds of each system; the first article is read once before, as loading is not reading."""
    results = {}
    for name, read in SYSTEMS.items():
        read(golds[0]["text"])
        start = time.perf_counter()
        found = {gold["id"]: read(gold["text"]) for gold in golds}
        results[name] = score(golds, found), time.perf_counter() - start
    return results


def main(arguments: Sequence[str]) -> None:
    """Print F1 of each label and fact, systems side by side; a dash where a system finds none at all."""
    path = Path(arguments[0]) if arguments else SEEDS
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    results = compare(golds)
    print(f"F1 on {path.name}, {len(golds)} articles")
    print(f"{'':16}" + "".join(f"{name:>17}" for name in results))
    for row in (*LABELS, MICRO, *FACTS):
        cells = [scores.exact[row] for scores, _ in results.values()]
        print(_line(row, cells))
    # Spans that share a character: what a system with other habits about type words still finds.
    for label in LABELS:
        print(_line(f"{label} overlap", [scores.overlap[label] for scores, _ in results.values()]))
    print(f"{'seconds':16}" + "".join(f"{seconds:17.1f}" for _, seconds in results.values()))


def _line(name: str, cells: Sequence[Counts]) -> str:
    return f"{name:16}" + "".join(f"{c.f1:17.3f}" if c.tp + c.fp else f"{'-':>17}" for c in cells)


if __name__ == "__main__":
    main(sys.argv[1:])
