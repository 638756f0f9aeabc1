"""Reports to look at: gold annotation, so that what the page must show does not hang on `extract`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from viet_report_ie import Report
from viet_report_ie.corpus.document import Document
from viet_report_ie.corpus.gold import read_jsonl

SEEDS = Path(__file__).parent.parent.parent / "seeds"


@lru_cache(maxsize=1)
def golds() -> dict[str, Report]:
    return {gold["id"]: Document.from_gold(gold).to_report() for gold in read_jsonl(SEEDS / "seeds.jsonl")}


def gold(name: str = "dai_hoi_kkt_hai_phong") -> Report:
    return golds()[name]


def with_finding(report: Report) -> Report:
    """Return a report in which an editor would query its second figure."""
    finding = {"kind": "sum", "message": "Tổng không khớp", "measurements": [1], "mentions": []}
    return Report.from_dict({**report.to_dict(), "findings": [finding]})
