"""Annotated articles in the formats of other tools: a reader and a writer each, by name or file ending."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from viet_report_ie.corpus.document import Document
from viet_report_ie.corpus.formats.brat import read_brat, write_brat
from viet_report_ie.corpus.formats.conll import read_conll, write_conll
from viet_report_ie.corpus.formats.exports import write_langextract, write_w3c
from viet_report_ie.corpus.formats.label_studio import read_label_studio, write_label_studio
from viet_report_ie.corpus.gold import read_jsonl

__all__ = ["ENDINGS", "Format", "guess_format", "read_documents", "read_predictions", "write_documents"]


class Format(str, Enum):
    """What an annotated file may be; the last two are written only."""

    jsonl = "jsonl"
    brat = "brat"
    conll = "conll"
    conll_syllables = "conll-syllables"
    docbin = "docbin"
    label_studio = "label-studio"
    langextract = "langextract"
    w3c = "w3c"


ENDINGS = {
    ".jsonl": Format.jsonl,
    ".gz": Format.jsonl,
    ".conll": Format.conll,
    ".bio": Format.conll,
    ".iob2": Format.conll,
    ".tsv": Format.conll,
    ".spacy": Format.docbin,
    ".json": Format.label_studio,
}


def guess_format(path: Path) -> Format:
    """Tell the format of a file by its ending; a folder is brat's.

    Raises
    ------
    ValueError
        If the ending is none of the known ones.

    Examples
    --------
    >>> guess_format(Path("gold.spacy")).value, guess_format(Path("corpus")).value
    ('docbin', 'brat')
    """
    if path.is_dir() or not path.suffix:
        return Format.brat
    if path.suffix not in ENDINGS:
        raise ValueError(f"{path}: got the ending {path.suffix!r}, want one of {', '.join(ENDINGS)}")
    return ENDINGS[path.suffix]


def read_documents(
    path: Path, format: Format | None = None, texts: Mapping[str, str] | None = None
) -> Iterator[Document]:
    """Read annotated articles.

    Parameters
    ----------
    path : pathlib.Path
        A file, or a folder of brat standoff.
    format : Format, optional
        Told by the ending if not given.
    texts : mapping of str to str, optional
        Texts by article id, for CoNLL files that do not keep them.

    Raises
    ------
    ValueError
        If the format is written only, or the file is not of it.
    """
    format = format or guess_format(path)
    if format is Format.jsonl:
        return map(Document.from_json, read_jsonl(path))
    if format is Format.brat:
        return read_brat(path)
    if format in (Format.conll, Format.conll_syllables):
        return read_conll(path, texts)
    if format is Format.label_studio:
        return read_label_studio(path)
    if format is Format.docbin:
        # spaCy takes long to import, so only those who ask for it pay.
        from viet_report_ie.corpus.formats.docbin import read_docbin

        return read_docbin(path)
    raise ValueError(f"{path}: {format.value} is written, not read")


def read_predictions(path: Path, texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Read what a system found, in any format, as the dicts of reports that `score` compares, by article id.

    Raises
    ------
    ValueError
        If an article's text is not the one in `texts`: its offsets would mean other words.
    """
    if guess_format(path) is Format.jsonl:
        return {
            item["id"]: Document.from_gold(item).to_prediction() if "laws" in item else item
            for item in read_jsonl(path)
        }
    documents = list(read_documents(path, texts=texts))
    for document in documents:
        # Line ends that close a file move no offset.
        if texts.get(document.id, document.text).rstrip() != document.text.rstrip():
            raise ValueError(f"{path}, article {document.id!r}: its text is not that of the gold")
    return {document.id: document.to_prediction() for document in documents}


def write_documents(
    documents: Iterable[Document], path: Path, format: Format | None = None, *, proposals: bool = False
) -> None:
    """Write annotated articles; `proposals` marks them, where the format can, as a machine's."""
    format = format or guess_format(path)
    if format is Format.jsonl:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(d.to_gold(), ensure_ascii=False) + "\n" for d in documents)
    elif format is Format.brat:
        write_brat(documents, path)
    elif format in (Format.conll, Format.conll_syllables):
        write_conll(documents, path, "word" if format is Format.conll else "syllable")
    elif format is Format.docbin:
        from viet_report_ie.corpus.formats.docbin import write_docbin

        write_docbin(documents, path)
    elif format is Format.label_studio:
        write_label_studio(documents, path, proposals=proposals)
    elif format is Format.langextract:
        write_langextract(documents, path)
    else:
        write_w3c(documents, path)
