"""Names of persons, titles, bodies, zones, places and events, found by a trained model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp

from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.tagger_decoder import SCALE, Decoder
from viet_report_ie.mentions.tagger_features import Observer
from viet_report_ie.text.article import Article

__all__ = ["find_names"]


@lru_cache(maxsize=1)
def load_tagger() -> Decoder:
    """Return the shipped model, read once."""
    return Decoder.from_bytes(files("viet_report_ie.models").joinpath("tagger.npz").read_bytes())


def find_names(
    article: Article, taken: Sequence[Mention] = (), tagger: Decoder | None = None
) -> list[Mention]:
    """Find the names in an article.

    Parameters
    ----------
    article : Article
        The article as read.
    taken : sequence of Mention
        What rules have found before; the model sees it, and may still say otherwise.
    tagger : Decoder, optional
        Another model than the shipped one.

    Returns
    -------
    list of Mention
        In the order of the text, not overlapping, with labels PERSON, TITLE, ORG, ZONE, LOC, EVENT, and LAW and
        DATE for those who prefer the model there. The score grows with the distance to the next best reading.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> article = read("Ông Nguyễn Văn An, Chủ tịch UBND tỉnh Hà Nam, đã đến huyện Kim Bảng.")
    >>> [(m.label, article.text[m.start : m.end]) for m in find_names(article)]
    [('PERSON', 'Nguyễn Văn An'), ('TITLE', 'Chủ tịch'), ('ORG', 'UBND tỉnh Hà Nam'), ('LOC', 'huyện Kim Bảng')]
    """
    tokens = article.tokens
    if not tokens:
        return []
    decoder = tagger or load_tagger()
    best, margin = decoder.decode(Observer(article, taken, decoder.background).sights())
    labels = decoder.labels
    mentions: list[Mention] = []
    at, count = 0, len(tokens)
    inside = best.nonzero()[0].tolist()
    for at in inside:
        label = labels[best[at]]
        if label[0] != "B":
            continue
        end = at + 1
        while end < count and labels[best[end]] == "I" + label[1:]:
            end += 1
        score = round(1 / (1 + exp(-int(margin[at:end].min()) / SCALE)), 3)
        mentions.append(Mention(label[2:], tokens[at][0], tokens[end - 1][1], "tagger", score))
    return mentions
