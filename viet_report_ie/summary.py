"""What a person reads on a terminal: a report, a table of scores, the agreement of two annotators."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import Enum

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from viet_report_ie.corpus.agreement import Agreement
from viet_report_ie.corpus.score import Scores
from viet_report_ie.notation import format_short, show_quantity
from viet_report_ie.report import Measurement, Report, Resolution

__all__ = ["Color", "make_console", "print_agreement", "print_report", "print_scores"]

_PIPE_WIDTH = 100


class Color(str, Enum):
    """Whether what is printed is coloured; `auto` is on a terminal alone."""

    auto = "auto"
    always = "always"
    never = "never"


def make_console(color: Color) -> Console:
    """Return the console of standard output; without colour it prints plain text and no escape codes."""
    forced = {Color.auto: None, Color.always: True, Color.never: False}[color]
    console = Console(force_terminal=forced, highlight=False)
    if not sys.stdout.isatty():
        console.width = _PIPE_WIDTH
    return console


def print_report(report: Report, console: Console) -> None:
    """Print findings, officials, zones, documents and measurements; empty parts are left out."""
    facts = f"{len(report.text)} characters, {len(report.entities)} mentions"
    if report.published:
        facts += f", published {report.published.isoformat()}"
    console.print(Text.assemble((report.id or "article", "bold"), "  ", (facts, "dim")))
    if report.findings:
        _heading(console, "Findings", len(report.findings), "bold red")
        for finding in report.findings:
            _line(console, Text.assemble(("! ", "bold red"), finding.message, (f"  {finding.kind}", "dim")))
    if report.officials:
        _heading(console, "Officials", len(report.officials))
        for official in report.officials:
            _line(console, Text(official.name, "bold"))
            for position in official.positions:
                office = Text(position.title, "magenta")
                if position.organization:
                    office.append(f", {position.organization}", "default")
                if position.status not in ("", "current"):
                    office.append(f" ({position.status})", "dim")
                _line(console, office, indent=4)
    if report.zones:
        _heading(console, "Zones", len(report.zones))
        for zone in report.zones:
            where = f", {zone.place}" if zone.place else ""
            kind = zone.kind.replace("_", " ")
            _line(console, Text.assemble((zone.name, "bold"), where, (f"  {kind}", "dim")))
    if report.resolutions:
        _heading(console, "Documents", len(report.resolutions))
        for document in report.resolutions:
            _line(console, _document(document))
            if document.subject:
                _line(console, Text(document.subject, "italic"), indent=4)
    if report.measurements:
        _heading(console, "Measurements", len(report.measurements))
        table = _table("", "Indicator", "Value", "Kind")
        table.columns[1].justify = "right"
        for measurement in report.measurements:
            table.add_row(*_measurement(measurement))
        console.print(table)


def print_scores(scores: Scores, articles: int, console: Console) -> None:
    """Print precision, recall and F1 of every label and fact, and the accuracies."""
    table = _table(f"{articles} articles", "", "P", "R", "F1", "tp", "fp", "fn", "overlap F1")
    for name, counts in scores.exact.items():
        overlap = scores.overlap.get(name)
        table.add_row(
            name,
            *(f"{value:.3f}" for value in (counts.precision, counts.recall, counts.f1)),
            *(str(value) for value in (counts.tp, counts.fp, counts.fn)),
            f"{overlap.f1:.3f}" if overlap else "",
        )
    console.print(table)
    table = _table("accuracy over what was found", "", "accuracy", "right", "of")
    for name, (right, of) in scores.accuracy.items():
        table.add_row(name, f"{right / max(1, of):.3f}", str(right), str(of))
    console.print(table)


def print_agreement(agreement: Agreement, console: Console) -> None:
    """Print what two annotators share and what one alone has, for every label and fact."""
    table = _table(f"{agreement.articles} articles", "", "F1", "both", "only A", "only B", "overlap F1")
    for name, counts in agreement.scores.exact.items():
        overlap = agreement.scores.overlap.get(name)
        numbers = (counts.tp, counts.fn, counts.fp)
        table.add_row(name, f"{counts.f1:.3f}", *map(str, numbers), f"{overlap.f1:.3f}" if overlap else "")
    console.print(table)
    table = _table("figures that both have", "", "agreement", "same", "of", "kappa")
    for name, (right, of) in agreement.scores.accuracy.items():
        kappa = agreement.kappa.get(name)
        share = f"{right / max(1, of):.3f}"
        table.add_row(name, share, str(right), str(of), "" if kappa is None else f"{kappa:.3f}")
    console.print(table)
    if agreement.alone:
        console.print(Text(f"Left out, one annotator alone has them: {', '.join(agreement.alone)}"))


def _heading(console: Console, title: str, count: int, style: str = "bold cyan") -> None:
    console.print()
    console.print(Text(f"{title} ({count})", style))


def _line(console: Console, text: Text, indent: int = 2) -> None:
    console.print(Padding(text, (0, 0, 0, indent), expand=False))


def _document(document: Resolution) -> Text:
    kind = document.kind[:1].upper() + document.kind[1:]
    day = document.date.isoformat() if document.date else ""
    line = Text.assemble((f"{kind} {document.number or document.name}", "bold"))
    line.append("".join(f", {part}" for part in (document.issuer, day) if part))
    return line.append(f"  mentions: {len(document.mentions)}", "dim")


def _measurement(found: Measurement) -> tuple[Text, Text, Text]:
    """Return the cells of a row; period and base stand under the indicator, so that 80 columns are enough."""
    indicator = Text(found.indicator.text if found.indicator else "-")
    under = [found.period.text if found.period else "", f"vs. {found.base.text}" if found.base else ""]
    if any(under):
        indicator.append("\n  " + "; ".join(filter(None, under)), "dim")
    kind = Text(found.kind, "dim")
    if found.status != "actual":
        kind.append(f" {found.status}", "not dim yellow")
    return indicator, Text(_value(found), "bold"), kind


def _value(found: Measurement) -> str:
    quantity = found.quantity
    ends: Iterable[str] = (format_short(end) for end in (quantity.low, quantity.high) if end is not None)
    value = " - ".join(dict.fromkeys(ends))
    if quantity.whole is not None:
        value += f"/{format_short(quantity.whole)}"
    return f"{show_quantity(quantity).sign}{value} {quantity.unit}".strip()


def _table(title: str, *columns: str) -> Table:
    table = Table(*columns, title=title or None, title_justify="left", box=box.SIMPLE, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    return table
