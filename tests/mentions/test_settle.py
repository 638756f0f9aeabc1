"""One place settles overlaps, by a stated order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.mentions.mention import LABELS, Mention
from viet_report_ie.mentions.settle import settle


def mention(start: int, end: int, label: str = "ORG") -> Mention:
    return Mention(label, start, end, "test")


def test_an_earlier_group_wins_even_when_shorter() -> None:
    assert settle([mention(2, 4)], [mention(0, 9)]) == [mention(2, 4)]


def test_in_a_group_the_outermost_wins() -> None:
    assert settle([mention(2, 4, "LOC"), mention(0, 9)]) == [mention(0, 9)]


def test_touching_mentions_both_stay_in_text_order() -> None:
    assert settle([mention(4, 6)], [mention(0, 4)]) == [mention(0, 4), mention(4, 6)]


spans = st.tuples(st.integers(0, 40), st.integers(1, 10), st.sampled_from(LABELS))
mentions = st.lists(spans.map(lambda s: mention(s[0], s[0] + s[1], s[2])))


@given(mentions, mentions)
def test_what_is_kept_is_ordered_and_disjoint_and_what_is_dropped_overlaps(
    first: list[Mention], second: list[Mention]
) -> None:
    kept = settle(first, second)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    assert all(any(one.overlaps(other) for other in kept) for one in first + second)
