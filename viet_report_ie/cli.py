"""The commands: ``extract``, ``evaluate`` and ``schema``; those of other rooms register on `app`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from viet_report_ie import explain
from viet_report_ie.batch.command import batch_command
from viet_report_ie.corpus import commands as corpus_commands
from viet_report_ie.corpus.formats import read_predictions
from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.corpus.score import score
from viet_report_ie.pipeline import extract
from viet_report_ie.report import TABLE_COLUMNS, Report
from viet_report_ie.summary import Color, make_console, print_report, print_scores
from viet_report_ie.view import command as view_command

__all__ = ["app", "main"]

app = typer.Typer(
    help="Read Vietnamese news and reports: officials, zones, documents, figures with what they measure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_commands.register(app)
view_command.register(app)
explain.register(app)


class Format(str, Enum):
    """What `extract` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


@app.command("extract")
def extract_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Articles in UTF-8; '-' or none: standard input."),
    ] = None,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of publication; anchors 'sáng 19-7'."),
    ] = None,
    color: Annotated[Color, typer.Option(help="Whether the table is coloured.")] = Color.auto,
) -> None:
    """Read articles and print what is in them."""
    day = published.date() if published else None
    failed = False
    reports: list[Report] = []
    table = csv.DictWriter(sys.stdout, TABLE_COLUMNS, lineterminator="\n")
    if format is Format.csv:
        table.writeheader()
    for name, text in _texts(files or [Path("-")]):
        if isinstance(text, Exception):
            print(f"{name}: {text}", file=sys.stderr)
            failed = True
            continue
        report = extract(text, published=day, id=name)
        if format is Format.table:
            print_report(report, make_console(color))
        elif format is Format.csv:
            table.writerows(report.to_table())
        elif format is Format.jsonl:
            print(report.to_json())
        else:
            reports.append(report)
    if format is Format.json:
        dicts = [report.to_dict() for report in reports]
        print(json.dumps(dicts[0] if len(dicts) == 1 else dicts, ensure_ascii=False, indent=2))
    if failed:
        raise typer.Exit(1)


app.command("batch")(batch_command)


@app.command("evaluate")
def evaluate_command(
    gold: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Annotated articles, JSONL.")],
    predictions: Annotated[
        Path | None,
        typer.Option(exists=True, help="Any system's, in a format of `convert`; none: run extract."),
    ] = None,
    errors: Annotated[
        str | None, typer.Option(help="List every miss and false alarm of a label (ORG) or fact (pair).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score against annotated articles, per label and per fact."""
    golds = list(read_jsonl(gold))
    if predictions is None:
        found = {item["id"]: extract(item["text"], id=item["id"]).to_dict() for item in golds}
    else:
        try:
            found = read_predictions(predictions, {item["id"]: item["text"] for item in golds})
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    try:
        scores = score(golds, found, errors=errors)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if as_json:
        print(json.dumps({**scores.to_dict(), "errors": scores.errors}, ensure_ascii=False, indent=2))
        return
    for line in scores.errors:
        print(line)
    print_scores(scores, len(golds), Console())


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a report."""
    print(json.dumps(Report.json_schema(), ensure_ascii=False, indent=2))


def _texts(files: list[Path]) -> Iterator[tuple[str, Any]]:
    for path in files:
        try:
            data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
            yield ("stdin" if str(path) == "-" else path.stem), data.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            yield str(path), error


def main() -> None:
    """Run the command line; what it prints is UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()
