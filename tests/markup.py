"""One-line examples with marked spans: ``thu hút hơn <q low=9600000000 unit=USD>9,6 tỷ USD</q>``.

A tag is the label of the span in lower case, `q` for QUANTITY; its attributes are what the test wants to know
of the span, as text, in quotation marks where they hold spaces or signs.
A ``<`` or ``>`` outside a tag stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Marked", "parse"]

_TAG = re.compile(r"""<(/?)([a-z]+)((?: [a-z_]+=(?:"[^"]*"|'[^']*'|[^\s>"']+))*)>""")
_ATTRIBUTE = re.compile(r"""([a-z_]+)=(?:"([^"]*)"|'([^']*)'|(\S+))""")
_LABELS = {"q": "QUANTITY"}


@dataclass(frozen=True)
class Marked:
    """A marked span: its label, its offsets in the text without tags, and its attributes."""

    label: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse(markup: str) -> tuple[str, list[Marked]]:
    """Return the text without its tags, and the marked spans in the order of their starts."""
    text, pos = "", 0
    spans: list[Marked] = []
    opened: list[tuple[str, int, dict[str, str]]] = []
    for match in _TAG.finditer(markup):
        text += markup[pos : match.start()]
        pos = match.end()
        closing, tag, attributes = match.groups()
        if closing:
            name, start, values = opened.pop()
            if name != tag:
                raise ValueError(f"<{name}> is closed by </{tag}>: {markup!r}")
            spans.append(Marked(_LABELS.get(tag, tag.upper()), start, len(text), values))
        else:
            values = {name: a or b or c for name, a, b, c in _ATTRIBUTE.findall(attributes)}
            opened.append((tag, len(text), values))
    if opened:
        raise ValueError(f"<{opened[-1][0]}> is not closed: {markup!r}")
    return text + markup[pos:], sorted(spans, key=lambda span: (span.start, -span.end))
