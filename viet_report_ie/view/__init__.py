"""The page: reports as one self-contained HTML file."""

from viet_report_ie.view.render import render

__all__ = ["render"]
