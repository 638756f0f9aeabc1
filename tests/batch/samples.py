"""Articles for the tests, and what a plain loop makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from viet_report_ie import extract
from viet_report_ie.batch.records import Record
from viet_report_ie.batch.tables import TABLES, report_rows

SEEDS = Path(__file__).parents[2] / "seeds"
PROVINCES = (
    "Nghệ An",
    "Bình Định",
    "Tuyên Quang",
    "Lào Cai",
    "An Giang",
    "Quảng Ngãi",
    "Lâm Đồng",
    "Vĩnh Long",
)

Article = dict[str, Any]
Row = dict[str, Any]


def short_articles(count: int) -> list[Article]:
    """Return short articles with ids, no two alike."""
    return [
        {
            "id": f"tin-{number:04}",
            "published": f"20{15 + number % 10}-0{1 + number % 9}-15",
            "text": f"Chủ tịch UBND tỉnh {PROVINCES[number % 8]} Lê An cho biết năm 20{15 + number % 10}, "
            f"tỉnh thu hút {number + 2},5 triệu USD, tăng {number % 30 + 1}% so với năm trước; khu công "
            f"nghiệp Sông Hồng có {number + 20} doanh nghiệp, theo Nghị quyết số {number + 1}-NQ/TU.",
        }
        for number in range(count)
    ]


@lru_cache(maxsize=1)
def seeds() -> tuple[Article, ...]:
    """Return the seeds as articles."""
    lines = (SEEDS / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple({"id": item["id"], "text": item["text"]} for item in map(json.loads, lines))


def write_jsonl(path: Path, articles: Iterable[Article]) -> Path:
    """Write articles, one a line."""
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def read_table(out: Path, table: str) -> list[Row]:
    """Return all rows of a table, sorted, files in any order."""
    rows: list[Row] = []
    for path in (out / table).iterdir():
        if path.suffix == ".jsonl":
            rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        elif path.suffix == ".parquet" and not path.name.startswith("."):
            rows += pq.ParquetFile(path).read().to_pylist()
    return sorted(rows, key=repr)


def read_tables(out: Path) -> dict[str, list[Row]]:
    """Return the rows of all tables."""
    return {table: read_table(out, table) for table in TABLES if (out / table).is_dir()}


def looped(articles: Iterable[Article]) -> dict[str, list[Row]]:
    """Return the rows of what a plain loop over `extract` finds."""
    tables: dict[str, list[Row]] = {table: [] for table in TABLES if table not in ("articles", "errors")}
    for article in articles:
        published = date.fromisoformat(article["published"]) if "published" in article else None
        report = extract(article["text"], id=article["id"], published=published)
        record = Record(1, article["id"], article["text"], published, "", None, b"")
        for table, rows in report_rows(report, record, "").items():
            if table in tables:
                tables[table] += [dict(zip(TABLES[table], row, strict=True)) for row in rows]
    return {table: sorted(rows, key=repr) for table, rows in tables.items()}
