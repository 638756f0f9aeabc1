"""Training of the choosers of kind, status and period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from viet_report_ie.corpus.score import token_f1
from viet_report_ie.facts.chooser import Chooser, named
from viet_report_ie.facts.kind import KINDS, STATUSES, kind_features, status_features
from viet_report_ie.facts.period import Candidate, Dates, no_period_features
from viet_report_ie.facts.scene import QuantityView, Scene
from viet_report_ie.facts.triggers import Triggers
from viet_report_ie.text.article import read
from viet_report_ie.training.linker_examples import Document, Row

__all__ = ["train_choosers"]

INVERSE_DECAY = {"kind": 1.0, "status": 0.15}
OWN_READERS = 20
"""How often a period counts that the readers of the corpus read: others look for dates farther away."""
PERIOD_EPOCHS, PERIOD_RATE, PERIOD_DECAY = 60, 0.05, 0.8

Case = tuple[list[str], str]


def train_choosers(documents: Sequence[Document]) -> dict[str, Chooser]:
    """Return the choosers of kind, status and period."""
    kinds: list[Case] = []
    statuses: list[Case] = []
    groups: list[tuple[list[list[str]], list[float]]] = []
    for document in documents:
        scene = document.scene
        triggers, dates = Triggers(scene), Dates(scene)
        previous: Row | None = None
        carried: Candidate | None = None
        for row in document.rows:
            gold, quantity = row.gold, row.quantity
            if gold is None:
                continue
            before = previous.quantity if previous else None
            known = previous.gold["kind"] if previous and previous.gold else ""
            side = _gold_side(scene, quantity, gold["indicator"])
            head = " ".join(read(gold["indicator"]).text.lower().split()[:2])
            of_kind = kind_features(scene, triggers, quantity, before, known, side, head)
            kinds.append((list(named(of_kind)), gold["kind"]))
            features = status_features(
                scene,
                triggers,
                quantity,
                before,
                previous.gold["status"] if previous and previous.gold else "",
                gold["kind"],
            )
            statuses.append((list(named(features)), gold["status"]))
            found = dates.near(quantity, carried)
            texts = [document.article.text[d.mention.start : d.mention.end] for d in found]
            hits = [float(bool(gold["period"]) and token_f1(text, gold["period"]) >= 0.5) for text in texts]
            sets = [
                list(named(dates.features(quantity, date, carried, gold["kind"], gold["status"])))
                for date in found
            ]
            none = named(no_period_features(scene, found, quantity, gold["kind"], gold["status"], head))
            if found and (sum(hits) or not gold["period"]):
                group = ([*sets, list(none)], [*hits, float(not gold["period"])])
                groups += [group] * (1 if document.other_readers else OWN_READERS)
            carried = document.period_of(row, found)
            previous = row
    return {
        "kind": _classify(kinds, KINDS, INVERSE_DECAY["kind"]),
        "status": _classify(statuses, STATUSES, INVERSE_DECAY["status"]),
        "period": _rank(groups),
    }


def _gold_side(scene: Scene, quantity: QuantityView, indicator: str) -> str:
    """Guess where the gold indicator stands, as `side_of` tells it of a found one."""
    words = indicator.lower().split()
    noun = scene.words[quantity.unit : quantity.end]
    if noun and noun[0] in words[:4]:
        return "noun"
    right = scene.words[quantity.end : quantity.end + 3]
    return "right" if words and words[0] in right else "left"


def _numbers(sets: Sequence[Sequence[str]]) -> dict[str, int]:
    counts = Counter(feature for features in sets for feature in set(features))
    return {f: at for at, f in enumerate(sorted(f for f, count in counts.items() if count >= 2))}


def _matrix(sets: Sequence[Sequence[str]], number: dict[str, int]) -> sparse.csr_matrix:
    rows = [sorted({number[f] for f in features if f in number}) for features in sets]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    flat = np.array([at for row in rows for at in row], dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(sets), len(number)))


def _classify(cases: Sequence[Case], answers: tuple[str, ...], inverse_decay: float) -> Chooser:
    """Fit a logistic regression; an answer that no case has gets no chance."""
    number = _numbers([features for features, _ in cases])
    model = LogisticRegression(C=inverse_decay, max_iter=400)
    model.fit(_matrix([features for features, _ in cases], number), [answer for _, answer in cases])
    seen = [str(answer) for answer in model.classes_]
    weights = model.coef_ if len(seen) > 2 else np.stack((-model.coef_[0] / 2, model.coef_[0] / 2))
    kept = tuple(answer for answer in answers if answer in seen)
    order = [seen.index(answer) for answer in kept]
    bias = (
        model.intercept_ if len(seen) > 2 else np.array([-model.intercept_[0] / 2, model.intercept_[0] / 2])
    )
    table = {feature: weights[order, at] for feature, at in number.items()}
    table["bias"] = table["bias"] + bias[order]
    return Chooser(kept, table)


def _rank(groups: Sequence[tuple[list[list[str]], list[float]]]) -> Chooser:
    """Fit weights that give the right candidates of each group their probability."""
    flat = [features for sets, _ in groups for features in sets]
    number = _numbers(flat)
    matrix = _matrix(flat, number)
    wanted = np.concatenate([hits for _, hits in groups])
    ends = np.cumsum([0, *(len(sets) for sets, _ in groups)])
    group = np.repeat(np.arange(len(groups)), np.diff(ends))
    weights = np.zeros(len(number))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, PERIOD_EPOCHS * 5 + 1):
        scores = matrix @ weights
        tops = np.maximum.reduceat(scores, ends[:-1])
        odds = np.exp(scores - tops[group])
        chances = odds / np.add.reduceat(odds, ends[:-1])[group]
        won = np.maximum(np.add.reduceat(chances * wanted, ends[:-1]), 1e-12)
        slope = matrix.T @ (chances * (1 - wanted / won[group])) + PERIOD_DECAY * len(groups) / 100 * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        rate = PERIOD_RATE * (1 - step / (PERIOD_EPOCHS * 5 + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return Chooser(("period",), {feature: weights[at : at + 1] for feature, at in number.items()})
