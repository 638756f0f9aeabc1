"""Spans with labels: names, titles, zones, documents, dates, quantities."""
