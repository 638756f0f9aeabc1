from __future__ import annotations
import re
def tokenize(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\W\d_]+|\d+|\S", text)]
