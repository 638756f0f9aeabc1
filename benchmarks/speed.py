"""Characters per second of each room and of the whole `extract`, against underthesea on the same articles.

Run ``python -m benchmarks.speed [FILE.jsonl[.gz] | FILE.txt ...]``; without files it reads ``seeds/``. Every
round times every contestant once on all articles, in turn, and the medians over the rounds are printed, so
that a machine whose speed drifts treats all alike. A second table shows that the time grows linearly with the
length of one article.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import underthesea

from viet_report_ie import extract
from viet_report_ie.corpus.gold import read_jsonl
from viet_report_ie.grounding import build_report
from viet_report_ie.mentions.tagger import find_names
from viet_report_ie.pipeline import find_facts, find_mentions, find_words
from viet_report_ie.text.article import read

SEEDS = Path(__file__).parent.parent / "seeds"
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    """Parse the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, default=[SEEDS / "seeds.jsonl"])
    parser.add_argument("--articles", type=int, default=200, help="articles to read at most")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-growth", action="store_true", help="leave out the table of growth")
    arguments = parser.parse_args()
    texts = list(islice((text for file in arguments.files for text in _texts(file)), arguments.articles))
    _compare(texts, arguments.rounds)
    if not arguments.no_growth:
        _growth("\n".join(texts), arguments.rounds)


def _texts(file: Path) -> list[str]:
    if ".jsonl" in file.suffixes:
        return [item["text"] for item in read_jsonl(file)]
    return [file.read_text(encoding="utf-8")]


def _segment(text: str) -> object:
    return find_words(read(text), [])


def _tag(text: str) -> object:
    return find_names(read(text))


def _compare(texts: list[str], rounds: int) -> None:
    contestants: dict[str, Callable[[str], object]] = {
        "underthesea.word_tokenize": partial(underthesea.word_tokenize, use_token_normalize=False),
        "underthesea.ner": underthesea.ner,
        "our segmentation": _segment,
        "our tagger": _tag,
        "extract": extract,
    }
    for run in contestants.values():  # load every model first
        run(texts[0])
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    rooms: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, run in contestants.items():
            start = time.perf_counter()
            for text in texts:
                run(text)
            seconds[name].append(time.perf_counter() - start)
        for name, spent in _rooms(texts).items():
            rooms.setdefault(name, []).append(spent)
    characters = sum(map(len, texts))
    words, ner = (median(seconds[name]) for name in ("underthesea.word_tokenize", "underthesea.ner"))
    print(f"{len(texts)} articles, {characters:,} characters, medians of {rounds} interleaved rounds")
    print(f"{'':28}{'chars/s':>12}{'time / word_tokenize':>22}{'time / ner':>12}")
    for name, times in seconds.items():
        spent = median(times)
        print(f"{name:28}{characters / spent:>12,.0f}{spent / words:>22.2f}{spent / ner:>12.2f}")
    whole = sum(median(times) for times in rooms.values())
    shares = ", ".join(f"{name} {median(times) / whole:.0%}" for name, times in rooms.items())
    print(f"share of extract: {shares}")


def _rooms(texts: list[str]) -> dict[str, float]:
    spent = dict.fromkeys(("text", "mentions", "words", "facts", "report"), 0.0)
    for text in texts:
        marks = [time.perf_counter()]
        article = read(text)
        _ = article.tokens, article.sentences
        marks.append(time.perf_counter())
        mentions = find_mentions(article)
        marks.append(time.perf_counter())
        words = find_words(article, mentions)
        marks.append(time.perf_counter())
        facts = find_facts(article, mentions)
        marks.append(time.perf_counter())
        build_report(article, words, mentions, facts, published=None, article_id=None)
        marks.append(time.perf_counter())
        for name, start, end in zip(spent, marks, marks[1:], strict=False):
            spent[name] += end - start
    return spent


def _growth(text: str, rounds: int) -> None:
    print(f"\n{'characters':>12}{'seconds':>10}{'µs/character':>14}")
    for length in LENGTHS:
        article = (text * (length // len(text) + 1))[:length]
        times = []
        for _ in range(min(rounds, 3)):
            start = time.perf_counter()
            extract(article)
            times.append(time.perf_counter() - start)
        print(f"{length:>12,}{median(times):>10.3f}{median(times) / length * 1e6:>14.2f}")


if __name__ == "__main__":
    main()
