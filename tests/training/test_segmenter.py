"""What the segmenter learns from: levels of the lexicon, and word lists."""

from __future__ import annotations

from viet_report_ie.text.segmenter import LEVELS, Table, ngram_hashes, pad_sentences
from viet_report_ie.training.segmenter import build_lexicon, name_known
from viet_report_ie.training.segmenter_teachers import Sentence

# `hà nội` is one word in two of two sentences, `học sinh` in two of three, `đi học` in none.
SENTENCES = [
    Sentence(("Hà", "Nội", "đi", "học"), (False, True, False, False)),
    Sentence(("học", "sinh", "Hà", "Nội"), (False, True, False, True)),
    Sentence(("học", "sinh", "đi", "học"), (False, True, False, False)),
    Sentence(("học", "sinh"), (False, False)),
]


def value(lexicon: Table, *word: str) -> int:
    codes, places = pad_sentences(word, [len(word)])
    return int(lexicon[ngram_hashes(codes, len(word))[places[:1]]][0])


def test_the_lexicon_holds_levels_and_lists() -> None:
    lists = (frozenset({"hà nội", "phở"}), frozenset({"hà nội", "đi học"}))
    lexicon = build_lexicon(SENTENCES, lists=lists)
    assert value(lexicon, "hà", "nội") == 3 + LEVELS + 2 * LEVELS
    assert value(lexicon, "học", "sinh") == 2
    assert value(lexicon, "đi", "học") == 2 * LEVELS
    assert value(lexicon, "phở") == LEVELS
    assert value(lexicon, "sinh", "hà") == 0


def test_what_one_model_alone_labelled_has_levels_of_its_own() -> None:
    lexicon = build_lexicon([], SENTENCES)
    assert (value(lexicon, "hà", "nội"), value(lexicon, "học", "sinh")) == (5, 4)


def test_lists_are_named_for_the_words_around_a_unit() -> None:
    (first, second) = name_known(("Hà", "Nội"), (frozenset({"hà nội"}), frozenset({"nội"})))
    assert first == [
        "list0 000", "list0 00010", "list0 alone 000",
        "list1 000", "list1 00000", "list1 alone 000", "lists 000000",
    ]  # fmt: skip
    assert second == [
        "list0 100", "list0 10000", "list0 alone 100",
        "list1 000", "list1 00000", "list1 alone 001", "lists 100000",
    ]  # fmt: skip
