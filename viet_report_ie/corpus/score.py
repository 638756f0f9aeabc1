"""Scores of predictions against gold, by the rules of the corpus: mentions, measurements and other facts.

Mentions that the gold marks as optional neither reward nor punish. The rules are those of the annotated
corpus's own scorer, to the digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

__all__ = ["FACTS", "LABELS", "Counts", "Scores", "score"]

LABELS = ("PERSON", "TITLE", "ORG", "ZONE", "LOC", "LAW", "DATE", "EVENT")
FACTS = ("quantity", "value", "pair", "full", "official", "official name", "zone", "resolution")
MICRO = "entities micro"

_TONE_MARKS = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_NEW_TONE_MARK = re.compile(rf"({'|'.join(_TONE_MARKS)})\b")
_SAME_UNIT = {
    "đồng": "vnd", "vnđ": "vnd", "đ": "vnd", "tỉ đồng": "vnd", "đô la": "usd", "m²": "m2", "km²": "km2",
    "lần": "x", "hecta": "ha", "héc-ta": "ha", "phần trăm": "%", "điểm phần trăm": "pp", "điểm %": "pp",
}  # fmt: skip
_EXACT_UNITS = {"vnd", "usd", "%", "x", "pp", ""}

Json = dict[str, Any]


@dataclass
class Counts:
    """True positives, false positives and false negatives, with what follows from them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right; 0 when nothing was."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is in the gold that was found; 0 when there is none."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0

    def add(self, tp: int = 0, fp: int = 0, fn: int = 0) -> None:
        """Count further cases."""
        self.tp += tp
        self.fp += fp
        self.fn += fn


@dataclass
class Scores:
    """Scores over a set of articles.

    Attributes
    ----------
    exact : dict of str to Counts
        By label of a mention or kind of fact.
    overlap : dict of str to Counts
        By label: a predicted mention counts when it shares a character with a gold one.
    accuracy : dict of str to list of two int
        Right and all, over what was found: bound, indicator, kind, status, period, base, issuer, law date.
    errors : list of str
        Every miss and false alarm of the label or fact that was asked for.
    """

    exact: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    overlap: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    accuracy: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    errors: list[str] = field(default_factory=list)

    def hit(self, name: str, right: bool) -> None:
        """Count one case of an accuracy."""
        self.accuracy[name][0] += right
        self.accuracy[name][1] += 1

    def to_dict(self) -> Json:
        """Return the scores as JSON-like values."""
        return {
            "exact": {name: _rounded(counts) for name, counts in self.exact.items()},
            "overlap": {name: _rounded(counts) for name, counts in self.overlap.items()},
            "accuracy": {
                name: {"accuracy": round(right / max(1, of), 4), "right": right, "of": of}
                for name, (right, of) in self.accuracy.items()
            },
        }


def score(golds: Iterable[Json], predictions: Mapping[str, Json], *, errors: str | None = None) -> Scores:
    """Score reports against annotated articles.

    Parameters
    ----------
    golds : iterable of dict
        Annotated articles in the corpus format.
    predictions : mapping of str to dict
        ``Report.to_dict()`` by article id; an article without one counts as an empty report.
    errors : str, optional
        A label or a fact whose misses and false alarms are listed in `Scores.errors`.

    Returns
    -------
    Scores
        With a row for each label, for their micro average without EVENT, and for each kind of fact.

    Raises
    ------
    ValueError
        If `errors` is neither a label nor a fact.
    """
    if errors is not None and errors not in (*LABELS, *FACTS):
        raise ValueError(f"errors: got {errors!r}, want one of {', '.join((*LABELS, *FACTS))}")
    scores = Scores()
    for name in (*LABELS, *FACTS):
        scores.exact[name] = Counts()
    for gold in golds:
        prediction = predictions.get(gold["id"], {})
        _score_mentions(scores, gold, prediction, errors)
        _score_measurements(scores, gold, prediction, errors)
        _score_officials(scores, gold, prediction, errors)
        _score_named(scores, "zone", gold, gold["zones"], prediction.get("zones", []), _zone_key, errors)
        laws, found = gold["laws"], prediction.get("resolutions", [])
        _score_named(scores, "resolution", gold, laws, found, _law_key, errors)
        _score_law_details(scores, laws, found)
    micro = scores.exact[MICRO]
    for label in LABELS:
        if label != "EVENT":
            counts = scores.exact[label]
            micro.add(counts.tp, counts.fp, counts.fn)
    return scores


