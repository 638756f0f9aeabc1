"""The commands of those who build corpora: ``convert``, ``pre-annotate`` and ``agree``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from viet_report_ie.corpus.agreement import Agreement, agree
from viet_report_ie.corpus.document import Document
from viet_report_ie.corpus.formats import Format, read_documents, write_documents
from viet_report_ie.pipeline import extract
from viet_report_ie.summary import print_agreement

__all__ = ["register"]

Source = Annotated[
    Path, typer.Argument(exists=True, help="Annotated articles: a file, or a folder of brat standoff.")
]
From = Annotated[Format | None, typer.Option("--from", help="Format read; none: told by the ending.")]
To = Annotated[Format | None, typer.Option("--to", help="Format written; none: told by the ending.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("convert")(convert_command)
    app.command("pre-annotate")(pre_annotate_command)
    app.command("agree")(agree_command)


def convert_command(
    source: Source,
    out: Annotated[Path, typer.Argument(help="File, or folder for brat, to write.")],
    from_: From = None,
    to: To = None,
) -> None:
    """Convert annotated articles: JSONL, brat, CoNLL, DocBin, Label Studio; LangExtract and W3C out."""
    try:
        documents = list(read_documents(source, from_))
        write_documents(documents, out, to)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    print(f"{out}: {len(documents)} articles", file=sys.stderr)


def pre_annotate_command(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Articles in UTF-8.")],
    out: Annotated[Path, typer.Option(help="File, or folder for brat, to write.")],
    to: To = None,
) -> None:
    """Annotate articles by machine, for a person to correct."""
    try:
        write_documents(_proposals(files), out, to, proposals=True)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    print(f"{out}: {len(files)} articles", file=sys.stderr)


def agree_command(
    a: Source,
    b: Source,
    as_json: Annotated[bool, typer.Option("--json", help="Print numbers and differences as JSON.")] = False,
    differences: Annotated[bool, typer.Option(help="List the differences.")] = True,
) -> None:
    """Compare two annotators of the same articles, per label and per fact, and list where they differ."""
    try:
        agreement = agree(read_documents(a), read_documents(b))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if as_json:
        print(json.dumps(_to_dict(agreement), ensure_ascii=False, indent=2))
        return
    print_agreement(agreement, Console())
    if differences:
        for line in agreement.differences:
            print(line)


def _proposals(files: list[Path]) -> Iterator[Document]:
    for path in files:
        try:
            yield Document.from_report(extract(path.read_bytes().decode("utf-8-sig"), id=path.stem))
        except UnicodeDecodeError as error:
            raise ValueError(f"{path}: {error}") from None


def _to_dict(agreement: Agreement) -> dict[str, object]:
    return {
        **agreement.scores.to_dict(),
        "kappa": agreement.kappa,
        "articles": agreement.articles,
        "alone": agreement.alone,
        "differences": agreement.differences,
    }
