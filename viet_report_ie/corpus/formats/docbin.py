"""spaCy ``DocBin``: words as tokens, mentions as ``doc.ents``, all else as JSON-like ``doc.user_data``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from viet_report_ie.corpus.document import ROLES, Document, Figure, Words, number
from viet_report_ie.corpus.tokens import cut_tokens

__all__ = ["read_docbin", "write_docbin"]

_KEY = "viet_report_ie.annotation"


def write_docbin(documents: Iterable[Document], path: Path) -> None:
    """Write one ``.spacy`` file; ``doc.spans["optional"]`` names what careful readers could leave out."""
    vocab = Vocab()
    docs = DocBin(store_user_data=True)
    for document in documents:
        docs.add(_doc(document, vocab))
    docs.to_disk(path)


def read_docbin(path: Path) -> Iterator[Document]:
    """Read one ``.spacy`` file, of this project or of any spaCy pipeline."""
    vocab = Vocab()
    for place, doc in enumerate(DocBin().from_disk(path).get_docs(vocab), 1):
        kept: dict[str, Any] = json.loads(doc.user_data.get(_KEY, "{}"))
        optional = {(span.start, span.end) for span in doc.spans.get("optional", [])}
        mentions = number(
            (ent.label_, ent.start_char, ent.end_char, (ent.start, ent.end) in optional) for ent in doc.ents
        )
        spans = {(mention.start, mention.end): mention.id for mention in mentions}
        figures = []
        for row in kept.get("figures", []):
            roles = {role: row[role] and Words(**row[role]) for role in ROLES}
            # A mention that was taken out of the ents takes its figure with it.
            if (name := spans.get(tuple(row["id"]))) is not None:
                figures.append(Figure(**{**row, **roles, "id": name}))
        facts = {name: tuple(kept.get(name, ())) for name in ("officials", "zones", "laws")}
        identity = kept.get("id") or f"{path.stem}-{place}"
        yield Document(identity, doc.text, mentions, tuple(figures), **facts)


def _doc(document: Document, vocab: Vocab) -> Doc:
    text = document.text
    edges = [edge for mention in document.mentions for edge in (mention.start, mention.end)]
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    position = 0
    for sentence in cut_tokens(text, edges, "word"):
        for start, end in sentence:
            if start > position:
                words.append(text[position:start])
                spaces.append(False)
                starts.append(False)
            # spaCy keeps one space with the word before it; any other white space is a token of its own.
            space = text[end : end + 1] == " "
            words.append(text[start:end])
            spaces.append(space)
            starts.append(start == sentence[0][0])
            position = end + space
    if position < len(text):
        words.append(text[position:])
        spaces.append(False)
        starts.append(False)
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    spans = {mention.id: (mention.start, mention.end) for mention in document.mentions}
    ents: dict[str, Span] = {}
    for mention in document.mentions:
        span = doc.char_span(mention.start, mention.end, label=mention.label)
        if span is None:
            raise ValueError(
                f"{document.id}: {mention.label} {mention.start}-{mention.end} is empty or white space"
            )
        ents[mention.id] = span
    doc.set_ents(list(ents.values()))
    doc.spans["optional"] = [ents[mention.id] for mention in document.mentions if mention.optional]
    kept = {
        "id": document.id,
        # Numbers of mentions change with a correction; their places do not.
        "figures": [{**asdict(figure), "id": spans[figure.id]} for figure in document.figures],
        "officials": list(document.officials),
        "zones": list(document.zones),
        "laws": list(document.laws),
    }
    # As one string: a list that spaCy stores comes back as a tuple.
    doc.user_data[_KEY] = json.dumps(kept, ensure_ascii=False)
    return doc