def _score_mentions(scores: Scores, gold: Json, prediction: Json, errors: str | None) -> None:
    optional = [(e["start"], e["end"]) for e in gold["entities"] if e["optional"]]
    for label in LABELS:
        wanted = {
            (e["start"], e["end"]) for e in gold["entities"] if e["label"] == label and not e["optional"]
        }
        got = {(e["start"], e["end"]) for e in prediction.get("entities", []) if e["label"] == label}
        got = {span for span in got if span in wanted or not any(_overlap(span, other) for other in optional)}
        scores.exact[label].add(len(wanted & got), len(got - wanted), len(wanted - got))
        if errors == label:
            for sign, spans in (("FP", got - wanted), ("FN", wanted - got)):
                scores.errors += [_in_context(sign, gold, span) for span in sorted(spans)]
        used: set[tuple[int, int]] = set()
        for span in sorted(wanted):
            match = next(
                (other for other in sorted(got) if other not in used and _overlap(span, other)), None
            )
            scores.overlap[label].add(tp=match is not None, fn=match is None)
            if match:
                used.add(match)
        loose = [
            span for span in got if span not in used and not any(_overlap(span, other) for other in wanted)
        ]
        scores.overlap[label].add(fp=len(loose))


def _score_measurements(scores: Scores, gold: Json, prediction: Json, errors: str | None) -> None:
    found = prediction.get("measurements", [])
    spans = [(m["quantity"]["start"], m["quantity"]["end"]) for m in found]
    levels = FACTS[:4]
    used: set[int] = set()
    for wanted in gold["measurements"]:
        span = (wanted["start"], wanted["end"])
        free = [i for i in range(len(found)) if i not in used]
        match = next((i for i in free if spans[i][0] == span[0]), None)
        if match is None:
            match = next((i for i in free if _overlap(spans[i], span)), None)
        if match is None:
            for name in levels:
                scores.exact[name].add(fn=1)
            if errors in levels:
                scores.errors.append(_in_context("MISS", gold, span))
            continue
        used.add(match)
        right = _compare(scores, wanted, found[match])
        for name in levels:
            scores.exact[name].add(tp=right[name], fp=not right[name], fn=not right[name])
        if errors in levels and not right[errors]:
            scores.errors.append(f"WRONG {gold['id']} {_row(wanted)} | got {_predicted_row(found[match])}")
    ignored = [
        (e["start"], e["end"])
        for e in gold["entities"]
        if e["optional"] and e["label"] in ("QUANTITY", "DATE")
    ]
    for i, span in enumerate(spans):
        if i in used or any(_overlap(span, other) for other in ignored):
            continue
        for name in levels:
            scores.exact[name].add(fp=1)
        if errors in levels:
            scores.errors.append(_in_context("EXTRA", gold, span))


def _compare(scores: Scores, wanted: Json, found: Json) -> dict[str, bool]:
    quantity = found["quantity"]
    low, high, whole = quantity.get("low"), quantity.get("high"), quantity.get("whole")
    value = (
        _close(high if low is None else low, wanted["low"])
        and _close(low if high is None else high, wanted["high"])
        and (wanted["whole"] is None or _close(whole, wanted["whole"]))
        and _same_unit(quantity.get("unit") or "", wanted["unit"])
    )
    indicator = token_f1(_text_of(found, "indicator"), wanted["indicator"]) >= 0.5
    same = {
        "bound": quantity.get("bound") == wanted["bound"],
        "indicator": indicator,
        "kind": found.get("kind") == wanted["kind"],
        "status": found.get("status") == wanted["status"],
    }
    for name in ("period", "base"):
        text = _text_of(found, name)
        same[name] = (not text and not wanted[name]) or token_f1(text, wanted[name]) >= 0.5
    for name, right in same.items():
        scores.hit(name, right)
    pair = value and indicator
    return {
        "quantity": True,
        "value": value,
        "pair": pair,
        "full": pair and same["kind"] and same["status"] and same["bound"],
    }


def _score_officials(scores: Scores, gold: Json, prediction: Json, errors: str | None) -> None:
    wanted = _positions(gold["officials"], "org")
    found = _positions(prediction.get("officials", []), "organization")
    used: set[int] = set()
    for triple in wanted:
        match = next(
            (i for i, other in enumerate(found) if i not in used and _same_office(triple, other)), None
        )
        scores.exact["official"].add(tp=match is not None, fn=match is None)
        if match is not None:
            used.add(match)
        elif errors == "official":
            scores.errors.append(f"FN {gold['id']} {triple}")
    scores.exact["official"].add(fp=len(found) - len(used))
    if errors == "official":
        scores.errors += [f"FP {gold['id']} {triple}" for i, triple in enumerate(found) if i not in used]
    names, found_names = {name for name, _, _ in wanted}, {name for name, _, _ in found}
    scores.exact["official name"].add(
        len(names & found_names), len(found_names - names), len(names - found_names)
    )
    if errors == "official name":
        scores.errors += [f"FN {gold['id']} {name}" for name in sorted(names - found_names)]
        scores.errors += [f"FP {gold['id']} {name}" for name in sorted(found_names - names)]


