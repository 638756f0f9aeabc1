"""Sentences with their mentions in brackets: `Ông [P Lê Văn An], [T Bí thư] [O Tỉnh ủy]`."""

from __future__ import annotations

import re

from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article, read

LABELS = {"P": "PERSON", "T": "TITLE", "O": "ORG", "L": "LOC", "Z": "ZONE"}


def marked(line: str) -> tuple[Article, list[Mention]]:
    """Return the article and the mentions of a marked-up line; it must be in the form of the shadow."""
    text = ""
    mentions = []
    position = 0
    for match in re.finditer(r"\[([PTOLZ]) ([^\]]+)\]", line):
        text += line[position : match.start()]
        mentions.append(Mention(LABELS[match[1]], len(text), len(text) + len(match[2]), "gold"))
        text += match[2]
        position = match.end()
    article = read(text + line[position:])
    assert article.text == text + line[position:], "write the line in the form of the shadow"
    return article, mentions
