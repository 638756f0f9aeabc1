"""What a person reads on a terminal: a report and a table of scores."""

from __future__ import annotations

from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from viet_report_ie.corpus.agreement import Agreement
from viet_report_ie.corpus.score import Scores
from viet_report_ie.report import Measurement, Quantity, Report

__all__ = ["print_agreement", "print_report", "print_scores"]

_BOUNDS = {"=": "", "~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}


def print_report(report: Report, console: Console) -> None:
    """Print officials, zones, documents, measurements and findings; empty parts are left out."""
    console.print(Text(f"{report.id or 'article'}: {len(report.text)} characters", style="bold"))
    if report.officials:
        table = _table(f"Officials ({len(report.officials)})", "Name", "Positions")
        for official in report.officials:
            positions = [
                f"{p.title} @ {p.organization}" if p.organization else p.title for p in official.positions
            ]
            table.add_row(Text(official.name), Text("; ".join(positions)))
        console.print(table)
    if report.zones:
        table = _table(f"Zones ({len(report.zones)})", "Kind", "Name", "Place")
        for zone in report.zones:
            table.add_row(Text(zone.kind), Text(zone.name), Text(zone.place))
        console.print(table)
    if report.resolutions:
        table = _table(
            f"Documents ({len(report.resolutions)})", "Kind", "Number or name", "Issuer", "Date", "Mentions"
        )
        for document in report.resolutions:
            table.add_row(
                Text(document.kind),
                Text(document.number or document.name),
                Text(document.issuer),
                document.date.isoformat() if document.date else "",
                str(len(document.mentions)),
            )
        console.print(table)
    if report.measurements:
        table = _table(
            f"Measurements ({len(report.measurements)})",
            "Indicator", "Value", "Kind", "Status", "Period", "Base",
        )  # fmt: skip
        for measurement in report.measurements:
            table.add_row(*map(Text, _measurement_row(measurement)))
        console.print(table)
    if report.findings:
        table = _table(f"Findings ({len(report.findings)})", "Kind", "What an editor would query")
        for finding in report.findings:
            table.add_row(Text(finding.kind), Text(finding.message))
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
        table.add_row(
            name, f"{right / max(1, of):.3f}", str(right), str(of), "" if kappa is None else f"{kappa:.3f}"
        )
    console.print(table)
    if agreement.alone:
        console.print(Text(f"Left out, one annotator alone has them: {', '.join(agreement.alone)}"))


def _table(title: str, *columns: str) -> Table:
    table = Table(*columns, title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    return table


def _measurement_row(measurement: Measurement) -> tuple[str, ...]:
    return (
        measurement.indicator.text if measurement.indicator else "",
        _value(measurement.quantity),
        measurement.kind,
        measurement.status,
        measurement.period.text if measurement.period else "",
        measurement.base.text if measurement.base else "",
    )


def _value(quantity: Quantity) -> str:
    numbers = [_grouped(number) for number in (quantity.low, quantity.high) if number is not None]
    value = numbers[0] if len(set(numbers)) == 1 else " … ".join(numbers)
    if quantity.whole is not None:
        value += f"/{_grouped(quantity.whole)}"
    return f"{_BOUNDS[quantity.bound]}{value} {quantity.unit}".strip()


def _grouped(number: Decimal) -> str:
    # Vietnamese figures group with a full stop and have a decimal comma.
    return f"{number.normalize():,f}".translate(str.maketrans(".,", ",."))
