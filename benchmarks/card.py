"""Counts of an annotated corpus, for its data card: ``python -m benchmarks.card [GOLD.jsonl]``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.mentions.mention import LABELS

__all__ = ["count"]

SEEDS = Path(__file__).parent.parent / "seeds" / "seeds.jsonl"


def count(golds: Sequence[dict[str, Any]]) -> list[str]:
    """Lines of the card.

    Parameters
    ----------
    golds : sequence of dict
        Annotated articles in the corpus format.

    Examples
    --------
    >>> empty = {"text": "Mưa.", "entities": [], "measurements": [], "officials": [], "zones": [], "laws": []}
    >>> count([empty])[0]
    'articles      1 (1 without a measurement), 4 characters'
    """
    entities = [entity for gold in golds for entity in gold["entities"]]
    rows = [row for gold in golds for row in gold["measurements"]]
    officials = [official for gold in golds for official in gold["officials"]]
    labels = Counter(entity["label"] for entity in entities if not entity["optional"])
    shapes = {
        "ranges": sum(row["low"] != row["high"] for row in rows),
        "parts of a whole": sum(row["whole"] is not None for row in rows),
        "with a period": sum(bool(row["period"]) for row in rows),
        "with a base": sum(bool(row["base"]) for row in rows),
    }
    return [
        f"articles      {len(golds)} ({sum(not g['measurements'] for g in golds)} without a measurement), "
        f"{sum(len(gold['text']) for gold in golds):,} characters",
        "mentions      " + _listed({label: labels[label] for label in LABELS}),
        f"optional      {sum(entity['optional'] for entity in entities)}",
        f"measurements  {len(rows)}",
        "  kind        " + _listed(Counter(row["kind"] for row in rows)),
        "  status      " + _listed(Counter(row["status"] for row in rows)),
        "  bound       " + _listed(Counter(row["bound"] for row in rows)),
        "  form        " + _listed(shapes),
        f"officials     {len(officials)}, positions {sum(len(o['positions']) for o in officials)}",
        "zones         " + _listed(Counter(zone["kind"] for gold in golds for zone in gold["zones"])),
        f"documents     {sum(len(gold['laws']) for gold in golds)}",
    ]


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items(), key=lambda item: -item[1]))


if __name__ == "__main__":
    print("\n".join(count(list(read_jsonl(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)))))
