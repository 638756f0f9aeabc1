"""Daft and Ray as this project uses them: they report to nobody, and draw no bars of their own."""

from __future__ import annotations

import os
from typing import Any

__all__ = ["ENVIRONMENT", "load_daft"]

ENVIRONMENT = {"DO_NOT_TRACK": "1", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0"}
"""Read by the libraries when they are imported or started."""


def load_daft() -> Any:
    """Import Daft, which takes a moment and is needed by batches only."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    import daft

    return daft
