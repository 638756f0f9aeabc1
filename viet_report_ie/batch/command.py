"""The command ``viet-report-ie batch``."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from viet_report_ie.batch.checks import MAX_CHARACTERS

__all__ = ["batch_command"]


class OutFormat(str, Enum):
    """The files of the tables."""

    parquet = "parquet"
    jsonl = "jsonl"


class TableName(str, Enum):
    """The tables that `--only` can name."""

    entities = "entities"
    officials = "officials"
    zones = "zones"
    resolutions = "resolutions"
    measurements = "measurements"
    places = "places"
    findings = "findings"


class Runner(str, Enum):
    """Where Daft runs the plan."""

    native = "native"
    ray = "ray"


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f}/s" if task.speed else "")


def batch_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Folders, files or globs of .txt, .html, .jsonl, .csv, .tsv (also .gz) and .parquet; URLs (s3://).",
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="Folder of the dataset; a run that was stopped is continued there.")
    ],
    format: Annotated[OutFormat, typer.Option(help="Files of the tables.")] = OutFormat.parquet,
    only: Annotated[
        list[TableName] | None,
        typer.Option(help="Write this table (repeatable) beside articles and errors; default: all."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read the first so many articles only.")] = None,
    sample: Annotated[
        float, typer.Option(min=0, max=1, help="Read this share, the same articles each time.")
    ] = 1.0,
    text_column: Annotated[str, typer.Option(help="Column or key of the text.")] = "text",
    id_column: Annotated[str, typer.Option(help="Column or key of the id.")] = "id",
    published_column: Annotated[
        str, typer.Option(help="Column or key of the day of publication.")
    ] = "published",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Keep the texts in the table articles.")
    ] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="Workers; default: one a core.")] = None,
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds that one article may take.")] = 60.0,
    max_characters: Annotated[int, typer.Option(min=1, help="Longer texts are refused.")] = MAX_CHARACTERS,
    part_size: Annotated[
        int | None, typer.Option(min=1, help="Articles a file; default: by their number.")
    ] = None,
    runner: Annotated[Runner, typer.Option(help="This machine, or a Ray cluster.")] = Runner.native,
    address: Annotated[str | None, typer.Option(help="Of the Ray cluster; default: start one here.")] = None,
) -> None:
    """Read an archive into tables; the same command continues a run that was stopped."""
    # The engine takes a second to load, which the other commands should not pay.
    from viet_report_ie.batch.records import Layout
    from viet_report_ie.batch.run import Interrupted, Settings, run_batch
    from viet_report_ie.batch.tables import TABLES

    tables = tuple(table.value for table in only) if only else tuple(TABLES)
    layout = Layout(text_column, id_column, published_column, max_characters=max_characters)
    settings = Settings(tuple(sources), layout, tables, format.value, limit, sample, with_text, part_size)
    console = Console(stderr=True)
    columns = (TextColumn("articles"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=None)
            summary = run_batch(
                settings,
                out,
                processes=processes,
                timeout=timeout,
                runner=runner.value,
                address=address,
                watch=lambda done, total: bar.update(task, completed=done, total=total),
            )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    except (Interrupted, OSError) as error:
        console.print(f"Stopped: {error}\nThe same command continues.", markup=False, highlight=False)
        raise typer.Exit(1) from None
    rows = Table("", "", show_header=False)
    rows.add_row("articles", f"{summary.articles:,}")
    rows.add_row("reports", f"{summary.reports:,}")
    for kind, count in summary.errors.items():
        rows.add_row(f"errors: {kind}", f"{count:,}")
    rows.add_row("without id", f"{summary.missing_ids:,}")
    for name, count in summary.rows.items():
        if name not in ("articles", "errors"):
            rows.add_row(f"rows of {name}", f"{count:,}")
    rate = summary.read_now / summary.seconds if summary.seconds else 0.0
    told = f"{summary.read_now:,} articles in {summary.seconds:,.1f} s, {rate:,.1f} a second"
    rows.add_row("this time", told)
    console.print(rows)
    if summary.errors:
        console.print(f"Errors are listed in {out / 'errors.log'}", markup=False, highlight=False)
