"""The lexicons of the tagger: every family finds its own examples."""

from __future__ import annotations

import pytest

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.tagger_words import (
    Lexicon,
    Phrases,
    name_words,
    person_words,
    place_names,
    plain,
)
from viet_report_ie.text.article import read

NAME_EXAMPLES = [
    (entry["tag"], example) for entry in load_toml("names").values() for example in entry["examples"]
]
PERSON_EXAMPLES = [
    (name, example) for name, entry in load_toml("person_names").items() for example in entry["examples"]
]
PLACE_EXAMPLES = [
    (entry["level"], example) for entry in load_toml("world_places").values() for example in entry["examples"]
]


def syllables(text: str) -> list[str]:
    article = read(text)
    return [plain(article.text[start:end]) for start, end in article.tokens]


@pytest.mark.parametrize(("tag", "example"), NAME_EXAMPLES)
def test_words_that_announce_names(tag: str, example: str) -> None:
    words = syllables(example)
    entry, first, _ = name_words().find(Phrases(words, []))[0]
    assert (first, name_words().tags[entry]) == (0, tag)


@pytest.mark.parametrize(("family", "example"), PERSON_EXAMPLES)
def test_syllables_of_persons(family: str, example: str) -> None:
    words = syllables(example)
    assert words[0 if family == "family" else 1] in person_words()[0 if family == "family" else 1]


@pytest.mark.parametrize(("level", "example"), PLACE_EXAMPLES)
def test_places_of_the_world(level: str, example: str) -> None:
    assert level in place_names()[" ".join(syllables(example))]


@pytest.mark.parametrize(
    ("name", "levels"), [("hà nội", "p"), ("cát hải", "dw"), ("hòa lạc", "w"), ("thủ đức", "dw")]
)
def test_places_of_viet_nam_have_their_levels(name: str, levels: str) -> None:
    assert set(levels) <= set(place_names()[name])


def test_every_phrase_is_in_the_form_that_tokens_have() -> None:
    for entry in load_toml("names").values():
        for phrase in entry["words"]:
            assert " ".join(syllables(phrase)) == phrase


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ủy ban nhân dân xã", [("O", 0, 4)]),
        ("ủy ban", [("B", 0, 2)]),
        ("ủy ban nhân", [("B", 0, 2)]),
        ("ủy ban ủy ban", [("B", 0, 2), ("B", 2, 4)]),
        ("ủy ban nhân | dân", [("B", 0, 2)]),
        ("ủy | ban", []),
        ("thủy ban", []),
        ("ủy", []),
    ],
)
def test_the_longest_phrase_wins_and_reaches_over_no_wall(
    words: str, found: list[tuple[str, int, int]]
) -> None:
    lexicon = Lexicon({"ủy ban nhân dân": "O", "ủy ban": "B"})
    before, *behind = words.split(" | ")
    tokens = [token for part in (before, *behind) for token in part.split()]
    phrases = Phrases(tokens, [len(before.split()) - 1] if behind else [])
    assert [(lexicon.tags[entry], first, stop) for entry, first, stop in lexicon.find(phrases)] == found


def test_a_lexicon_without_phrases_finds_none() -> None:
    assert Lexicon({}).find(Phrases(["ủy"], [])) == []
