"""The command ``view``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from viet_report_ie.corpus.document import Document
from viet_report_ie.corpus.formats import ENDINGS, read_documents
from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.pipeline import extract
from viet_report_ie.report import Report
from viet_report_ie.view.render import LANGUAGES, render

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("view")(view_command)


def view_command(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, help="Articles (.txt), reports (.json, .jsonl) or annotated articles."),
    ],
    out: Annotated[Path, typer.Option(help="The page to write; '-': standard output.")] = Path("page.html"),
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication of the articles.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the labels: vi or en; the page can change it.")] = "vi",
    launch: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Show articles with what is in them as one offline HTML page."""
    if language not in LANGUAGES:
        raise typer.BadParameter(f"got {language!r}, want vi or en", param_hint="--language")
    try:
        reports = [report for path in files for report in _reports(path, published and published.date())]
        page = render(reports, language=language)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if str(out) == "-":
        print(page)
        return
    out.write_text(page, encoding="utf-8")
    print(f"{out}: {len(reports)} articles", file=sys.stderr)
    if launch:
        typer.launch(str(out))


def _reports(path: Path, published: date | None) -> Iterator[Report]:
    if path.suffix in (".jsonl", ".gz"):
        yield from map(_report, read_jsonl(path))
    elif path.suffix == ".json" and (items := _reports_of_json(path)):
        yield from map(_report, items)
    elif path.is_dir() or path.suffix in ENDINGS:
        yield from (document.to_report() for document in read_documents(path))
    else:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValueError(f"{path}: {error}") from None
        yield extract(text, published=published, id=path.stem)


def _reports_of_json(path: Path) -> list[dict[str, object]]:
    """Return the reports or gold objects of a file; none if it holds the tasks of Label Studio."""
    read = json.loads(path.read_text(encoding="utf-8-sig"))
    items = read if isinstance(read, list) else [read]
    return [item for item in items if "text" in item]


def _report(item: dict[str, object]) -> Report:
    return Report.from_dict(item) if "schema_version" in item else Document.from_gold(item).to_report()
