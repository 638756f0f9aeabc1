"""CoNLL: a token and its IOB2 label a line, by word or by syllable, sentences parted by an empty line.

It holds mentions alone. `# newdoc id = …` opens an article and `# text = …` keeps its exact characters, as a
JSON string; files of other tools have neither: their tokens are found in a given text, or joined by spaces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from viet_report_ie.corpus.document import Document, number
from viet_report_ie.corpus.tokens import Unit, cut_tokens
from viet_report_ie.text.article import Span

__all__ = ["read_conll", "write_conll"]

_SPACE = re.compile(r"\s*")


def write_conll(documents: Iterable[Document], path: Path, unit: Unit = "word") -> None:
    """Write one file; the syllables of a word are joined by ``_``."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.writelines(f"{line}\n" for line in _lines(document, unit))


def read_conll(path: Path, texts: Mapping[str, str] | None = None) -> Iterator[Document]:
    """Read one file.

    Parameters
    ----------
    path : pathlib.Path
        The first column is the token, the last its label; a line ``-DOCSTART-`` opens an article too.
    texts : mapping of str to str, optional
        Texts by article id, for files that do not keep them; an article without an id takes one by place.

    Raises
    ------
    ValueError
        If a token is not in the text; the message names the file and the article.
    """
    names = list(texts or {})
    for place, (name, text, rows) in enumerate(_articles(path)):
        name = name or (names[place] if place < len(names) else f"{path.stem}-{place + 1}")
        text = text if text is not None else (texts or {}).get(name)
        if text is None:
            text = " ".join(token.replace("_", " ") for token, _ in rows)
        try:
            spans = list(_align(text, (token for token, _ in rows)))
        except ValueError as error:
            raise ValueError(f"{path}, article {name!r}: {error}") from None
        labels = _labelled(zip(spans, (label for _, label in rows), strict=True))
        yield Document(name, text, number((label, *span, False) for label, span in labels))


def _lines(document: Document, unit: Unit) -> Iterator[str]:
    mentions = document.mentions
    begins = {mention.start: f"B-{mention.label}" for mention in mentions}
    inside = {i: f"I-{m.label}" for m in mentions for i in range(m.start + 1, m.end)}
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    yield f"# newdoc id = {document.id}"
    yield f"# text = {json.dumps(document.text, ensure_ascii=False)}"
    for tokens in cut_tokens(document.text, edges, unit):
        for start, end in tokens:
            token = re.sub(r"\s+", "_", document.text[start:end])
            yield f"{token}\t{begins.get(start) or inside.get(start, 'O')}"
        yield ""
    yield ""


def _articles(path: Path) -> Iterator[tuple[str, str | None, list[tuple[str, str]]]]:
    name, text = "", None
    rows: list[tuple[str, str]] = []
    with open(path, encoding="utf-8-sig") as lines:
        for line in lines:
            key, equals, value = (part.strip() for part in line.partition(" = "))
            opens = key == "# newdoc id" or line.startswith("-DOCSTART-")
            if opens and (rows or name or text is not None):
                yield name, text, rows
                name, text, rows = "", None, []
            if key == "# newdoc id":
                name = value
            elif key == "# text" and value.startswith('"') and equals and text is None:
                text = json.loads(value)
            elif line.strip() and not line.startswith("-DOCSTART-") and not line.startswith("# "):
                columns = line.split()
                rows.append((columns[0], columns[-1]))
    if rows or name or text is not None:
        yield name, text, rows


def _align(text: str, tokens: Iterable[str]) -> Iterator[Span]:
    position = 0
    for token in tokens:
        space = _SPACE.match(text, position)
        start = space.end() if space else position
        if text.startswith(token, start):
            position = start + len(token)
        # Tools that join syllables write `_` for any white space; a text may have a real one.
        elif "_" in token and (found := re.compile(_joined(token)).match(text, start)):
            position = found.end()
        else:
            raise ValueError(f"token {token!r} is not at {text[start : start + 30]!r}")
        yield start, position


def _joined(token: str) -> str:
    return r"(?:_|\s+)".join(map(re.escape, token.split("_")))


def _labelled(tokens: Iterable[tuple[Span, str]]) -> Iterator[tuple[str, Span]]:
    label, start, end = "", 0, 0
    for span, tag in tokens:
        prefix, _, name = tag.partition("-")
        if prefix == "I" and name == label:
            end = span[1]
            continue
        if label:
            yield label, (start, end)
        label, (start, end) = (name if prefix in ("B", "I") else ""), span
    if label:
        yield label, (start, end)
