"""Annotated articles: reading, scoring, cross-validation."""
