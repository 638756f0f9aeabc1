"""The same reading as a spaCy pipeline: a tokenizer and two components, registered through entry points.

What they keep on a `Doc` is JSON-like, so that ``DocBin``, ``to_bytes`` and ``n_process`` work; objects are
built when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from pydantic import TypeAdapter
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from viet_report_ie.grounding import build_report
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.pipeline import checked_text, find_facts, find_mentions, find_words, redate
from viet_report_ie.report import Report
from viet_report_ie.text.article import Span, read

__all__ = ["ReportTokenizer", "create_entities", "create_facts", "create_tokenizer", "load_language"]

_PUBLISHED, _MENTIONS, _REPORT = (f"viet_report_ie.{name}" for name in ("published", "mentions", "report"))
_MENTION_LIST = TypeAdapter(list[Mention])


def load_language() -> Language:
    """Return the shipped spaCy pipeline; its public name is `viet_report_ie.load`."""
    nlp = spacy.load(Path(str(files("viet_report_ie.models"))))
    nlp.max_length = 10**9  # every room is linear in the length, so spaCy's guard is not needed
    return nlp


class ReportTokenizer(DummyTokenizer):
    """Make a `Doc` of words, none of which crosses the edge of a mention, and keep the mentions on it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __reduce__(self) -> tuple[type[ReportTokenizer], tuple[Vocab]]:
        return ReportTokenizer, (self.vocab,)

    def __call__(self, text: str) -> Doc:
        """Return the `Doc` of a text; ``doc.text == text``."""
        article = read(checked_text("text", text))
        mentions = find_mentions(article)
        words = [
            article.shadow.to_original(*word)
            for sentence in find_words(article, mentions)
            for word in sentence
        ]
        pieces = list(_pieces(text, words))
        doc = Doc(self.vocab, words=[word for word, _ in pieces], spaces=[space for _, space in pieces])
        doc.user_data[_MENTIONS] = _MENTION_LIST.dump_python(mentions, mode="json")
        return doc


def _pieces(text: str, words: list[Span]) -> Iterator[tuple[str, bool]]:
    # spaCy keeps one space with the word before it; any other white space becomes a token of its own.
    position = 0
    for start, end in words:
        if start > position:
            yield text[position:start], False
        position = end
        space = text[end : end + 1] == " "
        yield text[start:end], space
        position += space
    if position < len(text):
        yield text[position:], False


def create_tokenizer() -> Callable[[Language], ReportTokenizer]:
    """Return what spaCy calls to make the tokenizer of a pipeline."""
    return lambda nlp: ReportTokenizer(nlp.vocab)


@Language.factory("viet_entities")
def create_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that sets ``doc.ents`` and the starts of sentences."""
    return set_entities


@Language.factory("viet_facts")
def create_facts(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component behind ``doc._.report``; it reads ``doc._.published``."""
    return set_report


def set_entities(doc: Doc) -> Doc:
    """Set the entities and sentence starts of a `Doc` that `ReportTokenizer` made."""
    article = read(doc.text)
    spans = []
    for mention in _mentions_of(doc):
        start, end = article.shadow.to_original(mention.start, mention.end)
        span = doc.char_span(start, end, label=mention.label, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    doc.set_ents(spans)
    starts = {article.shadow.to_original(*sentence)[0] for sentence in article.sentences}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


def set_report(doc: Doc) -> Doc:
    """Join the mentions of a `Doc` to facts and keep the report on it."""
    article = read(doc.text)
    published: date | None = doc._.published
    mentions = redate(article, _mentions_of(doc), published)
    report = build_report(
        article,
        find_words(article, mentions),
        mentions,
        find_facts(article, mentions, published),
        published=published,
        article_id=None,
    )
    doc.user_data[_REPORT] = report.to_dict()
    return doc


def _mentions_of(doc: Doc) -> list[Mention]:
    return _MENTION_LIST.validate_python(doc.user_data.get(_MENTIONS, []))


def _get_report(doc: Doc) -> Report | None:
    data: dict[str, Any] | None = doc.user_data.get(_REPORT)
    return None if data is None else Report.from_dict(data)


def _get_published(doc: Doc) -> date | None:
    day: str | None = doc.user_data.get(_PUBLISHED)
    return None if day is None else date.fromisoformat(day)


def _set_published(doc: Doc, day: date | None) -> None:
    doc.user_data[_PUBLISHED] = None if day is None else day.isoformat()


Doc.set_extension("report", getter=_get_report, force=True)
Doc.set_extension("published", getter=_get_published, setter=_set_published, force=True)
