"""Names of persons, titles, bodies, zones, places and events, found by a trained model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp

import numpy as np

from viet_report_ie.mentions.dates import find_dates
from viet_report_ie.mentions.laws import find_laws
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.settle import settle
from viet_report_ie.mentions.tagger_decoder import SCALE, Decoder
from viet_report_ie.mentions.tagger_observer import Observer, blocks, token_sentences
from viet_report_ie.mentions.tagger_votes import favour_common_readings
from viet_report_ie.mentions.zones import find_zone_mentions
from viet_report_ie.text.article import Article

__all__ = ["find_by_rule", "find_names"]


@lru_cache(maxsize=1)
def load_tagger() -> Decoder:
    """Return the shipped model, read once."""
    return Decoder.from_bytes(files("viet_report_ie.models").joinpath("tagger.npz").read_bytes())


def find_by_rule(article: Article) -> list[Mention]:
    """Return what rules find and the tagger looks at: documents, dates and zones, settled."""
    return settle(find_laws(article), find_dates(article), find_zone_mentions(article))


def find_names(
    article: Article,
    taken: Sequence[Mention] | None = None,
    tagger: Decoder | None = None,
) -> list[Mention]:
    """Find the names in an article.

    Parameters
    ----------
    article : Article
        The article as read.
    taken : sequence of Mention, optional
        What the rules of :func:`find_by_rule` have found; the model sees it, and may still say otherwise.
    tagger : Decoder, optional
        Another model than the shipped one.

    Returns
    -------
    list of Mention
        In the order of the text, not overlapping, with labels PERSON, TITLE, ORG, ZONE, LOC, EVENT, and LAW
        and DATE too. The score grows with the distance to the next best reading.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> article = read("Ông Nguyễn Văn An, Chủ tịch UBND tỉnh Hà Nam, đã đến Kim Bảng.")
    >>> [(m.label, article.text[m.start : m.end]) for m in find_names(article)]
    [('PERSON', 'Nguyễn Văn An'), ('TITLE', 'Chủ tịch'), ('ORG', 'UBND tỉnh Hà Nam'), ('LOC', 'Kim Bảng')]
    """
    if taken is None:
        taken = find_by_rule(article)
    decoder = tagger or load_tagger()
    taken = sorted(taken, key=lambda mention: mention.start)
    starts, tokens = [mention.start for mention in taken], article.tokens
    mentions: list[Mention] = []
    for sentences in blocks(token_sentences(article)):
        low, high = tokens[sentences[0][0]][0], tokens[sentences[-1][1] - 1][1]
        near = taken[max(0, bisect_right(starts, low) - 1) : bisect_left(starts, high)]
        observer = Observer(article, near, decoder.background, sentences)
        emissions = decoder.emissions(observer.sights())
        best, margin = np.zeros(len(emissions), dtype=np.int8), np.zeros(len(emissions), dtype=np.int32)
        decoder.search(emissions, observer.sentences, best, margin)
        again = favour_common_readings(observer, decoder.labels, best, margin, emissions)
        decoder.search(emissions, again, best, margin)
        margins = margin.tolist()
        for label, first, stop in decoder.spans(best):
            score = round(1 / (1 + exp(-min(margins[first:stop]) / SCALE)), 3)
            start, end = observer.tokens[first][0], observer.tokens[stop - 1][1]
            mentions.append(Mention(label, start, end, "tagger", score))
    return mentions
