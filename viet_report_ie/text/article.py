"""The article as the other rooms see it: its shadow, its sentences and its tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from viet_report_ie.text.sentences import split_sentences
from viet_report_ie.text.shadow import Shadow, make_shadow
from viet_report_ie.text.tokens import tokenize

__all__ = ["Article", "Span", "read"]

Span = tuple[int, int]
"""Half-open ``(start, end)`` character offsets in the shadow text."""


@dataclass(frozen=True)
class Article:
    """One article, read. All offsets in the rooms `mentions` and `facts` are offsets in :attr:`text`."""

    shadow: Shadow

    @property
    def text(self) -> str:
        """The shadow text: NFC, one placement of tone marks, one dash, one space."""
        return self.shadow.text

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentence spans in order; they do not overlap and leave out only white space."""
        return split_sentences(self.text)

    @cached_property
    def tokens(self) -> list[Span]:
        """Syllable tokens in order: runs of letters, numbers, single signs."""
        return tokenize(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The text of each token."""
        text = self.text
        return [text[start:end] for start, end in self.tokens]


def read(text: str) -> Article:
    r"""Read a text as given into an :class:`Article`.

    Examples
    --------
    >>> article = read("Sáng 19–7,\u00a0Hoà Bình")
    >>> article.text
    'Sáng 19-7, Hòa Bình'
    """
    return Article(make_shadow(text))
