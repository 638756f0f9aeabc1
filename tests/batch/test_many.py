"""The stream: as many answers as articles, in their order, whatever the articles are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

import pytest

from tests.batch.samples import seeds, short_articles
from viet_report_ie import ExtractionError, Report, extract, extract_many
from viet_report_ie.batch.errors import KINDS


def test_the_stream_equals_a_plain_loop() -> None:
    articles = [*short_articles(20), *seeds()[:4]]
    looped = [
        extract(
            article["text"],
            id=article["id"],
            published=date.fromisoformat(article["published"]) if "published" in article else None,
        )
        for article in articles
    ]
    assert list(extract_many(articles, processes=2)) == looped


def test_bad_articles_cost_no_good_one() -> None:
    good = short_articles(6)
    long = {"id": "long", "text": good[0]["text"] * 30_000}
    bad: list[Any] = ["\ud800", " \n", 5, {"id": "none"}, long, "x" * 10_000_000, "\0\x01" * 50]
    kinds = ["failed", "empty", "no_text", "no_text", "timeout", "too_long", "not_text"]
    mixed = [article for pair in zip(good, bad, strict=False) for article in pair] + bad[6:]
    answers = list(extract_many(mixed, processes=2, timeout=4, max_characters=9_000_000))
    assert [answer.id for answer in answers if isinstance(answer, Report)] == [item["id"] for item in good]
    errors = [answer for answer in answers if isinstance(answer, ExtractionError)]
    assert [error.kind for error in errors] == kinds
    assert set(kinds) <= set(KINDS)
    assert [mixed[error.position] for error in errors] == bad
    assert [error.id for error in errors] == [None, None, None, "none", "long", None, None]
    assert all(error.reason for error in errors)
    assert "4 s" in errors[4].reason


def test_the_stream_is_lazy() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"Xã có {taken} hộ nghèo."

    stream = extract_many(endless(), processes=1)
    assert taken == 0
    texts = [answer.text for answer in islice(stream, 3) if isinstance(answer, Report)]
    assert texts == [f"Xã có {number} hộ nghèo." for number in (1, 2, 3)]
    assert taken <= 12
    stream.close()  # type: ignore[attr-defined]


def test_what_the_source_raises_is_raised_after_what_came_before() -> None:
    def broken() -> Iterator[str]:
        yield "Xã có 12 hộ nghèo."
        raise OSError("disk")

    stream = extract_many(broken(), processes=1)
    with pytest.raises(OSError, match="disk"):
        list(stream)


@pytest.mark.parametrize("wrong", [{"processes": 0}, {"timeout": 0}, {"max_characters": -1}])
def test_wrong_arguments_are_refused_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="want a positive number"):
        extract_many([], **wrong)


def test_no_articles_no_answers() -> None:
    assert list(extract_many([], processes=1)) == []
