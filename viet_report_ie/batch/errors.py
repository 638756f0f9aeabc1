"""Why an article has no report."""

from __future__ import annotations

__all__ = ["KINDS", "ExtractionError"]

KINDS: dict[str, str] = {
    "broken": "a line that is not a JSON object, a CSV record that cannot be read",
    "crashed": "the process that read it died three times on it",
    "duplicate": "an earlier article has the same id, or the same content where neither has an id",
    "empty": "nothing but white space",
    "failed": "extract raised",
    "no_text": "no text under that name, or not a string",
    "not_text": "binary data under the name of a text",
    "timeout": "not finished within the time limit",
    "too_long": "longer than the limit",
    "unreadable": "the file cannot be opened or read on from here: not there, truncated, damaged",
    "utf8": "not valid UTF-8",
}
"""The kinds of errors and what they mean."""


class ExtractionError(Exception):
    """One article that has no report; it is returned in place of it, not raised.

    Attributes
    ----------
    id : str or None
        The id that came with the article.
    position : int
        Its index, from 0, among the articles.
    kind : str
        One of the keys of `KINDS`.
    reason : str
        What happened, in words.

    Examples
    --------
    >>> error = ExtractionError("a7", 12, "timeout", "not finished after 60 s")
    >>> str(error)
    'article 12 (id a7): timeout: not finished after 60 s'
    """

    def __init__(self, id: str | None, position: int, kind: str, reason: str) -> None:
        super().__init__(id, position, kind, reason)
        self.id = id
        self.position = position
        self.kind = kind
        self.reason = reason

    def __str__(self) -> str:
        name = "" if self.id is None else f" (id {self.id})"
        return f"article {self.position}{name}: {self.kind}: {self.reason}"
