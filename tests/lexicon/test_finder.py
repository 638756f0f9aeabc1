"""The finder of words against the pattern that it stands for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.lexicon.finder import Finder
from viet_report_ie.lexicon.patterns import alternatives

WORDS = ["nói", "nói rằng", "nêu", "nêu rõ", "rõ ràng"]


@given(st.lists(st.sampled_from([*WORDS, " ", ",", "x", "rõ", "rằng"]), max_size=12))
def test_finds_what_the_pattern_finds(pieces: list[str]) -> None:
    text = "".join(pieces)
    pattern = re.compile(rf"(?<!\w)(?:{alternatives(WORDS)})(?!\w)")
    assert list(Finder(WORDS).find(text)) == [match.span() for match in pattern.finditer(text)]