def _score_named(
    scores: Scores,
    name: str,
    gold: Json,
    wanted: list[Json],
    found: list[Json],
    key: Callable[[Json], tuple[str, str]],
    errors: str | None,
) -> None:
    want, got = Counter(map(key, wanted)), Counter(map(key, found))
    common = sum((want & got).values())
    scores.exact[name].add(common, sum(got.values()) - common, sum(want.values()) - common)
    if errors == name:
        scores.errors += [f"FN {gold['id']} {item}" for item in sorted(want - got)]
        scores.errors += [f"FP {gold['id']} {item}" for item in sorted(got - want)]


def _score_law_details(scores: Scores, wanted: list[Json], found: list[Json]) -> None:
    by_key = {_law_key(document): document for document in found}
    for law in wanted:
        document = by_key.get((normalize(law["kind"]), re.sub("^số ", "", normalize(law["number"]))))
        if document is None:
            continue
        issuer = document.get("issuer") or ""
        scores.hit("issuer", token_f1(issuer, law["issuer"]) >= 0.6 or (not law["issuer"] and not issuer))
        scores.hit("law date", (document.get("date") or "") == law["date"])


@lru_cache(maxsize=1 << 16)
def normalize(text: str | None) -> str:
    """Return what two texts are compared by: without case, spacing, tone mark placement and kind of dash.

    Examples
    --------
    >>> normalize("TP. Hoà Bình – 2") == normalize("thành phố Hòa Bình-2")
    True
    """
    text = unicodedata.normalize("NFC", text or "").lower().replace("–", "-").replace("—", "-")
    text = _NEW_TONE_MARK.sub(lambda match: _TONE_MARKS[match[1]], text)
    text = re.sub(r"\btp\.?\s*", "thành phố ", re.sub(r"\s*-\s*", "-", text))
    return re.sub(r"\s+", " ", text).strip(" .,;:“”\"'")


def token_f1(one: str, other: str) -> float:
    """Return the F1 of the words that two texts share, 0 … 1."""
    a, b = (Counter(re.findall(r"\w+|%", normalize(text))) for text in (one, other))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def _same_unit(found: str, wanted: str) -> bool:
    a, b = (_SAME_UNIT.get(normalize(unit), normalize(unit)) for unit in (found, wanted))
    return a == b or (a not in _EXACT_UNITS and b != "" and (a.startswith(b) or b.startswith(a)))


def _close(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return False
    return abs(float(found) - float(wanted)) <= 1e-6 * max(1.0, abs(float(wanted)))


def _same_office(wanted: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
    return (
        wanted[0] == found[0]
        and token_f1(wanted[1], found[1]) >= 0.8
        and (wanted[2] == found[2] or token_f1(wanted[2], found[2]) >= 0.6)
    )


def _positions(officials: list[Json], body: str) -> list[tuple[str, str, str]]:
    return [
        (normalize(official["name"]), normalize(position["title"]), normalize(position.get(body)))
        for official in officials
        for position in official["positions"] or [{"title": ""}]
    ]


def _zone_key(zone: Json) -> tuple[str, str]:
    return zone["kind"], normalize(zone["name"])


def _law_key(law: Json) -> tuple[str, str]:
    return normalize(law["kind"]), re.sub("^số ", "", normalize(law.get("number") or law.get("name")))


def _text_of(measurement: Json, name: str) -> str:
    part = measurement.get(name)
    return part.get("text") or "" if part else ""


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _in_context(sign: str, gold: Json, span: tuple[int, int], width: int = 40) -> str:
    text, (start, end) = gold["text"], span
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return f"{sign} {gold['id']} {before!r} [[ {text[start:end]} ]] {after!r}"


def _row(wanted: Json) -> str:
    names = ("text", "low", "high", "whole", "unit", "bound", "kind", "status", "indicator")
    return " ".join(repr(wanted[name]) for name in names)


def _predicted_row(found: Json) -> str:
    quantity = [repr(found["quantity"].get(name)) for name in ("low", "high", "whole", "unit", "bound")]
    return " ".join(
        [*quantity, repr(found.get("kind")), repr(found.get("status")), repr(_text_of(found, "indicator"))]
    )


def _rounded(counts: Counts) -> Json:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
    }
