"""Many articles: a guarded stream of reports, and runs over archives that lose nothing."""

from viet_report_ie.batch.errors import ExtractionError
from viet_report_ie.batch.many import extract_many

__all__ = ["ExtractionError", "extract_many"]
