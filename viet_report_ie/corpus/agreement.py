"""Agreement between two annotators of the same articles: per label and per fact, with every difference.

Between spans there is no agreement by chance to take off: the measure is F1, the same from either side. Kind,
status and bound of the figures that both found come from closed lists: there Cohen's kappa is given too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from viet_report_ie.corpus.document import Document
from viet_report_ie.corpus.score import FACTS, LABELS, Scores, score

__all__ = ["Agreement", "agree", "cohen_kappa"]

_SIGNS = {"FN": "only A", "MISS": "only A", "FP": "only B", "EXTRA": "only B", "WRONG": "differ"}
_CLOSED = ("kind", "status", "bound")


@dataclass(frozen=True)
class Agreement:
    """How far two annotators agree.

    Attributes
    ----------
    scores : Scores
        With A as the gold and B as the prediction: `fn` counts what only A has, `fp` what only B has.
    kappa : dict of str to float or None
        Of kind, status and bound over the figures of the same words; None where only one value occurs.
    differences : list of str
        One line each, grouped by label and fact.
    articles : int
        How many articles both annotated.
    alone : list of str
        Ids of the articles that one of them alone has.
    """

    scores: Scores
    kappa: dict[str, float | None]
    differences: list[str] = field(default_factory=list)
    articles: int = 0
    alone: list[str] = field(default_factory=list)


def agree(one: Iterable[Document], other: Iterable[Document]) -> Agreement:
    """Compare two annotations of the same articles; a mention that either marks as optional does not count.

    Raises
    ------
    ValueError
        If they share no article, or an article has two texts.

    Examples
    --------
    >>> from viet_report_ie.corpus.document import Mention
    >>> a = Document("x", "Hà Nội, Huế", (Mention("m1", "LOC", 0, 6), Mention("m2", "LOC", 8, 11)))
    >>> b = Document("x", "Hà Nội, Huế", (Mention("m1", "LOC", 0, 6),))
    >>> agreement = agree([a], [b])
    >>> round(agreement.scores.exact["LOC"].f1, 3), agreement.differences
    (0.667, ["LOC only A x 'Hà Nội, ' [[ Huế ]] ''"])
    """
    ours, theirs = ({document.id: document for document in documents} for documents in (one, other))
    shared = [name for name in ours if name in theirs]
    if not shared:
        raise ValueError("the two annotations share no article id")
    for name in shared:
        # Line ends that close a file move no offset.
        if ours[name].text.rstrip() != theirs[name].text.rstrip():
            raise ValueError(f"{name}: the two annotations have different texts")
    golds = [_with_optional_of(ours[name], theirs[name]).to_gold() for name in shared]
    found = {name: _firm(theirs[name]).to_prediction() for name in shared}
    differences = []
    for name in (*LABELS, *FACTS):
        for line in score(golds, found, errors=name).errors:
            sign, _, rest = line.partition(" ")
            differences.append(f"{name} {_SIGNS[sign]} {rest}")
    return Agreement(
        scores=score(golds, found),
        kappa={name: cohen_kappa(list(_pairs(ours, theirs, shared, name))) for name in _CLOSED},
        differences=differences,
        articles=len(shared),
        alone=sorted(set(ours) ^ set(theirs)),
    )


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the agreement of two raters beyond chance; None where chance alone explains all of it.

    Examples
    --------
    >>> cohen_kappa([("level", "level"), ("level", "change"), ("change", "change"), ("change", "change")])
    0.5
    >>> cohen_kappa([("level", "level")]) is None
    True
    """
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(count * theirs[value] for value, count in ours.items()) / max(1, len(pairs)) ** 2
    same = sum(one == other for one, other in pairs) / max(1, len(pairs))
    return None if not pairs or by_chance == 1 else (same - by_chance) / (1 - by_chance)


def _firm(document: Document) -> Document:
    optional = {mention.id for mention in document.mentions if mention.optional}
    return replace(
        document,
        mentions=tuple(mention for mention in document.mentions if not mention.optional),
        figures=tuple(figure for figure in document.figures if figure.id not in optional),
    )


def _with_optional_of(ours: Document, theirs: Document) -> Document:
    """Mark as optional what the other annotator so marks: what either leaves open, neither can miss."""
    places = [(mention.start, mention.end) for mention in theirs.mentions if mention.optional]
    mentions = tuple(
        replace(m, optional=m.optional or any(m.start < end and start < m.end for start, end in places))
        for m in ours.mentions
    )
    optional = {mention.id for mention in mentions if mention.optional}
    figures = tuple(figure for figure in ours.figures if figure.id not in optional)
    return replace(ours, mentions=mentions, figures=figures)


def _pairs(
    ours: dict[str, Document], theirs: dict[str, Document], shared: list[str], name: str
) -> Iterable[tuple[str, str]]:
    for article in shared:
        spans = [
            {(m.start, m.end): m.id for m in document.mentions if m.label == "QUANTITY" and not m.optional}
            for document in (ours[article], theirs[article])
        ]
        one, other = (
            {figure.id: getattr(figure, name) for figure in document.figures}
            for document in (ours[article], theirs[article])
        )
        for span in spans[0].keys() & spans[1].keys():
            if spans[0][span] in one and spans[1][span] in other:
                yield one[spans[0][span]], other[spans[1][span]]
