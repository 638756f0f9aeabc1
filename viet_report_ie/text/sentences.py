from __future__ import annotations
import re
def split_sentences(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\S[^\n]*?(?:[.!?…](?=\s)|(?=\n)|$)", text)]
