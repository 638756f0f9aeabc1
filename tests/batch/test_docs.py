"""The pages about batches: their code runs on the seeds, and their tables say what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from math import ceil
from pathlib import Path

import pytest

from tests.batch.samples import SEEDS, read_tables, seeds
from viet_report_ie.batch.errors import KINDS
from viet_report_ie.batch.tables import TABLES

DOCS = SEEDS.parent / "docs"


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def run(page: str, folder: Path) -> None:
    """Run the commands of a page, then its Python, in a folder that has the seeds."""
    os.symlink(SEEDS, folder / "seeds")
    main = [sys.executable, "-c", "from viet_report_ie.cli import main; main()"]
    for block in blocks(page, "sh"):
        for line in block.splitlines():
            program, *arguments = shlex.split(line)
            assert program == "viet-report-ie"
            done = subprocess.run(
                [*main, *arguments], cwd=folder, capture_output=True, text=True, timeout=300
            )
            assert done.returncode == 0, done.stderr
    script = "\n".join(blocks(page, "python"))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laptop")
    run("batch.md", folder)
    return folder


def test_a_folder_of_articles_ends_in_a_chart(laptop: Path) -> None:
    assert (laptop / "chart.png").stat().st_size > 10_000
    assert {row["article"] for row in read_tables(laptop / "tables")["articles"]} == {
        item["id"] for item in seeds()
    }


def test_the_cluster_gives_the_rows_of_the_laptop(laptop: Path, tmp_path: Path) -> None:
    """On a Ray with two workers that the command starts and stops."""
    run("cluster.md", tmp_path)
    assert read_tables(tmp_path / "tables") == read_tables(laptop / "tables")
    parts = list((tmp_path / "tables" / "articles").iterdir())
    assert len(parts) == ceil(len(seeds()) / 5)  # the page asks for parts of five


def described(page: str) -> dict[str, str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text, flags=re.MULTILINE))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_page_lists_the_columns(table: str) -> None:
    columns = list(TABLES[table].items())[:-3]
    assert described("batch.md")[table] == ", ".join(f"`{name}` {kind}" for name, kind in columns)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_page_lists_the_errors(kind: str) -> None:
    assert described("batch.md")[kind] == KINDS[kind]
