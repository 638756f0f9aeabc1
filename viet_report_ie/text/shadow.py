from __future__ import annotations
from dataclasses import dataclass
__all__ = ["Shadow", "make_shadow"]
@dataclass(frozen=True)
class Shadow:
    original: str
    text: str
    def to_original(self, start: int, end: int) -> tuple[int, int]:
        return start, end
def make_shadow(original: str) -> Shadow:
    return Shadow(original, original)
