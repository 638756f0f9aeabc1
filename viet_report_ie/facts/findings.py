"""What an editor would query: figures that do not add up, and documents that are cited in two ways."""

from __future__ import annotations

from collections.abc import Sequence

from viet_report_ie.facts.model import Finding, Measurement, Resolution
from viet_report_ie.text.article import Article

__all__ = ["find_findings"]


def find_findings(
    article: Article, measurements: Sequence[Measurement], resolutions: Sequence[Resolution]
) -> list[Finding]:
    """Return what does not agree among the figures and the documents of an article."""
    return []
