"""Read Vietnamese news and reports: officials, zones, resolutions, and every figure with what it measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viet_report_ie.batch import ExtractionError, extract_many
from viet_report_ie.pipeline import extract, parse_dates, parse_quantities
from viet_report_ie.report import Report

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["ExtractionError", "Report", "extract", "extract_many", "load", "parse_dates", "parse_quantities"]


def load() -> Language:
    """Return the shipped spaCy pipeline.

    Returns
    -------
    spacy.language.Language
        Its docs have words as tokens, mentions in ``doc.ents`` and the whole report in ``doc._.report``.

    Examples
    --------
    >>> doc = load()("Ông Trần Văn Bình thăm thành phố Hải Phòng.")
    >>> [(entity.text, entity.label_) for entity in doc.ents]
    [('Trần Văn Bình', 'PERSON'), ('thành phố Hải Phòng', 'LOC')]
    >>> doc._.report.entities[0].text
    'Trần Văn Bình'
    """
    # spaCy takes longer to import than `extract` takes to read an article, so only those who ask for it pay.
    from viet_report_ie.language import load_language

    return load_language()
